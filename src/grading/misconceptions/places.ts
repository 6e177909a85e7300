// Where a slip is made: at one connection, which over a batch is the same in every sample, or at all of a kind.
import type { ScalarEdge, ScalarNode } from "../../derivative/scalar.ts";
import type { Expr } from "../../expression/expr.ts";
import type { Slip } from "./misconception.ts";

/** The edges of each connection: one, or one for each sample. */
export function connections(edges: readonly ScalarEdge[]): readonly (readonly ScalarEdge[])[] {
  const groups = new Map<string, ScalarEdge[]>();
  for (const edge of edges) {
    const key = `${nameWithoutSample(edge.of)} ${nameWithoutSample(edge.by)} ${edge.factor.kind === "number" ? edge.factor.id : ""}`;
    const known = groups.get(key);
    if (known) known.push(edge);
    else groups.set(key, [edge]);
  }
  return [...groups.values()];
}

function nameWithoutSample({ symbol: { quantity, indices } }: ScalarNode): string {
  const axis = quantity.sampleOf ? quantity.ranges.findIndex(({ name }) => name === "samples") : -1;
  return `${quantity.id}[${indices.filter((_, position) => position !== axis).join()}]`;
}

/** One slip for each connection, and one for all together. */
export function eachAndAll(
  edges: readonly ScalarEdge[],
  slip: (edges: readonly ScalarEdge[]) => Slip,
): readonly Slip[] {
  const groups = connections(edges);
  return [...groups.map(slip), ...(groups.length > 1 ? [slip(edges)] : [])];
}

/** Other local derivatives at some edges; the place is the lower end of the first. */
export function replaced(edges: readonly ScalarEdge[], by: (edge: ScalarEdge) => Expr): Slip {
  const [{ by: at, factor }] = edges as readonly [ScalarEdge];
  return { at, factor, factors: new Map(edges.map((edge) => [edge, by(edge)])) };
}

/** The same where each edge has a list of wrong derivatives: the first of each list together, then the second. */
export function alternatives(
  edges: readonly ScalarEdge[],
  of: (edge: ScalarEdge) => readonly Expr[],
): readonly Slip[] {
  const lists = new Map(edges.map((edge) => [edge, of(edge)] as const));
  const longest = Math.max(0, ...[...lists.values()].map(({ length }) => length));
  return Array.from({ length: longest }, (_, position) => position).flatMap((position) => {
    const having = edges.filter((edge) => lists.get(edge)![position]);
    return eachAndAll(having, (chosen) => replaced(chosen, (edge) => lists.get(edge)![position]!));
  });
}
