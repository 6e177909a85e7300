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
  readonly rank: 0 | 1 | 2;
  readonly slip?: string;
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
const mostAssignments = 64;

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
 * The assignments, at most so many, under which all occurrences have a meaning; with aliases only where printed names
 * give none, with slips only where aliases give none. Throws Failure "wrong-shape" where there is none.
 */
export function assignments(
  occurrences: readonly Occurrence[],
  most: number = mostAssignments,
): readonly Assignment[] {
  const printed = new Search(meaningsUpTo(0));
  for (const search of [printed, new Search(meaningsUpTo(1)), new Search(meaningsUpTo(2))]) {
    const found = search.all(occurrences, most);
    if (found.length > 0) return found;
  }
  throw clashOf(printed.conflict);
}

/** The meanings of an occurrence up to a rank, or those of the lowest rank that it has. */
function meaningsUpTo(rank: number): (occurrence: Occurrence) => readonly Meaning[] {
  return ({ meanings }) => {
    const lowest = Math.max(rank, Math.min(...meanings.map((meaning) => meaning.rank)));
    return meanings.filter((meaning) => meaning.rank <= lowest);
  };
}

type Setting = ReadonlyMap<Letter, { readonly range: Range; readonly by: Occurrence }>;

type Choice = readonly [Occurrence, Meaning];

/** An occurrence that is still open, and what it can still be. */
interface Branch {
  readonly occurrence: Occurrence;
  readonly fitting: readonly Meaning[];
}

/** Depth first, the occurrence with the fewest meanings left first; counts its trials. */
class Search {
  conflict: Conflict | undefined;
  readonly #meaningsOf: (occurrence: Occurrence) => readonly Meaning[];
  readonly #users = new Map<Letter, Set<Occurrence>>();
  #trials = 0;

  constructor(meaningsOf: (occurrence: Occurrence) => readonly Meaning[]) {
    this.#meaningsOf = meaningsOf;
  }

  /** At most so many assignments. */
  all(occurrences: readonly Occurrence[], most: number): readonly Assignment[] {
    const branches = occurrences.map((occurrence) => ({
      occurrence,
      fitting: this.#meaningsOf(occurrence).filter((meaning) =>
        this.#fits(withLetters(new Map(), occurrence, meaning), occurrence, meaning),
      ),
    }));
    const open = branches.filter((branch) => !isSettled(branch));
    for (const { occurrence, fitting } of open) this.#note(occurrence, fitting);
    const parts = this.#independent(open).map((part) => first(this.#from(part, new Map(), []), most));
    const settled = branches
      .filter(isSettled)
      .map(({ occurrence, fitting }): Choice => [occurrence, fitting[0]!]);
    return first(combinations(parts), most).map((choices) => assignmentOf([...settled, ...choices.flat()]));
  }

  /** Branches that share letters, directly or through others, are decided together. */
  #independent(branches: readonly Branch[]): readonly (readonly Branch[])[] {
    const byOccurrence = new Map(branches.map((branch) => [branch.occurrence, branch]));
    const seen = new Set<Occurrence>();
    return branches.flatMap(({ occurrence }) => {
      if (seen.has(occurrence)) return [];
      const part = new Set([occurrence]);
      for (const member of part)
        for (const other of this.#neighbours(byOccurrence.get(member)!)) part.add(other);
      for (const member of part) seen.add(member);
      return [[...part].map((member) => byOccurrence.get(member)!)];
    });
  }

  #neighbours({ fitting }: Branch): readonly Occurrence[] {
    const letters = new Set(fitting.flatMap(({ indices }) => indices).filter(isLetter));
    return [...letters].flatMap((letter) => [...this.#users.get(letter)!]);
  }

  *#from(open: readonly Branch[], letters: Setting, chosen: readonly Choice[]): Generator<readonly Choice[]> {
    if (open.length === 0) {
      yield chosen;
      return;
    }
    const next = open.reduce((fewest, branch) =>
      branch.fitting.length < fewest.fitting.length ? branch : fewest,
    );
    const others = open.filter((branch) => branch !== next);
    for (const meaning of next.fitting) {
      const extended = withLetters(letters, next.occurrence, meaning);
      const fresh = meaning.indices.filter(isLetter).filter((letter) => !letters.has(letter));
      const left = this.#narrowed(others, fresh, extended);
      yield* this.#from(left, extended, [...chosen, [next.occurrence, meaning]]);
    }
  }

  #note(occurrence: Occurrence, meanings: readonly Meaning[]): void {
    for (const letter of meanings.flatMap(({ indices }) => indices).filter(isLetter)) {
      const known = this.#users.get(letter);
      if (known) known.add(occurrence);
      else this.#users.set(letter, new Set([occurrence]));
    }
  }

  /** The branches that use a letter just fixed keep the meanings that agree on it. */
  #narrowed(branches: readonly Branch[], fresh: readonly Letter[], letters: Setting): readonly Branch[] {
    const touched = new Set(fresh.flatMap((letter) => [...(this.#users.get(letter) ?? [])]));
    if (touched.size <= 1) return branches;
    return branches.map((branch) => {
      const { occurrence, fitting } = branch;
      if (!touched.has(occurrence)) return branch;
      return { occurrence, fitting: fitting.filter((meaning) => this.#fits(letters, occurrence, meaning)) };
    });
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

export function isLetter(index: number | Letter): index is Letter {
  return typeof index !== "number";
}

function first<Thing>(things: Generator<Thing>, most: number): readonly Thing[] {
  const taken: Thing[] = [];
  for (const thing of things) {
    taken.push(thing);
    if (taken.length === most) break;
  }
  return taken;
}

/** One choice of each part, in all ways; the last part changes fastest. */
function* combinations<Thing>(parts: readonly (readonly Thing[])[]): Generator<readonly Thing[]> {
  if (parts.some((part) => part.length === 0)) return;
  const places = parts.map(() => 0);
  for (;;) {
    yield parts.map((part, position) => part[places[position]!]!);
    let turning = parts.length - 1;
    while (turning >= 0 && places[turning] === parts[turning]!.length - 1) {
      places[turning] = 0;
      turning -= 1;
    }
    if (turning < 0) return;
    places[turning]! += 1;
  }
}

function assignmentOf(choices: readonly Choice[]): Assignment {
  const ranges = new Map<Letter, Range>();
  for (const [, { quantity, indices }] of choices)
    for (const [axis, index] of indices.entries())
      if (isLetter(index)) ranges.set(index, quantity.ranges[axis]!);
  return { meanings: new Map(choices), ranges };
}

function isSettled({ fitting: [first, ...others] }: Branch): boolean {
  return (
    others.length === 0 && first !== undefined && first.indices.every((index) => typeof index === "number")
  );
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
