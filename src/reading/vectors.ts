// The names of whole layers: z^{(2)}, W^{(3)}, x, y, δ^{(2)}. They are the names of entries without their indices, as the
// matrix form prints them; a weight matrix has a capital letter, or the small one of its entries.
import type { Quantity } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import type { Notation } from "../notation/notation.ts";
import { layerName } from "../notation/whole-names.ts";
import { wordings } from "./aliases.ts";
import { ofOneSample } from "./samples.ts";
import { keyOfName, keyText } from "./script.ts";
import type { NameKey } from "./syntax.ts";

export interface VectorTable {
  readonly find: (name: NameKey) => readonly Quantity[];
  readonly has: (name: NameKey) => boolean;
}

/** The table of a network in a notation; linear in the number of quantities. */
export function vectorTable(
  network: Network,
  notation: Notation,
  quantities: readonly Quantity[],
): VectorTable {
  const byName = new Map<string, Set<Quantity>>();
  for (const { nameOf, standIn } of wordings(network, notation).filter(({ ofEntries }) => !ofEntries))
    for (const quantity of quantities) {
      const axes = (ofOneSample(quantity) ?? quantity).ranges.length;
      const named = axes > 0 ? standIn(quantity) : undefined;
      if (!named) continue;
      const name = keyOfName(layerName(nameOf, named));
      for (const text of spellings(name, quantity))
        byName.set(text, (byName.get(text) ?? new Set()).add(quantity));
    }
  const find = (name: NameKey): readonly Quantity[] => [...(byName.get(keyText(name)) ?? [])];
  return { find, has: (name) => find(name).length > 0 };
}

/** A quantity of a batch is read as the vector of one sample. */
function spellings(name: NameKey, quantity: Quantity): readonly string[] {
  const bases =
    quantity.ranges.length === 2 && !ofOneSample(quantity)
      ? [name.base, name.base.toUpperCase()]
      : [name.base];
  return bases.map((base) => keyText({ ...name, base }));
}
