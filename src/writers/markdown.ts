// The document as GitHub Flavored Markdown. Display formulas are ```math fences, whose content no Markdown rule
// touches; inline formulas are $…$, or $`…`$ where an underscore or backslash would meet a rule of Markdown first
// (GitHub Docs, "Writing mathematical expressions").
import type { Block, DerivationDocument, EquationLine, Inline } from "../derivation/document.ts";
import { latexNumber, latexOf, operatorSigns, relationSigns } from "./print/latex.ts";
import { latex, type Row, rowsOf } from "./print/line.ts";
import { numberText } from "./print/number.ts";
import type { Printing } from "./print/scope.ts";
import { type Table, write } from "./table.ts";
import { byline, type DocumentWriter } from "./writing.ts";

/** Characters of a formula that fit on a line of a README. */
const room = 76;

const deepestHeading = 6;

export const writeMarkdown: DocumentWriter = (document, printing) => {
  const by = byline(document).map(markdownText).join(" · ");
  const head = [`# ${markdownText(document.title)}`, ...(by === "" ? [] : [by])];
  return `${[...head, ...markdownBlocks(document.blocks, printing, 2), foot(document)].join("\n\n")}\n`;
};

function foot({ engine, permalink }: DerivationDocument): string {
  const address = permalink ? ` · ${markdownText(permalink)}` : "";
  return `---\n\nHandgrad ${markdownText(engine)}${address}`;
}

/** Marks that can open emphasis, a link, HTML, a formula, a footnote, an emoji, or a template of a site generator. */
const active = /[\\`*_{}[\]<>#|~$&@:^=%]/g;

/** A bullet or number at the start of a line, and the start of a bare address. */
const openings = /^(\s*)([-+])|^(\s*\d{1,9})([.)])|(www)(\.)/gi;

/** Words as Markdown text: whatever could act is escaped by a backslash (CommonMark 0.31, section 2.4). */
export function markdownText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replace(active, "\\$&")
    .replace(openings, (match) => `${match.slice(0, -1)}\\${match.at(-1)}`);
}

function markdownBlocks(list: readonly Block[], printing: Printing, level: number): readonly string[] {
  return list.flatMap((block) => write(blocks, block, printing, level));
}

const blocks: Table<Block, [Printing, number], readonly string[]> = {
  section: ({ title, blocks: inner }, printing, level) => [
    `${"#".repeat(Math.min(level, deepestHeading))} ${markdownInlines(title, printing)}`,
    ...markdownBlocks(inner, printing, level + 1),
  ],
  paragraph: ({ inlines: list }, printing) => [markdownInlines(list, printing)],
  equations: ({ lines }, printing) => markdownEquations(lines, printing),
  list: ({ ordered, items }, printing) => [
    items
      .map((item, position) => `${ordered ? `${position + 1}.` : "-"} ${markdownInlines(item, printing)}`)
      .join("\n"),
  ],
  table: ({ caption, columns, rows }, printing) => {
    const row = (cells: readonly (readonly Inline[])[]): string =>
      `| ${cells.map((cell) => markdownInlines(cell, printing)).join(" | ")} |`;
    const rule = `| ${columns.map(({ align }) => rules[align]).join(" | ")} |`;
    const table = [row(columns.map(({ title }) => title)), rule, ...rows.map(row)].join("\n");
    return caption ? [markdownInlines(caption, printing), table] : [table];
  },
  note: ({ inlines: list }, printing) => [`> ${markdownInlines(list, printing)}`],
  detail: ({ summary, blocks: inner }, printing, level) => [
    `**${markdownInlines(summary, printing)}**`,
    ...markdownBlocks(inner, printing, level),
  ],
};

const rules = { left: ":--", right: "--:", center: ":-:" } as const;

function markdownInlines(list: readonly Inline[], printing: Printing): string {
  return list.map((inline) => write(inlines, inline, printing)).join("");
}

const inlines: Table<Inline, [Printing], string> = {
  text: ({ text }) => markdownText(text),
  strong: ({ text }) => `**${markdownText(text)}**`,
  code: ({ text }) => codeSpan(text),
  formula: ({ expr }, printing) => inlineFormula(latex(expr, printing)),
  value: ({ value }, { digits }) => inlineFormula(latexNumber(numberText(value, digits))),
};

/** A code span fenced by more backticks than it holds; a bar would end the cell of a table. */
function codeSpan(text: string): string {
  const inert = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").replaceAll("|", "¦");
  const longest = Math.max(0, ...(inert.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = inert.startsWith("`") || inert.endsWith("`") || inert === "" ? " " : "";
  return `${fence}${pad}${inert}${pad}${fence}`;
}

function inlineFormula(text: string): string {
  return isSafeInline(text) ? `$${text}$` : `$\`${text}\`$`;
}

/** No underscore that could open emphasis, no asterisk, no backslash before punctuation. */
function isSafeInline(text: string): boolean {
  return !/[^A-Za-z0-9]_|\*|\\[^A-Za-z]|</.test(text);
}

/** One fence for lines without reasons between them; a reason ends its fence and follows as text. */
function markdownEquations(lines: readonly EquationLine[], printing: Printing): readonly string[] {
  const result: string[] = [];
  let rows: string[] = [];
  const close = (): void => {
    if (rows.length > 0)
      result.push(`\`\`\`math\n\\begin{aligned}\n${rows.join(" \\\\\n")}\n\\end{aligned}\n\`\`\``);
    rows = [];
  };
  for (const line of lines) {
    rows.push(...rowsOf(line, printing, room).map(markdownRow));
    if (!line.because) continue;
    close();
    result.push(markdownInlines(line.because, printing));
  }
  close();
  return result;
}

function markdownRow({ left, sign, right, continues }: Row): string {
  if (continues) return `&\\quad {}${operatorSigns[continues]} ${latexOf(right)}`;
  if (!sign) return `& ${latexOf(right)}`;
  return `${left ? `${latexOf(left)} ` : ""}&${relationSigns[sign]} ${latexOf(right)}`;
}
