// What each form costs in multiplications and additions: the reason why the δ form is dynamic programming.
import { isTrivial, type PathCount } from "./paths.ts";
import type { ScalarGraph, ScalarNode } from "./scalar.ts";

export interface Cost {
  readonly multiplications: bigint;
  readonly additions: bigint;
}

/** Every path of every parameter written out: its factors that are not identically 1, less one; paths added up. */
export function chainCost(
  parameters: readonly ScalarNode[],
  counts: ReadonlyMap<ScalarNode, PathCount>,
): Cost {
  let multiplications = 0n;
  let additions = 0n;
  for (const parameter of parameters) {
    const { paths, factors, bare } = counts.get(parameter)!;
    multiplications += factors - paths + bare;
    if (paths > 0n) additions += paths - 1n;
  }
  return { multiplications, additions };
}

/** Each adjoint once: a multiplication for each edge where neither the adjoint nor the local derivative is 1. */
export function deltaCost(graph: ScalarGraph, parameters: readonly ScalarNode[]): Cost {
  const needed = ancestorsOf(parameters);
  const isOne = new Map<ScalarNode, boolean>();
  let multiplications = 0n;
  let additions = 0n;
  for (const node of graph.nodes.toReversed()) {
    if (!needed.has(node)) continue;
    multiplications += BigInt(node.users.filter((edge) => !isTrivial(edge) && !isOne.get(edge.of)).length);
    additions += BigInt(Math.max(0, node.users.length - 1));
    const passes = node.users.length === 1 && isTrivial(node.users[0]!) && isOne.get(node.users[0]!.of);
    isOne.set(node, node === graph.loss || passes === true);
  }
  return { multiplications, additions };
}

function ancestorsOf(nodes: readonly ScalarNode[]): ReadonlySet<ScalarNode> {
  const found = new Set(nodes);
  for (const node of found) for (const edge of node.users) found.add(edge.of);
  return found;
}
