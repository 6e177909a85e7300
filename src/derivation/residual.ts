// The order of a residual. A dialect that writes the loss as (t - y)² meets -(t - y) first when it derives, and only
// then turns it into y - t. The expressions are equal; only what is written first differs.
import { factorsOf, isNegative, isSum, splitCoefficient } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { multiply, add as sumOperation } from "../primitives/arithmetic.ts";

/** -(t - y) … for a product with the factor y - t, t a target; nothing for any other expression. */
export function beforeTurning(graph: Graph, expr: Expr): Expr | undefined {
  const factors = factorsOf(expr);
  const position = factors.findIndex((factor) => turned(graph, factor) !== undefined);
  if (position < 0) return undefined;
  const bracket = turned(graph, factors[position]!)!;
  return graph.apply(multiply, [graph.number(-1), ...factors.with(position, bracket)]);
}

/** t - y for y - t. */
function turned(graph: Graph, expr: Expr): Expr | undefined {
  if (!isSum(expr) || expr.args.length !== 2) return undefined;
  const [output, minusTarget] = expr.args as [Expr, Expr];
  const [target, ...others] = splitCoefficient(minusTarget).rest;
  const isTarget = target?.kind === "symbol" && target.quantity.role === "target" && others.length === 0;
  if (!isTarget || !isNegative(minusTarget) || isNegative(output)) return undefined;
  return graph.apply(sumOperation, [target, graph.apply(multiply, [graph.number(-1), ...factorsOf(output)])]);
}
