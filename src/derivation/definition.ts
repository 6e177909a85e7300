// The definition of an activation function under the letter of its dialect: f(z) = 1/(1 + e^-z).
import { callIn, toExpr } from "../expression/convert.ts";
import type { Expr, Quantity, SymbolExpr } from "../expression/expr.ts";
import { parseFormula } from "../expression/formula.ts";
import { catalogue } from "../expression/functions.ts";
import type { Graph } from "../expression/graph.ts";
import { isOwn, ownValue } from "../expression/own.ts";
import type { Network } from "../network/network.ts";
import type { Operation, Primitive } from "../primitives/primitive.ts";

/** Any pre-activation: its name is the dialect's letter and nothing else. */
const argument: Quantity = { id: "argument", role: "preActivation", ranges: [], formals: [] };

/** f(z) and its formula, of the given variable or of any pre-activation; nothing where the function's row gives none. */
export function functionDefinition(
  graph: Graph,
  op: Operation,
  variable = graph.symbol(argument),
): { readonly call: Expr; readonly formula: Expr } | undefined {
  const formula = isOwn(op) ? ownValue(graph, op, variable) : cataloguedFormula(graph, op, variable);
  return formula && { call: graph.apply(op, [variable]), formula };
}

/** A variable for functions of equations: a letter that nothing in the network is called. */
export function freeVariable({ graph, quantities }: Network): SymbolExpr {
  const taken = new Set(quantities.map(({ id }) => id));
  const id = ["x", "z", "u", "v", "s"].find((letter) => !taken.has(letter)) ?? "x_0";
  return graph.symbol({ id, role: "intermediate", ranges: [], formals: [], entryNames: [id] });
}

function cataloguedFormula(graph: Graph, op: Operation, variable: Expr): Expr | undefined {
  const { definitionFormula } = op as Partial<Primitive>;
  if (definitionFormula === undefined) return undefined;
  return toExpr(graph, parseFormula(definitionFormula), {
    value: (name) => (name === "x" ? variable : undefined),
    names: ["x"],
    call: callIn(graph, new Map(), catalogue),
  });
}
