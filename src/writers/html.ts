// The document as HTML: a self-contained page, or a fragment to paste into one. Formulas are KaTeX's HTML and MathML,
// named by their speech; its style sheet and the fonts in use are inlined, and nothing is loaded or run.
import katex from "katex";
import type { Block, DerivationDocument, EquationLine, Inline } from "../derivation/document.ts";
import type { SpokenWords } from "../derivation/wording/spoken.ts";
import { type Language, spokenWords, wordings } from "../derivation/wording/wordings.ts";
import { htmlContents } from "./html-contents.ts";
import { copyButton } from "./html-copy.ts";
import { PagePictures, pagePictureStyle } from "./html-picture.ts";
import { style } from "./html-style.ts";
import { htmlText } from "./html-text.ts";
import { katexStyle } from "./katex-style.ts";
import { writeMarkdown } from "./markdown.ts";
import { aligned, latexRow } from "./print/aligned.ts";
import { latexNumber, latexOf, operatorSigns, relationSigns } from "./print/latex.ts";
import type { Operator } from "./print/layout.ts";
import { aloud, type Row, rowsOf } from "./print/line.ts";
import { numberText } from "./print/number.ts";
import type { Printing } from "./print/scope.ts";
import { speechOf, spokenNumber } from "./print/speech.ts";
import { widthOf } from "./print/width.ts";
import { qrSvg } from "./qr.ts";
import { type Table, write } from "./table.ts";
import { byline, type DocumentWriter } from "./writing.ts";

/** Characters of a formula that fit on a line of the page: 44 rem less the indent, at 9 px each (measured). */
const room = 72;

/** Wider formulas may have to scroll on a phone of 360 px (34 characters) and must then be reachable by keyboard. */
const phoneRoom = 28;

/** Reasons up to this many characters stand beside their line, longer ones below it. */
const longestAside = 40;

/** A letter of the text beside a letter of a formula. */
const letterWidth = 0.75;

const deepestHeading = 6;

/** Takes the next piece of the page; the pieces are joined once, so that writing is linear in the output. */
type Out = (...pieces: readonly string[]) => void;

/** What the rows of the tables below are handed. */
interface Page {
  readonly out: Out;
  readonly printing: Printing;
  readonly language: Language;
  /** The HTML of a formula's LaTeX; its speech is what a screen reader without MathML says. */
  readonly formula: (latex: string, speech: string) => string;
  /** A button to copy a text; nothing in a fragment, whose ids could meet those of another one. */
  readonly copy: (what: string, text: string) => string;
  /** Sections below a section, from this level of heading on, can be folded away; on paper they are open. */
  readonly foldsFrom: number;
  readonly pictures: PagePictures;
  /** Prefix of the sections' ids: a fragment must not meet the ids of the page around it. */
  readonly prefix: string;
}

export const writeHtml: DocumentWriter = (document, printing, { fragment = false }) => {
  const first = fragment ? 2 : 1;
  const pieces: string[] = [];
  const rendered = new Map<string, string>();
  const prefix = fragment ? "handgrad-" : "";
  const pictures = new PagePictures(printing, document.language, prefix);
  const page: Page = {
    out: (...more) => void pieces.push(...more),
    printing,
    foldsFrom: first + 2,
    language: document.language,
    formula: (latex, speech) => formulaOnce(latex, speech, rendered),
    copy: fragment ? () => "" : copying(document.language),
    pictures,
    prefix,
  };
  page.out(
    "<header>",
    codeOf(document),
    `<h${first}>`,
    htmlText(document.title),
    `</h${first}>`,
    by(document),
  );
  if (!fragment) page.out(copies(document, page));
  page.out("</header>\n");
  // A sheet is short, and made for paper.
  if (!fragment && document.code === undefined) page.out(contents(document, page));
  htmlBlocks(document.blocks, page, first + 1);
  page.out(foot(document));
  const [before, after] = fragment ? fragmentFrame(document) : pageFrame(document);
  const styles = [katexStyle([...rendered.keys()]), style, pictures.count > 0 ? pagePictureStyle : ""];
  return [before, "<style>", ...styles, "</style>", ...pieces, after].join("");
};

type Frame = readonly [before: string, after: string];

function fragmentFrame({ language }: DerivationDocument): Frame {
  return [`<div class="handgrad" lang="${language}">`, "</div>\n"];
}

function pageFrame({ language, title }: DerivationDocument): Frame {
  const head = [
    "<!doctype html>",
    `<html lang="${language}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${htmlText(title)}</title>`,
    "<style>html{background:Canvas}body{margin:0}</style></head>",
    '<body><main class="handgrad page">',
  ];
  return [head.join("\n"), "</main></body>\n</html>\n"];
}

