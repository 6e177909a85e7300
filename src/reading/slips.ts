// Names that are no names of the dialect but can only mean one thing: those of another dialect, and weights with their
// indices the other way round.
import type { Quantity } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import { type Dialect, dialect } from "../notation/dialect.ts";
import type { Notation } from "../notation/notation.ts";
import { notations } from "../notation/rows.ts";
import { remembering } from "../remembered.ts";
import { keyOfName, keyText } from "./script.ts";
import { type Candidate, type SymbolTable, symbolTable } from "./symbols.ts";
import type { NameKey } from "./syntax.ts";

export interface Slips {
  /** What a name can mean that the dialect does not know; nothing where dialects differ on it. */
  readonly foreign: (name: NameKey) => readonly Candidate[];
  /** A weight whose indices stand the other way round. */
  readonly turned: (name: NameKey) => readonly Candidate[];
  /** Words that are names in some dialect. */
  readonly words: ReadonlySet<string>;
}

/** The slips of a network in a notation; the tables of the other dialects are made when a name asks for them. */
export function slipsOf(network: Network, notation: Notation, deltas: readonly Quantity[]): Slips {
  const own = dialect(network, notation);
  const others = Object.values(notations).filter(({ key }) => key !== notation.key);
  const tables = new Map<string, SymbolTable>();
  const tableOf = (other: Notation): SymbolTable => {
    const made = tables.get(other.key) ?? symbolTable(network, other, deltas);
    tables.set(other.key, made);
    return made;
  };
  const indexOrder = notation.indexOrder === "to-from" ? "from-to" : "to-from";
  const turnedNotation: Notation = { ...notation, key: `${notation.key}, turned`, indexOrder };
  const turned = (name: NameKey): readonly Candidate[] =>
    asSlips(
      tableOf(turnedNotation)
        .find(name)
        .filter(({ rank }) => rank < 2),
      (candidate) => turnedSentence(name, candidate, own),
    ).filter(({ quantity }) => quantity.ranges.length === 2);
  const foreign = (name: NameKey): readonly Candidate[] => {
    const swapped = turned(name);
    if (swapped.length > 0) return swapped;
    const found = others.flatMap((other) =>
      asSlips(printed(tableOf(other).find(name)), (candidate) =>
        foreignSentence(name, candidate, other, own),
      ),
    );
    return agreed(found);
  };
  // A submission asks for the same names in every line.
  return {
    turned: remembering(turned, keyText),
    foreign: remembering(foreign, keyText),
    words: new Set(others.flatMap((other) => wordsOf(other))),
  };
}

/** Letters of dialects that are words: net, out, target. */
function wordsOf({ letters }: Notation): readonly string[] {
  return Object.values(letters)
    .map(({ letter }) => letter)
    .filter((letter) => letter.length > 1 && /^[a-z]+$/.test(letter) && !isGreek(letter));
}

function isGreek(word: string): boolean {
  return keyOfName({ letter: word, sub: [], sup: [] }).base !== word;
}

function printed(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter(({ rank }) => rank === 0);
}

function asSlips(
  candidates: readonly Candidate[],
  sentence: (candidate: Candidate) => string,
): readonly Candidate[] {
  return candidates.map((candidate) => ({ ...candidate, rank: 2, slip: sentence(candidate) }));
}

/** Each meaning once; none where two dialects mean two single entries by the name. */
function agreed(candidates: readonly Candidate[]): readonly Candidate[] {
  const distinct = candidates.filter(
    (candidate, position) => candidates.findIndex((other) => alike(candidate, other)) === position,
  );
  const entries = distinct.filter(({ indices }) => indices.every((index) => typeof index === "number"));
  return entries.length > 1 ? [] : distinct;
}

function alike(one: Candidate, other: Candidate): boolean {
  return one.quantity === other.quantity && one.indices.join() === other.indices.join();
}

function foreignSentence(name: NameKey, candidate: Candidate, other: Notation, own: Dialect): string {
  return `${keyText(name)} is a name of the dialect ${other.key}; in ${own.notation.key} it is ${ownName(candidate, own)}.`;
}

function turnedSentence(name: NameKey, candidate: Candidate, own: Dialect): string {
  return `The indices of ${keyText(name)} stand the other way round; in ${own.notation.key} it is ${ownName(candidate, own)}.`;
}

function ownName({ quantity, indices }: Candidate, own: Dialect): string {
  return keyText(keyOfName(own.nameOf({ quantity, indices })));
}
