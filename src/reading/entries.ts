// A submission as entries, and the formulas in each: LaTeX with or without delimiters, Markdown with $…$, plain text.
import type { Span } from "./item.ts";
import { delimited } from "./markup.ts";
import type { SubmissionEntry } from "./statement.ts";

export interface Entry {
  readonly id?: string;
  readonly source: string;
  /** How many headings stand before it. */
  readonly section: number;
}

/** A formula inside an entry, without its delimiters; prose stands between them. */
export interface Formula extends Span {
  readonly style: "latex" | "plain";
  /** It stands in a text, where a formula may be a mere mention. */
  readonly inText?: boolean;
}

/** The strings of a list, or the lines of a text; a formula over several lines is in one entry. */
export function entriesOf(submission: string | readonly SubmissionEntry[]): readonly Entry[] {
  if (typeof submission === "string") return linesOf(submission);
  return submission.map((entry) =>
    typeof entry === "string"
      ? { source: entry, section: 0 }
      : {
          ...(entry.id !== undefined && { id: entry.id }),
          source: entry.latex,
          section: entry.section ?? 0,
        },
  );
}

/** A line of a text and where it begins there. */
export interface TextLine {
  readonly source: string;
  readonly start: number;
  /** How many headings stand before it. */
  readonly section: number;
}

/** Of Markdown, LaTeX and HTML. */
const heading = /^[ \t]{0,3}#{1,6}[ \t]|\\(?:chapter|(?:sub){0,2}section|paragraph)\*?\{|<h[1-6][ >]/gm;

/** The lines of a text that hold a formula; in Markdown, those with delimiters. */
export function linesOf(text: string): readonly TextLine[] {
  const blocks = delimited(text);
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  const isInside = blocks.length === 0 ? inEnvironment(text) : inBlock(blocks);
  const outside = breaks.filter((place) => !isInside(place));
  const edges = [-1, ...outside, text.length];
  const lines = edges.slice(1).map((edge, line) => ({ start: edges[line]! + 1, end: edge }));
  const told = lines.filter(({ start, end }) =>
    blocks.length === 0
      ? text.slice(start, end).trim() !== ""
      : blocks.some((block) => block.start >= start && block.end <= end),
  );
  const headings = [...text.matchAll(heading)].map(({ index }) => index);
  return told.map(({ start, end }) => ({
    source: text.slice(start, end),
    start,
    section: headings.filter((place) => place < start).length,
  }));
}

type IsInside = (place: number) => boolean;

function inBlock(blocks: readonly Span[]): IsInside {
  return (place) => blocks.some(({ start, end }) => start <= place && place < end);
}

/** In LaTeX without delimiters: between a \begin and its \end. */
function inEnvironment(text: string): IsInside {
  const marks = [...text.matchAll(/\\(begin|end)\{/g)].map(({ index, 1: which }) => ({
    index,
    step: which === "begin" ? 1 : -1,
  }));
  return (place) => marks.reduce((depth, { index, step }) => (index < place ? depth + step : depth), 0) > 0;
}

/** The formulas of an entry: those between delimiters, else the whole. */
export function formulasOf(source: string): readonly Formula[] {
  const inside = delimited(source).map((span): Formula => ({ style: "latex", ...span }));
  const [only, ...others] = inside;
  const isText =
    others.length > 0 || (only && /\p{L}/u.test(source.slice(0, only.start) + source.slice(only.end)));
  if (inside.length > 0) return isText ? inside.map((formula) => ({ ...formula, inText: true })) : inside;
  return [{ style: source.includes("\\") ? "latex" : "plain", start: 0, end: source.length }];
}
