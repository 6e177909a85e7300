// The indexed form: the general statements of a layered network, one line each, with free and bound indices.
//
//   δ_j = ∂E/∂a_j = Σ_k ∂E/∂a_k ∂a_k/∂a_j = h'(a_j) Σ_k w_kj δ_k        (Bishop 2006, eq. 5.55 and 5.56)
import type { Adjoints, Differentiated } from "../derivative/adjoints.ts";
import { isStored } from "../derivative/adjoints.ts";
import { derivativeThrough } from "../derivative/through.ts";
import { cancel, shorten, workOut } from "../derivative/workout.ts";
import { isWhole, nodesOf } from "../expression/build.ts";
import type { Expr, Index, Quantity, SymbolExpr } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import { add as addition, multiply } from "../primitives/arithmetic.ts";
import type { EquationLine } from "./document.ts";
import { equality } from "./lines.ts";
import { overall } from "./samples.ts";

/** Where a line belongs: the four boxes of the algorithm. */
export type Box = "forward" | "error" | "backward" | "derivative";

export interface IndexedLine {
  readonly box: Box;
  /** What the line defines or derives, or what it derives by. */
  readonly about: Quantity;
  readonly layer?: number;
  readonly line: EquationLine;
  /** Every side of the line, for checks. */
  readonly sides: readonly Expr[];
}

/** All statements, forward pass first, then from the loss backwards. */
export function indexedLines(differentiated: Differentiated, adjoints: Adjoints): readonly IndexedLine[] {
  const { network } = differentiated;
  const forward = network.quantities.flatMap((quantity) =>
    quantity.define
      ? [statement("forward", quantity, "definition", [ownSymbol(differentiated, quantity), quantity.define])]
      : [],
  );
  const errors = adjoints.deltas.flatMap((delta) => deltaLines(differentiated, delta));
  const derivatives = [...adjoints.gradients].flatMap(([parameter, gradient]) =>
    gradientLines(differentiated, parameter, gradient),
  );
  return [...forward, ...errors, ...derivatives];
}

function ownSymbol({ network: { graph } }: Differentiated, quantity: Quantity): SymbolExpr {
  return graph.symbol(quantity, quantity.formals);
}

/** A line of a box: equal sides, without one that only repeats its neighbour. */
export function statement(box: Box, about: Quantity, rule: string, sides: readonly Expr[]): IndexedLine {
  const { layer, id } = about;
  const kept = sides.filter((side, position) => position === 0 || side !== sides[position - 1]);
  return {
    box,
    about,
    ...(layer !== undefined && { layer }),
    sides: kept,
    line: equality(kept, { rule, id: `${rule}-${id}` }),
  };
}

/** The definition of a δ; where it comes from later δ's also the chain rule and the middle line ∂a_k/∂a_j. */
function deltaLines(differentiated: Differentiated, delta: Quantity): readonly IndexedLine[] {
  const { network, fold } = differentiated;
  const { graph, targets } = network;
  const own = delta.adjointOf!;
  const symbol = graph.symbol(delta, delta.formals);
  const meaning = inert(differentiated, own, own.formals);
  const worked = shorten(graph, cancel(graph, workOut(graph, delta.define!, fold)), targets);
  const users = storedUsers(differentiated, own);
  if (users.length === 0)
    return [statement("error", delta, "delta", [symbol, meaning, delta.define!, worked])];
  const middle = users.map((user) => middleLine(differentiated, user, own));
  const chain = users.map((user) => inertChain(differentiated, user, own));
  const sum = chain.length === 1 ? chain[0]! : undefined;
  return [
    statement("backward", delta, "chain-rule", [meaning, ...(sum ? [sum] : []), delta.define!]),
    ...middle,
    statement("backward", delta, "delta", [symbol, delta.define!, worked]),
  ];
}

/** The most terms of a sum that are written out. */
const mostWrittenOut = 4;

/**
 * ∂E/∂a_j = ∂E/∂z_1 ∂z_1/∂a_j + ∂E/∂z_2 ∂z_2/∂a_j = Σ_k ∂E/∂z_k ∂z_k/∂a_j, for the activations of every hidden layer, or
 * for whatever vectors are asked for.
 */
export function passedOn(
  differentiated: Differentiated,
  isAsked = ({ role }: Quantity): boolean => role === "activation",
): readonly IndexedLine[] {
  const { network, active } = differentiated;
  const { graph } = network;
  return active
    .filter((quantity) => isAsked(quantity) && quantity.ranges.length > 0)
    .flatMap((quantity) => {
      const [user, ...others] = storedUsers(differentiated, quantity);
      if (!user || others.length > 0 || user.ranges.every((range) => range.size === 1)) return [];
      const own = ownSymbol(differentiated, quantity);
      const over = inertChain(differentiated, user, quantity);
      const size = user.ranges.length === 1 ? user.ranges[0]!.size : undefined;
      const terms = (count: number): Expr =>
        graph.apply(
          addition,
          Array.from({ length: count }, (_, position) =>
            graph.apply(multiply, [
              inert(differentiated, user, [position + 1]),
              graph.derivative(graph.symbol(user, [position + 1]), own),
            ]),
          ),
        );
      const writtenOut = size !== undefined && size <= mostWrittenOut ? [terms(size)] : [];
      const left = inert(differentiated, quantity, quantity.formals);
      const box = network.parameters.includes(quantity) ? "derivative" : "backward";
      return [statement(box, quantity, "passed-on", [left, ...writtenOut, over])];
    });
}

