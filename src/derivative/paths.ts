// Chain products: a path from a parameter to the loss is a product of local derivatives, their sum is the gradient.
// Counting is one walk over the graph (dynamic programming); listing is bounded, since it is exponential.
import { isWhole } from "../expression/build.ts";
import type { ScalarEdge, ScalarGraph, ScalarNode } from "./scalar.ts";

/** Edges from the parameter to the loss, in that order. */
export type Path = readonly ScalarEdge[];

/** For every node, over all its paths to the loss: how many, how many factors in all, how many without any factor. */
export interface PathCount {
  readonly paths: bigint;
  /** Factors that are not identically 1, summed over the paths. */
  readonly factors: bigint;
  /** Paths all of whose factors are identically 1. */
  readonly bare: bigint;
}

const none: PathCount = { paths: 0n, factors: 0n, bare: 0n };

/** paths(n) = Σ over users u: paths(u); exact for any size, linear in the edges. */
export function countPaths(graph: ScalarGraph): ReadonlyMap<ScalarNode, PathCount> {
  const counts = new Map<ScalarNode, PathCount>();
  for (const node of graph.nodes.toReversed()) {
    const start = node === graph.loss ? { paths: 1n, factors: 0n, bare: 1n } : none;
    counts.set(
      node,
      node.users.reduce((total, edge) => plus(total, through(edge, counts.get(edge.of)!)), start),
    );
  }
  return counts;
}

function through(edge: ScalarEdge, above: PathCount): PathCount {
  if (isTrivial(edge)) return above;
  return { paths: above.paths, factors: above.factors + above.paths, bare: 0n };
}

function plus(a: PathCount, b: PathCount): PathCount {
  return { paths: a.paths + b.paths, factors: a.factors + b.factors, bare: a.bare + b.bare };
}

/** Whether the local derivative is identically 1. */
export function isTrivial(edge: ScalarEdge): boolean {
  return isWhole(edge.factor, 1);
}

/** At most `limit` paths from `node` to the loss, in the users' order. */
export function listPaths(
  graph: ScalarGraph,
  node: ScalarNode,
  counts: ReadonlyMap<ScalarNode, PathCount>,
  limit: number,
): readonly Path[] {
  const found: Path[] = [];
  const stack: { node: ScalarNode; path: Path }[] = [{ node, path: [] }];
  while (stack.length > 0 && found.length < limit) {
    const { node: here, path } = stack.pop()!;
    if (here === graph.loss) found.push(path);
    else
      for (const edge of here.users.toReversed())
        if (counts.get(edge.of)!.paths > 0n) stack.push({ node: edge.of, path: [...path, edge] });
  }
  return found;
}
