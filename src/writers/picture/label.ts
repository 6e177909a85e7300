// A label of a picture as LaTeX, in the notation of the answer.
import type { Label } from "../../picture/picture.ts";
import { latexOf } from "../print/latex.ts";
import { chain } from "../print/line.ts";
import { headOf } from "../print/printer.ts";
import type { Printing, Scope } from "../print/scope.ts";
import { type Table, write } from "../table.ts";

/** LaTeX that KaTeX accepts in strict mode and amsmath compiles. */
export function latexOfLabel(label: Label, printing: Printing): string {
  return write(latexRows, label, printing);
}

const signs = { sum: "\\sum", dots: "\\vdots", one: "1" } as const;

const latexRows: Table<Label, [Printing], string> = {
  formula: (line, printing) => latexOf(chain(line, printing)),
  function: ({ op }, printing) => latexOf(headOf(op, scopeOf(printing))),
  times: ({ by }, printing) => `\\times ${latexOf(chain({ sides: [by], signs: [] }, printing))}`,
  sign: ({ sign }) => signs[sign],
  words: ({ text }) => `\\text{${text}}`,
};

/** A scope in which no index has a letter. */
const scopeOf = (printing: Printing): Scope => ({ ...printing, letters: new Map(), here: undefined });
