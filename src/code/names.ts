// Names of variables, made from ids: letters, digits and _ alone, none of them a word of a language, no two alike.
import type { Quantity } from "../expression/expr.ts";

/** Words that mean something in Python or JavaScript, and the names that the code around the formulas uses. */
const reserved: ReadonlySet<string> = new Set(
  `and as assert async await break class const continue debugger def default del delete do elif else enum eval except
  export extends False finally for from function global if implements import in instanceof interface is lambda let new
  None nonlocal not null or package pass print private protected public raise return static super switch this throw
  True true false try typeof undefined var void while with yield arguments Infinity NaN Math Number Object Array JSON
  console range sum dict float len max min list np torch math json array tensor each total map entries shifted i j k l m
  n parameters constants samples weight ids forward backward loss gradients deltas check values one`.split(
    /\s+/,
  ),
);

/** A name for each quantity, in order; `taken` are further names that stand for something else. */
export function variableNames(
  quantities: readonly Quantity[],
  taken: Iterable<string>,
): ReadonlyMap<Quantity, string> {
  const used = new Set([...reserved, ...taken]);
  return new Map(
    quantities.map((quantity) => {
      const plain = identifier(quantity.id);
      const name = freeAmong(used, plain);
      used.add(name);
      return [quantity, name];
    }),
  );
}

/** W1, z_h_1 for z(h_1), delta_z1 for delta(z1). */
function identifier(id: string): string {
  const plain = id.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  return /^[A-Za-z]/.test(plain) ? plain : `v${plain}`;
}

/** The name itself, else with _, else with the first number that makes it new. */
function freeAmong(used: ReadonlySet<string>, name: string): string {
  if (!used.has(name)) return name;
  for (let number = 1; ; number += 1) {
    const next = number === 1 ? `${name}_` : `${name}_${number}`;
    if (!used.has(next)) return next;
  }
}
