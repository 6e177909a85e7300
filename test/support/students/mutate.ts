// Single mistakes: one change of one place of a right formula, as students make them.
import {
  at,
  type Formula,
  negative,
  number,
  placesOf,
  product,
  quotient,
  replaced,
  sum,
  symbol,
  type Variable,
} from "./formula.ts";
import { keyOf, type Model, outOf, unitsOf, weightKey, widthOf } from "./model.ts";
import type { Random } from "./random.ts";

type Slip = (formula: Formula, random: Random, model: Model) => Formula | undefined;

/** The formula with one mistake, and the mistake's name; nothing where the dice found no place for it. */
export function mutated(
  formula: Formula,
  model: Model,
  random: Random,
): { readonly formula: Formula; readonly slip: string } | undefined {
  const names = Object.keys(slips);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const place = random.pick(placesOf(formula));
    const slip = random.pick(names);
    const change = slips[slip]!(at(formula, place), random, model);
    if (change) return { formula: replaced(formula, place, change), slip };
  }
  return undefined;
}

const isConcrete = (formula: Variable): boolean => formula.at.every((index) => typeof index === "number");

const without = <Item>(items: readonly Item[], gone: number): readonly Item[] =>
  items.filter((_, position) => position !== gone);

const slips: Readonly<Record<string, Slip>> = {
  "wrong sign": (formula, { below }) => {
    if (formula.kind !== "sum") return undefined;
    const chosen = below(formula.terms.length);
    return sum(
      ...formula.terms.map((term, position) => {
        if (position !== chosen) return term;
        return term.kind === "negative" ? term.of : negative(term);
      }),
    );
  },
  "lost minus": (formula) => (formula.kind === "negative" ? formula.of : undefined),
  "dropped factor": (formula, { below }) =>
    formula.kind === "product"
      ? product(...without(formula.factors, below(formula.factors.length)))
      : undefined,
  "dropped term": (formula, { below }) =>
    formula.kind === "sum" ? sum(...without(formula.terms, below(formula.terms.length))) : undefined,
  "factor two": (formula) => (formula.kind === "product" ? product(number(2), formula) : undefined),
  "lost half": (formula) =>
    formula.kind === "quotient" && formula.under.kind === "number" ? formula.over : undefined,
  "other power": (formula) =>
    formula.kind === "power" ? { ...formula, exponent: formula.exponent + 1 } : undefined,
  "lost power": (formula) => (formula.kind === "power" ? formula.base : undefined),
  "multiplied paths": (formula) => (formula.kind === "sum" ? product(...formula.terms.map(bare)) : undefined),
  "added factors": (formula) => (formula.kind === "product" ? sum(...formula.factors) : undefined),
  "upside down": (formula) =>
    formula.kind === "quotient" ? quotient(formula.under, formula.over) : undefined,
  "upside down derivative": (formula) =>
    formula.kind === "derivative" && formula.of.role !== "E"
      ? { ...formula, of: formula.by, by: formula.of }
      : undefined,
  "lost prime": (formula) =>
    formula.kind === "call" && formula.primes === 1 ? { ...formula, primes: 0 } : undefined,
  "function at the activation": (formula) =>
    formula.kind === "call" && formula.argument.kind === "symbol" && formula.argument.role === "z"
      ? { ...formula, argument: { ...formula.argument, role: "a" } }
      : undefined,
  "activation for pre-activation": (formula) =>
    formula.kind === "symbol" && formula.role === "a" ? { ...formula, role: "z" } : undefined,
  "pre-activation for activation": (formula) =>
    formula.kind === "symbol" && formula.role === "z" ? { ...formula, role: "a" } : undefined,
  "wrong unit": (formula, random, model) =>
    formula.kind === "symbol" ? otherUnit(formula, random, model) : undefined,
  "wrong weight": (formula, { pick }, model) => {
    if (formula.kind !== "symbol" || formula.role !== "w" || !isConcrete(formula)) return undefined;
    const others = model.connections.filter((connection) => weightKey(connection) !== keyOf("w", formula.at));
    if (others.length === 0) return undefined;
    const { from, to } = pick(others);
    return symbol("w", ...to, ...from);
  },
  "weight for input": (formula, { pick }, model) => {
    if (formula.kind !== "symbol" || formula.role !== "x" || !isConcrete(formula)) return undefined;
    const { from, to } = pick(outOf(model, 0, formula.at[0] as number));
    return symbol("w", ...to, ...from);
  },
  "derivative by another": (formula, random, model) => {
    if (formula.kind !== "derivative") return undefined;
    const by = otherUnit(formula.by, random, model);
    return by ? { ...formula, by } : undefined;
  },
  "derivative of another": (formula, random, model) => {
    if (formula.kind !== "derivative") return undefined;
    const of = otherUnit(formula.of, random, model);
    return of ? { ...formula, of } : undefined;
  },
  "wrong bound letter": (formula, { pick }, model) => {
    if (formula.kind !== "symbol" || formula.role !== "w") return undefined;
    const [layer, , before] = formula.at;
    if (widthOf(model, Number(layer)) !== widthOf(model, Number(before))) return undefined;
    const letters = formula.at.filter((index) => typeof index === "string");
    if (letters.length !== 2) return undefined;
    const chosen = pick(letters);
    return { ...formula, at: formula.at.map((index) => (typeof index === "string" ? chosen : index)) };
  },
  "lost sum": (formula) => (formula.kind === "total" ? renamed(formula.body, formula.letter, 1) : undefined),
};

const bare = (formula: Formula): Formula => (formula.kind === "negative" ? formula.of : formula);

/** Another unit of the same layer. */
function otherUnit(formula: Variable, { pick }: Random, model: Model): Variable | undefined {
  if (!isConcrete(formula) || !["x", "z", "a", "delta"].includes(formula.role)) return undefined;
  const [layer, unit] =
    formula.role === "x" ? [0, formula.at[0] as number] : (formula.at as readonly [number, number]);
  const others = unitsOf(model, layer).filter((each) => each !== unit);
  if (others.length === 0) return undefined;
  return { ...formula, at: formula.role === "x" ? [pick(others)] : [layer, pick(others)] };
}

function renamed(formula: Formula, letter: string, index: number): Formula {
  const place = placesOf(formula).find((each) => {
    const part = at(formula, each);
    return part.kind === "symbol" && part.at.includes(letter);
  });
  if (!place) return formula;
  const part = at(formula, place) as Variable;
  const fixed = { ...part, at: part.at.map((each) => (each === letter ? index : each)) };
  return renamed(replaced(formula, place, fixed), letter, index);
}
