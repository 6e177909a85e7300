// A formula from one notation to another: read into the graph in the one, printed from the graph in the other, so that
// letters, the order of indices and layer marks change together.
import type { EquationLine } from "../derivation/document.ts";
import { Failure } from "../failure.ts";
import type { Network } from "../network/network.ts";
import { type Dialect, dialect } from "../notation/dialect.ts";
import type { Notation } from "../notation/notation.ts";
import { latexOf } from "../writers/print/latex.ts";
import type { Layout } from "../writers/print/layout.ts";
import { chain } from "../writers/print/line.ts";
import { standardDigits } from "../writers/print/number.ts";
import { keyOf } from "./key.ts";
import { type Reader, reader } from "./read.ts";
import type { ReadFormula } from "./resolve.ts";
import { deltasOf } from "./symbols.ts";

/** A formula in the other notation, and its layout for other spellings. */
export interface Translated {
  readonly latex: string;
  readonly layout: Layout;
}

/**
 * The formula in the other notation. Index letters may fit several layers where all of them print alike. What is
 * printed is read again: where the other notation would say something else (∂a/∂z is its f′, too), f′ keeps its prime.
 * Throws the reader's Failures, with positions in `latex`.
 */
export function translate(network: Network, latex: string, from: Notation, to: Notation): Translated {
  const deltas = deltasOf(network);
  const readings = reader(network, from, deltas).readings(latex);
  const target = reader(network, to, deltas);
  const layouts = readings.map((reading) => printed(network, reading, to, target));
  const [first, ...others] = new Map(layouts.map((layout) => [latexOf(layout), layout]));
  if (others.length > 0) throw severalTranslations(first![0], others[0]![0]);
  return { latex: first![0], layout: first![1] };
}

function printed(network: Network, reading: ReadFormula, to: Notation, target: Reader): Layout {
  const usual = print(network, reading, to);
  if (to.primeOrFraction === "prime" || saysAgain(latexOf(usual), reading, target)) return usual;
  const primed = print(network, reading, { ...to, primeOrFraction: "prime" });
  return saysAgain(latexOf(primed), reading, target) ? primed : usual;
}

function print(network: Network, reading: ReadFormula, notation: Notation): Layout {
  const { sides, signs } = reading;
  const line: EquationLine = { sides: sides.map((expr) => ({ kind: "expr", expr })), signs };
  return chain(line, {
    dialect: keepingLetters(dialect(network, notation), reading),
    digits: standardDigits,
  });
}

/** The dialect with the index letters of the formula before its own, as far as it uses them for indices. */
function keepingLetters(spoken: Dialect, { letters }: ReadFormula): Dialect {
  const { atOutputs, ...lists } = spoken.notation.indexLetters;
  const usual = new Set([...Object.values(lists), ...Object.values(atOutputs ?? {})].flat());
  return {
    ...spoken,
    lettersFor: (range, here) => {
      const own = spoken.lettersFor(range, here);
      const written = letters.filter(([letter, counted]) => counted === range && usual.has(letter));
      return [...written.map(([letter]) => letter).filter((letter) => own.includes(letter)), ...own];
    },
  };
}

/** Whether one of the readings of the text is this formula; free letters may have changed. */
function saysAgain(text: string, formula: ReadFormula, target: Reader): boolean {
  const said = shapeOf(formula);
  try {
    return target.readings(text).some((reading) => shapeOf(reading) === said);
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** The keys of the sides, with free letters numbered by their first appearance. */
function shapeOf({ sides }: ReadFormula): string {
  const numbers = new Map<string, number>();
  return sides
    .map(keyOf)
    .join(" = ")
    .replace(/\$\p{L}/gu, (letter) => {
      const number = numbers.get(letter) ?? numbers.size;
      numbers.set(letter, number);
      return `$${number}`;
    });
}

function severalTranslations(first: string, second: string): Failure {
  return new Failure(
    "formula-syntax",
    `The index letters of the formula fit several layers, and the other notation tells them apart: ${first}, or ${second}; write numbers for the indices, or the layer.`,
  );
}
