// Blocks as HTML for a page of a course system, which sets the formulas itself: LaTeX between \( and \), pictures in the
// page. Words cannot open a formula, since the signs that do stand in elements of their own.
import type { Block, EquationLine, Inline } from "../derivation/document.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import { htmlText } from "./html-text.ts";
import { pictureDigits } from "./pictures.ts";
import { aligned, latexRow } from "./print/aligned.ts";
import { latexNumber } from "./print/latex.ts";
import { latex, rowsOf } from "./print/line.ts";
import { numberText } from "./print/number.ts";
import type { Printing } from "./print/scope.ts";
import { spokenInlines } from "./sentence.ts";
import { writeSvg } from "./svg.ts";
import { type Table, write } from "./table.ts";

/** Characters of a formula that fit on a line of a course page. */
const room = 72;

interface Page {
  readonly printing: Printing;
  readonly language: Language;
}

export function coursePage(list: readonly Block[], printing: Printing, language: Language): string {
  return list.map((block) => write(blocks, block, { printing, language })).join("\n");
}

/** A sentence with its formulas. */
export function courseText(list: readonly Inline[], printing: Printing): string {
  return list.map((inline) => write(inlines, inline, printing)).join("");
}

/** A formula in a line. */
export const courseFormula = (text: string): string => `\\(${htmlText(inertBraces(text))}\\)`;

/** Words that a page with MathJax leaves as they are, and in which Moodle finds no field of a cloze. */
export function courseWords(text: string): string {
  return htmlText(text)
    .replace(/[\\$]/g, (sign) => `<span>${sign}</span>`)
    .replaceAll("{", "&#123;");
}

/** Two braces in a row would open a template of PrairieLearn. */
const inertBraces = (text: string): string => text.replace(/\{(?=\{)/g, "{ ").replace(/\}(?=\})/g, "} ");

const blocks: Table<Block, [Page], string> = {
  section: ({ title, blocks: inner }, page) =>
    `<h4>${courseText(title, page.printing)}</h4>\n${coursePage(inner, page.printing, page.language)}`,
  picture: ({ picture }, { printing, language }) => {
    const own = { ...printing, digits: Math.min(printing.digits, pictureDigits) };
    const svg = writeSvg(picture, own, { theme: "light", language });
    const data = Buffer.from(svg).toString("base64");
    const alt = htmlText(spokenInlines(picture.description, own, language)).replaceAll("{", "&#123;");
    return `<p><img src="data:image/svg+xml;base64,${data}" alt="${alt}"></p>`;
  },
  paragraph: ({ inlines: list }, { printing }) => `<p>${courseText(list, printing)}</p>`,
  equations: ({ lines }, { printing }) =>
    lines.some(({ because }) => because)
      ? `<table>${lines.map((line) => lineRow(line, printing)).join("")}</table>`
      : display(lines, printing),
  list: ({ ordered, items }, { printing }) => {
    const tag = ordered ? "ol" : "ul";
    return `<${tag}>${items.map((item) => `<li>${courseText(item, printing)}</li>`).join("")}</${tag}>`;
  },
  table: ({ caption, columns, rows }, { printing }) => {
    const cells = (row: readonly (readonly Inline[])[], tag: "th" | "td"): string =>
      `<tr>${row.map((cell) => `<${tag}>${courseText(cell, printing)}</${tag}>`).join("")}</tr>`;
    const head = cells(
      columns.map(({ title }) => title),
      "th",
    );
    const title = caption ? `<caption>${courseText(caption, printing)}</caption>` : "";
    return `<table border="1">${title}<thead>${head}</thead><tbody>${rows.map((row) => cells(row, "td")).join("")}</tbody></table>`;
  },
  note: ({ inlines: list }, { printing }) => `<p><em>${courseText(list, printing)}</em></p>`,
  // There is a field to type in.
  space: () => "",
  detail: ({ summary, blocks: inner }, { printing, language }) =>
    `<p><strong>${courseText(summary, printing)}</strong></p>\n${coursePage(inner, printing, language)}`,
};

function display(lines: readonly EquationLine[], printing: Printing): string {
  const rows = lines.flatMap((line) => rowsOf(line, printing, room).map(latexRow));
  return `<p>\\[${htmlText(inertBraces(aligned(rows)))}\\]</p>`;
}

/** A line with its reason beside it. */
function lineRow(line: EquationLine, printing: Printing): string {
  const because = line.because ? courseText(line.because, printing) : "";
  return `<tr><td>${display([line], printing)}</td><td>${because}</td></tr>`;
}

const inlines: Table<Inline, [Printing], string> = {
  text: ({ text }) => courseWords(text),
  strong: ({ text }) => `<strong>${courseWords(text)}</strong>`,
  code: ({ text }) => `<code>${courseWords(text)}</code>`,
  formula: ({ expr }, printing) => courseFormula(latex(expr, printing)),
  value: ({ value }, { digits }) => courseFormula(latexNumber(numberText(value, digits))),
};
