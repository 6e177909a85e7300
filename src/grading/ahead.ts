// What lies between a node and the loss.
import type { ScalarNode } from "../derivative/scalar.ts";

/** The nodes themselves and everything that is computed from them, up to the loss; linear in the edges. */
export function pathsAhead(from: readonly ScalarNode[]): ReadonlySet<ScalarNode> {
  const found = new Set<ScalarNode>(from);
  for (const node of found) for (const { of } of node.users) found.add(of);
  return found;
}
