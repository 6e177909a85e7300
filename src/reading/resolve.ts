// A relation as it was read -> relations of expressions, one for each way in which its index letters fit layers.
import type { RelationSign } from "../derivation/document.ts";
import type { Expr, Range } from "../expression/expr.ts";
import { Expressions } from "./expressions.ts";
import { type Assignment, assignments, isLetter, type Occurrence } from "./letters.ts";
import { Names, type Tables } from "./names.ts";
import type { ReadRelation } from "./syntax.ts";

/** A relation in expressions: `sides[0] signs[0] sides[1] …`. */
export interface ReadFormula {
  readonly sides: readonly Expr[];
  readonly signs: readonly RelationSign[];
  /** The index letters that were written, with what each counts, in order of appearance. */
  readonly letters: readonly (readonly [letter: string, range: Range])[];
}

/** A relation whose names are looked up, with every assignment of its index letters. */
export interface Resolved {
  readonly assignments: readonly Assignment[];
  readonly under: (assignment: Assignment) => ReadFormula;
}

/** At most so many assignments are looked for. Throws Failure "unknown-name", "wrong-shape" or "formula-syntax" with the position. */
export function resolve({ sides, signs }: ReadRelation, tables: Tables, most?: number): Resolved {
  const names = new Names(tables);
  for (const side of sides) names.collect(side, new Map());
  return {
    assignments: assignments(names.occurrences, most),
    under: (assignment) => {
      const expressions = new Expressions(tables, names, assignment);
      return {
        sides: sides.map((side) => expressions.expr(side)),
        signs,
        letters: lettersOf(names.occurrences, assignment),
      };
    },
  };
}

function lettersOf(
  occurrences: readonly Occurrence[],
  { meanings, ranges }: Assignment,
): ReadFormula["letters"] {
  const letters = new Set(
    occurrences.flatMap((occurrence) => meanings.get(occurrence)!.indices).filter(isLetter),
  );
  return [...letters].map((letter) => [letter.text, ranges.get(letter)!]);
}
