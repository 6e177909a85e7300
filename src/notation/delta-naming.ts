// Names of δ's: the letter δ with the scripts of what it is the error of, or with its name where those are not enough.
import type { Quantity } from "../expression/expr.ts";
import { bareName, type Name, nameKey } from "./name.ts";
import { letterName, type Naming } from "./naming.ts";
import type { Notation } from "./notation.ts";
import type { Nameable } from "./units.ts";

/**
 * δ has the scripts of its pre-activation (or intermediate); where that leaves two alike, and for the adjoint of
 * anything else, the name of the quantity itself is the subscript.
 */
export function deltaNaming(
  of: Quantity,
  notation: Notation,
  namingOf: (quantity: Quantity) => Naming,
  countsOf: (role: Quantity["role"]) => ReadonlyMap<string, number>,
): Naming {
  const delta = deltaLetter(notation);
  const naming = namingOf(of);
  const own = of.role === "preActivation" || of.role === "intermediate";
  const alike =
    of.ranges.length === 0 ? (countsOf(of.role).get(scriptsKey(naming([], (index) => index))) ?? 0) : 0;
  // Entries of vectors: the δ of y_i beside that of x_i.
  const isEntry = of.role === "intermediate" && of.ranges.length > 0;
  const nested = !own || alike > 1 || isEntry;
  return (indices, spell) => {
    const name = naming(indices, spell);
    return nested ? { ...delta, sub: [name] } : { ...delta, sub: name.sub, sup: name.sup };
  };
}

export function deltaLetter(notation: Notation): Name {
  return letterName(notation.letters.delta);
}

/** How many quantities without indices, of one role, have the same scripts. */
export function scriptCounts(
  network: Nameable,
  role: Quantity["role"],
  namingOf: (quantity: Quantity) => Naming,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const quantity of network.quantities) {
    if (quantity.role !== role || quantity.ranges.length > 0) continue;
    const key = scriptsKey(namingOf(quantity)([], (index) => index));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function scriptsKey(name: Name): string {
  return nameKey({ ...bareName(""), sub: name.sub, sup: name.sup });
}
