// A page of lecture notes as lines with formulas, and places in it as line and column, as editors count them.
import { linesOf, type TextLine } from "../reading/entries.ts";

/** From 1; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Page {
  readonly text: string;
  readonly lines: readonly TextLine[];
  readonly positionOf: (offset: number) => Position;
}

export function pageOf(text: string): Page {
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return {
    text,
    lines: linesOf(withoutFrontMatter(text)),
    positionOf: (offset) => {
      const before = breaks.filter((place) => place < offset);
      return { line: before.length + 1, column: offset - (before.at(-1) ?? -1) };
    },
  };
}

/** The settings of a page builder at the top are blanked, so that places stay what they are. */
function withoutFrontMatter(text: string): string {
  return text.replace(/^(---|\+\+\+)\r?\n[\s\S]*?\r?\n\1(?=\r?\n|$)/, (block) =>
    block.replace(/[^\n]/g, " "),
  );
}
