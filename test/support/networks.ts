// Networks for case documents: the examples by name, and small ones that no example has.
import { readFileSync } from "node:fs";
import type { NetworkDescription } from "../../src/network/description.ts";

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

const own: Readonly<Record<string, NetworkDescription>> = {
  "two-three-two": layersOf(2, 3, 2, ["tanh", "sigmoid"]),
  "two-two-three": layersOf(2, 2, 3, ["sigmoid", "identity"]),
};

/** The description of that name. */
export function networkNamed(name: string): NetworkDescription {
  const known = own[name];
  if (known) return known;
  const example = new URL(`../../examples/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(example, "utf8")) as { readonly network: NetworkDescription }).network;
}
