// The rules of a network of single units, stated once for any unit j: units i send to it, it sends to units k.
//
//   a_j = Σ_i w_ji z_i,  z_j = h(a_j),  δ_j = h'(a_j) Σ_k w_kj δ_k,  ∂E/∂w_ji = δ_j z_i      (Bishop 2006, section 5.3)
//
// They are the indexed rules of a network with three ranges of symbolic size, differentiated like any other.
import { adjoints, differentiate } from "../derivative/adjoints.ts";
import { add, mul, sumOver } from "../expression/build.ts";
import type { Expr, Quantity, Range, Role, SymbolExpr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import type { Network } from "../network/network.ts";
import type { Operation } from "../primitives/primitive.ts";
import { type IndexedLine, indexedLines, sampleLines, statement } from "./indexed.ts";

/** The lines about a unit in general, and the symbols that its sentences speak of. */
export interface GeneralForm {
  readonly lines: readonly IndexedLine[];
  readonly samples: readonly IndexedLine[];
  readonly pivot: {
    readonly here: SymbolExpr;
    readonly before: SymbolExpr;
    readonly after: SymbolExpr;
    readonly delta: SymbolExpr;
  };
}

const before: Range = { name: "units before", place: "before" };
const here: Range = { name: "units", place: "here" };
const after: Range = { name: "units after", place: "after" };

export function generalForm(network: Network): GeneralForm {
  const { graph } = network;
  const { unit, general, differentiated, walked } = differentiatedUnit(network);
  const [outputDelta, delta] = walked.deltas as readonly [Quantity, Quantity];
  const aboutUnit = indexedLines(differentiated, walked).filter(
    ({ box, about }) => box !== "error" && about !== unit.nextSum && about !== general.loss,
  );
  const error = statement("error", outputDelta, "delta", [
    graph.symbol(outputDelta, outputDelta.formals),
    graph.derivative(graph.symbol(general.loss), graph.symbol(unit.nextSum, unit.nextSum.formals)),
  ]);
  const activationAt = (range: Range): SymbolExpr =>
    graph.symbol(quantityOf("unit", "activation", [range]), ["$0"]);
  return {
    lines: [...aboutUnit, error],
    samples: sampleLines(network, general.parameters),
    pivot: {
      here: activationAt(here),
      before: activationAt(before),
      after: activationAt(after),
      delta: graph.symbol(delta, delta.formals),
    },
  };
}

/** A unit in general with its errors, for pictures: each symbol at the index that the picture asks for. */
export interface GeneralUnit {
  /** `delta` is the error of `sum`, `deltaBefore` and `nextDelta` those of the units before and after. */
  readonly quantities: UnitInGeneral &
    Readonly<Record<"delta" | "deltaBefore" | "nextDelta" | "nextActivation", Quantity>>;
  /** ∂E/∂w_ji by name, and in errors. */
  readonly gradient: { readonly meaning: Expr; readonly define: Expr };
}

export function generalUnit(network: Network): GeneralUnit {
  const { unit, general, walked } = differentiatedUnit(network);
  const { graph, loss } = general;
  const [nextDelta, delta] = walked.deltas as readonly [Quantity, Quantity];
  return {
    quantities: {
      ...unit,
      delta,
      nextDelta,
      deltaBefore: { ...delta, ranges: [before] },
      nextActivation: quantityOf("next activation", "activation", [after]),
    },
    gradient: {
      meaning: graph.derivative(graph.symbol(loss), graph.symbol(unit.weight, unit.weight.formals)),
      define: walked.gradients.get(unit.weight)!,
    },
  };
}

function differentiatedUnit(network: Network) {
  const unit = unitInGeneral(network);
  const general = networkAround(unit, network);
  const differentiated = differentiate(general);
  return { unit, general, differentiated, walked: adjoints(differentiated) };
}

/** What a unit in general is made of, with the weighted sums of the units that it sends to. */
interface UnitInGeneral {
  readonly source: Quantity;
  readonly weight: Quantity;
  /** Absent where no unit of the network has a bias. */
  readonly bias?: Quantity;
  readonly sum: Quantity;
  readonly activation: Quantity;
  readonly nextWeight: Quantity;
  readonly nextSum: Quantity;
}

/** a_j = Σ_i w_ji z_i + b_j, z_j = h(a_j), a_k = Σ_j w_kj z_j + b_k */
function unitInGeneral(network: Network): UnitInGeneral {
  const { graph } = network;
  const hasBiases = network.parameters.some(({ role }) => role === "bias");
  const source = quantityOf("source", "activation", [before]);
  const weight = quantityOf("weight", "weight", [here, before]);
  const bias = hasBiases ? quantityOf("bias", "bias", [here]) : undefined;
  const sum = quantityOf("sum", "preActivation", [here], weightedSum(graph, weight, source, bias));
  const { op, constants } = activationOf(network);
  const applied = graph.apply(op, [graph.symbol(sum, sum.formals), ...constants]);
  const activation = quantityOf("activation", "activation", [here], applied);
  const nextWeight = quantityOf("next weight", "weight", [after, here]);
  const nextBias = hasBiases ? quantityOf("next bias", "bias", [after]) : undefined;
  const nextSum = quantityOf(
    "next sum",
    "preActivation",
    [after],
    weightedSum(graph, nextWeight, activation, nextBias),
  );
  return { source, weight, ...(bias && { bias }), sum, activation, nextWeight, nextSum };
}

/** Σ_i w_ji z_i, and the bias b_j where there is one. */
function weightedSum(graph: Graph, weight: Quantity, source: Quantity, bias: Quantity | undefined): Expr {
  const letter = graph.freshLetter();
  const products = mul(graph, [graph.symbol(weight, ["$0", letter]), graph.symbol(source, [letter])]);
  const sum = sumOver(graph, source.ranges[0]!, letter, products);
  return bias ? add(graph, [sum, graph.symbol(bias, ["$0"])]) : sum;
}

/** The unit with a loss that depends on all units that it sends to, in whatever way. */
function networkAround(
  { source, weight, bias, sum, activation, nextWeight, nextSum }: UnitInGeneral,
  network: Network,
): Network {
  const { graph, samples } = network;
  const letter = graph.freshLetter();
  const loss: Quantity = {
    ...quantityOf(network.loss.id, samples.count > 1 ? "sampleLoss" : "loss", []),
    define: sumOver(graph, after, letter, graph.symbol(nextSum, [letter])),
  };
  const parameters = bias ? [weight, bias] : [weight];
  return {
    ...network,
    quantities: [source, ...parameters, sum, activation, nextWeight, nextSum, loss],
    inputs: [],
    targets: [],
    parameters,
    outputs: [],
    loss,
  };
}

function quantityOf(id: string, role: Role, ranges: readonly Range[], define?: Expr): Quantity {
  const formals = ranges.map((_, axis) => `$${axis}`);
  return { id, role, ranges, formals, ...(define && { define }) };
}

interface Activation {
  readonly op: Operation;
  /** The constants that complete its arguments: leaky ReLU's alpha. */
  readonly constants: readonly Expr[];
}

/** The activation function that all hidden units share, constants and all, or an abstract f. */
function activationOf({ quantities }: Network): Activation {
  const used = quantities.flatMap(({ role, define }): readonly Activation[] =>
    role === "activation" && define?.kind === "apply" && define.op.primed
      ? [{ op: define.op, constants: define.args.slice(1) }]
      : [],
  );
  const kinds = new Set(
    used.map(({ op, constants }) => [op.name, ...constants.map(({ id }) => id)].join(" ")),
  );
  const [first] = used;
  return first && kinds.size === 1 ? first : { op: abstractActivation, constants: [] };
}

const abstractActivation: Operation = {
  name: "f",
  kind: "abstract",
  spelling: { latex: "f", plain: "f", speech: { en: "f", de: "f" } },
  primed: true,
};
