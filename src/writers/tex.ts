// The document as a complete LaTeX article that pdflatex compiles with amsmath.
import type { Block, Column, DerivationDocument, EquationLine, Inline } from "../derivation/document.ts";
import { greekLetters } from "../notation/name.ts";
import { missingLetter } from "./missing-letter.ts";
import { writeTikz } from "./picture/tikz.ts";
import { latexRow } from "./print/aligned.ts";
import { latexNumber } from "./print/latex.ts";
import { latex, rowsOf } from "./print/line.ts";
import { digitsWide } from "./print/metrics.ts";
import { numberText } from "./print/number.ts";
import type { Printing } from "./print/scope.ts";
import { qrTikz } from "./qr.ts";
import { type Table, write } from "./table.ts";
import { byline, type DocumentWriter } from "./writing.ts";

/** Digits of a formula that fit on a line of the article, half an em each: 160 mm, less the space around. */
const room = 76;

/** Sectioning commands by depth; deeper ones stay at the last. */
const headings = ["section", "subsection", "subsubsection", "paragraph"] as const;

export const writeTex: DocumentWriter = (document, printing) =>
  `${[...preamble(document), "\\begin{document}", "\\maketitle", texBlocks(document.blocks, printing, 0), foot(document), "\\end{document}"].join("\n")}\n`;

function preamble(document: DerivationDocument): readonly string[] {
  const [author = "", ...rest] = byline(document);
  return [
    "\\documentclass[11pt,a4paper]{article}",
    "\\usepackage[utf8]{inputenc}",
    "\\usepackage[T1]{fontenc}",
    "\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}",
    "\\usepackage{amsmath}",
    "\\usepackage{tikz}",
    "\\usepackage{booktabs,longtable,array}",
    "\\usepackage[margin=25mm]{geometry}",
    "\\setlength{\\parindent}{0pt}",
    "\\setlength{\\parskip}{0.6\\baselineskip}",
    // Words that LaTeX does not know how to hyphenate, as those of another language, stay within the margins.
    "\\setlength{\\emergencystretch}{3em}",
    "\\renewcommand{\\arraystretch}{1.5}",
    "\\allowdisplaybreaks",
    // Fractions in neighbouring rows keep apart.
    "\\setlength{\\jot}{5pt}",
    `\\title{${title(document)}}`,
    `\\author{${texText(author)}}`,
    `\\date{${rest.map(texText).join(" \\\\ ")}}`,
  ];
}

/** Of the code in the corner, with the white around it, as in the PDF. */
const codeSide = 17;

/** The title, and at the right margin the code of the variant, which takes no room of its own. */
function title({ title: words, code }: DerivationDocument): string {
  const drawn = code === undefined ? undefined : qrTikz(code, codeSide);
  if (drawn === undefined) return texText(words);
  const corner = `\\makebox[0pt][r]{\\raisebox{-6mm}[0pt][0pt]{${drawn}}}`;
  return `\\hfill${corner}\\\\[-\\baselineskip]\n\\parbox{0.75\\linewidth}{\\centering ${texText(words)}}`;
}

function foot({ engine }: DerivationDocument): string {
  return `\n\\bigskip\n{\\footnotesize Handgrad ${texText(engine)}}`;
}

type TableRows = (Block & { kind: "table" })["rows"];

/** A table of more lines may break across pages, at the price of several runs until its columns stand right. */
const longestTabular = 24;

/** Every character with a meaning in TeX as the command that prints it. */
const special: ReadonlyMap<string, string> = new Map([
  ["\\", "\\textbackslash{}"],
  ["{", "\\{"],
  ["}", "\\}"],
  ["$", "\\$"],
  ["&", "\\&"],
  ["#", "\\#"],
  ["^", "\\textasciicircum{}"],
  ["_", "\\_"],
  ["~", "\\textasciitilde{}"],
  ["%", "\\%"],
  ["<", "\\textless{}"],
  [">", "\\textgreater{}"],
  ["|", "\\textbar{}"],
  ['"', "\\textquotedbl{}"],
  ["'", "\\textquotesingle{}"],
  ["`", "\\textasciigrave{}"],
  // What would be read as the argument of the command before: \\[, \\* and \item[.
  ["[", "{[}"],
  ["]", "{]}"],
  ["*", "{*}"],
]);

