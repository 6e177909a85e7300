// Constructors that keep an expression as a teacher would write it: constants folded, like terms collected, equal
// bases merged, a minus moved into a bracket of two terms. Order of factors and terms is the order of construction.
import { multiply, power as powerOperation, add as sumOperation } from "../primitives/arithmetic.ts";
import type { Expr, Index, NumberExpr, Range } from "./expr.ts";
import type { Graph } from "./graph.ts";
import * as exact from "./rational.ts";
import { type Rational, rational } from "./rational.ts";

export function isNumber(expr: Expr): expr is NumberExpr {
  return expr.kind === "number";
}

/** Whether the expression is the whole number `value`. */
export function isWhole(expr: Expr, value: number): boolean {
  return isNumber(expr) && exact.isWhole(expr.value) && Number(expr.value.numerator) === value;
}

export function isSum(expr: Expr): expr is Expr & { kind: "apply" } {
  return expr.kind === "apply" && expr.op === sumOperation;
}

export function isProduct(expr: Expr): expr is Expr & { kind: "apply" } {
  return expr.kind === "apply" && expr.op === multiply;
}

export function isPower(expr: Expr): expr is Expr & { kind: "apply" } {
  return expr.kind === "apply" && expr.op === powerOperation;
}

export function termsOf(expr: Expr): readonly Expr[] {
  return isSum(expr) ? expr.args : [expr];
}

export function factorsOf(expr: Expr): readonly Expr[] {
  return isProduct(expr) ? expr.args : [expr];
}

/** A term as coefficient × rest: -2xy is (-2, [x, y]). */
export function splitCoefficient(expr: Expr): { coefficient: Rational; rest: readonly Expr[] } {
  const [first, ...rest] = factorsOf(expr);
  return isNumber(first!)
    ? { coefficient: first.value, rest }
    : { coefficient: exact.one, rest: factorsOf(expr) };
}

export function isNegative(expr: Expr): boolean {
  return exact.isNegative(splitCoefficient(expr).coefficient);
}

/** t1 + t2 + …: like terms collected (x + x = 2x, x - x = 0), constants folded, a positive term first. */
export function add(graph: Graph, terms: readonly Expr[]): Expr {
  if (terms.length === 1 && !isSum(terms[0]!)) return terms[0]!;
  const collected = new Map<string, { coefficient: Rational; rest: readonly Expr[] }>();
  for (const term of terms.flatMap(termsOf)) {
    const { coefficient, rest } = splitCoefficient(term);
    const key = keyOfProduct(rest);
    const known = collected.get(key);
    collected.set(
      key,
      known
        ? { rest: known.rest, coefficient: exact.plus(known.coefficient, coefficient) }
        : { coefficient, rest },
    );
  }
  const kept = [...collected.values()]
    .filter((term) => !exact.isZero(term.coefficient))
    .map((term) => product(graph, term.coefficient, term.rest));
  if (kept.length === 0) return graph.number(0);
  if (kept.length === 1) return kept[0]!;
  return graph.apply(sumOperation, positiveFirst(kept));
}

/** y - t rather than -t + y. */
function positiveFirst(terms: readonly Expr[]): readonly Expr[] {
  if (!isNegative(terms[0]!)) return terms;
  return [...terms.filter((term) => !isNegative(term)), ...terms.filter(isNegative)];
}

/** f1 · f2 · …: constants in front, equal bases merged (x · x = x², x · x⁻¹ = 1), -(t - y) = y - t. */
export function mul(graph: Graph, factors: readonly Expr[]): Expr {
  const parts = factors.some(isProduct) ? factors.flatMap(factorsOf) : factors;
  if (isMerged(parts)) return product(graph, exact.one, parts);
  let coefficient = exact.one;
  const powers = new Map<Expr, Expr>();
  for (const factor of parts) {
    if (isNumber(factor)) coefficient = exact.times(coefficient, factor.value);
    else {
      const { base, exponent } = splitPower(graph, factor);
      const known = powers.get(base);
      powers.set(base, known ? add(graph, [known, exponent]) : exponent);
    }
  }
  if (exact.isZero(coefficient)) return graph.number(0);
  const kept = [...powers]
    .map(([base, exponent]) => pow(graph, base, exponent))
    .filter((factor) => !isWhole(factor, 1));
  if (kept.some((factor) => isNumber(factor) || isProduct(factor)))
    return mul(graph, [graph.number(coefficient), ...kept]);
  return turnBracket(graph, coefficient, kept);
}

