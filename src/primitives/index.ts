// All functions of the catalogue, and how a name finds its row.
import { activation } from "./activation.ts";
import { elementary } from "./elementary.ts";
import type { Primitive } from "./primitive.ts";

export const primitives: readonly Primitive[] = [...elementary, ...activation];

const byName: ReadonlyMap<string, Primitive> = new Map(primitives.map((row) => [row.name, row]));

/** The row of a name that stands in our own code or tables; names that users write are searched for in `primitives`. */
export function primitive(name: string): Primitive {
  const row = byName.get(name);
  if (row === undefined) throw new Error(`The catalogue of primitives has no row "${name}".`);
  return row;
}
