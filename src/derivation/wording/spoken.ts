// What formulas are read aloud with: the words of a language, each with one meaning, so that a listener who hears no
// pause can still write the formula down.
import type { RelationSign } from "../document.ts";

export interface SpokenWords {
  // Names
  /** Before a letter that is written as a capital. */
  readonly capital: string;
  /** Before the small form of a letter whose capital is said without a word. */
  readonly small: string;
  /** Before a name that is a word of this table. */
  readonly word: string;
  readonly letters: string;
  readonly endLetters: string;
  readonly hat: string;
  /** Marks inside scripts. */
  readonly scriptMarks: Readonly<Record<"," | "-" | "+" | "(" | ")", string>>;
  /** Before a name that is a subscript: the h 1 of z with h 1. */
  readonly at: string;
  readonly endName: string;
  readonly ofLayer: string;
  /** Before a superscript that is no layer: old, new. */
  readonly marked: string;
  /** Before the letter of a box that is to be filled in. */
  readonly blank: string;

  // Numbers
  readonly point: "." | ",";
  readonly tenTo: string;
  readonly timesTenTo: string;
  /** A sign that belongs to the number itself. */
  readonly negative: string;
  /** Fractions with a word of their own. */
  readonly shares: Readonly<Record<string, string>>;

  // Operations
  readonly plus: string;
  readonly minus: string;
  readonly times: string;
  readonly timesEntrywise: string;
  readonly fraction: string;
  readonly over: string;
  readonly endFraction: string;
  readonly squared: string;
  readonly cubed: string;
  readonly toThePower: string;
  readonly openBracket: string;
  readonly closeBracket: string;
  readonly sumOver: string;
  readonly from: string;
  readonly to: string;
  readonly endSum: string;
  readonly transpose: string;
  readonly partial: string;
  readonly ordinary: string;
  readonly withRespectTo: string;

  // Functions
  readonly of: string;
  readonly and: string;
  readonly prime: string;
  readonly withConstant: string;
  readonly exponential: string;
  readonly root: string;
  readonly absolute: string;
  readonly entry: string;

  // What has several parts
  readonly matrix: string;
  readonly row: string;
  readonly next: string;
  readonly endMatrix: string;
  /** 1 where two indices agree, else 0. */
  readonly indicator: string;
  readonly is: string;
  readonly cases: string;
  readonly if: string;
  readonly or: string;
  readonly isPositive: string;
  readonly isNotPositive: string;
  readonly endCases: string;

  readonly relations: Readonly<Record<RelationSign, string>>;
}
