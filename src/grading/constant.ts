// Whether a formula is about no quantity at all.
import { some } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";

/** Numbers and what is computed from them alone. */
export function isConstant(expr: Expr): boolean {
  return !some(expr, ({ kind }) => kind === "symbol" || kind === "derivative");
}
