// Matrices of expressions, entry by entry, and what can be done with them; vectors are columns, a weight matrix has a row
// for each unit that it leads to. What does not fit is a Failure "wrong-shape" that names both shapes.
import type { Expr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { Failure } from "../failure.ts";
import { at, type Span } from "./item.ts";
import { readingLimits } from "./refuse.ts";
import * as written from "./written.ts";

export interface Grid {
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly entries: readonly (readonly Expr[])[];
  /** A number that stands for a whole matrix of it: the 1 of 1 − a. */
  readonly repeats?: boolean;
}

/** Throws Failure "limit-exceeded" for more entries than are read. */
export function grid(
  rows: number,
  columns: number,
  entry: (row: number, column: number) => Expr,
  span: Span,
): Grid {
  const cells = rows * columns;
  if (cells > readingLimits.cells)
    throw new Failure(
      "limit-exceeded",
      `The matrix ${at(span.start)} has ${cells} entries, and at most ${readingLimits.cells} are read; write the formula with indices.`,
      { limit: "matrix-cells", allowed: readingLimits.cells, measured: cells, position: span.start },
    );
  const entries = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => entry(row, column)),
  );
  return { rows, columns, entries };
}

export function single(expr: Expr, repeats = false): Grid {
  return { rows: 1, columns: 1, entries: [[expr]], ...(repeats && { repeats }) };
}

export function isSingle({ rows, columns }: Grid): boolean {
  return rows === 1 && columns === 1;
}

/** The only entry. Throws Failure "wrong-shape" where there are more; `what` completes "… must be a number". */
export function onlyEntry(of: Grid, what: string, span: Span): Expr {
  if (isSingle(of)) return of.entries[0]![0]!;
  throw shapeFailure(`${what} ${at(span.start)} is ${shape(of)}, and it must be a number.`, span);
}

export function shape({ rows, columns }: Grid): string {
  return `${rows} × ${columns}`;
}

export function shapeFailure(sentence: string, { start }: Span): Failure {
  return new Failure("wrong-shape", sentence, { position: start });
}

export function mapped(of: Grid, change: (entry: Expr) => Expr): Grid {
  return { ...of, entries: of.entries.map((row) => row.map(change)) };
}

export function transposed({ rows, columns, entries }: Grid): Grid {
  return {
    rows: columns,
    columns: rows,
    entries: Array.from({ length: columns }, (_, column) => entries.map((row) => row[column]!)),
  };
}

/** Two grids of one shape, a repeated number stretched; `doing` completes the sentence "… cannot be …". */
export function together(grids: readonly Grid[], doing: string, span: Span): readonly Grid[] {
  const shaped = grids.find((each) => !each.repeats) ?? grids[0]!;
  const other = grids.find(
    (each) => !each.repeats && (each.rows !== shaped.rows || each.columns !== shaped.columns),
  );
  if (other)
    throw shapeFailure(
      `What is ${shape(shaped)} and what is ${shape(other)} ${at(span.start)} cannot be ${doing}: their shapes differ.`,
      span,
    );
  return grids.map((each) =>
    each.repeats ? grid(shaped.rows, shaped.columns, () => each.entries[0]![0]!, span) : each,
  );
}

/** Entry by entry over grids of one shape. */
export function zipped(grids: readonly Grid[], join: (entries: readonly Expr[]) => Expr, span: Span): Grid {
  const [first] = grids;
  return grid(
    first!.rows,
    first!.columns,
    (row, column) => join(grids.map(({ entries }) => entries[row]![column]!)),
    span,
  );
}

/** A B: numbers scale; matrices multiply rows with columns. */
export function multiplied(graph: Graph, left: Grid, right: Grid, span: Span): Grid {
  if (left.columns === right.rows && !(isSingle(left) && isSingle(right)) && !left.repeats && !right.repeats)
    return grid(
      left.rows,
      right.columns,
      (row, column) =>
        written.sum(
          graph,
          right.entries.map((other, place) =>
            written.product(graph, [left.entries[row]![place]!, other[column]!]),
          ),
        ),
      span,
    );
  if (isSingle(left)) return mapped(right, (entry) => written.product(graph, [left.entries[0]![0]!, entry]));
  if (isSingle(right)) return mapped(left, (entry) => written.product(graph, [entry, right.entries[0]![0]!]));
  throw shapeFailure(
    `A product of what is ${shape(left)} and what is ${shape(right)} ${at(span.start)} does not exist: ${left.columns} ${left.columns === 1 ? "column" : "columns"} cannot meet ${right.rows} rows; an elementwise product is written ⊙.`,
    span,
  );
}

/** Σ of the squares of all entries. */
export function squareSum(graph: Graph, { entries }: Grid): Expr {
  return written.sum(
    graph,
    entries.flat().map((entry) => written.power(graph, entry, graph.number(2))),
  );
}
