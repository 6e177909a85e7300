// Rules about functions at any argument: σ'(t) = σ(t)(1 − σ(t)), and the same without its argument, σ' = σ(1 − σ). What
// stands for the argument is a free number.
import { attempt } from "./attempt.ts";
import { readSide } from "./descent.ts";
import type { Item } from "./item.ts";
import { type OwnName, withOwnNames } from "./own.ts";
import { keyText, nameKeyOf } from "./script.ts";
import type { Side } from "./statements.ts";
import type { NameKey, Reading, Vocabulary } from "./syntax.ts";
import type { StudentLexicon } from "./tables.ts";
import { readingsIn } from "./walk.ts";

/** The lexicon in which the argument of a rule is a free number: one that names nothing, or is all that is named. */
export function withArgument(lexicon: StudentLexicon, sides: readonly Side[]): StudentLexicon {
  const read = ({ items, span }: Side): Reading | undefined =>
    items.length > 0 ? attempt(() => readSide(items, lexicon.vocabulary, span)) : undefined;
  const [left, ...others] = sides;
  const first = left && read(left);
  const found = argumentsOf(first, lexicon.vocabulary);
  if (found.length === 0) return lexicon;
  const readings = [first, ...others.map(read)];
  const isAlone = namesIn(readings).every((name) => found.some((own) => keyText(own) === keyText(name)));
  const free = found.filter(
    (name) => !lexicon.vocabulary.has(name) && (isAlone || !lexicon.vectors.has(name)),
  );
  return withOwnNames(lexicon, [...new Map(free.map((name) => [keyText(name), freeNumber(name)])).values()]);
}

/** What a function on the left is applied to, or what an expression or function is derived by; E is no function of q. */
function argumentsOf(left: Reading | undefined, vocabulary: Vocabulary): readonly NameKey[] {
  if (left?.kind === "call") return bareNames(left.args);
  if (left?.kind !== "derivative") return [];
  const { of, by } = left;
  const names = namesIn([of]).map(keyText);
  const dependsOnIt = of.kind === "name" ? vocabulary.isFunction(of.name) : names.includes(keyText(by.name));
  return [...(dependsOnIt ? bareNames([by]) : []), ...argumentsOf(of, vocabulary)];
}

/** A name with an index or a layer mark, such as w_j^{(l)}, is meant to be one of the network's. */
function bareNames(readings: readonly Reading[]): readonly NameKey[] {
  return readings.flatMap((arg) =>
    arg.kind === "name" && arg.name.sub === "" && arg.name.sup === "" && !arg.bold ? [arg.name] : [],
  );
}

function namesIn(readings: readonly (Reading | undefined)[]): readonly NameKey[] {
  return readings
    .flatMap((reading) => (reading ? readingsIn(reading) : []))
    .flatMap((reading) => (reading.kind === "name" ? [reading.name] : []));
}

function freeNumber(name: NameKey): OwnName {
  return { name, letters: [], quantity: { id: keyText(name), role: "constant", ranges: [], formals: [] } };
}

/** Letters for an argument that was left out. */
const spareArguments = ["t", "s", "u", "v", "x"];

/** The sides with an argument behind each function, where the left side is f' alone. */
export function withArgumentWritten(sides: readonly Side[], vocabulary: Vocabulary): readonly Side[] {
  const [only, ...others] = sides[0]?.items ?? [];
  const isRule = only && others.length === 0 && only.primes > 0 && isFunction(only, vocabulary);
  const letter = spareArguments.find((base) => !vocabulary.hasBase(base));
  if (!isRule || letter === undefined || only.atom.kind !== "name") return sides;
  const { base } = only.atom;
  return sides.map((side) => ({ ...side, items: applied(side.items, base, letter) }));
}

function isFunction({ atom, sub }: Item, vocabulary: Vocabulary): boolean {
  const name = atom.kind === "name" && attempt(() => nameKeyOf(atom.base, sub));
  return name ? vocabulary.isFunction(name) : false;
}

function applied(items: readonly Item[], base: string, letter: string): readonly Item[] {
  return items.flatMap((item): readonly Item[] => {
    const { atom, start, end } = item;
    const inner = (parts: readonly Item[]): readonly Item[] => applied(parts, base, letter);
    if (atom.kind === "group") return [{ ...item, atom: { ...atom, items: inner(atom.items) } }];
    if (atom.kind === "fraction")
      return [{ ...item, atom: { ...atom, top: inner(atom.top), bottom: inner(atom.bottom) } }];
    if (atom.kind !== "name" || atom.base !== base) return [item];
    const argument: Item = { atom: { kind: "name", base: letter, style: "italic" }, primes: 0, start, end };
    return [item, { atom: { kind: "group", fence: "(", items: [argument] }, primes: 0, start, end }];
  });
}
