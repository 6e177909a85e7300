// A submission graded: read, judged relation by relation, and marked by the rubric.
import type { EquationLine } from "../derivation/document.ts";
import type { ScalarNode } from "../derivative/scalar.ts";
import { fromNumber } from "../expression/rational.ts";
import { didYouMean, Failure } from "../failure.ts";
import { overSamples } from "../network/batch.ts";
import type { Network } from "../network/network.ts";
import type { Notation } from "../notation/notation.ts";
import { notations } from "../notation/rows.ts";
import type { SubmissionEntry } from "../reading/statement.ts";
import { readSubmission } from "../reading/submission.ts";
import { claimOf } from "./claim.ts";
import { isConstant } from "./constant.ts";
import { type JudgedRelation, type JudgedStep, judgeSteps } from "./credit.ts";
import { type Diagnosis, diagnose } from "./diagnose.ts";
import { gravest, isWrong, type Verdict } from "./judge.ts";
import { sumOfPoints } from "./points.ts";
import { type RubricOptions, requirements } from "./rubric.ts";
import { saturatedAt } from "./saturation.ts";
import { type Award, awards } from "./score.ts";
import { diagnoseShape, Rereading } from "./shapes.ts";
import { Solutions } from "./solution.ts";
import { Subject } from "./subject.ts";

/** What submissions are graded against; made once for all of them. */
export interface Assignment {
  readonly network: Network;
  readonly subject: Subject;
  readonly solutions: Solutions;
  /** Absent: the dialect is inferred from each submission. */
  readonly notation?: Notation;
  readonly targets?: readonly ScalarNode[];
  readonly rubric: RubricOptions;
}

/** What is known about a relation besides its verdict. */
export interface Finding {
  /** Most likely first. */
  readonly diagnoses: readonly Diagnosis[];
  /** What the network gives for the head of the chain; absent for formulas that no name stands for. */
  readonly solution?: EquationLine;
  /** Of a true line that comes to 0: where an activation is flat. */
  readonly saturated?: ScalarNode;
}

export interface GradedStep extends JudgedStep {
  /** Absent where the line says nothing that could be true or false: words alone. */
  readonly verdict?: Verdict;
  readonly followThrough: boolean;
  readonly points: number;
  readonly maxPoints: number;
  /** Of each relation, in their order. */
  readonly findings: readonly Finding[];
}

/** Why a person should look; `step` is a position in the list of steps. */
interface Reason {
  readonly kind: "unreadable" | "undecided" | "conditional" | "cancels" | "nothing-read";
  readonly step?: number;
}

export interface Grade {
  readonly score: number;
  readonly maxScore: number;
  readonly reasons: readonly Reason[];
  readonly steps: readonly GradedStep[];
  readonly awards: readonly Award[];
  /** The dialect that was declared or inferred. */
  readonly notation: Notation;
}

export interface AssignmentOptions {
  /** Absent: inferred from each submission. */
  readonly notation?: Notation;
  /** Absent: η is as free as a weight. */
  readonly learningRate?: number;
}

/** Throws Failure "unknown-name" for a target that the network does not have. */
export function assignmentOf(
  single: Network,
  target: string | readonly string[] | undefined,
  rubric: RubricOptions,
  { notation, learningRate }: AssignmentOptions = {},
): Assignment {
  const network = single.samples.count > 1 ? overSamples(single, "rows") : single;
  const rate = learningRate === undefined ? undefined : fromNumber(learningRate);
  const subject = new Subject(network, rate, single);
  const targets = target === undefined ? undefined : targetsOf(subject, target);
  return {
    network,
    subject,
    solutions: new Solutions(network),
    rubric,
    ...(notation && { notation }),
    ...(targets && { targets }),
  };
}

function targetsOf({ scalar }: Subject, target: string | readonly string[]): readonly ScalarNode[] {
  const list = typeof target === "string" ? [target] : target;
  return list.map((id, position) => {
    const node = scalar.byId.get(id);
    if (node) return node;
    const pointer = typeof target === "string" ? "/target" : `/target/${position}`;
    throw new Failure(
      "unknown-name",
      `The target "${id}" is nothing that this network's loss depends on.${didYouMean(id, scalar.byId.keys())} Name a parameter by its id.`,
      { pointer },
    );
  });
}

/** Deterministic: the same submission gives the same grade. */
export function grade(assignment: Assignment, submission: string | readonly SubmissionEntry[]): Grade {
  const { network, subject, notation, rubric } = assignment;
  const read = readSubmission(network, notation, submission);
  const judged = judgeSteps(subject, read.steps, { tolerance: rubric.tolerance });
  const targets = assignment.targets ?? claimedParameters(assignment, judged);
  const marking = { network, scalar: subject.scalar, options: rubric };
  const found = awards(marking, requirements(subject.single, subject.scalar, targets, rubric), judged);
  const spoken = notation ?? notations[read.notation as keyof typeof notations];
  const rereading = new Rereading();
  const steps = judged.map((step, position) =>
    gradedStep({ ...assignment, notation: spoken, rereading }, step, position, found),
  );
  return {
    score: sumOfPoints(found.map(({ points }) => points)),
    maxScore: sumOfPoints(found.map(({ requirement }) => requirement.maxPoints)),
    reasons: reasonsOf(steps),
    steps,
    awards: found,
    notation: spoken,
  };
}

