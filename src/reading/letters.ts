// Which layer is meant: letters such as the j and i of w_{ji} take the one assignment of ranges at which every symbol
// of the formula has a meaning.
import type { Quantity, Range } from "../expression/expr.ts";
import { Failure } from "../failure.ts";
import { at, type Span } from "./item.ts";
import { keyText } from "./script.ts";
import type { NameKey } from "./syntax.ts";

/** An index letter of a formula; the same letter under another Σ is another one. */
export interface Letter {
  readonly text: string;
  /** How it stands in expressions: fresh where a Σ binds it, `$j` where it is free. */
  readonly index: string;
  readonly bound: boolean;
}

/** One thing that an occurrence can be. */
export interface Meaning {
  readonly quantity: Quantity;
  readonly indices: readonly (number | Letter)[];
  readonly rank: 0 | 1;
}

/** A name with its letters; a name that stands twice with the same letters is one occurrence. */
export interface Occurrence {
  readonly name: NameKey;
  readonly span: Span;
  readonly meanings: readonly Meaning[];
}

export interface Assignment {
  readonly meanings: ReadonlyMap<Occurrence, Meaning>;
  readonly ranges: ReadonlyMap<Letter, Range>;
}

/** Readings of one formula that are looked for: a network has at most so many layers. */
export const mostAssignments = 64;

/** Meanings tried; a formula of twenty symbols in fifty layers needs some thousands. */
const mostTrials = 40_000;

/** What went wrong where no meaning fits: a letter that would count two things. */
interface Conflict {
  readonly letter: Letter;
  readonly first: Occurrence;
  readonly second: Occurrence;
  readonly ranges: readonly [Range, Range];
}

/**
 * Every assignment under which all occurrences have a meaning; with aliases only where printed names give none.
 * Throws Failure "wrong-shape" where there is none.
 */
export function assignments(occurrences: readonly Occurrence[]): readonly Assignment[] {
  const search = new Search(printedMeanings);
  const found = search.all(occurrences);
  if (found.length > 0) return found;
  const withAliases = new Search(({ meanings }) => meanings).all(occurrences);
  if (withAliases.length > 0) return withAliases;
  throw clashOf(search.conflict);
}

function printedMeanings({ meanings }: Occurrence): readonly Meaning[] {
  const printed = meanings.filter(({ rank }) => rank === 0);
  return printed.length > 0 ? printed : meanings;
}

type Setting = ReadonlyMap<Letter, { readonly range: Range; readonly by: Occurrence }>;

/** A way to go on: one occurrence and what it can still be. */
interface Branch {
  readonly occurrence: Occurrence;
  readonly fitting: readonly Meaning[];
}

/** Depth first, the occurrence with the fewest meanings left first; counts its trials. */
class Search {
  conflict: Conflict | undefined;
  readonly #meaningsOf: (occurrence: Occurrence) => readonly Meaning[];
  #trials = 0;

  constructor(meaningsOf: (occurrence: Occurrence) => readonly Meaning[]) {
    this.#meaningsOf = meaningsOf;
  }

  all(occurrences: readonly Occurrence[]): readonly Assignment[] {
    const settled = occurrences.filter((occurrence) => isSettled(this.#meaningsOf(occurrence)));
    const open = occurrences.filter((occurrence) => !settled.includes(occurrence));
    const chosen = new Map(settled.map((occurrence) => [occurrence, this.#meaningsOf(occurrence)[0]!]));
    const found: Assignment[] = [];
    for (const assignment of this.#from(open, new Map(), chosen)) {
      found.push(assignment);
      if (found.length === mostAssignments) break;
    }
    return found;
  }

  *#from(
    open: readonly Occurrence[],
    letters: Setting,
    chosen: ReadonlyMap<Occurrence, Meaning>,
  ): Generator<Assignment> {
    if (open.length === 0) {
      yield {
        meanings: chosen,
        ranges: new Map([...letters].map(([letter, { range }]) => [letter, range])),
      };
      return;
    }
    const { occurrence, fitting } = this.#narrowest(open, letters);
    const others = open.filter((other) => other !== occurrence);
    for (const meaning of fitting) {
      const extended = withLetters(letters, occurrence, meaning);
      yield* this.#from(others, extended, new Map([...chosen, [occurrence, meaning]]));
    }
  }

  /** The occurrence with the fewest meanings left; one or none is taken at once. */
  #narrowest(open: readonly Occurrence[], letters: Setting): Branch {
    let narrowest: Branch | undefined;
    for (const occurrence of open) {
      const fitting = this.#meaningsOf(occurrence).filter((meaning) =>
        this.#fits(letters, occurrence, meaning),
      );
      if (!narrowest || fitting.length < narrowest.fitting.length) narrowest = { occurrence, fitting };
      if (fitting.length <= 1) break;
    }
    return narrowest!;
  }

  /** Whether every letter of the meaning counts what it counts elsewhere. */
  #fits(letters: Setting, second: Occurrence, { quantity, indices }: Meaning): boolean {
    this.#trials += 1;
    if (this.#trials > mostTrials) throw tooManyWays();
    return indices.every((letter, axis) => {
      const known = typeof letter === "number" ? undefined : letters.get(letter);
      const range = quantity.ranges[axis]!;
      if (!known || known.range === range) return true;
      this.conflict ??= { letter: letter as Letter, first: known.by, second, ranges: [known.range, range] };
      return false;
    });
  }
}

function isSettled([first, ...others]: readonly Meaning[]): boolean {
  return others.length === 0 && first!.indices.every((index) => typeof index === "number");
}

function withLetters(letters: Setting, by: Occurrence, { quantity, indices }: Meaning): Setting {
  const extended = new Map(letters);
  for (const [axis, letter] of indices.entries())
    if (typeof letter !== "number" && !extended.has(letter))
      extended.set(letter, { range: quantity.ranges[axis]!, by });
  return extended;
}

function tooManyWays(): Failure {
  return new Failure(
    "limit-exceeded",
    "The index letters of the formula can be read in too many ways; write numbers for some of them.",
    { limit: "reading-trials", allowed: mostTrials, measured: mostTrials + 1 },
  );
}

function clashOf(conflict: Conflict | undefined): Failure {
  const { letter, first, second, ranges } = conflict!;
  return new Failure(
    "wrong-shape",
    `The index ${letter.text} counts ${ranges[0].name} in ${keyText(first.name)} and ${ranges[1].name} in ${keyText(second.name)} ${at(second.span.start)}; it must count the same in both.`,
    { position: second.span.start },
  );
}

/** The sentence for a formula that fits several layers. */
export function ambiguous([first, second]: readonly [Assignment, Assignment]): Failure {
  for (const [occurrence, one] of first.meanings) {
    const other = second.meanings.get(occurrence);
    if (!other || other.quantity === one.quantity) continue;
    const { start } = occurrence.span;
    return new Failure(
      "formula-syntax",
      `"${keyText(occurrence.name)}" ${at(start)} can be ${described(one)} or ${described(other)}; write numbers for its indices, or its layer.`,
      { position: start },
    );
  }
  return new Failure(
    "formula-syntax",
    "The formula can be read in two ways; write numbers for its indices.",
    { position: 0 },
  );
}

function described({ quantity, indices }: Meaning): string {
  const places = indices.map((index) => (typeof index === "number" ? index : index.text)).join(",");
  return places === "" ? quantity.id : `${quantity.id}[${places}]`;
}
