// A grade in our own JSON: every relation with its place, verdict, diagnosis and counterexample.
import type { JudgedRelation } from "../../grading/credit.ts";
import type { Diagnosis } from "../../grading/diagnose.ts";
import { reasonSentence } from "../../grading/feedback.ts";
import type { Finding, Grade, GradedStep } from "../../grading/grade.ts";
import { isWrong } from "../../grading/judge.ts";
import { conditionOf, looking, remarksOn, type Telling } from "../../grading/remarks.ts";
import { gradingWordings } from "../../grading/wording/wordings.ts";
import type { Span } from "../../reading/item.ts";
import { namedSentences } from "../named.ts";
import { type Aloud, aloud, lineAloud } from "../print/line.ts";
import type { Printing } from "../print/scope.ts";

/** The JSON value; fields without a value are absent. */
export function nativeGrade(grade: Grade, printing: Printing, telling: Telling): object {
  const words = gradingWordings[telling.language];
  return {
    score: grade.score,
    maxScore: grade.maxScore,
    needsReview: grade.reasons.length > 0,
    reasons: grade.reasons.map((reason) => reasonSentence(reason, words)),
    notation: grade.notation.key,
    steps: grade.steps.map((step) => stepOf(step, printing, telling)),
    rubric: grade.awards.map(({ requirement, points, met }) => ({
      id: requirement.id,
      points,
      maxPoints: requirement.maxPoints,
      met,
    })),
  };
}

function stepOf(graded: GradedStep, printing: Printing, telling: Telling): object {
  const { step, verdict, followThrough, points, maxPoints, relations, findings } = graded;
  const unread = step.statements.filter((statement) => statement.kind === "unreadable");
  return {
    index: step.index,
    ...(step.id !== undefined && { id: step.id }),
    source: step.source,
    ...(relations.length > 0 && readAs(relations, printing, telling)),
    points,
    maxPoints,
    ...(verdict && { verdict }),
    followThrough,
    relations: relations.map((judged, position) =>
      relationOf(judged, findings[position]!, printing, telling),
    ),
    ...(unread.length > 0 && {
      unreadable: unread.map(({ span, failure }) => ({ span: placeOf(span), message: failure.message })),
    }),
  };
}

/** All relations of a step in one line. */
function readAs(relations: readonly JudgedRelation[], printing: Printing, { language }: Telling): Aloud {
  const lines = relations.flatMap(({ judged, relation }) => {
    if (!judged) return [];
    const { left, right } = judged.reading;
    const sides = [left, right].map((expr) => ({ kind: "expr", expr }) as const);
    return [lineAloud({ sides, signs: [relation.sign === "≠" ? "=" : relation.sign] }, printing, language)];
  });
  return {
    latex: lines.map(({ latex }) => latex).join(",\\quad "),
    speech: lines.map(({ speech }) => speech).join("; "),
  };
}

function relationOf(judged: JudgedRelation, finding: Finding, printing: Printing, telling: Telling): object {
  const { relation, verdict, followThrough } = judged;
  const condition = conditionOf(judged, gradingWordings[telling.language]);
  const [likeliest, ...others] = finding.diagnoses.map((diagnosis) =>
    diagnosisOf(diagnosis, printing, telling),
  );
  return {
    left: placeOf(relation.left),
    right: placeOf(relation.right),
    verdict,
    followThrough,
    ...namedSentences("message", remarksOn(judged, finding, telling), printing, telling.language),
    ...(condition && namedSentences("condition", [condition], printing, telling.language)),
    ...(likeliest && { diagnosis: likeliest }),
    ...(others.length > 0 && { alternatives: others }),
    ...(isWrong(judged) && telling.reveal !== "hint" && counterexampleOf(judged)),
  };
}

/** With `hint` only the place is told. */
function diagnosisOf(
  { code, at, factor, missing, together }: Diagnosis,
  printing: Printing,
  telling: Telling,
): object {
  const { id } = at;
  if (telling.reveal === "hint") return { at: id };
  const look = looking({ code, at, ...(factor && { factor }) }, telling.language);
  return {
    code,
    ...namedSentences("message", [look], printing, telling.language),
    at: id,
    ...(missing && { missing: missing.map((node) => node.id) }),
    ...(factor && aloud(factor, printing, telling.language)),
    ...(together && { together }),
  };
}

function counterexampleOf({ judged }: JudgedRelation): object {
  const comparison = judged?.comparison;
  if (comparison?.verdict !== "false" || comparison.counterexample === undefined) return {};
  const { bindings, left, right } = comparison.counterexample;
  return { counterexample: { bindings, left, right } };
}

const placeOf = ({ start, end }: Span): readonly [start: number, end: number] => [start, end];
