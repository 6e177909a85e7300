// Follow-through: the lines of a submission in order, each judged with what the student has claimed before it.
import { some } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { Instance, ReadRelation, ReadStep, RelationReading } from "../reading/statement.ts";
import { type Claim, claimOf } from "./claim.ts";
import { compare } from "./compare.ts";
import { isConstant } from "./constant.ts";
import { earns, type Judgement, judge } from "./judge.ts";
import { nothingOwn, type OwnResults, withClaim, withoutClaim } from "./own.ts";
import type { Subject } from "./subject.ts";

/** One relation of a line, judged. */
export interface JudgedRelation extends Judgement {
  readonly relation: ReadRelation;
  /** What the chain of equalities that it belongs to is about: the left sides at its head, instance by instance. */
  readonly heads: readonly Expr[];
  /** Only the side before it is wrong: this one is right again, and the relation between the two is false. */
  readonly consequence: boolean;
  /** The student's own results that it was judged with. */
  readonly own: OwnResults;
  /** From 0 to 1, what the chain is worth up to this relation. */
  readonly worth: number;
}

export interface JudgedStep {
  readonly step: ReadStep;
  readonly relations: readonly JudgedRelation[];
}

/** The part of a line's points that is for the method, where only its arithmetic fails. */
export const methodShare = 0.5;

export interface JudgingOptions {
  readonly following?: boolean;
  /** Relative error up to which numbers count as right; without it rounding alone decides. */
  readonly tolerance?: number | undefined;
}

/**
 * Judges all steps; the comparisons are linear in the relations. `following`: what has been claimed wrongly stands for
 * itself from then on; otherwise every line is about the network alone.
 */
export function judgeSteps(
  subject: Subject,
  steps: readonly ReadStep[],
  { following = true, tolerance }: JudgingOptions = {},
): readonly JudgedStep[] {
  let own = nothingOwn;
  let chain: readonly JudgedRelation[] = [];
  return steps.map((step) => {
    const relations = step.statements.flatMap((statement): readonly JudgedRelation[] => {
      if (statement.kind !== "relation") return [];
      const before = goesOn(statement, chain.at(-1)) ? chain : [];
      const judged = inChain(subject, judge(subject, statement, own), statement, before, { own, tolerance });
      chain = [...before, judged];
      if (following) own = resultsAfter(subject, own, chain);
      return [judged];
    });
    return { step, relations };
  });
}

/** a = b = c: a relation goes on where its left side is the right side of the one before, or is left out. */
function goesOn({ implicitLeft, left }: ReadRelation, before: JudgedRelation | undefined): boolean {
  if (before === undefined) return false;
  const { right } = before.relation;
  return implicitLeft || (left.start === right.start && left.end === right.end);
}

function inChain(
  subject: Subject,
  judged: Judgement,
  relation: ReadRelation,
  before: readonly JudgedRelation[],
  { own, tolerance }: { readonly own: OwnResults; readonly tolerance: number | undefined },
): JudgedRelation {
  const last = before.at(-1);
  const instances = judged.judged?.reading.instances ?? [];
  const heads = last?.heads ?? instances.map(({ left }) => left);
  const wrongBefore = last?.verdict === "false" && !last.followThrough && judged.verdict === "false";
  const consequence = wrongBefore && isRightAgain(subject, heads, instances, own);
  return {
    ...judged,
    cancels: judged.cancels || consequence,
    relation,
    own,
    heads,
    consequence,
    worth: worthOf(judged, before, tolerance),
  };
}

function isRightAgain(
  subject: Subject,
  heads: readonly Expr[],
  instances: RelationReading["instances"],
  own: OwnResults,
): boolean {
  const [head] = heads; // none where the shapes at the head of the chain do not fit
  return (
    head !== undefined &&
    instances.length > 0 &&
    instances.every(
      ({ right }, position) =>
        compare(subject, heads[position] ?? head, right, { own, ownOn: "right" }).verdict === "true",
    )
  );
}

function worthOf(
  judged: Judgement,
  before: readonly JudgedRelation[],
  tolerance: number | undefined,
): number {
  const sofar = before.at(-1)?.worth ?? 1;
  const accuracy = accuracyOf(judged);
  const isClose = tolerance === undefined || accuracy === undefined || accuracy <= tolerance;
  if (earns(judged)) return isClose ? sofar : Math.min(sofar, methodShare);
  if (tolerance !== undefined && accuracy !== undefined && isClose) return sofar;
  const sides = judged.judged && [judged.judged.instance.left, judged.judged.instance.right];
  return before.length > 0 && sides?.every(isConstant) ? Math.min(sofar, methodShare) : 0;
}

/** How far a line of numbers may be, or is, from the truth, relative to it; nothing for lines of formulas. */
function accuracyOf({ judged }: Judgement): number | undefined {
  const { comparison, instance } = judged ?? {};
  if (comparison?.verdict === "true") return comparison.coarse?.relative;
  if (comparison?.verdict !== "false" || !comparison.counterexample || !isNumeric(instance!))
    return undefined;
  const { left, right } = comparison.counterexample;
  return Math.abs(left - right) / Math.abs(left);
}

/** Whether one of the sides is a number that was measured or rounded. */
function isNumeric({ left, right }: Instance): boolean {
  return [left, right].some((side) => isConstant(side) && some(side, (node) => "decimals" in node));
}

/** The student's results after a relation: a head that was given a wrong value keeps it until it is given another. */
function resultsAfter(subject: Subject, own: OwnResults, chain: readonly JudgedRelation[]): OwnResults {
  const { heads, judged, worth, trivial } = chain.at(-1)!;
  if (!judged) return own;
  const { instances } = judged.reading;
  const isDoubtful = chain.some(({ verdict }) => verdict === "false");
  return heads.reduce<OwnResults>((results, head, position) => {
    const claim = claimOf(subject.network, head);
    const said = (instances[position] ?? instances[0]!).right;
    if (claim === undefined) return results;
    const others = withoutClaim(results, claim);
    if (!isDoubtful || compare(subject, head, said, { own: others, ownOn: "right" }).verdict !== "false")
      return others;
    if (isCircular(subject, others, claim, said)) return others;
    return withClaim(others, claim, said, trivial || (worth === 0 && isTrivialResult(said)));
  }, own);
}

/** Whether the claim would make a quantity depend on itself: nothing can be followed from there. */
function isCircular(subject: Subject, own: OwnResults, claim: Claim, said: Expr): boolean {
  if (claim.kind === "adjoint") return false;
  if (claim.kind === "local") return some(said, (node) => claimOf(subject.network, node)?.kind === "adjoint");
  const wiring = subject.world(0, "any", "total", own)?.wiring ?? subject.wiring;
  return some(said, (node) => {
    if (node.kind === "derivative" || (node.kind === "symbol" && node.quantity.adjointOf)) return true;
    return node.kind === "symbol" && wiring.dependsOn(node, claim.of);
  });
}

/** A whole number such as 0 or 1 in place of a formula; measured numbers have decimals. */
function isTrivialResult(said: Expr): boolean {
  return isConstant(said) && !(said.kind === "number" && said.decimals !== undefined);
}
