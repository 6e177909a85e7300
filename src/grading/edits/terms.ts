// Edits of signs and terms: a sign turned, a term too many, a term missing.
import { add, isPower, isSum, negate, termsOf } from "../../expression/build.ts";
import { termsFor } from "../dictionary.ts";
import { sameValues } from "../probe.ts";
import { type Edit, plus } from "./edit.ts";

export const turnedSign: Edit = ({ task }, { expr, has, needs, whole }) =>
  sameValues(
    needs,
    has.map((value) => -value),
  )
    ? { code: "wrong-sign", repaired: whole(negate(task.graph, expr)) }
    : undefined;

/** (y + t)² for (y − t)²: at an even power the sign of what the bracket needs is not known. */
export const turnedTerm: Edit = ({ task, valuesOf }, { expr, needs, whole }) => {
  if (!isPower(expr)) return undefined;
  const { op, args } = expr;
  const terms = termsOf(args[0]!);
  for (const [position, term] of terms.entries()) {
    const bracket = add(task.graph, terms.with(position, negate(task.graph, term)));
    const turned = task.graph.apply(op, [bracket, args[1]!]);
    if (terms.length > 1 && sameValues(valuesOf(turned), needs))
      return { code: "wrong-sign", repaired: whole(turned), factor: expr };
  }
  return undefined;
};

export const extraTerm: Edit = ({ task }, { expr, has, needs, within, whole }) => {
  const isNothing = sameValues(plus(needs, has), has);
  return within && isSum(within.expr) && isNothing
    ? { code: "extra-term", repaired: whole(task.graph.number(0)), factor: expr }
    : undefined;
};

export const missingTerm: Edit = ({ task, words, valuesOf }, { expr, has, needs, whole }) => {
  const missing = needs.map((value, binding) => value - has[binding]!);
  const terms = [...termsFor(task).map((word) => ({ ...word, values: valuesOf(word.expr) })), ...words];
  const found = terms.find(
    ({ values }) =>
      sameValues(missing, values) ||
      sameValues(
        missing,
        values.map((value) => -value),
      ),
  );
  if (!found) return undefined;
  const isPlus = sameValues(missing, found.values);
  return {
    code: task.target.kind === "derivative" && found.kind === "other" ? "dropped-path" : "missing-term",
    repaired: whole(add(task.graph, [expr, isPlus ? found.expr : negate(task.graph, found.expr)])),
    factor: found.expr,
    ...(found.node && { at: found.node }),
  };
};
