// The order of factors: the dialect's in products of derivatives, the author's in definitions.
import type { Expr } from "../../expression/expr.ts";
import type { FactorClass, Notation } from "../../notation/notation.ts";

/** The dialect's order in products of derivatives; a definition keeps the author's order. A lone Σ goes last. */
export function ordered(factors: readonly Expr[], notation: Notation): readonly Expr[] {
  const { factorOrder, factorRank } = notation;
  // A step of gradient descent: the rate stands in front of the derivative in every dialect.
  if (factors.some(isLearningRate)) return factors;
  const chain = factors.some(isDerivative);
  const directed = chain && factorOrder === "input-first" ? [...factors].reverse() : factors;
  const worked = factors.some((factor) => factor.kind === "sum" || classOf(factor) === "delta");
  const ranked = chain && worked && factorRank ? sortedByRank(directed, factorRank) : directed;
  const sums = ranked.filter(({ kind }) => kind === "sum");
  return sums.length === 1 ? [...ranked.filter(({ kind }) => kind !== "sum"), ...sums] : ranked;
}

function isLearningRate(expr: Expr): boolean {
  return expr.kind === "symbol" && expr.quantity.role === "learningRate";
}

/** Factors that only the chain rule brings about. */
function isDerivative(expr: Expr): boolean {
  return classOf(expr) === "delta" || classOf(expr) === "prime" || expr.kind === "derivative";
}

function classOf(expr: Expr): FactorClass {
  if (expr.kind === "apply" && expr.slot !== undefined) return "prime";
  if (expr.kind === "symbol" && expr.quantity.role === "delta") return "delta";
  return expr.kind === "symbol" && expr.quantity.role === "weight" ? "weight" : "other";
}

function sortedByRank(factors: readonly Expr[], rank: readonly FactorClass[]): readonly Expr[] {
  return [...factors].sort((left, right) => rank.indexOf(classOf(left)) - rank.indexOf(classOf(right)));
}
