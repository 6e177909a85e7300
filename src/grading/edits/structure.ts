// Edits of how a formula is put together: an exponent, a bracket, a sum for a product.
import { add, isPower, isProduct, isSum, mul } from "../../expression/build.ts";
import type { Expr } from "../../expression/expr.ts";
import { power } from "../../primitives/arithmetic.ts";
import { sameValues } from "../probe.ts";
import { type Edit, plus, times } from "./edit.ts";

export const otherExponent: Edit = ({ task, valuesOf }, { expr, needs, whole }) => {
  if (!isPower(expr)) return undefined;
  const base = expr.args[0]!;
  const values = valuesOf(base);
  const found = exponents.find((exponent) =>
    sameValues(
      needs,
      values.map((value) => value ** exponent),
    ),
  );
  if (found === undefined) return undefined;
  const repaired = whole(task.graph.apply(expr.op, [base, task.graph.number(found)]));
  return { code: "wrong-exponent", repaired, factor: expr };
};

export const missingExponent: Edit = ({ task }, { expr, has, needs, whole }) => {
  const found = exponents.find(
    (exponent) =>
      exponent !== 1 &&
      sameValues(
        needs,
        has.map((value) => value ** exponent),
      ),
  );
  if (found === undefined) return undefined;
  return {
    code: "wrong-exponent",
    repaired: whole(task.graph.apply(power, [expr, task.graph.number(found)])),
    factor: expr,
  };
};

export const sumForProduct: Edit = ({ task, valuesOf }, { expr, needs, whole }) => {
  if (!isSum(expr) && !isProduct(expr)) return undefined;
  const { op, args } = expr;
  const isAdded = op.kind === "sum";
  const parts = args.map(valuesOf);
  if (!sameValues(needs, parts.reduce(isAdded ? times : plus))) return undefined;
  const repaired = isAdded ? mul(task.graph, args) : add(task.graph, args);
  const isChain = task.target.kind === "derivative";
  const code = !isChain ? "sum-for-product" : isAdded ? "added-factors" : "multiplied-paths";
  return { code, repaired: whole(repaired), factor: expr };
};

/** (a + b) c for a + b c: the last factors of a term belong to the whole sum. */
export const wideBracket: Edit = ({ task, valuesOf }, { expr, needs, whole }) => {
  if (!isSum(expr)) return undefined;
  const { graph } = task;
  for (const [position, term] of expr.args.entries()) {
    const others = expr.args.toSpliced(position, 1);
    const factors = isProduct(term) ? term.args : [];
    for (const [first, second] of divisionsOf(factors)) {
      const [rest, factor] = [mul(graph, first), mul(graph, second)];
      const bracket = [...others, rest].map(valuesOf).reduce(plus);
      if (sameValues(needs, times(bracket, valuesOf(factor)))) {
        const repaired = whole(mul(graph, [add(graph, [...others, rest]), factor]));
        return { code: "misplaced-bracket", repaired, factor };
      }
    }
  }
  return undefined;
};

/** A product cut in two, at each place and around each single factor. */
function divisionsOf(factors: readonly Expr[]): readonly (readonly [readonly Expr[], readonly Expr[]])[] {
  const cuts = factors
    .slice(1)
    .map((_, place) => [factors.slice(0, place + 1), factors.slice(place + 1)] as const);
  return [...cuts, ...factors.map((factor, place) => [factors.toSpliced(place, 1), [factor]] as const)];
}

/** a + b c for (a + b) c. */
export const narrowBracket: Edit = ({ task, valuesOf }, { expr, needs, whole }) => {
  if (!isProduct(expr)) return undefined;
  for (const [position, factor] of expr.args.entries()) {
    if (!isSum(factor)) continue;
    const rest = mul(task.graph, expr.args.toSpliced(position, 1));
    for (const [place, term] of factor.args.entries()) {
      const others = factor.args.toSpliced(place, 1);
      const left = [...others.map(valuesOf), times(valuesOf(term), valuesOf(rest))].reduce(plus);
      if (sameValues(needs, left)) {
        const repaired = whole(add(task.graph, [...others, mul(task.graph, [term, rest])]));
        return { code: "misplaced-bracket", repaired, factor: rest };
      }
    }
  }
  return undefined;
};

const exponents = [-2, -1, 0.5, 1, 2, 3, 4] as const;
