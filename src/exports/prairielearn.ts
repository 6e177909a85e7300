// A worksheet as a question folder for PrairieLearn: the program and the page are the same for all, the variants are data.
// Source: PrairieLearn documentation, "Question configuration", info.json and server.py.
import { createHash } from "node:crypto";
import { packageFile } from "../package-files.ts";
import type { Question } from "../worksheets/alternatives.ts";
import { modelSolution, toleranceOf } from "../worksheets/key.ts";
import { networkSection } from "../worksheets/network-section.ts";
import { digitsSentence } from "../worksheets/parts/asked.ts";
import { partsOf } from "../worksheets/parts/parts.ts";
import type { Variant } from "../worksheets/problem.ts";
import { numberAt } from "../worksheets/suitable.ts";
import { tasks } from "../worksheets/task.ts";
import { sheetWordings } from "../worksheets/wording/wordings.ts";
import { askedOf } from "../worksheets/wrong-results.ts";
import type { Sheet } from "../worksheets.ts";
import { courseFormula, coursePage, courseWords } from "../writers/course-page.ts";
import { aloud, latex, latexLine } from "../writers/print/line.ts";
import type { Printing } from "../writers/print/scope.ts";
import { keyOf } from "../writers/worksheet.ts";

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export function prairieLearnFolder(
  title: string,
  sheets: readonly Sheet[],
  printing: Printing,
): readonly TextFile[] {
  const { task } = sheets[0]!.variant.problem;
  const variants = sheets.map((sheet) => variantOf(sheet, printing));
  const folder = `handgrad-${task}-${sheets[0]!.frame.code.toLowerCase()}`;
  const info = {
    uuid: uuidOf(JSON.stringify(variants)),
    title,
    topic: "Backpropagation",
    tags: [task],
    type: "v3",
  };
  return [
    { path: `${folder}/info.json`, text: `${JSON.stringify(info, null, 2)}\n` },
    { path: `${folder}/question.html`, text: packageFile("src/exports/prairielearn/question.html") },
    { path: `${folder}/server.py`, text: packageFile("src/exports/prairielearn/server.py") },
    { path: `${folder}/variants.json`, text: `${JSON.stringify(variants, null, 2)}\n` },
  ];
}

/** What server.py hands to the page, and the key that it grades by. */
function variantOf(sheet: Sheet, printing: Printing): object {
  const { variant, frame, notation } = sheet;
  const { problem, world } = variant;
  const { language, task, digits } = problem;
  const isTyped = !tasks[task].needsNumbers;
  const page = coursePage(
    [networkSection(variant), ...partsOf(variant).problem.filter(({ kind }) => kind !== "table")],
    printing,
    language,
  );
  const lines = modelSolution(variant).map((line) => latexLine(line, printing));
  return {
    code: frame.code,
    problem: `${page}\n<p>${courseWords(digitsSentence(variant) ?? "")}</p>`,
    solution: [
      coursePage(partsOf(variant).solution, printing, language),
      ...lines.map((line) => `<p>${courseFormula(line)}</p>`),
    ].join("\n"),
    asked: sheetWordings[language].solution,
    derivation: isTyped,
    ...(isTyped && { tests: testsOf(variant, lines, printing) }),
    numbers: isTyped
      ? []
      : variant.questions.map((asked, position) => {
          const { latex: head, speech } = aloud(askedOf(variant, asked), printing, language);
          return {
            // Ids that differ in other signs alone still are two names.
            name: `${asked.kind}_${position + 1}_${asked.node.id.replace(/\W+/g, "_")}`,
            head: courseFormula(`${head} = {?}`),
            spoken: speech,
            latex: headOf(sheet, asked, printing),
            value: numberAt(world!, asked.truth),
            tolerance: toleranceOf(digits),
          };
        }),
    key: keyOf(variant, frame, notation),
  };
}

/** What PrairieLearn's test of the question types: all right, all wrong, and nothing that can be read. */
function testsOf(variant: Variant, lines: readonly string[], printing: Printing): object {
  const { graph, loss } = variant.network;
  const wrong = variant.problem.targets.map(
    ({ symbol }) => `${latex(graph.derivative(graph.symbol(loss), symbol), printing)} = 0`,
  );
  return { correct: lines.join("\n"), incorrect: wrong.join("\n"), invalid: "?" };
}

/** What a typed number is put behind to be graded. */
function headOf({ variant }: Sheet, { node, kind }: Question, printing: Printing): string {
  const { targets } = variant.problem;
  const place = targets.indexOf(node) + (kind === "update" ? targets.length : 0);
  const { sides, signs } = modelSolution(variant)[place]!;
  return latexLine({ sides: sides.slice(0, -1), signs: signs.slice(0, -1) }, printing);
}

/** A UUID of the content (RFC 9562, version 8), so that the same worksheet is the same question. */
function uuidOf(content: string): string {
  const hex = createHash("sha256").update(content).digest("hex");
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
