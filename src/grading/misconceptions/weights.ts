// Misconceptions about the weight of a connection: left out, or another one.
import type { ScalarEdge } from "../../derivative/scalar.ts";
import { mul, nodesOf, subtract } from "../../expression/build.ts";
import { type Expr, entries, type SymbolExpr } from "../../expression/expr.ts";
import { rewrite } from "../../expression/rewrite.ts";
import { branches, learningRateIn, links, lossOf, type Task } from "../task.ts";
import type { Misconception, Slip } from "./misconception.ts";
import { alternatives, connections, eachAndAll, replaced } from "./places.ts";

/** More siblings than this are not told apart by name. */
const mostSiblings = 64;

/** The weights into the same unit and out of the same unit. */
function siblings(task: Task, { of, by, factor }: ScalarEdge): readonly SymbolExpr[] {
  const own = factor as SymbolExpr;
  const near = [
    ...of.uses.map((edge) => edge.factor),
    ...by.users.map((edge) => edge.factor),
    ...sameRowOrColumn(task, own),
  ];
  const found = near.filter(
    (other): other is SymbolExpr =>
      other.kind === "symbol" && other !== own && other.quantity.role === own.quantity.role,
  );
  return [...new Set(found)].slice(0, mostSiblings);
}

/** All weights out of another unit of the layer: w_k2 for w_k1 in the whole sum. */
function siblingColumns(task: Task): readonly Slip[] {
  const all = links(task).filter(({ factor }) => isEntry(factor));
  const units = [...new Set(all.map(({ by }) => by))];
  return units.flatMap((unit) => {
    const edges = all.filter(({ by }) => by === unit);
    const { quantity, indices } = edges[0]!.factor as SymbolExpr;
    const width = Math.min(quantity.ranges[1]!.size ?? 0, mostSiblings);
    return Array.from({ length: width }, (_, position) => position + 1)
      .filter((other) => other !== indices[1])
      .map((other) => replaced(edges, ({ factor }) => inColumn(task, factor as SymbolExpr, other)));
  });
}

function isEntry(factor: Expr): boolean {
  return factor.kind === "symbol" && factor.quantity.ranges.length === 2;
}

function inColumn({ graph }: Task, { quantity, indices }: SymbolExpr, from: number): Expr {
  return graph.symbol(quantity, [indices[0]!, from]);
}

function sameRowOrColumn({ graph }: Task, { quantity, indices }: SymbolExpr): readonly SymbolExpr[] {
  if (quantity.ranges.length < 2) return [];
  const found: SymbolExpr[] = [];
  for (const other of entries(quantity)) {
    if (other.filter((index, axis) => index !== indices[axis]).length === 1)
      found.push(graph.symbol(quantity, other));
    if (found.length > mostSiblings) break;
  }
  return found;
}

function siblingWeights(task: Task): readonly Slip[] {
  return connections(links(task)).flatMap((edges) =>
    alternatives(edges, (edge) => siblings(task, edge)).map((slip) => ({ ...slip, at: edges[0]!.of })),
  );
}

/** At one connection, at all that leave a unit, everywhere. */
function withoutWeights(task: Task): readonly Slip[] {
  const all = links(task);
  const one = task.graph.number(1);
  const groups = branches(task)
    .map((node) => all.filter(({ by }) => by === node))
    .filter((edges) => edges.length > 1 && edges.length < all.length);
  return [
    ...eachAndAll(all, (edges) => replaced(edges, () => one)),
    ...groups.map((edges) => replaced(edges, () => one)),
  ];
}

/** w_jk for w_kj at every connection out of a unit, where the matrix has such an entry. */
function transposedWeights(task: Task): readonly Slip[] {
  const all = links(task);
  const groups = [...new Set(all.map(({ by }) => by))].map((unit) => all.filter(({ by }) => by === unit));
  const layers = groups.length > 1 ? [...groups, all] : groups;
  const derivatives = layers.flatMap((edges): readonly Slip[] => {
    const turned = edges.map(({ factor }) => transposed(task, factor));
    if (turned.includes(undefined)) return [];
    const wrong = new Map(edges.map((edge, position) => [edge, turned[position]!] as const));
    return [replaced(edges, (edge) => wrong.get(edge)!)];
  });
  return [...derivatives, ...transposedDefinition(task)];
}

