// Names of whole layers, matrices and batches: the name of an entry without the indices that it loses.
import type { Index, Quantity, Range } from "../expression/expr.ts";
import { lostIndex } from "./letter-naming.ts";
import type { Name, Part } from "./name.ts";
import type { Names } from "./names.ts";
import type { Entry } from "./naming.ts";
import { isSamples } from "./units.ts";

/** The name of a whole layer, without the indices of its units: the z of softmax(z). */
export function vectorName(nameOf: Names, entry: Entry): Name {
  const { quantity } = entry;
  return unindexed(nameOf, quantity, (range, axis) => (isSamples(range) ? entry.indices[axis]! : lostIndex));
}

/** The name of all entries of a quantity: the Z of a batch, the W of a layer. A batch is named as one sample is. */
export function layerName(nameOf: Names, quantity: Quantity): Name {
  return unindexed(nameOf, ofOneSample(quantity), () => lostIndex);
}

function ofOneSample(quantity: Quantity): Quantity {
  const { adjointOf, sampleOf = quantity } = quantity;
  const single = adjointOf?.sampleOf;
  return single
    ? { ...quantity, adjointOf: single, ranges: single.ranges, formals: single.formals }
    : sampleOf;
}

function unindexed(nameOf: Names, quantity: Quantity, index: (range: Range, axis: number) => Index): Name {
  if (quantity.ranges.length === 0) return nameOf({ quantity, indices: [] });
  const name = nameOf({ quantity, indices: quantity.ranges.map(index) });
  return { ...name, sub: withoutLost(name.sub) };
}

/** The scripts that are left, also within the name that a δ carries: δ_y of δ_{y_i}. */
function withoutLost(parts: readonly Part[]): readonly Part[] {
  return parts.flatMap((part): readonly Part[] => {
    if (typeof part === "string") return part.includes(lostIndex) ? [] : [part];
    return [{ ...part, sub: withoutLost(part.sub) }];
  });
}
