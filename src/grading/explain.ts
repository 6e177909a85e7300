// Whether a slip explains what was said: the chain rule, done wrong in this way, gives the same function.
import { add, mul, negate } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { derivatives, derivativeValue } from "./cone.ts";
import type { Slip } from "./misconceptions/misconception.ts";
import type { Probe } from "./probe.ts";
import type { Target, Task } from "./task.ts";

/** Relative difference at one world above which a candidate is out. */
const tolerance = 1e-9;

/** In numbers at one world first, where most candidates differ; then to every digit. */
export function explains(probe: Probe, { target, said, graph }: Task, slip: Slip): boolean {
  const world = probe.values(said).findIndex(Number.isFinite);
  if (world < 0) return false;
  if (slip.whole === undefined && target.kind === "derivative") {
    const told = derivativeValue(target.cone, (factor) => probe.values(factor)[world]!, slip);
    const wanted = probe.values(said)[world]!;
    if (Math.abs(told - wanted) > tolerance * Math.abs(wanted)) return false;
  }
  const wrong = wrongResult(graph, target, slip);
  return wrong !== undefined && probe.equal(wrong, said);
}

function wrongResult(graph: Graph, target: Target, slip: Slip): Expr | undefined {
  if (slip.whole) return slip.whole;
  if (target.kind === "definition") return undefined;
  const wrong = derivatives(target.cone, slip).get(target.cone.bottom)!;
  return target.kind === "update" ? stepBy(graph, target, wrong) : wrong;
}

/** w - η g, or -η g, with this gradient. */
function stepBy(
  graph: Graph,
  { cone, of, rate }: Target & { readonly kind: "update" },
  gradient: Expr,
): Expr {
  const change = negate(graph, mul(graph, [rate, gradient]));
  return of === "value" ? add(graph, [cone.bottom.symbol, change]) : change;
}
