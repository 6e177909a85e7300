// The derivatives of one expression by all the symbols in it, as balls: one reverse sweep over its nodes.
//
//   cofactor(part) += cofactor(node) · dnode/dpart                    (Griewank and Walther 2008, section 3.2)
import { vectorPartial, workedOutPartial } from "../derivative/partial.ts";
import { childrenOf, isNumber } from "../expression/build.ts";
import type { ApplyExpr, ComponentExpr, DerivativeExpr, Expr, SymbolExpr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { add, type Ball, multiply, nothing, one, subtract, zero } from "../numeric/balls/ball.ts";
import { log, power } from "../numeric/balls/elementary.ts";
import { symbolsOf } from "./wiring.ts";

/** What the sweep asks of the numbers. */
export interface Values {
  readonly graph: Graph;
  readonly ball: (expr: Expr) => Ball;
  /** The derivative of an abstract function in the given arguments, one after the other. */
  readonly abstract: (name: string, args: readonly Ball[], slots: readonly number[]) => Ball;
  /** An inert derivative spelled out in symbols, for second derivatives; nothing where no rule does it. */
  readonly spelled: (derivative: DerivativeExpr) => Expr | undefined;
}

export type Partials = ReadonlyMap<SymbolExpr, Ball>;

/** d expr / d symbol for every symbol that stands in `expr` itself; linear in its nodes. */
export function partialsOf(values: Values, expr: Expr): Partials {
  if (expr.kind === "symbol") return new Map([[expr, one]]);
  const cofactors = new Map<Expr, Ball>([[expr, one]]);
  const found = new Map<SymbolExpr, Ball>();
  for (const node of innermostLast(values, expr)) {
    const cofactor = cofactors.get(node);
    if (!cofactor) continue;
    if (node.kind === "symbol") found.set(node, cofactor);
    else
      for (const [part, factor] of slopes(values, node)) {
        const share = multiply(cofactor, factor);
        const known = cofactors.get(part);
        cofactors.set(part, known ? add(known, share) : share);
      }
  }
  return found;
}

/** Every node before its parts, where a part may be reached on several ways. */
function innermostLast(values: Values, expr: Expr): readonly Expr[] {
  const order: Expr[] = [];
  const seen = new Set<Expr>();
  const visit = (node: Expr): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const part of partsOf(values, node)) visit(part);
    order.push(node);
  };
  visit(expr);
  return order.reverse();
}

/** What a node is made of, for its derivative: of f′(z) that is its formula, of dE/dw what it spells. */
function partsOf(values: Values, node: Expr): readonly Expr[] {
  if (node.kind === "derivative") return slopesOfDerivative(values, node).map(([part]) => part);
  if (isWorkedOut(node)) return [workedOut(values, node)];
  return childrenOf(node);
}

function isWorkedOut(node: Expr): node is ApplyExpr & { readonly slot: number } {
  return node.kind === "apply" && node.slot !== undefined && node.op.kind !== "abstract";
}

function workedOut({ graph }: Values, { op, args, slot }: ApplyExpr & { readonly slot: number }): Expr {
  return workedOutPartial(graph, op, args, slot);
}

type Slopes = readonly (readonly [part: Expr, factor: Ball])[];

/** The local derivatives of a node by its parts. */
function slopes(values: Values, node: Expr): Slopes {
  switch (node.kind) {
    case "apply":
      return isWorkedOut(node) ? [[workedOut(values, node), one]] : slopesOfApply(values, node);
    case "component":
      return slopesOfComponent(values, node);
    case "derivative":
      return slopesOfDerivative(values, node);
    default:
      return [];
  }
}

function slopesOfApply(values: Values, { op, args, slot }: ApplyExpr): Slopes {
  switch (op.kind) {
    case "sum":
      return args.map((arg) => [arg, one]);
    case "product":
      return slopesOfProduct(
        args,
        args.map((arg) => values.ball(arg)),
      );
    case "power":
      return slopesOfPower(values, args[0]!, args[1]!);
    case "abstract": {
      const point = args.map((arg) => values.ball(arg));
      const before = slot === undefined ? [] : [slot];
      return args.map((arg, place) => [arg, values.abstract(op.name, point, [...before, place])]);
    }
    default:
      return args.flatMap((arg, place) =>
        isNumber(arg) ? [] : [[arg, values.ball(workedOutPartial(values.graph, op, args, place))] as const],
      );
  }
}

/** d Π/d factor_i = Π_{j<i} · Π_{j>i} */
function slopesOfProduct(factors: readonly Expr[], balls: readonly Ball[]): Slopes {
  const after: Ball[] = [one];
  for (let place = balls.length - 1; place > 0; place -= 1)
    after.push(multiply(balls[place]!, after.at(-1)!));
  let before = one;
  return factors.map((factor, place) => {
    const slope = multiply(before, after[factors.length - 1 - place]!);
    before = multiply(before, balls[place]!);
    return [factor, slope];
  });
}

/** d u^v = v u^(v−1) du + u^v ln u dv */
function slopesOfPower(values: Values, base: Expr, exponent: Expr): Slopes {
  const [u, v] = [values.ball(base), values.ball(exponent)];
  const byBase = [base, multiply(v, power(u, subtract(v, one)))] as const;
  if (isNumber(exponent)) return [byBase];
  return [byBase, [exponent, multiply(power(u, v), log(u))]];
}

function slopesOfDerivative(values: Values, node: DerivativeExpr): Slopes {
  const spelled = values.spelled(node);
  return spelled ? [[spelled, one]] : symbolsOf(node.of).map((symbol) => [symbol, nothing]);
}

function slopesOfComponent(values: Values, node: ComponentExpr): Slopes {
  const { graph } = values;
  const entry = (index: number | string): Expr => graph.component(node.op, node.args, index);
  return node.args.map((arg, place) => [
    arg,
    values.ball(vectorPartial(graph, node.op, node.at, place + 1, entry)),
  ]);
}

/** Σ of what the partials have in common with another map of derivatives: Σ_s du/ds · ds/dv. */
export function chained(partials: Partials, total: (symbol: SymbolExpr) => Ball): Ball {
  let sum = zero;
  for (const [symbol, partial] of partials) sum = add(sum, multiply(partial, total(symbol)));
  return sum;
}
