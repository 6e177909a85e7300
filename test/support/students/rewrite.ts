// Algebra as students do it: the same value in another form, one random step at a time.
import {
  at,
  call,
  derivative,
  difference,
  type Formula,
  negative,
  number,
  partsOf,
  placesOf,
  power,
  product,
  quotient,
  replaced,
  sum,
} from "./formula.ts";
import type { Model } from "./model.ts";
import type { Random } from "./random.ts";
import { activationForms, definitionOf, loss, pre, slopeForms } from "./relations.ts";

/** Nothing where the rule does not fit. */
type Rule = (formula: Formula, random: Random, model: Model) => Formula | undefined;

/** Formulas larger than this are not made larger. */
const largest = 40;

export function rewritten(formula: Formula, model: Model, random: Random, steps: number): Formula {
  let current = formula;
  for (let step = 0; step < steps; step += 1) {
    const place = random.pick(placesOf(current));
    const part = at(current, place);
    const change = random.pick(rules)(part, random, model);
    if (!change) continue;
    const next = replaced(current, place, change);
    if (sizeOf(next) <= Math.max(largest, sizeOf(current))) current = next;
  }
  return current;
}

const sizeOf = (formula: Formula): number => partsOf(formula).reduce((size, part) => size + sizeOf(part), 1);

const commute: Rule = (formula, { shuffled }) => {
  if (formula.kind === "sum") return sum(...shuffled(formula.terms));
  return formula.kind === "product" ? product(...shuffled(formula.factors)) : undefined;
};

/** (a + b) c -> a c + b c. */
const distribute: Rule = (formula) => {
  if (formula.kind !== "product") return undefined;
  const bracket = formula.factors.findIndex(({ kind }) => kind === "sum");
  const inner = formula.factors[bracket];
  if (inner?.kind !== "sum") return undefined;
  return sum(
    ...inner.terms.map((term) => {
      const bare = term.kind === "negative" ? term.of : term;
      const multiplied = product(
        ...formula.factors.map((factor, position) => (position === bracket ? bare : factor)),
      );
      return term.kind === "negative" ? negative(multiplied) : multiplied;
    }),
  );
};

/** a c + b c -> (a + b) c. */
const factorOut: Rule = (formula, { pick }) => {
  if (formula.kind !== "sum" || formula.terms.some(({ kind }) => kind !== "product")) return undefined;
  const factors = formula.terms.map((term) => partsOf(term));
  const common = factors[0]!.filter((factor) =>
    factors.every((other) => other.some((each) => same(each, factor))),
  );
  if (common.length === 0) return undefined;
  const chosen = pick(common);
  const rests = factors.map((list) => {
    const found = list.findIndex((each) => same(each, chosen));
    return product(
      ...list.filter((_, position) => position !== found),
      ...(list.length === 1 ? [number(1)] : []),
    );
  });
  return product(sum(...rests), chosen);
};

const same = (one: Formula, other: Formula): boolean => JSON.stringify(one) === JSON.stringify(other);

/** a − b -> −(b − a), and back. */
const turnDifference: Rule = (formula) => {
  if (formula.kind !== "sum" || formula.terms.length !== 2) return undefined;
  const [first, second] = formula.terms as [Formula, Formula];
  return second.kind === "negative" && first.kind !== "negative"
    ? negative(difference(second.of, first))
    : undefined;
};

const openBracket: Rule = (formula) => {
  if (formula.kind !== "negative" || formula.of.kind !== "sum") return undefined;
  return sum(...formula.of.terms.map((term) => (term.kind === "negative" ? term.of : negative(term))));
};

/** (−a) b -> −(a b). */
const pullSign: Rule = (formula) => {
  if (formula.kind !== "product") return undefined;
  const signed = formula.factors.findIndex(({ kind }) => kind === "negative");
  if (signed < 0) return undefined;
  return negative(
    product(
      ...formula.factors.map((factor, position) => (position === signed ? partsOf(factor)[0]! : factor)),
    ),
  );
};

const pushSign: Rule = (formula, { below }) => {
  if (formula.kind !== "negative" || formula.of.kind !== "product") return undefined;
  const { factors } = formula.of;
  const chosen = below(factors.length);
  return product(...factors.map((factor, position) => (position === chosen ? negative(factor) : factor)));
};

