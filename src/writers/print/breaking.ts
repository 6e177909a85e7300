// Formulas longer than a line, broken as authors break them: a sum before a sign, a product between its factors, and
// only where that is not enough a sum within brackets.
import type { FactorSign, Layout, Operator, Term } from "./layout.ts";

/** How wide a layout is, in the unit of the room. */
export type Measure = (layout: Layout) => number;

export interface Breaking {
  readonly room: number;
  readonly measure: Measure;
  /** Whether a bracket may open on one row and close on another. */
  readonly brackets: boolean;
}

/** ` = `, ` + ` */
export const relationWidth = 3;

/** Between factors side by side. */
const gap = 1;

/** A part of a broken formula with the operator that stands before it. */
export interface Part {
  readonly operator: Operator;
  readonly layout: Layout;
}

/** The pieces of a formula that fit into the room, as far as there are places to break. */
export function broken(layout: Layout, breaking: Breaking): readonly Part[] {
  const { room, measure, brackets } = breaking;
  const whole = [{ operator: "none", layout }] as const;
  if (measure(layout) <= room) return whole;
  if (brackets && layout.kind === "fenced") return brokenFence(layout, breaking);
  const parts = partsOf(layout);
  if (parts.length < 2) return whole;
  const pieces = rowsOfParts(parts, breaking).flatMap((row, position) => {
    const own = together(row, position === 0);
    return row.length === 1 ? brokenPart(own, breaking) : [own];
  });
  return brackets ? behindBrackets(pieces, breaking) : pieces;
}

function rowsOfParts(parts: readonly Part[], { room, measure }: Breaking): readonly (readonly Part[])[] {
  const rows: { parts: Part[]; width: number }[] = [];
  for (const part of parts) {
    const width = measure(part.layout) + (part.operator === "none" ? gap : relationWidth);
    const row = rows.at(-1);
    if (row && row.width + width <= room) {
      row.parts.push(part);
      row.width += width;
    } else rows.push({ parts: [part], width });
  }
  return rows.map((row) => row.parts);
}

/** A term or factor that has a row to itself; the sign of a term stays with its first factors. */
function brokenPart({ operator, layout }: Part, breaking: Breaking): readonly Part[] {
  const [term] = layout.kind === "sum" ? layout.terms : [];
  const [opening, ...further] = broken(term?.body ?? layout, breaking);
  const first: Layout = term ? { kind: "sum", terms: [{ ...term, body: opening!.layout }] } : opening!.layout;
  return [{ operator, layout: first }, ...further];
}

/** The bracket opens before the first piece and closes behind the last. */
function brokenFence(layout: Layout & { kind: "fenced" }, breaking: Breaking): readonly Part[] {
  const pieces = broken(layout.body, { ...breaking, room: breaking.room - gap });
  if (pieces.length === 1) return [{ operator: "none", layout }];
  return pieces.map((piece, position) => {
    if (position > 0 && position < pieces.length - 1) return piece;
    const half = position === 0 ? "opening" : "closing";
    return { ...piece, layout: { ...layout, body: piece.layout, half } };
  });
}

/** Factors that fit behind a bracket that closes stand on its row. */
function behindBrackets(pieces: readonly Part[], { room, measure }: Breaking): readonly Part[] {
  const joined: Part[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const { operator, layout } = piece;
    const closes = last?.layout.kind === "fenced" && last.layout.half === "closing";
    const fits = closes && measure(last.layout) + relationWidth + measure(layout) <= room;
    if (!fits || operator === "plus" || operator === "minus") joined.push(piece);
    else joined[joined.length - 1] = { ...last, layout: times(last.layout, operator, layout) };
  }
  return joined;
}

function times(left: Layout, sign: FactorSign, right: Layout): Layout {
  const [factors, signs] = right.kind === "product" ? [right.factors, right.signs] : [[right], []];
  return { kind: "product", factors: [left, ...factors], signs: [sign, ...signs] };
}

function partsOf(layout: Layout): readonly Part[] {
  if (layout.kind === "sum") {
    return layout.terms.map(({ minus, body }) => ({ operator: minus ? "minus" : "plus", layout: body }));
  }
  if (layout.kind !== "product") return [];
  return layout.factors.map((factor, position) => ({
    operator: position === 0 ? "none" : layout.signs[position - 1]!,
    layout: factor,
  }));
}

/** The parts of one row; the sign of the first term opens a continued row and is no longer part of the term. */
function together(parts: readonly Part[], opens: boolean): Part {
  const [{ operator }] = parts as readonly [Part, ...Part[]];
  if (operator !== "plus" && operator !== "minus") {
    const signs = parts.slice(1).map((part) => part.operator as FactorSign);
    const factors = parts.map((part) => part.layout);
    return { operator, layout: factors.length === 1 ? factors[0]! : { kind: "product", factors, signs } };
  }
  const terms: readonly Term[] = parts.map((part, position) => ({
    minus: part.operator === "minus" && (opens || position > 0),
    body: part.layout,
  }));
  return { operator, layout: { kind: "sum", terms } };
}
