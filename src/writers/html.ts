// The document as HTML: a self-contained page, or a fragment to paste into one. Formulas are KaTeX's HTML and MathML;
// its style sheet and the fonts in use are inlined, and nothing is loaded or run.
import katex from "katex";
import type { Block, DerivationDocument, EquationLine, Inline } from "../derivation/document.ts";
import { style } from "./html-style.ts";
import { katexStyle } from "./katex-style.ts";
import { latexNumber, latexOf, operatorSigns, relationSigns } from "./print/latex.ts";
import { latex, type Row, rowsOf } from "./print/line.ts";
import { numberText } from "./print/number.ts";
import type { Printing } from "./print/printer.ts";
import { widthOf } from "./print/width.ts";
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

/** Renders each distinct formula once. */
type Formula = (text: string) => string;

/** What the rows of the tables below are handed. */
interface Page {
  readonly printing: Printing;
  readonly formula: Formula;
  /** Prefix of the sections' ids: a fragment must not meet the ids of the page around it. */
  readonly prefix: string;
}

export const writeHtml: DocumentWriter = (document, printing, { fragment = false }) => {
  const page: Page = { printing, formula: formulas(), prefix: fragment ? "handgrad-" : "" };
  const first = fragment ? 2 : 1;
  const body = [
    `<header><h${first}>${htmlText(document.title)}</h${first}>${by(document)}</header>`,
    htmlBlocks(document.blocks, page, first + 1),
    foot(document),
  ].join("\n");
  const styles = `<style>${katexStyle(body)}${style}</style>`;
  if (fragment) return `<div class="handgrad" lang="${document.language}">${styles}\n${body}</div>\n`;
  return [
    "<!doctype html>",
    `<html lang="${document.language}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${htmlText(document.title)}</title>`,
    '<meta name="color-scheme" content="light dark">',
    `<style>html{background:Canvas}body{margin:0}</style>${styles}</head>`,
    `<body><main class="handgrad page">\n${body}\n</main></body>`,
    "</html>\n",
  ].join("\n");
};

