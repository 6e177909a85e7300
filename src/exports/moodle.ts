// A worksheet as questions for Moodle's question bank: one category, every variant in it.
// Source: Moodle documentation, "Moodle XML format"; question/format/xml/format.php.
import type { Block } from "../derivation/document.ts";
import { paragraph, text } from "../derivation/prose.ts";
import { uniformGenerator } from "../network/random.ts";
import { hashOf } from "../numeric/balls/stand-in.ts";
import { type Question, writtenOut } from "../worksheets/alternatives.ts";
import { modelSolution, toleranceOf } from "../worksheets/key.ts";
import { networkSection } from "../worksheets/network-section.ts";
import { type Box, boxedDerivation } from "../worksheets/parts/factors.ts";
import { mistakeOf } from "../worksheets/parts/mistake.ts";
import { partsOf } from "../worksheets/parts/parts.ts";
import { numberAt } from "../worksheets/suitable.ts";
import type { TaskName } from "../worksheets/task.ts";
import { sheetWordings } from "../worksheets/wording/wordings.ts";
import { askedOf, explanation } from "../worksheets/wrong-results.ts";
import type { Sheet } from "../worksheets.ts";
import { courseFormula, coursePage, courseText, courseWords } from "../writers/course-page.ts";
import { latex, latexLine, plain } from "../writers/print/line.ts";
import type { Printing } from "../writers/print/scope.ts";
import { keyOf } from "../writers/worksheet.ts";
import { choiceField, numericalField } from "./cloze.ts";
import { element, type XmlElement, xmlFile } from "./xml.ts";

type Writer = (sheet: Sheet, printing: Printing) => readonly XmlElement[];

/** The questions of each task. */
const questionsOf: Readonly<Record<TaskName, Writer>> = {
  chain: (sheet, printing) => [essay(sheet, printing), ...choices(sheet, printing)],
  delta: (sheet, printing) => [essay(sheet, printing), ...choices(sheet, printing)],
  factors: (sheet, printing) => [cloze(sheet, printing)],
  numbers: numericals,
  mistake: (sheet, printing) => [lineChoice(sheet, printing), essay(sheet, printing)],
  update: numericals,
};

export function moodleXml(title: string, sheets: readonly Sheet[], printing: Printing): string {
  const category = element(
    "question",
    [element("category", [element("text", `$course$/top/${title.replaceAll("/", "//")}`)])],
    { type: "category" },
  );
  const questions = sheets.flatMap((sheet) => questionsOf[sheet.variant.problem.task](sheet, printing));
  return xmlFile(element("quiz", [category, ...questions]));
}

/** What every question has: name, text, the solution as general feedback, and an id of its own. */
function question(
  type: string,
  { variant, frame }: Sheet,
  printing: Printing,
  own: { readonly part: string; readonly html: string; readonly more: readonly XmlElement[] },
): XmlElement {
  const { task, language } = variant.problem;
  const title = frame.title ?? sheetWordings[language].titles[task];
  const solution = coursePage(partsOf(variant).solution, printing, language);
  return element(
    "question",
    [
      element("name", [element("text", `${title} ${frame.code} ${own.part}`)]),
      formatted("questiontext", own.html),
      formatted("generalfeedback", solution),
      ...(type === "cloze" ? [] : [element("defaultgrade", String(frame.points ?? 1))]),
      element("penalty", "0.3333333"),
      element("hidden", "0"),
      element("idnumber", `handgrad-${task}-${frame.code}-${own.part}`),
      ...own.more,
    ],
    { type },
  );
}

const formatted = (name: string, html: string): XmlElement =>
  element(name, [element("text", html)], { format: "html" });

function numericals(sheet: Sheet, printing: Printing): readonly XmlElement[] {
  const { variant } = sheet;
  const { problem, world } = variant;
  const tolerance = toleranceOf(problem.digits);
  return variant.questions.map((asked) => {
    const sentence = `<p>${courseText([{ kind: "formula", expr: askedOf(variant, asked) }, text(" = ?")], printing)}</p>`;
    const answer = (value: number, fraction: string, feedback: string): XmlElement =>
      element(
        "answer",
        [
          element("text", String(value)),
          element("tolerance", String(tolerance * Math.abs(value))),
          formatted("feedback", feedback),
        ],
        { fraction, format: "moodle_auto_format" },
      );
    const wrong = asked.alternatives.map((alternative) =>
      answer(
        numberAt(world!, alternative.formula),
        "0",
        courseText(explanation(alternative, problem.language), printing),
      ),
    );
    return question("numerical", sheet, printing, {
      part: partOf(asked),
      html: [givenPage(sheet, printing), sentence, digitsNote(sheet, printing)].join("\n"),
      more: [answer(numberAt(world!, asked.truth), "100", ""), ...wrong, element("unitgradingtype", "0")],
    });
  });
}

const partOf = ({ node, kind }: Question): string => (kind === "update" ? `${node.id}-new` : node.id);

const givenPage = ({ variant }: Sheet, printing: Printing): string =>
  coursePage(networkSection(variant).blocks, printing, variant.problem.language);

