// Course systems that run a grader on files, without a network: where each leaves the submission and looks for the result.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import type { GradeFormat } from "../writers/grades/formats.ts";
import { submissionsIn } from "./folder.ts";

export interface Autograder {
  readonly format: GradeFormat;
  /** The folder that the system mounts. */
  readonly root: string;
  /** The assignment within it, where the command line names no other. */
  readonly assignment: string;
  /** The student's text. Throws Failure where there is none, or more than one. */
  readonly submission: (root: string) => string;
}

/** By the name of their flag. */
export const autograders = {
  // gradescope-autograders.readthedocs.io: /autograder/submission holds the files that were handed in.
  gradescope: {
    format: "gradescope",
    root: "/autograder",
    assignment: "source/assignment.json",
    submission: (root) => onlyFileOf(join(root, "submission")),
  },
  // PrairieLearn, "External grading": /grade/data/data.json holds what was typed, /grade/student the files.
  prairielearn: {
    format: "prairielearn",
    root: "/grade",
    assignment: "tests/assignment.json",
    submission: (root) => typedAnswer(join(root, "data", "data.json")) ?? onlyFileOf(join(root, "student")),
  },
} as const satisfies Record<string, Autograder>;

export const autograderNames = Object.keys(autograders) as (keyof typeof autograders)[];

function onlyFileOf(folder: string): string {
  const found = submissionsIn(folder);
  if (found.length === 1) return found[0]!.source;
  throw new Failure(
    "impossible-request",
    `The folder "${folder}" has ${found.length} submissions; hand in one file.`,
  );
}

/** The text that was typed into the question's only text field, or into the one named "derivation". */
function typedAnswer(file: string): string | undefined {
  const answers = submittedAnswers(file);
  const texts = Object.entries(answers).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const named = texts.find(([name]) => name === "derivation");
  return named?.[1] ?? (texts.length === 1 ? texts[0]![1] : undefined);
}

function submittedAnswers(file: string): object {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {};
  }
  try {
    const { submitted_answers: answers } = JSON.parse(text) as { submitted_answers?: unknown };
    return typeof answers === "object" && answers !== null ? answers : {};
  } catch {
    throw new Failure("not-json", `The file "${file}" is not JSON; PrairieLearn writes it.`);
  }
}

/** Writes the result where the system looks for it: `results/results.json`. */
export function writeResult(root: string, result: object): string {
  const folder = join(root, "results");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "results.json");
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return file;
}
