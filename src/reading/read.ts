// Reads a formula that somebody wrote in LaTeX into expressions of the network's graph: text -> KaTeX's tree -> items
// -> syntax -> expressions. Every failure says what was written, where, and what was expected.
import type { Quantity } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import type { Notation } from "../notation/notation.ts";
import { flatten } from "./flatten.ts";
import { type Assignment, ambiguous } from "./letters.ts";
import { parse } from "./parse.ts";
import { refuse } from "./refuse.ts";
import { type ReadFormula, type Resolved, resolve } from "./resolve.ts";
import { deltasOf } from "./symbols.ts";
import type { Vocabulary } from "./syntax.ts";
import { lexicon } from "./tables.ts";
import { treeOf } from "./tree.ts";

/** Reads the formulas of one network in one notation; its tables are made once. */
export interface Reader {
  /** The one reading of a formula; index letters that fit several layers are a Failure that names two. */
  readonly read: (latex: string) => ReadFormula;
  /** Every reading, one for each way in which the index letters fit layers. */
  readonly readings: (latex: string) => readonly ReadFormula[];
}

/**
 * A formula as expressions, as it was written: sides and the relation signs between them. Free index letters j are
 * the indices `$j`. Throws Failure "formula-syntax", "unknown-name", "wrong-shape" or "limit-exceeded" with the UTF-16
 * position; linear in the length of the formula but for index letters, which are tried against the layers.
 */
export function readFormula(network: Network, notation: Notation, latex: string): ReadFormula {
  return reader(network, notation).read(latex);
}

/** `deltas`: the δ quantities that the names of δ's stand for. */
export function reader(
  network: Network,
  notation: Notation,
  deltas: readonly Quantity[] = deltasOf(network),
): Reader {
  const { tables, vocabulary } = lexicon(network, notation, deltas);
  const resolved = (latex: string, most?: number): Resolved =>
    resolve(syntaxOf(latex, vocabulary), tables, most);
  return {
    read: (latex) => {
      const { assignments, under } = resolved(latex, 2);
      const [only, second] = assignments;
      if (second) throw ambiguous([only!, second]);
      return under(only!);
    },
    readings: (latex) => {
      const { assignments, under } = resolved(latex);
      return assignments.map((assignment: Assignment) => under(assignment));
    },
  };
}

function syntaxOf(latex: string, vocabulary: Vocabulary): ReturnType<typeof parse> {
  refuse(latex);
  return parse(flatten(treeOf(latex), { start: 0, end: latex.length }), vocabulary, latex.length);
}
