// Relations with numbers in them, judged at the description's own numbers: a decimal is exact where it is a datum or a
// coefficient, else it means every number that rounds to it, and the relation is true when the two sides meet.
import { factorsOf, isNumber, nodesOf, some } from "../expression/build.ts";
import type { Expr, NumberExpr, SymbolExpr } from "../expression/expr.ts";
import { minusOne, negative, type Rational, toNumber } from "../expression/rational.ts";
import { type Ball, fromRational, isNothing, subtract, widened } from "../numeric/balls/ball.ts";
import * as written from "../reading/written.ts";
import type { CompareOptions } from "./compare.ts";
import type { CoarseDecimal, Comparison } from "./comparison.ts";
import { givenNumbers } from "./given.ts";
import { mentionedIn } from "./sight.ts";
import type { Subject } from "./subject.ts";
import { World } from "./world.ts";

/**
 * Whether the network's own numbers judge a relation: `only` them where a decimal stands against a side without
 * symbols, them `also` where numbers may have been put in for some of the symbols, else `never`. `missing` where only
 * they could, and a network of units has none; equations without numbers are algebra, where a number is no other thing.
 */
export function isForGiven(subject: Subject, left: Expr, right: Expr): "only" | "also" | "never" | "missing" {
  const bare = [left, right].filter((side) => !mentionsSymbols(side)).length;
  const decimals = decimalsIn(left).length + decimalsIn(right).length;
  if (!subject.given())
    return bare === 1 && decimals > 0 && subject.network.kind !== "equations" ? "missing" : "never";
  if (decimals > 0) return bare > 0 ? "only" : "also";
  return bare === 1 ? "also" : "never";
}

/** Names of the student's own that stand for numbers, "let p = 0.74 · 0.18", with these put in, digit by digit. */
export function withOwnNumbers(subject: Subject, expr: Expr): Expr {
  const { graph, quantities } = subject.network;
  const seen = new Map<Expr, Expr>();
  const numberOf = ({ quantity }: SymbolExpr): Expr | undefined => {
    const { define, adjointOf, ranges } = quantity;
    if (!define || adjointOf || ranges.length > 0 || quantities.includes(quantity)) return undefined;
    const value = put(define);
    return mentionsSymbols(value) ? undefined : value;
  };
  const put = (node: Expr): Expr => {
    const known = seen.get(node);
    if (known) return known;
    const found =
      node.kind === "symbol" ? (numberOf(node) ?? node) : node.kind === "apply" ? again(node) : node;
    seen.set(node, found);
    return found;
  };
  const again = (node: Extract<Expr, { kind: "apply" }>): Expr => {
    const args = node.args.map(put);
    if (args.every((arg, place) => arg === node.args[place])) return node;
    // Put together as written: a decimal that was added up would no longer say how exact it is.
    if (node.op.kind === "sum") return written.sum(graph, args);
    if (node.op.kind === "product") return written.product(graph, args);
    if (node.op.kind === "power") return written.power(graph, args[0]!, args[1]!);
    return graph.apply(node.op, args, node.slot);
  };
  return put(expr);
}

function mentionsSymbols(expr: Expr): boolean {
  return some(expr, (node) => node.kind === "symbol");
}

function decimalsIn(expr: Expr): readonly NumberExpr[] {
  return [...nodesOf(expr)].filter(
    (node): node is NumberExpr => isNumber(node) && node.decimals !== undefined,
  );
}

/** Judged at each sample's numbers in turn; at any of them it may be true. */
export function compareGiven(subject: Subject, left: Expr, right: Expr, options: CompareOptions): Comparison {
  let first: Comparison | undefined;
  for (let sample = 0; sample < Math.max(1, subject.single.samples.values.length); sample += 1) {
    const found = compareAtSample(subject, left, right, options, sample);
    if (found.verdict === "true") return found;
    first ??= found;
  }
  return first!;
}

