// Misconceptions of the matrix form that show entry by entry: ⊙ for the matrix product, outer products and Jacobians
// that are transposed, an index used twice.
import type { ScalarEdge, ScalarNode } from "../../derivative/scalar.ts";
import { add, mul } from "../../expression/build.ts";
import { type Expr, entries, type Index, type Quantity, type SymbolExpr } from "../../expression/expr.ts";
import { links, lossOf, roleOf, type Task } from "../task.ts";
import type { Misconception, Slip } from "./misconception.ts";

/** Layers beyond this width are not multiplied out. */
const mostUnits = 32;

/** A unit of a hidden layer, what leads from its z to its a and on: what the slips of its δ are made of. */
interface Unit {
  readonly z: ScalarNode;
  readonly slope: ScalarEdge;
  readonly links: readonly ScalarEdge[];
}

function unitOf(task: Task): Unit | undefined {
  if (task.target.kind === "definition") return undefined;
  const z = task.target.cone.bottom;
  const slope = task.edges.find(({ by, rule }) => by === z && rule === "activation");
  const out = slope ? links(task).filter(({ by }) => by === slope.of) : [];
  return slope && out.length > 0 && out.length <= mostUnits ? { z, slope, links: out } : undefined;
}

/** Wᵀ(δ ⊙ f′), and the scalar product of Wᵀδ with f′. */
function hadamards(task: Task): readonly Slip[] {
  const unit = unitOf(task);
  if (!unit) return [];
  const { graph } = task;
  const layer = layerOf(task, unit.z);
  const slopeOf = (position: number): Expr | undefined => layer[position]?.slope.factor;
  const inside = unit.links.map((link, position) => {
    const slope = slopeOf(position);
    return slope && mul(graph, [link.factor, errorAt(task, link.of), slope]);
  });
  const scalar = layer.map(({ slope, links: out }) =>
    mul(graph, [
      slope.factor,
      add(
        graph,
        out.map((link) => mul(graph, [link.factor, errorAt(task, link.of)])),
      ),
    ]),
  );
  return [
    ...(inside.every((term) => term !== undefined) ? [add(graph, inside)] : []),
    ...(layer.length > 1 ? [add(graph, scalar)] : []),
  ].map((whole) => ({ at: unit.z, whole }));
}

/** All units of a unit's layer. */
function layerOf({ scalar, graph }: Task, { symbol }: ScalarNode): readonly Unit[] {
  const { quantity } = symbol;
  if (quantity.ranges.length !== 1) return [];
  const nodes = new Map(scalar.nodes.map((node) => [node.symbol as Expr, node] as const));
  return [...entries(quantity)].slice(0, mostUnits).flatMap((indices): readonly Unit[] => {
    const z = nodes.get(graph.symbol(quantity, indices));
    const slope = z?.users.find(({ rule }) => rule === "activation");
    return z && slope
      ? [{ z, slope, links: slope.of.users.filter(({ of }) => roleOf(of) === "preActivation") }]
      : [];
  });
}

function errorAt(task: Task, { symbol }: ScalarNode): Expr {
  return task.graph.derivative(lossOf(task), symbol);
}

/** δ_i a_j for δ_j a_i: the entry on the other side of the diagonal. */
function transposedOuterProduct({ graph, scalar, target }: Task): readonly Slip[] {
  if (target.kind !== "derivative") return [];
  const { bottom, top } = target.cone;
  const { quantity, indices } = bottom.symbol;
  if (quantity.role !== "weight" || indices.length !== 2 || top !== scalar.loss) return [];
  const turned = entryAt(quantity, indices.toReversed(), graph.symbol.bind(graph));
  return turned && turned !== bottom.symbol
    ? [{ at: bottom, whole: graph.derivative(top.symbol, turned) }]
    : [];
}

function entryAt(
  quantity: Quantity,
  indices: readonly Index[],
  symbol: (quantity: Quantity, indices: readonly Index[]) => SymbolExpr,
): SymbolExpr | undefined {
  const exists = indices.every((index, axis) => (index as number) <= (quantity.ranges[axis]!.size ?? 0));
  return exists ? symbol(quantity, indices) : undefined;
}

