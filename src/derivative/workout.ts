// Working out: f'(z) becomes the row's formula in the output, a(1 - a), and what cancels is cancelled.
import {
  add,
  childrenOf,
  factorsOf,
  isNegative,
  isPower,
  isProduct,
  isSum,
  mul,
  termsOf,
} from "../expression/build.ts";
import type { Expr, Quantity } from "../expression/expr.ts";
import type { Fold } from "../expression/fold.ts";
import type { Graph } from "../expression/graph.ts";
import { isOwn } from "../expression/own.ts";
import { rewrite, type Summation } from "../expression/rewrite.ts";
import { workedOutPartial } from "./partial.ts";

/** Every prime replaced by its formula, outputs written as the quantities that they are; abstract primes stay. */
export function workOut(graph: Graph, expr: Expr, fold: Fold, summation?: Summation): Expr {
  const replace = (node: Expr): Expr | undefined => {
    if (node.kind !== "apply" || node.slot === undefined || node.op.kind === "abstract") return undefined;
    const partial = workedOutPartial(graph, node.op, node.args, node.slot, fold);
    // An own formula may call functions whose primes are still to be worked out: (σ(2x) - x)' = 2 σ'(2x) - 1.
    return isOwn(node.op) ? workOut(graph, partial, fold, summation) : partial;
  };
  return rewrite(graph, expr, replace, summation);
}

/** Brackets whose denominators also stand outside are multiplied in: (y/a) · a(1 - a) = y(1 - a). */
export function cancel(graph: Graph, expr: Expr, summation?: Summation): Expr {
  const replace = (node: Expr): Expr | undefined =>
    isProduct(node) ? cancelProduct(graph, node) : undefined;
  return rewrite(graph, expr, replace, summation);
}

function cancelProduct(graph: Graph, node: Expr & { kind: "apply" }): Expr | undefined {
  const outside = new Set(node.args);
  const position = node.args.findIndex(
    (factor) => isSum(factor) && denominatorsOf(factor).some((base) => outside.has(base)),
  );
  if (position < 0) return undefined;
  const others = node.args.toSpliced(position, 1);
  const terms = termsOf(node.args[position]!).map((term) => mul(graph, [...factorsOf(term), ...others]));
  const multiplied = add(graph, terms);
  return isProduct(multiplied) ? (cancelProduct(graph, multiplied) ?? multiplied) : multiplied;
}

function denominatorsOf(sum: Expr): readonly Expr[] {
  return termsOf(sum)
    .flatMap(factorsOf)
    .filter(isReciprocal)
    .map((factor) => factor.args[0]!);
}

function isReciprocal(factor: Expr): factor is Expr & { kind: "apply" } {
  return isPower(factor) && isNegative(factor.args[1]!);
}

/** Brackets multiplied out, and targets gathered, where that makes the expression shorter: y(a - 1) + (1 - y)a = a - y. */
export function shorten(graph: Graph, expr: Expr, targets: readonly Quantity[]): Expr {
  const expanded = add(
    graph,
    termsOf(expr).flatMap((term) => expandTerm(graph, term)),
  );
  const gathered = gather(graph, expanded, targets);
  if (gathered !== expanded && lengthOf(gathered) <= lengthOf(expr)) return gathered;
  return lengthOf(expanded) < lengthOf(expr) ? expanded : expr;
}

/** The products of a term's brackets, term by term; more than `largestExpansion` are left alone. */
function expandTerm(graph: Graph, term: Expr): readonly Expr[] {
  const choices = factorsOf(term).map(termsOf);
  const count = choices.reduce((total, terms) => total * terms.length, 1);
  if (count === 1 || count > largestExpansion) return [term];
  let products: Expr[] = [graph.number(1)];
  for (const terms of choices)
    products = products.flatMap((left) => terms.map((right) => mul(graph, [left, right])));
  return products;
}

/** Beyond this no expansion was ever shorter on the catalogue's losses and activations. */
const largestExpansion = 24;

/** a y_1 + a y_2 + … = a (y_1 + y_2 + …), and that bracket is 1 where the targets add up to 1. */
function gather(graph: Graph, sum: Expr, targets: readonly Quantity[]): Expr {
  const distribution = targets.filter((target) => target.sumsToOne && target.ranges.length === 0);
  if (distribution.length < 2 && targets.length < 2) return sum;
  const isTarget = (factor: Expr): boolean => factor.kind === "symbol" && targets.includes(factor.quantity);
  const groups = new Map<Expr, { rest: Expr; targets: Expr[] }>();
  const others: Expr[] = [];
  for (const term of termsOf(sum)) {
    const mine = factorsOf(term).filter(isTarget);
    if (mine.length !== 1 || factorsOf(term).length === 1) {
      others.push(term);
      continue;
    }
    const rest = mul(
      graph,
      factorsOf(term).filter((factor) => !isTarget(factor)),
    );
    const group = groups.get(rest) ?? { rest, targets: [] };
    group.targets.push(mine[0]!);
    groups.set(rest, group);
  }
  const gathered = [...groups.values()].map(({ rest, targets: members }) => {
    const whole = members.length === distribution.length && members.length > 1;
    return whole ? rest : mul(graph, [rest, add(graph, members)]);
  });
  return add(graph, [...gathered, ...others]);
}

/** How many leaves the expression has when it is written out. */
function lengthOf(expr: Expr): number {
  const children = childrenOf(expr);
  return children.length === 0 ? 1 : children.reduce((total, child) => total + lengthOf(child), 0);
}
