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
    lines: linesOf(asBody(text)),
    positionOf: (offset) => {
      const before = breaks.filter((place) => place < offset);
      return { line: before.length + 1, column: offset - (before.at(-1) ?? -1) };
    },
  };
}

/** What is read of a page, each character at its place: the rest is blanked, so that lines and columns stay. */
function asBody(text: string): string {
  const isLatex = /\\documentclass|\\begin\{document\}/.test(text);
  return isLatex ? inPlainEnvironments(withoutComments(withoutPreamble(text))) : withoutFrontMatter(text);
}

/** The settings of a page builder at the top. */
function withoutFrontMatter(text: string): string {
  return text.replace(/^(---|\+\+\+)\r?\n[\s\S]*?\r?\n\1(?=\r?\n|$)/, blank);
}

function withoutPreamble(text: string): string {
  return text.replace(/^[\s\S]*?\\begin\{document\}/, blank).replace(/\\end\{document\}[\s\S]*$/, blank);
}

/** From a % to the end of its line; \% is a percent sign. */
function withoutComments(text: string): string {
  return text.replace(/(?<!\\)(?:\\\\)*%[^\n]*/g, blank);
}

/** Environments of LaTeX that say the same as one that KaTeX has. */
const sameAs = { eqnarray: "align", flalign: "align", multline: "equation" } as const;

function inPlainEnvironments(text: string): string {
  return text
    .replace(/\\begin\{multline[\s\S]*?\\end\{multline/g, (lines) => lines.replaceAll("\\\\", "  "))
    .replace(
      /\\(?:label|ref|eqref|tag\*?)\{(?:[^{}\n]|\{[^{}\n]*\})*\}|\\(?:nonumber|notag)(?![a-zA-Z])/g,
      blank,
    )
    .replace(
      /\\(begin|end)\{(eqnarray|flalign|multline)(\*?)\}/g,
      (whole, edge, name: keyof typeof sameAs, star) =>
        `\\${edge}{${sameAs[name]}${star}}`.padEnd(whole.length),
    )
    .replace(/&([ \t]*(?:=|:=|\\approx|\\equiv)[ \t]*)&/g, "&$1 ");
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}
