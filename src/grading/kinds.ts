// Whether agreement at a few drawn numbers means agreement everywhere: of analytic functions it does, while |x| = x
// agrees on half of all numbers.
import { childrenOf, isNumber, isPower, isSum, isWhole, nodesOf } from "../expression/build.ts";
import { callIn, toExpr } from "../expression/convert.ts";
import type { ApplyExpr, Expr } from "../expression/expr.ts";
import { parseFormula } from "../expression/formula.ts";
import { catalogue } from "../expression/functions.ts";
import type { Graph } from "../expression/graph.ts";
import * as exact from "../expression/rational.ts";
import type { Operation, Primitive } from "../primitives/primitive.ts";
import type { Wiring } from "./wiring.ts";

/** A root, logarithm, absolute value or fractional power: what holds of it for positive numbers may fail for others. */
function isSignSensitive(node: Expr): node is ApplyExpr {
  if (node.kind !== "apply") return false;
  if (isPower(node)) {
    const exponent = node.args[1]!;
    return !(isNumber(exponent) && exact.isWhole(exponent.value));
  }
  return rowOf(node.op).domain !== undefined || (isBent(node.op) && !rowOf(node.op).activation);
}

/** Functions with corners. */
function isBent(op: Operation): boolean {
  const { kinks, analytic } = rowOf(op);
  return kinks !== undefined || analytic === false;
}

/** Own formulas, abstract functions and arithmetic have none of a row's further columns. */
function rowOf(op: Operation): Partial<Primitive> {
  return op;
}

/**
 * Whether an argument stays on one side of 0 wherever it has a value: a quantity, 1 less a quantity, e^x, σ(x). 1 − sin²x
 * touches 0 and comes back.
 */
function isOneSided(expr: Expr): boolean {
  if (isSum(expr))
    return expr.args.length === 2 && expr.args.some((term) => isWhole(term, 1)) && isAlgebraic(expr);
  return expr.kind === "symbol" || expr.kind === "component" || (expr.kind === "apply" && expr.op.primed);
}

function isAlgebraic(expr: Expr): boolean {
  return [...nodesOf(expr)].every((node) => node.kind !== "apply" || arithmetic.has(node.op.kind));
}

const arithmetic: ReadonlySet<Operation["kind"]> = new Set(["sum", "product", "power"]);

function isBranchy(node: Expr): boolean {
  return (
    isSignSensitive(node) && !(isPower(node) || rowOf(node.op).domain ? isOneSided(node.args[0]!) : false)
  );
}

/** How far agreement reaches: everywhere, up to the corners of the network's units, or for some signs only. */
export type Reach = "analytic" | "cornered" | "branchy";

const rank: Readonly<Record<Reach, number>> = { analytic: 0, cornered: 1, branchy: 2 };

/** The reach of an expression with all that its symbols are defined by, each node asked once. */
export function reachOf(wiring: Wiring, expr: Expr): Reach {
  // From the inputs on, so that no chain of definitions is deeper than the stack.
  if (wiring.reaches.size === 0) for (const entry of wiring.entries) reachWithin(wiring, entry);
  return reachWithin(wiring, expr);
}

function reachWithin(wiring: Wiring, expr: Expr): Reach {
  const known = wiring.reaches.get(expr);
  if (known) return known;
  // A claimed definition may lead back to itself.
  wiring.reaches.set(expr, "analytic");
  let found: Reach = ownReach(expr);
  const definition = expr.kind === "symbol" ? wiring.definition(expr) : undefined;
  for (const part of definition ? [definition] : childrenOf(expr)) {
    const reach = reachWithin(wiring, part);
    const inside: Reach =
      definition && wiring.network.kind !== "equations" && reach === "branchy" ? "cornered" : reach;
    if (rank[inside] > rank[found]) found = inside;
  }
  wiring.reaches.set(expr, found);
  return found;
}

function ownReach(node: Expr): Reach {
  if (isBranchy(node)) return "branchy";
  return node.kind === "apply" && isBent(node.op) ? "cornered" : "analytic";
}

/**
 * The arguments whose sign an equality may hang on: of roots, logarithms, absolute values and fractional powers, and in
 * plain algebra of every function with corners. That a unit is active is no condition that a line may leave unsaid.
 */
export function signSensitive({ network }: Wiring, expr: Expr): readonly Expr[] {
  const isPlain = network.kind === "equations";
  return [...nodesOf(expr)]
    .filter(
      (node): node is ApplyExpr =>
        (isPlain && node.kind === "apply" && isBent(node.op)) || isSignSensitive(node),
    )
    .map((node) => node.args[0]!);
}

/** The expressions whose zeros are the corners of the network's units. */
export function cornersOf(wiring: Wiring): readonly Expr[] {
  const found = new Set<Expr>();
  for (const symbol of wiring.entries) {
    const definition = wiring.definition(symbol);
    if (!definition) continue;
    for (const node of nodesOf(definition)) {
      if (node.kind !== "apply" || !isBent(node.op)) continue;
      for (const corner of cornersOfNode(wiring.network.graph, node)) found.add(corner);
    }
  }
  return [...found];
}

/** By the row's kinks in x1, x2, …; a row that bends without naming where does so at |x1| = x2. */
function cornersOfNode(graph: Graph, { op, args }: ApplyExpr): readonly Expr[] {
  const places = rowOf(op).kinks?.map(({ where }) => where) ?? [args.length > 1 ? "abs(x1) - x2" : "x1"];
  return places.map((where) =>
    toExpr(graph, parseFormula(where), {
      value: (name) => args[Number(name.slice(1)) - 1],
      names: [],
      call: callIn(graph, new Map(), catalogue),
    }),
  );
}
