// Names of symbols in a dialect: which letter a quantity has, which of its indices are printed, and where the user's
// own name takes their place. A name is formed in one way per quantity, so that two quantities never trade names.
import {
  entryCount,
  entryId,
  entryOffset,
  type Index,
  type Quantity,
  type Range,
  type SymbolExpr,
} from "../expression/expr.ts";
import { withFreeLetters } from "./letters.ts";
import { bareName, type Name, nameKey, type Part, parseName } from "./name.ts";
import type { Letter, LetterRole, Notation } from "./notation.ts";
import { indexText, isSamples, type Nameable, type UnitLayer, unitLayers } from "./units.ts";

/** What is named: a symbol of an expression, or just a quantity with its indices. */
export type Entry = Pick<SymbolExpr, "quantity" | "indices">;

/** How an index that is no number is written; the printer hands in the letters of its line. */
type SpellIndex = (index: string) => string;

export type Names = (entry: Entry, spell?: SpellIndex) => Name;

/** How the entries of one quantity get their names. */
type Naming = (indices: readonly Index[], spell: SpellIndex) => Name;

type Role = LetterRole | "output";

/** What the rules below look at. */
interface Setting {
  readonly network: Nameable;
  readonly notation: Notation;
  readonly layers: ReadonlyMap<Range, UnitLayer>;
  /** The letter of a quantity in this dialect; absent where only its own name can be printed. */
  readonly roleOf: (quantity: Quantity) => Role | undefined;
  /** Names of units by how they read without `_`. */
  readonly joinedUnits: ReadonlyMap<string, ReadonlySet<string>>;
  /** All quantities that a letter stands for. */
  readonly families: ReadonlyMap<string, readonly Quantity[]>;
}

/**
 * The names of a network's symbols in a dialect. Users' own names print as given; all others are formed.
 * Complexity: linear in the number of quantities when made, constant for each name; where a formed name could meet
 * a name given by the user, linear in the entries of the quantities that share the letter.
 */
export function names(network: Nameable, asked: Notation): Names {
  const notation = withFreeLetters(network, asked);
  const setting = settingOf(network, notation);
  const namings = new Map<Quantity, Naming>();
  const unlike = oncePerRole((role) => scriptCounts(network, role, namingOf));
  const namingOf = (quantity: Quantity): Naming => {
    let naming = namings.get(quantity);
    if (!naming) {
      naming = quantity.adjointOf
        ? deltaNaming(quantity.adjointOf, notation, namingOf, unlike)
        : marked(ownNaming(quantity, setting), quantity, notation);
      namings.set(quantity, naming);
    }
    return naming;
  };
  const given = givenKeys(setting);
  return ({ quantity, indices }, spell = (index) => index) => {
    const renamed = notation.symbols?.get(entryId(quantity, indices));
    if (renamed !== undefined) return parseName(renamed);
    const name = namingOf(quantity)(indices, spell);
    if (given.size === 0 || !given.has(nameKey(name)) || isGiven(quantity, indices)) return name;
    const { adjointOf: of, unit } = quantity;
    const told = of
      ? { ...deltaLetter(notation), sub: [namingOf(of)(indices, spell)] }
      : unit === undefined
        ? name
        : { ...name, sub: [...name.sub, unitPart(unit, setting)] };
    return given.has(nameKey(told)) ? { ...told, sup: [`(${quantity.layer ?? quantity.role})`] } : told;
  };
}

function settingOf(network: Nameable, notation: Notation): Setting {
  const roleOf = letterRoles(network, notation);
  const families = new Map<string, Quantity[]>();
  for (const quantity of network.quantities) {
    const role = roleOf(quantity);
    const named = quantity.entryNames && quantity.unit === undefined && quantity.ranges.length === 0;
    if (role === undefined || named) continue;
    const key = letterKey(letterOf(notation, role));
    const family = families.get(key);
    if (family) family.push(quantity);
    else families.set(key, [quantity]);
  }
  return {
    network,
    notation,
    layers: unitLayers(network, notation),
    roleOf,
    joinedUnits: joinedNames(network),
    families,
  };
}

