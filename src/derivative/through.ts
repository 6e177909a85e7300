// The local derivative between two stored quantities, through what lies unnamed between them: da_k/da_j = w_kj h'(a_j).
import { add, mul, sumOver } from "../expression/build.ts";
import type { Expr, Index, Quantity } from "../expression/expr.ts";
import { contribution, type Differentiated, isStored } from "./adjoints.ts";

/**
 * d of[at] / d by[its formals], passing only through quantities that store no adjoint of their own.
 * `at` has one index for each range of `of`. 0 where no such way leads.
 */
export function derivativeThrough(
  differentiated: Differentiated,
  of: Quantity,
  at: readonly Index[],
  by: Quantity,
): Expr {
  const { network, active, uses } = differentiated;
  const { graph } = network;
  const pin = mul(
    graph,
    of.formals.map((formal, axis) => graph.same(formal, at[axis]!)),
  );
  const known = new Map<Quantity, Expr>([[of, pin]]);
  for (const quantity of active.slice(active.indexOf(by), active.indexOf(of)).toReversed()) {
    const terms = (uses.get(quantity) ?? []).flatMap((use) => {
      const above = known.get(use.of);
      const passes = use.of === of || !isStored(use.of, uses.get(use.of) ?? []);
      return above && passes ? [contribution(graph, quantity, use, above, sumOver)] : [];
    });
    known.set(quantity, add(graph, terms));
  }
  return known.get(by) ?? graph.number(0);
}
