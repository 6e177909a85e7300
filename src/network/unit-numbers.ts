// The numbers of a network of single units: parameters and samples by name, and the description with all of them put in.
import type { Quantity } from "../expression/expr.ts";
import { didYouMean, Failure } from "../failure.ts";
import type { NumberLike, UnitsDescription } from "./description.ts";
import { readName } from "./names.ts";
import type { NumberTable } from "./number-table.ts";
import { readNumber } from "./numbers.ts";
import { escapePointer, type ParameterNames } from "./unit-reading.ts";

export function readParameters(
  description: UnitsDescription,
  parameters: ParameterNames,
  numbers: NumberTable,
): void {
  for (const [written, value] of Object.entries(description.parameters ?? {})) {
    const pointer = `/parameters/${escapePointer(written)}`;
    const quantity = parameters.find(readName(written, pointer));
    if (!quantity) {
      const known = parameters.quantities.map(({ id }) => id);
      throw new Failure(
        "unknown-name",
        `The parameter "${written}" is not used by any unit.${didYouMean(written, known)}`,
        { pointer },
      );
    }
    numbers.set(quantity, Float64Array.of(readNumber(value, pointer)));
  }
}

export function readSamples(
  description: UnitsDescription,
  inputs: readonly Quantity[],
  targets: readonly Quantity[],
  numbers: NumberTable,
): void {
  if (!Array.isArray(description.samples)) return;
  const inputByName = new Map(inputs.map((quantity) => [quantity.id, quantity]));
  const targetByName = new Map(targets.map((quantity) => [quantity.unit!, quantity]));
  for (const [sample, given] of description.samples.entries()) {
    const read = (
      values: Record<string, NumberLike>,
      known: ReadonlyMap<string, Quantity>,
      field: string,
    ): void => {
      for (const [written, value] of Object.entries(values)) {
        const pointer = `/samples/${sample}/${field}/${escapePointer(written)}`;
        const quantity = known.get(readName(written, pointer));
        if (!quantity) {
          throw new Failure(
            "unknown-name",
            `Sample ${sample + 1} gives ${field} for "${written}", which the network does not have.${didYouMean(written, known.keys())}`,
            { pointer },
          );
        }
        numbers.setSample(sample, quantity, Float64Array.of(readNumber(value, pointer)));
      }
    };
    read(given.inputs ?? {}, inputByName, "inputs");
    read(given.targets ?? {}, targetByName, "targets");
  }
}

export function completeUnits(
  description: UnitsDescription,
  numbers: NumberTable,
  parameters: readonly Quantity[],
  inputs: readonly Quantity[],
  targets: readonly Quantity[],
): UnitsDescription {
  const reduction = description.reduction ?? "mean";
  if (!description.initialise) return { ...description, reduction };
  const drawn = Object.fromEntries(parameters.map((quantity) => [quantity.id, numbers.get(quantity)![0]!]));
  const given = Array.isArray(description.samples) ? description.samples : [];
  const samples = numbers.samples.map((values, position) => ({
    inputs: {
      ...Object.fromEntries(inputs.map((quantity) => [quantity.id, values.get(quantity)![0]!])),
      ...given[position]?.inputs,
    },
    targets: {
      ...Object.fromEntries(targets.map((quantity) => [quantity.unit!, values.get(quantity)![0]!])),
      ...given[position]?.targets,
    },
  }));
  return { ...description, reduction, parameters: { ...drawn, ...description.parameters }, samples };
}
