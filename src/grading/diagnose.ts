// What went wrong in a false claim: the misconceptions whose wrong chain rule gives just what the student has written.
import type { ScalarNode } from "../derivative/scalar.ts";
import { nodesOf } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import { remembered } from "../remembered.ts";
import { edgesUpTo } from "./cone.ts";
import type { Repair } from "./edits/edit.ts";
import { Explainer } from "./explain.ts";
import { givingTheNumber, inSymbols, isFigures } from "./figures.ts";
import type { FindingCode } from "./findings.ts";
import { type MisconceptionCode, misconceptions } from "./misconceptions/table.ts";
import { pairOf, type Suspect } from "./pairs.ts";
import { Probe } from "./probe.ts";
import { repair } from "./repair.ts";
import { brokenChain, unbalancedIndex } from "./structure.ts";
import type { Own, Subject } from "./subject.ts";
import { targetOf } from "./target.ts";
import { isSymbolOf, losses, type Target, type Task } from "./task.ts";

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
 * With `own`, both sides are read with the student's earlier results. Bounded: at most some hundred candidates are
 * compared, each at a few worlds.
 */
export function diagnose(subject: Subject, claim: Claim, own?: Own): readonly Diagnosis[] {
  const probe = new Probe(subject, own);
  if (probe.equal(claim.left, claim.right)) return [];
  const target = targetOf(subject, probe, claim);
  if (!target) return [];
  if (isFigures(claim.right)) return byFigures(subject, probe, target, claim);
  return byShape(probe, target, claim) ?? byValue(probe, target, claim);
}

/** Numbers as the quantities that they round, where the network has numbers; a bare result as what a slip gives. */
function byFigures(subject: Subject, probe: Probe, target: Target, { right }: Claim): readonly Diagnosis[] {
  const given = subject.given();
  if (!given) return [];
  const task = taskOf(probe, target, right);
  const left = claimedBy(probe, target);
  for (const line of inSymbols(task, given)) {
    // The formula is right, and its numbers are not.
    if (probe.equal(left, line)) return [];
    const found = line === right ? [] : byValue(probe, target, { left, right: line });
    if (found.some(({ code }) => !unspecific.has(code))) return found;
  }
  const bare = firstOfEach(givingTheNumber(task, given, suspectsIn(task, new Explainer(probe, task))));
  return bare.length <= mostForANumber ? bare.map(asDiagnosis) : [];
}

/** A number that more misconceptions give tells nothing. */
const mostForANumber = 3;

function claimedBy({ network }: Probe, target: Target): Expr {
  if (target.kind === "definition") return target.node.symbol;
  return network.graph.derivative(target.cone.top.symbol, target.cone.bottom.symbol);
}

/** A chain that breaks says all by itself. */
function byShape(probe: Probe, target: Target, claim: Claim): readonly Diagnosis[] | undefined {
  const { left, right, written } = claim;
  const slip =
    (written && unbalancedIndex(written.left, written.right)) ?? brokenChain(probe.scalar, right, left);
  if (!slip) return undefined;
  const { code, at = placeOf(target), factor } = slip;
  const task = taskOf(probe, target, right);
  const explainer = new Explainer(probe, task);
  const also = suspectsIn(task, explainer).filter(
    (suspect) => withBrokenChains.has(suspect.code) && explainer.explains(suspect.slip),
  );
  return [{ code, at, ...(factor && { factor }) }, ...firstOfEach(also).map(asDiagnosis)];
}

/** Misconceptions whose own chains do not telescope. */
const withBrokenChains: ReadonlySet<Diagnosis["code"]> = new Set(["transposed-jacobian"]);

function suspectsIn(task: Task, { mostOfEach }: Explainer): readonly Suspect[] {
  return misconceptions.flatMap(({ code, slips }) =>
    (slips?.(task) ?? []).slice(0, mostOfEach).map((slip): Suspect => ({ code, slip })),
  );
}

function byValue(probe: Probe, target: Target, { left, right }: Claim): readonly Diagnosis[] {
  const task = taskOf(probe, target, right);
  const explainer = new Explainer(probe, task);
  const suspects = suspectsIn(task, explainer);
  const alone = suspects.filter(({ slip }) => explainer.explains(slip));
  if (alone.length > 0) return firstOfEach(alone).map(asDiagnosis);
  const found = repair(task, probe, left);
  const change = found && probe.equal(left, found.repaired) ? found : undefined;
  if (change && !unspecific.has(change.code)) return [ofChange(change, target)];
  const pair = pairOf(task, suspects, explainer);
  if (pair) return pair.map((suspect) => ({ ...asDiagnosis(suspect), together: true }));
  return change ? [ofChange(change, target)] : [];
}

/** Nobody writes out longer chains: in larger networks the edges next to what is derived by. */
const mostEdges = 300;

function everythingMadeOf(node: ScalarNode): ReadonlySet<ScalarNode> {
  const found = new Set([node]);
  for (const each of found) for (const { of } of each.users) found.add(of);
  return found;
}

/** What the rows are asked about: everything of the target, and what was said of it. */
export function taskOf(probe: Probe, target: Target, said: Expr): Task {
  const { network, scalar, alike } = probe;
  const isStep = target.kind === "update";
  const named = namedErrors(probe, said);
  const edges =
    target.kind === "definition" || (isStep && named.has(target.cone.bottom))
      ? []
      : edgesUpTo(target.cone, named).slice(-mostEdges);
  const known = new Map<ScalarNode, ReadonlySet<ScalarNode>>();
  const madeOf = (node: ScalarNode): ReadonlySet<ScalarNode> =>
    remembered(known, node, () => everythingMadeOf(node));
  return { network, scalar, graph: network.graph, target, said, edges, madeOf, alike };
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

export function placeOf(target: Target): ScalarNode {
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
    if (node.kind === "derivative" && isSymbolOf(node.of, losses)) named.add(node.by);
  }
  return new Set(scalar.nodes.filter(({ symbol }) => named.has(symbol)));
}
