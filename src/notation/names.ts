// Names of symbols in a dialect: the user's own where there is one, else the dialect's letter with its scripts, and δ.
// A name is formed in one way per quantity, so that two quantities never trade names.
import { entryId, entryOffset, type Index, type Quantity } from "../expression/expr.ts";
import { deltaLetter, deltaNaming, scriptCounts } from "./delta-naming.ts";
import { byLetter, joinedNames, type Setting, unitPart } from "./letter-naming.ts";
import { withFreeLetters } from "./letters.ts";
import { type Name, nameKey, parseName } from "./name.ts";
import { type Entry, letterKey, letterOf, letterRoles, type Naming, type SpellIndex } from "./naming.ts";
import type { Notation } from "./notation.ts";
import { type Nameable, unitLayers } from "./units.ts";

export type Names = (entry: Entry, spell?: SpellIndex) => Name;

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
