// The type of a dialect: everything that lecture notes disagree on when they write the same derivation.
// A row holds parts of names, never strings of markup; the writers spell them.

/** A letter of a dialect: one letter, the word of a Greek letter, or a word set upright, with fixed scripts. */
export interface Letter {
  readonly letter: string;
  readonly hat?: boolean;
  /** Belongs to the letter itself: the n of L_n, the "total" of E_total. */
  readonly sub?: readonly string[];
}

/** What a dialect has a letter for. Parameters and intermediates of equations always carry the user's own names. */
export type LetterRole =
  | "input"
  | "weight"
  | "bias"
  | "preActivation"
  | "activation"
  | "target"
  | "loss"
  | "sampleLoss"
  | "outputLoss"
  | "penalty"
  | "delta"
  | "learningRate"
  | "function";

export const notationKeys = ["bishop", "layered", "from-to", "scalar", "nielsen", "net-out"] as const;

export type NotationKey = (typeof notationKeys)[number];

type ProductSign = "none" | "dot" | "asterisk" | "times";

/** A factor of a derivative, as far as dialects order factors. */
export type FactorClass = "prime" | "weight" | "delta" | "other";

/** Letters of an index by what it counts, seen from the unit that a line is about; the first one free is used. */
interface IndexLetters {
  readonly here: readonly string[];
  /** Units of an earlier layer. */
  readonly before: readonly string[];
  /** Units of a later layer. */
  readonly after: readonly string[];
  /** For lines about the outputs of a network with hidden layers, where a dialect has letters of their own there. */
  readonly atOutputs?: { readonly here: readonly string[]; readonly before: readonly string[] };
}

export interface Notation {
  readonly key: string;
  readonly title: string;
  /** Where this dialect is used. */
  readonly source: string;
  readonly letters: Readonly<Record<LetterRole, Letter>> & {
    /** Absent: the network's outputs print as activations. */
    readonly output?: Letter;
  };
  /** The letters whose index and layer mark appear only where two symbols would else print alike. */
  readonly indexWhereNeeded: "all" | readonly (LetterRole | "output")[];
  /** Order of the two indices of a weight. */
  readonly indexOrder: "to-from" | "from-to";
  readonly indexLetters: IndexLetters;
  /** `none` numbers all units through the network, inputs first. */
  readonly layerMark: "superscript" | "none";
  /** The number of the input layer. */
  readonly firstLayer: 0 | 1;
  /** Letters of the units by layer, from the inputs to the outputs; the middle one serves all hidden layers. */
  readonly unitNames?: readonly string[];
  /** A unit that the user named `h_1` is the subscript `h_1` (nested) or `h1` (joined). */
  readonly unitSubscript: "nested" | "joined";
  /** `auto`: d while the network is one chain of functions of one variable, else ∂. */
  readonly derivativeSign: "auto" | "partial" | "d";
  /** The derivative of an activation, kept named: f′(z) or ∂a/∂z. */
  readonly primeOrFraction: "prime" | "fraction";
  readonly productSign: ProductSign;
  /** Chain products from the loss to the parameter, or the other way. */
  readonly factorOrder: "output-first" | "input-first";
  /** Which factors stand first in a product with a δ or f′; absent: as `factorOrder` says. */
  readonly factorRank?: readonly FactorClass[];
  readonly residual: "target-minus-output" | "output-minus-target";
  /** Print the activation as its own letter f although it is, say, the sigmoid; only while there is one. */
  readonly activationAs: "abstract" | "named";
  /** What carries the letter of its sample, first among its indices, besides the loss of one sample of several. */
  readonly sampleLetterOn: readonly (LetterRole | "output")[];
  /** How a sum or mean over samples is written: Σ_{n=1}^{N}. */
  readonly reduction: { readonly letter: string; readonly count: string; readonly from: 0 | 1 };
  readonly update: { readonly sign: ":=" | "←" | "="; readonly style: "same" | "new-old" | "plus" };
  /** Single things renamed by their id: `W1[2,1]` prints as the name given here. */
  readonly symbols?: ReadonlyMap<string, string>;
}
