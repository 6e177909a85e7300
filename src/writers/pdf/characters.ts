// Which characters of a user's text the fonts of the PDF have: New Computer Modern, and its font for mathematics.
import { Failure } from "../../failure.ts";

/** First and last code points, in the order of Unicode; within them the fonts have every character in use. */
const ranges: readonly (readonly [first: number, last: number, what: string])[] = [
  [0x20, 0x7e, "ASCII"],
  [0xa0, 0xac, "signs of Latin-1"],
  [0xae, 0x2ff, "Latin letters with marks, phonetic letters"],
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
  [0x1e00, 0x1e99, "Latin letters with marks"],
  [0x1e9e, 0x1e9e, "the capital of ß"],
  [0x1ea0, 0x1ef9, "Vietnamese"],
  [0x2002, 0x200a, "spaces"],
  [0x2010, 0x2027, "dashes and quotation marks"],
  [0x202f, 0x205e, "punctuation"],
  [0x20a0, 0x20bf, "currencies"],
  [0x2100, 0x2125, "signs like letters"],
  [0x2190, 0x22ff, "arrows and operators"],
  [0x2500, 0x2600, "lines and shapes"],
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
  const missing = [...words].find((character) => !isInFonts(character));
  if (missing === undefined) return words;
  const code = missing.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  throw new Failure(
    "impossible-request",
    `The character "${missing}" (U+${code}) is in none of the fonts of the PDF; leave it out of the texts, or ask for text/html.`,
  );
}
