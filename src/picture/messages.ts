// The two messages that backpropagation sends: activations forward along every connection, errors δ backward, as in
// Bishop 2006, figure 5.7. About one weight: its two units and those that the error comes back from.
import { fill } from "../derivation/prose.ts";
import type { SymbolExpr } from "../expression/expr.ts";
import { generalPicture } from "./general.ts";
import type { Picture, PictureEdge, PictureNode } from "./picture.ts";
import { equationLabel, formula, idOf, listed, paragraphOf, type Scene, text, wordsOf } from "./scene.ts";
import { structureOf, type Unit, unitOf } from "./structure.ts";
import { unitsPicture } from "./units.ts";

/** Throws Failure for an unknown parameter. */
export function messagesPicture(scene: Scene): Picture {
  if (scene.general !== undefined) return generalPicture(scene.general, scene);
  const { units, ...rest } = structureOf(scene.network);
  const whole = unitsPicture(scene);
  const words = wordsOf(scene);
  const unitById = new Map(units.map((unit) => [idOf(unit.activation), unit]));
  const centre = scene.parameter === undefined ? undefined : unitOf({ units, ...rest }, scene.parameter);
  const shown = centre ? around(idOf(centre.activation), scene, whole) : whole;
  const computed = new Set(shown.nodes.filter(({ symbol }) => symbol?.quantity.define).map(({ id }) => id));
  const back = shown.edges.filter(({ from }) => computed.has(from));
  return {
    ...shown,
    title: [text(words.messages)],
    description: paragraphOf(
      [...unitById]
        .filter(([id]) => shown.nodes.some((node) => node.id === id))
        .flatMap(([id, unit]) => described(id, unit, shown, scene)),
    ),
    nodes: shown.nodes.map((node) => withError(node, unitById.get(node.id), scene)),
    edges: [
      ...shown.edges,
      ...back.map(({ from, to }): PictureEdge => ({ from: to, to: from, tone: "backward" })),
    ],
  };
}

/** The unit, what enters it, and what it sends connections to. */
function around(centre: string, { parameter }: Scene, whole: Picture): Picture {
  const edges = whole.edges.filter(({ from, to }) => from === centre || to === centre);
  const ids = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const nodes = whole.nodes.filter(({ id }) => ids.has(id));
  const first = Math.min(...nodes.map(({ column }) => column));
  return {
    ...whole,
    nodes: nodes.map((node) => ({ ...node, column: node.column - first })),
    edges: edges.map((edge) => (edge.parameter === parameter ? { ...edge, tone: "strong" } : edge)),
  };
}

/** The error of the unit's pre-activation, below the unit. */
function withError(node: PictureNode, unit: Unit | undefined, scene: Scene): PictureNode {
  const delta = unit && scene.delta(unit.preActivation);
  if (!delta) return node;
  return {
    ...node,
    notes: [...node.notes, { label: equationLabel(delta, scene.numbers?.symbol(delta)), tone: "backward" }],
  };
}

function described(
  id: string,
  { activation, preActivation }: Unit,
  shown: Picture,
  scene: Scene,
): readonly ReturnType<typeof fill>[] {
  const words = wordsOf(scene);
  const delta = scene.delta(preActivation);
  const users = shown.edges.filter(({ from }) => from === id).map(({ to }) => to);
  const symbols = new Map<string, SymbolExpr>(shown.nodes.map(({ id: own, symbol }) => [own, symbol!]));
  if (!delta || users.length === 0) return [];
  return [
    fill(words.error, {
      unit: [formula(activation)],
      delta: [formula(delta)],
      users: listed(
        users.map((user) => [formula(symbols.get(user)!)]),
        words.and,
      ),
    }),
  ];
}
