// The quantities of a network that a factor, a term or a whole place of a formula can be: what a slip puts in or leaves out.
import type { ScalarNode } from "../derivative/scalar.ts";
import { mul } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import { isParameter, learningRateIn, lossOf, type Task } from "./task.ts";

export type Kind =
  | "weight"
  | "bias"
  | "signal"
  | "slope"
  | "preActivation"
  | "target"
  | "error"
  | "loss"
  | "constant"
  | "rate"
  | "other";

export interface Word {
  readonly kind: Kind;
  readonly expr: Expr;
  /** The node that the word belongs to. */
  readonly node?: ScalarNode;
}

/** Networks with more entries are searched near the target first, and only so far. */
const mostEntries = 240;

/** Numbers that slips bring in; those of the network's sizes come besides. */
const constants = [2, 3, 4] as const;

/** Entries, slopes f'(z), errors ∂E/∂q and constants; the entries of the target's own cone come first. */
export function dictionary(task: Task): readonly Word[] {
  const { graph, scalar, target } = task;
  const near = target.kind === "definition" ? target.node.uses.map(({ by }) => by) : target.cone.nodes;
  const nodes = [
    ...new Set([...near, ...near.flatMap(({ uses }) => uses.map(({ by }) => by)), ...scalar.nodes]),
  ].slice(0, mostEntries);
  const rate = learningRateIn(task.said);
  return [
    ...nodes.map((node): Word => ({ kind: kindOf(node), expr: node.symbol, node })),
    ...nodes.flatMap((node) => slopesAt(node)),
    ...nodes
      .filter((node) => node.uses.length > 0 && node !== scalar.loss)
      .map((node): Word => ({ kind: "error", expr: graph.derivative(lossOf(task), node.symbol), node })),
    ...(rate ? [{ kind: "rate" as const, expr: rate }] : []),
    ...sizes(task).map((size): Word => ({ kind: "constant", expr: graph.number(size) })),
  ];
}

/** Terms that a sum can lack: what one user of a node contributes. */
export function termsFor(task: Task): readonly Word[] {
  const { graph } = task;
  return task.edges.slice(-mostEntries).map(
    ({ of, factor }): Word => ({
      kind: "other",
      node: of,
      expr: mul(graph, [factor, graph.derivative(lossOf(task), of.symbol)]),
    }),
  );
}

function sizes({ network }: Task): readonly number[] {
  const widths = network.quantities.flatMap(({ ranges }) => ranges.map(({ size = 1 }) => size));
  return [...new Set([...constants, network.samples.count, ...widths])].filter((size) => size > 1);
}

function slopesAt(node: ScalarNode): readonly Word[] {
  return node.uses
    .filter(({ rule, by }) => rule === "activation" && !isParameter(by))
    .map(({ factor, by }): Word => ({ kind: "slope", expr: factor, node: by }));
}

function kindOf({ symbol, uses }: ScalarNode): Kind {
  switch (symbol.quantity.role) {
    case "weight":
    case "bias":
    case "target":
    case "preActivation":
      return symbol.quantity.role;
    case "input":
    case "activation":
    case "output":
      return "signal";
    case "loss":
    case "outputLoss":
    case "sampleLoss":
    case "penalty":
      return "loss";
    case "learningRate":
      return "rate";
    case "delta":
      return "error";
    case "parameter":
    case "constant":
    case "intermediate":
    case "blank":
      return uses.length > 0 ? "signal" : "other";
  }
}
