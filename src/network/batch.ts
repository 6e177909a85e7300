// A network over all its samples at once: what differs from sample to sample gets an index of its own.
import { add, divide, factorsOf, some, sumOver, termsOf } from "../expression/build.ts";
import type { Expr, Quantity, Range, SymbolExpr } from "../expression/expr.ts";
import { rewrite } from "../expression/rewrite.ts";
import type { Network } from "./network.ts";

const sample = "$s";

/** Whether samples are the rows or the columns of a batch's matrices. */
export type SamplesAs = "rows" | "columns";

/**
 * The same network with sample as an index: E = (1/N) Σ_n E_n + R for a mean, Σ_n E_n + R for a sum.
 * The quantities of one sample gain the range of samples, in front where samples are rows, behind where columns.
 */
export function overSamples(network: Network, samplesAs: SamplesAs): Network {
  const { graph, samples, inputs, targets } = network;
  const range: Range = { name: "samples", size: samples.count };
  const lifted = new Map<Quantity, Quantity>();
  const lift = (expr: Expr): Expr =>
    rewrite(graph, expr, (node) => {
      const quantity = node.kind === "symbol" ? lifted.get(node.quantity) : undefined;
      if (!quantity || node.kind !== "symbol") return undefined;
      return graph.symbol(
        quantity,
        samplesAs === "rows" ? [sample, ...node.indices] : [...node.indices, sample],
      );
    });

  const quantities = network.quantities.map((quantity) => {
    const isSampled =
      inputs.includes(quantity) ||
      targets.includes(quantity) ||
      (quantity.define && mentionsAny(quantity.define, lifted));
    if (!isSampled) return quantity;
    const own = quantity === network.loss ? withoutPenalty(network) : quantity.define;
    const grown = grow(quantity, range, samplesAs, own && lift(own));
    lifted.set(quantity, grown);
    return grown;
  });
  const total = totalLoss(network, lifted.get(network.loss)!, range);
  return {
    ...network,
    quantities: [...quantities, total],
    inputs: inputs.map((quantity) => lifted.get(quantity)!),
    targets: targets.map((quantity) => lifted.get(quantity)!),
    outputs: network.outputs.map((output) => lift(output) as SymbolExpr),
    loss: total,
    samples: { ...samples, count: 1, values: [] },
  };
}

function mentionsAny(expr: Expr, quantities: ReadonlyMap<Quantity, Quantity>): boolean {
  return some(expr, (node) => node.kind === "symbol" && quantities.has(node.quantity));
}

function grow(quantity: Quantity, range: Range, samplesAs: SamplesAs, define: Expr | undefined): Quantity {
  const { ranges, formals } = quantity;
  const { entryNames: _names, define: _single, ...rest } = quantity;
  const rows = samplesAs === "rows";
  return {
    ...rest,
    role: quantity.role === "loss" ? "sampleLoss" : quantity.role,
    sampleOf: quantity,
    ranges: rows ? [range, ...ranges] : [...ranges, range],
    formals: rows ? [sample, ...formals] : [...formals, sample],
    ...(define && { define }),
  };
}

/** The loss of one sample without its share of the penalty. */
function withoutPenalty({ graph, loss }: Network): Expr {
  return add(
    graph,
    termsOf(loss.define!).filter((term) => !isPenalty(term)),
  );
}

function isPenalty(term: Expr): boolean {
  return factorsOf(term).some((factor) => factor.kind === "symbol" && factor.quantity.role === "penalty");
}

function totalLoss({ graph, loss, quantities, samples }: Network, each: Quantity, range: Range): Quantity {
  const letter = graph.freshLetter();
  const sum = sumOver(graph, range, letter, graph.symbol(each, [letter]));
  const data = samples.reduction === "mean" ? divide(graph, sum, graph.sizeOf(range)) : sum;
  const penalty = quantities.find((quantity) => quantity.role === "penalty");
  return { ...loss, define: penalty ? add(graph, [data, graph.symbol(penalty)]) : data };
}