/** Where nothing was asked for: every parameter whose derivative the submission speaks of. */
function claimedParameters(
  { network, subject }: Assignment,
  steps: readonly JudgedStep[],
): readonly ScalarNode[] {
  const parameters = new Set(network.parameters);
  const heads = steps.flatMap(({ relations }) => relations.flatMap((relation) => relation.heads));
  const symbols = heads.flatMap((head) => {
    const claim = claimOf(network, head);
    return claim?.kind === "adjoint" && parameters.has(claim.of.quantity) ? [claim.of] : [];
  });
  const wanted = new Set<unknown>(symbols);
  return subject.scalar.nodes.filter(({ symbol }) => wanted.has(symbol));
}

function gradedStep(
  assignment: Assignment & { readonly notation: Notation; readonly rereading: Rereading },
  step: JudgedStep,
  position: number,
  found: readonly Award[],
): GradedStep {
  const shares = found.flatMap(({ shares: all }) => all.filter((share) => share.step === position));
  const verdict = verdictOf(step);
  const wrong = step.relations.filter((relation) => relation.verdict === "false");
  const { subject, notation, rereading } = assignment;
  return {
    ...step,
    ...(verdict && { verdict }),
    followThrough: wrong.length > 0 && wrong.every(({ followThrough }) => followThrough),
    points: sumOfPoints(shares.map(({ points }) => points)),
    maxPoints: sumOfPoints(shares.map(({ maxPoints }) => maxPoints)),
    findings: step.relations.map((relation) =>
      withWriting(findingOf(assignment, relation), relation, () =>
        diagnoseShape(subject, notation, step.step.source, relation.relation, rereading),
      ),
    ),
  };
}

/** What values do not explain may lie in shapes and indices, which the text shows. */
function withWriting(
  finding: Finding,
  { relation, verdict, followThrough, consequence, judged }: JudgedRelation,
  diagnoses: () => Finding["diagnoses"],
): Finding {
  if (relation.shapeProblem !== undefined) return { diagnoses: diagnoses() };
  const isOfAny = (judged?.instance.at.length ?? 0) > 0;
  const isOpen = verdict === "false" && !followThrough && !consequence && finding.diagnoses.length === 0;
  return isOpen && isOfAny ? { ...finding, diagnoses: diagnoses() } : finding;
}

/** A definition makes its equality true. */
function verdictOf({ step: { statements }, relations }: JudgedStep): Verdict | undefined {
  const unread = statements.some(({ kind }) => kind === "unreadable");
  const defines = statements.some(({ kind }) => kind === "definition");
  return gravest([
    ...relations.map(({ verdict }) => verdict),
    ...(unread ? (["unreadable"] as const) : []),
    ...(defines ? (["true"] as const) : []),
  ]);
}

/** What is wrong is said once, where it stands first. */
export function findingOf({ network, subject, solutions }: Assignment, relation: JudgedRelation): Finding {
  const { judged, own } = relation;
  if (!judged || relation.consequence) return { diagnoses: [] };
  const { left, right } = judged.instance;
  const head = relation.heads[0] ?? left;
  if (!isWrong(relation)) {
    const saturated = isConstant(right) ? saturatedAt(subject, head) : undefined;
    return { diagnoses: [], ...(saturated && { saturated }) };
  }
  const claim = claimOf(network, head);
  const solution = claim && solutions.line(head, claim);
  const diagnoses = diagnose(subject, { left, right, head, written: judged.reading }, own);
  return { diagnoses, ...(solution && { solution }) };
}

function reasonsOf(steps: readonly GradedStep[]): readonly Reason[] {
  const reviewed = ["unreadable", "undecided", "conditional"] as const;
  const reasons = steps.flatMap(({ step, relations }, position): readonly Reason[] => {
    const kinds = new Set<string>([
      ...relations.map(({ verdict }) => verdict),
      ...step.statements.map(({ kind }) => kind),
    ]);
    return [
      ...reviewed.filter((kind) => kinds.has(kind)).map((kind) => ({ kind, step: position })),
      ...(relations.some(({ cancels }) => cancels) ? [{ kind: "cancels", step: position } as const] : []),
    ];
  });
  const isEmpty = steps.every(
    ({ relations, step }) => relations.length === 0 && step.statements.length === 0,
  );
  return isEmpty ? [{ kind: "nothing-read" }] : reasons;
}
