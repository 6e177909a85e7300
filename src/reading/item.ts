// What a formula consists of once markup is gone: a flat list of items, each with its scripts and its place in the text.
import type { Failure } from "../failure.ts";

/** From the first character to the one after the last: UTF-16 offsets, from 0, into the text as it was given. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Fence = "(" | "[" | "{" | "|" | "‖";

export type NameStyle = "italic" | "upright" | "double-stroke" | "bold";

/** Operators, relations and punctuation, whatever command or character they were written with. */
export type Sign =
  | "+"
  | "-"
  | "·"
  | "/"
  | ","
  | ":"
  | "="
  | "≈"
  | ":="
  | "←"
  | "<"
  | ">"
  | "≤"
  | "≥"
  | "⊙"
  | "≠"
  /** A slash through the sign behind it. */
  | "not"
  /** A wide space between formulas. */
  | "gap"
  | "⇒"
  /** Of a step, w → w − η g, or of a conclusion. */
  | "→"
  | "row";

type Atom =
  /** One letter (`w`, `δ`, `ŷ` as y with a combining hat), or a word set upright (`net`, `tanh`). */
  | { readonly kind: "name"; readonly base: string; readonly style: NameStyle }
  | { readonly kind: "number"; readonly digits: string }
  | { readonly kind: "sign"; readonly sign: Sign }
  /** `typed`: brackets behind ^ in plain text, where they hold a layer mark or an exponent. */
  | {
      readonly kind: "group";
      readonly fence: Fence;
      readonly items: readonly Item[];
      readonly typed?: boolean;
    }
  | { readonly kind: "fraction"; readonly top: readonly Item[]; readonly bottom: readonly Item[] }
  | { readonly kind: "root"; readonly body: readonly Item[]; readonly degree?: readonly Item[] }
  /** The Σ of a sum. */
  | { readonly kind: "summation" }
  /** Rows of cells, as in a definition by cases. */
  | { readonly kind: "cases"; readonly rows: readonly (readonly (readonly Item[])[])[] }
  | { readonly kind: "matrix"; readonly rows: readonly (readonly (readonly Item[])[])[] }
  /** A phrase between formulas: "and", "since". */
  | { readonly kind: "words"; readonly text: string }
  /** A sign that is not read; it spoils the side that it stands in. */
  | { readonly kind: "unread"; readonly failure: Failure };

/** What stands in the list before brackets are matched and digits joined. */
export type FlatAtom =
  | Atom
  | { readonly kind: "digit"; readonly text: string }
  | { readonly kind: "open" | "close"; readonly fence: Exclude<Fence, "|" | "‖"> }
  /** | and ‖ open and close alike. */
  | { readonly kind: "bar"; readonly fence: "|" | "‖" }
  /** ′ as a character of its own. */
  | { readonly kind: "prime" };

interface Scripted extends Span {
  /** How many ′ stand at it. */
  readonly primes: number;
  readonly sub?: readonly Item[];
  readonly sup?: readonly Item[];
}

export interface Item extends Scripted {
  readonly atom: Atom;
}

export interface FlatItem extends Scripted {
  readonly atom: FlatAtom;
}

/** The text of a place in sentences: characters count from 1. */
export function at(position: number): string {
  return `at character ${position + 1}`;
}

export const relationSigns: ReadonlySet<Sign | undefined> = new Set(["=", "≈", ":=", "←"] as const);

export function signOf({ atom }: Item): Sign | undefined {
  return atom.kind === "sign" ? atom.sign : undefined;
}

export function isRelation({ atom }: FlatItem): boolean {
  return atom.kind === "sign" && relationSigns.has(atom.sign);
}
