// The document as Markdown, in the flavour of the page it goes to. How formulas, notes and marks are written there
// stands in the table of flavours.
import type {
  Block,
  DerivationDocument,
  EquationLine,
  Inline,
  PictureBlock,
} from "../derivation/document.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import type { Picture } from "../picture/picture.ts";
import { type Flavor, flavors, type PictureKind } from "./markdown-flavors.ts";
import { frontMatter } from "./markdown-front-matter.ts";
import { codeSpan } from "./markdown-text.ts";
import { writeMermaid } from "./picture/mermaid.ts";
import { textPicture } from "./picture/text.ts";
import { aligned, latexRow } from "./print/aligned.ts";
import { latexNumber } from "./print/latex.ts";
import { latex, rowsOf } from "./print/line.ts";
import { numberText } from "./print/number.ts";
import type { Printing } from "./print/scope.ts";
import { spokenInlines } from "./sentence.ts";
import { type Table, write } from "./table.ts";
import { byline, type DocumentWriter, type RenderOptions } from "./writing.ts";

/** Characters of a formula that fit on a line of a README. */
const room = 76;

const deepestHeading = 6;

/** What the rows of the tables below are handed. */
interface Page {
  readonly printing: Printing;
  readonly flavor: Flavor;
  readonly language: Language;
  readonly pictures: PictureKind;
  readonly pictureAddress: NonNullable<RenderOptions["pictureAddress"]>;
}

export const writeMarkdown: DocumentWriter = (document, printing, render) => {
  const {
    head,
    blocks: parts,
    foot,
  } = markdownParts(document, printing, flavors[render.flavor ?? "gfm"], render);
  return `${[...head, ...parts.flatMap(({ texts }) => texts), foot].join("\n\n")}\n`;
};

/** A document in pieces: what stands before its blocks, each block, and the last line. */
interface MarkdownParts {
  readonly head: readonly string[];
  readonly blocks: readonly { readonly block: Block; readonly texts: readonly string[] }[];
  readonly foot: string;
}

export function markdownParts(
  document: DerivationDocument,
  printing: Printing,
  flavor: Flavor,
  render: RenderOptions,
): MarkdownParts {
  const page: Page = {
    printing,
    flavor,
    language: document.language,
    pictures: render.pictures ?? flavor.pictures,
    pictureAddress: render.pictureAddress ?? (() => undefined),
  };
  const front = render.frontMatter ? frontMatter(document, page.flavor) : undefined;
  const shown = front?.shown ?? new Set();
  const by = byline(document, shown).map(page.flavor.text).join(" · ");
  return {
    head: [
      ...(front ? [front.text] : []),
      ...(shown.has("title") ? [] : [`# ${page.flavor.text(document.title)}`]),
      ...(by === "" ? [] : [by]),
    ],
    blocks: document.blocks.map((block) => ({ block, texts: markdownBlocks([block], page, 2) })),
    foot: footOf(document, page.flavor),
  };
}

function footOf({ engine, permalink }: DerivationDocument, { text }: Flavor): string {
  const address = permalink ? ` · ${text(permalink)}` : "";
  return `---\n\nHandgrad ${text(engine)}${address}`;
}

function markdownBlocks(list: readonly Block[], page: Page, level: number): readonly string[] {
  return list.flatMap((block) => write(blocks, block, page, level));
}

