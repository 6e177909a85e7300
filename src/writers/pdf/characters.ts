// Which characters of a user's text the fonts of the PDF have.
import { Failure } from "../../failure.ts";

/** Characters that every font of the template has, tried one by one with the compiler. */
const printable =
  /^[ -~\u00a0-\u017f\u0192\u0218-\u021b\u0370-\u0373\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f]$/u;

/** Signs of our own sentences, and of typography. */
const signs = new Set("∂Σ∇−·×≈≠≤≥→←↔′∞√±⊙…ŷ–—‘’“”„\u202f\u2009⁻⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉");

/**
 * A text as it is set: white space of any kind as a space. Throws Failure `impossible-request` for a character that
 * the fonts lack.
 */
export function pdfText(text: string): string {
  const words = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").normalize("NFC");
  for (const character of words)
    if (!printable.test(character) && !signs.has(character)) throw missing(character);
  return words;
}

function missing(character: string): Failure {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  return new Failure(
    "impossible-request",
    `The character "${character}" (U+${code}) is in none of the fonts of the PDF; leave it out of the texts, or ask for text/html.`,
  );
}
