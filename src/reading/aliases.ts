// Names that a reader may use besides the printed ones: rows of changes to the notation, spelled by the same naming
// function, so that the letters stay in the notation's row.
import type { Quantity } from "../expression/expr.ts";
import { type Names, names } from "../notation/names.ts";
import type { Notation } from "../notation/notation.ts";
import { isSamples, type Nameable } from "../notation/units.ts";

interface AliasRow {
  readonly why: string;
  /** Names of entries alone: of a layer, a name without its mark would be any layer's. */
  readonly ofEntries?: boolean;
  /** Absent: to every network. */
  readonly applies?: (network: Nameable) => boolean;
  readonly notation?: (notation: Notation) => Notation;
  readonly network?: (network: Nameable) => Nameable;
  /** The quantity whose name is borrowed for another one; nothing: it has no alias here. */
  readonly standIn?: (quantity: Quantity) => Quantity | undefined;
}

const everyIndex = (notation: Notation): Notation => ({ ...notation, indexWhereNeeded: [] });
const noSpareIndex = (notation: Notation): Notation => ({ ...notation, indexWhereNeeded: "all" });

const outputLetter = (notation: Notation): Notation => ({
  ...notation,
  letters: { ...notation.letters, output: { letter: notation.letters.target.letter, hat: true } },
});

const outputsAsActivations = (notation: Notation): Notation => {
  const { output: _output, ...letters } = notation.letters;
  return { ...notation, letters };
};

const aliases: readonly AliasRow[] = [
  { why: "indices and layer marks that the dialect leaves out are written", notation: everyIndex },
  {
    why: "indices and layer marks that tell nothing apart are left out",
    notation: noSpareIndex,
    ofEntries: true,
  },
  {
    why: "a layer's mark is written, the index of its one unit is not: a^{(2)}",
    notation: everyIndex,
    ofEntries: true,
    applies: isOfOneUnitEach,
    standIn: ofOneUnit,
  },
  { why: "the output ŷ, target letter with a hat", notation: outputLetter },
  {
    why: "the one output ŷ without its index",
    notation: (notation) => noSpareIndex(outputLetter(notation)),
    ofEntries: true,
  },
  { why: "outputs are the last layer's activations", notation: outputsAsActivations },
  {
    why: "inputs are the activations of the input layer",
    standIn: asActivation,
  },
  {
    why: "the output of a unit by the unit's own name",
    standIn: ({ unit, ...nameless }) =>
      unit !== undefined &&
      nameless.ranges.length === 0 &&
      (nameless.role === "activation" || nameless.role === "output")
        ? { ...nameless, entryNames: [unit] }
        : undefined,
  },
  {
    why: "the loss of one sample and the loss over all",
    network: (network) => ({ ...network, samples: { count: network.samples.count > 1 ? 1 : 2 } }),
    standIn: ofLoss,
  },
  {
    why: "the loss without its fixed subscript: E for E_total",
    notation: (notation) => {
      const { letter } = notation.letters.loss;
      return { ...notation, letters: { ...notation.letters, loss: { letter }, sampleLoss: { letter } } };
    },
    standIn: ofLoss,
  },
  ...["eta", "alpha"].map((letter) => ({
    why: `the learning rate ${letter}`,
    notation: (notation: Notation) => ({
      ...notation,
      letters: { ...notation.letters, learningRate: { letter } },
    }),
    standIn: (quantity: Quantity) => (quantity.role === "learningRate" ? quantity : undefined),
  })),
];

function asActivation({ entryNames: _names, ...nameless }: Quantity): Quantity | undefined {
  return nameless.role === "input" && nameless.ranges.length > 0
    ? { ...nameless, role: "activation" }
    : undefined;
}

/** Where a layer has several units, a^{(2)} is a vector beside vectors, also of the layer that has one. */
function isOfOneUnitEach({ quantities }: Nameable): boolean {
  return quantities.every(({ ranges }) => ranges.every((range) => isSamples(range) || range.size === 1));
}

/** As if the one entry had no index; inputs are activations of the input layer. */
function ofOneUnit(quantity: Quantity): Quantity | undefined {
  const { ranges, adjointOf, entryNames } = quantity;
  const isSingle = ranges.length > 0 && ranges.every(({ size }) => size === 1);
  if (!isSingle || (entryNames && quantity.role !== "input")) return undefined;
  const of = adjointOf && ofOneUnit(adjointOf);
  return { ...(asActivation(quantity) ?? quantity), ranges: [], ...(of && { adjointOf: of }) };
}

function ofLoss(quantity: Quantity): Quantity | undefined {
  return quantity.role === "loss" ? quantity : undefined;
}

/** A way of naming quantities: the printed one has rank 0, aliases rank 1. */
export interface Wording {
  readonly rank: 0 | 1;
  readonly ofEntries: boolean;
  readonly nameOf: Names;
  readonly standIn: (quantity: Quantity) => Quantity | undefined;
}

/** All ways of naming the quantities of a network in a notation, the printed one first. */
export function wordings(network: Nameable, notation: Notation): readonly Wording[] {
  const itself = (quantity: Quantity): Quantity => quantity;
  const unchanged = <Thing>(thing: Thing): Thing => thing;
  const others = aliases
    .filter(({ applies }) => applies?.(network) ?? true)
    .map(
      (row): Wording => ({
        rank: 1,
        ofEntries: row.ofEntries ?? false,
        nameOf: names((row.network ?? unchanged)(network), (row.notation ?? unchanged)(notation)),
        standIn: row.standIn ?? itself,
      }),
    );
  return [{ rank: 0, ofEntries: false, nameOf: names(network, notation), standIn: itself }, ...others];
}
