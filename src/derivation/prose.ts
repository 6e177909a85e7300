// Building blocks of the document: sections, paragraphs, tables, and sentences with formulas put in their places.
import type { Expr } from "../expression/expr.ts";
import type { Block, Column, EquationLine, Inline } from "./document.ts";

export type SectionBlock = Block & { kind: "section" };

export const text = (words: string): Inline => ({ kind: "text", text: words });
export const formula = (expr: Expr): Inline => ({ kind: "formula", expr });
export const value = (number: number): Inline => ({ kind: "value", value: number });

/** A name given by the user, as it was written. */
export const code = (name: string): Inline => ({ kind: "code", text: name });

export function paragraph(words: string | readonly Inline[]): Block {
  return { kind: "paragraph", inlines: inlinesOf(words) };
}

export function equations(lines: readonly EquationLine[], path?: readonly string[]): Block {
  return { kind: "equations", lines, ...(path && { path }) };
}

export function note(tone: (Block & { kind: "note" })["tone"], words: string | readonly Inline[]): Block {
  return { kind: "note", tone, inlines: inlinesOf(words) };
}

/** A section; without blocks it is left out by `compose`. */
export function section(
  id: string,
  title: string | readonly Inline[],
  blocks: readonly Block[],
): SectionBlock {
  return { kind: "section", id, title: inlinesOf(title), blocks };
}

export function columnOf(title: string, align: Column["align"]): Column {
  return { title: [text(title)], align };
}

function inlinesOf(words: string | readonly Inline[]): readonly Inline[] {
  return typeof words === "string" ? [text(words)] : words;
}

/** What goes into the places of a sentence, by the places' names. */
export type Slots = Readonly<Record<string, readonly Inline[]>>;

/** A sentence of the wording table with `{name}` replaced by what `slots` holds under that name. */
export function fill(sentence: string, slots: Slots): readonly Inline[] {
  const pieces = sentence.split(/\{(\w+)\}/);
  return pieces.flatMap((piece, position): readonly Inline[] => {
    if (position % 2 === 0) return piece === "" ? [] : [text(piece)];
    const slot = slots[piece];
    if (!slot) throw new Error(`The sentence "${sentence}" has a place {${piece}} that nothing fills.`);
    return slot;
  });
}

/** Items with commas between them and a word before the last: a, b and c. */
export function enumerated(items: readonly Inline[], and: string): readonly Inline[] {
  return items.flatMap((item, position) => {
    if (position === 0) return [item];
    return [text(position === items.length - 1 ? ` ${and} ` : ", "), item];
  });
}

/** A sentence of the wording table with texts in its places. */
export function plainFill(sentence: string, slots: Readonly<Record<string, string>>): string {
  const inlines = fill(
    sentence,
    Object.fromEntries(Object.entries(slots).map(([name, words]) => [name, [text(words)]])),
  );
  return inlines.map((inline) => ("text" in inline ? inline.text : "")).join("");
}
