// A line of items -> chains of sides: where one statement ends and the next begins.
import { type Item, type Sign, type Span, signOf } from "./item.ts";
import type { WrittenSign } from "./statement.ts";

/** `sides[0] signs[0] sides[1] …` */
export interface Chain {
  readonly sides: readonly Side[];
  readonly signs: readonly WrittenSign[];
}

export interface Side {
  /** None where a line begins with its relation sign. */
  readonly items: readonly Item[];
  readonly span: Span;
}

const relations: ReadonlyMap<Sign, WrittenSign> = new Map([
  ["=", "="],
  ["≈", "≈"],
  [":=", ":="],
  ["←", "←"],
  ["≠", "≠"],
]);

const separators: ReadonlySet<Sign | undefined> = new Set([",", "⇒", "row"] as const);

/** What a row may begin with when it goes on with the one before. */
const continuations: ReadonlySet<Sign | undefined> = new Set(["+", "-", "·", "/"] as const);

/** The chains of a line in order; a row that begins with an operator belongs to the one before. */
export function chainsOf(items: readonly Item[], source: string): readonly Chain[] {
  return segmentsOf(items).map((segment) => chainOf(segment, source));
}

function segmentsOf(items: readonly Item[]): readonly (readonly Item[])[] {
  const segments: Item[][] = [[]];
  for (const [position, item] of items.entries()) {
    const sign = signOf(item);
    const next = items[position + 1];
    if (!separators.has(sign)) segments.at(-1)!.push(item);
    else if (sign !== "row" || !next || !continuations.has(signOf(next))) segments.push([]);
  }
  return segments.filter((segment) => segment.length > 0);
}

function chainOf(segment: readonly Item[], source: string): Chain {
  const breaks = segment.flatMap((item, position) => (relationOf(item) ? [position] : []));
  const edges = [-1, ...breaks, segment.length];
  const sides = edges.slice(1).map((edge, side): Side => {
    const items = segment.slice(edges[side]! + 1, edge);
    const place = segment[edge]?.start ?? segment.at(-1)!.end;
    const span = { start: items[0]?.start ?? place, end: items.at(-1)?.end ?? place };
    return { items, span: withClosingBraces(span, source) };
  });
  return { sides, signs: breaks.map((position) => relationOf(segment[position]!)!) };
}

function relationOf(item: Item): WrittenSign | undefined {
  const sign = signOf(item);
  return sign && relations.get(sign);
}

/** A last script ends before its brace; the text of a side has the brace, too. */
function withClosingBraces({ start, end }: Span, source: string): Span {
  const text = source.slice(start, end);
  let open = text.split("{").length - text.split("}").length;
  let reached = end;
  for (; open > 0 && source[reached] === "}"; open -= 1) reached += 1;
  return { start, end: reached };
}
