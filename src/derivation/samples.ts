// How the samples of a batch are put together:  E = (1/N) Σ_n E_n + R  and  ∂E/∂w = (1/N) Σ_n ∂E_n/∂w + ∂R/∂w.
import { add, divide } from "../expression/build.ts";
import type { DerivativeExpr, Expr, Quantity, Range, SymbolExpr } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";

/** The reduced loss of a network with several samples, first with N samples, then with as many as there are. */
export interface Overall {
  readonly loss: SymbolExpr;
  readonly definitions: readonly Expr[];
  readonly derivative: (by: SymbolExpr) => {
    readonly symbol: DerivativeExpr;
    readonly definitions: readonly Expr[];
  };
}

/** The loss over all samples, and its derivatives; nothing for a single sample. */
export function overall({ graph, loss, samples, quantities }: Network): Overall | undefined {
  if (samples.count < 2) return undefined;
  const total = graph.symbol({ ...loss });
  const penalty = quantities.find(({ role }) => role === "penalty");
  const ranges: readonly Range[] = [{ name: "samples" }, { name: "samples", size: samples.count }];
  const reduced = (range: Range, ofSample: (each: SymbolExpr) => Expr, ofPenalty: Expr | undefined): Expr => {
    const letter = graph.freshLetter();
    const each = graph.symbol(lossOfSample(loss, range), [letter]);
    const sum = graph.sum(range, letter, ofSample(each));
    const data = samples.reduction === "mean" ? divide(graph, sum, graph.sizeOf(range)) : sum;
    return ofPenalty ? add(graph, [data, ofPenalty]) : data;
  };
  return {
    loss: total,
    definitions: ranges.map((range) => reduced(range, (each) => each, penalty && graph.symbol(penalty))),
    derivative: (by) => ({
      symbol: graph.derivative(total, by),
      definitions: ranges.map((range) =>
        reduced(
          range,
          (each) => graph.derivative(each, by),
          penalty && graph.derivative(graph.symbol(penalty), by),
        ),
      ),
    }),
  };
}

function lossOfSample(loss: Quantity, range: Range): Quantity {
  const { define: _ofOneSample, ...rest } = loss;
  return { ...rest, role: "sampleLoss", sampleOf: loss, ranges: [range], formals: ["$s"] };
}
