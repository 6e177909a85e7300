// A label of a picture as LaTeX and as plain text, in the notation of the answer.
import type { Label } from "../../picture/picture.ts";
import { latexOf } from "../print/latex.ts";
import { chain } from "../print/line.ts";
import { plainOf } from "../print/plain.ts";
import { headOf } from "../print/printer.ts";
import type { Printing, Scope } from "../print/scope.ts";
import { type Table, write } from "../table.ts";

/** LaTeX that KaTeX accepts in strict mode and amsmath compiles. */
export function latexOfLabel(label: Label, printing: Printing): string {
  return write(latexRows, label, printing);
}

/** Unicode text. */
export function plainOfLabel(label: Label, printing: Printing): string {
  return write(plainRows, label, printing);
}

const signs = {
  sum: { latex: "\\sum", plain: "Σ" },
  dots: { latex: "\\vdots", plain: "⋮" },
  one: { latex: "1", plain: "1" },
} as const;

const latexRows: Table<Label, [Printing], string> = {
  formula: (line, printing) => latexOf(chain(line, printing)),
  function: ({ op }, printing) => latexOf(headOf(op, scopeOf(printing))),
  times: ({ by }, printing) => `\\times ${latexOf(chain({ sides: [by], signs: [] }, printing))}`,
  sign: ({ sign }) => signs[sign].latex,
  words: ({ text }) => `\\text{${text.replace(/[^\p{L}\p{N} .,:;()!?-]/gu, " ")}}`,
};

const plainRows: Table<Label, [Printing], string> = {
  formula: (line, printing) => plainOf(chain(line, printing)),
  function: ({ op }, printing) => plainOf(headOf(op, scopeOf(printing))),
  times: ({ by }, printing) => `× ${plainOf(chain({ sides: [by], signs: [] }, printing))}`,
  sign: ({ sign }) => signs[sign].plain,
  words: ({ text }) => text,
};

/** A scope in which no index has a letter. */
const scopeOf = (printing: Printing): Scope => ({ ...printing, letters: new Map(), here: undefined });
