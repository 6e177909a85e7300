// The document as plain data for the Typst template: formulas as trees, each with the words that stand for it.
import type { Block, DerivationDocument, EquationLine, Inline } from "../../derivation/document.ts";
import { type Language, wordings } from "../../derivation/wording/wordings.ts";
import { spokenInlines } from "../picture/alt.ts";
import { pictureDigits } from "../pictures.ts";
import { expressionLayout, lineAloud, type Row, rowsOf } from "../print/line.ts";
import { numberText } from "../print/number.ts";
import type { Printing } from "../print/scope.ts";
import { speechOf, spokenNumber } from "../print/speech.ts";
import {
  type Formula,
  formulaOf,
  numberFormula,
  operatorFormulas,
  relationFormulas,
} from "../print/typst.ts";
import { writeSvg } from "../svg.ts";
import { type Table, write } from "../table.ts";
import { byline } from "../writing.ts";
import { pdfText } from "./characters.ts";
import { type Look, roomOf } from "./paper.ts";
import { qrSvg } from "./qr.ts";
import type { PdfStandard } from "./standards.ts";

/** What is handed down to every block. */
interface Page {
  readonly printing: Printing;
  readonly language: Language;
  /** Characters of a formula that fit on a line. */
  readonly room: number;
}

/** All that the template is given. */
export function pdfData(
  document: DerivationDocument,
  printing: Printing,
  look: Look,
  standard: PdfStandard,
): object {
  const { title, author, course, language, permalink, engine, blocks: list } = document;
  const { page: words } = wordings[language];
  const page: Page = { printing, language, room: roomOf(look) };
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
    permalink: permalink ?? null,
    code: (permalink && qrSvg(permalink)) ?? null,
    blocks: blockData(list, page),
  };
}

function blockData(list: readonly Block[], page: Page): readonly object[] {
  return list.map((block) => ({ kind: block.kind, ...write(blocks, block, page) }));
}

const blocks: Table<Block, [Page], object> = {
  section: ({ title, blocks: inner }, page) => ({
    title: inlineData(title, page),
    blocks: blockData(inner, page),
  }),
  picture: ({ picture }, { printing, language }) => {
    const own = { ...printing, digits: Math.min(printing.digits, pictureDigits) };
    const svg = writeSvg(picture, own, { theme: "light", language });
    return {
      svg,
      width: Number(/ width="([\d.]+)"/.exec(svg)?.[1]),
      alt: spokenInlines(picture.description, own, language),
      caption: inlineData(picture.title, { printing: own, language, room: 0 }),
    };
  },
  paragraph: ({ inlines: list }, page) => ({ inlines: inlineData(list, page) }),
  equations: ({ lines }, page) => ({ lines: lines.map((line) => lineData(line, page)) }),
  list: ({ ordered, items }, page) => ({ ordered, items: items.map((item) => inlineData(item, page)) }),
  table: ({ caption, columns, rows }, page) => ({
    caption: caption ? inlineData(caption, page) : null,
    columns: columns.map(({ title, align }) => ({ title: inlineData(title, page), align })),
    rows: rows.map((row) => row.map((cell) => inlineData(cell, page))),
  }),
  note: ({ tone, inlines: list }, page) => ({ tone, inlines: inlineData(list, page) }),
  detail: ({ summary, blocks: inner }, page) => ({
    summary: inlineData(summary, page),
    blocks: blockData(inner, page),
  }),
};

function lineData(line: EquationLine, page: Page): object {
  const { printing, language, room } = page;
  return {
    alt: lineAloud(line, printing, language).speech,
    rows: rowsOf(line, printing, room).map(rowData),
    because: line.because ? inlineData(line.because, page) : null,
  };
}

function rowData({ left, sign, right, continues }: Row): object {
  const opening: Formula | undefined = continues
    ? operatorFormulas[continues]
    : sign && relationFormulas[sign];
  return {
    left: left ? formulaOf(left) : null,
    sign: opening ?? null,
    continues: continues !== undefined,
    right: formulaOf(right),
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
    return ["formula", formulaOf(layout), speechOf(layout, language)];
  },
  value: ({ value }, { printing, language }) => {
    const number = numberText(value, printing.digits);
    return ["value", numberFormula(number), spokenNumber(number, language)];
  },
};
