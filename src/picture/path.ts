// All paths from one parameter to the loss, each local derivative at its edge, and one path that stands out.
import { enumerated, fill } from "../derivation/prose.ts";
import { countPaths, listPaths, type Path } from "../derivative/paths.ts";
import type { ScalarEdge, ScalarGraph, ScalarNode } from "../derivative/scalar.ts";
import { didYouMean, Failure } from "../failure.ts";
import { derivativeEdge } from "./graph.ts";
import type { Picture, PictureGroup, PictureNode } from "./picture.ts";
import { quantityId, quantityNode, requireDrawable } from "./quantities.ts";
import { formula, paragraphOf, type Scene, text, valueNotes, wordsOf } from "./scene.ts";
import { shownFirst, widestWhole } from "./structure.ts";

/** Paths that can stand out; a reader tells no more apart. */
const mostPaths = 12;

/** Throws Failure for an unknown parameter, for one without a path, and for a path that does not exist. */
export function pathPicture(scene: Scene): Picture {
  const graph = scene.scalar();
  const start = startOf(graph, scene);
  const paths = listPaths(graph, start, countPaths(graph), mostPaths);
  const chosen = chosenPath(paths, start, scene);
  const onPath = new Set<ScalarNode>(chosen.flatMap(({ by, of }) => [by, of]));
  const { shown: nodes, gaps } = abbreviated(between(start, graph), onPath);
  requireDrawable(nodes.length);
  const edges = nodes.flatMap((node) => node.users).filter(({ of }) => nodes.includes(of));
  const columns = columnsOf(nodes);
  const words = wordsOf(scene);
  const visible = paths
    .map((path, position) => ({ path, number: position + 1 }))
    .filter(({ path }) => path.every((edge) => edges.includes(edge)));
  return {
    title: fill(words.path, { parameter: [formula(start.symbol)], loss: [formula(graph.loss.symbol)] }),
    description: paragraphOf([
      ...visible.map(({ path, number }) => described(path, number, scene)),
      ...gaps.map((gap) => gapSentence(gap, scene)),
    ]),
    nodes: nodes.flatMap((node): readonly PictureNode[] => {
      const own = quantityNode(node.symbol, columns.get(node)!, valueNotes(node.symbol, scene));
      const gap = gaps.find(({ after }) => after === node);
      return [onPath.has(node) ? { ...own, tone: "strong" } : own, ...(gap ? [dotsBelow(own)] : [])];
    }),
    edges: edges.map((edge) => derivativeEdge(edge, scene, chosen.includes(edge) ? "strong" : "plain")),
    ordered: false,
    paths: visible.map(({ path }) => groupOf(path, edges)),
  };
}

/** Nodes of one layer that are left out: as many as `count`, between the two. */
interface Gap {
  readonly after: ScalarNode;
  readonly before: ScalarNode;
  readonly count: number;
}

/** Of layers with many nodes the first ones and the last, besides those of the path that stands out. */
function abbreviated(
  nodes: readonly ScalarNode[],
  onPath: ReadonlySet<ScalarNode>,
): { readonly shown: readonly ScalarNode[]; readonly gaps: readonly Gap[] } {
  const hidden = new Set<ScalarNode>();
  const gaps: Gap[] = [];
  for (const quantity of new Set(nodes.map(({ symbol }) => symbol.quantity))) {
    const layer = nodes.filter(({ symbol }) => symbol.quantity === quantity);
    if (layer.length <= widestWhole) continue;
    const left = layer.slice(shownFirst, -1).filter((node) => !onPath.has(node));
    for (const node of left) hidden.add(node);
    gaps.push({ after: layer[shownFirst - 1]!, before: layer.at(-1)!, count: left.length });
  }
  return { shown: nodes.filter((node) => !hidden.has(node)), gaps };
}

function dotsBelow({ id, column }: PictureNode): PictureNode {
  const label = { kind: "sign", sign: "dots" } as const;
  return { id: `dots after ${id}`, column, shape: "bare", tone: "plain", label, notes: [] };
}

function gapSentence({ after, before, count }: Gap, scene: Scene): ReturnType<typeof fill> {
  return fill(wordsOf(scene).dots, {
    from: [formula(after.symbol)],
    to: [formula(before.symbol)],
    count: [text(String(count))],
  });
}

function startOf(graph: ScalarGraph, { network, parameter }: Scene): ScalarNode {
  const known = graph.nodes.filter(({ symbol }) => network.parameters.includes(symbol.quantity));
  if (parameter === undefined) return known[0]!;
  const found = known.find(({ id }) => id === parameter);
  if (found) return found;
  const ids = known.map(({ id }) => id);
  throw new Failure(
    "unknown-name",
    `"${parameter}" is not a parameter of the network.${didYouMean(parameter, ids)}`,
    { pointer: "/render/parameter" },
  );
}

function chosenPath(paths: readonly Path[], start: ScalarNode, { path }: Scene): Path {
  if (path === undefined && paths.length > 1) return [];
  const chosen = paths[(path ?? 1) - 1];
  if (chosen) return chosen;
  const sentence =
    paths.length === 0
      ? `No path leads from "${start.id}" to the loss, so there is none to draw.`
      : `There is no path ${path} from "${start.id}" to be drawn; the paths are numbered from 1 to ${paths.length}.`;
  throw new Failure("impossible-request", sentence, {
    pointer: paths.length === 0 ? "/render/parameter" : "/render/path",
  });
}

/** The nodes on any path from `start`, in the graph's order: every user of a node on a path leads on to the loss or ends. */
function between(start: ScalarNode, { nodes, loss }: ScalarGraph): readonly ScalarNode[] {
  const reached = new Set<ScalarNode>([start]);
  for (const node of nodes) if (reached.has(node)) for (const { of } of node.users) reached.add(of);
  const leading = new Set<ScalarNode>([loss]);
  for (const node of nodes.toReversed()) if (node.users.some(({ of }) => leading.has(of))) leading.add(node);
  return nodes.filter((node) => reached.has(node) && leading.has(node));
}

/** The longest way from the parameter. */
function columnsOf(nodes: readonly ScalarNode[]): ReadonlyMap<ScalarNode, number> {
  const columns = new Map<ScalarNode, number>();
  for (const node of nodes)
    columns.set(node, Math.max(0, ...node.uses.map(({ by }) => 1 + (columns.get(by) ?? -1))));
  return columns;
}

function groupOf(path: Path, edges: readonly ScalarEdge[]): PictureGroup {
  const nodes = [path[0]!.by, ...path.map(({ of }) => of)];
  return {
    name: nodes.map(({ id }) => id).join(" "),
    nodes: nodes.map(({ symbol }) => quantityId(symbol)),
    edges: path.map((edge) => edges.indexOf(edge)),
  };
}

function described(path: Path, number: number, scene: Scene): ReturnType<typeof fill> {
  const words = wordsOf(scene);
  const nodes = enumerated(
    path.map(({ of }) => formula(of.symbol)),
    words.and,
  );
  return fill(words.pathNumber, { number: [text(String(number))], nodes });
}