function digitsNote({ variant: { problem } }: Sheet, printing: Printing): string {
  if (problem.source === "none") return "";
  return coursePage(
    [paragraph(sheetWordings[problem.language].digits(problem.digits))],
    printing,
    problem.language,
  );
}

/** Everything that a student reads, without the places for a pen. */
function problemPage(sheet: Sheet, printing: Printing): string {
  const { variant } = sheet;
  const isForPen = (block: Block): boolean => block.kind === "table";
  const asked = partsOf(variant).problem.filter((block) => !isForPen(block));
  return `${givenPage(sheet, printing)}\n${coursePage(asked, printing, variant.problem.language)}`;
}

function essay(sheet: Sheet, printing: Printing): XmlElement {
  const { variant, frame, notation } = sheet;
  const lines = modelSolution(variant).map((line) => `<p>${courseFormula(latexLine(line, printing))}</p>`);
  const key = JSON.stringify(keyOf(variant, frame, notation), null, 2);
  return question("essay", sheet, printing, {
    part: "derivation",
    html: problemPage(sheet, printing),
    more: [
      element("responseformat", "plain"),
      element("responserequired", "1"),
      element("responsefieldlines", "15"),
      element("attachments", "0"),
      element("attachmentsrequired", "0"),
      formatted("graderinfo", `${lines.join("\n")}\n<pre>${courseWords(key)}</pre>`),
      formatted("responsetemplate", ""),
    ],
  });
}

/** Wrong answers in a multiple choice. */
const mostChoices = 4;

/** Which formula is the derivative: wrong ones are what misconceptions make of it. */
function choices(sheet: Sheet, printing: Printing): readonly XmlElement[] {
  const { variant } = sheet;
  const { problem, seed } = variant;
  return variant.questions.map((asked) => {
    const uniform = uniformGenerator(hashOf(`choices ${asked.node.id}`, seed));
    const chosen = asked.alternatives
      .filter(
        ({ codes: [code] }, position, all) =>
          all.findIndex(({ codes: [first] }) => first === code) === position,
      )
      .map((alternative) => ({ alternative, order: uniform() }))
      .toSorted((left, right) => left.order - right.order)
      .slice(0, mostChoices);
    const head = latex(askedOf(variant, asked), printing);
    const right = choice(courseFormula(latex(writtenOut(asked), printing)), "100", "");
    const wrong = chosen.map(({ alternative }) =>
      choice(
        courseFormula(latex(writtenOut(asked, alternative.slip), printing)),
        "0",
        courseText(explanation(alternative, problem.language), printing),
      ),
    );
    return question("multichoice", sheet, printing, {
      part: partOf(asked),
      html: `${givenPage(sheet, printing)}\n<p>${courseFormula(`${head} = {?}`)}</p>`,
      more: choiceFields([right, ...wrong]),
    });
  });
}

const choice = (html: string, fraction: string, feedback: string): XmlElement =>
  element("answer", [element("text", html), formatted("feedback", feedback)], { fraction, format: "html" });

const choiceFields = (answers: readonly XmlElement[], shuffled = true): readonly XmlElement[] => [
  element("single", "true"),
  element("shuffleanswers", String(shuffled)),
  element("answernumbering", shuffled ? "abc" : "none"),
  ...answers,
];

/** Which line is wrong. */
function lineChoice(sheet: Sheet, printing: Printing): XmlElement {
  const { variant } = sheet;
  const { language } = variant.problem;
  const { shown, line, alternative } = mistakeOf(variant);
  const told = courseText(explanation(alternative, language), printing);
  const answers = shown.map((_, position) =>
    choice(`(${position + 1})`, position + 1 === line ? "100" : "0", position + 1 === line ? told : ""),
  );
  return question("multichoice", sheet, printing, {
    part: "line",
    html: problemPage(sheet, printing),
    more: choiceFields(answers, false),
  });
}

/** The boxes as fields below the derivation. */
function cloze(sheet: Sheet, printing: Printing): XmlElement {
  const { variant } = sheet;
  const { boxes } = boxedDerivation(variant);
  const fields = boxes.map((box) => `<li>${box.letter}: ${fieldOf(box, boxes, sheet, printing)}</li>`);
  return question("cloze", sheet, printing, {
    part: "factors",
    html: `${problemPage(sheet, printing)}\n${digitsNote(sheet, printing)}\n<ul>${fields.join("\n")}</ul>`,
    more: [],
  });
}

/** A number, or a choice among what belongs into the boxes: lists set no formulas, so these are plain text. */
function fieldOf(
  { answer, value, named }: Box,
  boxes: readonly Box[],
  { variant }: Sheet,
  printing: Printing,
): string {
  const { digits } = variant.problem;
  if (!named && value !== undefined)
    return numericalField([{ value, tolerance: toleranceOf(digits) * Math.abs(value), share: 1 }]);
  const same = boxes.filter((box) => box.named === named && (named || box.value === undefined));
  const texts = [...new Set(same.map((box) => plain(box.answer, printing)))].toSorted();
  const right = plain(answer, printing);
  return choiceField(texts.map((each) => ({ text: each, share: each === right ? 1 : 0 })));
}
