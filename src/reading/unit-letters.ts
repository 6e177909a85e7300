// The letters of units, h for the hidden ones and o for outputs: w_{ho} with h on one side of a relation alone does not say
// which of h1, h2 is meant.
import { Failure } from "../failure.ts";
import { at } from "./item.ts";
import { keyText } from "./script.ts";
import type { NameReading, Reading } from "./syntax.ts";
import type { StudentLexicon } from "./tables.ts";
import { readingsIn } from "./walk.ts";

/** Throws Failure "formula-syntax" for a letter of several units that counts nothing on the other side. */
export function requireNumberedUnits(sides: readonly Reading[], lexicon: StudentLexicon): void {
  const { unitNames = [], letters } = lexicon.tables.dialect.notation;
  const isUnit = (unit: string): boolean =>
    lexicon.vocabulary.has({ base: letters.activation.letter, sub: unit, sup: "" });
  for (const letter of unitNames.filter((name) => isUnit(`${name}2`))) {
    const found = sides.map((side) => freeIn(side, letter, lexicon));
    const [name] = found.flat();
    if (name && found.some((names) => names.length === 0)) throw withoutNumber(letter, name);
  }
}

/** Names with the letter as an index, outside of a Σ over it. */
function freeIn(
  side: Reading,
  letter: string,
  { tables: { symbols } }: StudentLexicon,
): readonly NameReading[] {
  const isBound = readingsIn(side).some(
    (reading) => reading.kind === "summation" && reading.letters.includes(letter),
  );
  if (isBound) return [];
  return readingsIn(side).flatMap((reading) =>
    reading.kind === "name" && symbols.find(reading.name).some(({ indices }) => indices.includes(letter))
      ? [reading]
      : [],
  );
}

function withoutNumber(letter: string, { name, start }: NameReading): Failure {
  return new Failure(
    "formula-syntax",
    `The letter ${letter} of "${keyText(name)}" ${at(start)} does not say which unit is meant: it counts ${letter}1, ${letter}2, … and stands on one side alone; write the number.`,
    { position: start },
  );
}
