// A sentence with formulas: as Unicode text where it is read, and as it is read aloud for those who do not see it.
import type { Inline } from "../derivation/document.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import { expressionLayout, plain } from "./print/line.ts";
import { numberText, plainNumber } from "./print/number.ts";
import type { Printing } from "./print/scope.ts";
import { speechOf, spokenNumber } from "./print/speech.ts";
import { type Table, write } from "./table.ts";

/** Formulas as Unicode text. */
export function plainInlines(inlines: readonly Inline[], printing: Printing): string {
  return inlines.map((inline) => write(plainRows, inline, printing)).join("");
}

/** Formulas in the words that they are read aloud with. */
export function spokenInlines(inlines: readonly Inline[], printing: Printing, language: Language): string {
  return inlines.map((inline) => write(spokenRows, inline, printing, language)).join("");
}

const words = {
  text: ({ text }: { readonly text: string }) => text,
  strong: ({ text }: { readonly text: string }) => text,
  code: ({ text }: { readonly text: string }) => text,
};

const plainRows: Table<Inline, [Printing], string> = {
  ...words,
  formula: ({ expr }, printing) => plain(expr, printing),
  value: ({ value }, { digits }) => plainNumber(numberText(value, digits)),
};

const spokenRows: Table<Inline, [Printing, Language], string> = {
  ...words,
  formula: ({ expr }, printing, language) => speechOf(expressionLayout(expr, printing), language),
  value: ({ value }, { digits }, language) => spokenNumber(numberText(value, digits), language),
};
