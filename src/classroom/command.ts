// The command line's grading of more than one file: a class in a folder, or what a course system has mounted.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import { type AssignmentRequest, type Grader, grader } from "../grades.ts";
import { unlimited } from "../limits.ts";
import { bytesOf, formats } from "../request/formats.ts";
import { readGradeRequest } from "../request/read.ts";
import type { DocumentFormat } from "../writers/formats.ts";
import { type Autograder, writeResult } from "./autograders.ts";
import { gradeClass, submissionsIn } from "./folder.ts";
import { readOverrides } from "./overrides.ts";
import type { Summary } from "./summary.ts";

export interface ClassFlags {
  readonly assignment: string;
  readonly overrides?: string;
  readonly out?: string;
  readonly format: DocumentFormat;
}

/** Grades the files of a folder. Throws Failure for a folder, assignment or override that cannot be used. */
export function gradeFolder(
  folder: string,
  { assignment, overrides, out, format }: ClassFlags,
  progress: (done: number, of: number) => void,
): Summary {
  const marker = graderOf(assignment);
  return gradeClass(submissionsIn(folder), {
    marker: {
      grade: marker.grade,
      feedback: (grade) => bytesOf(marker.feedback(grade, format), formats[format]),
    },
    ...(overrides !== undefined && { overrides: readOverrides(textOf(overrides, "overrides")) }),
    ...(out !== undefined && { out }),
    extension: formats[format].extension,
    progress,
  });
}

/** Grades what a course system left below `root`; returns the file with the result. */
export function gradeMounted(system: Autograder, root = system.root, assignment?: string): string {
  const marker = graderOf(assignment ?? join(root, system.assignment));
  const grade = marker.grade(system.submission(root));
  return writeResult(root, marker.result(grade, undefined, system.format));
}

function graderOf(file: string): Grader {
  const { request } = readGradeRequest(textOf(file, "assignment"), unlimited);
  const { submission: _one, submissions: _many, ...assignment } = request;
  return grader(assignment satisfies AssignmentRequest);
}

function textOf(file: string, what: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new Failure("not-found", `The ${what} "${file}" cannot be read; name the file that holds it.`);
  }
}