/** KaTeX with nothing trusted; what we print never needs more. */
function formulas(): Formula {
  const rendered = new Map<string, string>();
  return (text) => {
    let html = rendered.get(text);
    if (html === undefined) {
      html = katex.renderToString(text, {
        output: "htmlAndMathml",
        strict: "error",
        throwOnError: true,
        trust: false,
        maxExpand: 200,
        maxSize: 20,
        macros: {},
      });
      rendered.set(text, html);
    }
    return html;
  };
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Words as HTML text or as the value of a quoted attribute. */
export function htmlText(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").replace(/[&<>"']/g, (character) => escapes[character]!);
}

function by(document: DerivationDocument): string {
  const parts = byline(document).map((part) => `<span>${htmlText(part)}</span>`);
  return parts.length === 0 ? "" : `<p class="by">${parts.join(" · ")}</p>`;
}

function foot({ engine, permalink }: DerivationDocument): string {
  const link = permalink ? ` · <a href="${htmlText(permalink)}">permalink</a>` : "";
  return `<footer>Handgrad ${htmlText(engine)}${link}</footer>`;
}

function htmlBlocks(list: readonly Block[], page: Page, level: number): string {
  return list.map((block) => write(blocks, block, page, level)).join("\n");
}

const blocks: Table<Block, [Page, number], string> = {
  section: ({ id, title, blocks: inner }, page, level) => {
    const tag = `h${Math.min(level, deepestHeading)}`;
    const heading = `<${tag}>${htmlInlines(title, page)}</${tag}>`;
    return `<section id="${page.prefix}${htmlText(id)}">${heading}\n${htmlBlocks(inner, page, level + 1)}</section>`;
  },
  paragraph: ({ inlines: list }, page) => `<p>${htmlInlines(list, page)}</p>`,
  equations: ({ lines, path }, page) => htmlEquations(lines, path, page),
  list: ({ ordered, items }, page) => {
    const tag = ordered ? "ol" : "ul";
    return `<${tag}>${items.map((item) => `<li>${htmlInlines(item, page)}</li>`).join("")}</${tag}>`;
  },
  table: ({ caption, columns, rows }, page) => {
    const cell = (tag: string, column: number, inner: readonly Inline[]): string =>
      `<${tag} class="${columns[column]!.align}">${htmlInlines(inner, page)}</${tag.split(" ")[0]}>`;
    const head = columns.map(({ title }, column) => cell('th scope="col"', column, title)).join("");
    const body = rows.map(
      (row) => `<tr>${row.map((inner, column) => cell("td", column, inner)).join("")}</tr>`,
    );
    const title = caption ? `<caption>${htmlInlines(caption, page)}</caption>` : "";
    return `<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>${title}<thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
  },
  note: ({ tone, inlines: list }, page) =>
    `<div class="note ${tone}" role="note"><p>${htmlInlines(list, page)}</p></div>`,
  detail: ({ summary, blocks: inner }, page, level) =>
    `<details open><summary>${htmlInlines(summary, page)}</summary>\n${htmlBlocks(inner, page, level)}</details>`,
};

function htmlInlines(list: readonly Inline[], page: Page): string {
  return list.map((inline) => write(inlines, inline, page)).join("");
}

const inlines: Table<Inline, [Page], string> = {
  text: ({ text }) => htmlText(text),
  strong: ({ text }) => `<strong>${htmlText(text)}</strong>`,
  code: ({ text }) => `<code>${htmlText(text)}</code>`,
  formula: ({ expr }, { formula, printing }) => formula(latex(expr, printing)),
  value: ({ value }, { formula, printing }) => formula(latexNumber(numberText(value, printing.digits))),
};

/** A grid of two columns that meet at the relation signs; reasons stand beside or below their lines. */
function htmlEquations(
  lines: readonly EquationLine[],
  path: readonly string[] | undefined,
  page: Page,
): string {
  const asides = lines.map(({ because }) =>
    because && lengthOf(because) <= longestAside ? lengthOf(because) : 0,
  );
  const free = room - Math.max(...asides) * letterWidth;
  const rows = lines.map((line) => rowsOf(line, page.printing, free));
  const widest = Math.max(...rows.flat().map(widthOfRow));
  const reach = widest > phoneRoom ? ' tabindex="0" role="group" aria-label="Equations"' : "";
  const marks = path ? ` data-path="${htmlText(path.join(" "))}"` : "";
  const cells = rows.map((own, position) => {
    const because = lines[position]!.because;
    const place = asides[position]! > 0 ? "because aside" : "because";
    const reason = because ? `<div class="${place}">${htmlInlines(because, page)}</div>` : "";
    return own.map((row, line) => htmlRow(row, line > 0, page.formula)).join("") + reason;
  });
  return `<div class="scroll"${reach}${marks}><div class="equations">${cells.join("")}</div></div>`;
}

/** Formulas in running text are short: a symbol or two. */
const formulaLength = 8;

function lengthOf(inlines: readonly Inline[]): number {
  const lengths = inlines.map((inline) => ("text" in inline ? inline.text.length : formulaLength));
  return lengths.reduce((total, length) => total + length, 0);
}

function widthOfRow({ left, right }: Row): number {
  const sides = right.kind === "chain" ? right.sides : [right];
  return (left ? widthOf(left) : 0) + Math.max(...sides.map(widthOf));
}

/** The sides of a chain are formulas of their own, so that a narrow page sets them below each other. */
function htmlRow({ left, sign, right, continues }: Row, more: boolean, formula: Formula): string {
  const opening = left ? formula(`\\displaystyle ${latexOf(left)}`) : "";
  const sides = right.kind === "chain" ? right.sides : [right];
  const signs = right.kind === "chain" ? [sign, ...right.signs] : [sign];
  const spans = sides.map((side, position) => {
    const own = signs[position];
    const before = continues
      ? `\\qquad {}${operatorSigns[continues]} `
      : own
        ? `{}${relationSigns[own]} `
        : "";
    return `<span class="side">${formula(`\\displaystyle ${before}${latexOf(side)}`)}</span>`;
  });
  const row = more ? " more" : "";
  return `<div class="left${row}">${opening}</div><div class="right${row}">${spans.join("")}</div>`;
}
