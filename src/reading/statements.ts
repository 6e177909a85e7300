// A line of items -> segments: where one statement ends and the next begins, and what the words between them say.
import { type Item, type Sign, type Span, signOf } from "./item.ts";
import { roleOf } from "./phrases.ts";
import type { WrittenSign } from "./statement.ts";

/** `sides[0] signs[0] sides[1] …` */
interface Chain {
  readonly sides: readonly Side[];
  readonly signs: readonly WrittenSign[];
}

export interface Side {
  /** None where a line begins with its relation sign. */
  readonly items: readonly Item[];
  readonly span: Span;
}

export interface Segment extends Chain {
  /** `reason`: behind "since", "for", …: read where it can be; `definition`: behind "let", "where", or in brackets. */
  readonly role: "claim" | "reason" | "definition";
}

const relations: ReadonlyMap<Sign, WrittenSign> = new Map([
  ["=", "="],
  ["≈", "≈"],
  [":=", ":="],
  ["←", "←"],
  ["≠", "≠"],
]);

/** What a row may begin with when it goes on with the one before. */
const continuations: ReadonlySet<Sign | undefined> = new Set(["+", "-", "·", "/", "⊙"] as const);

/** The segments of a line in order. */
export function segmentsOf(items: readonly Item[], source: string): readonly Segment[] {
  return pieces(withArrows(items))
    .flatMap(withAsides)
    .map(({ role, items: own }) => ({ role, ...chainOf(own, source) }))
    .filter(({ sides, signs }) => signs.length > 0 || sides.some((side) => side.items.length > 0));
}

/** w → w − η g is a step, and so is w → w' = w − η g; behind another arrow stands what follows. */
function withArrows(items: readonly Item[]): readonly Item[] {
  const place = items.findIndex((item) => signOf(item) === "→");
  const arrow = items[place];
  if (!arrow) return items;
  const before = items.slice(0, place);
  const [next, sign, ...rest] = items.slice(place + 1);
  const isStep = before.length === 1 && before[0]!.atom.kind === "name";
  const isPrimed =
    isStep && next !== undefined && next.primes > 0 && sign !== undefined && signOf(sign) === "=";
  const behind = isPrimed ? rest : items.slice(place + 1);
  const isClaim = !isPrimed && behind.some(relationOf);
  return [
    ...before,
    { ...arrow, atom: { kind: "sign", sign: isStep && !isClaim ? "←" : "⇒" } },
    ...withArrows(behind),
  ];
}

interface Piece {
  readonly role: Segment["role"];
  readonly items: readonly Item[];
}

function pieces(items: readonly Item[]): readonly Piece[] {
  const found: { role: Segment["role"]; items: Item[] }[] = [{ role: "claim", items: [] }];
  const next = (role: Segment["role"]): void => {
    const open = found.at(-1)!.items.at(-1);
    // A sign at the end of a row or in front of words: its right side is what follows.
    if (!open || !relationOf(open) || role !== "claim") found.push({ role, items: [] });
  };
  for (const [position, item] of items.entries()) {
    const role = item.atom.kind === "words" ? roleOf(item.atom.text) : undefined;
    if (role) next(role === "apart" ? "claim" : role);
    else if (separates(items, position)) next("claim");
    else if (signOf(item) !== "gap" && signOf(item) !== "row") found.at(-1)!.items.push(item);
  }
  return found.filter((piece) => piece.items.length > 0);
}

function separates(items: readonly Item[], position: number): boolean {
  const sign = signOf(items[position]!);
  if (sign === "," || sign === "⇒") return true;
  if (sign !== "row" && sign !== "gap") return false;
  const behind = items.slice(position + 1).filter((item) => !["gap", "row"].includes(signOf(item) ?? ""));
  const [first] = behind;
  if (!first || relationOf(first) || continuations.has(signOf(first))) return false;
  const before = items.slice(0, position).findLast((item) => signOf(item) !== "gap");
  if (!before || (signOf(before) && continuations.has(signOf(before)))) return false;
  return sign === "row" || holdsRelation(items, position);
}

/** A wide space parts two formulas that are relations both. */
function holdsRelation(items: readonly Item[], position: number): boolean {
  const isEnd = (item: Item): boolean => [",", "⇒", "row", "gap"].includes(signOf(item) ?? "");
  const end = items.findIndex((item, place) => place > position && isEnd(item));
  const behind = items.slice(position + 1, end < 0 ? items.length : end);
  return behind.some(relationOf) || isLabel(behind);
}

/** (1) beside a formula is its number. */
function isLabel([only, ...others]: readonly Item[]): boolean {
  return (
    only?.atom.kind === "group" &&
    others.length === 0 &&
    only.atom.items.every(({ atom }) => atom.kind === "number")
  );
}

/** A relation in brackets behind a formula says what a name in it means. */
function withAsides({ role, items }: Piece): readonly Piece[] {
  const last = items.at(-1);
  const isAside =
    items.length > 1 &&
    last?.atom.kind === "group" &&
    last.atom.fence === "(" &&
    last.atom.items.some((item) => relationOf(item) || item.atom.kind === "words");
  if (!isAside || last.atom.kind !== "group") return isLabel(items) ? [] : [{ role, items }];
  const inside = pieces(last.atom.items).map((piece) => ({
    ...piece,
    role: piece.role === "claim" ? ("definition" as const) : piece.role,
  }));
  return [{ role, items: items.slice(0, -1) }, ...inside];
}

function chainOf(segment: readonly Item[], source: string): Chain {
  const breaks = segment.flatMap((item, position) => (relationOf(item) ? [position] : []));
  const edges = [-1, ...breaks, segment.length];
  const sides = edges.slice(1).map((edge, side): Side => {
    const items = segment.slice(edges[side]! + 1, edge);
    const place = segment[edge]?.start ?? segment.at(-1)!.end;
    const span = { start: items[0]?.start ?? place, end: items.at(-1)?.end ?? place };
    return { items, span: withClosingBraces(withCommand(span, source), source) };
  });
  return { sides, signs: breaks.map((position) => relationOf(segment[position]!)!) };
}

function relationOf(item: Item): WrittenSign | undefined {
  const sign = signOf(item);
  return sign && relations.get(sign);
}

/** KaTeX says where the parts of a fraction or root stand, but not its command. */
function withCommand({ start, end }: Span, source: string): Span {
  const command = /\\(?:[dtc]?frac|sqrt|hat|widehat|vec|overline)\s*\{?$/.exec(source.slice(0, start));
  return { start: command ? command.index : start, end };
}

/** A last script ends before its brace; the text of a side has the brace, too. */
function withClosingBraces({ start, end }: Span, source: string): Span {
  const text = source.slice(start, end);
  let open = text.split("{").length - text.split("}").length;
  let reached = end;
  for (; open > 0 && source[reached] === "}"; open -= 1) reached += 1;
  return { start, end: reached };
}
