// Named identities that numbers need where digits would be lost or infinities meet; each holds for all real u.
//
//   1 - σ(u) = σ(-u)              1 - tanh²(u) = 4 σ(2u) σ(-2u)      1 - p_k = Σ_{j≠k} p_j  for a softmax p
//   ln σ(u) = -softplus(-u)       ln(1 - σ(u)) = -softplus(u)        ln p_k = logsoftmax(u)_k
//   1 - e^u = -expm1(u)           ln(1 + e^u) = softplus(u)          elu(u) + α = α e^u  for u ≤ 0
//   1 - tanh(u) = 2 σ(-2u)        1 + tanh(u) = 2 σ(2u)
//   σ(u) - t = (1 - t) σ(u) - t σ(-u)       softplus(u) - t u = (1 - t) softplus(u) + t softplus(-u)
//
// (Higham 2002, section 1.7: rewrite rather than subtract nearly equal numbers.)
import { add, factorsOf, isPower, isSum, isWhole, mul, negate } from "../expression/build.ts";
import type { ComponentExpr, Expr, Index, SymbolExpr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { isOwn, ownValue } from "../expression/own.ts";
import { keepSum, open, rewrite } from "../expression/rewrite.ts";
import { primitive } from "../primitives/index.ts";
import type { Operation } from "../primitives/primitive.ts";

const spelling = { latex: "", plain: "", speech: { en: "", de: "" } };

/** e^u - 1 without cancellation near 0. */
const expm1: Operation = { name: "expm1", kind: "scalar", primed: false, spelling, value: Math.expm1 };

/** Below this a difference from 1 has lost more than two digits, and its other spelling is used. */
export const cancelled = 0.01;

/** The first argument where it is no small difference, else the second, which says the same without cancelling. */
export const guarded: Operation = {
  name: "guarded",
  kind: "scalar",
  primed: false,
  spelling,
  value: (direct, stable) => (Math.abs(direct!) > cancelled ? direct! : stable!),
};

/** The same expression spelled for numbers: own formulas written out, every identity above put to use. */
export function stabilise(graph: Graph, expr: Expr): Expr {
  const spell = (node: Expr): Expr | undefined => {
    if (node.kind === "apply" && isOwn(node.op) && node.slot === undefined) {
      return stabilise(graph, ownValue(graph, node.op, node.args[0]!));
    }
    if (isSum(node) && node.args.length === 2) return difference(graph, node.args[0]!, node.args[1]!);
    if (node.kind === "apply" && node.op === primitive("log")) return logarithm(graph, node.args[0]!);
    return undefined;
  };
  return rewrite(graph, expr, spell, keepSum);
}

/** 1 - u or [j = k] - u, either way round, where u is known to cancel. */
function difference(graph: Graph, first: Expr, second: Expr): Expr | undefined {
  const orders = [
    [first, second],
    [second, first],
  ] as const;
  for (const [kept, taken] of orders) {
    const found = subtracted(graph, kept, negate(graph, taken)) ?? exponentialTail(graph, kept, taken);
    if (found) return found;
  }
  for (const [kept, taken] of orders) {
    const found = subtracted(graph, negate(graph, kept), taken);
    if (found) return negate(graph, found);
  }
  return fromTarget(graph, first, second) ?? fromTarget(graph, second, first);
}

/** f - t r as (1 - t) f + t (f - r) for a target t between 0 and 1, where f - r is known: both terms are positive. */
function fromTarget(graph: Graph, value: Expr, taken: Expr): Expr | undefined {
  const factors = factorsOf(negate(graph, taken));
  const target = factors.find((factor) => factor.kind === "symbol" && factor.quantity.role === "target");
  if (!target) return undefined;
  const others = mul(
    graph,
    factors.filter((factor) => factor !== target),
  );
  const rest = restOf(graph, value, others);
  if (!rest) return undefined;
  const missed = add(graph, [graph.number(1), negate(graph, target)]);
  const shared = add(graph, [mul(graph, [missed, value]), mul(graph, [target, rest])]);
  return graph.apply(guarded, [add(graph, [value, taken]), shared]);
}

/** σ(u) - 1 = -σ(-u), softplus(u) - u = softplus(-u). */
function restOf(graph: Graph, value: Expr, taken: Expr): Expr | undefined {
  const left = (name: string, u: Expr): Expr => graph.apply(primitive(name), [negate(graph, u)]);
  const logit = argumentOf(graph, "sigmoid", value);
  if (logit && isWhole(taken, 1)) return negate(graph, left("sigmoid", logit));
  const argument = argumentOf(graph, "softplus", value);
  return argument && argument === taken ? left("softplus", argument) : undefined;
}

/** kept - taken. */
function subtracted(graph: Graph, kept: Expr, taken: Expr): Expr | undefined {
  if (isWhole(kept, 1)) return complement(graph, taken);
  return kept.kind === "same" ? entryDifference(graph, kept, taken) : undefined;
}

/** [j = k] - u as [j = k] (1 - u) - (1 - [j = k]) u. */
function entryDifference(graph: Graph, same: Expr, taken: Expr): Expr | undefined {
  const rest = complement(graph, taken);
  if (!rest) return undefined;
  const other = add(graph, [graph.number(1), negate(graph, same)]);
  return add(graph, [mul(graph, [same, rest]), negate(graph, mul(graph, [other, taken]))]);
}

/** 1 - u without cancellation, for the functions whose outputs come close to 1. */
function complement(graph: Graph, u: Expr): Expr | undefined {
  const direct = add(graph, [graph.number(1), negate(graph, u)]);
  const other = otherSpelling(graph, u);
  return other && graph.apply(guarded, [direct, other]);
}

function otherSpelling(graph: Graph, u: Expr): Expr | undefined {
  const sigmoid = (argument: Expr): Expr => graph.apply(primitive("sigmoid"), [argument]);
  const squared = isPower(u) && isWhole(u.args[1]!, 2) ? argumentOf(graph, "tanh", u.args[0]!) : undefined;
  if (squared) {
    const twice = mul(graph, [graph.number(2), squared]);
    return mul(graph, [graph.number(4), sigmoid(twice), sigmoid(negate(graph, twice))]);
  }
  const right = argumentOf(graph, "tanh", u);
  if (right) return mul(graph, [graph.number(2), sigmoid(mul(graph, [graph.number(-2), right]))]);
  const left = argumentOf(graph, "tanh", negate(graph, u));
  if (left) return mul(graph, [graph.number(2), sigmoid(mul(graph, [graph.number(2), left]))]);
  const inner = argumentOf(graph, "sigmoid", u);
  if (inner) return sigmoid(negate(graph, inner));
  if (u.kind === "apply" && u.op === primitive("exp")) return negate(graph, graph.apply(expm1, [u.args[0]!]));
  return othersOf(graph, u);
}

/** Σ_{j≠k} p_j for an output p_k of a softmax. */
function othersOf(graph: Graph, u: Expr): Expr | undefined {
  const { component, at } = componentBehind(graph, u) ?? {};
  if (!component || component.op !== primitive("softmax")) return undefined;
  const output = (index: Index): Expr => withIndex(graph, u, component, index);
  if (component.over === undefined) {
    return add(
      graph,
      component.args.flatMap((_, position) => (position + 1 === at ? [] : [output(position + 1)])),
    );
  }
  const letter = graph.freshLetter();
  const notThis = add(graph, [graph.number(1), negate(graph, graph.same(letter, at!))]);
  return graph.sum(component.over, letter, mul(graph, [notThis, output(letter)]));
}

/** The output beside `u` at another index: the same quantity where u is one, else the function again. */
function withIndex(graph: Graph, u: Expr, component: ComponentExpr, index: Index): Expr {
  if (u.kind === "symbol" && u.indices.length > 0) return graph.symbol(u.quantity, [index]);
  if (component.over === undefined) return graph.component(component.op, component.args, index);
  const { letter, body } = open(graph, component.index!, component.args[0]!);
  return graph.componentOver(component.op, component.over, letter, body, index);
}

/** ln u where u comes close to 0 or 1. */
function logarithm(graph: Graph, u: Expr): Expr | undefined {
  const softplus = (argument: Expr): Expr => graph.apply(primitive("softplus"), [argument]);
  const inner = argumentOf(graph, "sigmoid", u);
  if (inner) return negate(graph, softplus(negate(graph, inner)));
  if (u.kind === "apply" && u.op === guarded) {
    const other = argumentOf(graph, "sigmoid", u.args[1]!);
    if (other) return negate(graph, softplus(negate(graph, other)));
  }
  if (isSum(u) && u.args.length === 2 && u.args.some((term) => isWhole(term, 1))) {
    const term = u.args.find((candidate) => !isWhole(candidate, 1));
    if (term?.kind === "apply" && term.op === primitive("exp")) return softplus(term.args[0]!);
  }
  return logOfSoftmax(graph, u);
}

function logOfSoftmax(graph: Graph, u: Expr): Expr | undefined {
  const { component, at } = componentBehind(graph, u) ?? {};
  if (!component || component.op !== primitive("softmax")) return undefined;
  const logSoftmax = primitive("log-softmax");
  if (component.over === undefined) return graph.component(logSoftmax, component.args, at!);
  const { letter, body } = open(graph, component.index!, component.args[0]!);
  return graph.componentOver(logSoftmax, component.over, letter, body, at!);
}

/** elu(u) + α and selu(u) + λα, used only where u ≤ 0: the exponential that is left. */
function exponentialTail(graph: Graph, value: Expr, constant: Expr): Expr | undefined {
  for (const [name, scale] of exponentialTails) {
    const definition = definitionOf(graph, value);
    if (definition?.kind !== "apply" || definition.op !== primitive(name) || definition.slot !== undefined)
      continue;
    const factor = mul(graph, scale(definition.args));
    if (factor !== constant) continue;
    const negativePart = graph.apply(primitive("min"), [definition.args[0]!, graph.number(0)]);
    return mul(graph, [factor, graph.apply(primitive("exp"), [negativePart])]);
  }
  return undefined;
}

/** The functions that end in constant · (e^u - 1) on the left, and that constant of their arguments. */
const exponentialTails: readonly (readonly [string, (args: readonly Expr[]) => readonly Expr[]])[] = [
  ["elu", (args) => [args[1]!]],
  ["selu", (args) => [args[1]!, args[2]!]],
];

/** The argument u when the expression is the catalogue function `name` of u, or a quantity defined so. */
function argumentOf(graph: Graph, name: string, expr: Expr): Expr | undefined {
  const definition = definitionOf(graph, expr);
  return definition?.kind === "apply" && definition.op === primitive(name) && definition.slot === undefined
    ? definition.args[0]
    : undefined;
}

/** The vector function behind an output, and which output it is. */
function componentBehind(graph: Graph, expr: Expr): { component: ComponentExpr; at: Index } | undefined {
  const definition = definitionOf(graph, expr);
  return definition?.kind === "component" ? { component: definition, at: definition.at } : undefined;
}

/** A symbol's definition with its indices put in; any other expression is its own. */
function definitionOf(graph: Graph, expr: Expr): Expr | undefined {
  return expr.kind === "symbol" ? definitionOfSymbol(graph, expr) : expr;
}

function definitionOfSymbol(graph: Graph, { quantity, indices }: SymbolExpr): Expr | undefined {
  const { define, formals } = quantity;
  if (!define || formals.length === 0) return define;
  return graph.rename(define, new Map(formals.map((formal, axis) => [formal, indices[axis]!])));
}
