// The adjoint of every node as a number: one walk from the loss backwards over the local derivatives.
//
//   adjoint(q) = Σ over users u of q: adjoint(u) · du/dq          (Bishop 2006, eq. 5.55)
import type { ScalarEdge, ScalarGraph, ScalarNode } from "../derivative/scalar.ts";

/** Nothing where a local derivative by itself is beyond a double. Linear in the edges. */
export function adjointNumbers(
  graph: ScalarGraph,
  factorOf: (edge: ScalarEdge) => number | undefined,
): ReadonlyMap<ScalarNode, number | undefined> {
  const adjoints = new Map<ScalarNode, number | undefined>();
  for (const node of graph.nodes.toReversed()) {
    let total: number | undefined = node === graph.loss ? 1 : 0;
    for (const edge of node.users) {
      const [above, factor] = [adjoints.get(edge.of), factorOf(edge)];
      total =
        total === undefined || above === undefined || factor === undefined
          ? undefined
          : total + above * factor;
    }
    adjoints.set(node, total);
  }
  return adjoints;
}
