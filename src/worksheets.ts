// Worksheets as they are asked for: a problem made once, its variants drawn one by one, written in their format.
import { createHash } from "node:crypto";
import { networkOf, notationOf } from "./asked.ts";
import { engine } from "./engine.ts";
import type { VariantFile, VariantFiles } from "./exports/class-set.ts";
import { moodleXml } from "./exports/moodle.ts";
import { prairieLearnFolder, type TextFile } from "./exports/prairielearn.ts";
import { didYouMean, Failure } from "./failure.ts";
import { misconceptions } from "./grading/misconceptions/table.ts";
import { Subject } from "./grading/subject.ts";
import { type Allowances, unlimited } from "./limits.ts";
import type { NetworkDescription } from "./network/description.ts";
import { losses } from "./network/losses.ts";
import type { Network } from "./network/network.ts";
import { dialect } from "./notation/dialect.ts";
import { usualNotations } from "./notation/rows.ts";
import { canonicalJson } from "./request/canonical.ts";
import { formats } from "./request/formats.ts";
import type { WorksheetRequest } from "./request/schema.ts";
import { type Problem, problemOf, type Source, type Variant, variantOf } from "./worksheets/problem.ts";
import { type Frame, problemSheet, solutionSheet } from "./worksheets/sheet.ts";
import { numberAt } from "./worksheets/suitable.ts";
import { sheetWordings } from "./worksheets/wording/wordings.ts";
import { type DocumentFormat, writeDocument } from "./writers/formats.ts";
import { numberText, standardDigits } from "./writers/print/number.ts";
import type { Printing } from "./writers/print/scope.ts";
import { keyOf, sheetAnswer } from "./writers/worksheet.ts";

const worksheetDefaults = { seed: 1, count: 1, digits: 4, learningRate: 0.5, language: "en" } as const;

/** A problem of which any number of variants can be drawn. */
export interface Worksheet {
  readonly problem: Problem;
  readonly printing: Printing;
  /** The variant of a seed, with what is printed around it. */
  readonly sheet: (seed: number) => Sheet;
}

export interface Sheet {
  readonly variant: Variant;
  readonly frame: Frame;
  /** The request of this one variant's key. */
  readonly notation: WorksheetRequest["notation"];
}

/** Throws Failure for a network, task, parameter or misconception that cannot be used. */
export function worksheetOf(request: WorksheetRequest, allowances: Allowances = unlimited): Worksheet {
  const {
    task,
    digits = worksheetDefaults.digits,
    language = worksheetDefaults.language,
    render = {},
  } = request;
  const network = networkOf(describedFor(request), allowances);
  const notation = notationOf(network, request.notation ?? usualNotations[network.kind]);
  requireKnown(request.misconceptions);
  requireOneEach(request);
  const problem = problemOf(
    new Subject(network),
    {
      task,
      digits,
      language,
      notation,
      source: sourceOf(request, network),
      learningRate: request.learningRate ?? worksheetDefaults.learningRate,
      ...(request.parameters && { parameters: request.parameters }),
      ...(request.misconceptions && { misconceptions: request.misconceptions }),
    },
    misconceptions.map(({ code }) => code),
  );
  const { title, author, course, date } = render;
  return {
    problem,
    printing: { dialect: dialect(network, notation), digits: Math.max(digits, digitsOfGiven(problem)) },
    sheet: (seed) => ({
      variant: variantOf(problem, seed),
      notation: request.notation,
      frame: {
        engine,
        code: codeOf(request, seed),
        ...(request.points !== undefined && { points: request.points }),
        ...(title !== undefined && { title }),
        ...(author !== undefined && { author }),
        ...(course !== undefined && { course }),
        ...(date !== undefined && { date }),
      },
    }),
  };
}

/** The seeds of the variants: from `seed` on, one for each. */
export function seedsOf({
  seed = worksheetDefaults.seed,
  count,
  students,
}: WorksheetRequest): readonly number[] {
  const many = count ?? students?.length ?? worksheetDefaults.count;
  return Array.from({ length: many }, (_, position) => seed + position);
}

/** Drawn where the network has no numbers or several variants are asked for; else the network's own. */
function sourceOf(request: WorksheetRequest, { values }: Network): Source {
  if (request.values) return request.values;
  return values && seedsOf(request).length === 1 && request.seed === undefined ? "given" : "drawn";
}

/** The description that numbers are drawn for: of one sample, whose targets add up to 1 where the loss asks for that. */
function describedFor(request: WorksheetRequest): NetworkDescription {
  const { network, values, seed, count, students } = request;
  const keeps = values === "given" || (values === undefined && (count ?? students ?? seed) === undefined);
  if (network.kind === "equations" || keeps) return network;
  const name = typeof network.loss === "object" && "name" in network.loss ? network.loss.name : network.loss;
  const isDistribution = losses.some((row) => row.name === name && row.target === "distribution");
  const { samples: _, initialise: _seed, ...unnumbered } = network;
  return { ...unnumbered, ...(isDistribution && { targets: "distribution" }) };
}

/** Digits that write every given number exactly. */
function digitsOfGiven({ source, subject: { network } }: Problem): number {
  if (source !== "given") return 1;
  const numbers = [network.values!, ...network.samples.values].flatMap((values) =>
    [...values.values()].flatMap((list) => [...list]),
  );
  const lengths = numbers.map(
    (number) => numberText(number, standardDigits).digits.replace(/^0\.0*|\./g, "").length,
  );
  return Math.max(1, ...lengths);
}

