// The computational graph: every quantity a node with its value and its gradient, every local derivative at its edge.
import { fill } from "../derivation/prose.ts";
import type { ScalarEdge, ScalarNode } from "../derivative/scalar.ts";
import type { DerivativeExpr, SymbolExpr } from "../expression/expr.ts";
import type { Note, Picture, PictureEdge } from "./picture.ts";
import { type Computed, columnsOf, computedOf, quantityId, quantityNode } from "./quantities.ts";
import {
  equationLabel,
  formula,
  listed,
  paragraphOf,
  type Scene,
  text,
  valueNotes,
  wordsOf,
} from "./scene.ts";

export function graphPicture(scene: Scene): Picture {
  const words = wordsOf(scene);
  const computed = computedOf(scene);
  const columns = columnsOf(computed);
  const derived = new Map(scene.scalar().nodes.map((node) => [node.symbol, node]));
  return {
    title: [text(words.graph)],
    description: paragraphOf(computed.map((own) => described(own, scene))),
    nodes: [...columns].map(([symbol, column]) =>
      quantityNode(symbol, column, [
        ...valueNotes(symbol, scene),
        ...gradientNotes(derived.get(symbol), scene),
      ]),
    ),
    edges: computed.flatMap(({ symbol, uses, fixed }) => [
      ...uses.map((edge) => derivativeEdge(edge, scene)),
      ...fixed.map((source) => plainEdge(source, symbol)),
    ]),
    ordered: false,
    paths: [],
  };
}

/** dE/dq below the value of q. */
function gradientNotes(node: ScalarNode | undefined, { network, numbers }: Scene): readonly Note[] {
  const { graph, loss } = network;
  const value = node && numbers?.adjoint(node);
  if (!node || value === undefined || node.symbol.quantity === loss) return [];
  const derivative = graph.derivative(graph.symbol(loss), node.symbol);
  return [{ label: equationLabel(derivative, value), tone: "backward" }];
}

/** An edge with its local derivative, and the number of it where numbers are shown. */
export function derivativeEdge(
  edge: ScalarEdge,
  scene: Scene,
  tone: PictureEdge["tone"] = "plain",
): PictureEdge {
  return {
    from: quantityId(edge.by.symbol),
    to: quantityId(edge.of.symbol),
    tone,
    label: equationLabel(derivativeOf(edge, scene), scene.numbers?.factor(edge)),
  };
}

const derivativeOf = ({ of, by }: ScalarEdge, { network: { graph } }: Scene): DerivativeExpr =>
  graph.derivative(of.symbol, by.symbol);

function plainEdge(from: SymbolExpr, to: SymbolExpr): PictureEdge {
  return { from: quantityId(from), to: quantityId(to), tone: "plain" };
}

function described({ symbol, uses, fixed }: Computed, scene: Scene): ReturnType<typeof fill> {
  const words = wordsOf(scene);
  const sources = new Set([...uses.map(({ by }) => by.symbol), ...fixed]);
  return fill(sources.size === 0 ? words.isNumber : words.computedFrom, {
    quantity: [formula(symbol)],
    sources: listed(
      [...sources].map((source) => [formula(source)]),
      words.and,
    ),
  });
}
