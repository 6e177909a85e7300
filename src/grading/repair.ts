// The search for the single change that makes a formula right: a sign, a number, a quantity, a factor, a term, an
// exponent, a bracket, + for ·. Each place of the formula tells which values it would need, so that a change is looked
// up instead of tried out.
import { isNumber } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import { dictionary } from "./dictionary.ts";
import type { Edit, Repair, Search } from "./edits/edit.ts";
import { otherArgument, otherPart, otherQuantity } from "./edits/exchange.ts";
import { constantFactor, dividedFactor, extraFactor, missingFactor } from "./edits/factors.ts";
import {
  missingExponent,
  narrowBracket,
  otherExponent,
  sumForProduct,
  wideBracket,
} from "./edits/structure.ts";
import { extraTerm, missingTerm, turnedSign, turnedTerm } from "./edits/terms.ts";
import type { Probe } from "./probe.ts";
import { spotsOf } from "./spots.ts";
import type { Task } from "./task.ts";

/** The plainest first. */
const edits: readonly Edit[] = [
  turnedSign,
  turnedTerm,
  otherQuantity,
  extraFactor,
  constantFactor,
  extraTerm,
  otherExponent,
  otherArgument,
  wideBracket,
  narrowBracket,
  missingFactor,
  dividedFactor,
  missingTerm,
  sumForProduct,
  missingExponent,
  otherPart,
];

/** The plainest change that makes the formula have the wanted values; nothing where no single one does. */
export function repair(task: Task, probe: Probe, truth: Expr): Repair | undefined {
  const valuesOf = probe.values;
  const words = dictionary(task).map((word) => ({ ...word, values: valuesOf(word.expr) }));
  const search: Search = { task, valuesOf, words };
  // 0 or 1 for a whole result is no formula that a single change would mend.
  if (isNumber(task.said)) return undefined;
  const spots = spotsOf(task.graph, task.said, valuesOf, valuesOf(truth));
  for (const edit of edits)
    for (const spot of spots) {
      const found = edit(search, spot);
      if (found) return found;
    }
  return undefined;
}
