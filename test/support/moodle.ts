// What Moodle's importer takes from a file of questions, as rules of our own: read in question/format/xml/format.php,
// question/type/multianswer/questiontype.php and question/engine/bank.php of Moodle 4.
import { expect } from "vitest";

/** An element as a nested list: name, attributes, text, children. */
export type Element = readonly [string, Readonly<Record<string, string>>, string, readonly Element[]];

export const childrenOf = ([, , , children]: Element, name: string): readonly Element[] =>
  children.filter(([tag]) => tag === name);

/** Text without the space around it, as every field is read; `missing` where there is no such element. */
function textIn(element: Element, ...path: readonly string[]): string | undefined {
  let at: Element | undefined = element;
  for (const name of path) at = at && childrenOf(at, name)[0];
  return at?.[2].trim();
}

/** Marks of an answer in percent that the question bank has: others are refused, or moved to the nearest. */
const fractions = [
  100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5,
  11.11111, 10, 5, 0,
];

const fractionSlack = 0.001;

const isFraction = (percent: number): boolean =>
  fractions.some((known) => Math.abs(Math.abs(percent) - known) < fractionSlack);

const textFormats = ["html", "moodle_auto_format", "plain_text", "markdown"];

/** Whole numbers and decimals, in powers of ten where they are long. */
const isNumber = (text: string): boolean => /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text);

interface Rule {
  /** Children that a question of this type may have, with the values they may have. */
  readonly fields: Readonly<Record<string, RegExp>>;
  readonly leastAnswers: number;
  /** Whether the answers are numbers with a tolerance. */
  readonly numeric?: boolean;
}

const anything = /^[\s\S]*$/;

const common = {
  name: anything,
  questiontext: anything,
  generalfeedback: anything,
  penalty: /^(0|1|0\.\d{1,7})$/,
  hidden: /^[01]$/,
  idnumber: anything,
};

const marked = { ...common, defaultgrade: /^\d+(\.\d{1,7})?$/ };

const rules: Readonly<Record<string, Rule>> = {
  numerical: {
    fields: { ...marked, answer: anything, unitgradingtype: /^[0-2]$/ },
    leastAnswers: 1,
    numeric: true,
  },
  multichoice: {
    fields: {
      ...marked,
      answer: anything,
      single: /^(true|false)$/,
      shuffleanswers: /^(true|false)$/,
      answernumbering: /^(abc|ABCD|123|iii|IIII|none)$/,
    },
    leastAnswers: 2,
  },
  essay: {
    fields: {
      ...marked,
      responseformat: /^(editor|editorfilepicker|plain|monospaced|noinline)$/,
      responserequired: /^[01]$/,
      responsefieldlines: /^(2|3|5|10|15|20|25|30|35|40)$/,
      attachments: /^(0|1|2|3|-1)$/,
      attachmentsrequired: /^[0-3]$/,
      graderinfo: anything,
      responsetemplate: anything,
    },
    leastAnswers: 0,
  },
  // The marks are those of its fields.
  cloze: { fields: common, leastAnswers: 0 },
};

/** Characters of a column of the question bank. */
const lengths: Readonly<Record<string, number>> = { name: 255, idnumber: 100, category: 255 };

/** Fails where Moodle would refuse the question, or change it. */
export function expectImported(question: Element): void {
  const [, { type }, , children] = question;
  const rule = rules[type ?? ""];
  expect(rule, `a question of the type ${type}`).toBeDefined();
  for (const [name, attributes, text] of children) {
    expect(Object.keys(rule!.fields), name).toContain(name);
    expect(text.trim(), name).toMatch(rule!.fields[name]!);
    if (attributes.format) expect(textFormats).toContain(attributes.format);
  }
  expect([...(textIn(question, "name", "text") ?? "")].length).toBeLessThanOrEqual(lengths.name!);
  expect(textIn(question, "name", "text")).not.toBe("");
  expect([...(textIn(question, "idnumber") ?? "")].length).toBeLessThanOrEqual(lengths.idnumber!);
  expectAnswers(question, rule!);
  const text = textIn(question, "questiontext", "text")!;
  if (type === "cloze") expect(fieldsOf(text).length).toBeGreaterThan(0);
  else expect(fieldsOf(text)).toEqual([]);
}

