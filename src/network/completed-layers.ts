// The description of layers as it is sent back: defaults, drawn parameters and drawn samples written out.
import type { Quantity } from "../expression/expr.ts";
import type { LayersDescription } from "./description.ts";
import type { NumberTable } from "./number-table.ts";

/** The description with its defaults and every number written out. */
export function completeLayers(
  description: LayersDescription,
  numbers: NumberTable,
  parameters: readonly Quantity[],
  input: Quantity,
  target: Quantity,
): LayersDescription {
  const byId = new Map(parameters.map((quantity) => [quantity.id, quantity]));
  const given = (id: string): Float64Array | undefined => {
    const quantity = byId.get(id);
    return quantity && numbers.get(quantity);
  };
  const layers = description.layers.map((layer, position) => {
    const weights = given(`W${position + 1}`);
    const biases = given(`b${position + 1}`);
    return {
      ...layer,
      bias: layer.bias ?? "per-unit",
      ...(weights && !layer.weights && { weights: rowsOf(weights, layer.units) }),
      ...(biases && !layer.biases && { biases: [...biases] }),
    };
  });
  const samples = completeSamples(description, numbers, input, target);
  return { ...description, layers, reduction: description.reduction ?? "mean", ...(samples && { samples }) };
}

function completeSamples(
  description: LayersDescription,
  numbers: NumberTable,
  input: Quantity,
  target: Quantity,
): LayersDescription["samples"] {
  if (!description.initialise) return description.samples;
  const given = Array.isArray(description.samples) ? description.samples : [];
  return numbers.samples.map((values, position) => ({
    inputs: [...values.get(input)!],
    targets: [...values.get(target)!],
    ...given[position],
  }));
}

function rowsOf(flat: Float64Array, rows: number): number[][] {
  const width = flat.length / rows;
  return Array.from({ length: rows }, (_, row) => [...flat.subarray(row * width, (row + 1) * width)]);
}
