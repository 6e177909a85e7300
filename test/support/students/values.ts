// What a model computes at given numbers, in plain doubles: forward pass, and every derivative by forward differentiation.
import type { Index, Variable } from "./formula.ts";
import {
  biasKey,
  depthOf,
  into,
  keyOf,
  type Model,
  signalKey,
  unitsOf,
  type Values,
  weightKey,
} from "./model.ts";
import type { Random } from "./random.ts";

/** A value with its derivative by one chosen quantity. */
interface Dual {
  readonly value: number;
  readonly slope: number;
}

/** A model at one set of numbers. */
export interface World {
  readonly model: Model;
  valueOf(symbol: Variable, letters: ReadonlyMap<string, number>): number;
  /** d of / d by: total, or of the definition of `of` alone; NaN where `of` comes before `by`. */
  slopeOf(of: Variable, by: Variable, letters: ReadonlyMap<string, number>, kind: "total" | "local"): number;
  /** The abstract function and its derivative. */
  readonly activation: (x: number) => Dual;
}

export function worldOf(model: Model, given: Values, seed: Random): World {
  const activation = someFunction(seed);
  const plain = forward(model, given, activation);
  const slopes = new Map<string, ReadonlyMap<string, Dual>>();
  const slopesBy = (by: string): ReadonlyMap<string, Dual> => {
    const found = slopes.get(by) ?? forward(model, given, activation, by);
    slopes.set(by, found);
    return found;
  };
  const total = (of: string, by: string): number => {
    const isUpsideDown = of !== by && slopesBy(of).get(by)!.slope !== 0;
    if (isUpsideDown) return Number.NaN;
    return slopesBy(by).get(of)!.slope;
  };
  const located = (symbol: Variable, letters: ReadonlyMap<string, number>): string =>
    keyOf(
      symbol.role,
      symbol.at.map((index) => indexOf(index, letters)),
    );
  return {
    model,
    activation,
    valueOf: (symbol, letters) => {
      const key = located(symbol, letters);
      if (symbol.role === "delta") return total("E:", key.replace("delta:", "z:"));
      const found = plain.get(key);
      if (!found) throw new Error(`${model.title} has no ${key}.`);
      return found.value;
    },
    slopeOf: (of, by, letters, kind) => {
      const [ofKey, byKey] = [located(of, letters), located(by, letters)];
      if (!plain.has(ofKey) || !plain.has(byKey))
        throw new Error(`${model.title} has no ${ofKey} or ${byKey}.`);
      if (kind === "total" || ofKey === "E:" || ofKey === byKey) return total(ofKey, byKey);
      return Number.isNaN(total(ofKey, byKey))
        ? Number.NaN
        : localSlope(model, plain, activation, ofKey, byKey);
    },
  };
}

const indexOf = (index: Index, letters: ReadonlyMap<string, number>): number => {
  if (typeof index === "number") return index;
  const found = letters.get(index);
  if (found === undefined) throw new Error(`The index ${index} is unbound.`);
  return found;
};

/** Every quantity in forward order, with its derivative by `by`, whose own definition is then ignored. */
function forward(
  model: Model,
  given: Values,
  activation: (x: number) => Dual,
  by?: string,
  held: ReadonlyMap<string, Dual> = new Map(),
): ReadonlyMap<string, Dual> {
  const found = new Map<string, Dual>();
  const set = (key: string, { value, slope }: Dual): void => {
    found.set(key, held.get(key) ?? { value, slope: key === by ? 1 : slope });
  };
  const get = (key: string): Dual => found.get(key)!;
  for (const [key, value] of given) set(key, { value, slope: 0 });
  for (let layer = 1; layer <= depthOf(model); layer += 1) {
    const units = unitsOf(model, layer);
    for (const unit of units) {
      const terms = into(model, layer, unit).map((connection) => {
        const [weight, signal] = [get(weightKey(connection)), get(signalKey(connection.from))];
        return {
          value: weight.value * signal.value,
          slope: weight.slope * signal.value + weight.value * signal.slope,
        };
      });
      const bias = biasKey(model, layer, unit);
      set(keyOf("z", [layer, unit]), added([...terms, ...(bias ? [get(bias)] : [])]));
    }
    const sums = units.map((unit) => get(keyOf("z", [layer, unit])));
    for (const unit of units) set(keyOf("a", [layer, unit]), activated(model, layer, unit, sums, activation));
  }
  const outputs = unitsOf(model, depthOf(model));
  for (const unit of outputs)
    set(
      keyOf("Ek", [unit]),
      lossAt(model, get(keyOf("a", [depthOf(model), unit])), get(keyOf("y", [unit])).value),
    );
  set("E:", added(outputs.map((unit) => get(keyOf("Ek", [unit])))));
  return found;
}