/** z_j = Σ_i w_ij a_i */
function transposedDefinition(task: Task): readonly Slip[] {
  const { target, graph } = task;
  if (target.kind !== "definition") return [];
  const whole = rewrite(graph, target.define, (node) => transposed(task, node));
  return [{ at: target.node, whole }];
}

function transposed({ graph }: Task, expr: Expr): Expr | undefined {
  if (expr.kind !== "symbol" || expr.quantity.role !== "weight" || expr.indices.length !== 2)
    return undefined;
  const { quantity, indices } = expr;
  const [to, from] = indices as readonly [number, number];
  const [rows, columns] = quantity.ranges.map(({ size = 0 }) => size) as readonly number[];
  return from <= rows! && to <= columns! ? graph.symbol(quantity, [from, to]) : undefined;
}

/** w - η dE/dw where the weight as it was is meant. */
function updatedWeights(task: Task): readonly Slip[] {
  const { graph, said } = task;
  const rate = learningRateIn(said);
  const renewed = (weight: Expr): Expr | undefined => {
    const named = weight.kind === "symbol" ? newIn(said, weight) : undefined;
    if (named || !rate) return named;
    const gradient = graph.derivative(lossOf(task), weight as SymbolExpr);
    return subtract(graph, weight, mul(graph, [rate, gradient]));
  };
  const all = links(task).filter(({ factor }) => factor.kind === "symbol" && renewed(factor));
  return eachAndAll(all, (edges) => replaced(edges, ({ factor }) => renewed(factor)!));
}

/** The weight after the step, where the student writes it by a name of its own. */
function newIn(said: Expr, { quantity, indices }: SymbolExpr): Expr | undefined {
  return [...nodesOf(said)].find(
    (node) =>
      node.kind === "symbol" &&
      node.quantity.step === "new" &&
      node.quantity.id === quantity.id &&
      node.indices.join() === indices.join(),
  );
}

export const weightMisconceptions = [
  {
    id: "M11",
    code: "missing-weight",
    title: "The weight is missing",
    sentence:
      "The errors of the later units are added up without the weights of the connections, δ_j = f′(z_j) Σ_k δ_k.",
    look: {
      en: "By how much does the later pre-activation change when {at} changes by 1? That factor is missing.",
      de: "Um wie viel ändert sich die spätere Voraktivierung, wenn sich {at} um 1 ändert? Dieser Faktor fehlt.",
    },
    source: "a forum question, “Is my back propagation math correct?” (w_4 w_2 and w_5 w_3 are missing)",
    slips: withoutWeights,
  },
  {
    id: "M12",
    code: "sibling-weight",
    title: "The weight of a neighbouring connection",
    sentence: "A weight of the same layer stands where another belongs, w_6 for w_5.",
    look: {
      en: "Follow the connection into {at} in the drawing: which weight stands at it?",
      de: "Verfolge die Verbindung nach {at} in der Zeichnung: Welches Gewicht steht an ihr?",
    },
    source:
      "the ratios of the network of two inputs, two hidden units and one output: w_6 for w_5 is off by 3",
    slips: (task) => [...siblingColumns(task), ...siblingWeights(task)],
  },
  {
    id: "M13",
    code: "transposed-weight",
    title: "The weights are transposed",
    sentence: "Σ_k w_jk δ_k for Σ_k w_kj δ_k: the matrix of the forward pass is taken without its transpose.",
    look: {
      en: "Which way does each connection at {at} run? Its first index names one end, its second the other.",
      de: "In welche Richtung läuft jede Verbindung bei {at}? Der erste Index nennt das eine Ende, der zweite das andere.",
    },
    source: "dominhhai/dominhhai.github.io#19; makeyourownneuralnetwork/makeyourownneuralnetwork#77",
    slips: transposedWeights,
  },
  {
    id: "M26",
    code: "updated-weight",
    title: "The weight is updated too early",
    sentence:
      "The hidden error is computed with the weight after the step, w − η ∂E/∂w; every derivative belongs to the weights before it.",
    look: {
      en: "At which weights was the error of {at} computed? All derivatives of one step belong to the same, old weights.",
      de: "Mit welchen Gewichten wurde der Fehler von {at} berechnet? Alle Ableitungen eines Schritts gehören zu denselben, alten Gewichten.",
    },
    source:
      "joelgrus/data-science-from-scratch#31; CodingTrain/Toy-Neural-Network-JS#72; kim-marcel/basic_neural_network#7; louisjc/mnist-neural-network#1",
    slips: updatedWeights,
  },
] as const satisfies readonly Misconception[];
