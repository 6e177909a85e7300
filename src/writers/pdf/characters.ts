// Which characters of a user's text the fonts of the PDF have: New Computer Modern, and its font for mathematics.
import { missingLetter } from "../missing-letter.ts";

/** First and last code points, in the order of Unicode; within them the fonts have every character in use. */
const ranges: readonly (readonly [first: number, last: number, what: string])[] = [
  [0x20, 0x7e, "ASCII"],
  [0xa0, 0xac, "signs of Latin-1"],
  [0xae, 0x2ff, "Latin letters with marks, phonetic letters"],
  [0x300, 0x36f, "marks over and under letters"],
  [0x370, 0x373, "Greek"],
  [0x375, 0x377, "Greek"],
  [0x37a, 0x37d, "Greek"],
  [0x384, 0x386, "Greek"],
  [0x388, 0x38a, "Greek"],
  [0x38c, 0x38c, "Greek"],
  [0x38e, 0x3a1, "Greek"],
  [0x3a3, 0x3ff, "Greek"],
  [0x400, 0x477, "Cyrillic"],
  [0x48a, 0x4ce, "Cyrillic"],
  [0x4d0, 0x4f9, "Cyrillic"],
  [0x5d0, 0x5ea, "Hebrew"],
  [0x1e00, 0x1e99, "Latin letters with marks"],
  [0x1e9e, 0x1e9e, "the capital of ß"],
  [0x1ea0, 0x1ef9, "Vietnamese"],
  [0x1f00, 0x1f15, "ancient Greek"],
  [0x1f18, 0x1f1d, "ancient Greek"],
  [0x1f20, 0x1f45, "ancient Greek"],
  [0x1f48, 0x1f4d, "ancient Greek"],
  [0x1f50, 0x1f57, "ancient Greek"],
  [0x1f5f, 0x1f7d, "ancient Greek"],
  [0x1f80, 0x1fb4, "ancient Greek"],
  [0x1fb6, 0x1fc4, "ancient Greek"],
  [0x1fc6, 0x1fd3, "ancient Greek"],
  [0x1fd6, 0x1fdb, "ancient Greek"],
  [0x1fdd, 0x1fef, "ancient Greek"],
  [0x1ff2, 0x1ff4, "ancient Greek"],
  [0x1ff6, 0x1ffe, "ancient Greek"],
  [0x2002, 0x200a, "spaces"],
  [0x2010, 0x2027, "dashes and quotation marks"],
  [0x202f, 0x205e, "punctuation"],
  [0x20a0, 0x20bf, "currencies"],
  [0x20d0, 0x20d8, "arrows and marks over letters"],
  [0x20db, 0x20df, "marks over letters"],
  [0x2100, 0x214f, "signs like letters"],
  [0x2190, 0x2328, "arrows, operators and technical signs"],
  [0x232b, 0x23ff, "technical signs"],
  [0x2500, 0x2600, "lines and shapes"],
  [0x2605, 0x2606, "stars"],
  [0x2660, 0x2667, "suits of cards"],
  [0x2713, 0x2713, "a tick"],
  [0x27c0, 0x27ff, "operators and arrows"],
  [0x2980, 0x2aff, "operators and brackets"],
  [0xfb00, 0xfb06, "Latin ligatures"],
];

const isInFonts = (character: string): boolean => {
  const code = character.codePointAt(0)!;
  return ranges.some(([first, last]) => code >= first && code <= last);
};

/** The characters of the table, for trying each of them with the fonts. */
export function charactersOfFonts(): readonly string[] {
  return ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, offset) => String.fromCodePoint(first + offset)),
  );
}

/**
 * A text as it is set: control characters and line ends as spaces. Throws Failure `impossible-request` for a character
 * that the fonts lack, and for marks that turn the direction of writing.
 */
export function pdfText(text: string): string {
  const words = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").normalize("NFC");
  const letters = [...words];
  const missing = letters.findIndex((letter) => !isInFonts(letter));
  if (missing === -1) return words;
  throw missingLetter(letters, missing, "is in none of the fonts of the PDF");
}