/** Signs of our own sentences that the text fonts lack. */
const signs: ReadonlyMap<string, string> = new Map([
  ...[...greekLetters.values()].map(({ plain, latex: command }): [string, string] => [
    plain,
    `\\ensuremath{${command}}`,
  ]),
  ...(
    [
      ["∂", "\\partial"],
      ["Σ", "\\Sigma"],
      ["∇", "\\nabla"],
      ["−", "-"],
      ["·", "\\cdot"],
      ["×", "\\times"],
      ["≈", "\\approx"],
      ["≠", "\\ne"],
      ["≤", "\\le"],
      ["≥", "\\ge"],
      ["→", "\\to"],
      ["←", "\\leftarrow"],
      ["↔", "\\leftrightarrow"],
      ["′", "{}^{\\prime}"],
      ["∞", "\\infty"],
      ["√", "\\surd"],
      ["²", "{}^{2}"],
      ["³", "{}^{3}"],
      ["±", "\\pm"],
      ["⊙", "\\odot"],
    ] as const
  ).map(([sign, command]): [string, string] => [sign, `\\ensuremath{${command}}`]),
  ["…", "\\dots{}"],
  ["ŷ", "\\^{y}"],
  ["\u00a0", "~"],
  ["\u202f", "\\,"],
  ["\u2009", "\\,"],
  ["–", "\\textendash{}"],
  ["—", "\\textemdash{}"],
  ["‘", "\\textquoteleft{}"],
  ["’", "\\textquoteright{}"],
  ["“", "\\textquotedblleft{}"],
  ["”", "\\textquotedblright{}"],
  ["„", "\\quotedblbase{}"],
]);

/** What pdflatex prints with T1 fonts: ASCII, the letters and signs of Latin-1 and of Latin Extended-A, and a few more. */
const printable = /^[ A-Za-z0-9!()+,./:;=?@\u00a1-\u00ac\u00ae-\u017eȘșȚț†‡•‰€-]$/u;

/** The letters among them that these fonts lack. */
const unprintable: ReadonlySet<string> = new Set("ĦħĸĿŀŉŦŧ");

/**
 * Words as LaTeX text; no character of them can act as a command. Throws Failure `impossible-request` for a character
 * that pdflatex has no letter for.
 */
