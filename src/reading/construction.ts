// What a dialect changes about products in print, undone: fractions that stand for f′, and the order of factors.
import { isNumber, nodesOf } from "../expression/build.ts";
import type { DerivativeExpr, Expr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import type { FactorClass } from "../notation/notation.ts";
import { ordered } from "../writers/print/order.ts";
import type { Tables } from "./names.ts";

/**
 * In a dialect that writes f′(z) as ∂a/∂z, such a fraction is f′(z) in a product, unless it is a link of a chain:
 * unless another derivative beside it is by a or of z.
 */
export function namedDerivatives(factors: readonly Expr[], { dialect, graph }: Tables): readonly Expr[] {
  if (dialect.notation.primeOrFraction !== "fraction" || factors.length < 2) return factors;
  const links = factors.flatMap((factor) => [...nodesOf(factor)]).filter(isDerivative);
  return factors.map((factor) => {
    const named = isDerivative(factor) ? primeOf(factor, graph) : undefined;
    return named &&
      !links.some(({ of, by }) => isDerivative(factor) && (by === factor.of || of === factor.by))
      ? named
      : factor;
  });
}

function isDerivative(expr: Expr): expr is DerivativeExpr {
  return expr.kind === "derivative";
}

/** The order of factors in which derivatives are built: the loss first, f′ last. */
const constructionRank: readonly FactorClass[] = ["delta", "weight", "other", "prime"];

/** The factors in the order of construction, from which every dialect makes its own again; a coefficient stays in front. */
export function asConstructed(factors: readonly Expr[], { dialect: { notation } }: Tables): readonly Expr[] {
  const end = factors.findIndex((factor) => !isNumber(factor));
  if (end < 0) return factors;
  const { factorRank, ...direction } = notation;
  const rank = factorRank && { factorRank: constructionRank };
  return [...factors.slice(0, end), ...ordered(factors.slice(end), { ...direction, ...rank })];
}

/** f′(z) for ∂a/∂z, where a is f(z). */
function primeOf({ of, by }: DerivativeExpr, graph: Graph): Expr | undefined {
  if (of.kind !== "symbol") return undefined;
  const { define, formals } = of.quantity;
  if (define?.kind !== "apply" || !define.op.primed) return undefined;
  const letters = new Map(formals.map((formal, axis) => [formal, of.indices[axis]!]));
  const application = graph.rename(define, letters);
  if (application.kind !== "apply" || application.args[0] !== by) return undefined;
  return graph.apply(application.op, application.args, 0);
}
