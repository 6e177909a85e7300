// The document as JSON: the tree as it is, with `latex`, `speech` and `text` where it holds expressions.
import type {
  Block,
  Column,
  DerivationDocument,
  EquationLine,
  Inline,
  RelationSign,
  Side,
} from "../derivation/document.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import { chain, chainAloud, layoutAloud, spellings } from "./print/line.ts";
import { numberText, plainNumber } from "./print/number.ts";
import { plainOf } from "./print/plain.ts";
import type { Printing } from "./print/scope.ts";
import { spokenNumber } from "./print/speech.ts";
import { type Table, write } from "./table.ts";
import type { DocumentWriter } from "./writing.ts";

/** A JSON value. */
type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined };

export const writeJson: DocumentWriter = (document, printing) =>
  JSON.stringify(jsonDocument(document, printing));

/** The document as a JSON value, to be put into a larger answer. */
export function jsonDocument(
  document: DerivationDocument,
  printing: Printing,
): { readonly [key: string]: Json | undefined } {
  return { ...document, blocks: jsonBlocks(document.blocks, { ...printing, language: document.language }) };
}

/** How formulas are printed, and the language that they are read aloud in. */
interface Spoken extends Printing {
  readonly language: Language;
}

const jsonBlocks = (list: readonly Block[], printing: Spoken): Json =>
  list.map((block) => write(blocks, block, printing));
const jsonInlines = (list: readonly Inline[], printing: Spoken): Json =>
  list.map((inline) => write(inlines, inline, printing));

const blocks: Table<Block, [Spoken], Json> = {
  section: ({ title, blocks: inner, ...block }, printing) => ({
    ...block,
    title: jsonInlines(title, printing),
    blocks: jsonBlocks(inner, printing),
  }),
  picture: ({ picture, ...block }, printing) => ({
    ...block,
    title: jsonInlines(picture.title, printing),
    description: jsonInlines(picture.description, printing),
  }),
  paragraph: (block, printing) => ({ ...block, inlines: jsonInlines(block.inlines, printing) }),
  equations: ({ lines, ...block }, printing) => ({
    ...block,
    lines: lines.map((line) => jsonLine(line, printing)),
  }),
  list: ({ items, ...block }, printing) => ({
    ...block,
    items: items.map((item) => jsonInlines(item, printing)),
  }),
  table: ({ kind, caption, columns, rows }, printing) => ({
    kind,
    caption: caption && jsonInlines(caption, printing),
    columns: columns.map((column: Column) => ({ ...column, title: jsonInlines(column.title, printing) })),
    rows: rows.map((row) => row.map((cell) => jsonInlines(cell, printing))),
  }),
  space: (block) => ({ ...block }),
  note: (block, printing) => ({ ...block, inlines: jsonInlines(block.inlines, printing) }),
  detail: ({ kind, summary, blocks: inner }, printing) => ({
    kind,
    summary: jsonInlines(summary, printing),
    blocks: jsonBlocks(inner, printing),
  }),
};

const inlines: Table<Inline, [Spoken], Json> = {
  text: (inline) => ({ ...inline }),
  strong: (inline) => ({ ...inline }),
  code: (inline) => ({ ...inline }),
  formula: ({ kind, expr }, printing) => ({ kind, ...spellings(expr, printing, printing.language) }),
  value: ({ kind, value }, { digits, language }) => {
    const number = numberText(value, digits);
    return { kind, value, text: plainNumber(number), speech: spokenNumber(number, language) };
  },
};

function jsonLine(line: EquationLine, printing: Spoken): Json {
  const { id, rule, because } = line;
  const signs: readonly RelationSign[] = line.signs;
  const { language } = printing;
  const whole = chain(line, printing);
  const spelled = whole.sides.map((layout) => layoutAloud(layout, language));
  const sides = spelled.map((side, position) => ({
    kind: line.sides[position]!.kind,
    ...side,
    value: resultOf(line.sides[position]!),
  }));
  return {
    id,
    ...chainAloud(spelled, signs, language),
    text: plainOf(whole),
    sides,
    signs,
    rule,
    because: because && jsonInlines(because, printing),
  };
}

function resultOf(side: Side): number | undefined {
  return side.kind === "value" ? side.value : undefined;
}
