// An activation or function that the user gives by a formula in x: its value and derivative follow from the formula.
import type { Operation } from "../primitives/primitive.ts";
import { callIn, toExpr } from "./convert.ts";
import type { Expr } from "./expr.ts";
import { catalogue } from "./functions.ts";
import type { Graph } from "./graph.ts";
import type { Syntax } from "./syntax.ts";

export interface OwnOperation extends Operation {
  /** The formula in `x`. */
  readonly formula: Syntax;
}

export function isOwn(op: Operation): op is OwnOperation {
  return "formula" in op;
}

/** The formula with `argument` in place of x. */
export function ownValue(graph: Graph, op: OwnOperation, argument: Expr): Expr {
  return toExpr(graph, op.formula, {
    value: (name) => (name === "x" ? argument : undefined),
    names: ["x"],
    call: callIn(graph, new Map(), catalogue),
  });
}
