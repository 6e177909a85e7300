// Every place of a formula with the values it has and the values it would need for the whole to come out as wanted:
// at + the rest is subtracted, at × it is divided out, at a whole power the root is drawn.
import { isNumber, isPower, isProduct, isSum } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { toNumber } from "../expression/rational.ts";
import type { Values } from "./probe.ts";

export interface Spot {
  readonly expr: Expr;
  readonly has: Values;
  readonly needs: Values;
  /** What the place stands in. */
  readonly within?: Spot;
  /** The whole formula with something else in this place. */
  readonly whole: (replacement: Expr) => Expr;
}

/** Larger formulas are searched up to here. */
const mostSpots = 300;

/** Outermost first. Places inside functions are left out: what they would need is not known. */
export function spotsOf(
  graph: Graph,
  formula: Expr,
  valuesOf: (expr: Expr) => Values,
  wanted: Values,
): readonly Spot[] {
  const spots: Spot[] = [
    { expr: formula, has: valuesOf(formula), needs: wanted, whole: (replacement) => replacement },
  ];
  for (const spot of spots) {
    if (spots.length >= mostSpots) break;
    for (const part of partsOf(graph, spot, valuesOf)) if (part.needs.some(Number.isFinite)) spots.push(part);
  }
  return spots;
}

function partsOf(graph: Graph, spot: Spot, valuesOf: (expr: Expr) => Values): readonly Spot[] {
  const { expr } = spot;
  if (isSum(expr) || isProduct(expr))
    return expr.args.map((_, position) => operand(graph, spot, position, valuesOf));
  if (isPower(expr)) return baseOf(graph, spot, valuesOf);
  return [];
}

function operand(graph: Graph, spot: Spot, position: number, valuesOf: (expr: Expr) => Values): Spot {
  const { op, args } = spot.expr as Expr & { readonly kind: "apply" };
  const others = args.toSpliced(position, 1).map(valuesOf);
  const needs =
    op.kind === "sum"
      ? spot.needs.map((value, binding) => others.reduce((left, other) => left - other[binding]!, value))
      : spot.needs.map((value, binding) => others.reduce((left, other) => left / other[binding]!, value));
  return {
    expr: args[position]!,
    has: valuesOf(args[position]!),
    needs,
    within: spot,
    whole: (replacement) => spot.whole(graph.apply(op, args.with(position, replacement))),
  };
}

/** The root of the sign that the base has now. */
function baseOf(graph: Graph, spot: Spot, valuesOf: (expr: Expr) => Values): readonly Spot[] {
  const { op, args } = spot.expr as Expr & { readonly kind: "apply" };
  const [base, exponent] = args as readonly [Expr, Expr];
  if (!isNumber(exponent)) return [];
  const power = toNumber(exponent.value);
  const has = valuesOf(base);
  const needs = spot.needs.map((value, binding) =>
    power % 2 === 0
      ? Math.sign(has[binding]!) * value ** (1 / power)
      : Math.sign(value) * Math.abs(value) ** (1 / power),
  );
  return [
    {
      expr: base,
      has,
      needs,
      within: spot,
      whole: (replacement) => spot.whole(graph.apply(op, [replacement, exponent])),
    },
  ];
}
