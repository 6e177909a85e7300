// The part of the scalar graph between a quantity and what it is derived by, and its derivative: as the chain rule
// has it, or with a slip.
//
//   d top / d q  =  Σ over users u of q in the cone: (d top / d u) · du/dq          (Bishop 2006, eq. 5.55 and 5.56)
import type { ScalarEdge, ScalarGraph, ScalarNode } from "../derivative/scalar.ts";
import { add, mul } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";

/** Every node and edge on a way from `bottom` to `top`. */
export interface Cone {
  readonly graph: Graph;
  readonly top: ScalarNode;
  readonly bottom: ScalarNode;
  /** From `top` down to `bottom`, each after its users. */
  readonly nodes: readonly ScalarNode[];
  /** The users of each node within the cone. */
  readonly users: ReadonlyMap<ScalarNode, readonly ScalarEdge[]>;
}

/** How the contributions of a node's users are put together, where it is not their sum. */
export type Join = "product-of-paths" | "sum-of-factors";

/** A chain rule that went wrong: other local derivatives, other ways of joining. */
export interface Slipped {
  readonly factors?: ReadonlyMap<ScalarEdge, Expr>;
  readonly joins?: ReadonlyMap<ScalarNode, Join>;
}

/** Nothing where no way leads from `bottom` to `top`; linear in the nodes of the graph. */
export function coneBetween(
  { nodes }: ScalarGraph,
  graph: Graph,
  top: ScalarNode,
  bottom: ScalarNode,
): Cone | undefined {
  const below = new Set<ScalarNode>([top]);
  for (const node of below) for (const edge of node.uses) below.add(edge.by);
  if (!below.has(bottom)) return undefined;
  const above = new Set<ScalarNode>([bottom]);
  for (const node of above) for (const edge of node.users) if (below.has(edge.of)) above.add(edge.of);
  const inside = nodes.filter((node) => above.has(node)).toReversed();
  return {
    graph,
    top,
    bottom,
    nodes: inside,
    users: new Map(
      inside.map((node) => [node, node === top ? [] : node.users.filter((edge) => above.has(edge.of))]),
    ),
  };
}

/** The edges from the bottom up to the nodes that `ends` holds, the ones nearest to the top first. */
export function edgesUpTo(
  { bottom, nodes, users }: Cone,
  ends: ReadonlySet<ScalarNode>,
): readonly ScalarEdge[] {
  const reached = new Set<ScalarNode>([bottom]);
  for (const node of reached)
    if (node === bottom || !ends.has(node)) for (const { of } of users.get(node)!) reached.add(of);
  return nodes.flatMap((node) =>
    reached.has(node) && (node === bottom || !ends.has(node)) ? users.get(node)! : [],
  );
}

/** d top / d bottom with a slip; above all that the slip touches derivatives stay inert. Linear in the cone's edges. */
export function slippedDerivative(cone: Cone, { factors, joins }: Slipped): Expr {
  const { graph, top, bottom, nodes, users } = cone;
  const touched = new Map<ScalarNode, Expr>();
  const derivativeBy = (node: ScalarNode): Expr =>
    touched.get(node) ?? (node === top ? graph.number(1) : graph.derivative(top.symbol, node.symbol));
  for (const node of nodes) {
    const edges = users.get(node)!;
    const isTouched = joins?.has(node) || edges.some((edge) => factors?.has(edge) || touched.has(edge.of));
    if (!isTouched) continue;
    const parts = edges.map((edge) => [factors?.get(edge) ?? edge.factor, derivativeBy(edge.of)] as const);
    touched.set(node, joined(graph, parts, joins?.get(node)));
  }
  return derivativeBy(bottom);
}

/** d top / d node with a slip, in derivatives of the top by the node's users, which stay inert. */
export function slippedStep(
  { graph, top, users }: Cone,
  node: ScalarNode,
  { factors, joins }: Slipped,
): Expr {
  const parts = users
    .get(node)!
    .map(
      (edge) =>
        [
          factors?.get(edge) ?? edge.factor,
          edge.of === top ? graph.number(1) : graph.derivative(top.symbol, edge.of.symbol),
        ] as const,
    );
  return joined(graph, parts, joins?.get(node));
}

function joined(graph: Graph, parts: readonly (readonly [Expr, Expr])[], join: Join | undefined): Expr {
  switch (join) {
    case undefined:
      return add(
        graph,
        parts.map((part) => mul(graph, part)),
      );
    case "product-of-paths":
      return mul(graph, parts.flat());
    case "sum-of-factors":
      return add(graph, parts.flat());
  }
}
