// Lines of a derivation as expressions, and whether a reading of what was printed says the same.
import { adjoints, differentiate } from "../../src/derivative/adjoints.ts";
import { scalarGraph } from "../../src/derivative/scalar.ts";
import { workOut } from "../../src/derivative/workout.ts";
import { type Expr, entries, type Quantity } from "../../src/expression/expr.ts";
import type { Graph } from "../../src/expression/graph.ts";
import { instantiate } from "../../src/expression/rewrite.ts";
import type { Network } from "../../src/network/network.ts";
import type { Notation } from "../../src/notation/notation.ts";
import { multiply } from "../../src/primitives/arithmetic.ts";
import { keyOf } from "../../src/reading/key.ts";
import type { ReadFormula } from "../../src/reading/resolve.ts";

/** The sides of an equation, and the letters that its first side leaves free. */
export interface Line {
  readonly what: "definition" | "rule" | "local derivative" | "chain" | "delta" | "gradient";
  readonly sides: readonly Expr[];
}

/** Definitions at numbers and in letters, local derivatives, δ's and gradients in δ's, as a derivation prints them. */
export function linesOf(network: Network): readonly Line[] {
  const { graph, quantities, loss } = network;
  const differentiated = differentiate(network);
  const { deltas, gradients } = adjoints(differentiated);
  const worked = (expr: Expr): readonly Expr[] => {
    const out = workOut(graph, expr, differentiated.fold);
    return out === expr ? [expr] : [expr, out];
  };
  const atEntries = (
    quantity: Quantity,
    define: Expr,
    left: (indices: readonly number[]) => readonly Expr[],
  ) =>
    [...entries(quantity)].map((indices) => [
      ...left(indices),
      ...worked(
        instantiate(graph, define, new Map(quantity.formals.map((formal, axis) => [formal, indices[axis]!]))),
      ),
    ]);
  const line = (what: Line["what"]) => (sides: readonly Expr[]) => ({ what, sides });
  const edges = scalarGraph(differentiated).nodes.flatMap(({ uses }) => uses);
  return [
    ...quantities.flatMap((quantity) =>
      quantity.define
        ? [
            line("rule")([graph.symbol(quantity, quantity.formals), quantity.define]),
            ...atEntries(quantity, quantity.define, (indices) => [graph.symbol(quantity, indices)]).map(
              line("definition"),
            ),
          ]
        : [],
    ),
    ...edges.map(({ of, by, factor }) =>
      line("local derivative")([graph.derivative(of.symbol, by.symbol), ...worked(factor)]),
    ),
    ...edges.flatMap(({ of, by }) =>
      of.users.map((user) =>
        line("chain")([
          graph.derivative(user.of.symbol, by.symbol),
          graph.apply(multiply, [
            graph.derivative(user.of.symbol, of.symbol),
            graph.derivative(of.symbol, by.symbol),
          ]),
        ]),
      ),
    ),
    ...deltas.flatMap((delta) =>
      atEntries(delta, delta.define!, (indices) => [
        graph.symbol(delta, indices),
        graph.derivative(graph.symbol(loss), graph.symbol(delta.adjointOf!, indices)),
      ]).map(line("delta")),
    ),
    ...[...gradients].flatMap(([parameter, gradient]) =>
      atEntries(parameter, gradient, (indices) => [
        graph.derivative(graph.symbol(loss), graph.symbol(parameter, indices)),
      ]).map(line("gradient")),
    ),
  ];
}

/** The keys of a line; the formals of a rule are called as the reading calls them. */
function keysOf({ what, sides }: Line, reading: ReadFormula, graph: Graph): readonly string[] {
  const [left] = sides;
  const [read] = reading.sides;
  if (what !== "rule" || left?.kind !== "symbol" || read?.kind !== "symbol") return sides.map(keyOf);
  const letters = new Map(
    left.indices.map((formal, axis) => [formal as string, read.indices[axis] ?? formal]),
  );
  return sides.map((side) => keyOf(graph.rename(side, letters)));
}

/** Dialects that write f′(z) as ∂a/∂z print both sides of ∂a/∂z = f′(z) alike. */
export function saysSame(line: Line, reading: ReadFormula, graph: Graph): boolean {
  const expected = keysOf(line, reading, graph);
  const keys = reading.sides.map(keyOf);
  return keys.every(
    (key, side) =>
      key === expected[side] || (line.what === "local derivative" && side === 1 && key === keys[0]),
  );
}

/**
 * The σ of the dialects that call every activation σ stands for the sigmoid too where a derivative brings one up
 * (softplus′ = σ): such lines are left out.
 */
export function isTwofold({ sides }: Line, network: Network, notation: Notation): boolean {
  const letter = notation.letters.function.letter;
  return (
    letter === "sigma" && !usesSigmoid(network) && sides.some((side) => keyOf(side).includes("sigmoid("))
  );
}

function usesSigmoid(network: Network): boolean {
  return network.quantities.some(({ define }) => define?.kind === "apply" && define.op.name === "sigmoid");
}
