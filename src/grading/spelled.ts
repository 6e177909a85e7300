// An inert derivative spelled out in symbols: what a second derivative is taken of.
import { occurrences } from "../derivative/occurrences.ts";
import { workOut } from "../derivative/workout.ts";
import { add, mul, some } from "../expression/build.ts";
import type { DerivativeExpr, Expr, SymbolExpr } from "../expression/expr.ts";
import { rewrite } from "../expression/rewrite.ts";
import type { Wiring } from "./wiring.ts";

/** Where so many quantities depend on the one that is derived by, the spelled-out sum is longer than is worth while. */
const mostBetween = 250;

/**
 * ∂of/∂by = Σ over the symbols s of `of`: ∂of/∂s · ∂s/∂by, each ∂s/∂by the sum over all its ways.
 * Nothing where a derivative of an abstract function would have to be differentiated by a rule, and for quantities
 * too far apart.
 */
export function spelledOut(wiring: Wiring, derivative: DerivativeExpr): Expr | undefined {
  if (wiring.spelled.has(derivative)) return wiring.spelled.get(derivative);
  const { of, by } = derivative;
  const isFar = wiring.dependents(by).size > mostBetween;
  const found = isFar ? undefined : alongSymbols({ wiring, by, totals: new Map() }, of);
  wiring.spelled.set(derivative, found);
  return found;
}

interface Spelling {
  readonly wiring: Wiring;
  readonly by: SymbolExpr;
  readonly totals: Map<SymbolExpr, Expr | undefined>;
}

function alongSymbols(spelling: Spelling, expr: Expr): Expr | undefined {
  const { graph } = spelling.wiring.network;
  const plain = withoutPrimes(spelling.wiring, expr);
  const terms: Expr[] = [];
  for (const { symbol, cofactor } of plain ? occurrences(graph, plain, () => true) : []) {
    const total = totalOf(spelling, symbol);
    if (!total) return undefined;
    terms.push(mul(graph, [cofactor, total]));
  }
  return plain && add(graph, terms);
}

/** f′ by its formula, inner derivatives spelled out: what is left has a rule for each of its nodes. */
function withoutPrimes(wiring: Wiring, expr: Expr): Expr | undefined {
  const { graph } = wiring.network;
  const spelled = rewrite(graph, expr, (node) =>
    node.kind === "derivative" ? spelledOut(wiring, node) : undefined,
  );
  const plain = workOut(graph, spelled, () => undefined);
  const isLeft = some(
    plain,
    (node) => node.kind === "derivative" || (node.kind === "apply" && node.slot !== undefined),
  );
  return isLeft ? undefined : plain;
}

function totalOf(spelling: Spelling, of: SymbolExpr): Expr | undefined {
  const { wiring, by, totals } = spelling;
  const { graph } = wiring.network;
  if (of === by) return graph.number(1);
  if (!wiring.dependsOn(of, by)) return graph.number(0);
  if (totals.has(of)) return totals.get(of);
  // Claimed definitions may lead in a circle.
  totals.set(of, undefined);
  const found = alongSymbols(spelling, wiring.definition(of)!);
  totals.set(of, found);
  return found;
}
