// The formats of a grade, one row each: ours, and what course systems read.
import { reasonSentence } from "../../grading/feedback.ts";
import type { Grade } from "../../grading/grade.ts";
import { pointsText } from "../../grading/points.ts";
import type { Telling } from "../../grading/remarks.ts";
import { remarksOn } from "../../grading/remarks.ts";
import { gradingWordings } from "../../grading/wording/wordings.ts";
import type { Printing } from "../print/scope.ts";
import { textInlines } from "../text.ts";
import { nativeGrade } from "./native.ts";

/** A grade on its way to a format. */
interface WrittenGrade {
  readonly grade: Grade;
  readonly printing: Printing;
  readonly telling: Telling;
  /** Of the submission, where it has one. */
  readonly id?: string;
  /** When it was handed in or graded, ISO 8601: the program has no clock of its own. */
  readonly timestamp?: string;
}

type GradeWriter = (written: WrittenGrade) => object;

/** Unicode text: neither system promises to set formulas. */
export const gradeFormats = {
  native: ({ grade, printing, telling, id }) => ({
    ...(id !== undefined && { id }),
    ...nativeGrade(grade, printing, telling),
  }),

  // gradescope/autograder_samples, "Output Format" of results.json.
  gradescope: (written) => {
    const { grade, printing, telling } = written;
    const words = gradingWordings[telling.language];
    const texts = stepTexts(written);
    return {
      score: grade.score,
      output: summary(written),
      output_format: "text",
      tests: grade.awards.map(({ requirement, points, met, shares }, position) => ({
        name: words.requirements[requirement.kind],
        number: String(position + 1),
        score: points,
        max_score: requirement.maxPoints,
        status: met ? "passed" : "failed",
        output: [...new Set(shares.map(({ step }) => texts[step]!))].join("\n\n"),
        output_format: "text",
      })),
      extra_data: nativeGrade(grade, printing, telling),
    };
  },

  // PrairieLearn, "External grading", results.json: points are shown only where every test has them.
  prairielearn: (written) => {
    const { grade, telling } = written;
    const words = gradingWordings[telling.language];
    if (grade.reasons.some(({ kind }) => kind === "nothing-read") || nothingReadable(grade))
      return { gradable: false, format_errors: formatErrors(written) };
    const texts = stepTexts(written);
    return {
      gradable: true,
      score: grade.maxScore === 0 ? 0 : grade.score / grade.maxScore,
      message: summary(written),
      tests: grade.awards.map(({ requirement, points, shares }) => ({
        name: words.requirements[requirement.kind],
        points,
        max_points: requirement.maxPoints,
        message: [...new Set(shares.map(({ step }) => texts[step]!))].join("\n\n"),
      })),
    };
  },

  // IMS Global, LTI Assignment and Grade Services 2.0 (2019), section 3.4: PendingManual asks for a person.
  "lti-score": (written) => {
    const { grade, id, timestamp } = written;
    return {
      ...(id !== undefined && { userId: id }),
      scoreGiven: grade.score,
      scoreMaximum: grade.maxScore,
      comment: summary(written),
      ...(timestamp !== undefined && { timestamp }),
      activityProgress: "Completed",
      gradingProgress: grade.reasons.length > 0 ? "PendingManual" : "FullyGraded",
    };
  },
} as const satisfies Record<string, GradeWriter>;

export type GradeFormat = keyof typeof gradeFormats;

function nothingReadable({ steps }: Grade): boolean {
  return steps.every(({ relations }) => relations.length === 0);
}

function formatErrors({ grade, telling }: WrittenGrade): readonly string[] {
  const found = grade.steps.flatMap(({ step }) =>
    step.statements.flatMap((statement) =>
      statement.kind === "unreadable" ? [statement.failure.message] : [],
    ),
  );
  const words = gradingWordings[telling.language];
  return found.length > 0 ? found : [words.reasons["nothing-read"]()];
}

/** The score, and why a person should look. */
function summary({ grade, telling }: WrittenGrade): string {
  const words = gradingWordings[telling.language];
  return [
    words.score(pointsText(grade.score), pointsText(grade.maxScore)),
    ...grade.reasons.map((reason) => reasonSentence(reason, words)),
  ].join("\n");
}

/** Each line as it was written, with what is said about its relations. */
function stepTexts({ grade, printing, telling }: WrittenGrade): readonly string[] {
  return grade.steps.map(({ step, relations, findings }) =>
    [
      step.source,
      ...relations.map((judged, position) =>
        remarksOn(judged, findings[position]!, telling)
          .map((sentence) => textInlines(sentence, printing))
          .join(" "),
      ),
    ].join("\n"),
  );
}
