// A student's own names: "let g = f'(z_1)", "e_j = y_j − ŷ_j". A name that the network does not have, on the left of an
// equality, is defined by it, wherever in the submission it stands.
import type { Expr, Index, Quantity, Range } from "../expression/expr.ts";
import { Failure } from "../failure.ts";
import { attempt } from "./attempt.ts";
import { at, type Item } from "./item.ts";
import { isLayerMark, keyText, nameKeyOf } from "./script.ts";
import type { Side } from "./statements.ts";
import type { Candidate, SymbolTable } from "./symbols.ts";
import type { NameKey } from "./syntax.ts";
import { type StudentLexicon, withSymbols } from "./tables.ts";

/** One name with what it means; index letters of the name run over ranges. */
export interface OwnName {
  readonly name: NameKey;
  /** The letters among the characters of the subscript, in the order of the quantity's ranges. */
  readonly letters: readonly string[];
  readonly quantity: Quantity;
}

/** A quantity of the student, with its definition in its own formals. */
export function ownName(
  name: NameKey,
  value: Expr | undefined,
  counted: readonly (readonly [letter: string, range: Range])[],
): OwnName {
  const used = counted.filter(([letter]) => [...name.sub].includes(letter));
  return {
    name,
    letters: used.map(([letter]) => letter),
    quantity: {
      id: keyText(name),
      role: "intermediate",
      ranges: used.map(([, range]) => range),
      formals: used.map(([letter]) => `$${letter}`),
      ...(value && { define: value }),
    },
  };
}

/** The lexicon with own names besides the network's. */
export function withOwnNames(lexicon: StudentLexicon, own: readonly OwnName[]): StudentLexicon {
  if (own.length === 0) return lexicon;
  return withSymbols(
    lexicon,
    (symbols) => withOwn(symbols, own),
    (name) => candidatesOf(own, name).length > 0,
  );
}

function withOwn(symbols: SymbolTable, own: readonly OwnName[]): SymbolTable {
  const bases = new Set(own.map(({ name }) => name.base));
  return {
    ...symbols,
    find: (name) => {
      const mine = candidatesOf(own, name);
      return mine.length > 0 ? mine : symbols.find(name);
    },
    hasBase: (base) => bases.has(base) || symbols.hasBase(base),
    words: new Set([...symbols.words, ...[...bases].filter((base) => [...base.normalize("NFC")].length > 1)]),
    known: () => [...own.map(({ name }) => keyText(name)), ...symbols.known()],
  };
}

function candidatesOf(own: readonly OwnName[], name: NameKey): readonly Candidate[] {
  return own.flatMap((each): readonly Candidate[] => {
    const indices = indicesIn(each, name);
    return indices ? [{ quantity: each.quantity, indices, rank: 0 }] : [];
  });
}

/** The indices with which a name is this own name; nothing where it is another one. */
function indicesIn({ name: own, letters, quantity }: OwnName, name: NameKey): readonly Index[] | undefined {
  if (own.base !== name.base || own.sup !== name.sup) return undefined;
  const [mould, written] = [tokens(own.sub), tokens(name.sub)];
  if (mould.length !== written.length) return undefined;
  const indices = new Map<string, Index>();
  for (const [place, token] of mould.entries()) {
    const other = written[place]!;
    const isNumber = /^[0-9]+$/.test(other);
    if (!letters.includes(token)) {
      if (token !== other) return undefined;
    } else if (isNumber && Number(other) <= (quantity.ranges[letters.indexOf(token)]!.size ?? 0)) {
      indices.set(token, Number(other));
    } else if (/^\p{L}$/u.test(other)) indices.set(token, other);
    else return undefined;
  }
  return letters.map((letter) => indices.get(letter)!);
}

function tokens(sub: string): readonly string[] {
  return sub.includes(",") ? sub.split(",") : (sub.match(/[0-9]+|./gu) ?? []);
}

/** The name that a side consists of, where it is one name and nothing else; letters side by side can be a word. */
export function loneName({ items }: Side): NameKey | undefined {
  const last = items.at(-1);
  if (!last || !items.every((item) => isPlainName(item, item === last))) return undefined;
  const base = items.map(({ atom }) => (atom.kind === "name" ? atom.base : "")).join("");
  return attempt(() => nameKeyOf(base, last.sub, last.sup));
}

function isPlainName({ atom, primes, sub, sup }: Item, isLast: boolean): boolean {
  if (atom.kind !== "name" || atom.style === "double-stroke" || primes > 0) return false;
  return isLast ? sup === undefined || isLayerMark(sup) : sub === undefined && sup === undefined;
}

/** Throws where e is given a value: it is Euler's number, also in the e^{-z} of the same submission. */
export function requireNotEuler(left: Side, right: Side, { tables }: StudentLexicon): void {
  const name = loneName(left);
  if (name?.base !== "e" || name.sub !== "" || name.sup !== "" || tables.symbols.find(name).length > 0)
    return;
  if (!right.items.some(({ atom }) => atom.kind === "name")) return;
  throw new Failure(
    "formula-syntax",
    `The e ${at(left.span.start)} is Euler's number, 2.718…; give a quantity of your own another name, such as err or e_1.`,
    { position: left.span.start },
  );
}