/** Whether nothing can be merged: neither numbers nor powers, and no factor twice. */
function isMerged(factors: readonly Expr[]): boolean {
  if (factors.some((factor) => isNumber(factor) || isPower(factor))) return false;
  return new Set(factors).size === factors.length;
}

function splitPower(graph: Graph, factor: Expr): { base: Expr; exponent: Expr } {
  return isPower(factor)
    ? { base: factor.args[0]!, exponent: factor.args[1]! }
    : { base: factor, exponent: graph.number(1) };
}

/** A minus in front goes into a bracket of one positive and one negative term: -(t - y) z = (y - t) z. */
function turnBracket(graph: Graph, coefficient: Rational, factors: readonly Expr[]): Expr {
  const turned = exact.isNegative(coefficient) ? factors.findIndex(isDifference) : -1;
  if (turned < 0) return product(graph, coefficient, factors);
  const bracket = negate(graph, factors[turned]!);
  return product(graph, exact.negative(coefficient), factors.with(turned, bracket));
}

function isDifference(expr: Expr): boolean {
  return isSum(expr) && expr.args.length === 2 && expr.args.filter(isNegative).length === 1;
}

/** coefficient · factors, where the factors are already merged. */
function product(graph: Graph, coefficient: Rational, factors: readonly Expr[]): Expr {
  if (factors.length === 0) return graph.number(coefficient);
  if (exact.isOne(coefficient)) return factors.length === 1 ? factors[0]! : graph.apply(multiply, factors);
  return graph.apply(multiply, [graph.number(coefficient), ...factors]);
}

/** -e, term by term when e is a sum. */
export function negate(graph: Graph, expr: Expr): Expr {
  return add(
    graph,
    termsOf(expr).map((term) => {
      const { coefficient, rest } = splitCoefficient(term);
      return product(graph, exact.negative(coefficient), rest);
    }),
  );
}

export function subtract(graph: Graph, left: Expr, right: Expr): Expr {
  return add(graph, [left, negate(graph, right)]);
}

/** base^exponent: constants folded, (xy)^n = xⁿyⁿ and (x^m)^n = x^(mn) for whole n. */
export function pow(graph: Graph, base: Expr, exponent: Expr): Expr {
  if (isWhole(exponent, 0)) return graph.number(1);
  if (isWhole(exponent, 1)) return base;
  if (isNumber(base) && isNumber(exponent)) {
    const folded = exact.power(base.value, exponent.value);
    if (folded) return graph.number(folded);
  }
  if (isNumber(exponent) && exact.isWhole(exponent.value)) {
    if (isProduct(base))
      return mul(
        graph,
        base.args.map((factor) => pow(graph, factor, exponent)),
      );
    if (isPower(base)) return pow(graph, base.args[0]!, mul(graph, [base.args[1]!, exponent]));
  }
  return graph.apply(powerOperation, [base, exponent]);
}

export function divide(graph: Graph, top: Expr, bottom: Expr): Expr {
  return mul(graph, [top, pow(graph, bottom, graph.number(-1))]);
}

