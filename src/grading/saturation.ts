// A derivative that is 0, or nearly so, because an activation is flat at the network's own numbers: right, and worth
// a word, since it is often taken for a slip.
import type { ScalarNode } from "../derivative/scalar.ts";
import type { Expr } from "../expression/expr.ts";
import { edgesUpTo } from "./cone.ts";
import type { Subject } from "./subject.ts";
import { targetNamedBy } from "./target.ts";

/** Below this a slope is flat: the sigmoid's beyond |z| = 7, the ReLU's on its flat side. */
const flat = 1e-3;

/**
 * Where the activation is flat on the way to what a line derives by; nothing where the line derives nothing, where no
 * slope is flat, or where the network has no numbers. The row of `saturation-is-no-error` says what to think of it.
 */
export function saturatedAt(subject: Subject, left: Expr): ScalarNode | undefined {
  const given = subject.given();
  const target = targetNamedBy(subject, left);
  if (!given || target?.kind !== "derivative") return undefined;
  const slope = edgesUpTo(target.cone, new Set()).find(
    ({ rule, factor }) => rule === "activation" && Math.abs(given.ball(factor).hi) < flat,
  );
  return Math.abs(given.ball(left).hi) < flat ? slope?.by : undefined;
}
