// What the three kinds of description share: the penalty term, the numbers, and the finished network.
import { factorsOf, isWhole, termsOf } from "../expression/build.ts";
import type { Expr, Quantity, SymbolExpr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { isOne, plus, rational, zero } from "../expression/rational.ts";
import { multiply, add as sumOperation } from "../primitives/arithmetic.ts";
import type { LayersDescription, NetworkDescription, NumberLike, UnitsDescription } from "./description.ts";
import { type Fans, initialise } from "./initialise.ts";
import { penalty } from "./loss.ts";
import type { LossRow } from "./losses.ts";
import type { Names } from "./names.ts";
import type { Network } from "./network.ts";
import type { NumberTable } from "./number-table.ts";
import { exactNumber, readNumber } from "./numbers.ts";

/** The growing lists of a network under construction. */
export interface Part {
  readonly quantities: Quantity[];
  readonly parameters: Quantity[];
  /** The parameters that l2 punishes. */
  readonly weights: Quantity[];
}

function sampleCount({ samples }: { samples?: number | readonly unknown[] }): number {
  if (samples === undefined) return 1;
  return typeof samples === "number" ? samples : samples.length;
}

/** The ids that the loss and its penalty have in every network: no input, unit or parameter can be called so. */
export function takeLossIds(names: Names, { l2 }: LayersDescription | UnitsDescription): void {
  names.take("E", "the loss", "/loss");
  if (l2 === undefined) return;
  names.take("R", "the penalty", "/l2");
  names.take("lambda", "the strength of the penalty", "/l2");
}

/** Adds λ and R where the description has l2, and joins R to the data term of the loss. */
export function penaltyParts(
  description: LayersDescription | UnitsDescription,
  graph: Graph,
  parts: Part,
  numbers: NumberTable,
): { join: (factor: Expr, data: Expr) => Expr } {
  const { l2, reduction = "mean" } = description;
  const strength = l2 === undefined ? 0 : readNumber(l2, "/l2");
  if (strength === 0 || parts.weights.length === 0)
    return { join: (factor, data) => scaled(graph, factor, data) };
  const samples = sampleCount(description);
  const lambda: Quantity = { id: "lambda", role: "constant", ranges: [], formals: [] };
  const R: Quantity = {
    id: "R",
    role: "penalty",
    ranges: [],
    formals: [],
    define: penalty(graph, lambda, parts.weights, samples),
  };
  numbers.set(lambda, Float64Array.of(strength));
  parts.quantities.push(lambda, R);
  // Over a sum of samples the one penalty is shared among them, so that the samples' losses add up to the total.
  const share = graph.number(reduction === "sum" ? rational(1, samples) : rational(1));
  return {
    join: (factor, data) =>
      graph.apply(sumOperation, [
        ...termsOf(scaled(graph, factor, data)),
        scaled(graph, share, graph.symbol(R)),
      ]),
  };
}

function scaled(graph: Graph, factor: Expr, expr: Expr): Expr {
  return isWhole(factor, 1) ? expr : graph.apply(multiply, [factor, ...factorsOf(expr)]);
}

/** The loss of one sample. */
export function lossQuantity(define: Expr): Quantity {
  return { id: "E", role: "loss", ranges: [], formals: [], define };
}

/** Whether numbers are, exactly as written, a distribution's: Σ = 1. */
export function addsUpToOne(written: readonly NumberLike[], pointer: string): boolean {
  return isOne(written.map((number) => exactNumber(number, pointer)).reduce(plus, zero));
}

interface Assembly extends Part {
  readonly inputs: readonly Quantity[];
  readonly targets: readonly Quantity[];
  readonly constants?: readonly Quantity[];
  readonly loss: Quantity;
  readonly outputs: readonly SymbolExpr[];
  readonly depth: number;
  readonly abstract: readonly string[];
  readonly fans?: Fans;
  readonly targetKind?: LossRow["target"];
  readonly complete: (numbers: NumberTable) => NetworkDescription;
}

/** The network with its numbers: initialised where asked, absent with the missing ids where incomplete. */
export function finish(
  description: NetworkDescription,
  graph: Graph,
  numbers: NumberTable,
  assembly: Assembly,
): Network {
  const { inputs, targets, parameters, constants = [] } = assembly;
  const samples = "samples" in description ? sampleCount(description) : 1;
  const reduction = ("reduction" in description ? description.reduction : undefined) ?? "mean";
  if ("initialise" in description && description.initialise) {
    const { fans = () => ({ fanIn: 1, fanOut: 1 }), targetKind = "real" } = assembly;
    initialise(description.initialise, numbers, { parameters, inputs, targets }, fans, targetKind, samples);
  }
  const missing = numbers.missing([...parameters, ...constants], [...inputs, ...targets], samples);
  const anyGiven = numbers.any([...parameters, ...constants, ...inputs, ...targets]);
  const isSized = assembly.quantities.every(({ ranges }) => ranges.every(({ size }) => size !== undefined));
  const hasNumbers = missing.length === 0 && assembly.abstract.length === 0 && isSized;
  return {
    kind: description.kind,
    graph,
    quantities: [...new Set([...assembly.quantities, assembly.loss])],
    inputs,
    targets,
    parameters,
    outputs: assembly.outputs,
    loss: assembly.loss,
    depth: assembly.depth,
    samples: { count: samples, reduction, values: hasNumbers ? numbers.samplesUpTo(samples) : [] },
    ...(hasNumbers && { values: numbers.values }),
    missing: anyGiven ? missing : [],
    abstract: assembly.abstract,
    completed: assembly.complete(numbers),
  };
}