/** Σ over `over`: Σ same(i,j) f(i) = f(j); what does not depend on the index goes in front; Σ 1 = the size. */
export function sumOver(graph: Graph, over: Range, letter: string, body: Expr): Expr {
  if (!mentionsIndex(body, letter)) return mul(graph, [body, sizeOf(graph, over)]);
  if (isSum(body) && body.args.some(containsSame)) {
    return add(
      graph,
      body.args.map((term) => sumOver(graph, over, letter, term)),
    );
  }
  const factors = factorsOf(body);
  const pin = factors.find(
    (factor) => factor.kind === "same" && (factor.a === letter || factor.b === letter),
  );
  if (pin?.kind === "same") {
    const rest = mul(
      graph,
      factors.filter((factor) => factor !== pin),
    );
    return graph.rename(rest, new Map([[letter, pin.a === letter ? pin.b : pin.a]]));
  }
  const bracket = factors.findIndex(
    (factor) => isSum(factor) && containsSame(factor) && mentionsIndex(factor, letter),
  );
  if (bracket >= 0) {
    const terms = termsOf(factors[bracket]!);
    return add(
      graph,
      terms.map((term) => sumOver(graph, over, letter, mul(graph, factors.with(bracket, term)))),
    );
  }
  const outside = factors.filter((factor) => !mentionsIndex(factor, letter));
  const inside = factors.filter((factor) => mentionsIndex(factor, letter));
  return mul(graph, [
    ...outside,
    sumOfOne(graph, over, letter, inside) ?? graph.sum(over, letter, mul(graph, inside)),
  ]);
}

/** Σ_k t_k = 1 where the quantity says so. */
function sumOfOne(graph: Graph, over: Range, letter: string, inside: readonly Expr[]): Expr | undefined {
  const [only, ...others] = inside;
  const whole = only?.kind === "symbol" && others.length === 0 && only.quantity.sumsToOne;
  return whole && only.quantity.ranges[0] === over && only.indices[0] === letter
    ? graph.number(1)
    : undefined;
}

function sizeOf(graph: Graph, range: Range): Expr {
  return range.size === undefined ? graph.sizeOf(range) : graph.number(rational(range.size));
}

function containsSame(expr: Expr): boolean {
  return some(expr, (node) => node.kind === "same");
}

function mentionsIndex(expr: Expr, letter: string): boolean {
  return some(expr, (node) => indicesOf(node).includes(letter));
}

function indicesOf(node: Expr): readonly Index[] {
  switch (node.kind) {
    case "symbol":
      return node.indices;
    case "same":
      return [node.a, node.b];
    case "component":
      return [node.at];
    default:
      return [];
  }
}

/** The direct parts of a node. */
export function childrenOf(node: Expr): readonly Expr[] {
  switch (node.kind) {
    case "apply":
    case "component":
      return node.args;
    case "sum":
      return [node.body];
    case "derivative":
      return [node.of, node.by];
    case "number":
    case "symbol":
    case "same":
    case "size":
      return [];
  }
}

/** Whether any node of the expression satisfies the question; shared nodes are asked once. */
export function some(expr: Expr, question: (node: Expr) => boolean): boolean {
  for (const node of nodesOf(expr)) if (question(node)) return true;
  return false;
}

/** Every node once, outermost first. */
export function* nodesOf(expr: Expr): Generator<Expr> {
  const seen = new Set<Expr>([expr]);
  for (const node of seen) {
    yield node;
    for (const child of childrenOf(node)) seen.add(child);
  }
}

function keyOfProduct(factors: readonly Expr[]): string {
  return factors
    .map((factor) => factor.id)
    .sort((a, b) => a - b)
    .join("·");
}

/** The index letters that an expression leaves open. */
export function freeLetters(expr: Expr): ReadonlySet<string> {
  const known = lettersOf.get(expr);
  if (known) return known;
  const found = new Set<string>();
  for (const child of childrenOf(expr)) for (const letter of freeLetters(child)) found.add(letter);
  if (expr.kind === "sum" || (expr.kind === "component" && expr.index !== undefined))
    found.delete(expr.index!);
  const own =
    expr.kind === "symbol"
      ? expr.indices
      : expr.kind === "same"
        ? [expr.a, expr.b]
        : expr.kind === "component"
          ? [expr.at]
          : [];
  for (const index of own) if (typeof index === "string") found.add(index);
  lettersOf.set(expr, found);
  return found;
}

const lettersOf = new WeakMap<Expr, ReadonlySet<string>>();
