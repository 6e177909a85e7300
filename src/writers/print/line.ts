// A line of the document as layouts: its free indices get their letters once for all sides, long chains are broken at
// their relation signs and long sums between their terms.
import type { Dotted, EquationLine, RelationSign, Side } from "../../derivation/document.ts";
import type { Language } from "../../derivation/wording/wordings.ts";
import type { Expr, Index, Range } from "../../expression/expr.ts";
import { type Table, write } from "../table.ts";
import { broken, type Measure, relationWidth } from "./breaking.ts";
import { latexChain, latexOf } from "./latex.ts";
import type { Layout, Operator } from "./layout.ts";
import { layoutOfJacobian, layoutOfMatrix } from "./matrix.ts";
import { plainOf } from "./plain.ts";
import { layoutOf, layoutOfValue } from "./printer.ts";
import { bind, type Printing, type Scope, withLetter } from "./scope.ts";
import { speechOf, spokenChain } from "./speech.ts";
import { widthOf } from "./width.ts";

/** One printed row: `left sign right`, `sign right` under the one before, or a continuation without either. */
export interface Row {
  readonly left?: Layout;
  readonly sign?: RelationSign;
  readonly right: Layout;
  /** The row goes on where the one before broke, with this operator in front. */
  readonly continues?: Operator;
}

/** The LaTeX of an expression by itself. */
export function latex(expr: Expr, printing: Printing): string {
  return latexOf(layoutOf(expr, scopeOf([expr], printing)));
}

/** An expression by itself as a layout. */
export function expressionLayout(expr: Expr, printing: Printing): Layout {
  return layoutOf(expr, scopeOf([expr], printing));
}

/** The plain text of an expression by itself. */
export function plain(expr: Expr, printing: Printing): string {
  return plainOf(layoutOf(expr, scopeOf([expr], printing)));
}

/** A formula as it is written for a browser, and read aloud. */
export interface Aloud {
  readonly latex: string;
  readonly speech: string;
}

/** An expression by itself, with its speech. */
export function aloud(expr: Expr, printing: Printing, language: Language): Aloud {
  return layoutAloud(layoutOf(expr, scopeOf([expr], printing)), language);
}

/** A whole line, with its speech. */
export function lineAloud(line: EquationLine, printing: Printing, language: Language): Aloud {
  return layoutAloud(chain(line, printing), language);
}

/** A line, from its sides. */
export function chainAloud(
  sides: readonly Aloud[],
  signs: readonly RelationSign[],
  language: Language,
): Aloud {
  return {
    latex: latexChain(
      sides.map((side) => side.latex),
      signs,
    ),
    speech: spokenChain(
      sides.map((side) => side.speech),
      signs,
      language,
    ),
  };
}

export function layoutAloud(layout: Layout, language: Language): Aloud {
  return { latex: latexOf(layout), speech: speechOf(layout, language) };
}

/** The spellings of an expression by itself, laid out once. */
export function spellings(
  expr: Expr,
  printing: Printing,
  language: Language,
): Aloud & { readonly text: string } {
  const layout = layoutOf(expr, scopeOf([expr], printing));
  return { ...layoutAloud(layout, language), text: plainOf(layout) };
}

/** The LaTeX of a whole line: `a = b = c`. */
export function latexLine(line: EquationLine, printing: Printing): string {
  return latexOf(chain(line, printing));
}

/** The plain text of a whole line. */
export function plainLine(line: EquationLine, printing: Printing): string {
  return plainOf(chain(line, printing));
}

/** A whole line as one layout. */
export type Chain = Layout & { readonly kind: "chain" };

export function chain(line: EquationLine, printing: Printing): Chain {
  return { kind: "chain", sides: sidesOf(line, printing), signs: line.signs };
}

/**
 * The rows of a line where `room` characters fit. The first side stands left of the relation; the others share rows
 * while they fit, and go on below, aligned at the relation, where they do not.
 */
export function rowsOf(
  line: EquationLine,
  printing: Printing,
  room: number,
  measure: Measure = widthOf,
): readonly Row[] {
  return rowsOfChain(chain(line, printing), room, measure);
}

