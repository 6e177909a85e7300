// Networks that several tests and case documents share: the examples by name, and small ones that no example has.
import { readFileSync } from "node:fs";
import type { LayersDescription, NetworkDescription } from "../../src/network/description.ts";

/** The 2-2-2 example of Mazur (2015): its printed numbers are known to everybody. */
export const mazur: LayersDescription = {
  kind: "layers",
  inputs: 2,
  layers: [
    {
      type: "dense",
      units: 2,
      activation: "sigmoid",
      bias: "shared",
      weights: [
        [0.15, 0.2],
        [0.25, 0.3],
      ],
      biases: [0.35],
    },
    {
      type: "dense",
      units: 2,
      activation: "sigmoid",
      bias: "shared",
      weights: [
        [0.4, 0.45],
        [0.5, 0.55],
      ],
      biases: [0.6],
    },
  ],
  loss: "half-squared-error",
  samples: [{ inputs: [0.05, 0.1], targets: [0.01, 0.99] }],
};

const layersOf = (
  inputs: number,
  hidden: number,
  outputs: number,
  activations: readonly [string, string],
): NetworkDescription => ({
  kind: "layers",
  inputs,
  layers: [
    { type: "dense", units: hidden, activation: activations[0] },
    { type: "dense", units: outputs, activation: activations[1] },
  ],
  loss: "half-squared-error",
});

const equationsOf = (equations: string[], parameters: string[]): NetworkDescription => ({
  kind: "equations",
  equations,
  parameters,
  loss: "L",
});

const own: Readonly<Record<string, NetworkDescription>> = {
  "two-three-two": layersOf(2, 3, 2, ["tanh", "sigmoid"]),
  "mean-of-two": { ...layersOf(2, 2, 2, ["sigmoid", "identity"]), loss: "mean-squared-error" },
  "one-logistic": {
    kind: "layers",
    inputs: 2,
    naming: "by-source",
    layers: [{ type: "dense", units: 1, activation: "sigmoid" }],
    loss: "binary-cross-entropy",
  },
  "fixed-connection": {
    kind: "units",
    inputs: ["x_1"],
    units: [
      { name: "h", activation: "identity", from: { x_1: "w_1" } },
      { name: "o", activation: "identity", from: { h: 1 } },
    ],
    outputs: ["o"],
    loss: "half-squared-error",
  },
  "square-of-sum": equationsOf(["u = x + c", "L = u^2"], ["x", "c"]),
  "sine-of-square": equationsOf(["u = x^2 + 1", "L = sin(u)"], ["x"]),
  "direct-and-through": equationsOf(["y = exp(3 * x)", "L = x * y"], ["x"]),
  "quadratic-form": equationsOf(
    ["L = u11 * w1^2 + u12 * w1 * w2 + u21 * w2 * w1 + u22 * w2^2"],
    ["w1", "w2", "u11", "u12", "u21", "u22"],
  ),
  "two-two-two": layersOf(2, 2, 2, ["sigmoid", "sigmoid"]),
  "two-two-three": layersOf(2, 2, 3, ["sigmoid", "identity"]),
};

/** The description of that name. */
export function networkNamed(name: string): NetworkDescription {
  const known = own[name];
  if (known) return known;
  const example = new URL(`../../examples/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(example, "utf8")) as { readonly network: NetworkDescription }).network;
}
