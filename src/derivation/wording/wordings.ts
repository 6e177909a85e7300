// The languages of a derivation, one table each.
import { english, type Wording } from "./english.ts";
import { german } from "./german.ts";

export type { Wording } from "./english.ts";

export type Language = "en" | "de";

export const wordings: Readonly<Record<Language, Wording>> = { en: english, de: german };
