// δ^{(l)} = … for any layer l: the letter is put to every layer at which all names of the relation exist.
import type { Reading } from "./syntax.ts";
import type { StudentLexicon } from "./tables.ts";
import { readingsIn, withNames } from "./walk.ts";

const mark = /^\((?<letter>\p{L})(?<shift>[+-][0-9]+)?\)$/u;

/** The last layer, in courses that number layers by letters. */
const lastLayer = "L";

/** Whether a name of the side has a letter for its layer. */
export function hasLayerLetter(side: Reading, lexicon: StudentLexicon): boolean {
  return lettersOf([side], lexicon).size > 0;
}

export interface AtLayer {
  readonly sides: readonly Reading[];
  readonly at: readonly (readonly [letter: string, layer: number])[];
}

/** The sides once for each layer that fits; the sides themselves where no letter stands for a layer. */
export function atLayers(sides: readonly Reading[], lexicon: StudentLexicon): readonly AtLayer[] {
  const letters = lettersOf(sides, lexicon);
  if (letters.size === 0) return [{ sides, at: [] }];
  const { dialect, depth } = lexicon.tables;
  const first = dialect.notation.firstLayer;
  const free = [...letters].filter((letter) => letter !== lastLayer);
  // Several letters for layers in one relation are one too many: only the first is moved.
  const [letter] = free;
  const layers = Array.from({ length: depth + 1 }, (_, layer) => layer + first);
  const settings = letter === undefined ? [[]] : layers.map((layer) => [[letter, layer] as const]);
  return settings
    .map((at) => ({
      at,
      sides: sides.map((side) => put(side, new Map([[lastLayer, depth + first], ...at]))),
    }))
    .filter((setting) => setting.sides.every((side) => isKnown(side, sides, lexicon)));
}

function lettersOf(sides: readonly Reading[], { tables }: StudentLexicon): ReadonlySet<string> {
  const found = new Set<string>();
  for (const side of sides)
    for (const reading of readingsIn(side)) {
      const letter = reading.kind === "name" ? mark.exec(reading.name.sup)?.groups?.letter : undefined;
      if (letter !== undefined && reading.kind === "name" && tables.symbols.find(reading.name).length === 0)
        found.add(letter);
    }
  return found;
}

function put(side: Reading, layers: ReadonlyMap<string, number>): Reading {
  return withNames(side, (reading) => {
    const { letter, shift = "0" } = mark.exec(reading.name.sup)?.groups ?? {};
    const layer = letter === undefined ? undefined : layers.get(letter);
    if (layer === undefined) return reading;
    return { ...reading, name: { ...reading.name, sup: `(${layer + Number(shift)})` } };
  });
}

/** Whether every name exists; names that no layer was put in are left to the reader of names. */
function isKnown(side: Reading, before: readonly Reading[], { tables, vectors }: StudentLexicon): boolean {
  const same = new Set(before.flatMap((each) => [...readingsIn(each)]));
  return [...readingsIn(side)].every(
    (reading) =>
      reading.kind !== "name" ||
      same.has(reading) ||
      !/^\([0-9-]+\)$/.test(reading.name.sup) ||
      tables.symbols.find(reading.name).length > 0 ||
      vectors.has(reading.name),
  );
}
