// Compiles a description of dense layers: one quantity per kind and layer, z_j = Σ_i w_ji a_i + b_j, a_j = f(z_j).
import { sumOver, termsOf } from "../expression/build.ts";
import { type Expr, entries, type Index, type Quantity, type Range } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { Failure } from "../failure.ts";
import { multiply, add as sumOperation } from "../primitives/arithmetic.ts";
import { Activations, activatedLayer } from "./activations.ts";
import { addsUpToOne, finish, lossQuantity, type Part, penaltyParts, takeLossIds } from "./assemble.ts";
import { completeLayers } from "./completed-layers.ts";
import type { LayersDescription } from "./description.ts";
import { FlatNames } from "./flat-names.ts";
import { lossArgument, lossOfOutput, outputFactor, readLoss } from "./loss.ts";
import type { LossRow } from "./losses.ts";
import { Names, readName } from "./names.ts";
import type { Network } from "./network.ts";
import { NumberTable } from "./number-table.ts";

const unit = "$0";
const source = "$1";

/** A compiled layer: what the next one and the loss need of it. */
interface Layer {
  readonly range: Range;
  readonly output: Quantity;
}

export function compileLayers(description: LayersDescription, graph: Graph): Network {
  const numbers = new NumberTable();
  const activations = new Activations(graph);
  const naming = new FlatNames(description);
  const input = inputQuantity(description, naming);
  const parts: Part = { quantities: [input], parameters: [], weights: [] };

  let below: Layer = { range: input.ranges[0]!, output: input };
  for (const [position] of description.layers.entries()) {
    below = compileLayer(description, position, below, { graph, numbers, activations, naming, parts });
  }
  const target = targetQuantity(description, below.range);
  parts.quantities.push(target);
  const { loss, targetKind } = layersLoss(description, below, target, graph, parts, numbers);

  readSamples(description, input, target, numbers);
  return finish(description, graph, numbers, {
    ...parts,
    inputs: [input],
    targets: [target],
    loss,
    outputs: [...entries(below.output)].map((indices) => graph.symbol(below.output, indices)),
    depth: description.layers.length,
    abstract: activations.abstract,
    fans: ({ ranges }) => ({ fanOut: ranges[0]?.size ?? 1, fanIn: ranges[1]?.size ?? 1 }),
    targetKind,
    complete: (table) => completeLayers(description, table, parts.parameters, input, target),
  });
}

interface Workshop {
  readonly graph: Graph;
  readonly numbers: NumberTable;
  readonly activations: Activations;
  readonly naming: FlatNames;
  readonly parts: Part;
}

function compileLayer(description: LayersDescription, position: number, below: Layer, shop: Workshop): Layer {
  const { graph, numbers, parts } = shop;
  const pointer = `/layers/${position}`;
  const layer = position + 1;
  const {
    units,
    activation: activationText,
    bias: biasKind = "per-unit",
    weights,
    biases,
  } = description.layers[position]!;
  const range: Range = { name: `units of layer ${layer}`, size: units };
  const activation = shop.activations.read(activationText, `${pointer}/activation`);

  const weight: Quantity = {
    id: `W${layer}`,
    role: "weight",
    layer,
    ranges: [range, below.range],
    formals: [unit, source],
    ...shop.naming.weights(position),
  };
  parts.quantities.push(weight);
  parts.parameters.push(weight);
  parts.weights.push(weight);
  if (weights) numbers.matrix(weight, weights, `${pointer}/weights`);

  const bias = biasQuantity(layer, range, biasKind, shop.naming.biases(position));
  if (bias) {
    parts.quantities.push(bias);
    parts.parameters.push(bias);
    if (biases) numbers.vector(bias, biases, `${pointer}/biases`);
  } else if (biases) {
    throw new Failure(
      "wrong-shape",
      `Layer ${layer} has "bias": "none" and yet biases; leave "biases" out or choose "per-unit" or "shared".`,
      {
        pointer: `${pointer}/biases`,
      },
    );
  }

  const z: Quantity = {
    id: `z${layer}`,
    role: "preActivation",
    layer,
    ranges: [range],
    formals: [unit],
    define: weightedSum(graph, weight, below, bias),
  };
  const a: Quantity = {
    id: `a${layer}`,
    role: "activation",
    layer,
    ranges: [range],
    formals: [unit],
    define: activatedLayer(graph, activation, range, (at) => graph.symbol(z, [at]), unit),
  };
  parts.quantities.push(z, a);
  return { range, output: a };
}

