// Words and formulas as Unicode text: what a picture says to those who do not see it.
import type { Inline } from "../../derivation/document.ts";
import { plain } from "../print/line.ts";
import { numberText, plainNumber } from "../print/number.ts";
import type { Printing } from "../print/scope.ts";
import { type Table, write } from "../table.ts";

export function plainInlines(inlines: readonly Inline[], printing: Printing): string {
  return inlines.map((inline) => write(rows, inline, printing)).join("");
}

const rows: Table<Inline, [Printing], string> = {
  text: ({ text }) => text,
  strong: ({ text }) => text,
  code: ({ text }) => text,
  formula: ({ expr }, printing) => plain(expr, printing),
  value: ({ value }, { digits }) => plainNumber(numberText(value, digits)),
};
