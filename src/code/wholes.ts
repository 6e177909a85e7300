// Whole arrays at once, for languages that have them: z_j = Σ_i W_ji x_i + b_j is W @ x + b, and δ_j x_i is an outer product.
//
// An expression is one of whole arrays where every index letter stands on all its symbols alike, or under such a Σ.
import { factorsOf, freeLetters } from "../expression/build.ts";
import type { Expr, Quantity } from "../expression/expr.ts";

export function mentions(expr: Expr, letters: readonly string[]): boolean {
  const free = freeLetters(expr);
  return letters.some((letter) => free.has(letter));
}

/** Whether the expression can be computed for all values of the letters at once. */
export function isWhole(expr: Expr, letters: readonly string[]): boolean {
  if (!mentions(expr, letters)) return true;
  if (expr.kind === "symbol") return expr.indices.join() === letters.join();
  if (expr.kind === "sum") return letters.length === 1 && matrixProduct(expr, letters[0]!) !== undefined;
  return expr.kind === "apply" && expr.args.every((arg) => isWhole(arg, letters));
}

/** Σ_i M_ji v_i, or with the matrix transposed Σ_i M_ij v_i. */
export interface MatrixProduct {
  readonly matrix: Quantity;
  readonly transposed: boolean;
  /** In the letter of the Σ. */
  readonly vector: readonly Expr[];
}

export function matrixProduct(
  { index, body }: Expr & { kind: "sum" },
  letter: string,
): MatrixProduct | undefined {
  const factors = factorsOf(body);
  const [matrix, second] = factors.filter((factor) => mentions(factor, [letter]));
  if (matrix?.kind !== "symbol" || second !== undefined) return undefined;
  const vector = factors.filter((factor) => factor !== matrix);
  const written = matrix.indices.join();
  const transposed = written === [index, letter].join();
  if (!transposed && written !== [letter, index].join()) return undefined;
  if (!vector.every((factor) => isWhole(factor, [index]))) return undefined;
  return vector.some((factor) => mentions(factor, [index]))
    ? { matrix: matrix.quantity, transposed, vector }
    : undefined;
}

/** a_j b_i as its two sides; what has neither letter goes to the first. */
export function outerProduct(
  expr: Expr,
  [to, from]: readonly [string, string],
): readonly [readonly Expr[], readonly Expr[]] | undefined {
  const right = factorsOf(expr).filter((factor) => mentions(factor, [from]));
  const left = factorsOf(expr).filter((factor) => !right.includes(factor));
  const isApart = right.every((factor) => isWhole(factor, [from]) && !mentions(factor, [to]));
  const isBoth = right.length > 0 && left.some((factor) => mentions(factor, [to]));
  return isBoth && isApart && left.every((factor) => isWhole(factor, [to])) ? [left, right] : undefined;
}
