// The rules of a network of single units, stated once for any unit j: units i send to it, it sends to units k.
//
//   a_j = Σ_i w_ji z_i,  z_j = h(a_j),  δ_j = h'(a_j) Σ_k w_kj δ_k,  ∂E/∂w_ji = δ_j z_i      (Bishop 2006, section 5.3)
//
// They are the indexed rules of a network with three ranges of symbolic size, differentiated like any other.
import { adjoints, differentiate } from "../derivative/adjoints.ts";
import { add, mul, sumOver } from "../expression/build.ts";
import type { Expr, Index, Quantity, Range, Role, SymbolExpr } from "../expression/expr.ts";
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
  const { graph, loss: ofNetwork, samples } = network;
  const quantity = (id: string, role: Role, ranges: readonly Range[], define?: Expr): Quantity => ({
    id,
    role,
    ranges,
    formals: ranges.map((_, axis) => `$${axis}`),
    ...(define && { define }),
  });
  const hasBiases = network.parameters.some(({ role }) => role === "bias");
  const weightedSum = (weight: Quantity, source: Quantity, over: Range, bias: Quantity): Expr => {
    const letter: Index = graph.freshLetter();
    const body = mul(graph, [graph.symbol(weight, ["$0", letter]), graph.symbol(source, [letter])]);
    const sum = sumOver(graph, over, letter, body);
    return hasBiases ? add(graph, [sum, graph.symbol(bias, ["$0"])]) : sum;
  };

  const source = quantity("source", "activation", [before]);
  const weight = quantity("weight", "weight", [here, before]);
  const bias = quantity("bias", "bias", [here]);
  const sum = quantity("sum", "preActivation", [here], weightedSum(weight, source, before, bias));
  const output = quantity(
    "activation",
    "activation",
    [here],
    graph.apply(activationOf(network), [graph.symbol(sum, ["$0"])]),
  );
  const nextWeight = quantity("next weight", "weight", [after, here]);
  const nextBias = quantity("next bias", "bias", [after]);
  const next = quantity(
    "next sum",
    "preActivation",
    [after],
    weightedSum(nextWeight, output, here, nextBias),
  );
  const letter = graph.freshLetter();
  const loss: Quantity = {
    id: ofNetwork.id,
    role: samples.count > 1 ? "sampleLoss" : "loss",
    ranges: [],
    formals: [],
    define: sumOver(graph, after, letter, graph.symbol(next, [letter])),
  };
  const parameters = hasBiases ? [weight, bias] : [weight];
  const general: Network = {
    ...network,
    quantities: [source, weight, bias, sum, output, nextWeight, nextBias, next, loss],
    inputs: [],
    targets: [],
    parameters,
    outputs: [],
    loss,
  };
  const differentiated = differentiate(general);
  const walked = adjoints(differentiated);
  const [outputDelta, delta] = walked.deltas as readonly [Quantity, Quantity];
  const own = indexedLines(differentiated, walked).filter(
    ({ box, about }) => box !== "error" && about !== next && about !== loss,
  );
  const error = statement("error", outputDelta, "delta", [
    graph.symbol(outputDelta, outputDelta.formals),
    graph.derivative(graph.symbol(loss), graph.symbol(next, next.formals)),
  ]);
  const at = (range: Range): SymbolExpr => graph.symbol(quantity("unit", "activation", [range]), ["$0"]);
  return {
    lines: [...own, error],
    samples: sampleLines(network, parameters),
    pivot: {
      here: at(here),
      before: at(before),
      after: at(after),
      delta: graph.symbol(delta, delta.formals),
    },
  };
}

/** The activation function that all hidden units share, or an abstract f. */
function activationOf({ quantities }: Network): Operation {
  const operations = new Set(
    quantities.flatMap(({ role, define }) =>
      role === "activation" && define?.kind === "apply" && define.op.primed ? [define.op] : [],
    ),
  );
  const [only] = operations;
  return only && operations.size === 1 ? only : abstractActivation;
}

const abstractActivation: Operation = {
  name: "f",
  kind: "abstract",
  spelling: { latex: "f", plain: "f", speech: { en: "f", de: "f" } },
  primed: true,
};
