// The table of misconceptions: one row each, in the order of their numbers.
import { findings } from "../findings.ts";
import { innerMisconceptions } from "./inner.ts";
import { inputMisconceptions } from "./inputs.ts";
import { lossMisconceptions } from "./losses.ts";
import { matrixMisconceptions } from "./matrices.ts";
import type { Misconception } from "./misconception.ts";
import { pathMisconceptions } from "./paths.ts";
import { slopeMisconceptions } from "./slopes.ts";
import { updateMisconceptions } from "./updates.ts";
import { weightMisconceptions } from "./weights.ts";

/** Found by the shape of what is written, or no error at all: no wrong value belongs to them. */
const withoutValue = [
  {
    id: "M29",
    code: "chain-does-not-telescope",
    title: "The chain does not telescope",
    sentence:
      "(∂E/∂z)(∂z/∂a′)(∂a/∂z): the denominator of one factor is not the numerator of the next, or a factor is upside down.",
    look: {
      en: "In a chain each denominator is the next numerator. Where does the chain break at {at}?",
      de: "In einer Kette ist jeder Nenner der nächste Zähler. Wo reißt die Kette bei {at}?",
    },
    source: "a lecture note on the chain rule; stephencwelch/Neural-Networks-Demystified#3",
  },
  {
    id: "M34",
    code: "saturation-is-no-error",
    title: "A zero gradient at saturation is no error",
    sentence:
      "Where the activation is flat, f′(z) is 0 or nearly so, and the gradient with it. This is right, not a slip.",
    look: {
      en: "The derivative at {at} is 0 because the activation is flat there: a right result, and the reason why such a unit learns slowly.",
      de: "Die Ableitung bei {at} ist 0, weil die Aktivierung dort flach ist: ein richtiges Ergebnis und der Grund, warum eine solche Einheit langsam lernt.",
    },
    source: "stats.SE 490374",
  },
] as const satisfies readonly Misconception[];

const rows = [
  ...slopeMisconceptions,
  ...pathMisconceptions,
  ...weightMisconceptions,
  ...inputMisconceptions,
  ...lossMisconceptions,
  ...matrixMisconceptions,
  ...updateMisconceptions,
  ...innerMisconceptions,
  ...withoutValue,
];

/** The row of a code. */
export function misconceptionOf(code: string): Misconception {
  return everyRow.find((row) => row.code === code)!;
}

export type MisconceptionCode = (typeof rows)[number]["code"];

/** Besides the misconceptions the findings, which are said in the same way. */
const everyRow: readonly Misconception[] = [...rows, ...findings];

/** Every row, as any reader of the table sees it. */
export const misconceptions: readonly (Misconception & { readonly code: MisconceptionCode })[] =
  rows.toSorted((left, right) => left.id.localeCompare(right.id));
