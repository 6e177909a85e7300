// What the product says of lines: one verdict for each equality sign, or that it cannot be read.
import { type JudgedStep, judgeSteps } from "../../../src/grading/credit.ts";
import type { Subject } from "../../../src/grading/subject.ts";
import type { Notation } from "../../../src/notation/notation.ts";
import { readSubmission } from "../../../src/reading/submission.ts";

/** Of one line by itself. */
export function verdictsOf(subject: Subject, notation: Notation, line: string): readonly string[] {
  const { steps } = readSubmission(subject.network, notation, [line]);
  return verdictsIn(judgeSteps(subject, steps)[0]!);
}

/** In the order of the line; a definition has none. */
export function verdictsIn({ step, relations }: JudgedStep): readonly string[] {
  const verdicts = relations.values();
  return step.statements.flatMap((statement) => {
    if (statement.kind === "unreadable") return ["unreadable"];
    return statement.kind === "relation" ? [verdicts.next().value!.verdict] : [];
  });
}
