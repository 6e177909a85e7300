// The commands for work that was handed in, and for notes: grade, hint, lint.
import { autograderNames, autograders } from "../classroom/autograders.ts";
import { gradeFolder, gradeMounted } from "../classroom/command.ts";
import { marksTable } from "../classroom/summary.ts";
import { didYouMean } from "../failure.ts";
import { grades, hint as hintOn, lintPage } from "../index.ts";
import { unlimited } from "../limits.ts";
import { flagOptions, flagValues } from "../request/flags.ts";
import { documentFormats } from "../request/formats.ts";
import {
  checkGradeRequest,
  checkHintRequest,
  checkLintRequest,
  readDerivationRequest,
  readGradeRequest,
  readHintRequest,
} from "../request/read.ts";
import { GradeRequest, HintRequest, LintRequest } from "../request/schema.ts";
import type { DocumentFormat } from "../writers/formats.ts";
import { type Command, flag, located, text, UsageError, type Values } from "./command.ts";
import { bodyOf, type Terminal, write } from "./terminal.ts";

const gradeSchemas = [GradeRequest];
const hintSchemas = [HintRequest];
const lintSchemas = [LintRequest];

export const grade: Command = {
  usage:
    "grade FILE|-  |  grade --assignment FILE FOLDER [--out FOLDER] [--overrides FILE]  |  grade --gradescope|--prairielearn [FOLDER]",
  summary: "Grade the submission in FILE, the submissions in a folder, or what a course system has mounted.",
  options: {
    out: text,
    assignment: text,
    overrides: text,
    gradescope: flag,
    prairielearn: flag,
    feedback: text,
    ...flagOptions(gradeSchemas),
  },
  operands: [0, 1],
  run: ([file], values, terminal) => {
    const system = autograderNames.find((name) => values[name] === true);
    if (system) {
      gradeSystem(system, file, values, terminal);
      return undefined;
    }
    if (file === undefined)
      throw new UsageError("FILE is missing. handgrad grade --help shows the ways to grade.");
    if (typeof values.assignment === "string") {
      gradeAll(file, values.assignment, values, terminal);
      return undefined;
    }
    const reading = readGradeRequest(bodyOf(file!, terminal), unlimited);
    const request = checkGradeRequest({ ...reading.request, ...flagValues(gradeSchemas, values) });
    write(
      located(reading, () => JSON.stringify(grades(request))),
      values,
      terminal,
    );
  },
};

export const hint: Command = {
  usage: "hint FILE|- [--out FILE] [field flags]",
  summary: "Give the next step of the unfinished derivation in FILE: a question, the rule, the formula.",
  options: { out: text, ...flagOptions(hintSchemas) },
  operands: [1, 1],
  run: ([file], values, terminal) => {
    const reading = readHintRequest(bodyOf(file!, terminal), unlimited);
    const request = checkHintRequest({ ...reading.request, ...flagValues(hintSchemas, values) });
    write(
      located(reading, () => JSON.stringify(hintOn(request))),
      values,
      terminal,
    );
  },
};

export const lint: Command = {
  usage: "lint PAGE|- [--network FILE] [--format json|text|sarif] [--out FILE] [field flags]",
  summary:
    "Hold a page of notes against a network, or against the example that fits it best; exit code 1 where something is wrong.",
  options: { network: text, out: text, ...flagOptions(lintSchemas) },
  operands: [1, 1],
  run: ([file], values, terminal) => {
    const { network, ...flags } = values;
    const request = checkLintRequest({
      page: Buffer.from(bodyOf(file!, terminal)).toString("utf8"),
      ...(file !== "-" && { name: file }),
      ...(typeof network === "string" && { network: networkOf(bodyOf(network, terminal)) }),
      format: "text",
      ...flagValues(lintSchemas, flags),
    });
    const { text: report, hasErrors } = lintPage(request);
    write(report, values, terminal);
    return hasErrors ? 1 : 0;
  },
};

/** The network of a request, or a network alone. */
function networkOf(body: Uint8Array): unknown {
  return readDerivationRequest(body, unlimited).request.network;
}

/** A class in a folder; without `--out` the list of marks goes to the output. */
function gradeAll(folder: string, assignment: string, values: Values, terminal: Terminal): void {
  const { out, overrides, feedback } = values;
  const summary = gradeFolder(
    folder,
    {
      assignment,
      format: typeof feedback === "string" ? feedbackFormat(feedback) : "html",
      ...(typeof out === "string" && { out }),
      ...(typeof overrides === "string" && { overrides }),
    },
    (done, of) => terminal.error(`\r${progressBar(done, of)}${done === of ? "\n" : ""}`),
  );
  if (out === undefined) terminal.output(marksTable(summary));
}

function feedbackFormat(name: string): DocumentFormat {
  const known = feedbackFormats.find((format) => format === name);
  if (known !== undefined) return known;
  throw new UsageError(
    `There is no feedback as "${name}".${didYouMean(name, feedbackFormats)} The formats are ${feedbackFormats.join(", ")}.`,
  );
}

/** The formats of files for students; the list of marks is the one that programs read. */
const feedbackFormats = documentFormats.filter((format) => format !== "json");

/** Characters of the bar between its brackets. */
const barWidth = 30;

function progressBar(done: number, of: number): string {
  const filled = Math.round((barWidth * done) / of);
  return `[${"#".repeat(filled)}${".".repeat(barWidth - filled)}] ${done}/${of}`;
}

function gradeSystem(
  system: (typeof autograderNames)[number],
  root: string | undefined,
  { assignment }: Values,
  terminal: Terminal,
): void {
  const file = typeof assignment === "string" ? assignment : undefined;
  terminal.output(`${gradeMounted(autograders[system], root, file)}\n`);
}
