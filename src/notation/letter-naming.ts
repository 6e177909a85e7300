// A dialect's letter with its scripts: the unit or its indices where they are needed, the sample's letter, the layer mark.
import { entryCount, type Index, type Quantity, type Range } from "../expression/expr.ts";
import { type Part, parseName } from "./name.ts";
import { letterKey, letterName, letterOf, type Naming, type Role, type SpellIndex } from "./naming.ts";
import type { Notation } from "./notation.ts";
import { indexText, isSamples, type Nameable, type UnitLayer } from "./units.ts";

/** What the rules below look at. */
export interface Setting {
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

/** Stands for an index that the name is to lose again. */
export const lostIndex = "·";

export function byLetter(quantity: Quantity, role: Role, setting: Setting): Naming {
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
export function unitPart(unit: string, { notation, joinedUnits }: Setting): Part {
  const joined = joinedName(unit);
  if (notation.unitSubscript === "joined" && (joinedUnits.get(joined)?.size ?? 1) === 1) return joined;
  const name = parseName(unit);
  return name.sub.length === 0 && name.accent === undefined ? unit : name;
}

function joinedName(unit: string): string {
  return unit.replaceAll("_", "");
}

/** Names of units by how they read without `_`. */
export function joinedNames({ quantities }: Nameable): ReadonlyMap<string, ReadonlySet<string>> {
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