/** a² -> a a, and (a − b)² -> a² − 2ab + b². */
const openPower: Rule = (formula) => {
  if (formula.kind !== "power" || formula.exponent !== 2) return undefined;
  const { base } = formula;
  if (base.kind !== "sum" || base.terms.length !== 2) return product(base, base);
  const [first, second] = base.terms as [Formula, Formula];
  const bare = second.kind === "negative" ? second.of : second;
  const middle = product(number(2), first, bare);
  return sum(power(first, 2), second.kind === "negative" ? negative(middle) : middle, power(bare, 2));
};

const joinPower: Rule = (formula) => {
  if (formula.kind !== "product") return undefined;
  const [first, ...rest] = formula.factors as [Formula, ...Formula[]];
  const twin = rest.findIndex((factor) => same(factor, first));
  if (twin < 0 || first.kind === "number" || first.kind === "derivative") return undefined;
  return product(power(first, 2), ...rest.filter((_, position) => position !== twin));
};

/** a / b -> a b⁻¹ or (1/b) a. */
const invert: Rule = (formula, { chance }) => {
  if (formula.kind !== "quotient") return undefined;
  const { over, under } = formula;
  if (under.kind === "number") return product(quotient(number(1), under), over);
  return chance(0.5) && under.kind !== "power"
    ? product(over, power(under, -1))
    : product(quotient(number(1), under), over);
};

/** (a + b) / c -> a/c + b/c. */
const splitFraction: Rule = (formula) => {
  if (formula.kind !== "quotient" || formula.over.kind !== "sum") return undefined;
  const { over, under } = formula;
  return sum(
    ...over.terms.map((term) =>
      term.kind === "negative" ? negative(quotient(term.of, under)) : quotient(term, under),
    ),
  );
};

/** 1/2 -> 0.5. */
const decimalHalf: Rule = (formula) =>
  formula.kind === "quotient" && same(formula.over, number(1)) && same(formula.under, number(2))
    ? number("0.5")
    : undefined;

/** (a/b) c -> (a c)/b. */
const intoNumerator: Rule = (formula) => {
  if (formula.kind !== "product") return undefined;
  const found = formula.factors.findIndex(({ kind }) => kind === "quotient");
  const fraction = formula.factors[found];
  if (fraction?.kind !== "quotient") return undefined;
  const rest = formula.factors.filter((_, position) => position !== found);
  return quotient(
    product(...(same(fraction.over, number(1)) ? [] : [fraction.over]), ...rest),
    fraction.under,
  );
};

/** A name for what it stands for: a -> f(z), z -> Σ w a + b, δ -> ∂E/∂z. */
const nameToFormula: Rule = (formula, { pick, chance }, model) => {
  if (formula.kind !== "symbol" || !formula.at.every((index) => typeof index === "number")) return undefined;
  const [layer, unit] = formula.at as readonly [number, number];
  switch (formula.role) {
    case "a":
      return model.layers[layer - 1]!.activation === "softmax"
        ? undefined
        : pick(activationForms(model, layer, unit));
    case "z":
      return chance(0.4) ? definitionOf(model, layer, unit) : undefined;
    case "delta":
      return derivative(loss, pre(layer, unit));
    default:
      return undefined;
  }
};

/** ∂a/∂z -> f′(z), ∂z/∂w -> a, ∂E/∂z -> δ. */
const derivativeToFormula: Rule = (formula, { pick }, model) => {
  if (formula.kind !== "derivative") return undefined;
  const { of, by } = formula;
  if (![...of.at, ...by.at].every((index) => typeof index === "number")) return undefined;
  if (of.role === "E" && by.role === "z") return { ...by, role: "delta" };
  if (of.role === "a" && by.role === "z" && of.at.join() === by.at.join()) {
    const forms = slopeForms(model, ...(of.at as [number, number]));
    return forms.length > 0 ? pick(forms) : undefined;
  }
  return undefined;
};

/** f(z) -> f(w x + b) is nameToFormula on the argument; here σ(z) -> 1 − σ(−z). */
const reflect: Rule = (formula, { chance }) =>
  formula.kind === "call" && formula.name === "sigmoid" && formula.primes === 0 && chance(0.3)
    ? difference(number(1), call("sigmoid", negative(formula.argument)))
    : undefined;

const rules: readonly Rule[] = [
  commute,
  commute,
  distribute,
  factorOut,
  turnDifference,
  openBracket,
  pullSign,
  pushSign,
  openPower,
  joinPower,
  invert,
  splitFraction,
  decimalHalf,
  intoNumerator,
  nameToFormula,
  nameToFormula,
  derivativeToFormula,
  reflect,
];
