// From the notation of a request to the row that names the symbols of one network, and what cannot be honoured.
import { entries, entryId, type Quantity } from "../expression/expr.ts";
import { didYouMean, Failure } from "../failure.ts";
import { readName } from "../network/names.ts";
import { requireDistinct, requireFreeLetters, symbolStep } from "./clash.ts";
import type { CustomNotation, LetterDescription, NotationDescription } from "./description.ts";
import { parseName } from "./name.ts";
import type { Letter, LetterRole, Notation } from "./notation.ts";
import { notations } from "./rows.ts";
import { type Nameable, unitLayers } from "./units.ts";

/**
 * The notation that a request asks for, with which no two symbols of the network print alike; `pointer` is its place
 * in the request. Throws Failure `invalid-name`, `unknown-name`, `wrong-shape` and `clash`.
 * Complexity: linear in the entries of the network where it or the notation has names of the user's, else constant.
 */
export function chosenNotation(
  network: Nameable,
  deltas: readonly Quantity[],
  description: NotationDescription,
  pointer = "/notation",
): Notation {
  const notation = typeof description === "string" ? notations[description] : adapted(description, pointer);
  const custom = typeof description === "string" ? undefined : description;
  if (custom) {
    requireKnownIds([...network.quantities, ...deltas], custom.symbols, pointer);
    requireUnitNames(network, notation, custom.unitNames, pointer);
    requireFreeLetters(network, notation, custom, pointer);
  }
  requireDistinct(network, deltas, notation, custom, pointer);
  return notation;
}

/** The row of the base under what differs from it. */
function adapted(description: CustomNotation, pointer: string): Notation {
  const { base: key, letters, reduction, update, symbols, ...plain } = description;
  const { factorRank, ...base } = notations[key];
  return {
    ...base,
    ...(factorRank && plain.factorOrder === undefined && { factorRank }),
    ...plain,
    key: `${key}, adapted`,
    letters: lettersOf(base.letters, letters ?? {}, `${pointer}/letters`),
    reduction: { ...base.reduction, ...reduction },
    update: { ...base.update, ...update },
    ...(symbols && { symbols: namesById(symbols, pointer) }),
  };
}

type GivenLetters = NonNullable<CustomNotation["letters"]>;

/** The letters of the base under those given; the losses of samples and of outputs follow the loss. */
function lettersOf(base: Notation["letters"], given: GivenLetters, pointer: string): Notation["letters"] {
  const read: Partial<Record<LetterRole | "output", Letter>> = Object.fromEntries(
    Object.entries(given).map(([role, letter]) => [role, readLetter(letter, `${pointer}/${role}`)]),
  );
  const { loss } = read;
  return { ...base, ...(loss && { sampleLoss: loss, outputLoss: withoutScripts(loss) }), ...read };
}

function withoutScripts({ letter, hat }: Letter): Letter {
  return { letter, ...(hat && { hat }) };
}

/** A letter with the hat and the subscript that its name spells: yhat, E_total. */
function readLetter(written: LetterDescription, pointer: string): Letter {
  const { letter: text, hat = false } = typeof written === "string" ? { letter: written } : written;
  const { letter, accent, sub } = parseName(
    readName(text, typeof written === "string" ? pointer : `${pointer}/letter`),
  );
  return {
    letter,
    ...((hat || accent) && { hat: true }),
    ...(sub.length > 0 && { sub: sub.map(String) }),
  };
}

function namesById(symbols: Readonly<Record<string, string>>, pointer: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(symbols).map(([id, name]) => [id, readName(name, pointer + symbolStep(id))]));
}

function requireKnownIds(
  quantities: readonly Quantity[],
  symbols: CustomNotation["symbols"],
  pointer: string,
): void {
  if (!symbols) return;
  const known = new Set<string>();
  for (const quantity of quantities) {
    for (const indices of entries(quantity)) known.add(entryId(quantity, indices));
  }
  for (const id of Object.keys(symbols)) {
    if (known.has(id)) continue;
    throw new Failure(
      "unknown-name",
      `"symbols" renames "${id}", which is no id of the network.${didYouMean(id, known)}`,
      { pointer: pointer + symbolStep(id) },
    );
  }
}

/** As many letters as there are layers of units, or three, of which the middle one serves all hidden layers. */
function requireUnitNames(
  network: Nameable,
  notation: Notation,
  given: readonly string[] | undefined,
  pointer: string,
): void {
  const layers = unitLayers(network, notation).size;
  if (!given || layers === 0 || given.length === layers || given.length === 3) return;
  throw new Failure(
    "wrong-shape",
    `"unitNames" has ${given.length} entries, and the network has ${layers} layers of units with the inputs; give ${layers} entries, or three of which the middle one serves all hidden layers.`,
    { pointer: `${pointer}/unitNames` },
  );
}
