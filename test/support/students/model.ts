// The networks of made-up students: units in layers, possibly with connections that skip one, and what they compute.
import type { NetworkDescription } from "../../../src/network/description.ts";
import type { NotationKey } from "../../../src/notation/notation.ts";
import type { FunctionName, Index, Role } from "./formula.ts";

export type Activation = "sigmoid" | "tanh" | "identity" | "softmax" | "abstract";
export type LossName =
  | "half-squared-error"
  | "squared-error"
  | "binary-cross-entropy"
  | "categorical-cross-entropy";

export interface Layer {
  readonly units: number;
  readonly activation: Activation;
  readonly bias: "none" | "per-unit" | "shared";
}

/** From unit `[layer, unit]` to unit `[layer, unit]`; layer 0 holds the inputs. */
export interface Connection {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

export interface Model {
  readonly title: string;
  readonly description: NetworkDescription;
  readonly notations: readonly NotationKey[];
  readonly inputs: number;
  readonly layers: readonly Layer[];
  readonly connections: readonly Connection[];
  readonly loss: LossName;
  /** What weights and biases are called where the dialect's own names do not hold: "w:1.2.0.1" -> "w_3". */
  readonly names: ReadonlyMap<string, string>;
  /** Set where the numbers are given. */
  readonly numbers?: Values;
}

/** Values by key; "z:2.1" is the pre-activation of unit 1 in layer 2. */
export type Values = ReadonlyMap<string, number>;

export const keyOf = (role: Role, at: readonly Index[]): string => `${role}:${at.join(".")}`;

/** Numbers of units from the inputs to the outputs. */
export const widthOf = (model: Model, layer: number): number =>
  layer === 0 ? model.inputs : model.layers[layer - 1]!.units;

export const depthOf = (model: Model): number => model.layers.length;

export const unitsOf = (model: Model, layer: number): readonly number[] =>
  Array.from({ length: widthOf(model, layer) }, (_, unit) => unit + 1);

/** The key of what a unit passes on. */
export const signalKey = ([layer, unit]: readonly [number, number]): string =>
  layer === 0 ? keyOf("x", [unit]) : keyOf("a", [layer, unit]);

export const weightKey = ({ from, to }: Connection): string => keyOf("w", [...to, ...from]);

export function biasKey(model: Model, layer: number, unit: number): string | undefined {
  const { bias } = model.layers[layer - 1]!;
  if (bias === "none") return undefined;
  return bias === "shared" ? keyOf("b", [layer]) : keyOf("b", [layer, unit]);
}

export const into = (model: Model, layer: number, unit: number): readonly Connection[] =>
  model.connections.filter(({ to }) => to[0] === layer && to[1] === unit);

export const outOf = (model: Model, layer: number, unit: number): readonly Connection[] =>
  model.connections.filter(({ from }) => from[0] === layer && from[1] === unit);

/** Whether all layers have one activation, so that its general letter is plain. */
export const hasOneActivation = ({ layers }: Model): boolean =>
  new Set(layers.map(({ activation }) => activation)).size === 1 && layers[0]!.activation !== "softmax";

export function functionOf(activation: Activation): FunctionName | undefined {
  return activation === "sigmoid" || activation === "tanh" ? activation : undefined;
}

export function fullyConnected(inputs: number, layers: readonly Layer[]): readonly Connection[] {
  const widths = [inputs, ...layers.map(({ units }) => units)];
  return layers.flatMap(({ units }, before) =>
    range(units).flatMap((to) =>
      range(widths[before]!).map((from): Connection => ({ from: [before, from], to: [before + 1, to] })),
    ),
  );
}

const range = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, position) => position + 1);
