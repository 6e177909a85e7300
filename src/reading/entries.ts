// A submission as entries: the strings of a list, or the lines of a text.
import type { SubmissionEntry } from "./statement.ts";

export interface Entry {
  readonly id?: string;
  readonly source: string;
}

export function entriesOf(submission: string | readonly SubmissionEntry[]): readonly Entry[] {
  if (typeof submission === "string") return linesOf(submission).map((source) => ({ source }));
  return submission.map((entry) =>
    typeof entry === "string"
      ? { source: entry }
      : { ...(entry.id !== undefined && { id: entry.id }), source: entry.latex },
  );
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