/** The rows of a line that is laid out; a sum in brackets that is too long is broken if `brackets` says so. */
export function rowsOfChain(
  { sides: [first, ...others], signs: relations }: Chain,
  room: number,
  measure: Measure,
  brackets = false,
): readonly Row[] {
  if (others.length === 0) return [{ right: first! }];
  const free = room - measure(first!) - relationWidth;
  const rows = filled(others, relations, free, measure).flatMap(({ sign, sides, signs }): readonly Row[] => {
    if (sides.length > 1) return [{ sign, right: { kind: "chain", sides, signs } }];
    const [opening, ...further] = broken(sides[0]!, { room: free, measure, brackets });
    const continued = further.map(({ layout, operator }): Row => ({ right: layout, continues: operator }));
    return [{ sign, right: opening!.layout }, ...continued];
  });
  return rows.map((row, position) => (position === 0 ? { ...row, left: first! } : row));
}

/** Sides that share a row: `sign sides[0] signs[0] sides[1] …`. */
interface Shared {
  readonly sign: RelationSign;
  readonly sides: Layout[];
  readonly signs: RelationSign[];
  width: number;
}

function filled(
  sides: readonly Layout[],
  signs: readonly RelationSign[],
  room: number,
  measure: Measure,
): readonly Shared[] {
  const rows: Shared[] = [];
  for (const [position, side] of sides.entries()) {
    const sign = signs[position]!;
    const width = measure(side) + relationWidth;
    const row = rows.at(-1);
    if (row && row.width + width <= room) {
      row.sides.push(side);
      row.signs.push(sign);
      row.width += width;
    } else rows.push({ sign, sides: [side], signs: [], width });
  }
  return rows;
}

/** The sides of a line; its free indices have the same letters in all of them. */
function sidesOf(line: EquationLine, printing: Printing): readonly Layout[] {
  const scope = scopeOf(
    line.sides.flatMap((side) => ("expr" in side ? [side.expr] : [])),
    printing,
  );
  return line.sides.map((side) => write(sideRows, side, scope));
}

const sideRows: Table<Side, [Scope], Layout> = {
  expr: ({ expr }, scope) => layoutOf(expr, scope),
  digits: ({ expr, values }, scope) => layoutOf(expr, { ...scope, values }),
  value: ({ value }, { digits }) => layoutOfValue(value, digits),
  matrix: ({ matrix }, scope) => layoutOfMatrix(matrix, scope),
  layers: ({ of, by }, scope) => layoutOfJacobian(of, by, scope),
  vectorJacobian: ({ loss, of, by }, scope) => ({
    kind: "product",
    factors: [
      {
        kind: "transposed",
        of: { kind: "fenced", fence: "parentheses", body: layoutOfJacobian(of, by, scope) },
      },
      layoutOfJacobian(loss, of, scope),
    ],
    signs: ["none"],
  }),
  gradient: ({ of }, scope) => ({
    kind: "product",
    factors: [nabla, layoutOf(of, scope)],
    signs: ["none"],
  }),
  entries: ({ rows: lines, transposed }, scope) => {
    const array = arrayOf(lines, scope);
    return transposed ? { kind: "transposed", of: array } : array;
  },
  entriesProduct: ({ factors, entrywise }, scope) =>
    sideBySide(
      factors.map((lines) => arrayOf(lines, scope)),
      entrywise,
    ),
  dottedProduct: ({ factors, entrywise }, scope) =>
    sideBySide(
      factors.map((factor) => dottedArray(factor, scope)),
      entrywise,
    ),
  numbers: ({ rows: lines }, { digits }) => ({
    kind: "array",
    rows: lines.map((line) => line.map((value) => layoutOfValue(value, digits))),
  }),
};

function sideBySide(factors: readonly Layout[], entrywise = false): Layout {
  if (factors.length === 1) return factors[0]!;
  const sign = entrywise ? "odot" : "none";
  return { kind: "product", factors, signs: factors.slice(1).map(() => sign) };
}

/** The first and the last entry with dots between, on a diagonal or down a column. */
function dottedArray({ form, entry, index, last }: Dotted, scope: Scope): Layout {
  const at = (place: number | string): Layout => layoutOf(entry, withLetter(scope, index, place));
  const { zero, across, down, along } = dots;
  const rows =
    form === "column"
      ? [[at(1)], [down], [at(last)]]
      : [
          [at(1), across, zero],
          [down, along, down],
          [zero, across, at(last)],
        ];
  return { kind: "array", rows };
}

const symbolOf = (latex: string, plain: string, en: string, de: string): Layout => ({
  kind: "function",
  spelling: { latex, plain, speech: { en, de } },
});

