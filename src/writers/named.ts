// Fields of a JSON answer that have names of their own, each with its speech beside it: `result` and `resultSpeech`.
// The one formula that an object is about is its `latex`, with `speech`.
import type { Inline } from "../derivation/document.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import type { Aloud } from "./print/line.ts";
import type { Printing } from "./print/scope.ts";
import { spokenInlines } from "./sentence.ts";
import { textInlines } from "./text.ts";

const speechOf = (name: string): string => `${name}Speech`;

/** A formula. */
export function named(name: string, { latex, speech }: Aloud): Readonly<Record<string, string>> {
  return { [name]: latex, [speechOf(name)]: speech };
}

/** A list of formulas, and the list of their words in the same order. */
export function namedList(
  name: string,
  formulas: readonly Aloud[],
): Readonly<Record<string, readonly string[]>> {
  return {
    [name]: formulas.map(({ latex }) => latex),
    [speechOf(name)]: formulas.map(({ speech }) => speech),
  };
}

/** Rows of formulas, and the rows of their words. */
export function namedRows(
  name: string,
  rows: readonly (readonly Aloud[])[],
): Readonly<Record<string, readonly (readonly string[])[]>> {
  return {
    [name]: rows.map((row) => row.map(({ latex }) => latex)),
    [speechOf(name)]: rows.map((row) => row.map(({ speech }) => speech)),
  };
}

/** Sentences one after the other, their formulas as Unicode text. */
export function namedSentences(
  name: string,
  sentences: readonly (readonly Inline[])[],
  printing: Printing,
  language: Language,
): Readonly<Record<string, string>> {
  return {
    [name]: sentences.map((sentence) => textInlines(sentence, printing)).join(" "),
    [speechOf(name)]: sentences.map((sentence) => spokenInlines(sentence, printing, language)).join(" "),
  };
}
