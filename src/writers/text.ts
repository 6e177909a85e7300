// The document as plain Unicode text of 100 columns, relations aligned below each other.
import type { Block, DerivationDocument, EquationLine, Inline } from "../derivation/document.ts";
import { textPicture } from "./picture/text.ts";
import type { Operator } from "./print/layout.ts";
import { plain, type Row, rowsOf } from "./print/line.ts";
import { numberText, plainNumber } from "./print/number.ts";
import { plainOf } from "./print/plain.ts";
import type { Printing } from "./print/scope.ts";
import { type Table, write } from "./table.ts";
import { byline, type DocumentWriter } from "./writing.ts";

const columns = 100;
const indent = "    ";

/** Underlines of the title, of sections and of sections within. */
const underlines = ["=", "-", "~"] as const;

export const writeText: DocumentWriter = (document, printing) => {
  const by = byline(document).map(plainText);
  const body = textBlocks(document.blocks, printing, 1);
  const head = heading(plainText(document.title), 0).join("\n");
  return `${[head, ...(by.length === 0 ? [] : [by.join("\n")]), ...body, foot(document)].join("\n\n")}\n`;
};

function foot({ engine, permalink }: DerivationDocument): string {
  return [`Handgrad ${plainText(engine)}`, ...(permalink ? [plainText(permalink)] : [])].join("\n");
}

/** Text of a user on one line: no control characters, line breaks or bidirectional marks. */
function plainText(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}

/** Every block as a paragraph of lines. */
function textBlocks(list: readonly Block[], printing: Printing, level: number): readonly string[] {
  return list.flatMap((block) => write(blocks, block, printing, level));
}

const blocks: Table<Block, [Printing, number], readonly string[]> = {
  section: ({ title, blocks: inner }, printing, level) => [
    heading(textInlines(title, printing), level).join("\n"),
    ...textBlocks(inner, printing, level + 1),
  ],
  picture: ({ picture }, printing) => [
    [`${textInlines(picture.title, printing)}:`, ...textPicture(picture, printing)]
      .map((line, position) => (position === 0 ? line : `${indent}${line}`))
      .join("\n"),
  ],
  paragraph: ({ inlines: list }, printing) => [wrapped(textInlines(list, printing)).join("\n")],
  equations: ({ lines }, printing) => [textEquations(lines, printing).join("\n")],
  list: ({ ordered, items }, printing) => [
    items
      .flatMap((item, position) => wrapped(textInlines(item, printing), ordered ? `${position + 1}. ` : "- "))
      .join("\n"),
  ],
  table: ({ caption, columns: heads, rows }, printing) => {
    const cells = [
      heads.map(({ title }) => textInlines(title, printing)),
      ...rows.map((row) => row.map((cell) => textInlines(cell, printing))),
    ];
    const widths = heads.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ""))));
    const line = (row: readonly string[]): string =>
      row
        .map((cell, column) => padded(cell, widths[column]!, heads[column]!.align))
        .join("  ")
        .trimEnd();
    const rule = widths.map((count) => "─".repeat(count)).join("  ");
    const [head, ...body] = cells;
    return [
      [...(caption ? [textInlines(caption, printing)] : []), line(head!), rule, ...body.map(line)].join("\n"),
    ];
  },
  note: ({ tone, inlines: list }, printing) => [wrapped(textInlines(list, printing), marks[tone]).join("\n")],
  space: ({ lines }) => Array.from({ length: lines }, () => "_".repeat(ruleWidth)),
  detail: ({ summary, blocks: inner }, printing, level) => [
    textInlines(summary, printing),
    ...textBlocks(inner, printing, level),
  ],
};

/** A line to write on. */
const ruleWidth = 80;

const marks = { agrees: "✓ ", warning: "! ", remark: "│ " } as const;

/** A sentence with its formulas as plain text, on one line. */
export function textInlines(list: readonly Inline[], printing: Printing): string {
  return list.map((inline) => write(inlines, inline, printing)).join("");
}

const inlines: Table<Inline, [Printing], string> = {
  text: ({ text }) => keepEnds(text),
  strong: ({ text }) => keepEnds(text),
  code: ({ text }) => keepEnds(text),
  formula: ({ expr }, printing) => plain(expr, printing),
  value: ({ value }, { digits }) => plainNumber(numberText(value, digits)),
};

/** Spaces at the ends of a run of words separate it from its neighbours. */
function keepEnds(text: string): string {
  return (/^\s/.test(text) ? " " : "") + plainText(text) + (/\S\s$/.test(text) ? " " : "");
}

function heading(text: string, level: number): readonly string[] {
  const underline = underlines[Math.min(level, underlines.length - 1)]!;
  return [text, underline.repeat(width(text))];
}

/** Words wrapped at 100 columns; `first` opens the first line, the others are indented as far. */
function wrapped(text: string, first = ""): readonly string[] {
  const hang = " ".repeat(width(first));
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(" ")) {
    const joined = line === first || line === hang ? line + word : `${line} ${word}`;
    if (width(joined) > columns && line !== first && line !== hang) {
      lines.push(line);
      line = hang + word;
    } else line = joined;
  }
  return [...lines, line];
}

/** Rows of a block with their relation signs in one column. */
function textEquations(lines: readonly EquationLine[], printing: Printing): readonly string[] {
  const rows = lines.map((line) =>
    rowsOf(line, printing, columns - indent.length, (layout) => width(plainOf(layout))),
  );
  const lefts = Math.max(...rows.flat().map(({ left }) => (left ? width(plainOf(left)) : 0)));
  return rows.flatMap((own, position) => {
    const because = lines[position]!.because;
    const printed = own.map((row) => indent + textRow(row, lefts));
    return because ? withReason(printed, textInlines(because, printing), lefts) : printed;
  });
}

function textRow({ left, sign, right, continues }: Row, lefts: number): string {
  const opening = (left ? plainOf(left) : "").padStart(
    lefts + (left ? plainOf(left).length - width(plainOf(left)) : 0),
  );
  if (sign) return `${opening} ${sign} ${plainOf(right)}`;
  if (continues) return `${" ".repeat(lefts)}   ${operators[continues]}${plainOf(right)}`;
  return lefts === 0 ? plainOf(right) : `${opening}   ${plainOf(right)}`;
}

const operators: Readonly<Record<Operator, string>> = {
  plus: "+ ",
  minus: "− ",
  none: "  ",
  dot: "· ",
  asterisk: "* ",
  times: "× ",
  odot: "⊙ ",
};

/** The reason behind the line where it fits, else on its own lines below. */
function withReason(printed: readonly string[], reason: string, lefts: number): readonly string[] {
  const last = `${printed.at(-1)}    (${reason})`;
  if (printed.length === 1 && width(last) <= columns) return [last];
  const hang = " ".repeat(indent.length + lefts + 3);
  return [...printed, ...wrapped(`(${reason})`, hang)];
}

/** Columns that a text takes: combining marks take none. */
function width(text: string): number {
  return [...text.replace(/\p{M}/gu, "")].length;
}

function padded(text: string, to: number, align: "left" | "right" | "center"): string {
  const space = Math.max(0, to - width(text));
  const before = align === "left" ? 0 : align === "right" ? space : Math.floor(space / 2);
  return " ".repeat(before) + text + " ".repeat(space - before);
}