/** The next quantities that store an adjoint and use this one directly or through unnamed ones. */
function storedUsers(differentiated: Differentiated, quantity: Quantity): readonly Quantity[] {
  const { uses } = differentiated;
  const found = new Set<Quantity>();
  const waiting = [quantity];
  for (const here of waiting) {
    for (const { of } of uses.get(here) ?? []) {
      if (isStored(of, uses.get(of) ?? [])) found.add(of);
      else waiting.push(of);
    }
  }
  return [...found];
}

/** ∂a_k/∂a_j = w_kj h'(a_j), for a k of the user's own. */
function middleLine(differentiated: Differentiated, user: Quantity, by: Quantity): IndexedLine {
  const { graph } = differentiated.network;
  const letters = user.formals.map(() => graph.freshLetter());
  const derivative = graph.derivative(graph.symbol(user, letters), ownSymbol(differentiated, by));
  return statement("backward", by, "middle", [
    derivative,
    derivativeThrough(differentiated, user, letters, by),
  ]);
}

/** Σ_k ∂E/∂a_k ∂a_k/∂a_j */
function inertChain(differentiated: Differentiated, user: Quantity, by: Quantity): Expr {
  const { graph } = differentiated.network;
  const letters = user.formals.map(() => graph.freshLetter());
  const factors = [
    inert(differentiated, user, letters),
    graph.derivative(graph.symbol(user, letters), ownSymbol(differentiated, by)),
  ];
  return user.ranges.reduceRight<Expr>(
    (body, range, axis) => graph.sum(range, letters[axis]!, body),
    graph.apply(multiply, factors),
  );
}

/** ∂E/∂q at its indices. */
function inert({ network: { graph, loss } }: Differentiated, quantity: Quantity, at: readonly Index[]): Expr {
  return graph.derivative(graph.symbol(loss), graph.symbol(quantity, at));
}

/** ∂E/∂w_ji = ∂E/∂z_j ∂z_j/∂w_ji = δ_j a_i, and the local derivative ∂z_j/∂w_ji = a_i by itself. */
function gradientLines(
  differentiated: Differentiated,
  parameter: Quantity,
  gradient: Expr,
): readonly IndexedLine[] {
  const { graph } = differentiated.network;
  const meaning = inert(differentiated, parameter, parameter.formals);
  const [user] = storedUsers(differentiated, parameter);
  const single = user && user.formals.length === 1 && parameter.ranges[0] === user.ranges[0];
  if (!single) return [statement("derivative", parameter, "gradient", [meaning, gradient])];
  const at = parameter.formals.slice(0, 1);
  const local = derivativeThrough(differentiated, user, at, parameter);
  const localDerivative = graph.derivative(graph.symbol(user, at), ownSymbol(differentiated, parameter));
  const chain = graph.apply(multiply, [inert(differentiated, user, at), localDerivative]);
  const onlyPath = !mentionsRole(gradient, "penalty") && termCount(gradient) === 1;
  return [
    ...(isWhole(local, 1) || !onlyPath
      ? []
      : [statement("derivative", parameter, "local", [localDerivative, local])]),
    statement("derivative", parameter, "gradient", [meaning, ...(onlyPath ? [chain] : []), gradient]),
  ];
}

function termCount(expr: Expr): number {
  return expr.kind === "apply" && expr.op.kind === "sum" ? expr.args.length : 1;
}

function mentionsRole(expr: Expr, role: Quantity["role"]): boolean {
  return [...nodesOf(expr)].some((node) => node.kind === "symbol" && node.quantity.role === role);
}

/** E = (1/N) Σ_n E_n, and the same for the derivative by each of the parameters; nothing for a single sample. */
export function sampleLines(network: Network, parameters = network.parameters): readonly IndexedLine[] {
  const whole = overall(network);
  if (!whole) return [];
  const lossLine = statement("forward", network.loss, "samples", [whole.loss, ...whole.definitions]);
  const derivatives = parameters.map((parameter) => {
    const { symbol, definitions } = whole.derivative(network.graph.symbol(parameter, parameter.formals));
    return statement("derivative", parameter, "samples", [symbol, ...definitions]);
  });
  return [lossLine, ...derivatives];
}
