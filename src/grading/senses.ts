// What the inert derivatives and δ's of a relation can mean: when they have no value, and when more than one sense.
import { nodesOf } from "../expression/build.ts";
import type { DerivativeExpr, Expr } from "../expression/expr.ts";
import type { Subject } from "./subject.ts";
import type { Wiring } from "./wiring.ts";
import type { Sense } from "./world.ts";

/** A derivative of which the only way leads from what is derived to what it is derived by: it has no value. */
export function upsideDownIn({ wiring }: Subject, left: Expr, right: Expr): DerivativeExpr | undefined {
  return derivativesOf(left, right).find(
    ({ of, by }) => of.kind === "symbol" && !wiring.dependsOn(of, by) && wiring.dependsOn(by, of),
  );
}

/** The senses in which a relation may be true besides the first one: all its derivatives are meant alike. */
export function otherSenses({ wiring }: Subject, left: Expr, right: Expr): readonly Sense[] {
  const found: Sense[] = [];
  if (derivativesOf(left, right).some((node) => isLocalToo(wiring, node))) found.push("local");
  if (isBatch(wiring) && [left, right].some(mentionsDelta)) found.push("whole");
  return found;
}

function derivativesOf(left: Expr, right: Expr): readonly DerivativeExpr[] {
  const found: DerivativeExpr[] = [];
  for (const side of [left, right])
    for (const node of nodesOf(side)) if (node.kind === "derivative") found.push(node);
  return found;
}

/** Whether a quantity's own definition names another that it also reaches on a longer way. */
function isLocalToo(wiring: Wiring, { of, by }: DerivativeExpr): boolean {
  if (of.kind !== "symbol" || wiring.isLoss(of)) return false;
  const users = wiring.users(by);
  return users.includes(of) && users.some((user) => user !== of && wiring.dependsOn(of, user));
}

function isBatch({ network }: Wiring): boolean {
  return network.quantities.some(({ role }) => role === "sampleLoss");
}

function mentionsDelta(side: Expr): boolean {
  for (const node of nodesOf(side)) if (node.kind === "symbol" && node.quantity.adjointOf) return true;
  return false;
}
