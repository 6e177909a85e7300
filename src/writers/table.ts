// A writer is a table with one function per kind of node: a forgotten kind does not compile.

interface Kinded {
  readonly kind: string;
}

/** `rest` is what every row is handed besides its node. */
export type Table<Node extends Kinded, Rest extends readonly unknown[], Result> = {
  readonly [Kind in Node["kind"]]: (node: Extract<Node, { readonly kind: Kind }>, ...rest: Rest) => Result;
};

/** Runs the row of the node's kind. */
export function write<Node extends Kinded, Rest extends readonly unknown[], Result>(
  table: Table<Node, Rest, Result>,
  node: Node,
  ...rest: Rest
): Result {
  // The table's type ties each kind to its row; TypeScript cannot follow that through an indexed access.
  const row = table[node.kind as Node["kind"]] as (node: Node, ...rest: Rest) => Result;
  return row(node, ...rest);
}
