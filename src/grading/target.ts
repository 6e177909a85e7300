// What a claim is about: read off its left side, or found as the derivative that has the left side's values.
import type { ScalarNode } from "../derivative/scalar.ts";
import { factorsOf, termsOf } from "../expression/build.ts";
import type { Expr, Role } from "../expression/expr.ts";
import { coneBetween } from "./cone.ts";
import type { Claim } from "./diagnose.ts";
import type { Probe } from "./probe.ts";
import { isSymbolOf, learningRateIn, type Target } from "./task.ts";

export function targetOf(probe: Probe, { left, right, head }: Claim): Target | undefined {
  for (const side of [left, head, right]) {
    const named = side && namedBy(probe, side);
    if (named) return named;
  }
  return undefined;
}

function namedBy(probe: Probe, side: Expr): Target | undefined {
  const { scalar, network } = probe;
  const step = stepNamedBy(probe, side);
  if (step) return step;
  if (side.kind === "derivative") return between(probe, side.of, side.by);
  if (side.kind !== "symbol") return undefined;
  const { adjointOf, define } = side.quantity;
  if (adjointOf) return between(probe, scalar.loss.symbol, network.graph.symbol(adjointOf, side.indices));
  const node = nodeOf(probe, side);
  return define && node ? { kind: "definition", node, define } : undefined;
}

/** w - η dE/dw, as the reader understands w⁺, or -η dE/dw for Δw. */
function stepNamedBy(probe: Probe, side: Expr): Target | undefined {
  const terms = termsOf(side);
  const change = terms.find((term) => factorsOf(term).some((factor) => isSymbolOf(factor, rates)));
  const slope = change && factorsOf(change).find((factor) => factor.kind === "derivative");
  const rate = change && learningRateIn(change);
  if (slope?.kind !== "derivative" || !rate || terms.length > 2) return undefined;
  const found = between(probe, slope.of, slope.by);
  if (found?.kind !== "derivative") return undefined;
  const others = terms.filter((term) => term !== change);
  if (others.some((term) => term !== slope.by)) return undefined;
  return { kind: "update", cone: found.cone, of: others.length > 0 ? "value" : "difference", rate };
}

const rates: ReadonlySet<Role> = new Set(["learningRate"]);

function between(probe: Probe, of: Expr, by: Expr): Target | undefined {
  const [top, bottom] = [nodeOf(probe, of), nodeOf(probe, by)];
  const cone = top && bottom && coneBetween(probe.scalar, probe.network.graph, top, bottom);
  return cone && { kind: "derivative", cone };
}

function nodeOf({ scalar }: Probe, symbol: Expr): ScalarNode | undefined {
  return scalar.nodes.find((node) => node.symbol === symbol);
}
