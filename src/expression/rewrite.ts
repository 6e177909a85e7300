// Rebuilding an expression from the leaves up: substitution of symbols, and Σ written out for concrete indices.
import { multiply, power as powerOperation, add as sumOperation } from "../primitives/arithmetic.ts";
import { add, isWhole, mul, pow, sumOver } from "./build.ts";
import type { Expr, Index, Range, SymbolExpr } from "./expr.ts";
import type { Graph } from "./graph.ts";

/** What stands for a node in the rebuilt expression; nothing keeps it. It sees nodes whose parts are rebuilt. */
type Replacement = (node: Expr) => Expr | undefined;

/** How a Σ is put together again: contracted for reading, or left as it is for numbers. */
export type Summation = (graph: Graph, over: Range, letter: string, body: Expr) => Expr;

/** A Σ that is never taken apart, so that the numbers see every bracket as it was derived. */
export const keepSum: Summation = (graph, over, letter, body) =>
  isWhole(body, 0) ? body : graph.sum(over, letter, body);

/** The expression rebuilt by the constructors of `build.ts`, each rebuilt node offered to `replace`. */
export function rewrite(
  graph: Graph,
  expr: Expr,
  replace: Replacement,
  summation: Summation = sumOver,
): Expr {
  const seen = new Map<Expr, Expr>();
  const visit = (node: Expr): Expr => {
    const known = seen.get(node);
    if (known) return known;
    const rebuilt = rebuildNode(graph, node, visit, summation);
    const result = replace(rebuilt) ?? rebuilt;
    seen.set(node, result);
    return result;
  };
  return visit(expr);
}

function rebuildNode(graph: Graph, node: Expr, visit: (child: Expr) => Expr, summation: Summation): Expr {
  switch (node.kind) {
    case "number":
    case "symbol":
    case "same":
    case "size":
      return node;
    case "derivative":
      return graph.derivative(visit(node.of), visit(node.by) as SymbolExpr);
    case "apply": {
      const args = node.args.map(visit);
      if (args.every((arg, position) => arg === node.args[position])) return node;
      return applyAgain(graph, node, args);
    }
    case "component": {
      if (node.over === undefined) return graph.component(node.op, node.args.map(visit), node.at);
      const { letter, body } = open(graph, node.index!, node.args[0]!);
      return graph.componentOver(node.op, node.over, letter, visit(body), node.at);
    }
    case "sum": {
      const { letter, body } = open(graph, node.index, node.body);
      return summation(graph, node.over, letter, visit(body));
    }
  }
}

function applyAgain(graph: Graph, node: Expr & { kind: "apply" }, args: readonly Expr[]): Expr {
  if (node.op === sumOperation) return add(graph, args);
  if (node.op === multiply) return mul(graph, args);
  if (node.op === powerOperation) return pow(graph, args[0]!, args[1]!);
  return graph.apply(node.op, args, node.slot);
}

/** The expression built anew by the constructors, so that what an index made equal is merged: a_1 a_1 = a_1². */
export function normalise(graph: Graph, expr: Expr): Expr {
  return rewrite(graph, expr, (node) =>
    node.kind === "apply" ? applyAgain(graph, node, node.args) : undefined,
  );
}

/** The body of a binder with a fresh letter in place of its bound index. */
export function open(graph: Graph, index: string, body: Expr): { letter: string; body: Expr } {
  const letter = graph.freshLetter();
  return { letter, body: graph.rename(body, new Map([[index, letter]])) };
}

/** The expression at concrete indices: letters become numbers, every Σ is written out term by term. */
export function instantiate(graph: Graph, expr: Expr, letters: ReadonlyMap<string, Index>): Expr {
  return writeOut(graph, graph.rename(expr, letters), new Map());
}

function writeOut(graph: Graph, node: Expr, seen: Map<Expr, Expr>): Expr {
  if (node.concrete) return node;
  const known = seen.get(node);
  if (known) return known;
  const result = writeOutNode(graph, node, (child) => writeOut(graph, child, seen));
  seen.set(node, result);
  return result;
}

function writeOutNode(graph: Graph, node: Expr, visit: (child: Expr) => Expr): Expr {
  switch (node.kind) {
    case "same":
      return typeof node.a === "number" && typeof node.b === "number"
        ? graph.number(node.a === node.b ? 1 : 0)
        : node;
    case "sum":
      return add(graph, copies(graph, node.over.size!, node.index, node.body).map(visit));
    case "component": {
      const args =
        node.over === undefined ? node.args : copies(graph, node.over.size!, node.index!, node.args[0]!);
      return graph.component(node.op, args.map(visit), node.at);
    }
    default:
      return rebuildNode(graph, node, visit, sumOver);
  }
}

function copies(graph: Graph, size: number, index: string, body: Expr): Expr[] {
  return Array.from({ length: size }, (_, position) => graph.rename(body, new Map([[index, position + 1]])));
}
