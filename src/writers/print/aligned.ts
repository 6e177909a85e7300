// Rows of equations in LaTeX, aligned at their relation signs.
import { latexOf, operatorSigns, relationSigns } from "./latex.ts";
import type { Row } from "./line.ts";

/** A row as amsmath's aligned environments take it: the relation sign behind an ampersand. */
export function latexRow({ left, sign, right, continues }: Row): string {
  if (continues) return `&\\quad {}${operatorSigns[continues]} ${latexOf(right)}`;
  if (!sign) return `& ${latexOf(right)}`;
  return `${left ? `${latexOf(left)} ` : ""}&${relationSigns[sign]} ${latexOf(right)}`;
}

export function aligned(rows: readonly string[]): string {
  return `\\begin{aligned}\n${rows.join(" \\\\\n")}\n\\end{aligned}`;
}
