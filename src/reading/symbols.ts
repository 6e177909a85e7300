// What each name of a formula can mean: names of the network's quantities and of their δ's, made by the naming
// function that the printer uses, turned round.
import { deltaOf } from "../derivative/adjoints.ts";
import { entries, entryCount, type Index, type Quantity } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import { parseName } from "../notation/name.ts";
import type { Entry } from "../notation/naming.ts";
import type { Notation } from "../notation/notation.ts";
import { indexText, unitLayers } from "../notation/units.ts";
import { remembering } from "../remembered.ts";
import { type Wording, wordings } from "./aliases.ts";
import { keyOfName, keyText } from "./script.ts";
import type { NameKey } from "./syntax.ts";

/** One meaning of a name; index letters are as written. */
export interface Candidate {
  readonly quantity: Quantity;
  readonly indices: readonly Index[];
  /** 0 for the name that the notation prints, 1 for an alias, 2 for a slip of notation. */
  readonly rank: 0 | 1 | 2;
  /** What is wrong with the name, where it is a slip: one full sentence. */
  readonly slip?: string;
}

export interface SymbolTable {
  /** All meanings of a name, printed names before aliases. */
  readonly find: (name: NameKey) => readonly Candidate[];
  readonly hasBase: (base: string) => boolean;
  /** Bases of more than one letter. */
  readonly words: ReadonlySet<string>;
  /** The units of a range that the notation writes so, else the unit of that number. */
  readonly unitsAt: IndexTexts;
  /** Names as a reader types them, for "did you mean". */
  readonly known: () => readonly string[];
}

/** The δ of everything that is worked out on the way to the loss. */
export function deltasOf(network: Network): readonly Quantity[] {
  return network.quantities
    .filter(({ define, role }) => define && role !== "loss" && role !== "penalty")
    .map((quantity) => deltaOf(quantity));
}

/** Beyond this many entries the names of a quantity are taken apart instead of listed. */
const mostListed = 500;

/** Names offered as "did you mean". */
const mostSuggested = 1000;

/** Stand for the indices when a name is made to see where they are written. */
const slots = ["\ue000", "\ue001"];
const anySlot = /[\ue000\ue001]/;

/** The symbol table; linear in the number of quantities, entries are listed when a name asks for them. */
export function symbolTable(
  network: Network,
  notation: Notation,
  deltas: readonly Quantity[] = deltasOf(network),
): SymbolTable {
  const texts = indexTexts(network, notation);
  const byBase = new Map<string, Family[]>();
  const seen = new Set<string>();
  const all: Family[] = [];
  const everything = [...network.quantities, ...deltas];
  for (const wording of wordings(network, notation)) {
    for (const [number, quantity] of everything.entries()) {
      const made = familyOf(quantity, wording, notation, texts);
      if (!made || seen.has(`${number} ${made.mould}`)) continue;
      seen.add(`${number} ${made.mould}`);
      all.push(made);
      for (const base of made.bases) byBase.set(base, [...(byBase.get(base) ?? []), made]);
    }
  }
  return {
    // A formula names the same things many times.
    find: remembering(
      (name) => distinct((byBase.get(name.base) ?? []).flatMap((family) => family.find(name))),
      keyText,
    ),
    hasBase: (base) => byBase.has(base),
    unitsAt: texts,
    words: new Set([...byBase.keys()].filter((base) => [...base.normalize("NFC")].length > 1)),
    known: () =>
      all
        .filter(({ rank }) => rank === 0)
        .flatMap(({ known }) => known())
        .slice(0, mostSuggested),
  };
}

/** The names of one quantity in one wording. */
interface Family {
  readonly rank: 0 | 1;
  /** The name with slots for its indices: equal moulds name alike. */
  readonly mould: string;
  readonly bases: ReadonlySet<string>;
  readonly find: (name: NameKey) => readonly Candidate[];
  readonly known: () => readonly string[];
}

interface IndexTexts {
  (range: Quantity["ranges"][number], text: string): readonly number[];
  /** Whether an index is the letter of the units of another layer. */
  readonly isOther: (range: Quantity["ranges"][number], index: Index) => boolean;
}

function familyOf(
  quantity: Quantity,
  { rank, nameOf, standIn }: Wording,
  notation: Notation,
  texts: IndexTexts,
): Family | undefined {
  const named = standIn(quantity);
  if (!named || quantity.ranges.length > slots.length) return undefined;
  const keyAt = (indices: readonly Index[]): NameKey => keyOfName(nameOf(entryNamed(named, indices)));
  const mould = keyAt(quantity.ranges.map((_, axis) => slots[axis]!));
  // The o of w_{ho} counts outputs where units are h1, o1: of another layer it is a slip.
  const candidate = (indices: readonly Index[]): Candidate => ({
    quantity,
    indices,
    rank: indices.some((index, axis) => texts.isOther(quantity.ranges[axis]!, index)) ? 2 : rank,
  });
  const given = named.entryNames !== undefined && named.unit === undefined;
  const isListed = given || notation.symbols !== undefined || entryCount(quantity) <= mostListed;
  const listed = once(() => listedNames(quantity, keyAt));
  const matches = (name: NameKey): readonly (readonly Index[])[] => {
    const exact = isListed ? listed().get(keyText(name)) : undefined;
    return exact
      ? [exact]
      : inMould(name, mould, quantity, texts).filter((indices) => alike(keyAt(indices), name));
  };
  return {
    rank,
    mould: keyText(mould),
    bases: new Set([
      mould.base,
      ...givenBases(given ? (named.entryNames ?? []) : []),
      ...givenBases(notation.symbols?.values() ?? []),
    ]),
    find: (name) => matches(name).map(candidate),
    known: () => (isListed ? [...listed().keys()] : []),
  };
}

