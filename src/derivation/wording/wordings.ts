// The languages of a derivation, one table each for sentences and for formulas read aloud.
import { english, type Wording } from "./english.ts";
import { german } from "./german.ts";
import type { SpokenWords } from "./spoken.ts";
import { spokenEnglish } from "./spoken-english.ts";
import { spokenGerman } from "./spoken-german.ts";

export type { Wording } from "./english.ts";

export type Language = "en" | "de";

export const wordings: Readonly<Record<Language, Wording>> = { en: english, de: german };

export const spokenWords: Readonly<Record<Language, SpokenWords>> = { en: spokenEnglish, de: spokenGerman };
