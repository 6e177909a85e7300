// What can be said of a false line that shows no misconception of the table: which single change would make it right.
import type { Misconception } from "./misconceptions/misconception.ts";

/** Rows as the table of misconceptions has them; none has a wrong chain rule of its own. */
export const findings = [
  {
    id: "S01",
    code: "wrong-quantity",
    title: "Another quantity is meant",
    sentence: "One quantity stands where another belongs.",
    look: {
      en: "One quantity in this line is not the one that belongs there: look at {factor}.",
      de: "Eine Größe in dieser Zeile gehört nicht an ihre Stelle: Sieh dir {factor} an.",
    },
    source: "found by trying every single change of what was written",
  },
  {
    id: "S02",
    code: "missing-factor",
    title: "A factor is missing",
    sentence: "The line is right once one more factor stands in it.",
    look: {
      en: "A factor is missing on the way to {at}: how does {factor} enter?",
      de: "Auf dem Weg zu {at} fehlt ein Faktor: Wie geht {factor} ein?",
    },
    source: "found by trying every single change of what was written",
  },
  {
    id: "S03",
    code: "extra-factor",
    title: "A factor too many",
    sentence: "The line is right without one of its factors.",
    look: {
      en: "A factor is too many: where does {factor} come from?",
      de: "Ein Faktor ist zu viel: Woher kommt {factor}?",
    },
    source: "found by trying every single change of what was written",
  },
  {
    id: "S04",
    code: "missing-term",
    title: "A term is missing",
    sentence: "The line is right once one more term is added.",
    look: {
      en: "Compare the terms of the sum for {at}: one is missing.",
      de: "Vergleiche die Summanden für {at}: Einer fehlt.",
    },
    source: "found by trying every single change of what was written",
  },
  {
    id: "S05",
    code: "extra-term",
    title: "A term too many",
    sentence: "The line is right without one of its terms.",
    look: {
      en: "Compare the terms of the sum for {at}: {factor} is too many.",
      de: "Vergleiche die Summanden für {at}: {factor} ist zu viel.",
    },
    source: "found by trying every single change of what was written",
  },
  {
    id: "S06",
    code: "wrong-exponent",
    title: "A wrong exponent",
    sentence: "The line is right with another power.",
    look: {
      en: "Look at the power of {factor}.",
      de: "Sieh dir die Potenz von {factor} an.",
    },
    source: "found by trying every single change of what was written",
  },
  {
    id: "S07",
    code: "wrong-number",
    title: "A wrong number",
    sentence: "The line is right with another number in one place.",
    look: {
      en: "Look at the number {factor}.",
      de: "Sieh dir die Zahl {factor} an.",
    },
    source: "found by trying every single change of what was written",
  },
  {
    id: "S08",
    code: "misplaced-bracket",
    title: "A bracket is missing or in the wrong place",
    sentence: "A factor multiplies one term where it belongs to the whole sum, or the other way round.",
    look: {
      en: "What does {factor} multiply, one term or the whole sum? Check the brackets.",
      de: "Was multipliziert {factor}, einen Summanden oder die ganze Summe? Prüfe die Klammern.",
    },
    source: "found by trying every single change of what was written",
  },
  {
    id: "S09",
    code: "sum-for-product",
    title: "Sum and product confused",
    sentence: "Two parts are added that belong multiplied, or multiplied that belong added.",
    look: {
      en: "Are the parts of {factor} added or multiplied?",
      de: "Werden die Teile von {factor} addiert oder multipliziert?",
    },
    source: "found by trying every single change of what was written",
  },
] as const satisfies readonly Misconception[];

export type FindingCode = (typeof findings)[number]["code"];
