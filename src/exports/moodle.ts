// A worksheet as questions for Moodle's question bank: one category, every variant in it.
// Source: Moodle documentation, "Moodle XML format"; question/format/xml/format.php.
import type { Block } from "../derivation/document.ts";
import { paragraph, text } from "../derivation/prose.ts";
import { uniformGenerator } from "../network/random.ts";
import { hashOf } from "../numeric/balls/stand-in.ts";
import { type Question, writtenOut } from "../worksheets/alternatives.ts";
import { modelSolution, toleranceOf } from "../worksheets/key.ts";
import { networkSection } from "../worksheets/network-section.ts";
import { digitsSentence } from "../worksheets/parts/asked.ts";
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
  mistake: (sheet, printing) => [...lineChoice(sheet, printing), essay(sheet, printing)],
  update: numericals,
};

export function moodleXml(title: string, sheets: readonly Sheet[], printing: Printing): string {
  const category = element(
    "question",
    [
      element("category", [
        element("text", `$course$/top/${shortened(title, longestName).replaceAll("/", "//")}`),
      ]),
    ],
    { type: "category" },
  );
  const questions = sheets.flatMap((sheet) => questionsOf[sheet.variant.problem.task](sheet, printing));
  return xmlFile(element("quiz", [category, ...questions]));
}

/** Characters that the columns of Moodle's tables hold (lib/db/install.xml): names of questions and categories, and idnumbers. */
const longestName = 255;
const longestId = 100;

/** Of so many characters at most. */
function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** What every question has: name, text, the solution as general feedback, and an id of its own. */
function question(
  type: string,
  { variant, frame }: Sheet,
  printing: Printing,
  own: {
    readonly part: string;
    readonly html: string;
    readonly points: number;
    readonly more: readonly XmlElement[];
  },
): XmlElement {
  const { task, language } = variant.problem;
  const title = frame.title ?? sheetWordings[language].titles[task];
  const solution = coursePage(partsOf(variant).solution, printing, language);
  const ending = ` ${frame.code} ${own.part}`;
  return element(
    "question",
    [
      element("name", [element("text", shortened(title, longestName - [...ending].length) + ending)]),
      formatted("questiontext", own.html),
      formatted("generalfeedback", solution),
      ...(type === "cloze" ? [] : [element("defaultgrade", marks(own.points))]),
      element("penalty", "0.3333333"),
      element("hidden", "0"),
      element("idnumber", shortened(`handgrad-${frame.code}-${task}-${own.part}`, longestId)),
      ...own.more,
    ],
    { type },
  );
}

/** As Moodle's table of questions holds it: seven decimals. */
const marks = (points: number): string => String(Number(points.toFixed(7)));

const formatted = (name: string, html: string): XmlElement =>
  element(name, [element("text", html)], { format: "html" });

function numericals(sheet: Sheet, printing: Printing): readonly XmlElement[] {
  const { variant, frame } = sheet;
  const { problem, world } = variant;
  return variant.questions.map((asked) => {
    const sentence = `<p>${courseText([{ kind: "formula", expr: askedOf(variant, asked) }, text(" = ?")], printing)}</p>`;
    const answer = (value: number, fraction: string, feedback: string): XmlElement =>
      element(
        "answer",
        [
          element("text", String(written(value, problem.digits))),
          element("tolerance", String(marginOf(value, problem.digits))),
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
      points: (frame.points ?? variant.questions.length) / variant.questions.length,
      html: [givenPage(sheet, printing), sentence, digitsNote(sheet, printing)].join("\n"),
      more: [answer(numberAt(world!, asked.truth), "100", ""), ...wrong, element("unitgradingtype", "0")],
    });
  });
}

/** With the digits that are asked for, since Moodle shows the answer as it stands here. */
const written = (value: number, digits: number): number => Number(value.toPrecision(digits));

/** How far an answer may be off, as a difference: Moodle's tolerance is not relative. */
const marginOf = (value: number, digits: number): number => written(toleranceOf(digits) * Math.abs(value), 2);

const partOf = ({ node, kind }: Question): string => (kind === "update" ? `${node.id}-new` : node.id);

const givenPage = ({ variant }: Sheet, printing: Printing): string =>
  coursePage(networkSection(variant).blocks, printing, variant.problem.language);

function digitsNote({ variant }: Sheet, printing: Printing): string {
  const sentence = digitsSentence(variant);
  return sentence === undefined ? "" : coursePage([paragraph(sentence)], printing, variant.problem.language);
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
    points: frame.points ?? 1,
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

/** Which formula is the derivative: wrong ones are what misconceptions make of it. Nothing where there are none. */
function choices(sheet: Sheet, printing: Printing): readonly XmlElement[] {
  const { variant } = sheet;
  const { problem, seed } = variant;
  return variant.questions.flatMap((asked): readonly XmlElement[] => {
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
    if (wrong.length === 0) return [];
    return [
      question("multichoice", sheet, printing, {
        part: partOf(asked),
        points: 1,
        html: `${givenPage(sheet, printing)}\n<p>${courseFormula(`${head} = {?}`)}</p>`,
        more: choiceFields([right, ...wrong]),
      }),
    ];
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

/** Which line is wrong. Nothing where there is but one. */
function lineChoice(sheet: Sheet, printing: Printing): readonly XmlElement[] {
  const { variant } = sheet;
  const { language } = variant.problem;
  const { shown, line, alternative } = mistakeOf(variant);
  if (shown.length === 1) return [];
  const told = courseText(explanation(alternative, language), printing);
  const answers = shown.map((_, position) =>
    choice(`(${position + 1})`, position + 1 === line ? "100" : "0", position + 1 === line ? told : ""),
  );
  return [
    question("multichoice", sheet, printing, {
      part: "line",
      points: 1,
      html: problemPage(sheet, printing),
      more: choiceFields(answers, false),
    }),
  ];
}

/** The boxes as fields below the derivation. */
function cloze(sheet: Sheet, printing: Printing): XmlElement {
  const { variant } = sheet;
  const { boxes } = boxedDerivation(variant);
  const fields = boxes.map((box) => `<li>${box.letter}: ${fieldOf(box, boxes, sheet, printing)}</li>`);
  return question("cloze", sheet, printing, {
    part: "factors",
    points: boxes.length,
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
    return numericalField([{ value: written(value, digits), tolerance: marginOf(value, digits), share: 1 }]);
  const same = boxes.filter((box) => box.named === named && (named || box.value === undefined));
  const right = plain(answer, printing);
  const texts = textsOf(same, printing);
  const offered = texts.length > 1 ? texts : textsOf(boxes, printing);
  return choiceField(offered.map((each) => ({ text: each, share: each === right ? 1 : 0 })));
}

function textsOf(boxes: readonly Box[], printing: Printing): readonly string[] {
  return [...new Set(boxes.map((box) => plain(box.answer, printing)))].toSorted();
}
