// Everything that a derivation says of a network node by node, before it is printed.
import { adjoints, type Differentiated, differentiate } from "../src/derivative/adjoints.ts";
import { type ScalarGraph, scalarGraph } from "../src/derivative/scalar.ts";
import { type Expr, entries, type Quantity } from "../src/expression/expr.ts";
import { instantiate } from "../src/expression/rewrite.ts";
import type { Network } from "../src/network/network.ts";

/** Each δ and each gradient at concrete indices. */
export function deltaForm(differentiated: Differentiated): readonly Expr[] {
  const { network } = differentiated;
  const { deltas, gradients } = adjoints(differentiated);
  const lines: Expr[] = [];
  const write = (quantity: Quantity, define: Expr): void => {
    for (const indices of entries(quantity)) {
      lines.push(
        instantiate(
          network.graph,
          define,
          new Map(quantity.formals.map((formal, axis) => [formal, indices[axis]!])),
        ),
      );
    }
  };
  for (const delta of deltas) write(delta, delta.define!);
  for (const [parameter, gradient] of gradients) write(parameter, gradient);
  return lines;
}

/** Every local derivative with the rule that gives it, and the δ form. */
export function everyFactor(network: Network): {
  readonly scalar: ScalarGraph;
  readonly lines: readonly Expr[];
} {
  const differentiated = differentiate(network);
  return { scalar: scalarGraph(differentiated), lines: deltaForm(differentiated) };
}