function requireKnown(codes: readonly string[] = []): void {
  const known = misconceptions.map(({ code }) => code as string);
  const position = codes.findIndex((code) => !known.includes(code));
  if (position < 0) return;
  const code = codes[position]!;
  throw new Failure(
    "unknown-name",
    `There is no misconception "${code}".${didYouMean(code, known)} GET /v1/catalogue lists them.`,
    { pointer: `/misconceptions/${position}` },
  );
}

function requireOneEach({ count, students }: WorksheetRequest): void {
  if (count === undefined || students === undefined || count === students.length) return;
  throw new Failure(
    "impossible-request",
    `There are ${students.length} "students", and "count" asks for ${count} variants; leave "count" out.`,
    { pointer: "/count" },
  );
}

/** Letters and digits that are not taken for one another (Crockford 2019, Base 32). */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The seed, and four characters that tell sheets of other problems apart: 7-K3QF. */
function codeOf(request: WorksheetRequest, seed: number): string {
  const {
    seed: _seed,
    count: _count,
    students: _students,
    sheet: _sheet,
    files: _files,
    render: _render,
    ...problem
  } = request;
  const digest = createHash("sha256")
    .update(`${canonicalJson(problem)}\n${seed}`)
    .digest();
  return `${seed}-${[...digest.subarray(0, 4)].map((byte) => letters[byte % 32]).join("")}`;
}

/** The answer of POST /v1/worksheets as a JSON value: every variant with both sheets and its key. */
export function worksheet(request: WorksheetRequest, allowances: Allowances = unlimited): object {
  const made = worksheetOf(request, allowances);
  return {
    engine,
    task: request.task,
    variants: seedsOf(request).map((seed) => sheetAnswer(made.sheet(seed), made.printing)),
  };
}

/** One sheet of the one variant as a document. Throws Failure where there are several. */
export function worksheetDocument(
  request: WorksheetRequest,
  format: DocumentFormat,
  allowances: Allowances = unlimited,
): string {
  const [seed, ...others] = seedsOf(request);
  if (others.length > 0)
    throw new Failure(
      "impossible-request",
      `A document is one sheet, and ${others.length + 1} variants are asked for; ask for application/zip or application/json, or leave "count" and "students" out.`,
      { pointer: request.count === undefined ? "/students" : "/count" },
    );
  const made = worksheetOf(request, allowances);
  return sheetText(made, made.sheet(seed!), request.sheet ?? "problem", format, request);
}

/** One sheet in one format. */
function sheetText(
  { printing }: Worksheet,
  { variant, frame }: Sheet,
  which: "problem" | "solution",
  format: DocumentFormat,
  { render }: WorksheetRequest,
): string {
  const document = which === "problem" ? problemSheet(variant, frame) : solutionSheet(variant, frame);
  return writeDocument(document, printing, format, render);
}

/** What a class set is made of where nothing is said. */
const usualFiles = ["pdf"] as const;

/** The sheets and the key of one seed as plain data. */
export function variantFiles(
  request: WorksheetRequest,
  seed: number,
  allowances: Allowances = unlimited,
): VariantFiles {
  const made = worksheetOf(request, allowances);
  const sheet = made.sheet(seed);
  const sheets = (["problem", "solution"] as const).flatMap((which) =>
    (request.files ?? usualFiles).map((format): VariantFile => {
      const { extension, binary = false } = formats[format];
      const folder = which === "problem" ? "problems" : "solutions";
      return { folder, extension, binary, content: sheetText(made, sheet, which, format, request) };
    }),
  );
  const key = `${JSON.stringify(keyOf(sheet.variant, sheet.frame, sheet.notation), null, 2)}\n`;
  return {
    code: sheet.frame.code,
    seed,
    answers: answersOf(sheet.variant),
    files: [...sheets, { folder: "keys", extension: "json", binary: false, content: key }],
  };
}

/** As programs read numbers, a hyphen for the minus: dE/dw_1: -0.0009291; w_1 new: 0.2000. */
function answersOf({ problem: { digits }, questions, world }: Variant): string {
  if (!world) return "";
  return questions
    .map(({ node, kind, truth }) => {
      const number = numberAt(world, truth).toPrecision(digits);
      return `${kind === "update" ? `${node.id} new` : `dE/d${node.id}`}: ${number}`;
    })
    .join("; ");
}

/** All variants as questions for Moodle. */
export function worksheetMoodle(request: WorksheetRequest, allowances: Allowances = unlimited): string {
  const made = worksheetOf(request, allowances);
  return moodleXml(titleOf(request, made), sheetsOf(made, request), made.printing);
}

/** All variants as one question folder for PrairieLearn. */
export function worksheetPrairieLearn(
  request: WorksheetRequest,
  allowances: Allowances = unlimited,
): readonly TextFile[] {
  const made = worksheetOf(request, allowances);
  return prairieLearnFolder(titleOf(request, made), sheetsOf(made, request), made.printing);
}

const sheetsOf = (made: Worksheet, request: WorksheetRequest): readonly Sheet[] =>
  seedsOf(request).map((seed) => made.sheet(seed));

function titleOf({ render, task }: WorksheetRequest, { problem: { language } }: Worksheet): string {
  return render?.title ?? sheetWordings[language].titles[task];
}
