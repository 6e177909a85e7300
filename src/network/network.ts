// A network as the rest of the program sees it: quantities with one definition each, and the numbers given for them.
import type { Quantity, SymbolExpr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import type { NetworkDescription } from "./description.ts";

/** Values of every entry of a quantity in row-major order, by quantity. */
export type Values = ReadonlyMap<Quantity, Float64Array>;

export interface Network {
  readonly kind: NetworkDescription["kind"];
  readonly graph: Graph;
  /** Every quantity, each after the ones that it is defined by. */
  readonly quantities: readonly Quantity[];
  readonly inputs: readonly Quantity[];
  readonly targets: readonly Quantity[];
  /** What the loss is derived by, in the order of the description. */
  readonly parameters: readonly Quantity[];
  /** The network's outputs, entry by entry, in order. */
  readonly outputs: readonly SymbolExpr[];
  /** The loss of one sample (id `E`, or the user's name). */
  readonly loss: Quantity;
  /** Number of layers with weights; 0 where the description has no layers. */
  readonly depth: number;
  readonly samples: Samples;
  /** Numbers of the parameters and constants; absent when some are missing or a function is abstract. */
  readonly values?: Values;
  /** Why there are no numbers, where the description gives some but not all: the ids that lack one. */
  readonly missing: readonly string[];
  /** Names of abstract functions. */
  readonly abstract: readonly string[];
  /** The same network with its vectors as wholes; present where a description of equations puts quantities together. */
  readonly grouped?: Grouped;
  /** The description with defaults and initialised numbers put in. */
  readonly completed: NetworkDescription;
}

/** A network whose vectors depend on each other as wholes; entry by entry it is the network that it belongs to. */
export interface Grouped {
  readonly network: Network;
  /** The entries of each vector, as quantities of the network that it belongs to; a single quantity has one. */
  readonly members: ReadonlyMap<Quantity, readonly Quantity[]>;
}

interface Samples {
  readonly count: number;
  readonly reduction: "mean" | "sum";
  /** Inputs and targets of each sample; empty when the description gives no numbers. */
  readonly values: readonly Values[];
}
