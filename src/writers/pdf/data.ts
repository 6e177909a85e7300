// The document as plain data for the Typst template: formulas as trees, each with the words that stand for it.
import type { Block, DerivationDocument, EquationLine, Inline, Side } from "../../derivation/document.ts";
import { type Language, wordings } from "../../derivation/wording/wordings.ts";
import { remembering } from "../../remembered.ts";
import { type Typesetter, typesetter } from "../picture/typeset.ts";
import { pictureDigits } from "../pictures.ts";
import type { Layout } from "../print/layout.ts";
import { chain, expressionLayout, type Row, rowsOfChain } from "../print/line.ts";
import { digitsInEm, widthOfFormula } from "../print/metrics.ts";
import { numberText } from "../print/number.ts";
import type { Printing } from "../print/scope.ts";
import { speechOf, spokenNumber } from "../print/speech.ts";
import {
  chainFormula,
  type Formula,
  formulaOf,
  inlineFormulaOf,
  numberFormula,
  operatorFormulas,
  relationFormulas,
} from "../print/typst.ts";
import { qrSvg } from "../qr.ts";
import { spokenInlines } from "../sentence.ts";
import { writeSvg } from "../svg.ts";
import { type Table, write } from "../table.ts";
import { byline } from "../writing.ts";
import { pdfText } from "./characters.ts";
import { type Look, roomOf } from "./paper.ts";
import type { PdfStandard } from "./standards.ts";

/** What is handed down to every block. */
interface Page {
  readonly printing: Printing;
  readonly language: Language;
  /** How much of a formula fits on a line, in em. */
  readonly room: number;
  /** Lays out the labels of all pictures. */
  readonly typeset: Typesetter;
}

export interface PdfOptions {
  readonly look: Look;
  readonly standard: PdfStandard;
}

/** All that the template is given. */
export function pdfData(
  document: DerivationDocument,
  printing: Printing,
  { look, standard }: PdfOptions,
): object {
  const { title, author, course, language, permalink, code, engine, blocks: list } = document;
  const { page: words } = wordings[language];
  const typeset = typesetter(inPictures(printing));
  const page: Page = { printing, language, room: roomOf(look), typeset };
  return {
    title: pdfText(title),
    author: author === undefined ? null : pdfText(author),
    course: course === undefined ? null : pdfText(course),
    byline: byline(document).map(pdfText),
    language,
    look,
    archived: standard === "a",
    words: {
      page: words.pageOf,
      made: `Handgrad ${engine}`,
      colophon: words.colophon,
      codeAlt: words.codeAlt,
    },
    variant: code === undefined ? null : { code: qrSvg(code) ?? null, alt: words.variantAlt(code) },
    permalink: permalink ?? null,
    // A path alone leads nowhere.
    target: permalink?.startsWith("http") ? permalink : null,
    code: (permalink && qrSvg(permalink)) ?? null,
    blocks: blockData(list, page),
  };
}

const inPictures = (printing: Printing): Printing => ({
  ...printing,
  digits: Math.min(printing.digits, pictureDigits),
});

/** What is no sense without the words before it; a picture has a caption. */
const opened: ReadonlySet<Block["kind"] | undefined> = new Set(["equations", "list", "table"]);

const endsWithColon = (block: Block): boolean => {
  const last = block.kind === "paragraph" ? block.inlines.at(-1) : undefined;
  return last?.kind === "text" && last.text.endsWith(":");
};

function blockData(list: readonly Block[], page: Page): readonly object[] {
  return list.map((block, position) => ({
    kind: block.kind,
    ...write(blocks, block, page),
    // Words that announce something stay on its page.
    opens: endsWithColon(block) || opened.has(list[position + 1]?.kind),
  }));
}

const blocks: Table<Block, [Page], object> = {
  section: ({ title, blocks: inner }, page) => ({
    title: inlineData(title, page),
    blocks: blockData(inner, page),
  }),
  picture: ({ picture }, page) => {
    const { printing, language, typeset } = page;
    const own = inPictures(printing);
    const svg = writeSvg(picture, own, { theme: "print", language, typeset });
    return {
      svg,
      size: [/ width="([\d.]+)"/, / height="([\d.]+)"/].map((length) => Number(length.exec(svg)?.[1])),
      alt: spokenInlines(picture.description, own, language),
      caption: inlineData(picture.title, { ...page, printing: own }),
    };
  },
  paragraph: ({ inlines: list }, page) => ({ inlines: inlineData(list, page) }),
  equations: ({ lines }, page) => ({ lines: lines.map((line) => lineData(line, page)) }),
  list: ({ ordered, items }, page) => ({ ordered, items: items.map((item) => inlineData(item, page)) }),
  table: ({ caption, columns, rows }, page) => ({
    caption: caption ? inlineData(caption, page) : null,
    columns: columns.map(({ title, align }, position) => {
      const cells = rows.map((row) => row[position]!);
      const numbers = cells.map(numberIn);
      return {
        title: inlineData(title, page),
        align,
        numbers: numbers.every((number) => number !== undefined),
        cells: cells.map((cell, line) => ({
          inlines: inlineData(cell, page),
          parts: partsOf(numbers[line], page),
        })),
      };
    }),
  }),
  note: ({ tone, inlines: list }, page) => ({ tone, inlines: inlineData(list, page) }),
  space: ({ lines }) => ({ lines }),
  detail: ({ summary, blocks: inner }, page) => ({
    summary: inlineData(summary, page),
    blocks: blockData(inner, page),
  }),
};