/** z_j = Σ_i w_ji a_i + b_j */
function weightedSum(graph: Graph, weight: Quantity, below: Layer, bias: Quantity | undefined): Expr {
  const letter = graph.freshLetter();
  const body = graph.apply(multiply, [
    graph.symbol(weight, [unit, letter]),
    graph.symbol(below.output, [letter]),
  ]);
  const sum = graph.sum(below.range, letter, body);
  if (!bias) return sum;
  return graph.apply(sumOperation, [
    ...termsOf(sum),
    graph.symbol(bias, bias.ranges.length === 0 ? [] : [unit]),
  ]);
}

function biasQuantity(
  layer: number,
  range: Range,
  kind: "none" | "per-unit" | "shared",
  entryNames: { entryNames?: readonly string[] },
): Quantity | undefined {
  const common = { id: `b${layer}`, role: "bias", layer } as const;
  switch (kind) {
    case "none":
      return undefined;
    case "shared":
      return { ...common, ranges: [], formals: [], ...entryNames };
    case "per-unit":
      return { ...common, ranges: [range], formals: [unit], ...entryNames };
  }
}

function inputQuantity(description: LayersDescription, naming: FlatNames): Quantity {
  const { inputs } = description;
  const size = typeof inputs === "number" ? inputs : inputs.length;
  const common = {
    id: "a0",
    role: "input",
    layer: 0,
    ranges: [{ name: "inputs", size }],
    formals: [unit],
  } as const;
  if (typeof inputs === "number") return common;
  const names = new Names();
  takeLossIds(names, description);
  naming.take(names);
  const entryNames = inputs.map((text, position) => {
    const name = readName(text, `/inputs/${position}`);
    names.take(name, `input ${position + 1}`, `/inputs/${position}`);
    return name;
  });
  return { ...common, entryNames };
}

function targetQuantity(description: LayersDescription, range: Range): Quantity {
  const sumsToOne = description.targets === "distribution" || everyTargetSumsToOne(description);
  return {
    id: "y",
    role: "target",
    layer: description.layers.length,
    ranges: [range],
    formals: [unit],
    ...(sumsToOne && { sumsToOne }),
  };
}

/** Targets given as numbers show by themselves that they add up to 1. */
function everyTargetSumsToOne({ samples }: LayersDescription): boolean {
  return (
    Array.isArray(samples) &&
    samples.every(
      ({ targets }, sample) => targets !== undefined && addsUpToOne(targets, `/samples/${sample}/targets`),
    )
  );
}

function layersLoss(
  description: LayersDescription,
  last: Layer,
  target: Quantity,
  graph: Graph,
  parts: Part,
  numbers: NumberTable,
): { loss: Quantity; targetKind: LossRow["target"] } {
  const lastActivation = description.layers.at(-1)!.activation;
  const loss = readLoss(description.loss, typeof lastActivation === "string" ? lastActivation : "", "/loss");
  const output = (at: Index): Expr => graph.symbol(last.output, [at]);
  const ofOutput = (at: string): Expr =>
    lossOfOutput(
      graph,
      loss,
      lossArgument(graph, loss, last.range, output, at),
      graph.symbol(target, [at]),
      "/loss",
    );
  const letter = graph.freshLetter();
  const rest = penaltyParts(description, graph, parts, numbers);
  const targetKind = loss.row?.target ?? "real";

  if (last.range.size === 1 || loss.aggregate === "mean") {
    const total = sumOver(graph, last.range, letter, ofOutput(letter));
    return { targetKind, loss: lossQuantity(rest.join(outputFactor(graph, loss, last.range.size!), total)) };
  }
  const each: Quantity = {
    id: "E",
    role: "outputLoss",
    ranges: [last.range],
    formals: [unit],
    define: ofOutput(unit),
  };
  parts.quantities.push(each);
  const total = graph.sum(last.range, letter, graph.symbol(each, [letter]));
  return { targetKind, loss: lossQuantity(rest.join(graph.number(1), total)) };
}

function readSamples(
  description: LayersDescription,
  input: Quantity,
  target: Quantity,
  numbers: NumberTable,
): void {
  if (!Array.isArray(description.samples)) return;
  for (const [position, sample] of description.samples.entries()) {
    const pointer = `/samples/${position}`;
    if (sample.inputs) numbers.sampleVector(position, input, sample.inputs, `${pointer}/inputs`);
    if (sample.targets) numbers.sampleVector(position, target, sample.targets, `${pointer}/targets`);
  }
}
