// The languages of feedback, by their codes.
import type { Language } from "../../derivation/wording/wordings.ts";
import { english, type GradingWording } from "./english.ts";
import { german } from "./german.ts";

export const gradingWordings: Readonly<Record<Language, GradingWording>> = { en: english, de: german };