/** The letter that each quantity has in a dialect; roles that have none carry their own name. */
export function letterRoles(network: Nameable, notation: Notation): (quantity: Quantity) => Role | undefined {
  const outputs = new Set(network.outputs.map(({ quantity }) => quantity));
  return (quantity) => {
    const isOutput = quantity.role === "output" || (quantity.role === "activation" && outputs.has(quantity));
    if (isOutput) return notation.letters.output ? "output" : "activation";
    if (quantity === network.loss && network.samples.count > 1) return "sampleLoss";
    return quantity.role in notation.letters ? (quantity.role as LetterRole) : undefined;
  };
}

function letterOf(notation: Notation, role: Role): Letter {
  return role === "output"
    ? (notation.letters.output ?? notation.letters.activation)
    : notation.letters[role];
}

function letterKey(letter: Letter): string {
  return `${letter.letter}${letter.hat ? "^" : ""}${letter.sub?.join() ?? ""}`;
}

export function letterName(letter: Letter): Name {
  return { ...bareName(letter.letter), ...(letter.hat && { accent: "hat" as const }), sub: letter.sub ?? [] };
}

/** The δ's that derivations have lines for: of pre-activations, intermediates and functions of whole layers. */
export function printedDeltas(deltas: readonly Quantity[]): readonly Quantity[] {
  return deltas.filter(({ adjointOf }) => {
    const isNamed = adjointOf!.role === "preActivation" || adjointOf!.role === "intermediate";
    return isNamed || adjointOf!.define?.kind === "component";
  });
}

/** Whether an entry has a name that the user gave. */
export function isGiven(quantity: Quantity, indices: readonly Index[]): boolean {
  return (
    quantity.entryNames !== undefined &&
    quantity.unit === undefined &&
    indices.every((index) => typeof index === "number")
  );
}

/** Keys of the names that users gave and that a formed name could meet: those with a letter of the dialect. */
function givenKeys({ network, notation }: Setting): ReadonlySet<string> {
  const letters = new Set(Object.values(notation.letters).map(({ letter }) => letter));
  const keys = new Set<string>();
  for (const { entryNames, unit } of network.quantities) {
    if (!entryNames || unit !== undefined) continue;
    for (const text of entryNames) {
      const name = parseName(text);
      if (letters.has(name.letter)) keys.add(nameKey(name));
    }
  }
  return keys;
}

/** The user's name where there is one, else the dialect's letter with unit, indices and layer mark. */
function ownNaming(quantity: Quantity, setting: Setting): Naming {
  const role = setting.roleOf(quantity);
  const formed = role === undefined ? byId(quantity) : byLetter(quantity, role, setting);
  const { entryNames } = quantity;
  if (!entryNames || quantity.unit !== undefined) return formed;
  return (indices, spell) => {
    if (!isGiven(quantity, indices)) return formed(indices, spell);
    return parseName(entryNames[entryOffset(quantity, indices)]!);
  };
}

/** What a dialect adds to a parameter before and after a step of gradient descent. */
const stepMarks: Readonly<Record<Notation["update"]["style"], Readonly<Record<"old" | "new", string>>>> = {
  same: { old: "", new: "" },
  "new-old": { old: "old", new: "new" },
  plus: { old: "", new: "+" },
};

function marked(naming: Naming, { step }: Quantity, { update }: Notation): Naming {
  const mark = step === undefined ? "" : stepMarks[update.style][step];
  if (mark === "") return naming;
  return (indices, spell) => {
    const name = naming(indices, spell);
    return { ...name, sup: [...name.sup, mark] };
  };
}

function byId(quantity: Quantity): Naming {
  const name = parseName(quantity.id);
  return (indices, spell) => ({
    ...name,
    sub: [...name.sub, ...indices.map((index) => (typeof index === "number" ? String(index) : spell(index)))],
  });
}