/** A line that is estimated to fill more than this share is measured again by Typst, and set smaller if need be; */
const wide = 0.94;

/** so is one with matrices written out, which may be higher than a page. */
const written: Partial<Record<Side["kind"], true>> = { entries: true, entriesProduct: true, numbers: true };

/** em; a formula among words that is wider may not fit on a line of the narrowest column. */
const wideWord = 8;

/** em for each letter of a reason, which is set smaller than its line and stands beside the last row if it fits. */
const reasonLetter = 0.42;
const reasonGap = 2;

/** The value of a cell that holds nothing else. */
function numberIn(cell: readonly Inline[]): number | undefined {
  const [only, ...others] = cell;
  return only?.kind === "value" && others.length === 0 ? only.value : undefined;
}

/** What stands before the decimal point of a number, and what stands from there on. */
function partsOf(value: number | undefined, { printing }: Page): readonly (Formula | null)[] {
  if (value === undefined) return [null, null];
  const { digits, ...number } = numberText(value, printing.digits);
  const point = digits.includes(".") ? digits.indexOf(".") : digits.length;
  const whole = numberFormula({ negative: number.negative, digits: digits.slice(0, point) });
  const rest = { ...number, negative: false, digits: digits.slice(point) };
  return [whole, rest.digits === "" && rest.exponent === undefined ? null : numberFormula(rest)];
}

function lineData(line: EquationLine, page: Page): object {
  const { printing, language, room } = page;
  const whole = chain(line, printing);
  const pen = newPen();
  const rows = rowsOfChain(whole, digitsInEm * room, (layout) => digitsInEm * pen.widthOf(layout), true);
  const widths = rows.map((row) => widthOfRow(row, rows[0]!, pen));
  const aside = asideOf(line, room - widths.at(-1)!);
  return {
    alt: speechOf(whole, language),
    rows: rows.map((row) => rowData(row, pen)),
    large: Math.max(...widths) > wide * room || line.sides.some(({ kind }) => kind in written),
    aside: aside === undefined ? null : pdfText(aside),
    numbered: line.ownNumber !== true,
    because: line.because && aside === undefined ? inlineData(line.because, page) : null,
  };
}

/** The words of a reason without formulas that fits into `free` em; a number has a place of its own. */
function asideOf({ because, ownNumber }: EquationLine, free: number): string | undefined {
  if (!because?.every((inline) => inline.kind === "text")) return undefined;
  const words = because.map(({ text }) => text).join("");
  return ownNumber || reasonLetter * words.length + reasonGap <= free ? words : undefined;
}

/** Formulas of the sides of one line and their widths in em, each worked out once for all who ask. */
interface Pen {
  readonly formulaOf: (layout: Layout) => Formula;
  readonly widthOf: (layout: Layout) => number;
}

function newPen(): Pen {
  const sideFormula = remembering(formulaOf);
  const whole = remembering((layout: Layout) =>
    layout.kind === "chain" ? chainFormula(layout.sides.map(sideFormula), layout.signs) : sideFormula(layout),
  );
  return { formulaOf: whole, widthOf: remembering((layout) => widthOfFormula(whole(layout))) };
}

/** em, with the left side that all rows of a line stand behind. */
function widthOfRow({ right, continues }: Row, { left }: Row, pen: Pen): number {
  return (left ? pen.widthOf(left) : 0) + pen.widthOf(right) + (continues ? 3 : 1.4);
}

function rowData({ left, sign, right, continues }: Row, pen: Pen): object {
  const opening: Formula | undefined = continues
    ? operatorFormulas[continues]
    : sign && relationFormulas[sign];
  return {
    left: left ? pen.formulaOf(left) : null,
    sign: opening ?? null,
    continues: continues !== undefined,
    right: pen.formulaOf(right),
  };
}

type InlineData = readonly [kind: string, ...rest: unknown[]];

function inlineData(list: readonly Inline[], page: Page): readonly InlineData[] {
  return list.map((inline) => write(inlines, inline, page));
}

const inlines: Table<Inline, [Page], InlineData> = {
  text: ({ text }) => ["text", pdfText(text)],
  strong: ({ text }) => ["strong", pdfText(text)],
  code: ({ text }) => ["code", pdfText(text)],
  formula: ({ expr }, { printing, language }) => {
    const layout = expressionLayout(expr, printing);
    const formula = inlineFormulaOf(layout);
    const kind = widthOfFormula(formula) > wideWord ? "wide" : "formula";
    return [kind, formula, speechOf(layout, language)];
  },
  value: ({ value }, { printing, language }) => {
    const number = numberText(value, printing.digits);
    return ["formula", numberFormula(number), spokenNumber(number, language)];
  },
};
