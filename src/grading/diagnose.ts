// What went wrong in a false claim: the misconceptions whose wrong chain rule gives just what the student has written.
import type { ScalarNode } from "../derivative/scalar.ts";
import { add, mul, negate, nodesOf } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { derivatives, derivativeValue, edgesUpTo } from "./cone.ts";
import type { FindingCode } from "./findings.ts";
import type { Slip } from "./misconceptions/misconception.ts";
import { type MisconceptionCode, misconceptions } from "./misconceptions/table.ts";
import { pairOf, type Suspect } from "./pairs.ts";
import { type Probe, sameValues } from "./probe.ts";
import { type Repair, repair } from "./repair.ts";
import type { Values } from "./spots.ts";
import { brokenChain, unbalancedIndex } from "./structure.ts";
import { targetOf } from "./target.ts";
import type { Target, Task } from "./task.ts";

/** A relation at concrete indices: the left side is true, or names what the right side is to be. */
export interface Claim {
  readonly left: Expr;
  readonly right: Expr;
  /** What the line started from, where `left` is a formula in between. */
  readonly head?: Expr;
  /** The relation with its index letters, as it was read. */
  readonly written?: { readonly left: Expr; readonly right: Expr };
}

export interface Diagnosis {
  readonly code: MisconceptionCode | FindingCode;
  /** The entry where the student should look. */
  readonly at: ScalarNode;
  /** What is missing, too many, or in the wrong place. */
  readonly factor?: Expr;
  /** The nodes of a path that was left out, from what is derived by upwards. */
  readonly missing?: readonly ScalarNode[];
  /** One of two that only together explain the line; without it each explains it by itself. */
  readonly together?: true;
}

/**
 * What explains the claim, the likeliest first: misconceptions that a submission cannot tell apart are all named, then
 * single changes that make the line right, then pairs of misconceptions. None where the claim is right or nothing fits.
 */
export function diagnose(probe: Probe, claim: Claim): readonly Diagnosis[] {
  if (probe.alike(claim.left, claim.right)) return [];
  const target = targetOf(probe, claim);
  if (!target) return [];
  const { network, scalar } = probe;
  const shape =
    (claim.written && unbalancedIndex(claim.written.left, claim.written.right)) ??
    brokenChain(scalar, claim.right, claim.left);
  if (shape) {
    const { code, at = placeOf(target), factor } = shape;
    return [{ code, at, ...(factor && { factor }) }];
  }
  const task: Task = {
    network,
    scalar,
    graph: network.graph,
    target,
    said: claim.right,
    edges: target.kind === "definition" ? [] : edgesUpTo(target.cone, namedErrors(probe, claim.right)),
    alike: (left, right) => probe.alike(left, right),
  };
  const suspects = misconceptions.flatMap(({ code, slips }) =>
    (slips?.(task) ?? []).map((slip): Suspect => ({ code, slip })),
  );
  const alone = suspects.filter(({ slip }) => explains(probe, task, slip));
  if (alone.length > 0) return firstOfEach(alone).map(asDiagnosis);
  const valuesOf = (expr: Expr): Values => probe.values(expr);
  const found = repair(task, probe.values(claim.left), valuesOf, sameValues);
  const change = found && probe.alike(claim.left, found.repaired) ? found : undefined;
  if (change && !unspecific.has(change.code)) return [ofChange(change, target)];
  const pair = pairOf(task, suspects, valuesOf, (slip) => explains(probe, task, slip));
  if (pair) return pair.map((suspect) => ({ ...asDiagnosis(suspect), together: true }));
  return change ? [ofChange(change, target)] : [];
}

/** Changes that make many a line right: two misconceptions together say more. */
const unspecific: ReadonlySet<Diagnosis["code"]> = new Set([
  "extra-factor",
  "missing-factor",
  "wrong-number",
  "wrong-quantity",
]);

function ofChange({ code, factor, at }: Repair, target: Target): Diagnosis {
  return { code, at: at ?? placeOf(target), ...(factor && { factor }) };
}

function placeOf(target: Target): ScalarNode {
  return target.kind === "definition" ? target.node : target.cone.bottom;
}

/** Of one misconception at several places the first. */
function firstOfEach(suspects: readonly Suspect[]): readonly Suspect[] {
  return suspects.filter(
    ({ code }, position) => suspects.findIndex((other) => other.code === code) === position,
  );
}

function asDiagnosis({ code, slip: { at, factor, missing } }: Suspect): Diagnosis {
  return { code, at, ...(factor && { factor }), ...(missing && { missing }) };
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
  const wrong = wrongResult(task.graph, target, slip);
  return wrong !== undefined && probe.alike(wrong, said);
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

function wrongResult(graph: Graph, target: Target, slip: Slip): Expr | undefined {
  if (slip.whole) return slip.whole;
  if (target.kind === "definition") return undefined;
  const wrong = derivatives(target.cone, slip).get(target.cone.bottom)!;
  return target.kind === "update" ? stepBy(graph, target, wrong) : wrong;
}
