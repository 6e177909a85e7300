// What the sections of a derivation share: what was derived, in which words, how thoroughly, in which dialect.
import type { Notation } from "../notation/notation.ts";
import type { Derived } from "./derived.ts";
import { type LineContext, lineContext } from "./lines.ts";
import type { Wording } from "./wording/english.ts";

/** Brief shows results, standard every rule once, full every factor with its own derivation. */
export type Detail = "brief" | "standard" | "full";

export interface Telling {
  readonly derived: Derived;
  readonly words: Wording;
  readonly detail: Detail;
  readonly notation: Notation;
  readonly lines: LineContext;
}

export function tellingOf(derived: Derived, words: Wording, detail: Detail, notation: Notation): Telling {
  return { derived, words, detail, notation, lines: lineContext(derived, notation) };
}
