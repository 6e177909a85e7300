// Relations between whole layers: δ^{(2)} = (W^{(3)})ᵀ δ^{(3)} ⊙ f'(z^{(2)}) is one equation for each entry, under each choice of
// layers that its names can mean.
import { Failure } from "../failure.ts";
import { type Grid, isSingle, together } from "./grid.ts";
import { type Choice, isForm, Layers, type Layout, partsOfLayers } from "./layer-grids.ts";
import { ofOneSample } from "./samples.ts";
import type { Instance, RelationReading } from "./statement.ts";
import type { NameReading, Reading } from "./syntax.ts";
import type { StudentLexicon } from "./tables.ts";

/** Ways to choose layers for names that several layers share. */
const mostChoices = 64;

/** Whether a side speaks of whole layers. */
export function isOfLayers(side: Reading, lexicon: StudentLexicon): boolean {
  return partsOfLayers(side).some(
    (reading) => isForm(reading) || (reading.kind === "name" && isVector(reading, lexicon)),
  );
}

/** A name that a single quantity has, too, is that one unless it is set in bold. */
function isVector({ name, bold }: NameReading, { vocabulary, vectors }: StudentLexicon): boolean {
  return vectors.has(name) && (bold === true || !vocabulary.has(name));
}

/**
 * The relation entry by entry, once for each choice of layers whose shapes fit. Throws Failure "wrong-shape" where none
 * fits, and the failures of the reader.
 */
export function layerReadings(
  left: Reading,
  right: Reading,
  lexicon: StudentLexicon,
): readonly RelationReading[] {
  const choices = choicesOf([left, right], lexicon);
  const hasDerivative = [left, right].some((side) =>
    partsOfLayers(side).some(({ kind }) => kind === "derivative"),
  );
  const tried = choices.flatMap((choice) =>
    (hasDerivative ? layouts : layouts.slice(0, 1)).map((layout) => [choice, layout] as const),
  );
  const found: RelationReading[] = [];
  let problem: Failure | undefined;
  for (const [choice, layout] of tried) {
    try {
      const isSampled = [...choice.values()].some((quantity) => ofOneSample(quantity));
      const samples = Array.from({ length: isSampled ? lexicon.samples : 1 }, (_, place) => place + 1);
      const ofEach = samples.map((sample) =>
        entryByEntry(new Layers(lexicon, choice, sample, layout), left, right),
      );
      const reading = { ...ofEach[0]!, instances: ofEach.flatMap(({ instances }) => instances) };
      if (!found.some((other) => isSameReading(other, reading))) found.push(reading);
    } catch (failure) {
      if (!(failure instanceof Failure) || failure.code !== "wrong-shape") throw failure;
      problem ??= failure;
    }
  }
  if (found.length === 0) throw problem!;
  return found;
}

function isSameReading(one: RelationReading, other: RelationReading): boolean {
  return one.instances.every(
    ({ left, right }, place) =>
      left === other.instances[place]?.left && right === other.instances[place].right,
  );
}

function choicesOf(sides: readonly Reading[], lexicon: StudentLexicon): readonly Choice[] {
  const names = sides
    .flatMap((side) => partsOfLayers(side))
    .filter((reading) => reading.kind === "name" && isVector(reading, lexicon));
  return names.reduce<readonly Choice[]>(
    (choices, reading) => {
      const quantities = reading.kind === "name" ? lexicon.vectors.find(reading.name) : [];
      const extended = choices.flatMap((choice) =>
        quantities.map((quantity) => new Map([...choice, [reading, quantity]])),
      );
      return extended.slice(0, mostChoices);
    },
    [new Map()],
  );
}

const layouts: readonly Layout[] = ["gradient", "jacobian"];

function entryByEntry(layers: Layers, left: Reading, right: Reading): RelationReading {
  const span = { start: left.start, end: right.end };
  const [one, other] = together([layers.grid(left), layers.grid(right)], "equal", span) as readonly [
    Grid,
    Grid,
  ];
  const instances = one.entries.flatMap((row, place) =>
    row.map((entry, column): Instance => {
      const row = [["row", place + 1]] as const;
      const both = one.columns === 1 ? row : ([...row, ["column", column + 1]] as const);
      return { left: entry, right: other.entries[place]![column]!, at: isSingle(one) ? [] : both };
    }),
  );
  return { left: instances[0]!.left, right: instances[0]!.right, instances };
}
