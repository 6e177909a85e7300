// From a loss's description to formulas of the graph: one formula per output, added up (or averaged) over the outputs.
import { add, mul, sumOver } from "../expression/build.ts";
import { callIn, type Scope, toExpr } from "../expression/convert.ts";
import type { Expr, Quantity, Range } from "../expression/expr.ts";
import { parseFormula } from "../expression/formula.ts";
import { catalogue } from "../expression/functions.ts";
import type { Graph } from "../expression/graph.ts";
import { parseRational, type Rational, rational } from "../expression/rational.ts";
import type { Syntax } from "../expression/syntax.ts";
import { didYouMean, Failure } from "../failure.ts";
import { power as powerOf } from "../primitives/arithmetic.ts";
import { primitive } from "../primitives/index.ts";
import type { LossDescription } from "./description.ts";
import { type LossRow, losses } from "./losses.ts";
import { exactNumber } from "./numbers.ts";

/** A loss, ready to be applied to the outputs. */
export interface LossFormula {
  /** In `yhat`, `y` and the constants. */
  readonly formula: Syntax;
  readonly constants: ReadonlyMap<string, Rational>;
  readonly aggregate: "sum" | "mean";
  /** `yhat` stands for this function of the outputs (log-softmax of the logits). */
  readonly logits?: string;
  /** The row it comes from; absent for an own formula. */
  readonly row?: LossRow;
}

/** `lastActivation`: the catalogue name of the outputs' activation, to refuse a softmax applied twice. */
export function readLoss(description: LossDescription, lastActivation: string, pointer: string): LossFormula {
  if (typeof description === "object" && "formula" in description)
    return ownLoss(description.formula, `${pointer}/formula`);
  const name = typeof description === "string" ? description : description.name;
  const row = losses.find((candidate) => candidate.name === name);
  if (!row) {
    const names = losses.map((candidate) => candidate.name);
    throw new Failure(
      "unknown-name",
      `Unknown loss "${name}"; the catalogue has ${names.join(", ")}.${didYouMean(name, names)}`,
      { pointer },
    );
  }
  if (row.refusedAfter?.activation === lastActivation) {
    throw new Failure("impossible-request", row.refusedAfter.sentence, { pointer });
  }
  const given = typeof description === "string" ? undefined : description.delta;
  return {
    formula: parseFormula(row.formula),
    constants: constantsOf(row, given, pointer),
    aggregate: row.aggregate,
    ...(row.logits && { logits: row.logits }),
    row,
  };
}

function constantsOf(
  row: LossRow,
  delta: string | number | undefined,
  pointer: string,
): ReadonlyMap<string, Rational> {
  const defaults = new Map(
    (row.constants ?? []).map((constant) => [constant.name, parseRational(constant.value)!]),
  );
  if (delta === undefined) return defaults;
  if (!defaults.has("delta")) {
    throw new Failure(
      "impossible-request",
      `The loss "${row.name}" has no constant delta; leave "delta" out.`,
      { pointer: `${pointer}/delta` },
    );
  }
  return defaults.set("delta", exactNumber(delta, `${pointer}/delta`));
}

function ownLoss(formula: string, pointer: string): LossFormula {
  try {
    return { formula: parseFormula(formula), constants: new Map(), aggregate: "sum" };
  } catch (error) {
    throw error instanceof Failure
      ? new Failure(error.code, error.message, { ...error.details, pointer })
      : error;
  }
}

/** The formula for one output: `yhat` and `y` put in. */
export function lossOfOutput(graph: Graph, loss: LossFormula, yhat: Expr, y: Expr, pointer: string): Expr {
  const names = new Map<string, Expr>([
    ["yhat", yhat],
    ["y", y],
    ...[...loss.constants].map(([name, value]): [string, Expr] => [name, graph.number(value)]),
  ]);
  const scope: Scope = {
    value: (name) => names.get(name),
    names: names.keys(),
    call: callIn(graph, new Map(), catalogue),
  };
  try {
    return toExpr(graph, loss.formula, scope);
  } catch (error) {
    throw error instanceof Failure
      ? new Failure(error.code, error.message, { ...error.details, pointer: `${pointer}/formula` })
      : error;
  }
}

/** What `yhat` stands for at output `at` of a layer. */
export function lossArgument(
  graph: Graph,
  loss: LossFormula,
  over: Range,
  output: (at: string) => Expr,
  at: string,
): Expr {
  if (!loss.logits) return output(at);
  const letter = graph.freshLetter();
  return graph.componentOver(primitive(loss.logits), over, letter, output(letter), at);
}

/** The same for separate units: output number `at` (from 1) of all `outputs`. */
export function lossArgumentAmong(
  graph: Graph,
  loss: LossFormula,
  outputs: readonly Expr[],
  at: number,
): Expr {
  return loss.logits ? graph.component(primitive(loss.logits), outputs, at) : outputs[at - 1]!;
}

/** 1/K for a loss that averages over its K outputs. */
export function outputFactor(graph: Graph, loss: LossFormula, outputs: number): Expr {
  return graph.number(loss.aggregate === "mean" ? rational(1, outputs) : rational(1));
}

/** R = (λ/2n) Σ w² over the weights, n the number of samples (Krogh and Hertz 1992; Nielsen 2015, ch. 3). */
export function penalty(graph: Graph, lambda: Quantity, weights: readonly Quantity[], samples: number): Expr {
  const squares = weights.map((weight) => {
    const letters = weight.ranges.map(() => graph.freshLetter());
    const square = graph.apply(powerOf, [graph.symbol(weight, letters), graph.number(2)]);
    return weight.ranges.reduceRight(
      (body, range, axis) => sumOver(graph, range, letters[axis]!, body),
      square as Expr,
    );
  });
  return mul(graph, [graph.number(rational(1, 2 * samples)), graph.symbol(lambda), add(graph, squares)]);
}
