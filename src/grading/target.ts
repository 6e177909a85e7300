// What a claim is about: read off its left side, or found as the derivative that has the left side's values.
import type { ScalarNode } from "../derivative/scalar.ts";
import { factorsOf, termsOf } from "../expression/build.ts";
import type { Expr, Index, Quantity, Role } from "../expression/expr.ts";
import { coneBetween } from "./cone.ts";
import type { Claim } from "./diagnose.ts";
import type { Probe } from "./probe.ts";
import type { Subject } from "./subject.ts";
import { isSymbolOf, learningRateIn, type Target } from "./task.ts";

/** What one formula names: a derivative, a step, an entry with its definition. */
export function targetNamedBy(subject: Subject, side: Expr): Target | undefined {
  const step = stepNamedBy(subject, side);
  if (step) return step;
  if (side.kind === "derivative") return between(subject, side.of, side.by);
  if (side.kind !== "symbol") return undefined;
  if (side.quantity.adjointOf) return adjointAt(subject, side.quantity.adjointOf, side.indices);
  const node = nodeOf(subject, side);
  const define = subject.wiring.definition(side);
  return define && node ? { kind: "definition", node, define } : undefined;
}

/** Nothing where no side, nor the head of the line, names anything, and no quantity has the left side's values. */
export function targetOf(subject: Subject, probe: Probe, { left, right, head }: Claim): Target | undefined {
  for (const side of [left, head, right]) {
    const named = side && targetNamedBy(subject, side);
    if (named) return named;
  }
  return withValuesOf(subject, probe, left);
}

function adjointAt(subject: Subject, quantity: Quantity, indices: readonly Index[]): Target | undefined {
  const entry = subject.network.graph.symbol(quantity, indices);
  return between(subject, subject.wiring.lossOf(entry), entry);
}

/** Larger networks are not searched. */
const mostNodes = 200;

/** A formula in between: the derivative of the loss that has its values. */
function withValuesOf(subject: Subject, { alike }: Probe, side: Expr): Target | undefined {
  const { scalar, network } = subject;
  const found = scalar.nodes
    .slice(-mostNodes)
    .find(
      (node) =>
        node !== scalar.loss && alike(side, network.graph.derivative(scalar.loss.symbol, node.symbol)),
    );
  return found && between(subject, scalar.loss.symbol, found.symbol);
}

/** w - η dE/dw, as the reader understands w⁺, or -η dE/dw for Δw. */
function stepNamedBy(subject: Subject, side: Expr): Target | undefined {
  const terms = termsOf(side);
  const change = terms.find((term) => factorsOf(term).some((factor) => isSymbolOf(factor, rates)));
  const slope = change && factorsOf(change).find((factor) => factor.kind === "derivative");
  const rate = change && learningRateIn(change);
  if (slope?.kind !== "derivative" || !rate || terms.length > 2) return undefined;
  const found = between(subject, slope.of, slope.by);
  if (found?.kind !== "derivative") return undefined;
  const others = terms.filter((term) => term !== change);
  if (others.some((term) => term !== slope.by)) return undefined;
  return { kind: "update", cone: found.cone, of: others.length > 0 ? "value" : "difference", rate };
}

const rates: ReadonlySet<Role> = new Set(["learningRate"]);

function between(subject: Subject, of: Expr, by: Expr): Target | undefined {
  const [top, bottom] = [nodeOf(subject, of), nodeOf(subject, by)];
  const cone = top && bottom && coneBetween(subject.scalar, subject.network.graph, top, bottom);
  return cone && { kind: "derivative", cone };
}

function nodeOf({ scalar }: Subject, symbol: Expr): ScalarNode | undefined {
  return scalar.nodes.find((node) => node.symbol === symbol);
}
