// The network as its units: a circle for each, an edge with its weight for each connection, the loss at the right.
import type { Inline } from "../derivation/document.ts";
import { fill } from "../derivation/prose.ts";
import type { SymbolExpr } from "../expression/expr.ts";
import type { Picture, PictureEdge, PictureNode } from "./picture.ts";
import {
  formula,
  formulaLabel,
  idOf,
  listed,
  paragraphOf,
  type Scene,
  text,
  valuedLabel,
  valueNotes,
  wordsOf,
} from "./scene.ts";
import { isWeighted, outputLosses, type Structure, structureOf, type Unit, unitsBelow } from "./structure.ts";

export function unitsPicture(scene: Scene): Picture {
  const structure = structureOf(scene.network);
  return {
    title: [text(wordsOf(scene).units)],
    description: describe(structure, scene),
    nodes: [...unitNodes(structure, scene), ...lossNodes(structure, scene)],
    edges: [...unitEdges(structure, scene), ...lossEdges(structure, scene)],
    ordered: scene.network.kind === "layers",
    paths: [],
  };
}

/** Inputs, units and dots column by column, with the constant 1 that biases multiply below them. */
function unitNodes(structure: Structure, scene: Scene): readonly PictureNode[] {
  const { inputs, units, gaps } = structure;
  const node = (symbol: SymbolExpr, column: number, tone: PictureNode["tone"]): readonly PictureNode[] => [
    {
      id: idOf(symbol),
      column,
      shape: "circle",
      tone,
      label: formulaLabel(symbol),
      symbol,
      notes: valueNotes(symbol, scene),
    },
    ...gaps.filter(({ after }) => after === symbol).map(({ column: at }) => dots(symbol, at)),
  ];
  const ones = [...new Set(units.filter(({ bias }) => bias).map(({ column }) => column - 1))];
  return [
    ...inputs.flatMap(({ symbol, column }) => node(symbol, column, "input")),
    ...units.flatMap(({ activation, column }) => node(activation, column, "plain")),
    ...ones.map(one),
  ];
}

function dots(symbol: SymbolExpr, column: number): PictureNode {
  const label = { kind: "sign", sign: "dots" } as const;
  return { id: `dots after ${idOf(symbol)}`, column, shape: "bare", tone: "plain", label, notes: [] };
}

const idOfOne = (column: number) => `1 of column ${column}`;

function one(column: number): PictureNode {
  const label = { kind: "sign", sign: "one" } as const;
  return { id: idOfOne(column), column, shape: "circle", tone: "input", label, aside: true, notes: [] };
}

function unitEdges({ units }: Structure, scene: Scene): readonly PictureEdge[] {
  return units.flatMap(({ activation, connections, bias, column }) => {
    const to = idOf(activation);
    const weighted = connections.map((connection): PictureEdge => {
      const { from, weight } = connection;
      const parameter = weight.kind === "symbol" && { parameter: idOf(weight) };
      const label = isWeighted(connection) && { label: valuedLabel(weight, scene) };
      return { from: idOf(from), to, tone: "plain", ...parameter, ...label };
    });
    const constant: PictureEdge[] = bias
      ? [
          {
            from: idOfOne(column - 1),
            to,
            tone: "plain",
            parameter: idOf(bias),
            label: valuedLabel(bias, scene),
          },
        ]
      : [];
    return [...weighted, ...constant];
  });
}

/** The loss at the right, before it the losses of the single outputs where it is their sum. */
export function lossNodes({ depth, gaps }: Structure, scene: Scene): readonly PictureNode[] {
  const { graph, loss } = scene.network;
  const single = outputLosses(scene.network);
  const node = (symbol: SymbolExpr, column: number): PictureNode => ({
    id: lossId(symbol),
    column,
    shape: "circle",
    tone: "loss",
    label: formulaLabel(symbol),
    symbol,
    notes: valueNotes(symbol, scene),
  });
  const last = depth + (single.length > 0 ? 2 : 1);
  const more = gaps.some(({ column }) => column === depth) ? single.at(-2) : undefined;
  return [
    ...single.flatMap((symbol) => [
      node(symbol, depth + 1),
      ...(symbol === more ? [dots(symbol, depth + 1)] : []),
    ]),
    node(graph.symbol(loss), last),
  ];
}

/** The loss may share its id with the family of the outputs' losses. */
const lossId = (symbol: SymbolExpr) => `loss ${idOf(symbol)}`;

export function lossEdges(structure: Structure, { network }: Scene): readonly PictureEdge[] {
  const single = outputLosses(network);
  const total = network.graph.symbol(network.loss);
  const into = (loss: SymbolExpr): readonly PictureEdge[] =>
    unitsBelow(network, structure, loss).map(({ activation }) => ({
      from: idOf(activation),
      to: lossId(loss),
      tone: "plain",
    }));
  if (single.length === 0) return into(total);
  return [
    ...single.flatMap(into),
    ...single.map((loss): PictureEdge => ({ from: lossId(loss), to: lossId(total), tone: "plain" })),
  ];
}

/** What each unit gets, one sentence for each. */
function describe(structure: Structure, scene: Scene): readonly Inline[] {
  const words = wordsOf(scene);
  const { network } = scene;
  const sources = ({ connections, bias }: Unit): readonly (readonly Inline[])[] => [
    ...connections.map((connection) =>
      isWeighted(connection)
        ? fill(words.times, { source: [formula(connection.from)], weight: [formula(connection.weight)] })
        : [formula(connection.from)],
    ),
    ...(bias ? [fill(words.bias, { bias: [formula(bias)] })] : []),
  ];
  return paragraphOf([
    ...structure.units.map((unit) =>
      fill(words.unitFrom, { unit: [formula(unit.activation)], sources: listed(sources(unit), words.and) }),
    ),
    ...structure.gaps.map(({ after, before, count }) =>
      fill(words.dots, { from: [formula(after)], to: [formula(before)], count: [text(String(count))] }),
    ),
    fill(words.lossFrom, {
      loss: [formula(network.graph.symbol(network.loss))],
      sources: listed(
        structure.outputs.map((output) => [formula(output)]),
        words.and,
      ),
    }),
  ]);
}
