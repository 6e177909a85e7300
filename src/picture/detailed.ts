// Inside the units: each is multiplications, one sum and one function (note "a drawn node is three steps"), and each of
// these is a node here.
import { fill } from "../derivation/prose.ts";
import type { SymbolExpr } from "../expression/expr.ts";
import type { Label, Note, Picture, PictureEdge, PictureNode } from "./picture.ts";
import {
  equationLabel,
  formula,
  formulaLabel,
  idOf,
  paragraphOf,
  type Scene,
  text,
  valuedLabel,
  valueNotes,
  wordsOf,
} from "./scene.ts";
import { type Connection, isWeighted, type Structure, structureOf, type Unit, unitOf } from "./structure.ts";
import { lossEdges, lossNodes } from "./units.ts";

/** Columns of a unit: multiplications, sum, function. */
const columnsEach = 3;

/** The whole network, or the one unit that a parameter belongs to. Throws Failure for an unknown parameter. */
export function detailedPicture(scene: Scene): Picture {
  const structure = structureOf(scene.network);
  const own = scene.parameter === undefined ? undefined : unitOf(structure, scene.parameter);
  const words = wordsOf(scene);
  const units = own ? [own] : structure.units;
  const first = own ? (own.column - 1) * columnsEach : 0;
  const inputs = own
    ? own.connections.map(({ from }) => ({ symbol: from, column: own.column - 1 }))
    : structure.inputs;
  const parts = units.map((unit) => unitParts(unit, units, scene));
  const loss = own ? [] : lossNodes({ ...structure, depth: structure.depth * columnsEach }, scene);
  const nodes = [
    ...inputs.map(({ symbol, column }) => inputNode(symbol, column * columnsEach, scene)),
    ...parts.flatMap((part) => part.nodes),
    ...dots(own ? [] : structure.gaps),
    ...loss,
  ];
  return {
    title: [text(words.detailed)],
    description: paragraphOf(units.map((unit) => described(unit, scene))),
    nodes: nodes.map((node) => ({ ...node, column: node.column - first })),
    edges: [...parts.flatMap((part) => part.edges), ...(own ? [] : lossEdges(structure, scene))],
    ordered: false,
    paths: [],
  };
}

function inputNode(symbol: SymbolExpr, column: number, scene: Scene): PictureNode {
  const label = formulaLabel(symbol);
  return {
    id: idOf(symbol),
    column,
    shape: "circle",
    tone: "input",
    label,
    notes: valueNotes(symbol, scene),
  };
}

function dots(gaps: Structure["gaps"]): readonly PictureNode[] {
  return gaps.map(({ after, column }) => ({
    id: `dots after ${idOf(after)}`,
    column: column * columnsEach,
    shape: "bare",
    tone: "plain",
    label: { kind: "sign", sign: "dots" },
    notes: [],
  }));
}

interface Parts {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

function unitParts(unit: Unit, all: readonly Unit[], scene: Scene): Parts {
  const { activation, preActivation, connections, bias, column } = unit;
  const [sum, result] = [idOf(preActivation), idOf(activation)];
  const products = connections.map((connection, position) => product(connection, position, unit, scene));
  const last = column * columnsEach;
  const step = (id: string, at: number, label: Label, notes: readonly Note[]): PictureNode => ({
    id,
    column: at,
    shape: "circle",
    tone: "plain",
    label,
    notes,
  });
  const offset: readonly PictureNode[] = bias
    ? [
        {
          id: `${idOf(bias)} into ${sum}`,
          column: last - 2,
          shape: "box",
          tone: "parameter",
          label: valuedLabel(bias, scene),
          notes: [],
        },
      ]
    : [];
  return {
    nodes: [
      ...products.flatMap(({ nodes }) => nodes),
      ...offset,
      step(sum, last - 1, { kind: "sign", sign: "sum" }, named(preActivation, scene)),
      step(result, last, ...resultOf(activation, scene)),
    ],
    edges: [
      ...products.flatMap(({ edges }) => edges),
      ...offset.map(({ id }): PictureEdge => ({ from: id, to: sum, tone: "plain" })),
      ...sumsBelow(activation, all).map((from): PictureEdge => ({ from, to: result, tone: "plain" })),
    ],
  };
}

/** A multiplication with the weight; a connection without one goes straight to the sum. */
function product(
  connection: Connection,
  position: number,
  { preActivation, column }: Unit,
  scene: Scene,
): Parts {
  const { from, weight } = connection;
  const sum = idOf(preActivation);
  if (!isWeighted(connection)) return { nodes: [], edges: [{ from: idOf(from), to: sum, tone: "plain" }] };
  const id = `product ${position + 1} of ${sum}`;
  const node: PictureNode = {
    id,
    column: column * columnsEach - 2,
    shape: "circle",
    tone: "parameter",
    label: { kind: "times", by: { kind: "expr", expr: weight } },
    notes: weight.kind === "symbol" ? valueNotes(weight, scene) : [],
  };
  return {
    nodes: [node],
    edges: [
      { from: idOf(from), to: id, tone: "plain" },
      { from: id, to: sum, tone: "plain" },
    ],
  };
}

/** The name of what a node gives, and its number. */
function named(symbol: SymbolExpr, { numbers }: Scene): readonly Note[] {
  return [{ label: equationLabel(symbol, numbers?.symbol(symbol)), tone: "plain" }];
}

/** The function without its argument, and its result below; the identity has only the name of its result. */
function resultOf(activation: SymbolExpr, scene: Scene): readonly [Label, readonly Note[]] {
  const { define } = activation.quantity;
  const isFunction =
    define?.kind === "component" ||
    (define?.kind === "apply" && !["sum", "product", "power"].includes(define.op.kind));
  return isFunction
    ? [{ kind: "function", op: define.op }, named(activation, scene)]
    : [formulaLabel(activation), valueNotes(activation, scene)];
}

/** The sums that an activation is computed from: its own, or with softmax those of the whole layer. */
function sumsBelow(activation: SymbolExpr, all: readonly Unit[]): readonly string[] {
  const isVector = activation.quantity.define?.kind === "component";
  return all
    .filter((unit) =>
      isVector ? unit.activation.quantity === activation.quantity : unit.activation === activation,
    )
    .map(({ preActivation }) => idOf(preActivation));
}

function described({ activation, preActivation }: Unit, scene: Scene): ReturnType<typeof fill> {
  return fill(wordsOf(scene).inside, { sum: [formula(preActivation)], result: [formula(activation)] });
}
