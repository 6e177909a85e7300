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
  const isPrime = expr.kind === "apply" && expr.slot !== undefined;
  return isPrime || classOf(expr) === "delta" || expr.kind === "derivative";
}

function classOf(expr: Expr): FactorClass {
  if (expr.kind === "apply" && expr.slot !== undefined) return "prime";
  if (isBracket(expr) && expr.args.some(holdsDelta)) return "delta";
  if (expr.kind === "symbol" && expr.quantity.role === "delta") return "delta";
  return expr.kind === "symbol" && expr.quantity.role === "weight" ? "weight" : "other";
}

function holdsDelta(term: Expr): boolean {
  const factors = term.kind === "apply" && term.op.kind === "product" ? term.args : [term];
  return factors.some((factor) => factor.kind === "symbol" && factor.quantity.role === "delta");
}

/** Beside a δ, functions and brackets are primes that were worked out, and what stands in their brackets: z (1 - z). */
function sortedByRank(factors: readonly Expr[], rank: readonly FactorClass[]): readonly Expr[] {
  const inBrackets = new Set(factors.filter(isBracket).flatMap(({ args }) => args.flatMap(symbolsOfTerm)));
  const isWorkedOut = (factor: Expr): boolean =>
    inBrackets.has(factor) || (factor.kind === "apply" && classOf(factor) === "other");
  const place = (factor: Expr): number => rank.indexOf(isWorkedOut(factor) ? "prime" : classOf(factor));
  return [...factors].sort((left, right) => place(left) - place(right));
}

function isBracket(expr: Expr): expr is Expr & { kind: "apply" } {
  return expr.kind === "apply" && expr.op.kind === "sum";
}

/** The symbols that a term multiplies, other than δ's and what stands with them. */
function symbolsOfTerm(term: Expr): readonly Expr[] {
  if (holdsDelta(term)) return [];
  const factors = term.kind === "apply" && term.op.kind === "product" ? term.args : [term];
  return factors.filter(({ kind }) => kind === "symbol");
}
