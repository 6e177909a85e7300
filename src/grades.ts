// Grades as they are asked for: the assignment made once, each submission graded by itself, written in its format.
import { networkOf, notationOf } from "./asked.ts";
import { requireSizes } from "./derivation/possible-forms.ts";
import { engine } from "./engine.ts";
import { Failure } from "./failure.ts";
import { feedback } from "./grading/feedback.ts";
import { type Assignment, assignmentOf, type Grade, grade } from "./grading/grade.ts";
import { nextHint } from "./grading/hint.ts";
import type { Telling } from "./grading/remarks.ts";
import { dialect } from "./notation/dialect.ts";
import type { GradeRequest, HintRequest } from "./request/schema.ts";
import { type DocumentFormat, writeDocument } from "./writers/formats.ts";
import { type GradeFormat, gradeFormats } from "./writers/grades/formats.ts";
import { hintAnswer } from "./writers/grades/hint.ts";
import { standardDigits } from "./writers/print/number.ts";
import type { Printing } from "./writers/print/scope.ts";

type Submitted = NonNullable<GradeRequest["submission"]>;

/** A request without anything to grade. */
export type AssignmentRequest = Omit<GradeRequest, "submission" | "submissions">;

/** An assignment that any number of submissions are graded against. */
export interface Grader {
  readonly grade: (submission: Submitted) => Grade;
  /** The grade in a format of a course system; without one, in the assignment's. */
  readonly result: (grade: Grade, id?: string, format?: GradeFormat) => object;
  /** The feedback for the student as a document. */
  readonly feedback: (grade: Grade, format: DocumentFormat) => string;
}

/** Throws Failure for a network, target, notation or rubric that cannot be used. */
export function grader(request: AssignmentRequest): Grader {
  const assignment = assignmentFor(request);
  const telling: Telling = { language: request.language ?? "en", reveal: request.reveal ?? "diagnosis" };
  return {
    grade: (submission) => grade(assignment, submission),
    result: (marked, id, format = request.format ?? "native") =>
      gradeFormats[format]({
        grade: marked,
        printing: printingOf(assignment, marked),
        telling,
        ...(id !== undefined && { id }),
        ...(request.timestamp !== undefined && { timestamp: request.timestamp }),
      }),
    feedback: (marked, format) =>
      writeDocument(feedback(marked, { ...telling, engine }), printingOf(assignment, marked), format),
  };
}

function assignmentFor({
  network: description,
  target,
  notation,
  learningRate,
  rubric = {},
}: AssignmentRequest): Assignment {
  const network = networkOf(description);
  requireSizes(network, "Grades are about");
  const declared = notation && notationOf(network, notation);
  return assignmentOf(network, target, rubric, {
    ...(declared && { notation: declared }),
    ...(learningRate !== undefined && { learningRate }),
  });
}

/** In the student's own dialect. */
function printingOf({ network }: Assignment, { notation }: Grade): Printing {
  return { dialect: dialect(network, notation), digits: standardDigits };
}

/**
 * The answer of `POST /v1/grades`: one grade, or one for each of `submissions` in their order. A submission that
 * cannot be read is graded as such and fails no other.
 */
export function grades(request: GradeRequest): object {
  const { submission, submissions } = request;
  if (submission === undefined && submissions === undefined) throw withoutSubmission();
  if (submission !== undefined && submissions !== undefined)
    throw new Failure(
      "impossible-request",
      'The request has both "submission" and "submissions"; send the one submission, or the list.',
      { pointer: "/submissions" },
    );
  const marker = grader(request);
  if (submission !== undefined) return marker.result(marker.grade(submission));
  return { results: submissions!.map((each) => marker.result(marker.grade(each.submission), each.id)) };
}

/** The answer of `POST /v1/hints`: the next step after the lines that stand. */
export function hint({
  network: description,
  target,
  notation,
  submission,
  language = "en",
}: HintRequest): object {
  const assignment = assignmentFor({ network: description, target, ...(notation && { notation }) });
  const found = nextHint(assignment, submission ?? []);
  return hintAnswer(found, printingOf(assignment, found.grade), { language, reveal: "diagnosis" });
}

/** The feedback on the one submission of a request. Throws Failure where there are several, or none. */
export function gradeFeedback(request: GradeRequest, format: DocumentFormat): string {
  if (request.submission === undefined)
    throw request.submissions === undefined
      ? withoutSubmission()
      : new Failure(
          "impossible-request",
          'Feedback as a document is about one submission; send "submission" instead of "submissions", or ask for application/json.',
          { pointer: "/submissions" },
        );
  const marker = grader(request);
  return marker.feedback(marker.grade(request.submission), format);
}

function withoutSubmission(): Failure {
  return new Failure(
    "impossible-request",
    'The request has no submission to be graded; put the student\'s lines under "submission", or several students\' under "submissions".',
    { pointer: "" },
  );
}
