// The syntax of a formula as it was read: which names stand where is known, what they mean is not yet looked up.
import type { RelationSign } from "../derivation/document.ts";
import type { Rational } from "../expression/rational.ts";
import type { Span } from "./item.ts";

/**
 * A name in its normal form: the scripts are texts without braces (`ji`, `1,12`, `h1`), bracketed superscripts, also
 * those inside a subscript, are the layer mark `(2)`.
 */
export interface NameKey {
  /** One letter, with a combining hat where it has one, or a word. */
  readonly base: string;
  readonly sub: string;
  readonly sup: string;
}

export type Reading = Span &
  /** `decimals`: how many digits stand behind the point, where there is one. */
  (
    | { readonly kind: "number"; readonly value: Rational; readonly decimals?: number }
    /** `bold`: set as a vector or matrix; `unbracketed`: its layer mark stood without brackets. */
    | {
        readonly kind: "name";
        readonly name: NameKey;
        readonly bold?: boolean;
        readonly unbracketed?: boolean;
      }
    | { readonly kind: "sum"; readonly terms: readonly SignedReading[] }
    | { readonly kind: "product"; readonly factors: readonly Reading[] }
    | { readonly kind: "quotient"; readonly top: Reading; readonly bottom: Reading }
    | { readonly kind: "power"; readonly base: Reading; readonly exponent: Reading }
    | { readonly kind: "exponential"; readonly exponent: Reading }
    | { readonly kind: "root"; readonly body: Reading; readonly degree?: Reading }
    | { readonly kind: "bars"; readonly body: Reading }
    /** `order` counts primes; `entry` is the subscript behind the bracket: softmax(z)_k. */
    | {
        readonly kind: "call";
        readonly head: NameKey;
        readonly args: readonly Reading[];
        readonly order: number;
        readonly entry?: string;
      }
    /** Σ over index letters, with the limits as written. */
    | {
        readonly kind: "summation";
        readonly letters: readonly string[];
        readonly from?: string;
        readonly to?: string;
        readonly body: Reading;
      }
    | { readonly kind: "derivative"; readonly of: Reading; readonly by: NameReading }
    /** Factors entry by entry. */
    | { readonly kind: "hadamard"; readonly factors: readonly Reading[] }
    /** A parameter after a step of gradient descent, or what the step adds to it. */
    | { readonly kind: "updated"; readonly of: NameReading; readonly what: "new" | "difference" }
    | { readonly kind: "transpose"; readonly of: Reading }
    | { readonly kind: "norm"; readonly body: Reading }
    /** One entry of a vector or matrix, its indices as written. */
    | { readonly kind: "entry"; readonly of: Reading; readonly at: string }
    | { readonly kind: "matrix"; readonly rows: readonly (readonly Reading[])[] }
    /** The Kronecker symbol. */
    | { readonly kind: "same"; readonly left: string; readonly right: string }
    | {
        readonly kind: "cases";
        /** What is compared with 0 in the first and in the second row. */
        readonly condition: Reading;
        readonly otherwise: Reading;
        /** The values where it is above 0, and where it is not. */
        readonly above: Reading;
        readonly below: Reading;
      }
  );

export type NameReading = Extract<Reading, { readonly kind: "name" }>;

export interface SignedReading {
  readonly minus: boolean;
  readonly of: Reading;
}

/** `sides[0] signs[0] sides[1] …`; `signs` is one shorter than `sides`. */
export interface ReadRelation {
  readonly sides: readonly Reading[];
  readonly signs: readonly RelationSign[];
}

/** What the parser must know of the names to tell a product from a call and a layer mark from a power. */
export interface Vocabulary {
  readonly has: (name: NameKey) => boolean;
  readonly hasBase: (base: string) => boolean;
  readonly isFunction: (name: NameKey) => boolean;
  /** Whether the name is the loss, or that of one sample: it is also written with what it is a function of. */
  readonly isLoss: (name: NameKey) => boolean;
  /** Whether the name is a weight, a bias or another parameter: it has values before and after a step. */
  readonly isParameter: (name: NameKey) => boolean;
  /** Bases of quantities of more than one letter. */
  readonly words: ReadonlySet<string>;
  /** How many letters a word or the name of a function has at most. */
  readonly longestWord: number;
}