/** The buttons of one page, numbered. */
function copying(language: Language): Page["copy"] {
  let count = 0;
  return (what, text) => {
    count += 1;
    return copyButton({ id: `copy-${count}`, what, text }, wordings[language].page);
  };
}

/** Permalink and Markdown of the whole page. */
function copies(document: DerivationDocument, { copy, printing, language }: Page): string {
  const { permalink } = document;
  const link = permalink ? copy(wordings[language].page.permalink, permalink) : "";
  return `<div class="copies">${link}${copy("Markdown", writeMarkdown(document, printing, {}))}</div>`;
}

function contents({ blocks: list }: DerivationDocument, page: Page): string {
  return htmlContents(
    list,
    wordings[page.language].page.contents,
    (id, title) =>
      `<a href="#${page.prefix}${htmlText(id)}">${title.map((inline) => write(inlines, inline, page)).join("")}</a>`,
  );
}

/**
 * KaTeX with nothing trusted; what we print never needs more. Each distinct formula is rendered once. The speech names
 * the MathML element: readers that know MathML walk through its parts as before, all others have the words.
 */
function formulaOnce(latex: string, speech: string, rendered: Map<string, string>): string {
  const known = rendered.get(latex);
  if (known !== undefined) return known;
  const drawn = katex.renderToString(latex, {
    output: "htmlAndMathml",
    strict: "error",
    throwOnError: true,
    trust: false,
    // KaTeX counts every built-in macro of a line; the text is our own printing, in which users define nothing.
    maxExpand: 100_000,
    maxSize: 20,
    macros: {},
  });
  // Reading a character makes V8 join the thousand pieces that KaTeX's string is kept as; kept as pieces until the page
  // is joined, they cost the garbage collector as much time as KaTeX takes (measured at 280 formulas).
  drawn.charCodeAt(0);
  const html = drawn.replace("<math ", `<math aria-label="${htmlText(speech)}" `);
  rendered.set(latex, html);
  return html;
}

/** The code of a variant as a QR code, with the words that stand for it. */
function codeOf({ code, language }: DerivationDocument): string {
  if (code === undefined) return "";
  const alt = htmlText(wordings[language].page.variantAlt(code));
  return qrSvg(code, ` class="code" role="img" aria-label="${alt}" shape-rendering="crispEdges"`) ?? "";
}

function by(document: DerivationDocument): string {
  const parts = byline(document).map((part) => `<span>${htmlText(part)}</span>`);
  return parts.length === 0 ? "" : `<p class="by">${parts.join(" · ")}</p>`;
}

function foot({ engine, permalink }: DerivationDocument): string {
  const link = permalink ? ` · <a href="${htmlText(permalink)}">permalink</a>` : "";
  return `<footer>Handgrad ${htmlText(engine)}${link}</footer>\n`;
}

function htmlBlocks(list: readonly Block[], page: Page, level: number): void {
  for (const block of list) {
    write(blocks, block, page, level);
    page.out("\n");
  }
}

const blocks: Table<Block, [Page, number], void> = {
  section: ({ id, title, blocks: inner }, page, level) => {
    const folds = level >= page.foldsFrom;
    page.out(
      `<section id="${page.prefix}${htmlText(id)}">`,
      folds ? '<details class="fold" open><summary>' : "",
    );
    element(`h${Math.min(level, deepestHeading)}`, title, page);
    page.out(folds ? "</summary>\n" : "\n");
    htmlBlocks(inner, page, level + 1);
    page.out(folds ? "</details></section>" : "</section>");
  },
  picture: (block, { out, pictures }) => out(pictures.figure(block)),
  paragraph: ({ inlines: list }, page) => element("p", list, page),
  equations: ({ lines, path }, page) => htmlEquations(lines, path, page),
  list: ({ ordered, items }, page) => {
    const tag = ordered ? "ol" : "ul";
    page.out(`<${tag}>`);
    for (const item of items) element("li", item, page);
    page.out(`</${tag}>`);
  },
  table: ({ caption, columns, rows }, page) => {
    const label = htmlText(wordings[page.language].page.table);
    page.out(`<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table>`);
    if (caption) element("caption", caption, page);
    page.out("<thead><tr>");
    for (const { title, align } of columns) element("th", title, page, ` scope="col" class="${align}"`);
    page.out("</tr></thead><tbody>");
    for (const row of rows) {
      page.out("<tr>");
      for (const [column, cell] of row.entries())
        element("td", cell, page, ` class="${columns[column]!.align}"`);
      page.out("</tr>");
    }
    page.out("</tbody></table></div>");
  },
  note: ({ tone, inlines: list }, page) => {
    page.out(`<div class="note ${tone}" role="note">`);
    element("p", list, page);
    page.out("</div>");
  },
  space: ({ lines }, { out }) =>
    out('<div class="space" aria-hidden="true">', "<i></i>".repeat(lines), "</div>"),
  detail: ({ summary, blocks: inner }, page, level) => {
    page.out("<details open>");
    element("summary", summary, page);
    page.out("\n");
    htmlBlocks(inner, page, level);
    page.out("</details>");
  },
};

