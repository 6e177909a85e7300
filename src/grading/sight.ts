// What the two sides of a relation show at one binding: equal, unequal beyond doubt, or neither.
import { childrenOf, isProduct, isSum } from "../expression/build.ts";
import { type DerivativeExpr, type Expr, entryId, type SymbolExpr } from "../expression/expr.ts";
import { isCatalogueRow } from "../notation/dialect.ts";
import { type Ball, isNothing, isZero, signOf, subtract, zero } from "../numeric/balls/ball.ts";
import { functionValue } from "../numeric/balls/catalogue.ts";
import type { Counterexample } from "./comparison.ts";
import { freeSymbols } from "./draw.ts";
import type { World } from "./world.ts";

/** Where each side is looked at: they differ where only one of them is read with the student's own values. */
export interface Worlds {
  readonly left: World;
  readonly right: World;
}

/** `trivial`: both sides are exactly 0, so that any factor would be missed. */
type Sight = "equal" | "trivial" | "unequal" | "one side only" | "open";

/** Radii of both sides together, relative to the larger side, at which equality is believed. */
const narrow = 1e-22;

export function look(worlds: Worlds, left: Expr, right: Expr): Sight {
  const [one, other] = [worlds.left.ball(left), worlds.right.ball(right)];
  if (isNothing(one) || isNothing(other))
    return isNothing(one) === isNothing(other) ? "open" : "one side only";
  if (isZero(one) && isZero(other)) return "trivial";
  const difference = subtract(one, other);
  if (Math.abs(difference.hi) > difference.radius) return "unequal";
  const agree = isNarrow(one, other) || (vanishes(worlds.left, left) && vanishes(worlds.right, right));
  return agree ? "equal" : "open";
}

function isNarrow(one: Ball, other: Ball): boolean {
  return one.radius + other.radius <= narrow * Math.max(Math.abs(one.hi), Math.abs(other.hi));
}

/** Whether an expression that may be 0 is so relative to its own terms: sin²x + cos²x − 1. */
function vanishes(world: World, expr: Expr): boolean {
  const value = world.ball(expr);
  if (isZero(value)) return true;
  if (isNothing(value) || signOf(value) !== undefined) return false;
  if (isSum(expr))
    return (
      isSmallBeside(value, expr.args.map(world.ball)) || expr.args.every((term) => vanishes(world, term))
    );
  if (expr.kind === "derivative" && expr.of.kind === "symbol")
    return isSmallBeside(value, world.ways(expr.of, expr.by));
  if (isProduct(expr)) return expr.args.some((factor) => vanishes(world, factor));
  if (expr.kind === "apply" && isCatalogueRow(expr.op) && expr.slot === undefined)
    return (
      isZero(functionValue(expr.op, [zero, ...expr.args.slice(1).map(world.ball)])) &&
      vanishes(world, expr.args[0]!)
    );
  const definition = expr.kind === "symbol" ? world.wiring.definition(expr) : undefined;
  return definition !== undefined && vanishes(world, definition);
}

/** Whether what is left of a sum is nothing beside its terms. */
function isSmallBeside(value: Ball, terms: readonly Ball[]): boolean {
  return terms.some(({ hi }) => value.radius <= narrow * Math.abs(hi));
}

/** The numbers of everything free that the sides depend on, and of what stands in them. */
export function counterexampleAt(worlds: Worlds, left: Expr, right: Expr): Counterexample {
  const free = freeSymbols(worlds.right.wiring, [left, right]);
  return {
    bindings: Object.fromEntries(
      free.map((symbol) => [entryId(symbol.quantity, symbol.indices), shown(worlds.right.ball(symbol))]),
    ),
    mentioned: mentionedIn(worlds.right, left, right),
    left: shown(worlds.left.ball(left)),
    right: shown(worlds.right.ball(right)),
  };
}

/** The middle of a ball; 0 where nothing tells it from 0. */
function shown(value: Ball): number {
  return signOf(value) === undefined ? 0 : value.hi;
}

/** The quantities and inert derivatives of the two sides with their values, in reading order; what has none is left out. */
export function mentionedIn(world: World, left: Expr, right: Expr): Counterexample["mentioned"] {
  const found = new Set<SymbolExpr | DerivativeExpr>();
  const visit = (expr: Expr): void => {
    if (expr.kind === "symbol" || expr.kind === "derivative") found.add(expr);
    else childrenOf(expr).forEach(visit);
  };
  visit(left);
  visit(right);
  return [...found].flatMap((expr) => {
    const value = world.ball(expr);
    return isNothing(value) ? [] : [[expr, shown(value)] as const];
  });
}
