// Over a batch every quantity of a sample has one more index. Students leave it out: z_1 is the z_1 of sample n, for any n,
// and of each sample inside Σ_n.
import type { Index, Quantity, Range } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import type { Notation } from "../notation/notation.ts";
import { isSamples } from "../notation/units.ts";
import { type Candidate, deltasOf, symbolTable } from "./symbols.ts";
import type { NameKey } from "./syntax.ts";

/** The range of the samples, where the network is one over a batch. */
export function samplesOf({ quantities }: Network): Range | undefined {
  return quantities.flatMap(({ ranges }) => ranges).find(isSamples);
}

/** The quantity of one sample that a quantity, or what a δ is of, collects. */
export function ofOneSample({ sampleOf, adjointOf }: Quantity): Quantity | undefined {
  return sampleOf ?? adjointOf?.sampleOf;
}

/** The indices of a sampled quantity, with that of its sample put in. */
export function withSample({ ranges }: Quantity, sample: Index, indices: readonly Index[]): readonly Index[] {
  const axis = ranges.findIndex(isSamples);
  return [...indices.slice(0, axis), sample, ...indices.slice(axis)];
}

function withoutSample({ ranges }: Quantity, indices: readonly Index[]): readonly Index[] {
  return indices.filter((_, axis) => !isSamples(ranges[axis]!));
}

/** What names of one sample mean over a batch; nothing is found where the network is no batch. */
export function namesOfOneSample(
  network: Network,
  notation: Notation,
  letter: string,
): (name: NameKey) => readonly Candidate[] {
  const sampled = [...network.quantities, ...deltasOf(network)].filter((quantity) => ofOneSample(quantity));
  if (sampled.length === 0) return () => [];
  const single: Network = {
    ...network,
    quantities: network.quantities.map((quantity) => quantity.sampleOf ?? quantity),
    outputs: network.outputs.map(({ quantity, indices }) =>
      network.graph.symbol(quantity.sampleOf ?? quantity, withoutSample(quantity, indices)),
    ),
  };
  const whole = new Map(network.quantities.map((quantity) => [quantity.sampleOf, quantity]));
  const deltas = deltasOf(single);
  const deltaOf = new Map(
    deltas.map((delta) => [delta, sampled.find(({ adjointOf }) => adjointOf?.sampleOf === delta.adjointOf)]),
  );
  const table = symbolTable(single, notation, deltas);
  const found = ({ name, sample }: OfSample): readonly Candidate[] =>
    table.find(name).flatMap(({ quantity, indices }): readonly Candidate[] => {
      const lifted = whole.get(quantity) ?? deltaOf.get(quantity);
      return lifted ? [{ quantity: lifted, indices: withSample(lifted, sample, indices), rank: 1 }] : [];
    });
  // What is a name as it stands has no sample in it: the (2) of a^{(2)} is its layer.
  return (name) =>
    samplesIn(name, letter)
      .map(found)
      .find((candidates) => candidates.length > 0) ?? [];
}

/** A name of one sample, and the sample. */
interface OfSample {
  readonly name: NameKey;
  readonly sample: Index;
}

/**
 * Below a layer's mark, a_i^{(2)}, the letter of the sample is the sample. Else it may be left out, stand last among the indices, x_{1,n}, or first, as in Bishop's y_{nk}, or in a
 * superscript, x_1^{(n)}. Without a comma it is the letter of the sample.
 */
function samplesIn(name: NameKey, letter: string): readonly OfSample[] {
  const behind = /^(?<sub>.+),(?<sample>[a-z]|[0-9]+)$/.exec(name.sub)?.groups;
  const before = /^(?<sample>[a-z]|[0-9]+),(?<sub>.+)$/.exec(name.sub)?.groups;
  const isBefore = name.sub.startsWith(letter) && name.sub.length > 1 && name.sub[1] !== ",";
  const above = /^(?<sup>.*)\((?<sample>[a-km-z]|[0-9]+)\)$/.exec(name.sup)?.groups;
  return [
    ...(name.sub === letter ? [{ name: { ...name, sub: "" }, sample: letter }] : []),
    { name, sample: letter },
    ...(behind ? [{ name: { ...name, sub: behind.sub! }, sample: indexOf(behind.sample!) }] : []),
    ...(before ? [{ name: { ...name, sub: before.sub! }, sample: indexOf(before.sample!) }] : []),
    ...(isBefore ? [{ name: { ...name, sub: name.sub.slice(1) }, sample: letter }] : []),
    ...(above ? [{ name: { ...name, sup: above.sup! }, sample: indexOf(above.sample!) }] : []),
  ];
}

function indexOf(text: string): Index {
  return /^[0-9]+$/.test(text) ? Number(text) : text;
}
