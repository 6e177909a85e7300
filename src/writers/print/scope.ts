// What surrounds an expression while it is printed: the dialect, the letters of the line, numbers to be put in.
import type { SymbolValues } from "../../derivation/document.ts";
import type { Index, Range } from "../../expression/expr.ts";
import type { Dialect } from "../../notation/dialect.ts";

/** A dialect and how many significant digits results have. */
export interface Printing {
  readonly dialect: Dialect;
  readonly digits: number;
}

/** What surrounds an expression: the letters of its line, and numbers where symbols are to be replaced by them. */
export interface Scope extends Printing {
  /** Index letters in use, by index: a letter, or the number put in for it. */
  readonly letters: ReadonlyMap<string, string | number>;
  /** What the line's own index counts: other indices get their letters by where they lie from there. */
  readonly here: Range | undefined;
  readonly values?: SymbolValues;
}

/** A bound or formal index as its letter, or as the number put in for it. */
export function resolved(index: Index, { letters }: Scope): Index {
  return typeof index === "string" ? (letters.get(index) ?? index) : index;
}

export function spell(index: Index, scope: Scope): string {
  return String(resolved(index, scope));
}

/** Gives a bound index the first letter of its range's list that the line does not use. */
export function bind(
  index: string,
  range: Range | undefined,
  scope: Scope,
): { letter: string; scope: Scope } {
  const used = new Set(scope.letters.values());
  const letter =
    scope.dialect.lettersFor(range, scope.here).find((candidate) => !used.has(candidate)) ?? `j${used.size}`;
  return { letter, scope: withLetter(scope, index, letter) };
}

/** The scope in which an index is written so. */
export function withLetter(scope: Scope, index: string, letter: string | number): Scope {
  return { ...scope, letters: new Map([...scope.letters, [index, letter]]) };
}
