// The contents list of a page: its sections, and theirs where they are few enough to be looked through.
import type { Block, Inline } from "../derivation/document.ts";

type Section = Block & { readonly kind: "section" };

/** Entries of both levels that still fit on one screen. */
const longestList = 30;

export function htmlContents(
  blocks: readonly Block[],
  label: string,
  linkTo: (id: string, title: readonly Inline[]) => string,
): string {
  const sections = sectionsIn(blocks);
  if (sections.length < 2) return "";
  const inner = sections.map(({ blocks: own }) => sectionsIn(own));
  const isShort = sections.length + inner.flat().length <= longestList;
  const items = sections.map(
    ({ id, title }, position) =>
      `<li>${linkTo(id, title)}${isShort ? listOf(inner[position]!, linkTo) : ""}</li>`,
  );
  return `<nav class="contents" aria-label="${label}"><h2>${label}</h2><ol>${items.join("")}</ol></nav>\n`;
}

function listOf(
  sections: readonly Section[],
  linkTo: (id: string, title: readonly Inline[]) => string,
): string {
  if (sections.length === 0) return "";
  return `<ul>${sections.map(({ id, title }) => `<li>${linkTo(id, title)}</li>`).join("")}</ul>`;
}

function sectionsIn(blocks: readonly Block[]): readonly Section[] {
  return blocks.filter((block) => block.kind === "section");
}
