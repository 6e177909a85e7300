// The value of a formula in a world, in plain doubles; and whether two formulas agree in many worlds.
import type { Formula } from "./formula.ts";
import { type Model, unitsOf } from "./model.ts";
import type { Random } from "./random.ts";
import { drawn, type World, worldOf } from "./values.ts";

type Letters = ReadonlyMap<string, number>;
type Locals = "total" | "local";

/** Relative differences below `equal` are rounding; above `different` nobody doubts them. */
const equal = 1e-9;
const different = 1e-5;

const worldsTried = 6;

export type Truth = "true" | "false" | "unclear";

export function worldsOf(model: Model, random: Random): readonly World[] {
  return Array.from({ length: worldsTried }, () => worldOf(model, drawn(model, random), random));
}

/**
 * Of a relation that has the free letters with their ranges. Derivatives between quantities mean the total one all
 * over, or the one of a single definition all over; either makes the relation true.
 */
export function truthOf(
  worlds: readonly World[],
  left: Formula,
  right: Formula,
  free: ReadonlyMap<string, number> = new Map(),
): Truth {
  const verdicts = (["total", "local"] as const).map((locals) => {
    const gaps = worlds.map((world) =>
      Math.max(...lettersOf(world.model, free).map(gapAt(world, left, right, locals))),
    );
    if (gaps.every((gap) => gap < equal)) return "true";
    return gaps.filter((gap) => gap > different).length > worlds.length / 2 ? "false" : "unclear";
  });
  return verdicts.includes("true")
    ? "true"
    : verdicts.every((verdict) => verdict === "false")
      ? "false"
      : "unclear";
}

const gapAt =
  (world: World, left: Formula, right: Formula, locals: Locals) =>
  (letters: Letters): number => {
    const [one, other] = [valueIn(world, left, letters, locals), valueIn(world, right, letters, locals)];
    // A derivative against the direction of the network has no value: no relation with it is true.
    if (Number.isNaN(one) || Number.isNaN(other)) return Number.POSITIVE_INFINITY;
    return one === other ? 0 : Math.abs(one - other) / Math.max(Math.abs(one), Math.abs(other), 1e-6);
  };

function lettersOf(model: Model, free: ReadonlyMap<string, number>): readonly Letters[] {
  let all: Letters[] = [new Map()];
  for (const [letter, layer] of free)
    all = all.flatMap((letters) =>
      unitsOf(model, layer).map((unit) => new Map([...letters, [letter, unit]])),
    );
  return all;
}

export function valueIn(
  world: World,
  formula: Formula,
  letters: Letters = new Map(),
  locals: Locals = "total",
): number {
  const value = (part: Formula): number => valueIn(world, part, letters, locals);
  switch (formula.kind) {
    case "number":
      return Number(formula.text);
    case "symbol":
      return world.valueOf(formula, letters);
    case "sum":
      return formula.terms.reduce((all, term) => all + value(term), 0);
    case "product":
      return formula.factors.reduce((all, factor) => all * value(factor), 1);
    case "negative":
      return -value(formula.of);
    case "quotient":
      return value(formula.over) / value(formula.under);
    case "power":
      return value(formula.base) ** formula.exponent;
    case "derivative":
      return world.slopeOf(formula.of, formula.by, letters, locals);
    case "total":
      return unitsOf(world.model, formula.layer).reduce(
        (all, unit) =>
          all + valueIn(world, formula.body, new Map([...letters, [formula.letter, unit]]), locals),
        0,
      );
    case "call":
      return called(world, formula, value(formula.argument));
  }
}

function called(world: World, { name, primes }: Extract<Formula, { kind: "call" }>, x: number): number {
  const general = world.model.layers[0]!.activation;
  const kind = name === "activation" ? general : name;
  switch (kind) {
    case "sigmoid": {
      const out = 1 / (1 + Math.exp(-x));
      return primes ? out * (1 - out) : out;
    }
    case "tanh":
      return primes ? 1 - Math.tanh(x) ** 2 : Math.tanh(x);
    case "exp":
      return Math.exp(x);
    case "log":
      return primes ? 1 / x : Math.log(x);
    case "identity":
      return primes ? 1 : x;
    case "abstract": {
      const { value, slope } = world.activation(x);
      return primes ? slope : value;
    }
    case "softmax":
      throw new Error("A softmax has no letter of its own.");
  }
}
