// Edits of factors: one too many, one missing, a constant that is wrong.
import { isNumber, isProduct, mul } from "../../expression/build.ts";
import { type Rational, rational } from "../../expression/rational.ts";
import { power } from "../../primitives/arithmetic.ts";
import type { Kind } from "../dictionary.ts";
import type { MisconceptionCode } from "../misconceptions/table.ts";
import { sameValues } from "../probe.ts";
import { type Edit, isSlope, times } from "./edit.ts";

export const constantFactor: Edit = ({ task }, { expr, has, needs, whole }) => {
  const ratio = fraction(needs[0]! / has[0]!);
  if (
    !ratio ||
    !sameValues(
      needs,
      has.map((value) => value * ratio.value),
    )
  )
    return undefined;
  const { numerator, denominator } = ratio.exact;
  const factor = task.graph.number(ratio.exact);
  const isHalving = numerator * denominator === 2n;
  const isBatch =
    task.network.samples.count > 1 && [numerator, denominator].includes(BigInt(task.network.samples.count));
  const code = isHalving ? "factor-two" : isBatch ? "wrong-batch-factor" : "wrong-number";
  return { code, repaired: whole(mul(task.graph, [factor, expr])), factor: isNumber(expr) ? expr : factor };
};

export const extraFactor: Edit = ({ task, words }, { expr, needs, within, whole }) => {
  if (
    !within ||
    !isProduct(within.expr) ||
    !sameValues(
      needs,
      needs.map(() => 1),
    )
  )
    return undefined;
  const word = words.find((candidate) => candidate.expr === expr);
  const repaired = whole(task.graph.number(1));
  if (isSlope(expr) || word?.kind === "slope")
    return {
      code: "extra-activation-derivative",
      repaired,
      factor: expr,
      ...(word?.node && { at: word.node }),
    };
  return { code: "extra-factor", repaired, factor: expr };
};

export const missingFactor: Edit = ({ task, words }, { expr, has, needs, whole }) => {
  const found = words.find(({ values }) => sameValues(needs, times(has, values)));
  return (
    found && {
      code: missingCodes[found.kind] ?? "missing-factor",
      repaired: whole(mul(task.graph, [expr, found.expr])),
      factor: found.expr,
      ...(found.node && { at: found.node }),
    }
  );
};

/** A factor that is not written as one: σ′ that stands as a (1 − a). */
export const dividedFactor: Edit = ({ task, words }, { expr, has, needs, whole }) => {
  const found = words.find(({ values }) => sameValues(has, times(needs, values)));
  return (
    found && {
      code: found.kind === "slope" ? "extra-activation-derivative" : "extra-factor",
      repaired: whole(mul(task.graph, [expr, task.graph.apply(power, [found.expr, task.graph.number(-1)])])),
      factor: found.expr,
      ...(found.node && { at: found.node }),
    }
  );
};

const missingCodes: Partial<Readonly<Record<Kind, MisconceptionCode>>> = {
  slope: "missing-activation-derivative",
  weight: "missing-weight",
};

/** Small fractions: what constants in front are mistaken for. */
const largestPart = 12;

function fraction(value: number): { readonly exact: Rational; readonly value: number } | undefined {
  for (let denominator = 1; denominator <= largestPart; denominator += 1) {
    const numerator = Math.round(value * denominator);
    if (numerator === 0 || Math.abs(numerator) > largestPart) continue;
    if (Math.abs(value * denominator - numerator) < 1e-7)
      return { exact: rational(numerator, denominator), value: numerator / denominator };
  }
  return undefined;
}
