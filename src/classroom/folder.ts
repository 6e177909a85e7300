// A folder of submissions: one file for each student, graded one after the other, feedback written beside the marks.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { Failure } from "../failure.ts";
import type { Override } from "./overrides.ts";
import { type Graded, marksTable, type Summary, summarise } from "./summary.ts";

/** What a file of a submission may be: text with formulas, in LaTeX, Markdown or plain. */
const extensions: ReadonlySet<string> = new Set([".tex", ".md", ".txt"]);

export interface Submitted {
  /** The file's name without its extension. */
  readonly id: string;
  readonly source: string;
}

/** The submissions of a folder in the order of their names. Throws Failure where two files have one name, or none fits. */
export function submissionsIn(folder: string): readonly Submitted[] {
  const names = namesIn(folder).filter((name) => extensions.has(extname(name).toLowerCase()));
  if (names.length === 0)
    throw new Failure(
      "not-found",
      `The folder "${folder}" has no submissions; put one file for each student there, ending in ${[...extensions].join(", ")}.`,
    );
  const files = names
    .toSorted(natural.compare)
    .map((name) => ({ id: name.slice(0, -extname(name).length), name }));
  const twice = files.find(({ id }, position) => files.findIndex((other) => other.id === id) !== position);
  if (twice)
    throw new Failure(
      "duplicate-name",
      `The folder "${folder}" has two submissions of "${twice.id}"; keep one of the files.`,
    );
  return files.map(({ id, name }) => ({ id, source: readFileSync(join(folder, name), "utf8") }));
}

const natural = new Intl.Collator("en", { numeric: true, sensitivity: "variant" });

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [entry.name] : [],
    );
  } catch (error) {
    const reasons: Record<string, string> = { ENOENT: "does not exist", ENOTDIR: "is not a folder" };
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ""] ?? "cannot be read";
    throw new Failure("not-found", `The folder "${folder}" ${reason}; name the folder with the submissions.`);
  }
}

/** Grades one submission and writes the feedback on it. */
interface Marker {
  readonly grade: (source: string) => Graded["grade"];
  readonly feedback: (grade: Graded["grade"]) => Uint8Array;
}

export interface ClassOptions {
  readonly marker: Marker;
  readonly overrides?: ReadonlyMap<string, Override>;
  /** Where feedback and marks go; nothing is written without it. */
  readonly out?: string;
  /** Of the feedback files, without the dot. */
  readonly extension: string;
  readonly progress: (done: number, of: number) => void;
}

/** Grades everybody: `ID.html` for each student, `marks.csv` and `summary.json` for the class. */
export function gradeClass(submissions: readonly Submitted[], options: ClassOptions): Summary {
  const { marker, overrides, out, extension, progress } = options;
  if (out !== undefined) mkdirSync(out, { recursive: true });
  const graded = submissions.map(({ id, source }, position): Graded => {
    const grade = marker.grade(source);
    if (out !== undefined) writeFileSync(join(out, `${id}.${extension}`), marker.feedback(grade));
    progress(position + 1, submissions.length);
    return { id, source, grade };
  });
  const summary = summarise(graded, overrides);
  if (out !== undefined) {
    writeFileSync(join(out, "marks.csv"), marksTable(summary));
    writeFileSync(join(out, "summary.json"), `${JSON.stringify(summary, null, 2)}\n`);
  }
  return summary;
}
