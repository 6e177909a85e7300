// Expressions as they were written: order and brackets stay, only numbers are put together, and what stands under a
// bar becomes negative powers, as the printer takes them apart.
import { factorsOf, isNumber as isAnyNumber, termsOf } from "../expression/build.ts";
import type { Expr, NumberExpr, Quantity, SymbolExpr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import * as exact from "../expression/rational.ts";
import { learningRate } from "../network/learning-rate.ts";
import { multiply, power as powerOperation, add as sumOperation } from "../primitives/arithmetic.ts";

/** Whether a number may be put together with others: a decimal keeps its digits, which say how exact it is. */
function isNumber(expr: Expr): expr is NumberExpr {
  return isAnyNumber(expr) && expr.decimals === undefined;
}

export function sum(graph: Graph, terms: readonly Expr[]): Expr {
  const flat = terms.flatMap(termsOf);
  if (flat.length === 1) return flat[0]!;
  if (flat.every(isNumber))
    return graph.number(flat.reduce((total, { value }) => exact.plus(total, value), exact.zero));
  return graph.apply(sumOperation, flat);
}

/** The factors side by side; numbers at the front are one coefficient. */
export function product(graph: Graph, factors: readonly Expr[]): Expr {
  const flat = factors.flatMap(factorsOf);
  const end = flat.findIndex((factor) => !isNumber(factor));
  const numbers = (end < 0 ? flat : flat.slice(0, end)) as readonly NumberExpr[];
  const others = end < 0 ? [] : flat.slice(end);
  const coefficient = graph.number(
    numbers.reduce((total, { value }) => exact.times(total, value), exact.one),
  );
  const all = numbers.length === 0 ? others : [coefficient, ...others];
  return all.length === 1 ? all[0]! : graph.apply(multiply, all);
}

export function negative(graph: Graph, expr: Expr): Expr {
  return product(graph, [graph.number(exact.minusOne), expr]);
}

/** top · bottom⁻¹, factor by factor; nothing where the divisor is the number 0. */
export function quotient(graph: Graph, top: Expr, bottom: Expr): Expr | undefined {
  const inverses = factorsOf(bottom).map((factor) => inverse(graph, factor));
  if (inverses.some((factor) => factor === undefined)) return undefined;
  const below = inverses as readonly Expr[];
  const all = [...below.filter(isNumber), ...factorsOf(top), ...below.filter((factor) => !isNumber(factor))];
  const whole = product(graph, all);
  const [first, ...others] = factorsOf(whole);
  const isBare = isNumber(first!) && exact.isOne(first.value) && others.length > 0;
  return isBare ? product(graph, others) : whole;
}

function inverse(graph: Graph, factor: Expr): Expr | undefined {
  if (isNumber(factor)) {
    const { numerator, denominator } = factor.value;
    return numerator === 0n ? undefined : graph.number(exact.rational(denominator, numerator));
  }
  if (factor.kind === "apply" && factor.op === powerOperation) {
    const [base, exponent] = factor.args as readonly [Expr, Expr];
    if (isNumber(exponent))
      return graph.apply(powerOperation, [base, graph.number(exact.negative(exponent.value))]);
  }
  return graph.apply(powerOperation, [factor, graph.number(exact.minusOne)]);
}

export function power(graph: Graph, base: Expr, exponent: Expr): Expr {
  const folded = isNumber(base) && isNumber(exponent) ? exact.power(base.value, exponent.value) : undefined;
  return folded ? graph.number(folded) : graph.apply(powerOperation, [base, exponent]);
}

/** −η ∂E/∂w, what a step of gradient descent adds to a parameter (Bishop 2006, eq. 5.41). */
export function descentStep(graph: Graph, loss: Quantity, parameter: SymbolExpr): Expr {
  const slope = graph.derivative(graph.symbol(loss), parameter);
  return negative(graph, product(graph, [graph.symbol(learningRate), slope]));
}
