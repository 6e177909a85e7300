// The languages of problem sheets, by their codes.
import type { Language } from "../../derivation/wording/wordings.ts";
import { english, type SheetWording } from "./english.ts";
import { german } from "./german.ts";

export const sheetWordings: Readonly<Record<Language, SheetWording>> = { en: english, de: german };
