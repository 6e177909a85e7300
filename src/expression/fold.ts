// Folding: a part that equals some quantity's definition is written as that quantity, so that σ(z_j) reads a_j.
import type { Operation } from "../primitives/primitive.ts";
import type { Expr, Index, Quantity, SymbolExpr } from "./expr.ts";
import type { Graph } from "./graph.ts";

/** The symbol that a node is the definition of, if any. */
export type Fold = (node: Expr) => SymbolExpr | undefined;

/** Looks up definitions that are one function applied: activations, softmax outputs. */
export function folding(graph: Graph, quantities: readonly Quantity[]): Fold {
  const single = new Map<Expr, SymbolExpr>();
  const layers = new Map<Operation, Quantity[]>();
  for (const quantity of quantities) {
    const { define } = quantity;
    if (define?.kind !== "apply" && define?.kind !== "component") continue;
    if (define.kind === "apply" && arithmetic.has(define.op.kind)) continue;
    if (quantity.ranges.length === 0) single.set(define, graph.symbol(quantity));
    else layers.set(define.op, [...(layers.get(define.op) ?? []), quantity]);
  }
  return (node) => {
    if (node.kind !== "apply" && node.kind !== "component") return undefined;
    const known = single.get(node);
    if (known) return known;
    for (const quantity of layers.get(node.op) ?? []) {
      const letters = new Map<string, Index>();
      if (matches(quantity.define!, node, new Set(quantity.formals), letters)) {
        return graph.symbol(
          quantity,
          quantity.formals.map((formal) => letters.get(formal)!),
        );
      }
    }
    return undefined;
  };
}

const arithmetic: ReadonlySet<Operation["kind"]> = new Set(["sum", "product", "power"]);

/** Whether `node` is `pattern` with indices put in for the formals; fills `letters` with them. */
function matches(
  pattern: Expr,
  node: Expr,
  formals: ReadonlySet<string>,
  letters: Map<string, Index>,
): boolean {
  const index = (written: Index, met: Index): boolean => {
    if (typeof written !== "string" || !formals.has(written)) return written === met;
    const bound = letters.get(written);
    if (bound === undefined) letters.set(written, met);
    return bound === undefined || bound === met;
  };
  const all = (parts: readonly Expr[], others: readonly Expr[]): boolean =>
    parts.length === others.length &&
    parts.every((part, position) => matches(part, others[position]!, formals, letters));
  switch (pattern.kind) {
    case "number":
    case "size":
    case "derivative":
      return pattern === node;
    case "symbol":
      return (
        node.kind === "symbol" &&
        node.quantity === pattern.quantity &&
        pattern.indices.every((written, axis) => index(written, node.indices[axis]!))
      );
    case "same":
      return node.kind === "same" && index(pattern.a, node.a) && index(pattern.b, node.b);
    case "apply":
      return (
        node.kind === "apply" &&
        node.op === pattern.op &&
        node.slot === pattern.slot &&
        all(pattern.args, node.args)
      );
    case "component":
      if (node.kind !== "component" || node.op !== pattern.op || !index(pattern.at, node.at)) return false;
      return node.over === pattern.over ? all(pattern.args, node.args) : matchesEntries(pattern, node);
    case "sum":
      return (
        node.kind === "sum" &&
        node.over === pattern.over &&
        matches(pattern.body, node.body, formals, letters)
      );
  }
}

/** softmax over a whole layer against the same softmax with its arguments listed one by one. */
function matchesEntries(pattern: Expr & { kind: "component" }, node: Expr & { kind: "component" }): boolean {
  const body = pattern.args[0]!;
  if (pattern.over === undefined || node.over !== undefined || body.kind !== "symbol") return false;
  return (
    node.args.length === pattern.over.size &&
    node.args.every(
      (arg, position) =>
        arg.kind === "symbol" && arg.quantity === body.quantity && arg.indices[0] === position + 1,
    )
  );
}
