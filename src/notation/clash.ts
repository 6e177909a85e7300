// Symbols that would print alike: found by the key of their names, and said with both ids, both letters and what to do.
import { entries, entryId, type Quantity } from "../expression/expr.ts";
import { Failure } from "../failure.ts";
import type { CustomNotation } from "./description.ts";
import { takenLetters } from "./letters.ts";
import { nameKey, nameText } from "./name.ts";
import { isGiven, names } from "./names.ts";
import { type Entry, letterRoles } from "./naming.ts";
import type { Notation } from "./notation.ts";
import type { Nameable } from "./units.ts";

/** Two entries that print alike, or nothing; δ's are looked at besides. Complexity: linear in the entries. */
export function clash(
  network: Nameable,
  notation: Notation,
  deltas: readonly Quantity[] = [],
): readonly [Entry, Entry] | undefined {
  const nameOf = names(network, notation);
  const seen = new Map<string, Entry>();
  for (const quantity of [...network.quantities, ...deltas]) {
    for (const indices of entries(quantity)) {
      const entry = { quantity, indices };
      const key = nameKey(nameOf(entry));
      const other = seen.get(key);
      if (other) return [other, entry];
      seen.set(key, entry);
    }
  }
  return undefined;
}

/**
 * Refuses names that print alike. The rows of the catalogue never cause that by themselves: where neither the network
 * nor the notation has a name of the user's, nothing is looked at. Throws Failure `clash`.
 */
export function requireDistinct(
  network: Nameable,
  deltas: readonly Quantity[],
  notation: Notation,
  custom: CustomNotation | undefined,
  pointer: string,
): void {
  if (!custom && !network.quantities.some(isNamedByUser)) return;
  const pair = clash(network, notation, deltas);
  if (!pair) return;
  const [one, other] = pair;
  const idOf = ({ quantity, indices }: Entry): string => entryId(quantity, indices);
  const text = nameText(names(network, notation)(one));
  const origin = originOf(network, notation);
  const advice = custom
    ? 'choose another letter for one of them under "letters", or a name of its own under "symbols"'
    : 'rename one of them, or give it a name under "symbols" of a notation object';
  throw new Failure(
    "clash",
    `"${idOf(one)}" and "${idOf(other)}" would both print as "${text}": the first has ${origin(one)}, the second ${origin(other)}; ${advice}.`,
    { pointer: placeOf([other, one], network, notation, custom, pointer) },
  );
}

/** Weights and biases of layers have the names of a numbering, which are all different. */
function isNamedByUser({ entryNames, unit, role, ranges }: Quantity): boolean {
  return unit !== undefined || (entryNames !== undefined && (role === "input" || ranges.length === 0));
}

/** Where a name comes from, for a sentence. */
function originOf(network: Nameable, notation: Notation): (entry: Entry) => string {
  const rolesOf = letterRoles(network, notation);
  return ({ quantity, indices }) => {
    const renamed = notation.symbols?.get(entryId(quantity, indices));
    if (renamed !== undefined) return `the name "${renamed}" under "symbols"`;
    if (isGiven(quantity, indices)) return `the name "${entryId(quantity, indices)}" in the network`;
    const role = rolesOf(quantity);
    if (role === undefined) return `its id as its name`;
    const letter = role === "output" ? notation.letters.output! : notation.letters[role];
    return `the letter "${letter.letter}" of ${role}`;
  };
}

/** The place in the request that brought the clash about. */
function placeOf(
  pair: readonly Entry[],
  network: Nameable,
  notation: Notation,
  custom: CustomNotation | undefined,
  pointer: string,
): string {
  if (!custom) return "/network";
  const ids = pair.map(({ quantity, indices }) => entryId(quantity, indices));
  const renamed = ids.find((id) => notation.symbols?.has(id));
  if (renamed !== undefined) return pointer + symbolStep(renamed);
  const rolesOf = letterRoles(network, notation);
  const roles = pair.map(({ quantity }) => rolesOf(quantity));
  const lettered = roles.find((role) => role !== undefined && role in (custom.letters ?? {}));
  return lettered === undefined ? pointer : `${pointer}/letters/${lettered}`;
}

/** The steps of a pointer to the name of one id. */
export function symbolStep(id: string): string {
  return `/symbols/${id.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** A letter that a notation object gives to what is no quantity. */
interface LooseLetter {
  readonly letter: string | undefined;
  readonly step: string;
  readonly what: string;
  /** Only a name without indices is mistaken for it. */
  readonly alone?: boolean;
}

/** Refuses letters for samples, functions and the learning rate that stand for a quantity too. Throws `clash`. */
export function requireFreeLetters(
  network: Nameable,
  notation: Notation,
  { reduction = {}, letters = {} }: CustomNotation,
  pointer: string,
): void {
  const { names: alone, all } = takenLetters(network, notation);
  const chosen = (role: "function" | "learningRate"): string | undefined =>
    letters[role] && notation.letters[role].sub === undefined ? notation.letters[role].letter : undefined;
  const loose: readonly LooseLetter[] = [
    { letter: reduction.letter, step: "/reduction/letter", what: "counts the samples" },
    { letter: reduction.count, step: "/reduction/count", what: "is the number of samples" },
    { letter: chosen("function"), step: "/letters/function", what: "stands for the activation function" },
    {
      letter: chosen("learningRate"),
      step: "/letters/learningRate",
      what: "is the learning rate",
      alone: true,
    },
  ];
  for (const { letter, step, what, alone: isAlone } of loose) {
    const other = letter === undefined ? undefined : (isAlone ? alone : all).get(letter);
    if (other === undefined) continue;
    throw new Failure("clash", `The letter "${letter}" ${what}, and it is ${other}; choose another letter.`, {
      pointer: pointer + step,
    });
  }
  const { letter, count } = notation.reduction;
  if (letter !== count || (reduction.letter ?? reduction.count) === undefined) return;
  throw new Failure(
    "clash",
    `The letter "${letter}" counts the samples, and it is the number of samples too; choose two letters.`,
    { pointer: `${pointer}/reduction` },
  );
}
