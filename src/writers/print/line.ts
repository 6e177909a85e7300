// A line of the document as layouts: its free indices get their letters once for all sides, long chains are broken at
// their relation signs and long sums between their terms.
import type { EquationLine, RelationSign, Side } from "../../derivation/document.ts";
import type { Expr, Index, Range } from "../../expression/expr.ts";
import { type Table, write } from "../table.ts";
import { latexOf } from "./latex.ts";
import type { Layout } from "./layout.ts";
import { plainOf } from "./plain.ts";
import { bind, layoutOf, layoutOfValue, type Printing, type Scope } from "./printer.ts";
import { widthOf } from "./width.ts";

/** One printed row: `left sign right`, `sign right` under the one before, or a continuation without either. */
export interface Row {
  readonly left?: Layout;
  readonly sign?: RelationSign;
  readonly right: Layout;
  /** The row goes on where the one before broke, with this operator in front. */
  readonly continues?: "+" | "-";
}

/** The LaTeX of an expression by itself. */
export function latex(expr: Expr, printing: Printing): string {
  return latexOf(layoutOf(expr, scopeOf([expr], printing)));
}

/** The plain text of an expression by itself. */
export function plain(expr: Expr, printing: Printing): string {
  return plainOf(layoutOf(expr, scopeOf([expr], printing)));
}

/** The LaTeX of a whole line: `a = b = c`. */
export function latexLine(line: EquationLine, printing: Printing): string {
  return latexOf(chain(line, printing));
}

/** The plain text of a whole line. */
export function plainLine(line: EquationLine, printing: Printing): string {
  return plainOf(chain(line, printing));
}

function chain(line: EquationLine, printing: Printing): Layout {
  return { kind: "chain", sides: layoutsOfSides(line, printing), signs: line.signs };
}

/** The rows of a line in columns of `room` characters. The first side stands left of the relation. */
export function rowsOf(line: EquationLine, printing: Printing, room: number): readonly Row[] {
  const [first, ...others] = layoutsOfSides(line, printing);
  if (others.length === 0) return [{ right: first! }];
  const left = widthOf(first!) + relationWidth;
  const total = others.reduce((width, side) => width + widthOf(side) + relationWidth, left);
  const signs = line.signs;
  const together = others.length > 1 && total <= room;
  return others.flatMap((side, position): readonly Row[] => {
    const head = { sign: signs[position]!, ...(position === 0 && { left: first! }) };
    if (together)
      return position === 0
        ? [{ ...head, right: { kind: "chain", sides: others, signs: signs.slice(1) } }]
        : [];
    return brokenSum(side, room - left).map((right, piece) =>
      piece === 0 ? { ...head, right: right.layout } : { right: right.layout, continues: right.operator },
    );
  });
}

const relationWidth = 3;

/** Breaks a sum of many terms into rows of at most `room` characters. */
function brokenSum(layout: Layout, room: number): readonly { layout: Layout; operator: "+" | "-" }[] {
  if (layout.kind !== "sum" || layout.terms.length < 2 || widthOf(layout) <= room)
    return [{ layout, operator: "+" }];
  const rows: { terms: (typeof layout.terms)[number][]; width: number; operator: "+" | "-" }[] = [];
  for (const term of layout.terms) {
    const width = widthOf(term.body) + relationWidth;
    const row = rows.at(-1);
    if (row && row.width + width <= room) {
      row.terms.push(term);
      row.width += width;
    } else {
      // The sign of a term that opens a row is printed as the row's operator.
      rows.push({ terms: [row ? { ...term, minus: false } : term], width, operator: term.minus ? "-" : "+" });
    }
  }
  return rows.map(({ terms, operator }) => ({ layout: { kind: "sum", terms }, operator }));
}

function layoutsOfSides(line: EquationLine, printing: Printing): readonly Layout[] {
  const scope = scopeOf(
    line.sides.flatMap((side) => (side.kind === "value" ? [] : [side.expr])),
    printing,
  );
  return line.sides.map((side) => write(sides, side, scope));
}

const sides: Table<Side, [Scope], Layout> = {
  expr: ({ expr }, scope) => layoutOf(expr, scope),
  digits: ({ expr, values }, scope) => layoutOf(expr, { ...scope, values }),
  value: ({ value }, { digits }) => layoutOfValue(value, digits),
};

/** The letters of the free indices, in order of appearance; the first one says where the line is. */
function scopeOf(exprs: readonly Expr[], printing: Printing): Scope {
  let scope: Scope = { ...printing, letters: new Map(), here: undefined };
  for (const expr of exprs) {
    for (const [index, range] of freeIndices(expr)) {
      if (scope.letters.has(index)) continue;
      if (scope.here === undefined && range) scope = { ...scope, here: range };
      scope = bind(index, range, scope).scope;
    }
  }
  return scope;
}

type Found = readonly [index: string, range: Range | undefined];

/** Free string indices in order of appearance; those whose range only a Kronecker symbol leaves open come last. */
function freeIndices(expr: Expr): readonly Found[] {
  const found = [...freeIn(expr, new Set(), new Set())];
  return [...found.filter(([, range]) => range), ...found.filter(([, range]) => !range)];
}

/** Nodes outside all binders are walked once, however often they are shared. */
function* freeIn(node: Expr, bound: ReadonlySet<string>, seen: Set<Expr>): Generator<Found> {
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
