// Fields inside a question's text, in Moodle's own language for them: {1:NUMERICAL:=0.25:0.001~%0%0.5:0.001#No}.
// Source: Moodle documentation, "Embedded Answers (Cloze) question type"; question/type/multianswer/questiontype.php.
import { htmlText } from "../writers/html-text.ts";

interface ClozeAnswer {
  readonly text: string;
  /** Relative to the points of the field, from 0 to 1. */
  readonly share: 0 | 1;
  readonly feedback?: string;
}

export function numericalField(
  answers: readonly (Omit<ClozeAnswer, "text"> & { readonly value: number; readonly tolerance: number })[],
): string {
  return field(
    "NUMERICAL",
    answers.map(({ value, tolerance, ...rest }) => ({ ...rest, text: `${value}:${tolerance}` })),
  );
}

/** A list to choose from; the order is the one that is given. */
export function choiceField(answers: readonly ClozeAnswer[]): string {
  return field(
    "MULTICHOICE",
    answers.map(({ text, ...rest }) => ({ ...rest, text: clozeText(text) })),
  );
}

function field(kind: string, answers: readonly ClozeAnswer[]): string {
  const written = answers.map(
    ({ text, share, feedback }) =>
      `${share === 1 ? "=" : "%0%"}${text}${feedback === undefined ? "" : `#${clozeText(feedback)}`}`,
  );
  return `{1:${kind}:${written.join("~")}}`;
}

/**
 * The words as HTML in which no character ends an answer or a field. Moodle takes back only two of the backslashes that its
 * documentation asks for, \\} and \\#, but every entity: what opens or ends something is one.
 */
function clozeText(text: string): string {
  return htmlText(text).replace(/[&{}~#=%"\\]/g, (character) => `&#${character.codePointAt(0)!};`);
}