function expectAnswers(question: Element, { leastAnswers, numeric = false }: Rule): void {
  const answers = childrenOf(question, "answer");
  expect(answers.length).toBeGreaterThanOrEqual(leastAnswers);
  const shares = answers.map(([, { fraction }]) => Number(fraction));
  for (const share of shares) expect(isFraction(share), `${share} %`).toBe(true);
  // One answer has all the marks.
  if (answers.length > 0) expect(Math.max(...shares)).toBe(100);
  if (!numeric) return;
  for (const answer of answers) {
    expect(isNumber(textIn(answer, "text")!), textIn(answer, "text")).toBe(true);
    expect(isNumber(textIn(answer, "tolerance")!), textIn(answer, "tolerance")).toBe(true);
    expect(Number(textIn(answer, "tolerance"))).toBeGreaterThanOrEqual(0);
  }
}

export function expectCategory(path: string): void {
  const [context, top, ...names] = path.split(/(?<!\/)\/(?!\/)/);
  expect([context, top]).toEqual(["$course$", "top"]);
  for (const name of names) expect([...name].length).toBeLessThanOrEqual(lengths.category!);
}

export interface Field {
  readonly marks: number;
  readonly type: string;
  readonly answers: readonly {
    readonly share: number;
    /** What a student sees or types. */
    readonly text: string;
    readonly tolerance?: number;
    readonly feedback: string;
  }[];
}

const fieldTypes =
  "NUMERICAL|NM|MULTICHOICE(?:_[VH]?S?)?|MC[VH]?S?|SHORTANSWER(?:_C)?|SAC?|MWC?|MULTIRESPONSE(?:_H?S?)?|MRH?S?";

/** The fields of a cloze. Throws where one is not closed, has no right answer, or too few answers. */
export function fieldsOf(text: string): readonly Field[] {
  return [...text.matchAll(new RegExp(`\\{(\\d*):(${fieldTypes}):`, "g"))].map((opening) => {
    const answers: Field["answers"][number][] = [];
    let at = opening.index + opening[0].length;
    for (let end = ""; end !== "}"; ) {
      const { answer, next } = answerAt(text, at, opening[2]!);
      answers.push(answer);
      end = text[next] ?? "nothing";
      expect(["~", "}"], `behind ${text.slice(at, next)}`).toContain(end);
      at = next + 1;
    }
    expect(answers.some(({ share }) => share === 1)).toBe(true);
    if (opening[2]!.startsWith("M")) expect(answers.length).toBeGreaterThan(1);
    return { marks: Number(opening[1] || 1), type: opening[2]!, answers };
  });
}

/** = or %50%, the answer up to # ~ or }, and behind # the feedback up to ~ or }. */
function answerAt(
  text: string,
  start: number,
  type: string,
): { answer: Field["answers"][number]; next: number } {
  const [mark, percent] = /^(?:=|%(-?\d+(?:[.,]\d*)?)%)?/.exec(text.slice(start))!;
  const share = mark === "=" ? 1 : Number(percent ?? 0) / 100;
  expect(isFraction(share * 100)).toBe(true);
  let at = start + mark.length;
  // An answer has a character at least. A & before the sign is an entity, a backslash hides it.
  const answerEnd = endOf(text, at + 1, "~#}", ["\\", "&", "&amp;"]);
  const own = text.slice(at, answerEnd);
  at = answerEnd;
  let feedback = "";
  if (text[at] === "#") {
    const end = endOf(text, at + 1, "~}", ["\\"]);
    feedback = text.slice(at + 1, end);
    at = end;
  }
  if (type === "NUMERICAL" || type === "NM") {
    const [value, tolerance = "0", ...rest] = own.split(":");
    expect(rest).toEqual([]);
    expect(isNumber(value!) && isNumber(tolerance), own).toBe(true);
    return {
      answer: { share, text: value!, tolerance: Number(tolerance), feedback: shown(feedback) },
      next: at,
    };
  }
  return { answer: { share, text: shown(own), feedback: shown(feedback) }, next: at };
}

function endOf(text: string, start: number, ends: string, hidden: readonly string[]): number {
  for (let at = start; at < text.length; at += 1)
    if (ends.includes(text[at]!) && !hidden.some((before) => text.slice(0, at).endsWith(before))) return at;
  return text.length;
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

const entities = (text: string): string =>
  text.replace(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (_, code: string | undefined, name: string) =>
    code ? String.fromCodePoint(Number(code)) : named[name]!,
  );

/** Entities are undone on reading, with two of the backslashes; what is left is HTML, which the browser undoes. */
function shown(text: string): string {
  const html = entities(text).replaceAll("\\}", "}").replaceAll("\\#", "#");
  expect(html).not.toMatch(/<(?!\/?(span|em|strong|p)\b)/);
  return entities(html.replace(/<[^>]*>/g, ""));
}