const dots = {
  zero: symbolOf("0", "0", "zero", "null"),
  across: symbolOf("\\cdots", "⋯", "and so on", "und so weiter"),
  down: symbolOf("\\vdots", "⋮", "and so on", "und so weiter"),
  along: symbolOf("\\ddots", "⋱", "and so on", "und so weiter"),
} as const;

const nabla: Layout = {
  kind: "function",
  operator: true,
  spelling: { latex: "\\nabla", plain: "∇", speech: { en: "the gradient", de: "der Gradient" } },
};

function arrayOf(lines: readonly (readonly Expr[])[], scope: Scope): Layout {
  return { kind: "array", rows: lines.map((line) => line.map((expr) => layoutOf(expr, scope))) };
}

/** The letters of the free indices, in order of appearance; the first one says where the line is. A lone unit is 1. */
function scopeOf(exprs: readonly Expr[], printing: Printing): Scope {
  let scope: Scope = { ...printing, letters: new Map(), here: unitsBelow(exprs[0]) };
  for (const expr of exprs) {
    for (const [index, range] of freeIndices(expr)) {
      if (scope.letters.has(index)) continue;
      if (scope.here === undefined && range) scope = { ...scope, here: range };
      scope = range?.size === 1 ? withLetter(scope, index, 1) : bind(index, range, scope).scope;
    }
  }
  return scope;
}

/** ∂a_k/∂a_j of two layers is a statement about j: k counts the units that come after. */
function unitsBelow(expr: Expr | undefined): Range | undefined {
  if (expr?.kind !== "derivative") return undefined;
  const { of, by } = expr;
  if (of.kind !== "symbol") return undefined;
  return of.quantity.role === by.quantity.role && of.indices.length > 0 ? by.quantity.ranges[0] : undefined;
}

type Found = readonly [index: string, range: Range | undefined];

/** Free string indices in order of appearance; those whose range only a Kronecker symbol leaves open come last. */
function freeIndices(expr: Expr): readonly Found[] {
  const found = [...freeIn(expr, new Set(), new Set())];
  return [...found.filter(([, range]) => range), ...found.filter(([, range]) => !range)];
}

/** Nodes outside all binders are walked once, however often they are shared. */
function* freeIn(node: Expr, bound: ReadonlySet<string>, seen: Set<Expr>): Generator<Found> {
  if (node.concrete) return;
  if (bound.size === 0) {
    if (seen.has(node)) return;
    seen.add(node);
  }
  switch (node.kind) {
    case "symbol":
      yield* free(
        node.indices.map((index, axis) => [index, node.quantity.ranges[axis]]),
        bound,
      );
      break;
    case "apply":
      for (const arg of node.args) yield* freeIn(arg, bound, seen);
      break;
    case "component": {
      const inner = node.index === undefined ? bound : new Set([...bound, node.index]);
      for (const arg of node.args) yield* freeIn(arg, inner, seen);
      yield* free([[node.at, node.over]], bound);
      break;
    }
    case "sum":
      yield* freeIn(node.body, new Set([...bound, node.index]), seen);
      break;
    case "same":
      yield* free(
        [
          [node.a, undefined],
          [node.b, undefined],
        ],
        bound,
      );
      break;
    case "derivative":
      yield* freeIn(node.of, bound, seen);
      yield* freeIn(node.by, bound, seen);
      break;
    case "number":
    case "size":
      break;
  }
}

function* free(
  indices: readonly (readonly [Index, Range | undefined])[],
  bound: ReadonlySet<string>,
): Generator<Found> {
  for (const [index, range] of indices) {
    if (typeof index === "string" && !bound.has(index)) yield [index, range];
  }
}

/** The letters of a line's free indices and of those that a Σ binds. */
export function indexLetters(
  line: EquationLine,
  printing: Printing,
): { free: readonly string[]; bound: readonly string[] } {
  const { letters } = scopeOf(
    line.sides.flatMap((side) => ("expr" in side ? [side.expr] : [])),
    printing,
  );
  const free = [...letters.values()].filter((letter) => typeof letter === "string");
  const bound = new Set(sidesOf(line, printing).flatMap((side) => [...boundIn(side)]));
  return { free, bound: [...bound] };
}

function* boundIn(layout: unknown): Generator<string> {
  if (typeof layout !== "object" || layout === null) return;
  if ("kind" in layout && layout.kind === "summation" && "under" in layout) yield String(layout.under);
  for (const part of Object.values(layout)) yield* boundIn(part);
}
