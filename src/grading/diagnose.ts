// What went wrong in a false claim: the misconceptions whose wrong chain rule gives just what the student has written.
import type { ScalarNode } from "../derivative/scalar.ts";
import { nodesOf } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import { derivatives, derivativeValue, edgesUpTo } from "./cone.ts";
import type { Slip } from "./misconceptions/misconception.ts";
import { type MisconceptionCode, misconceptions } from "./misconceptions/table.ts";
import type { Probe } from "./probe.ts";
import { targetOf } from "./target.ts";
import type { Target, Task } from "./task.ts";

/** A relation at concrete indices: the left side is true, or names what the right side is to be. */
export interface Claim {
  readonly left: Expr;
  readonly right: Expr;
  /** What the line started from, where `left` is a formula in between. */
  readonly head?: Expr;
}

export interface Diagnosis {
  readonly code: MisconceptionCode;
  /** The entry where the student should look. */
  readonly at: ScalarNode;
  readonly factor?: Expr;
  readonly missing?: readonly ScalarNode[];
}

/** Every misconception that explains the claim, the likeliest first; none where the claim is right or nothing fits. */
export function diagnose(probe: Probe, claim: Claim): readonly Diagnosis[] {
  if (probe.alike(claim.left, claim.right)) return [];
  const target = targetOf(probe, claim);
  if (!target) return [];
  const { network, scalar } = probe;
  const task: Task = {
    network,
    scalar,
    graph: network.graph,
    target,
    said: claim.right,
    edges: target.kind === "definition" ? [] : edgesUpTo(target.cone, namedErrors(probe, claim.right)),
    alike: (left, right) => probe.alike(left, right),
  };
  return misconceptions.flatMap(({ code, slips }): readonly Diagnosis[] => {
    const slip = slips?.(task).find((candidate) => explains(probe, task, candidate));
    if (!slip) return [];
    const { at, factor, missing } = slip;
    return [{ code, at, ...(factor && { factor }), ...(missing && { missing }) }];
  });
}

/** The nodes whose δ or ∂E/∂q stands in the formula. */
function namedErrors({ network, scalar }: Probe, formula: Expr): ReadonlySet<ScalarNode> {
  const named = new Set<Expr>();
  for (const node of nodesOf(formula)) {
    if (node.kind === "symbol" && node.quantity.adjointOf)
      named.add(network.graph.symbol(node.quantity.adjointOf, node.indices));
    if (node.kind === "derivative" && node.of === scalar.loss.symbol) named.add(node.by);
  }
  return new Set(scalar.nodes.filter(({ symbol }) => named.has(symbol)));
}

/** In numbers first: most candidates differ at the first binding. */
function explains(probe: Probe, task: Task, slip: Slip): boolean {
  const { target, said } = task;
  if (slip.whole === undefined && target.kind === "derivative") {
    const first = derivativeValue(target.cone, (factor) => probe.values(factor)[0]!, slip);
    const wanted = probe.values(said)[0]!;
    if (Math.abs(first - wanted) > 1e-9 * Math.abs(wanted)) return false;
  }
  const wrong = wrongResult(target, slip);
  return wrong !== undefined && probe.alike(wrong, said);
}

function wrongResult(target: Target, slip: Slip): Expr | undefined {
  if (slip.whole) return slip.whole;
  if (target.kind === "definition") return undefined;
  return derivatives(target.cone, slip).get(target.cone.bottom)!;
}
