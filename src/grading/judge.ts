// The verdict on one relation: about the network, and, where that is false, about the student's own earlier results.
//
// A name that the student has given a wrong value stands for that value from then on. `∂E/∂w_1 = δ_1 x_1` after a
// wrong δ_1 is false of the network, and yet the right rule: it follows through.
import { some } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { Instance, ReadRelation, RelationReading } from "../reading/statement.ts";
import { claimOf } from "./claim.ts";
import { compare } from "./compare.ts";
import type { Comparison } from "./comparison.ts";
import { isNothingOwn, type OwnResults, withoutClaim, withoutTrivial } from "./own.ts";
import { brokenChain, type StructureSlip } from "./structure.ts";
import type { Subject } from "./subject.ts";

/** In this order the first that one of several relations has is the verdict on all of them. */
export const verdicts = ["false", "undecided", "unreadable", "conditional", "notation", "true"] as const;

export type Verdict = (typeof verdicts)[number];

/** The gravest of them; nothing of none. */
export function gravest(found: Iterable<Verdict>): Verdict | undefined {
  const all = new Set(found);
  return verdicts.find((verdict) => all.has(verdict));
}

/** The reading that was judged, and the instance and comparison that decided. */
interface Judged {
  readonly reading: RelationReading;
  readonly instance: Instance;
  readonly comparison: Comparison;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** False of the network, and right of the student's own earlier results. */
  readonly followThrough: boolean;
  /** Right only because an earlier wrong result was trivial: 0, 1, or one that takes the difficulty away. */
  readonly trivial: boolean;
  /** True of the network although it builds on a wrong result: two errors cancel, or the student has seen the truth. */
  readonly cancels: boolean;
  /** Absent where shapes do not fit: then nothing can be compared. */
  readonly judged?: Judged;
  /** A chain that does not telescope although its value is right. */
  readonly slip?: StructureSlip;
}

/** Judges every reading and keeps the kindest; each of its instances must hold. */
export function judge(subject: Subject, relation: ReadRelation, own: OwnResults): Judgement {
  if (relation.readings.length === 0) return outright("false");
  const judged = relation.readings.map((reading) => judgeReading(subject, reading, own));
  const kindest = judged.reduce((best, each) => (graver(best, each) ? each : best));
  if (relation.sign === "≠") return denied(kindest);
  if (kindest.verdict !== "true") return kindest;
  const slip = chainSlip(subject, kindest.judged!.reading);
  if (slip === undefined && relation.slips.length === 0) return kindest;
  return { ...kindest, verdict: "notation", ...(slip && { slip }) };
}

/** What is said not to be equal. */
function denied(judgement: Judgement): Judgement {
  const opposite: Partial<Record<Verdict, Verdict>> = { true: "false", false: "true" };
  const verdict = opposite[judgement.verdict] ?? judgement.verdict;
  return { ...judgement, verdict, followThrough: false, trivial: false, cancels: false };
}

/** The first chain of inert derivatives that does not telescope although its value is right. */
function chainSlip(
  { scalar }: Subject,
  { left, right, instances }: RelationReading,
): StructureSlip | undefined {
  // A sum over all units has terms of units that nothing leads to: they are 0, and no break.
  if ([left, right].some((side) => some(side, ({ kind }) => kind === "sum"))) return undefined;
  for (const instance of instances) {
    const slip = brokenChain(scalar, instance.right, instance.left) ?? brokenChain(scalar, instance.left);
    if (slip) return slip;
  }
  return undefined;
}

const graver = (one: Judgement, other: Judgement): boolean =>
  verdicts.indexOf(one.verdict) < verdicts.indexOf(other.verdict) ||
  (one.verdict === other.verdict && !earns(one) && earns(other));

/** Whether the relation is worth its points. */
export function earns({ verdict, followThrough, trivial, cancels }: Judgement): boolean {
  if (trivial) return false;
  return (
    followThrough || cancels || verdict === "true" || verdict === "notation" || verdict === "conditional"
  );
}

/** False, and neither because of an earlier line nor made easy by one. */
export function isWrong({ verdict, followThrough, trivial, cancels }: Judgement): boolean {
  return verdict === "false" && !followThrough && !trivial && !cancels;
}

function judgeReading(subject: Subject, reading: RelationReading, own: OwnResults): Judgement {
  let worst: Judgement | undefined;
  for (const instance of reading.instances) {
    const { comparison, ...judgement } = judgeInstance(subject, instance, own);
    const judged = { ...judgement, judged: { reading, instance, comparison } };
    if (worst === undefined || graver(judged, worst)) worst = judged;
    if (worst.verdict === "false" && !earns(worst)) break;
  }
  return worst!;
}

interface InstanceJudgement extends Omit<Judgement, "judged" | "slip"> {
  readonly comparison: Comparison;
}

function judgeInstance(subject: Subject, { left, right }: Instance, own: OwnResults): InstanceJudgement {
  const plain = compare(subject, left, right);
  if (isNothingOwn(own)) return unaided(plain);
  const claim = claimOf(subject.network, left);
  return claim
    ? judgeClaim(subject, left, right, plain, withoutClaim(own, claim))
    : judgeStep(subject, left, right, plain, own);
}

const outright = (verdict: Verdict): Judgement => ({
  verdict,
  followThrough: false,
  trivial: false,
  cancels: false,
});

const unaided = (comparison: Comparison): InstanceJudgement => ({
  ...outright(comparison.verdict),
  comparison,
});

/** What is said about a quantity of the network: the truth on the left, the student's results on the right. */
function judgeClaim(
  subject: Subject,
  left: Expr,
  right: Expr,
  plain: Comparison,
  own: OwnResults,
): InstanceJudgement {
  const said = compare(subject, left, right, { own, ownOn: "right" });
  // Two errors cancel: right of the student's own results, and as a statement about the network it stays false.
  if (said.verdict === "true" && plain.verdict === "false") return { ...unaided(plain), cancels: true };
  if (said.verdict !== "false") return unaided(said);
  const follows = (results: OwnResults): boolean =>
    compare(subject, left, right, { own: results }).verdict === "true";
  // A rule that holds by the names' own meanings is right whatever they were given.
  const byName = plain.verdict === "true" || plain.verdict === "conditional";
  return following(said, own, (results) => (byName && results === own) || follows(results));
}

/** From one formula to the next: both sides in the student's results where they are not equal by themselves. */
function judgeStep(
  subject: Subject,
  left: Expr,
  right: Expr,
  plain: Comparison,
  own: OwnResults,
): InstanceJudgement {
  const under = (results: OwnResults): Comparison => compare(subject, left, right, { own: results });
  if (plain.verdict !== "false")
    return { ...unaided(plain), cancels: plain.verdict === "true" && under(own).verdict === "false" };
  return following(plain, own, (results) => under(results).verdict === "true");
}

/** False of the network: does it follow, and does it follow without the results that make everything easy? */
function following(
  said: Comparison,
  own: OwnResults,
  follows: (results: OwnResults) => boolean,
): InstanceJudgement {
  const followThrough = follows(own);
  const honest = withoutTrivial(own);
  const trivial = followThrough && honest !== own && !follows(honest);
  return { ...unaided(said), followThrough: followThrough && !trivial, trivial };
}