const blocks: Table<Block, [Page, number], readonly string[]> = {
  section: ({ title, blocks: inner }, page, level) => [
    `${"#".repeat(Math.min(level, deepestHeading))} ${markdownInlines(title, page)}`,
    ...markdownBlocks(inner, page, level + 1),
  ],
  picture: (block, page) => pictureRows[page.pictures](block, page),
  paragraph: ({ inlines: list }, page) => [markdownRun(list, page)],
  equations: ({ lines }, page) => markdownEquations(lines, page),
  list: ({ ordered, items }, page) => [
    items
      .map((item, position) => `${ordered ? `${position + 1}.` : "-"} ${markdownRun(item, page)}`)
      .join("\n"),
  ],
  table: ({ caption, columns, rows }, page) => {
    const row = (cells: readonly (readonly Inline[])[]): string =>
      `| ${cells.map((cell) => markdownInlines(cell, page)).join(" | ")} |`;
    const rule = `| ${columns.map(({ align }) => rules[align]).join(" | ")} |`;
    const table = [row(columns.map(({ title }) => title)), rule, ...rows.map(row)].join("\n");
    return caption ? [markdownRun(caption, page), table] : [table];
  },
  note: ({ tone, inlines: list }, page) => [page.flavor.note(tone, markdownRun(list, page))],
  space: ({ lines }, { flavor }) => Array.from({ length: lines }, () => flavor.text("_".repeat(ruleWidth))),
  detail: ({ summary, blocks: inner }, page, level) => [
    `**${markdownInlines(summary, page)}**`,
    ...markdownBlocks(inner, page, level),
  ],
};

const pictureRows: Readonly<Record<PictureKind, (block: PictureBlock, page: Page) => readonly string[]>> = {
  mermaid: ({ picture }, { flavor, printing, language }) => [
    flavor.diagram(writeMermaid(picture, printing, { language }).trimEnd()),
  ],
  svg: (block, page) => {
    const address = page.pictureAddress(block);
    if (address === undefined) return pictureRows.text(block, page);
    const said = ({ title, description }: Picture) =>
      [title, description].map((inlines) => spokenInlines(inlines, page.printing, page.language)).join(". ");
    return [`![${page.flavor.text(said(block.picture))}](${address})`];
  },
  text: ({ picture }, page) => [
    `${markdownInlines(picture.title, page)}:`,
    ["```text", ...textPicture(picture, page.printing), "```"].join("\n"),
  ],
};

/** A line to write on. */
const ruleWidth = 60;

const rules = { left: ":--", right: "--:", center: ":-:" } as const;

/** What stands in a paragraph or an item of its own. */
function markdownRun(list: readonly Inline[], page: Page): string {
  return markdownInlines(list, page, list.length === 1);
}

function markdownInlines(list: readonly Inline[], page: Page, alone = false): string {
  return list
    .map((inline, position) => {
      const text = write(inlines, inline, page, alone);
      const before = list[position - 1]?.kind;
      return before === "formula" || before === "value" ? apartFromFormula(text) : text;
    })
    .join("");
}

/** A digit right behind a dollar sign would keep the formula open. */
function apartFromFormula(text: string): string {
  return text.replace(/^[0-9]/, (digit) => `&#${digit.charCodeAt(0)};`);
}

const inlines: Table<Inline, [Page, boolean], string> = {
  text: ({ text }, { flavor }) => flavor.text(text),
  strong: ({ text }, { flavor }) => `**${flavor.text(text)}**`,
  code: ({ text }, { flavor }) => codeSpan(text, flavor.text),
  formula: ({ expr }, { printing, flavor }, alone) => flavor.inline(inert(latex(expr, printing)), alone),
  value: ({ value }, { printing, flavor }, alone) =>
    flavor.inline(latexNumber(numberText(value, printing.digits)), alone),
};

/** Two braces in a row open a template in Liquid, Jinja and Hugo; a space between them changes no formula. */
function inert(formula: string): string {
  return formula.replace(/\{(?=\{)/g, "{ ");
}

/** One display for lines without reasons between them; a reason ends its display and follows as text. */
function markdownEquations(lines: readonly EquationLine[], page: Page): readonly string[] {
  const result: string[] = [];
  let rows: string[] = [];
  const close = (): void => {
    if (rows.length > 0) result.push(page.flavor.display(inert(aligned(rows))));
    rows = [];
  };
  for (const line of lines) {
    rows.push(...rowsOf(line, page.printing, room).map(latexRow));
    if (!line.because) continue;
    close();
    result.push(markdownRun(line.because, page));
  }
  close();
  return result;
}
