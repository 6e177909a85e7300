// Matrices as a spelling of index expressions: the type, its shapes, and constructors that refuse what does not fit.
// A shape is a pair of ranges, not of numbers: square layers then still tell W from its transpose.
import type { Expr, Quantity, Range, SymbolExpr } from "../expression/expr.ts";
import type { Operation } from "../primitives/primitive.ts";

/** What rows or columns run over; "one" for a single row or column. */
export type Extent = Range | "one";

export interface Shape {
  readonly rows: Extent;
  readonly columns: Extent;
}

export type Matrix = Shape &
  (
    | { readonly kind: "quantity"; readonly quantity: Quantity }
    /** An inert derivative of the loss by a whole quantity. */
    | { readonly kind: "derivative"; readonly of: SymbolExpr; readonly by: Quantity }
    /** The inert derivative of a whole quantity by another: ∂y_j/∂x_i in row j and column i. */
    | { readonly kind: "jacobian"; readonly of: Quantity; readonly by: Quantity }
    | { readonly kind: "scalar"; readonly expr: Expr }
    | { readonly kind: "ones" }
    | { readonly kind: "identity" }
    | { readonly kind: "transpose"; readonly of: Matrix }
    | { readonly kind: "diagonal"; readonly of: Matrix }
    | { readonly kind: "product"; readonly factors: readonly Matrix[] }
    | { readonly kind: "hadamard"; readonly factors: readonly Matrix[] }
    | { readonly kind: "sum"; readonly terms: readonly Matrix[] }
    /** scalar · matrix */
    | { readonly kind: "scaled"; readonly by: Expr; readonly of: Matrix }
    /** An operation entry by entry; with `slot` its derivative. */
    | {
        readonly kind: "map";
        readonly op: Operation;
        readonly args: readonly Matrix[];
        readonly slot?: number;
      }
    /** A vector function along the entries of each row or column. */
    | {
        readonly kind: "vector";
        readonly op: Operation;
        readonly of: Matrix;
        readonly along: "rows" | "columns";
      }
    /** Entry-wise power. */
    | { readonly kind: "power"; readonly of: Matrix; readonly exponent: Expr }
  );

/** Thrown when an index expression has no matrix form; the indexed line stays. */
export class NoMatrixForm extends Error {}

export const shapeOf = ({ rows, columns }: Matrix): Shape => ({ rows, columns });

export function isScalarShape({ rows, columns }: Shape): boolean {
  return rows === "one" && columns === "one";
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.rows === b.rows && a.columns === b.columns;
}

/** "4 × 3", with names for symbolic sizes. */
export function shapeText({ rows, columns }: Shape): string {
  return `${extentText(rows)} × ${extentText(columns)}`;
}

function extentText(extent: Extent): string {
  return extent === "one" ? "1" : String(extent.size ?? extent.limit ?? extent.name);
}

export function transpose(of: Matrix): Matrix {
  if (of.kind === "transpose") return of.of;
  if (isScalarShape(of) || of.kind === "identity" || of.kind === "diagonal") return of;
  return { kind: "transpose", of, rows: of.columns, columns: of.rows };
}

/** A B C …; neighbours must meet in the same range. */
export function product(factors: readonly Matrix[]): Matrix {
  const flat = factors
    .flatMap((factor) => (factor.kind === "product" ? factor.factors : [factor]))
    .filter((factor) => factor.kind !== "identity");
  if (flat.length === 1) return flat[0]!;
  for (const [position, factor] of flat.slice(1).entries()) {
    const left = flat[position]!;
    if (left.columns !== factor.rows) throw new NoMatrixForm(`${shapeText(left)} times ${shapeText(factor)}`);
  }
  return { kind: "product", factors: flat, rows: flat[0]!.rows, columns: flat.at(-1)!.columns };
}

/** A ⊙ B ⊙ …, entry by entry; ones fall away, equal scalars multiply. */
export function hadamard(factors: readonly Matrix[]): Matrix {
  const flat = factors.flatMap((factor) => (factor.kind === "hadamard" ? factor.factors : [factor]));
  const [first] = flat;
  const telling = flat.filter((factor) => factor.kind !== "ones");
  if (!flat.every((factor) => sameShape(factor, first!))) {
    throw new NoMatrixForm(flat.map(shapeText).join(" against "));
  }
  if (telling.length === 0) return first!;
  return telling.length === 1 ? telling[0]! : { kind: "hadamard", factors: telling, ...shapeOf(first!) };
}

export function sum(terms: readonly Matrix[]): Matrix {
  const [first] = terms;
  if (terms.length === 1) return first!;
  if (!terms.every((term) => sameShape(term, first!)))
    throw new NoMatrixForm(terms.map(shapeText).join(" plus "));
  return { kind: "sum", terms, ...shapeOf(first!) };
}

export function diagonal(of: Matrix): Matrix {
  if (of.kind === "ones") return { kind: "identity", rows: of.rows, columns: of.rows };
  return { kind: "diagonal", of, rows: of.rows, columns: of.rows };
}

export function ones(rows: Extent, columns: Extent): Matrix {
  return { kind: "ones", rows, columns };
}
