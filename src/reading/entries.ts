// A submission as entries, and the formulas in each: LaTeX with or without delimiters, Markdown with $…$, plain text.
import type { SubmissionEntry } from "./statement.ts";

export interface Entry {
  readonly id?: string;
  readonly source: string;
}

/** A formula inside an entry, without its delimiters; prose stands between them. */
export interface Formula {
  readonly style: "latex" | "plain";
  /** It stands in a text, where a formula may be a mere mention. */
  readonly inText?: boolean;
  readonly start: number;
  readonly end: number;
}

/** The strings of a list, or the lines of a text; a formula over several lines is in one entry. */
export function entriesOf(submission: string | readonly SubmissionEntry[]): readonly Entry[] {
  if (typeof submission === "string") return linesOf(submission);
  return submission.map((entry) =>
    typeof entry === "string"
      ? { source: entry }
      : { ...(entry.id !== undefined && { id: entry.id }), source: entry.latex },
  );
}

/** A line of a text and where it begins there. */
export interface TextLine {
  readonly source: string;
  readonly start: number;
}

/** The lines of a text that hold a formula; in Markdown, those with delimiters. */
export function linesOf(text: string): readonly TextLine[] {
  const blocks = delimited(text);
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  const outside = breaks.filter((place) => !isInside(text, blocks, place));
  const edges = [-1, ...outside, text.length];
  const lines = edges.slice(1).map((edge, line) => ({ start: edges[line]! + 1, end: edge }));
  const told = lines.filter(({ start, end }) =>
    blocks.length === 0
      ? text.slice(start, end).trim() !== ""
      : blocks.some((block) => block.start >= start && block.end <= end),
  );
  return told.map(({ start, end }) => ({ source: text.slice(start, end), start }));
}

function isInside(text: string, blocks: readonly Formula[], place: number): boolean {
  if (blocks.some(({ start, end }) => start <= place && place < end)) return true;
  const before = text.slice(0, place);
  return count(before, /\\begin\{/g) > count(before, /\\end\{/g);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** $$…$$, $…$, \[…\], \(…\), bare environments and Hugo's {{< katex >}}; what stands in code is no formula. */
const delimiters =
  /\{\{[<%]\s*katex[^>%}]*[>%]\}\}(?<shortcode>[\s\S]+?)\{\{[<%]\s*\/katex\s*[>%]\}\}|(?<code>```[\s\S]*?```|`[^`\n]*`|\\\$)|\$\$(?<display>[\s\S]+?)\$\$|\$(?<inline>(?:[^$\\\n]|\\[\s\S]|\n(?!\s*\n))+?)\$|\\\[(?<bracket>[\s\S]+?)\\\]|\\\((?<round>[\s\S]+?)\\\)|(?<environment>\\begin\{(?<kind>align|equation|gather)(?<star>\*?)\}[\s\S]+?\\end\{\k<kind>\k<star>\})/dg;

function delimited(text: string): readonly Formula[] {
  return [...text.matchAll(delimiters)].flatMap(({ indices }): readonly Formula[] => {
    const { shortcode, display, inline, bracket, round, environment } = indices!.groups!;
    const place = shortcode ?? display ?? inline ?? bracket ?? round ?? environment;
    return place ? [{ style: "latex", start: place[0], end: place[1] }] : [];
  });
}

/** The formulas of an entry: those between delimiters, else the whole. */
export function formulasOf(source: string): readonly Formula[] {
  const inside = delimited(source);
  const [only, ...others] = inside;
  const isText =
    others.length > 0 || (only && /\p{L}/u.test(source.slice(0, only.start) + source.slice(only.end)));
  if (inside.length > 0) return isText ? inside.map((formula) => ({ ...formula, inText: true })) : inside;
  return [{ style: source.includes("\\") ? "latex" : "plain", start: 0, end: source.length }];
}
