// A line of items -> the sides of its relation and the signs between them.
//
//   relation = sum { ("=" | "≈" | ":=" | "←") sum }
import type { RelationSign } from "../derivation/document.ts";
import { Failure } from "../failure.ts";
import { readSide } from "./descent.ts";
import { at, type Item, isRelation, relationSigns, type Sign, signOf } from "./item.ts";
import type { ReadRelation, Vocabulary } from "./syntax.ts";

/** The relation of a whole formula. Throws Failure "formula-syntax" with the position of what cannot be read. */
export function parse(items: readonly Item[], vocabulary: Vocabulary, end: number): ReadRelation {
  const line = oneLine(items.filter((item) => signOf(item) !== "gap"));
  const breaks = line.flatMap((item, position) => (isRelation(item) ? [position] : []));
  const edges = [-1, ...breaks, line.length];
  const sides = edges.slice(1).map((edge, side) => {
    const from = edges[side]! + 1;
    const span = { start: line[from]?.start ?? line[from - 1]?.end ?? end, end: line[edge]?.start ?? end };
    return readSide(line.slice(from, edge), vocabulary, span);
  });
  return { sides, signs: breaks.map((position) => signOf(line[position]!) as RelationSign) };
}

/** What a row may begin with when it goes on with the one before. */
const continuations: ReadonlySet<Sign | undefined> = new Set([...relationSigns, "+", "-", "·"] as const);

/** The items without line breaks inside the formula and punctuation at its end. */
function oneLine(items: readonly Item[]): readonly Item[] {
  let end = items.length;
  while (end > 0 && [",", "row"].includes(signOf(items[end - 1]!) ?? "")) end -= 1;
  return items.slice(0, end).filter((item, position) => {
    const sign = signOf(item);
    if (sign !== "row" && sign !== ",") return true;
    const next = items[position + 1]!;
    if (sign === "row" && (position === 0 || continuations.has(signOf(next)))) return false;
    throw new Failure(
      "formula-syntax",
      `A second formula begins ${at(next.start)}; write one formula at a time.`,
      { position: next.start },
    );
  });
}
