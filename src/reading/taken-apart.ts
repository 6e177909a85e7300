// Entries of a submission taken apart to segments, before any name in them is looked up.
import { Failure } from "../failure.ts";
import { type Entry, type Formula, formulasOf } from "./entries.ts";
import { flatten } from "./flatten.ts";
import type { Item } from "./item.ts";
import { plainItems } from "./plain.ts";
import type { AreNames } from "./prose.ts";
import { readingLimits, refuse, refusePlain } from "./refuse.ts";
import type { Unreadable } from "./statement.ts";
import { type Segment, segmentsOf } from "./statements.ts";
import { treeOf } from "./tree.ts";
import { attempted, isUnreadable } from "./unreadable.ts";

/** An entry taken apart, before any name in it is looked up. */
export interface Line extends Entry {
  readonly segments: readonly Segment[];
  /** It stands in a text, where a formula without a relation is a mere mention. */
  readonly isText: boolean;
  /** What of it cannot be taken apart. */
  readonly unreadable: readonly Unreadable[];
  /** Text without any command can be LaTeX, too: read so where the line is not readable as plain text. */
  readonly otherwise?: () => Line;
}

function lineOf(entry: Entry, areNames: AreNames): Line {
  const formulas = formulasOf(entry.source);
  const line = takenApart(entry, formulas, areNames);
  const isPlain = formulas.every(({ style }) => style === "plain");
  const asLatex = formulas.map((formula) => ({ ...formula, style: "latex" as const }));
  return isPlain ? { ...line, otherwise: () => takenApart(entry, asLatex, areNames) } : line;
}

/**
 * The entries taken apart as far as a submission may go; those behind cannot be read. `areNames` tells letters of the
 * network from words.
 */
export function linesWithin(entries: readonly Entry[], areNames: AreNames): readonly Line[] {
  const inAll = entries.reduce((total, { source }) => total + source.length, 0);
  let characters = 0;
  let relations = 0;
  return entries.map((entry, index) => {
    characters += entry.source.length;
    if (index >= readingLimits.steps) return beyond(entry, "steps", entries.length);
    if (characters > readingLimits.charactersInAll) return beyond(entry, "characters", inAll);
    const line = lineOf(entry, areNames);
    relations += line.segments.reduce((count, { signs }) => count + signs.length, 0);
    return relations > readingLimits.relations ? beyond(entry, "relations", relations) : line;
  });
}

function beyond(entry: Entry, what: "steps" | "relations" | "characters", measured: number): Line {
  const allowed = what === "characters" ? readingLimits.charactersInAll : readingLimits[what];
  const failure = new Failure(
    "limit-exceeded",
    `The submission has ${measured} ${what}, and at most ${allowed} are read; hand in the others apart.`,
    { limit: `submission-${what}`, allowed, measured },
  );
  const span = { start: 0, end: entry.source.length };
  return { ...entry, segments: [], isText: false, unreadable: [{ kind: "unreadable", span, failure }] };
}

function takenApart(entry: Entry, formulas: readonly Formula[], areNames: AreNames): Line {
  const { source } = entry;
  const parts = formulas.map((formula) => attempted(formula, () => itemsOf(source, formula, areNames)));
  const items = parts.flatMap((part, position): readonly Item[] => {
    if (isUnreadable(part)) return [];
    const before = formulas[position - 1]?.end ?? 0;
    return [...proseBetween(source, before, formulas[position]!), ...part];
  });
  const segments = attempted({ start: 0, end: source.length }, () => segmentsOf(items, source));
  const unreadable = parts.filter(isUnreadable);
  const isText = formulas.some(({ inText }) => inText);
  return isUnreadable(segments)
    ? { ...entry, segments: [], isText, unreadable: [...unreadable, segments] }
    : { ...entry, segments, isText, unreadable };
}

function itemsOf(source: string, { style, start, end }: Formula, areNames: AreNames): readonly Item[] {
  const text = source.slice(start, end);
  if (style === "plain") {
    refusePlain(text, start);
    return plainItems(text, start, areNames);
  }
  refuse(text, start);
  return flatten(treeOf(text, start), { start, end });
}

/** The words in front of a formula, which say what it is; in front of a formula that is the whole there are none. */
function proseBetween(source: string, before: number, { start }: Formula): readonly Item[] {
  if (start === 0) return [];
  const [between] = source.slice(before, start).match(/(?<=^[$\s\\)\]]*)[=≈](?=[$\s\\([]*$)/) ?? [];
  if (between === "=" || between === "≈")
    return [{ atom: { kind: "sign", sign: between }, primes: 0, start: before, end: start }];
  const text = source
    .slice(before, start)
    .replace(/[^\p{L}\s.]/gu, " ")
    .trim();
  return [{ atom: { kind: "words", text }, primes: 0, start: before, end: start }];
}
