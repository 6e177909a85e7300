// The numbers that the description itself gives, as a binding: where lines of numbers are judged.
import { entryOffset, type SymbolExpr } from "../expression/expr.ts";
import { fromNumber, type Rational } from "../expression/rational.ts";
import type { Network, Values } from "../network/network.ts";
import { type Ball, fromRational, nothing } from "../numeric/balls/ball.ts";
import type { Binding } from "./world.ts";

/** The binding of one sample, exactly as its decimals were written; nothing where the network gives no numbers. */
export function givenBinding(
  network: Network,
  sample: number,
  rate: Rational | undefined,
): Binding | undefined {
  const { values } = network;
  const ofSample = network.samples.values[sample] ?? new Map();
  if (!values) return undefined;
  return {
    seed: 1,
    free: (symbol) => {
      if (symbol.quantity.role === "learningRate") return rate ? fromRational(rate) : nothing;
      return given(values, symbol) ?? given(ofSample, symbol) ?? nothing;
    },
  };
}

function given(values: Values, { quantity, indices }: SymbolExpr): Ball | undefined {
  const value = values.get(quantity)?.[entryOffset(quantity, indices)];
  return value === undefined ? undefined : fromRational(fromNumber(value));
}

/** Every number that is given, for telling a datum from a rounded result. */
export function* givenNumbers(network: Network, rate: Rational | undefined): Generator<Rational> {
  for (const values of [network.values ?? new Map(), ...network.samples.values])
    for (const numbers of values.values()) for (const number of numbers) yield fromNumber(number);
  if (rate) yield rate;
}
