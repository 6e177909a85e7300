// Small expressions and networks for tests of names and printing.
import { callIn, toExpr } from "../../src/expression/convert.ts";
import type { Expr, Quantity, Range, Role, SymbolExpr } from "../../src/expression/expr.ts";
import { parseFormula } from "../../src/expression/formula.ts";
import { catalogue } from "../../src/expression/functions.ts";
import { Graph } from "../../src/expression/graph.ts";
import { dialect } from "../../src/notation/dialect.ts";
import type { Notation } from "../../src/notation/notation.ts";
import { notations } from "../../src/notation/rows.ts";
import type { Nameable } from "../../src/notation/units.ts";
import { primitive } from "../../src/primitives/index.ts";
import type { Operation } from "../../src/primitives/primitive.ts";
import type { Printing } from "../../src/writers/print/scope.ts";

export const graph = new Graph();

/** A quantity that carries the user's own name. */
export function given(name: string, role: Role = "intermediate", define?: Expr): Quantity {
  return { id: name, role, ranges: [], formals: [], entryNames: [name], ...(define && { define }) };
}

/** Quantities by name: a name always means the same symbol. */
const known = new Map<string, SymbolExpr>();

export function symbol(name: string): SymbolExpr {
  const found = known.get(name) ?? graph.symbol(given(name));
  known.set(name, found);
  return found;
}

const abstractFunctions = new Map<string, Operation>(
  ["f", "g", "h"].map((name) => [
    name,
    {
      name,
      kind: "abstract",
      primed: true,
      spelling: { latex: name, plain: name, speech: { en: name, de: name } },
    },
  ]),
);

/** The formula as it is written; f, g, h are abstract functions, every other name is a symbol. */
export function formula(text: string): Expr {
  return toExpr(graph, parseFormula(text), {
    value: symbol,
    names: [],
    call: callIn(graph, abstractFunctions, catalogue),
  });
}

/** The derivative of a function in one of its arguments, kept named. */
export function primed(call: string, slot = 0): Expr {
  const expr = formula(call);
  if (expr.kind !== "apply") throw new Error(`${call} is no call`);
  return graph.apply(expr.op, expr.args, slot);
}

export function derivative(of: string, by: string): Expr {
  return graph.derivative(symbol(of), symbol(by));
}

export function product(...factors: Expr[]): Expr {
  return graph.apply(
    formula("x * y").kind === "apply" ? (formula("x * y") as Expr & { kind: "apply" }).op : never(),
    factors,
  );
}

function never(): never {
  throw new Error("a product is an application");
}

/** A range, and a vector over it, in the middle of a two-layer network. */
const inputs: Range = { name: "inputs", size: 2 };
export const hidden: Range = { name: "units of layer 1", size: 3 };
export const outputs: Range = { name: "units of layer 2", size: 2 };

const layer = (id: string, role: Role, at: number, ranges: readonly Range[], define?: Expr): Quantity => ({
  id,
  role,
  layer: at,
  ranges,
  formals: ranges.map((_, axis) => `$${axis}`),
  ...(define && { define }),
});

export const x = layer("a0", "input", 0, [inputs]);
export const w1 = layer("W1", "weight", 1, [hidden, inputs]);
export const z1 = layer("z1", "preActivation", 1, [hidden]);
export const a1 = layer(
  "a1",
  "activation",
  1,
  [hidden],
  graph.apply(primitive("sigmoid"), [graph.symbol(z1, ["$0"])]),
);
export const w2 = layer("W2", "weight", 2, [outputs, hidden]);
export const z2 = layer("z2", "preActivation", 2, [outputs]);
export const a2 = layer(
  "a2",
  "activation",
  2,
  [outputs],
  graph.apply(primitive("sigmoid"), [graph.symbol(z2, ["$0"])]),
);
export const target = layer("y", "target", 2, [outputs]);
export const loss: Quantity = { id: "E", role: "loss", ranges: [], formals: [] };
export const delta1: Quantity = { ...layer("delta(z1)", "delta", 1, [hidden]), adjointOf: z1 };
export const delta2: Quantity = { ...layer("delta(z2)", "delta", 2, [outputs]), adjointOf: z2 };

/** Two inputs, three hidden sigmoid units, two outputs. */
export const layeredNetwork: Nameable = {
  quantities: [x, w1, z1, a1, w2, z2, a2, target, loss],
  outputs: [{ quantity: a2 }],
  loss,
  samples: { count: 1 },
};

const empty: Nameable = { quantities: [], outputs: [], loss, samples: { count: 1 } };

/** Names as given, in a notation (the one of equations by default). */
export function printing(
  notation: Notation = notations.scalar,
  network: Nameable = empty,
  digits = 9,
): Printing {
  return { dialect: dialect(network, notation), digits };
}
