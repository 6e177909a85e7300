// The command line: the same requests, the same answers and the same sentences as over HTTP, offline.
import { createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { autograderNames, autograders } from "./classroom/autograders.ts";
import { gradeFolder, gradeMounted } from "./classroom/command.ts";
import { marksTable } from "./classroom/summary.ts";
import { engine } from "./engine.ts";
import { examples, exampleText } from "./examples.ts";
import { classSetFiles } from "./exports/class-set.ts";
import { folderFiles, type NamedFile, zipped } from "./exports/zip.ts";
import { didYouMean, Failure } from "./failure.ts";
import {
  derivation,
  type Format,
  grades,
  gradients,
  hint,
  lintPage,
  type Outside,
  seedsOf,
  variantFiles,
  worksheet,
  worksheetDocument,
  worksheetMoodle,
  worksheetPrairieLearn,
} from "./index.ts";
import { unlimited } from "./limits.ts";
import { flagOptions, flagValues, withFlags } from "./request/flags.ts";
import { bytesOf, documentFormats, formatNames, formatOfExtension, formats } from "./request/formats.ts";
import {
  asSent,
  checkDerivationRequest,
  checkGradeRequest,
  checkGradientsRequest,
  checkHintRequest,
  checkLintRequest,
  type Reading,
  readDerivationRequest,
  readGradeRequest,
  readGradientsRequest,
  readHintRequest,
  readWorksheetWith,
} from "./request/read.ts";
import {
  DerivationRequest,
  GradeRequest,
  GradientsRequest,
  HintRequest,
  LintRequest,
  Render,
  WorksheetRequest,
} from "./request/schema.ts";
import { type SheetFormat, sheetFormatNames, sheetFormats } from "./request/sheet-formats.ts";
import { serve, settingsOrExit } from "./serve.ts";
import { printSettings, webAddress } from "./settings.ts";
import type { DocumentFormat } from "./writers/formats.ts";

/** 0: answered; 1: the request was refused; 2: the command line itself was not understood. */
export type ExitCode = 0 | 1 | 2;

/** Where the command line reads and writes; tests hand in their own. */
export interface Terminal {
  readonly input: () => Uint8Array;
  readonly output: (answer: string | Uint8Array) => unknown;
  readonly error: (text: string) => unknown;
}

/** A mistake in the command line, as opposed to one in a request. */
class UsageError extends Error {}

type Values = Readonly<Record<string, string | boolean | undefined>>;

interface Command {
  readonly usage: string;
  readonly summary: string;
  /** Names of the options, each with whether it takes a value. */
  readonly options: Readonly<Record<string, { readonly type: "string" | "boolean" }>>;
  readonly operands: readonly [least: number, most: number];
  readonly run: (
    operands: readonly string[],
    values: Values,
    terminal: Terminal,
  ) => Promise<ExitCode | undefined> | ExitCode | undefined;
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const derivationSchemas = [DerivationRequest, Render];
const gradientsSchemas = [GradientsRequest];
const gradeSchemas = [GradeRequest];
const hintSchemas = [HintRequest];
const lintSchemas = [LintRequest];
const worksheetSchemas = [WorksheetRequest, Render];

const commands: Readonly<Record<string, Command>> = {
  derive: {
    usage: "derive FILE|- [--format FORMAT] [--out FILE] [--public-url ADDRESS] [field flags]",
    summary: "Derive every gradient of the network in FILE, with all steps.",
    options: { format: text, out: text, "public-url": text, ...flagOptions(derivationSchemas) },
    operands: [1, 1],
    run: ([file], values, terminal) => {
      const reading = readDerivationRequest(bodyOf(file!, terminal), unlimited);
      const flags = flagValues(derivationSchemas, values);
      const request = checkDerivationRequest(withFlags(reading.request, flags, Render));
      const format = formatOf(values);
      const beside = picturesBeside(values);
      const answer = located(reading, () => derivation(request, format, beside.outside));
      write(bytesOf(answer, formats[format]), values, terminal);
      for (const [out, svg] of beside.kept) write(svg, { out }, terminal);
    },
  },
  gradients: {
    usage: "gradients FILE|- [--out FILE] [field flags]",
    summary: "Compute the gradients of the network in FILE, numbers only.",
    options: { out: text, ...flagOptions(gradientsSchemas) },
    operands: [1, 1],
    run: ([file], values, terminal) => {
      const reading = readGradientsRequest(bodyOf(file!, terminal), unlimited);
      const request = checkGradientsRequest({ ...reading.request, ...flagValues(gradientsSchemas, values) });
      write(
        located(reading, () => JSON.stringify(gradients(request))),
        values,
        terminal,
      );
    },
  },
  grade: {
    usage:
      "grade FILE|-  |  grade --assignment FILE FOLDER [--out FOLDER] [--overrides FILE]  |  grade --gradescope|--prairielearn [FOLDER]",
    summary:
      "Grade the submission in FILE, the submissions in a folder, or what a course system has mounted.",
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
  },
  hint: {
    usage: "hint FILE|- [--out FILE] [field flags]",
    summary: "Give the next step of the unfinished derivation in FILE: a question, the rule, the formula.",
    options: { out: text, ...flagOptions(hintSchemas) },
    operands: [1, 1],
    run: ([file], values, terminal) => {
      const reading = readHintRequest(bodyOf(file!, terminal), unlimited);
      const request = checkHintRequest({ ...reading.request, ...flagValues(hintSchemas, values) });
      write(
        located(reading, () => JSON.stringify(hint(request))),
        values,
        terminal,
      );
    },
  },
  lint: {
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
  },
  worksheet: {
    usage: "worksheet FILE|- [--task TASK] [--format FORMAT] [--out FILE] [--roster FILE] [field flags]",
    summary:
      "Make problem sheets, their solutions and keys from the request or the network in FILE; with --out SET.zip a class set, for the students of a roster, one on each line.",
    options: { format: text, out: text, roster: text, ...flagOptions(worksheetSchemas) },
    operands: [1, 1],
    run: async ([file], values, terminal) => {
      const flags = { ...flagValues(worksheetSchemas, values), ...studentsIn(values, terminal) };
      const request = readWorksheetWith(bodyOf(file!, terminal), unlimited, (own) =>
        withFlags(own, flags, Render),
      );
      const format = sheetFormatOf(values);
      if (format === "zip" || format === "prairielearn") {
        const files = format === "zip" ? classSet(request) : folderFiles(worksheetPrairieLearn(request));
        await writeStream(zipped(files), values, terminal);
        return;
      }
      if (format === "moodle") {
        write(worksheetMoodle(request), values, terminal);
        return;
      }
      write(
        bytesOf(
          format === "json" ? JSON.stringify(worksheet(request)) : worksheetDocument(request, format),
          formats[format],
        ),
        values,
        terminal,
      );
    },
  },
  examples: {
    usage: "examples [NAME]",
    summary: "List the examples, or print the request of one.",
    options: {},
    operands: [0, 1],
    run: ([name], _values, terminal) => {
      const list = examples.map((entry) => `${entry.name.padEnd(20)}${entry.title}. ${entry.summary}\n`);
      terminal.output(name === undefined ? list.join("") : exampleText(name));
    },
  },
  serve: {
    usage: "serve [--print-config]",
    summary: "Serve the HTTP interface; settings come from the environment.",
    options: { "print-config": flag },
    operands: [0, 0],
    run: async (_operands, values, terminal) => {
      const settings = settingsOrExit();
      if (values["print-config"]) terminal.output(printSettings(settings));
      else await serve(settings);
    },
  },
};

/** Runs one command line, without the program's own name. Never throws for a mistake of the user. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    const [name, ...rest] = words;
    if (name === undefined || name === "--help" || name === "help") terminal.output(help());
    else if (name === "--version") terminal.output(`${engine}\n`);
    else return (await runCommand(name, rest, terminal)) ?? 0;
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(`${error.message}\n`);
      return 2;
    }
    if (!(error instanceof Failure)) throw error;
    for (const mistake of error.details.errors ?? [error]) terminal.error(`${lineOf(mistake)}\n`);
    return 1;
  }
}

async function runCommand(name: string, words: string[], terminal: Terminal): Promise<ExitCode | undefined> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    throw new UsageError(
      `There is no command "${name}".${didYouMean(name, Object.keys(commands))} Run handgrad --help for the list.`,
    );
  const { values, positionals } = parse(command, words);
  if (values.help) {
    terminal.output(commandHelp(command));
    return 0;
  }
  const [least, most] = command.operands;
  if (positionals.length < least) throw new UsageError(`FILE is missing. Usage: handgrad ${command.usage}`);
  if (positionals.length > most)
    throw new UsageError(`"${positionals[most]}" is one word too many. Usage: handgrad ${command.usage}`);
  return command.run(positionals, values, terminal);
}

function parse(command: Command, args: string[]): { values: Values; positionals: string[] } {
  const options = { ...command.options, help: flag };
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true }) as {
      values: Values;
      positionals: string[];
    };
  } catch (error) {
    const { tokens } = parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true });
    const unknown = tokens.find((token) => token.kind === "option" && !Object.hasOwn(options, token.name));
    if (unknown?.kind !== "option") throw new UsageError(`${(error as Error).message.split(". ")[0]}.`);
    const meant = didYouMean(unknown.name, Object.keys(options)).replace(/"(.*)"/, '"--$1"');
    throw new UsageError(`There is no flag "${unknown.rawName}".${meant} Usage: handgrad ${command.usage}`);
  }
}

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

function bodyOf(file: string, terminal: Terminal): Uint8Array {
  if (file === "-") return terminal.input();
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(
      `The file "${file}" ${reasonOf(error) ?? "cannot be read"}; name a JSON file, or - for standard input.`,
    );
  }
}

const reasons: ReadonlyMap<string | undefined, string> = new Map([
  ["ENOENT", "does not exist"],
  ["EISDIR", "is a folder"],
  ["ENOTDIR", "lies below a file"],
  ["EEXIST", "lies below a file"],
  ["EACCES", "is not open to you"],
]);

/** Why the system refused a file; nothing for what has no short reason. */
function reasonOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? reasons.get(String(error.code)) : undefined;
}

/** The format that was asked for; else the one of the file to write; else JSON. */
function formatOf({ format, out }: Values): Format {
  if (typeof format === "string") {
    const known = formatNames.find((name) => name === format);
    if (known !== undefined) return known;
    throw new UsageError(
      `There is no format "${format}".${didYouMean(format, formatNames)} The formats are ${formatNames.join(", ")}.`,
    );
  }
  const extension = typeof out === "string" ? /\.([a-z]+)$/.exec(out)?.[1] : undefined;
  return extension === undefined ? "json" : formatOfExtension(extension);
}

interface Beside {
  readonly outside: Outside;
  /** Pictures to be written, by file. */
  readonly kept: ReadonlyMap<string, string>;
}

/** Where pictures are linked: at the service that is named, else in files beside the one that is written. */
function picturesBeside({ out, "public-url": address }: Values): Beside {
  const kept = new Map<string, string>();
  if (typeof address === "string") return { outside: { publicUrl: publicUrlOf(address) }, kept };
  if (typeof out !== "string") return { outside: {}, kept };
  const stem = basename(out, extname(out));
  const keepPicture = (svg: string): string => {
    const file = `${stem}-${kept.size + 1}.svg`;
    kept.set(join(dirname(out), file), svg);
    return encodeURIComponent(file).replace(/[()!'*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  };
  return { outside: { keepPicture }, kept };
}

function publicUrlOf(text: string): string {
  const found = webAddress(text);
  if (found !== undefined) return found;
  throw new UsageError(
    `--public-url is ${JSON.stringify(text)}; an address such as https://course.example/handgrad is expected.`,
  );
}

/** The format that was asked for; else the one of the file to write; else JSON. */
function sheetFormatOf({ format, out }: Values): SheetFormat {
  const extension = typeof out === "string" ? extname(out).slice(1) : "";
  const meant = sheetFormatNames.find((name) => sheetFormats[name].extension === extension);
  if (format === undefined) return meant ?? "json";
  const known = sheetFormatNames.find((name) => name === format);
  if (known !== undefined) return known;
  throw new UsageError(
    `There is no worksheet as "${format}".${didYouMean(String(format), sheetFormatNames)} The formats are ${sheetFormatNames.join(", ")}.`,
  );
}

/** The students of a roster: one on each line. */
function studentsIn({ roster }: Values, terminal: Terminal): { readonly students?: readonly string[] } {
  if (typeof roster !== "string") return {};
  const lines = Buffer.from(bodyOf(roster, terminal)).toString("utf8").split(/\r?\n/);
  return { students: lines.map((line) => line.trim()).filter((line) => line !== "") };
}

function classSet(request: WorksheetRequest): AsyncGenerator<NamedFile> {
  return classSetFiles({
    seeds: seedsOf(request),
    ...(request.students && { students: request.students }),
    variant: async (seed) => variantFiles(request, seed),
  });
}

/** Piece by piece, so that an archive of any size fits into memory. */
async function writeStream(answer: Readable, { out }: Values, terminal: Terminal): Promise<void> {
  if (typeof out !== "string") {
    for await (const piece of answer) terminal.output(piece as Buffer);
    return;
  }
  try {
    mkdirSync(dirname(out), { recursive: true });
    await pipeline(answer, createWriteStream(out));
  } catch (error) {
    rmSync(out, { force: true });
    if (error instanceof Failure) throw error;
    throw new UsageError(
      `The file "${out}" ${reasonOf(error) ?? "cannot be written"}; name a file for --out.`,
    );
  }
}

function write(answer: string | Uint8Array, { out }: Values, terminal: Terminal): void {
  if (typeof out !== "string") {
    terminal.output(answer);
    return;
  }
  try {
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, answer);
  } catch (error) {
    throw new UsageError(
      `The file "${out}" ${reasonOf(error) ?? "cannot be written"}; name a file for --out.`,
    );
  }
}

/** What `work` returns; its failures point into the file as it was written. */
function located<Value>(reading: Reading<unknown>, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw error instanceof Failure ? asSent(error, reading) : error;
  }
}

/** The sentence, and where it belongs unless the sentence says so. */
function lineOf({ message, details: { pointer, position } }: Failure): string {
  const at = [pointer, position === undefined ? undefined : `character ${position + 1}`].filter(
    (part) => part,
  );
  return at.length === 0 || message.includes(at[0]!) ? message : `${at.join(", ")}: ${message}`;
}

function help(): string {
  const lines = Object.values(commands).map(
    ({ usage, summary }) => `  handgrad ${usage}\n      ${summary}\n`,
  );
  return `Handgrad ${engine}: the gradient, worked by hand.\n\n${lines.join("")}
FILE is the body of the HTTP request: a request, or a network alone; - reads it from standard input.
Every field of the request has a flag of the same name: --notation bishop, --max-paths 100 or --maxPaths 100.
Lists take commas, objects take JSON: --parameters w_1,w_2  --update '{"learningRate":0.5}'
Formats: ${formatNames.join(", ")}. Exit codes: 0 answered, 1 request refused, 2 command line not understood.
handgrad COMMAND --help lists the flags of a command; handgrad --version prints the version.
`;
}

function commandHelp({ usage, summary, options }: Command): string {
  const flags = Object.entries(options).map(
    ([name, { type }]) => `  --${name}${type === "string" ? " …" : ""}\n`,
  );
  return `handgrad ${usage}\n\n${summary}\n\n${flags.join("")}`;
}
