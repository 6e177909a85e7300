// The numbers that the description itself gives, as a binding: where lines of numbers are judged.
import { entryOffset, type SymbolExpr } from "../expression/expr.ts";
import { fromNumber, type Rational } from "../expression/rational.ts";
import type { Network, Values } from "../network/network.ts";
import { type Ball, fromRational, nothing } from "../numeric/balls/ball.ts";
import type { Binding } from "./world.ts";

/**
 * The binding of one sample (from 0), exactly as its decimals were written; nothing where the network gives no numbers.
 * Quantities over all samples have each its own sample's numbers.
 */
export function givenBinding(
  network: Network,
  sample: number,
  rate: Rational | undefined,
): Binding | undefined {
  const { values, samples } = network;
  if (!values) return undefined;
  return {
    seed: 1,
    free: ({ quantity, indices }) => {
      if (quantity.role === "learningRate") return rate ? fromRational(rate) : nothing;
      const axis = quantity.sampleOf ? quantity.ranges.findIndex(({ name }) => name === "samples") : -1;
      const place = axis < 0 ? sample : (indices[axis] as number) - 1;
      const entry = {
        quantity: quantity.sampleOf ?? quantity,
        indices: indices.filter((_, at) => at !== axis),
      };
      return given(values, entry) ?? given(samples.values[place], entry) ?? nothing;
    },
  };
}

type Entry = Pick<SymbolExpr, "quantity" | "indices">;

function given(values: Values | undefined, { quantity, indices }: Entry): Ball | undefined {
  const value = values?.get(quantity)?.[entryOffset(quantity, indices)];
  return value === undefined ? undefined : fromRational(fromNumber(value));
}

/** Every number that is given, for telling a datum from a rounded result. */
export function* givenNumbers(network: Network, rate: Rational | undefined): Generator<Rational> {
  for (const values of [network.values ?? new Map(), ...network.samples.values])
    for (const numbers of values.values()) for (const number of numbers) yield fromNumber(number);
  if (rate) yield rate;
}