function byLetter(quantity: Quantity, role: Role, setting: Setting): Naming {
  const { notation, layers } = setting;
  const letter = letterName(letterOf(notation, role));
  const family = setting.families.get(letterKey(letterOf(notation, role))) ?? [quantity];
  const base = { ...letter, sub: [...letter.sub, ...sampleLetter(quantity, role, setting)] };
  const sparse = notation.indexWhereNeeded === "all" || notation.indexWhereNeeded.includes(role);
  if (sparse && family.length === 1 && entryCount(quantity) === 1) return () => base;
  if (quantity.unit !== undefined) {
    const unit = unitPart(quantity.unit, setting);
    return () => ({ ...base, sub: [...base.sub, unit] });
  }
  const printed = quantity.ranges.map(
    (range, axis) =>
      isSamples(range) || range.place !== undefined || !sparse || axisVaries(axis, family, setting),
  );
  const order = orderOfIndices(quantity, notation);
  const mark = layerMark(quantity, role, family, sparse, notation);
  const wholeMark = markOfWhole(quantity, role, family, notation);
  const shared = sharedNumber(quantity, family, notation);
  const text = (index: Index, axis: number, spell: SpellIndex): string => {
    const spelled = typeof index === "number" ? index : spell(index);
    // The letter i of i_1 is itself the unit's name: no second one in the subscript.
    return role === "input" && notation.unitNames
      ? String(spelled)
      : indexText(spelled, quantity.ranges[axis], layers, notation);
  };
  return (indices, spell) => ({
    ...base,
    sub: [
      ...base.sub,
      ...shared,
      ...order.filter((axis) => printed[axis]).map((axis) => text(indices[axis]!, axis, spell)),
    ],
    sup: indices.includes(lostIndex) ? wholeMark(mark) : mark,
  });
}

/** The letter of its sample on what stands for one sample of several. */
function sampleLetter({ ranges }: Quantity, role: Role, { network, notation }: Setting): readonly string[] {
  const carries = role === "sampleLoss" || notation.sampleLetterOn.includes(role);
  return carries && network.samples.count > 1 && !ranges.some(isSamples) ? [notation.reduction.letter] : [];
}

/** A unit that the user named h_1 as a subscript: h_1; or h1, where no other unit would be that too. */
function unitPart(unit: string, { notation, joinedUnits }: Setting): Part {
  const joined = joinedName(unit);
  if (notation.unitSubscript === "joined" && (joinedUnits.get(joined)?.size ?? 1) === 1) return joined;
  const name = parseName(unit);
  return name.sub.length === 0 && name.accent === undefined ? unit : name;
}

function joinedName(unit: string): string {
  return unit.replaceAll("_", "");
}

function joinedNames({ quantities }: Nameable): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const { unit } of quantities) {
    if (unit === undefined) continue;
    const alike = names.get(joinedName(unit)) ?? new Set();
    names.set(joinedName(unit), alike.add(unit));
  }
  return names;
}

/** Whether an index takes more than one value among all symbols that share the letter. */
function axisVaries(axis: number, family: readonly Quantity[], { layers, notation }: Setting): boolean {
  const seen = new Set<string>();
  for (const quantity of family) {
    const range = quantity.ranges[axis];
    if (!range) continue;
    if (range.size !== 1) return true;
    seen.add(indexText(1, range, layers, notation));
  }
  return seen.size > 1;
}

function orderOfIndices(quantity: Quantity, notation: Notation): readonly number[] {
  const axes = quantity.ranges.map((_, axis) => axis);
  return quantity.role === "weight" && notation.indexOrder === "from-to" ? axes.reverse() : axes;
}

const layered: ReadonlySet<Role> = new Set(["weight", "bias", "preActivation", "activation"]);

/**
 * Targets, outputs with a letter of their own and losses carry no layer mark; inputs carry one where they have the
 * letter of activations: a^(1).
 */
function layerMark(
  quantity: Quantity,
  role: Role,
  family: readonly Quantity[],
  sparse: boolean,
  notation: Notation,
): readonly Part[] {
  const { letters } = notation;
  const sameLetter = letterKey(letters.input) === letterKey(letters.activation);
  const isMarked = layered.has(role) || (role === "input" && sameLetter);
  if (notation.layerMark === "none" || quantity.layer === undefined || !isMarked) return [];
  if (sparse && family.every(({ layer }) => layer === quantity.layer)) return [];
  return [`(${quantity.layer + notation.firstLayer})`];
}

/**
 * Without layer marks the numbers of units tell layers apart; a whole layer has none, so that W^(1) and W^(2) carry the
 * mark after all where several layers have the letter.
 */
function markOfWhole(
  quantity: Quantity,
  role: Role,
  family: readonly Quantity[],
  { layerMark: marks, firstLayer }: Notation,
): (own: readonly Part[]) => readonly Part[] {
  const { layer } = quantity;
  const isAlone = family.every((other) => other.layer === layer || other.ranges.length === 0);
  if (marks !== "none" || layer === undefined || !layered.has(role) || isAlone) return (own) => own;
  return () => [`(${layer + firstLayer})`];
}

