// Drawn numbers put into a description, so that a variant is a description like any other.
import type { Quantity } from "../expression/expr.ts";
import type {
  EquationsDescription,
  LayersDescription,
  NetworkDescription,
  UnitsDescription,
} from "../network/description.ts";
import type { Network, Values } from "../network/network.ts";

/** The description of `network` with `values` in the places of its numbers, one sample among them. */
export function withNumbers(network: Network, values: Values): NetworkDescription {
  const { completed } = network;
  switch (completed.kind) {
    case "layers":
      return layersWith(completed, network, values);
    case "units":
      return unitsWith(completed, network, values);
    case "equations":
      return equationsWith(completed, network, values);
  }
}

function layersWith(
  { initialise: _seed, ...description }: LayersDescription,
  { parameters, inputs, targets }: Network,
  values: Values,
): LayersDescription {
  const numbersOf = (id: string): readonly number[] | undefined => {
    const quantity = parameters.find((parameter) => parameter.id === id);
    return quantity && [...values.get(quantity)!];
  };
  const layers = description.layers.map((layer, position) => {
    const biases = numbersOf(`b${position + 1}`);
    return {
      ...layer,
      weights: rows(numbersOf(`W${position + 1}`)!, layer.units),
      ...(biases && { biases: [...biases] }),
    };
  });
  const all = (quantities: readonly Quantity[]) =>
    quantities.flatMap((quantity) => [...values.get(quantity)!]);
  return { ...description, layers, samples: [{ inputs: all(inputs), targets: all(targets) }] };
}

function rows(flat: readonly number[], count: number): number[][] {
  const width = flat.length / count;
  return Array.from({ length: count }, (_, row) => flat.slice(row * width, (row + 1) * width));
}

function unitsWith(
  { initialise: _seed, ...description }: UnitsDescription,
  { parameters, inputs, targets }: Network,
  values: Values,
): UnitsDescription {
  return {
    ...description,
    parameters: named(parameters, values, ({ id }) => id),
    samples: [
      {
        inputs: named(inputs, values, ({ id }) => id),
        targets: named(targets, values, ({ unit, id }) => unit ?? id),
      },
    ],
  };
}

function equationsWith(
  description: EquationsDescription,
  { parameters, quantities }: Network,
  values: Values,
): EquationsDescription {
  const constants = quantities.filter((quantity) => values.has(quantity) && !parameters.includes(quantity));
  const listed = (list: readonly Quantity[]) =>
    Object.fromEntries(
      list.map(({ id, ranges }, position) => {
        const numbers = [...values.get(list[position]!)!];
        return [id, ranges.length === 0 ? numbers[0]! : numbers];
      }),
    );
  return { ...description, parameters: listed(parameters), constants: listed(constants) };
}

function named(
  quantities: readonly Quantity[],
  values: Values,
  nameOf: (quantity: Quantity) => string,
): Record<string, number> {
  return Object.fromEntries(quantities.map((quantity) => [nameOf(quantity), values.get(quantity)![0]!]));
}