/** The slope of one definition alone: everything but `by` keeps its value. */
function localSlope(
  model: Model,
  plain: ReadonlyMap<string, Dual>,
  activation: (x: number) => Dual,
  of: string,
  by: string,
): number {
  const held = new Map([...plain].filter(([key]) => key !== of && key !== by));
  const given = new Map(
    [...plain].filter(([key]) => /^[xwby]:/.test(key)).map(([key, { value }]) => [key, value]),
  );
  if (!given.has(by)) held.set(by, { value: plain.get(by)!.value, slope: 1 });
  return forward(model, given, activation, by, held).get(of)!.slope;
}

const added = (terms: readonly Dual[]): Dual =>
  terms.reduce((sum, term) => ({ value: sum.value + term.value, slope: sum.slope + term.slope }), {
    value: 0,
    slope: 0,
  });

function activated(
  model: Model,
  layer: number,
  unit: number,
  sums: readonly Dual[],
  abstract: (x: number) => Dual,
): Dual {
  const { value, slope } = sums[unit - 1]!;
  switch (model.layers[layer - 1]!.activation) {
    case "identity":
      return { value, slope };
    case "sigmoid": {
      const out = 1 / (1 + Math.exp(-value));
      return { value: out, slope: out * (1 - out) * slope };
    }
    case "tanh": {
      const out = Math.tanh(value);
      return { value: out, slope: (1 - out * out) * slope };
    }
    case "abstract": {
      const out = abstract(value);
      return { value: out.value, slope: out.slope * slope };
    }
    case "softmax": {
      const powers = sums.map((each) => Math.exp(each.value));
      const all = powers.reduce((one, other) => one + other, 0);
      const shares = powers.map((one) => one / all);
      const mean = shares.reduce((one, share, position) => one + share * sums[position]!.slope, 0);
      return { value: shares[unit - 1]!, slope: shares[unit - 1]! * (slope - mean) };
    }
  }
}

function lossAt(model: Model, { value, slope }: Dual, y: number): Dual {
  switch (model.loss) {
    case "half-squared-error":
      return { value: (value - y) ** 2 / 2, slope: (value - y) * slope };
    case "squared-error":
      return { value: (value - y) ** 2, slope: 2 * (value - y) * slope };
    case "binary-cross-entropy":
      return {
        value: -(y * Math.log(value) + (1 - y) * Math.log(1 - value)),
        slope: (-y / value + (1 - y) / (1 - value)) * slope,
      };
    case "categorical-cross-entropy":
      return { value: -y * Math.log(value), slope: (-y / value) * slope };
  }
}

/** Some function with its derivative: c + s x + A sin(v x + p). */
function someFunction({ uniform }: Random): (x: number) => Dual {
  const [c, s, height, speed, phase] = [
    uniform(),
    0.3 + uniform(),
    0.5 + uniform(),
    0.6 + uniform(),
    6 * uniform(),
  ];
  return (x) => ({
    value: c + s * x + height * Math.sin(speed * x + phase),
    slope: s + height * speed * Math.cos(speed * x + phase),
  });
}

/** Numbers for everything free, away from 0; targets that suit the loss. */
export function drawn(model: Model, { uniform, chance }: Random): Values {
  const one = (): number => (0.35 + 1.1 * uniform()) * (chance(0.5) ? 1 : -1);
  const values = new Map<string, number>();
  for (const unit of unitsOf(model, 0)) values.set(keyOf("x", [unit]), one());
  for (const connection of model.connections) values.set(weightKey(connection), one());
  for (let layer = 1; layer <= depthOf(model); layer += 1)
    for (const unit of unitsOf(model, layer)) {
      const bias = biasKey(model, layer, unit);
      if (bias) values.set(bias, one());
    }
  const outputs = unitsOf(model, depthOf(model));
  const shares = outputs.map(() => 0.1 + uniform());
  const all = shares.reduce((sum, share) => sum + share, 0);
  for (const unit of outputs)
    values.set(
      keyOf("y", [unit]),
      model.loss.endsWith("entropy") ? shares[unit - 1]! / (outputs.length > 1 ? all : 1.2) : one(),
    );
  return values;
}
