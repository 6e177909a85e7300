// The key of an expression: equal for expressions that print alike up to the order of terms and factors, brackets
// around sums within sums, the way a coefficient is split, and the sign of an even power: (y − ŷ)² and (ŷ − y)².
import { isSum } from "../expression/build.ts";
import type { Expr, Index, Range } from "../expression/expr.ts";
import { entryId } from "../expression/expr.ts";
import type { Rational } from "../expression/rational.ts";
import * as exact from "../expression/rational.ts";

/** coefficient · Π base^exponent, the bases by their keys. */
interface Product {
  readonly coefficient: Rational;
  readonly powers: ReadonlyMap<string, Rational>;
}

/** How bound indices are written: by the number of Σ's around them, or as the one number they can be. */
type Letters = ReadonlyMap<string, Index>;

/** Equal keys: equal expressions, by algebra of sums and products alone. Linear in the size written out. */
export function keyOf(expr: Expr): string {
  return keyIn(expr, new Map());
}

function keyIn(expr: Expr, letters: Letters): string {
  return textOf(productOf(expr, letters));
}

function textOf({ coefficient, powers }: Product): string {
  const parts = [...powers]
    .filter(([, exponent]) => !exact.isZero(exponent))
    .map(([base, exponent]) => (exact.isOne(exponent) ? base : `${base}^${rationalText(exponent)}`))
    .sort();
  if (exact.isZero(coefficient)) return "0";
  return [
    ...(exact.isOne(coefficient) && parts.length > 0 ? [] : [rationalText(coefficient)]),
    ...parts,
  ].join("·");
}

function rationalText({ numerator, denominator }: Rational): string {
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}

function single(base: string): Product {
  return { coefficient: exact.one, powers: new Map([[base, exact.one]]) };
}

function productOf(expr: Expr, letters: Letters): Product {
  const index = (written: Index): Index =>
    typeof written === "string" ? (letters.get(written) ?? written) : written;
  const key = (part: Expr): string => keyIn(part, letters);
  switch (expr.kind) {
    case "number":
      return { coefficient: expr.value, powers: new Map() };
    case "symbol":
      return single(symbolKey(expr, index));
    case "same":
      return single(`[${[index(expr.a), index(expr.b)].map(String).sort().join("=")}]`);
    case "size":
      return single(`|${expr.range.name}|`);
    case "derivative":
      return single(`d${key(expr.of)}/d${key(expr.by)}`);
    case "component":
      return single(componentKey(expr, letters));
    case "sum":
      return sumOverKey(expr, letters);
    case "apply":
      return applied(expr, letters);
  }
}

function symbolKey(
  { quantity, indices }: Extract<Expr, { kind: "symbol" }>,
  index: (written: Index) => Index,
): string {
  const placed = indices.map(index);
  return placed.every((each) => typeof each === "number")
    ? entryId(quantity, placed)
    : `${quantity.id}[${placed.join()}]`;
}

function componentKey(expr: Extract<Expr, { kind: "component" }>, letters: Letters): string {
  const entry = typeof expr.at === "string" ? (letters.get(expr.at) ?? expr.at) : expr.at;
  const inner = expr.over === undefined ? letters : bound(expr.index!, expr.over, letters);
  return `${expr.op.name}(${expr.args.map((arg) => keyIn(arg, inner)).join()})[${entry}]`;
}

/** A bound index is numbered from outside, whatever it was called; the only unit of a range is 1. */
function bound(letter: string, { size }: Range, letters: Letters): Letters {
  const depth = [...letters.values()].filter((written) => typeof written === "string").length;
  return new Map([...letters, [letter, size === 1 ? 1 : `:${depth}`]]);
}

/** A Σ over one unit is its body at that unit, as it prints; coefficients stand before the Σ. */
function sumOverKey(expr: Extract<Expr, { kind: "sum" }>, letters: Letters): Product {
  const inner = productOf(expr.body, bound(expr.index, expr.over, letters));
  if (expr.over.size === 1) return inner;
  const { coefficient, powers } = inner;
  const body = textOf({ coefficient: exact.one, powers });
  return { coefficient, powers: single(`Σ${expr.over.name}(${body})`).powers };
}

function applied(expr: Extract<Expr, { kind: "apply" }>, letters: Letters): Product {
  const { op, args, slot } = expr;
  if (op.kind === "product") return args.map((arg) => productOf(arg, letters)).reduce(times);
  if (op.kind === "sum")
    return added(flatTerms(expr, letters).map(([term, inner]) => productOf(term, inner)));
  if (op.kind === "power") return raised(args[0]!, args[1]!, letters);
  return single(
    `${op.name}${slot === undefined ? "" : `'${slot}`}(${args.map((arg) => keyIn(arg, letters)).join()})`,
  );
}

function times(left: Product, right: Product): Product {
  const powers = new Map(left.powers);
  for (const [base, exponent] of right.powers)
    powers.set(base, exact.plus(powers.get(base) ?? exact.zero, exponent));
  return { coefficient: exact.times(left.coefficient, right.coefficient), powers };
}

/** Whole exponents reach every factor; others stay at the whole base. */
function raised(base: Expr, exponent: Expr, letters: Letters): Product {
  if (exponent.kind !== "number") return single(`(${keyIn(base, letters)})^(${keyIn(exponent, letters)})`);
  const { coefficient, powers } = productOf(base, letters);
  const power = exact.power(coefficient, exponent.value);
  if (!exact.isWhole(exponent.value) || !power)
    return { coefficient: exact.one, powers: new Map([[`(${keyIn(base, letters)})`, exponent.value]]) };
  return {
    coefficient: power,
    powers: new Map([...powers].map(([each, own]) => [each, exact.times(own, exponent.value)])),
  };
}

/** Like terms are put together; the first term in sorted order is positive, its sign stands in front. */
function added(terms: readonly Product[]): Product {
  const collected = new Map<string, Product>();
  for (const { coefficient, powers } of terms) {
    const key = textOf({ coefficient: exact.one, powers });
    const known = collected.get(key)?.coefficient ?? exact.zero;
    collected.set(key, { coefficient: exact.plus(known, coefficient), powers });
  }
  const kept = [...collected]
    .filter(([, { coefficient }]) => !exact.isZero(coefficient))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const [first, ...others] = kept;
  if (!first) return { coefficient: exact.zero, powers: new Map() };
  if (others.length === 0) return first[1];
  const sign = exact.isNegative(first[1].coefficient) ? exact.minusOne : exact.one;
  const texts = kept.map(([, { coefficient, powers }]) =>
    textOf({ coefficient: exact.times(sign, coefficient), powers }),
  );
  return { coefficient: sign, powers: single(`(${texts.join("+")})`).powers };
}

/** Sums within sums are one sum, also behind a Σ over one unit. */
function flatTerms(expr: Expr, letters: Letters): readonly (readonly [Expr, Letters])[] {
  if (isSum(expr)) return expr.args.flatMap((arg) => flatTerms(arg, letters));
  if (expr.kind === "sum" && expr.over.size === 1)
    return flatTerms(expr.body, bound(expr.index, expr.over, letters));
  return [[expr, letters]];
}