/** J g for Jᵀ g: Σ_k (∂u_j/∂q_k) ∂E/∂u_k for Σ_k (∂u_k/∂q_j) ∂E/∂u_k, with u in a later layer. */
function transposedJacobians(task: Task): readonly Slip[] {
  const { target, network, graph, scalar } = task;
  if (target.kind === "definition" || target.cone.top !== scalar.loss) return [];
  const { quantity, indices } = target.cone.bottom.symbol;
  const [own] = indices;
  const isLayer = ["input", "activation", "preActivation"].includes(quantity.role);
  if (!isLayer || quantity.ranges.length !== 1 || quantity.layer === undefined) return [];
  const later = network.quantities.filter(
    ({ role, layer, ranges }) =>
      isBetween(quantity, role, layer) && ranges.length === 1 && (own as number) <= (ranges[0]!.size ?? 0),
  );
  return later.map((user) => {
    const width = Math.min(user.ranges[0]!.size ?? 0, quantity.ranges[0]!.size ?? 0, mostUnits);
    const terms = Array.from({ length: width }, (_, position) =>
      mul(graph, [
        graph.derivative(graph.symbol(user, [own!]), graph.symbol(quantity, [position + 1])),
        graph.derivative(lossOf(task), graph.symbol(user, [position + 1])),
      ]),
    );
    return { at: target.cone.bottom, whole: add(graph, terms) };
  });
}

/** Of the next layer; from a to z the Jacobian is the weights themselves, which is another row. */
function isBetween(
  { role: from, layer: own }: Quantity,
  role: Quantity["role"],
  layer: number | undefined,
): boolean {
  if (role === "activation") return layer === own! + 1 || (layer === own && from === "preActivation");
  return role === "preActivation" && layer === own! + 1 && from === "preActivation";
}

/** f'(z_j) Σ_k w_kj δ_j: the free index stands where the index of the sum belongs. */
function freeIndexInSum(task: Task): readonly Slip[] {
  const unit = unitOf(task);
  if (!unit || unit.links.length < 2) return [];
  const { graph } = task;
  const { indices } = unit.z.symbol;
  const same = unit.links.find(({ of }) => of.symbol.indices.join() === indices.join())?.of;
  const weights = add(
    graph,
    unit.links.map(({ factor }) => factor),
  );
  return [...(same ? [same] : []), unit.z].map((node) => ({
    at: unit.z,
    factor: errorAt(task, node),
    whole: mul(graph, [unit.slope.factor, weights, errorAt(task, node)]),
  }));
}

export const matrixMisconceptions = [
  {
    id: "M22",
    code: "hadamard-for-matrix-product",
    title: "⊙ and the matrix product confused",
    sentence:
      "Wᵀ(δ ⊙ f′) for (Wᵀδ) ⊙ f′, or f′ multiplied as a vector: which product stands where decides what is summed.",
    look: {
      en: "Write the entry of {at} with indices: what is summed over the later units, and what belongs to this unit alone?",
      de: "Schreibe den Eintrag von {at} mit Indizes: Was wird über die späteren Einheiten summiert, was gehört zu dieser Einheit allein?",
    },
    source:
      "SethHWeidman/DLFS_code#4; omar-florez/scratch_mlp#2; stephencwelch/Neural-Networks-Demystified#3",
    slips: hadamards,
  },
  {
    id: "M23",
    code: "transposed-outer-product",
    title: "The outer product is transposed",
    sentence: "aδᵀ for δaᵀ: the entry (j, i) holds δ_i a_j.",
    look: {
      en: "The entry at {at} belongs to one unit behind the weight and one signal before it: which index is whose?",
      de: "Der Eintrag bei {at} gehört zu einer Einheit hinter dem Gewicht und einem Signal davor: Welcher Index gehört wem?",
    },
    source: "fengdu78/deeplearning_ai_books#21; Neural-Networks-Demystified#28; udacity/sdc-issue-reports#65",
    slips: transposedOuterProduct,
  },
  {
    id: "M24",
    code: "transposed-jacobian",
    title: "The Jacobian for its transpose",
    sentence:
      "J g for Jᵀ g, or the layouts of two books mixed: the error is passed forwards instead of back.",
    look: {
      en: "For {at}, all later quantities that it changes are summed. Over which index of the Jacobian does that sum run?",
      de: "Für {at} wird über alle späteren Größen summiert, die es ändert. Über welchen Index der Jacobi-Matrix läuft diese Summe?",
    },
    source: "pytorch/pytorch#16352; mml-book#255; probml/pml-book#312; a lecture note on Jacobians",
    slips: transposedJacobians,
  },
  {
    id: "M30",
    code: "index-clash",
    title: "An index with two meanings",
    sentence:
      "The index of a sum also stands outside it, the free index inside it (Σ_k w_kj δ_j), or a sum has the wrong bound.",
    look: {
      en: "Which index does the sum at {at} run over? Everything that changes with it carries that index, and nothing outside does.",
      de: "Über welchen Index läuft die Summe bei {at}? Alles, was sich mit ihm ändert, trägt ihn, und nichts außerhalb.",
    },
    source: "amaas/stanford_dl_ex#12; mml-book#37; uu-sml/sml-book-page#87",
    slips: freeIndexInSum,
  },
] as const satisfies readonly Misconception[];
