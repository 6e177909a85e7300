// Under which condition a relation that is false as it stands is true: quantities are positive, targets add up to 1.
import type { Expr } from "../expression/expr.ts";
import type { Condition } from "./comparison.ts";
import { freeSymbols } from "./draw.ts";
import { signSensitive } from "./kinds.ts";
import type { Pool } from "./pool.ts";
import type { Subject } from "./subject.ts";
import { symbolsOf } from "./wiring.ts";

/** The conditions that may matter to a relation, each with the worlds in which it holds. */
export function conditionsFor(
  subject: Subject,
  left: Expr,
  right: Expr,
): readonly { readonly pool: Pool; readonly condition: Condition }[] {
  const positive = positivity(subject, left, right);
  const targets = targetsIn(subject, left, right);
  return [
    ...(positive.of.length > 0 ? [{ pool: "positive", condition: positive } as const] : []),
    ...(targets.of.length > 0 ? [{ pool: "distribution", condition: targets } as const] : []),
  ];
}

/** The free quantities under roots, logarithms and absolute values of the sides; of formulas also of what they name. */
export function positivity({ wiring }: Subject, left: Expr, right: Expr): Condition {
  const sides = [left, right];
  const named =
    wiring.network.kind === "equations"
      ? sides.flatMap(symbolsOf).flatMap((symbol) => wiring.definition(symbol) ?? [])
      : [];
  return {
    kind: "positive",
    of: freeSymbols(
      wiring,
      [...sides, ...named].flatMap((side) => signSensitive(wiring, side)),
    ),
  };
}

/** The targets of a loss of distributions, where nothing says that they add up to 1. */
function targetsIn({ wiring, mayBeDistribution, network }: Subject, left: Expr, right: Expr): Condition {
  const isTarget = (symbol: ReturnType<typeof freeSymbols>[number]): boolean =>
    network.targets.includes(symbol.quantity);
  return {
    kind: "distribution",
    of: mayBeDistribution ? freeSymbols(wiring, [left, right]).filter(isTarget) : [],
  };
}
