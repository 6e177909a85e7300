// Name -> the words it is read aloud with: w 5, a 1 of layer 2, net h 1, y hat. Every script is said as it is printed,
// so that two names sound alike only where they look alike; characters of a user become words, never markup.
import type { SpokenWords } from "../../derivation/wording/spoken.ts";
import { greekLetters, type Name, type Part, separator } from "../../notation/name.ts";
import { primitives } from "../../primitives/index.ts";

/** Letters of losses: E is said without "capital", and e is "small e". */
const plainCapitals = "CEL";

/** The words of a language, and which of them a name may not be mistaken for. */
export interface Voice {
  readonly words: SpokenWords;
  readonly language: "en" | "de";
  readonly reserved: ReadonlySet<string>;
}

export function voiceOf(language: "en" | "de", words: SpokenWords): Voice {
  const functions = primitives.map(({ spelling }) => spelling.speech[language]);
  return { words, language, reserved: new Set([...phrasesIn(words), ...functions].flatMap(wordsOf)) };
}

function phrasesIn(table: object): readonly string[] {
  return Object.values(table).flatMap((entry: string | object) =>
    typeof entry === "string" ? [entry] : phrasesIn(entry),
  );
}

function wordsOf(phrase: string): readonly string[] {
  return phrase.split(" ");
}

export function spokenName({ letter, accent, sub, sup }: Name, voice: Voice): string {
  const { words } = voice;
  const marks = sup.map((part) => {
    const layer = typeof part === "string" ? /^\((.+)\)$/u.exec(part)?.[1] : undefined;
    return layer === undefined
      ? `${words.marked} ${spokenScript([part], voice)}`
      : `${words.ofLayer} ${spokenText(layer, voice)}`;
  });
  return [
    /^\p{L}+$/u.test(letter) ? spokenLetter(letter, voice) : spelled(letter, voice),
    ...(accent === undefined ? [] : [words.hat]),
    ...(sub.length === 0 ? [] : [spokenScript(sub, voice)]),
    ...marks,
  ].join(" ");
}

/** Parts of a script one after the other, with "comma" where a comma is printed. */
function spokenScript(parts: readonly Part[], voice: Voice): string {
  const between = separator(parts) === "" ? " " : ` ${voice.words.scriptMarks[","]} `;
  return parts
    .map((part, position) =>
      typeof part === "string"
        ? spokenText(part, voice)
        : spokenPart(part, voice, position === parts.length - 1),
    )
    .join(between);
}

/** A name below another ends where its scripts end; one with more to come says so. */
function spokenPart(name: Name, voice: Voice, isLast: boolean): string {
  const { at, endName } = voice.words;
  const open = isLast && name.sup.length === 0;
  return `${at} ${spokenName(name, voice)}${open ? "" : ` ${endName}`}`;
}

/** A script or an index: runs of letters and digits, and the marks between them. */
export function spokenText(text: string, voice: Voice): string {
  const pieces = text.match(/[A-Za-z]+|[0-9]+|[^A-Za-z0-9]/gu) ?? [];
  return pieces
    .map((piece) =>
      /^[A-Za-z]/.test(piece)
        ? spokenLetter(piece, voice)
        : /^[0-9]/.test(piece)
          ? piece
          : spokenCharacter(piece, voice),
    )
    .join(" ");
}

/** One letter, a Greek one by its word, or a word; what a listener could take for something else is spelled. */
function spokenLetter(letter: string, voice: Voice): string {
  const { words, reserved } = voice;
  if ([...letter].length === 1) return spokenCharacter(letter, voice);
  const small = letter.charAt(0).toLowerCase() + letter.slice(1);
  const isWord = /^\p{Ll}+$/u.test(small);
  if (greekLetters.has(letter)) return small === letter ? letter : `${words.capital} ${small}`;
  if (isWord && !reserved.has(small)) return small === letter ? letter : `${words.capital} ${small}`;
  if (isWord && small === letter) return `${words.word} ${letter}`;
  return spelled(letter, voice);
}

function spelled(text: string, voice: Voice): string {
  const { letters, endLetters } = voice.words;
  return [letters, ...[...text].map((character) => spokenCharacter(character, voice)), endLetters].join(" ");
}

const greekWords = new Map([...greekLetters].map(([word, { plain }]) => [plain, word]));

function spokenCharacter(character: string, voice: Voice): string {
  const { words } = voice;
  const greek = greekWords.get(character);
  if (greek !== undefined) return spokenLetter(greek, voice);
  if (/^[A-Z]$/.test(character))
    return plainCapitals.includes(character) ? character : `${words.capital} ${character.toLowerCase()}`;
  if (/^[a-z]$/.test(character))
    return plainCapitals.includes(character.toUpperCase()) ? `${words.small} ${character}` : character;
  if (/^[0-9]$/.test(character)) return character;
  const mark = words.scriptMarks[character as keyof typeof words.scriptMarks];
  return mark ?? `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}
