// A relation with free index letters -> relations of single quantities: numbers put in for the letters, Σ and
// vectors written out. Sums and products stay as they were written.
import { childrenOf } from "../expression/build.ts";
import type { Expr, Index, Range } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { enforceLimit } from "../failure.ts";
import { readingLimits } from "./refuse.ts";
import type { Instance } from "./statement.ts";
import * as written from "./written.ts";

/** Beyond so many instances only units at the ends of each range are taken. */
const mostInstances = 400;

type Letters = readonly (readonly [letter: string, range: Range])[];

/** One instance for each way to put numbers in for the letters; linear in the size of what is written out. */
export function instancesOf(graph: Graph, left: Expr, right: Expr, letters: Letters): readonly Instance[] {
  const free = letters.filter(([letter]) => mentions(left, `$${letter}`) || mentions(right, `$${letter}`));
  const all = assignments(free);
  const terms = all.length * (termsIn(left) + termsIn(right));
  enforceLimit(
    "relation-terms",
    readingLimits.terms,
    terms,
    `The sums of the relation have ${terms} terms when they are written out, and at most ${readingLimits.terms} are compared; write fewer sums, or smaller ones.`,
  );
  return all.map((at) => {
    const indices = new Map(at.map(([letter, index]) => [`$${letter}`, index] as const));
    return { left: concrete(graph, left, indices), right: concrete(graph, right, indices), at };
  });
}

/** How many terms an expression has with every Σ written out. */
function termsIn(expr: Expr): number {
  if (expr.concrete) return 1;
  const inner = Math.max(1, ...childrenOf(expr).map(termsIn));
  const own = expr.kind === "apply" ? childrenOf(expr).length : 1;
  const copies = expr.kind === "sum" || expr.kind === "component" ? (expr.over?.size ?? 1) : own;
  return copies * inner;
}

function mentions(expr: Expr, letter: string): boolean {
  if (expr.concrete) return false;
  const own = expr.kind === "symbol" ? expr.indices : expr.kind === "same" ? [expr.a, expr.b] : [];
  const at = expr.kind === "component" && expr.at === letter;
  return at || own.includes(letter) || childrenOf(expr).some((child) => mentions(child, letter));
}

function assignments(letters: Letters): readonly (readonly (readonly [letter: string, index: number])[])[] {
  const count = letters.reduce((product, [, { size = 1 }]) => product * size, 1);
  const unitsOf = count > mostInstances ? someUnits : allUnits;
  return letters.reduce<readonly (readonly (readonly [string, number])[])[]>(
    (found, [letter, range]) =>
      found.flatMap((at) => unitsOf(range).map((unit) => [...at, [letter, unit] as const])),
    [[]],
  );
}

function allUnits({ size = 1 }: Range): readonly number[] {
  return Array.from({ length: size }, (_, position) => position + 1);
}

/** Units of a layer differ by their numbers alone: what holds for three of them holds for all. */
function someUnits({ size = 1 }: Range): readonly number[] {
  return size <= 3 ? allUnits({ name: "", size }) : [1, 2, size];
}

/** The expression at concrete indices, built as it was written. */
function concrete(graph: Graph, expr: Expr, letters: ReadonlyMap<string, Index>): Expr {
  return writtenOut(graph, graph.rename(expr, letters));
}

function writtenOut(graph: Graph, node: Expr): Expr {
  if (node.concrete) return node;
  const visit = (child: Expr): Expr => writtenOut(graph, child);
  switch (node.kind) {
    case "number":
    case "symbol":
    case "size":
      return node;
    case "same":
      return graph.same(node.a, node.b);
    case "derivative":
      return graph.derivative(visit(node.of), node.by);
    case "apply":
      return graph.apply(node.op, node.args.map(visit), node.slot);
    case "sum":
      // A sum of a symbolic number of terms stays one.
      if (node.over.size === undefined) return node;
      return written.sum(graph, copies(graph, node.over, node.index, node.body).map(visit));
    case "component": {
      const args = node.over === undefined ? node.args : copies(graph, node.over, node.index!, node.args[0]!);
      return graph.component(node.op, args.map(visit), node.at);
    }
  }
}

function copies(graph: Graph, { size = 1 }: Range, index: string, body: Expr): readonly Expr[] {
  return Array.from({ length: size }, (_, position) => graph.rename(body, new Map([[index, position + 1]])));
}
