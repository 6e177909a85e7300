// Reads a case document: `#` or `##` a title, one sentence why, a JSON request, and a table of what its answer holds.
//
//   ## Title                                     | subject   | expected  |
//   One sentence why.                            |-----------|-----------|
//   ```json                                      | dE/dw_1   | 0.0821670 |
//   { "kind": "layers", … }                      | loss      | 0.298     |
//   ```
import { isPrinted } from "./printed.ts";

interface Row {
  readonly subject: string;
  /** A number to the digits that are to be met, or a text in backquotes. */
  readonly expected: string;
}

export interface Case {
  readonly title: string;
  readonly why: string;
  readonly request: string;
  readonly rows: readonly Row[];
}

/** The cases of one document; throws where a case lacks its sentence, its request or its table. */
export function readCases(document: string): readonly Case[] {
  return document
    .split(/^#+ (?=\S)/m)
    .slice(1)
    .filter((section) => section.includes("```json"))
    .map(readCase);
}

function readCase(section: string): Case {
  const [title = ""] = section.split("\n");
  const [before = "", request = "", after = ""] = section.slice(title.length).split(/^```(?:json)?$/m);
  const rows = after
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(1)
    .map(readRow);
  const why = before.trim();
  if (!/^[A-Z`].*\.$/s.test(why)) throw new Error(`The case "${title}" has no sentence why.`);
  if (rows.length === 0) throw new Error(`The case "${title}" expects nothing.`);
  return { title, why, request, rows };
}

function readRow(line: string): Row {
  const [subject, expected] = line.slice(1, line.lastIndexOf("|")).split(" | ");
  if (!subject || !expected) throw new Error(`The row ${line} is not | subject | expected |.`);
  return { subject: unquoted(subject), expected: expected.trim() };
}

/** Whether what an answer holds is what a row expects; thin spaces between factors are a matter of taste. */
export function meets(actual: unknown, expected: string): boolean {
  if (expected.startsWith("`")) return withoutSpaces(String(actual)) === withoutSpaces(unquoted(expected));
  return typeof actual === "number" && isPrinted(actual, expected);
}

function withoutSpaces(latex: string): string {
  return latex.replace(/(?<!\\)\\[, ] ?/g, "");
}

function unquoted(text: string): string {
  return text.trim().replace(/^`(.*)`$/, "$1");
}
