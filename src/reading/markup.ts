// Where formulas stand in a page of Markdown or LaTeX, and where they do not: in code, in comments, in drawings.
import type { Span } from "./item.ts";

/** What one kind of markup looks like; the named group is the formula in it, and without one there is none. */
interface Markup {
  readonly pattern: RegExp;
  /** Who writes it. */
  readonly source: string;
}

/** The first that fits at a place counts: display before inline mathematics, fences of mathematics before those of code. */
const markups: readonly Markup[] = [
  {
    pattern: /\{\{[<%]\s*katex[^>%}]*[>%]\}\}(?<shortcode>[\s\S]+?)\{\{[<%]\s*\/katex\s*[>%]\}\}/,
    source: "Hugo's shortcode",
  },
  {
    pattern: /(?<fence>`{3,}|~{3,})[ \t]*\{?math\b[^\n]*\n(?<fenced>[\s\S]+?)\n[ \t>]*\k<fence>/,
    source: "GitHub, GitLab, MyST",
  },
  { pattern: /\$`(?<ticked>[^`\n]+)`\$/, source: "GitHub, GitLab" },
  { pattern: /```[\s\S]*?```|~~~[\s\S]*?~~~|`[^`\n]*`|\\\$/, source: "CommonMark: code, and an escaped $" },
  {
    pattern:
      /\\begin\{(?<verbatim>verbatim|lstlisting|minted|tikzpicture|comment)\*?\}[\s\S]*?\\end\{\k<verbatim>\*?\}/,
    source: "LaTeX: what is no text",
  },
  { pattern: /\$\$(?<display>[\s\S]+?)\$\$/, source: "TeX" },
  { pattern: /\$(?<inline>(?:[^$\\\n]|\\[\s\S]|\n(?!\s*\n))+?)\$/, source: "TeX" },
  { pattern: /\\\[(?<bracket>[\s\S]+?)\\\]/, source: "LaTeX" },
  { pattern: /\\\((?<round>[\s\S]+?)\\\)/, source: "LaTeX" },
  {
    pattern:
      /(?<environment>\\begin\{(?<kind>align|alignat|equation|gather)(?<star>\*?)\}[\s\S]+?\\end\{\k<kind>\k<star>\})/,
    source: "amsmath",
  },
];

const formulaGroups = [
  "shortcode",
  "fenced",
  "ticked",
  "display",
  "inline",
  "bracket",
  "round",
  "environment",
];

const anyMarkup = new RegExp(markups.map(({ pattern }) => pattern.source).join("|"), "dg");

/** The formulas of a text that have delimiters, without these. */
export function delimited(text: string): readonly Span[] {
  return [...text.matchAll(anyMarkup)].flatMap(({ indices }): readonly Span[] => {
    const groups = indices!.groups!;
    const place = formulaGroups.map((name) => groups[name]).find((found) => found !== undefined);
    return place ? [{ start: place[0], end: place[1] }] : [];
  });
}
