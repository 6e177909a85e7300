// Letters that are no index of the network's own: δ^{(l)} for any layer l, w_i and δ_{o_k} where the names w_1, w_2, … are
// given one by one. The letter is put to every number at which all names of the relation exist.
import { enforceLimit } from "../failure.ts";
import type { NameKey, Reading } from "./syntax.ts";
import type { StudentLexicon } from "./tables.ts";
import { readingsIn, withNames, withSums } from "./walk.ts";

const layerMark = /^\((?<letter>\p{L})(?<shift>[+-][0-9]+)?\)$/u;

/** The last layer, in courses that number layers by letters. */
const lastLayer = "L";

/** Given names are counted from 1 to here: w_1, …, w_20. */
const mostNames = 20;

/** Letters of one relation that stand for the numbers of names; two are usual. */
const mostLetters = 2;

/** The places of a name that a letter can be put in. */
interface Place {
  readonly letter: string;
  readonly what: "layer" | "index";
}

/** Whether a side has names that exist only with a number for a letter. */
export function hasLetters(side: Reading, lexicon: StudentLexicon): boolean {
  return placesOf([side], lexicon).length > 0;
}

export interface Setting {
  readonly sides: readonly Reading[];
  readonly at: readonly (readonly [letter: string, number: number])[];
}

/** The sides once for each number that fits; the sides themselves where no such letter stands in them. */
export function settingsOf(written: readonly Reading[], lexicon: StudentLexicon): readonly Setting[] {
  const sides = written.map((side) => withSums(side, (sum) => writtenOut(sum, lexicon)));
  const places = placesOf(sides, lexicon);
  if (places.length === 0) return [{ sides, at: [] }];
  const { dialect, depth } = lexicon.tables;
  const first = dialect.notation.firstLayer;
  const last = new Map([[lastLayer, depth + first]]);
  const free = [...new Map(places.map((place) => [place.letter, place])).values()].filter(
    ({ letter, what }) => what === "index" || letter !== lastLayer,
  );
  enforceLimit(
    "counted-letters",
    mostLetters,
    free.length,
    `The relation counts names by the letters ${free.map(({ letter }) => letter).join(", ")}, and at most ${mostLetters} are read; write numbers for some of them.`,
  );
  // The inputs are activations of a layer, too; a letter counts it where nothing else can be meant.
  for (const lowest of [first + 1, first]) {
    const found = settingsFrom(lowest);
    if (found.length > 0) return found;
  }
  return [];

  function settingsFrom(lowest: number): readonly Setting[] {
    const choices = free.reduce<readonly Setting["at"][]>(
      (found, { letter, what }) => {
        const numbers = what === "layer" ? range(lowest, first + depth) : range(1, mostNames);
        return found.flatMap((at) => numbers.map((number) => [...at, [letter, number] as const]));
      },
      [[]],
    );
    return choices
      .map((at) => ({ at, sides: sides.map((side) => put(side, new Map([...last, ...at]), lexicon)) }))
      .filter(
        (setting) => placesOf(setting.sides, lexicon).length === 0 && exist(setting.sides, sides, lexicon),
      );
  }
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}

function isKnown(name: NameKey, { tables, vectors }: StudentLexicon): boolean {
  return tables.symbols.find(name).length > 0 || vectors.has(name);
}

/** The letters in names that are no names as they stand. */
function placesOf(sides: readonly Reading[], lexicon: StudentLexicon): readonly Place[] {
  return sides.flatMap(readingsIn).flatMap((reading): readonly Place[] => {
    if (reading.kind !== "name" || isKnown(reading.name, lexicon)) return [];
    const layer = layerMark.exec(reading.name.sup)?.groups?.letter;
    if (layer !== undefined) return [{ letter: layer, what: "layer" }];
    const letters = [...reading.name.sub].filter((letter) => /^[a-z]$/.test(letter));
    return letters
      .filter((letter) => isCounted(reading.name, letter, lexicon))
      .map((letter) => ({ letter, what: "index" }));
  });
}

/** Whether the name exists with a 1 or a 2 for the letter. */
function isCounted(name: NameKey, letter: string, lexicon: StudentLexicon): boolean {
  return [1, 2].some((number) => withNumber(name, letter, number, lexicon) !== undefined);
}

/** The name with the number for the letter, or behind it: the o of δ_o counts o1, o2, …; nothing where neither exists. */
function withNumber(
  name: NameKey,
  letter: string,
  number: number,
  lexicon: StudentLexicon,
): NameKey | undefined {
  // Where units are h1 and o1, an o counts outputs and no weights; i, the inputs' letter, is also that of any index.
  const [, ...units] = lexicon.tables.dialect.notation.unitNames ?? [];
  return [...(units.includes(letter) ? [] : [String(number)]), `${letter}${number}`]
    .map((text) => ({ ...name, sub: name.sub.replaceAll(letter, text) }))
    .find((counted) => isKnown(counted, lexicon));
}

function put(side: Reading, numbers: ReadonlyMap<string, number>, lexicon: StudentLexicon): Reading {
  return withNames(side, (reading) => {
    if (isKnown(reading.name, lexicon)) return reading;
    return { ...reading, name: withNumbers(reading.name, numbers, lexicon) };
  });
}

function withNumbers(name: NameKey, numbers: ReadonlyMap<string, number>, lexicon: StudentLexicon): NameKey {
  const { letter, shift = "0" } = layerMark.exec(name.sup)?.groups ?? {};
  const layer = letter === undefined ? undefined : numbers.get(letter);
  if (layer !== undefined) return { ...name, sup: `(${layer + Number(shift)})` };
  const counted = [...new Set(name.sub)].flatMap((character) => {
    const number = numbers.get(character);
    return number === undefined ? [] : (withNumber(name, character, number, lexicon) ?? []);
  });
  return counted[0] ?? withAllNumbers(name, numbers);
}

/** w_{ij} of given names: each letter by its number. */
function withAllNumbers(name: NameKey, numbers: ReadonlyMap<string, number>): NameKey {
  return { ...name, sub: [...name.sub].map((character) => numbers.get(character) ?? character).join("") };
}

/** Whether every name that a number was put in exists. */
function exist(sides: readonly Reading[], before: readonly Reading[], lexicon: StudentLexicon): boolean {
  const unchanged = new Set(before.flatMap(readingsIn));
  return sides
    .flatMap(readingsIn)
    .every((reading) => reading.kind !== "name" || unchanged.has(reading) || isKnown(reading.name, lexicon));
}

/** Σ_k over given names is the sum of its terms, one for each number at which all of them exist. */
function writtenOut(sum: Extract<Reading, { readonly kind: "summation" }>, lexicon: StudentLexicon): Reading {
  const [letter, ...others] = sum.letters;
  const places = placesOf([sum.body], lexicon);
  if (others.length > 0 || !places.some((place) => place.letter === letter)) return sum;
  const from = /^[0-9]+$/.test(sum.from ?? "") ? Number(sum.from) : 1;
  const to = /^[0-9]+$/.test(sum.to ?? "") ? Number(sum.to) : mostNames;
  const terms = range(from, Math.min(to, mostNames))
    .map((number) => put(sum.body, new Map([[letter!, number]]), lexicon))
    .filter((term) => exist([term], [sum.body], lexicon));
  const { start, end } = sum;
  return terms.length === 0
    ? sum
    : { kind: "sum", terms: terms.map((of) => ({ minus: false, of })), start, end };
}
