// The backward pass step by step: the forward pass first, then unit by unit from the loss backwards its error δ and the
// gradients of what enters it; of equations, the derivative of the loss by each quantity.
import { add, mul } from "../expression/build.ts";
import type { Expr, SymbolExpr } from "../expression/expr.ts";
import { graphPicture } from "./graph.ts";
import { messagesPicture } from "./messages.ts";
import type { Frame, Label, Picture } from "./picture.ts";
import { quantityId } from "./quantities.ts";
import { chainLabel, idOf, type Scene, text, wordsOf } from "./scene.ts";
import { structureOf, type Unit } from "./structure.ts";

export function stepsPicture(scene: Scene): Picture {
  const base =
    scene.network.kind === "equations"
      ? graphPicture(withoutNumbers(scene))
      : withoutNotes(messagesPicture(scene));
  const frames = scene.network.kind === "equations" ? graphFrames(base, scene) : unitFrames(base, scene);
  return { ...base, title: [text(wordsOf(scene).steps)], frames: [forwardFrame(base, scene), ...frames] };
}

/** Gradients are what the frames find out. */
function withoutNumbers({ numbers: _, ...scene }: Scene): Scene {
  return scene;
}

function withoutNotes(picture: Picture): Picture {
  return { ...picture, nodes: picture.nodes.map((node) => ({ ...node, notes: [] })) };
}

function forwardFrame({ nodes, edges }: Picture, scene: Scene): Frame {
  return {
    captions: [{ kind: "words", text: wordsOf(scene).forward }],
    nodes: nodes.filter(({ symbol }) => symbol?.quantity.define).map(({ id }) => id),
    edges: [...edges.keys()].filter((position) => edges[position]!.tone !== "backward"),
  };
}

/** Two frames for each unit, from the last to the first. */
function unitFrames(picture: Picture, scene: Scene): readonly Frame[] {
  return structureOf(scene.network)
    .units.toReversed()
    .flatMap((unit) => errorFrames(unit, picture, scene));
}

/** Lines of one frame; further gradients have the same form. */
const mostLines = 4;

function errorFrames(unit: Unit, { edges }: Picture, scene: Scene): readonly Frame[] {
  const id = idOf(unit.activation);
  const delta = scene.delta(unit.preActivation);
  if (!delta) return [];
  const at = (matches: (position: number) => boolean) => [...edges.keys()].filter(matches);
  const parameters = [...unit.connections.map(({ weight }) => weight), unit.bias].filter(
    (expr): expr is SymbolExpr => expr?.kind === "symbol",
  );
  return [
    {
      captions: [stepLabel(delta, scene.definition(delta), scene)],
      nodes: [id],
      edges: at((position) => edges[position]!.to === id && edges[position]!.tone === "backward"),
    },
    {
      captions: parameters.slice(0, mostLines).map((parameter) => gradientLabel(parameter, scene)),
      nodes: [id],
      edges: at((position) => edges[position]!.to === id && edges[position]!.tone !== "backward"),
    },
  ];
}

function gradientLabel(parameter: SymbolExpr, scene: Scene): Label {
  const { graph, loss } = scene.network;
  const derivative = graph.derivative(graph.symbol(loss), parameter);
  const node = scene.scalar().nodes.find(({ symbol }) => symbol === parameter)!;
  return chainLabel([derivative, scene.definition(parameter)], scene.numbers?.adjoint(node));
}

function stepLabel(symbol: SymbolExpr, definition: Expr, { numbers }: Scene): Label {
  return chainLabel([symbol, definition], numbers?.symbol(symbol));
}

/** One frame for each quantity: dL/dq = Σ dL/du · du/dq over its users u. */
function graphFrames({ edges }: Picture, scene: Scene): readonly Frame[] {
  const { network, numbers } = scene;
  const { graph } = network;
  const { nodes, loss } = scene.scalar();
  return nodes
    .toReversed()
    .filter((node) => node !== loss && node.users.length > 0)
    .map((node): Frame => {
      const id = quantityId(node.symbol);
      const products = node.users.map(({ of }) => {
        const factor = graph.derivative(of.symbol, node.symbol);
        return of === loss ? factor : mul(graph, [graph.derivative(loss.symbol, of.symbol), factor]);
      });
      const total = add(graph, products);
      const derivative = graph.derivative(loss.symbol, node.symbol);
      const sides = total === derivative ? [derivative] : [derivative, total];
      return {
        captions: [chainLabel(sides, numbers?.adjoint(node))],
        nodes: [id],
        edges: [...edges.keys()].filter((position) => edges[position]!.from === id),
      };
    });
}
