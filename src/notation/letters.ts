// The letters that stand beside the names of quantities: what counts the samples, the learning rate, the loss. Where
// something in the network is called like one of them, a dialect takes its next letter.
import { parseName } from "./name.ts";
import type { Letter, LetterRole, Notation } from "./notation.ts";
import type { Nameable } from "./units.ts";

/** What carries each letter, for a sentence: `the input "i"`, `the letter of bias`. */
export interface Taken {
  /** Letters that stand for a quantity by themselves. */
  readonly names: ReadonlyMap<string, string>;
  /** Those, the letters of roles, which carry indices, and names of units, which are indices. */
  readonly all: ReadonlyMap<string, string>;
}

/** Roles whose letters no index is written on. */
const withoutIndices: ReadonlySet<string> = new Set(["function", "learningRate"]);

/** Every letter of one network in one notation. Complexity: linear in the names that the user gave. */
export function takenLetters({ quantities }: Nameable, { letters, symbols }: Notation): Taken {
  const names = new Map<string, string>();
  const units = new Map<string, string>();
  for (const { entryNames = [], unit, role } of quantities) {
    for (const text of unit === undefined ? entryNames : []) take(names, text, `the ${role} "${text}"`);
    if (unit !== undefined) take(units, unit, `the unit "${unit}"`);
  }
  for (const [id, text] of symbols ?? []) take(names, text, `the name of "${id}" under "symbols"`);
  const roles = Object.entries(letters)
    .filter(([role]) => !withoutIndices.has(role))
    .map(([role, { letter }]) => [letter, `the letter of ${role}`] as const);
  return { names, all: new Map([...roles, ...units, ...names]) };
}

/** A name without scripts takes its letter. */
function take(into: Map<string, string>, text: string, what: string): void {
  if (/[0-9_^]/.test(text)) return;
  const { letter, accent, sub, sup } = parseName(text);
  if (!accent && sub.length === 0 && sup.length === 0) into.set(letter, what);
}

/** The letters that follow a dialect's own, where that one is taken. */
const spare = {
  loss: ["E", "L", "C", "J"],
  learningRate: ["eta", "alpha", "gamma", "rho"],
  sample: ["n", "i", "s", "m", "p", "q", "r", "v"],
  count: ["N", "M", "S", "B", "P", "Q"],
} as const satisfies Record<string, readonly string[]>;

/** The notation with letters for samples, loss and learning rate that nothing in the network is called. */
export function withFreeLetters(network: Nameable, notation: Notation): Notation {
  const { names, all } = takenLetters(network, notation);
  const { letters, reduction } = notation;
  const letter = free(reduction.letter, spare.sample, (text) => all.has(text) || text === reduction.count);
  const count = free(reduction.count, spare.count, (text) => all.has(text) || text === letter);
  const freed = (role: LetterRole, others: readonly string[]): Letter => {
    const own = letters[role];
    if (own.sub || own.hat) return own;
    return { letter: free(own.letter, others, (text) => names.has(text)) };
  };
  return {
    ...notation,
    letters: {
      ...letters,
      loss: freed("loss", spare.loss),
      learningRate: freed("learningRate", spare.learningRate),
    },
    reduction: { ...reduction, letter, count },
  };
}

function free(own: string, others: readonly string[], isTaken: (letter: string) => boolean): string {
  return isTaken(own) ? (others.find((letter) => !isTaken(letter)) ?? own) : own;
}