function element(tag: string, list: readonly Inline[], page: Page, attributes = ""): void {
  page.out(`<${tag}${attributes}>`, ...list.map((inline) => write(inlines, inline, page)), `</${tag}>`);
}

const inlines: Table<Inline, [Page], string> = {
  text: ({ text }) => htmlText(text),
  strong: ({ text }) => `<strong>${htmlText(text)}</strong>`,
  code: ({ text }) => `<code>${htmlText(text)}</code>`,
  formula: ({ expr }, { formula, printing, language }) => {
    const { latex, speech } = aloud(expr, printing, language);
    return formula(latex, speech);
  },
  value: ({ value }, { formula, printing, language }) => {
    const number = numberText(value, printing.digits);
    return formula(latexNumber(number), spokenNumber(number, language));
  },
};

/** A grid of two columns that meet at the relation signs; reasons stand beside or below their lines. */
function htmlEquations(
  lines: readonly EquationLine[],
  path: readonly string[] | undefined,
  page: Page,
): void {
  const asides = lines.map(({ because }) =>
    because && lengthOf(because) <= longestAside ? lengthOf(because) : 0,
  );
  const free = room - Math.max(...asides) * letterWidth;
  const rows = lines.map((line) => rowsOf(line, page.printing, free));
  const widest = Math.max(...rows.flat().map(widthOfRow));
  const points = path && page.pictures.classOf(path);
  const reach =
    points || widest > phoneRoom
      ? ` tabindex="0" role="group" aria-label="${htmlText(wordings[page.language].page.equations)}"`
      : "";
  const marks = path ? ` data-path="${htmlText(path.join(" "))}"` : "";
  page.out('<div class="block">', page.copy("LaTeX", aligned(rows.flat().map(latexRow))));
  page.out(`<div class="scroll${points ? ` ${points}` : ""}"${reach}${marks}><div class="equations">`);
  for (const [position, { because }] of lines.entries()) {
    for (const [line, row] of rows[position]!.entries()) htmlRow(row, line > 0, page);
    if (because) element("div", because, page, ` class="because${asides[position]! > 0 ? " aside" : ""}"`);
  }
  page.out("</div></div></div>");
}

/** Formulas in running text are short: a symbol or two. */
const formulaLength = 8;

function lengthOf(list: readonly Inline[]): number {
  return list.reduce((total, inline) => total + ("text" in inline ? inline.text.length : formulaLength), 0);
}

function widthOfRow({ left, right }: Row): number {
  const sides = right.kind === "chain" ? right.sides : [right];
  return (left ? widthOf(left) : 0) + Math.max(...sides.map(widthOf));
}

/** The sides of a chain are formulas of their own, so that a narrow page sets them below each other. */
function htmlRow({ left, sign, right, continues }: Row, more: boolean, page: Page): void {
  const { out, formula, language } = page;
  const { relations, ...words } = spokenWords[language];
  const row = more ? " more" : "";
  const sides = right.kind === "chain" ? right.sides : [right];
  const signs = right.kind === "chain" ? [sign, ...right.signs] : [sign];
  out(
    `<div class="left${row}">`,
    left ? formula(`\\displaystyle ${latexOf(left)}`, speechOf(left, language)) : "",
    `</div><div class="right${row}">`,
  );
  for (const [position, side] of sides.entries()) {
    const own = signs[position];
    const before = continues
      ? `\\qquad {}${operatorSigns[continues]} `
      : own
        ? `{}${relationSigns[own]} `
        : "";
    const joint = continues ? words[operatorWords[continues]] : own ? relations[own] : "";
    const speech = `${joint} ${speechOf(side, language)}`.trim();
    out('<span class="side">', formula(`\\displaystyle ${before}${latexOf(side)}`, speech), "</span>");
  }
  out("</div>");
}

/** The word that opens a row that goes on. */
const operatorWords = {
  plus: "plus",
  minus: "minus",
  none: "times",
  dot: "times",
  asterisk: "times",
  times: "times",
  odot: "timesEntrywise",
} as const satisfies Record<Operator, keyof SpokenWords>;
