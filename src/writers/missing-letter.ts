// The refusal of a text with a character that the fonts of an output lack: which one, and where it stands.
import { Failure } from "../failure.ts";

/** Letters shown on either side of the character. */
const context = 20;

/** `lack` completes "The character … of "…" …". */
export function missingLetter(letters: readonly string[], position: number, lack: string): Failure {
  const character = letters[position]!;
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  const start = Math.max(0, position - context);
  const end = Math.min(letters.length, position + context + 1);
  const around = `${start > 0 ? "…" : ""}${letters.slice(start, end).join("")}${end < letters.length ? "…" : ""}`;
  return new Failure(
    "impossible-request",
    `The character "${character}" (U+${code}) of "${around}" ${lack}; leave it out of the texts, or ask for text/html.`,
  );
}
