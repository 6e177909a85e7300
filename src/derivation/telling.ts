// What the sections of a derivation share: what was derived, in which words, how thoroughly, in which dialect.
import type { Notation } from "../notation/notation.ts";
import type { DocumentPictures } from "../picture/document.ts";
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
  readonly pictures: DocumentPictures;
}

export function tellingOf(
  derived: Derived,
  words: Wording,
  detail: Detail,
  notation: Notation,
  pictures: DocumentPictures,
): Telling {
  return { derived, words, detail, notation, pictures, lines: lineContext(derived, notation) };
}