function entryNamed(quantity: Quantity, indices: readonly Index[]): Entry {
  return { quantity, indices };
}

function givenBases(names: Iterable<string>): readonly string[] {
  return [...names].map((name) => keyOfName(parseName(name)).base);
}

function listedNames(
  quantity: Quantity,
  keyAt: (indices: readonly Index[]) => NameKey,
): ReadonlyMap<string, readonly number[]> {
  return new Map([...entries(quantity)].map((indices) => [keyText(keyAt(indices)), indices]));
}

function once<Result>(compute: () => Result): () => Result {
  let result: { readonly value: Result } | undefined;
  return () => {
    result ??= { value: compute() };
    return result.value;
  };
}

/** w_{1,2} is w_{12} where that names something. */
function alike(left: NameKey, right: NameKey): boolean {
  return left.sup === right.sup && withoutCommas(left.sub) === withoutCommas(right.sub);
}

function withoutCommas(text: string): string {
  return text.replaceAll(",", "");
}

/** The indices that a name puts into the slots of a mould: units by their texts, letters as they are. */
function inMould(
  name: NameKey,
  mould: NameKey,
  quantity: Quantity,
  texts: IndexTexts,
): readonly (readonly Index[])[] {
  if (name.base !== mould.base || name.sup !== mould.sup) return [];
  const order = [...mould.sub].flatMap((character) => {
    const axis = slots.indexOf(character);
    return axis < 0 ? [] : [axis];
  });
  const [before = "", after = ""] = edgesOf(mould.sub);
  if (!name.sub.startsWith(before) || !name.sub.endsWith(after)) return [];
  const middle = name.sub.slice(before.length, name.sub.length - after.length);
  const tokens = tokensOf(middle, order.length);
  if (tokens?.length !== order.length) return [];
  const choices = quantity.ranges.map((range, axis): readonly Index[] => {
    const place = order.indexOf(axis);
    if (place < 0) return [1];
    const token = tokens[place]!;
    return /^\p{L}$/u.test(token) ? [token] : texts(range, token);
  });
  return combinations(choices);
}

/** What stands before the first and behind the last slot. */
function edgesOf(sub: string): readonly string[] {
  const first = sub.search(anySlot);
  if (first < 0) return [sub, ""];
  const last = Math.max(...slots.map((slot) => sub.lastIndexOf(slot)));
  return [sub.slice(0, first), sub.slice(last + 1)];
}

/** Indices of a script: between commas, the whole, one character each, or letters with numbers (h1i2). */
function tokensOf(text: string, count: number): readonly string[] | undefined {
  if (count === 0) return text === "" ? [] : undefined;
  if (text.includes(",")) return text.split(",");
  if (count === 1) return text === "" ? undefined : [text];
  const single = [...text];
  return single.length === count ? single : (text.match(/\p{L}[0-9]+|[0-9]|\p{L}/gu) ?? undefined);
}

function combinations(choices: readonly (readonly Index[])[]): readonly (readonly Index[])[] {
  return choices.reduce<readonly (readonly Index[])[]>(
    (found, choice) => found.flatMap((indices) => choice.map((index) => [...indices, index])),
    [[]],
  );
}

/** The units of a range that a notation writes so, or that have this number. */
function indexTexts(network: Network, notation: Notation): IndexTexts {
  const layers = unitLayers(network, notation);
  const known = new Map<Quantity["ranges"][number], ReadonlyMap<string, number>>();
  const isOther: IndexTexts["isOther"] = (range, index) => {
    const isUnit = typeof index === "string" && notation.unitNames?.includes(index);
    return isUnit === true && layers.get(range)?.unitName !== index;
  };
  const textsOf = (range: Quantity["ranges"][number], text: string): readonly number[] => {
    let numbers = known.get(range);
    if (!numbers) {
      const positions = Array.from({ length: range.size ?? 0 }, (_, position) => position + 1);
      numbers = new Map(
        positions.map((position) => [indexText(position, range, layers, notation), position]),
      );
      known.set(range, numbers);
    }
    const spelled = numbers.get(text);
    const plain = /^[0-9]+$/.test(text) ? Number(text) : 0;
    const counted = plain >= 1 && plain <= (range.size ?? 0) ? [plain] : [];
    return [...new Set([...(spelled === undefined ? [] : [spelled]), ...counted])];
  };
  return Object.assign(textsOf, { isOther });
}

function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter(
    ({ quantity, indices }, position) =>
      candidates.findIndex(
        (other) => other.quantity === quantity && other.indices.join() === indices.join(),
      ) === position,
  );
}