export function texText(text: string): string {
  return [...text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").normalize("NFC")].map(texCharacter).join("");
}

function texCharacter(character: string, position: number, all: readonly string[]): string {
  // -- and ,, are ligatures.
  if (character === all[position + 1] && (character === "-" || character === ",")) return `${character}{}`;
  const known = special.get(character) ?? signs.get(character);
  if (known !== undefined) return known;
  if (printable.test(character) && !unprintable.has(character)) return character;
  throw missingLetter(all, position, "cannot be set by pdflatex");
}

/** A line to write on. A page may end before it: \vspace, unlike \vspace*, can be left out there. */
const texRule = "\\vspace{2mm}\\rule{\\linewidth}{0.2pt}";

/** A display follows its paragraph without an empty line, which would open a new one. */
function texBlocks(list: readonly Block[], printing: Printing, level: number): string {
  return list
    .map((block, position) => {
      const gap = position === 0 ? "" : block.kind === "equations" ? "\n" : "\n\n";
      return gap + write(blocks, block, printing, level);
    })
    .join("");
}

const blocks: Table<Block, [Printing, number], string> = {
  section: ({ title, blocks: inner }, printing, level) =>
    `\\${headings[Math.min(level, headings.length - 1)]!}*{${heading(title, printing)}}\n${texBlocks(inner, printing, level + 1)}`,
  picture: ({ picture }, printing) => `\\begin{center}\n${writeTikz(picture, printing)}\\end{center}`,
  paragraph: ({ inlines: list }, printing) => texInlines(list, printing),
  equations: ({ lines }, printing) => texEquations(lines, printing),
  list: ({ ordered, items }, printing) => {
    const environment = ordered ? "enumerate" : "itemize";
    const body = items.map((item) => `\\item ${texInlines(item, printing)}`).join("\n");
    return `\\begin{${environment}}\n${body}\n\\end{${environment}}`;
  },
  table: ({ caption, columns, rows }, printing) => {
    const title = caption ? `${texInlines(caption, printing)}\\par\n` : "";
    return (
      title +
      groupsOf(columns, rows)
        .map((group) => texTable(group, rows, printing))
        .join("\n\n")
    );
  },
  note: ({ inlines: list }, printing) => `\\begin{quote}\n${texInlines(list, printing)}\n\\end{quote}`,
  space: ({ lines }) => Array.from({ length: lines }, () => texRule).join("\n\n"),
  detail: ({ summary, blocks: inner }, printing, level) =>
    `\\textbf{${texInlines(summary, printing)}}\n\n${texBlocks(inner, printing, level)}`,
};

/** A column with its place among the cells of a row. */
type Placed = Column & { readonly position: number };

/** Letters, with the space between columns, that fit beside each other on a line. */
const tableRoom = 80;
const columnSpace = 3;

/** Longer cells are set in several lines, as wide as so many letters. */
const longestCell = 40;
const paragraphColumn = ">{\\raggedright\\arraybackslash}p{0.5\\linewidth}";

/** Columns that cannot be narrower and do not fit beside each other stand in tables of their own, behind the first. */
function groupsOf(columns: readonly Column[], rows: TableRows): readonly (readonly Placed[])[] {
  const [first, ...others] = columns.map((column, position) => ({ ...column, position }));
  const widthOf = (column: Placed): number =>
    columnSpace + Math.min(longestCell, lengthOfColumn(column, rows));
  const groups: { columns: Placed[]; width: number }[] = [];
  for (const column of others) {
    const group = groups.at(-1);
    const width = widthOf(column);
    if (group && group.width + width <= tableRoom) {
      group.columns.push(column);
      group.width += width;
    } else groups.push({ columns: [first!, column], width: widthOf(first!) + width });
  }
  return groups.length === 0 ? [[first!]] : groups.map(({ columns: own }) => own);
}

function lengthOfColumn({ title, position }: Placed, rows: TableRows): number {
  return Math.max(...[title, ...rows.map((row) => row[position]!)].map(lengthOf));
}

function texTable(columns: readonly Placed[], rows: TableRows, printing: Printing): string {
  const alignment = columns
    .map((column) => (lengthOfColumn(column, rows) > longestCell ? paragraphColumn : column.align[0]!))
    .join("");
  const row = (cells: readonly (readonly Inline[])[]): string =>
    `${cells.map((cell) => texInlines(cell, printing)).join(" & ")} \\\\`;
  const table = linesOf(rows) > longestTabular ? "longtable" : "tabular";
  const body = [
    "\\toprule",
    row(columns.map(({ title }) => title)),
    `\\midrule${table === "longtable" ? "\\endhead" : ""}`,
    ...rows.map((cells) => row(columns.map(({ position }) => cells[position]!))),
    "\\bottomrule",
  ].join("\n");
  const place = table === "longtable" ? "[l]" : "";
  return `\\begin{${table}}${place}{@{}${alignment}@{}}\n${body}\n\\end{${table}}`;
}

/** A row has as many lines as its longest cell. */
function linesOf(rows: TableRows): number {
  return rows.reduce((total, row) => total + Math.ceil(Math.max(...row.map(lengthOf), 1) / longestCell), 0);
}

/** Letters of a cell; formulas in cells are short, and numbers have their digits. */
function lengthOf(cell: readonly Inline[]): number {
  return cell.reduce(
    (total, inline) => total + ("text" in inline ? inline.text.length : formulaLength[inline.kind]),
    0,
  );
}

const formulaLength: Readonly<Record<Exclude<Inline, { text: string }>["kind"], number>> = {
  formula: 5,
  value: 11,
};

function heading(title: readonly Inline[], printing: Printing): string {
  return `\\boldmath ${texInlines(title, printing)}`;
}

function texInlines(list: readonly Inline[], printing: Printing): string {
  return list.map((inline) => write(inlines, inline, printing)).join("");
}

const inlines: Table<Inline, [Printing], string> = {
  text: ({ text }) => texText(text),
  strong: ({ text }) => `\\textbf{${texText(text)}}`,
  code: ({ text }) => `\\texttt{${texText(text)}}`,
  formula: ({ expr }, printing) => `$${latex(expr, printing)}$`,
  value: ({ value }, { digits }) => `$${latexNumber(numberText(value, digits))}$`,
};

/** Reasons up to this many characters stand at the margin, as a tag; longer ones in a box below their line. */
const longestTag = 40;

/** One align* for all lines of the block. */
function texEquations(lines: readonly EquationLine[], printing: Printing): string {
  return `\\begin{align*}\n${lines.flatMap((line) => texLine(line, printing)).join(" \\\\\n")}\n\\end{align*}`;
}

function texLine(line: EquationLine, printing: Printing): readonly string[] {
  if (!line.because) return rowsOf(line, printing, room, digitsWide).map(latexRow);
  const reason = texInlines(line.because, printing);
  const length = line.because.reduce(
    (total, inline) => total + ("text" in inline ? inline.text.length : 0),
    0,
  );
  if (length > longestTag) {
    const box = `&\\quad\\parbox[t]{0.6\\linewidth}{\\footnotesize\\raggedright ${reason}}`;
    return [...rowsOf(line, printing, room, digitsWide).map(latexRow), box];
  }
  const rows = rowsOf(line, printing, room - length * tagScale, digitsWide).map(latexRow);
  return rows.with(-1, `${rows.at(-1)} \\tag*{\\footnotesize ${reason}}`);
}

/** A letter of a tag beside a letter of a formula. Tags take their width on both sides of a centred display. */
const tagScale = 1.4;
