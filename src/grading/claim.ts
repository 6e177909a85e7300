// What the head of a relation is a claim about: the derivative of the loss by a quantity, the quantity itself, or a
// derivative of one quantity by another.
import { factorsOf, termsOf } from "../expression/build.ts";
import type { DerivativeExpr, Expr, SymbolExpr } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";

/** `adjoint`: ∂E/∂q, also written δ; `value`: q itself, such as a pre-activation; `local`: ∂u/∂v below the loss. */
export type Claim =
  | { readonly kind: "adjoint"; readonly of: SymbolExpr }
  | { readonly kind: "value"; readonly of: SymbolExpr }
  | { readonly kind: "local"; readonly of: DerivativeExpr };

/** The claim that a formula is about when something is said to equal it; nothing for formulas in between. */
export function claimOf({ graph, loss }: Network, head: Expr): Claim | undefined {
  if (head.kind === "symbol") {
    const { adjointOf, define } = head.quantity;
    if (adjointOf) return { kind: "adjoint", of: graph.symbol(adjointOf, head.indices) };
    return define ? { kind: "value", of: head } : undefined;
  }
  if (head.kind !== "derivative") return undefined;
  const { of, by } = head;
  return of.kind === "symbol" && of.quantity === loss
    ? { kind: "adjoint", of: by }
    : { kind: "local", of: head };
}

/** The parameter that a formula is one step of gradient descent of, w − η ∂E/∂w as w⁺ is read; nothing for others. */
export function stepOf(head: Expr): SymbolExpr | undefined {
  const terms = termsOf(head);
  const change = terms.find((term) => factorsOf(term).some(isRate));
  const slope = change && factorsOf(change).find((factor) => factor.kind === "derivative");
  return slope && terms.some((term) => term === slope.by) ? slope.by : undefined;
}

const isRate = (factor: Expr): boolean => factor.kind === "symbol" && factor.quantity.role === "learningRate";