function compareAtSample(
  subject: Subject,
  left: Expr,
  right: Expr,
  options: CompareOptions,
  sample: number,
): Comparison {
  const sense = options.sense ?? "total";
  const base = {
    left: subject.given(sample, sense, options.ownOn === "right" ? undefined : options.own)!,
    right: subject.given(sample, sense, options.own)!,
  };
  const intervals = intervalsOf(subject, left, right);
  const sides = meeting(base, left, right, intervals);
  if (sides.meet) return { verdict: "true", how: "given", ...coarsest(base, left, right, intervals) };
  if (isNothing(sides.left) || isNothing(sides.right))
    return { verdict: "undecided", why: "At the given numbers one of the sides has no value." };
  return {
    verdict: "false",
    counterexample: {
      bindings: {},
      mentioned: mentionedIn(base.right, left, right),
      left: sides.left.hi,
      right: sides.right.hi,
    },
  };
}

interface Bases {
  readonly left: World;
  readonly right: World;
}

function meeting(
  base: Bases,
  left: Expr,
  right: Expr,
  intervals: ReadonlyMap<NumberExpr, Ball>,
): { readonly meet: boolean; readonly left: Ball; readonly right: Ball } {
  const [one, other] = [over(base.left, intervals).ball(left), over(base.right, intervals).ball(right)];
  const difference = subtract(one, other);
  // The difference's own rounding allows for sides that touch at an end of the interval, 0.125 against 0.13.
  const meet = Math.abs(difference.hi) <= difference.radius * (1 + 1e-9);
  return { meet, left: one, right: other };
}

function over(base: World, intervals: ReadonlyMap<NumberExpr, Ball>): World {
  return new World(base.wiring, base.binding, { intervals: { of: intervals, base } });
}

/** The decimals that mean their rounding interval: half a unit of the last digit to both sides. */
function intervalsOf(subject: Subject, left: Expr, right: Expr): ReadonlyMap<NumberExpr, Ball> {
  const data = [...givenNumbers(subject.single, subject.learningRate)];
  const isDatum = ({ value }: NumberExpr): boolean =>
    data.some((datum) => isSame(datum, value) || isSame(negative(datum), value));
  const found = new Map<NumberExpr, Ball>();
  for (const side of [left, right]) {
    const result = resultOf(side);
    for (const decimal of decimalsIn(side)) {
      const isCoefficient = decimal.decimals! <= coefficientDigits || isDatum(decimal);
      if (decimal === result || !isCoefficient) found.set(decimal, interval(decimal));
    }
  }
  return found;
}

/** A decimal of so few digits, such as the 0.5 of 0.5 (y − a)², is meant exactly. */
const coefficientDigits = 1;

function isSame(one: Rational, other: Rational): boolean {
  return one.numerator === other.numerator && one.denominator === other.denominator;
}

/** The one decimal that a side consists of, with or without a minus. */
function resultOf(side: Expr): NumberExpr | undefined {
  const factors = factorsOf(side).filter((factor) => !(isNumber(factor) && isSame(factor.value, minusOne)));
  const [only] = factors;
  return factors.length === 1 && only && isNumber(only) ? only : undefined;
}

function interval(decimal: NumberExpr): Ball {
  return widened(fromRational(decimal.value), halfUnit(decimal));
}

function halfUnit({ decimals = 0 }: NumberExpr): number {
  return 0.5 * 10 ** -decimals;
}

/** Beyond so many decimals none of them is singled out. */
const mostTried = 24;

/** Among the decimals that the meeting depends on, the one known to the fewest digits. */
function coarsest(
  base: Bases,
  left: Expr,
  right: Expr,
  intervals: ReadonlyMap<NumberExpr, Ball>,
): { readonly coarse?: CoarseDecimal } {
  if (intervals.size > mostTried) return {};
  // A decimal that is 0 is coarse against what it stands for.
  const size = Math.abs(base.left.ball(left).hi) || Math.abs(base.right.ball(right).hi) || 1;
  const needed = [...intervals.keys()].filter((decimal) => {
    const without = new Map(intervals).set(decimal, fromRational(decimal.value));
    return !meeting(base, left, right, without).meet;
  });
  const known = needed
    .map((decimal) => ({
      decimal,
      relative: halfUnit(decimal) / (Math.abs(toNumber(decimal.value)) || size),
    }))
    .sort((one, other) => other.relative - one.relative);
  return known[0] ? { coarse: known[0] } : {};
}