/** One bias shared by a whole layer has no index: without layer marks the layer's number tells several apart. */
function sharedNumber(
  quantity: Quantity,
  family: readonly Quantity[],
  notation: Notation,
): readonly string[] {
  if (notation.layerMark !== "none" || quantity.layer === undefined || quantity.ranges.length > 0) return [];
  const shared = family.filter(({ ranges }) => ranges.length === 0);
  if (family.length === 1) return [];
  return shared.length === family.length ? [String(quantity.layer)] : [`(${quantity.layer})`];
}

/**
 * δ has the scripts of its pre-activation (or intermediate); where that leaves two alike, and for the adjoint of
 * anything else, the name of the quantity itself is the subscript.
 */
function deltaNaming(
  of: Quantity,
  notation: Notation,
  namingOf: (quantity: Quantity) => Naming,
  countsOf: (role: Quantity["role"]) => ReadonlyMap<string, number>,
): Naming {
  const delta = deltaLetter(notation);
  const naming = namingOf(of);
  const own = of.role === "preActivation" || of.role === "intermediate";
  const alike =
    of.ranges.length === 0 ? (countsOf(of.role).get(scriptsKey(naming([], (index) => index))) ?? 0) : 0;
  // Entries of vectors: the δ of y_i beside that of x_i.
  const isEntry = of.role === "intermediate" && of.ranges.length > 0;
  const nested = !own || alike > 1 || isEntry;
  return (indices, spell) => {
    const name = naming(indices, spell);
    return nested ? { ...delta, sub: [name] } : { ...delta, sub: name.sub, sup: name.sup };
  };
}

function deltaLetter(notation: Notation): Name {
  return letterName(notation.letters.delta);
}

/** How many quantities without indices, of one role, have the same scripts. */
function scriptCounts(
  network: Nameable,
  role: Quantity["role"],
  namingOf: (quantity: Quantity) => Naming,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const quantity of network.quantities) {
    if (quantity.role !== role || quantity.ranges.length > 0) continue;
    const key = scriptsKey(namingOf(quantity)([], (index) => index));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function oncePerRole<Result>(
  compute: (role: Quantity["role"]) => Result,
): (role: Quantity["role"]) => Result {
  const known = new Map<Quantity["role"], Result>();
  return (role) => {
    const result = known.get(role) ?? compute(role);
    known.set(role, result);
    return result;
  };
}

function scriptsKey(name: Name): string {
  return nameKey({ ...bareName(""), sub: name.sub, sup: name.sup });
}

/** The name of a whole layer, without the indices of its units: the z of softmax(z). */
export function vectorName(nameOf: Names, entry: Entry): Name {
  const { quantity } = entry;
  return unindexed(nameOf, quantity, (range, axis) => (isSamples(range) ? entry.indices[axis]! : lostIndex));
}

/** The name of all entries of a quantity: the Z of a batch, the W of a layer. A batch is named as one sample is. */
export function layerName(nameOf: Names, quantity: Quantity): Name {
  return unindexed(nameOf, ofOneSample(quantity), () => lostIndex);
}

function ofOneSample(quantity: Quantity): Quantity {
  const { adjointOf, sampleOf = quantity } = quantity;
  const single = adjointOf?.sampleOf;
  return single
    ? { ...quantity, adjointOf: single, ranges: single.ranges, formals: single.formals }
    : sampleOf;
}

/** Stands for an index that the name is to lose again. */
const lostIndex = "·";

function unindexed(nameOf: Names, quantity: Quantity, index: (range: Range, axis: number) => Index): Name {
  if (quantity.ranges.length === 0) return nameOf({ quantity, indices: [] });
  const name = nameOf({ quantity, indices: quantity.ranges.map(index) });
  return { ...name, sub: withoutLost(name.sub) };
}

/** The scripts that are left, also within the name that a δ carries: δ_y of δ_{y_i}. */
function withoutLost(parts: readonly Part[]): readonly Part[] {
  return parts.flatMap((part): readonly Part[] => {
    if (typeof part === "string") return part.includes(lostIndex) ? [] : [part];
    return [{ ...part, sub: withoutLost(part.sub) }];
  });
}
