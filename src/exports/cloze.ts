// Fields inside a question's text, in Moodle's own language for them: {1:NUMERICAL:=0.25:0.001~%0%0.5:0.001#No}.
// Source: Moodle documentation, "Embedded Answers (Cloze) question type".

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

/** Characters that end an answer or a field. */
function clozeText(text: string): string {
  return text.replace(/[}~#/"\\]/g, (character) => `\\${character}`);
}
