// Whether numbers are good to calculate with: nothing saturates, nothing cancels, no error is lost on its way back.
import type { ScalarGraph, ScalarNode } from "../derivative/scalar.ts";
import { termsOf } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { World } from "../grading/world.ts";
import { isNothing } from "../numeric/balls/ball.ts";

/** Forward values between these sizes are easy to write and to compare. */
const smallestValue = 0.01;
const largestValue = 20;

/** A flatter activation lets no error through: σ′ is 0.25 at its steepest and 0.105 at z = ±2. */
const flattest = 0.1;

/** Outputs of a softmax keep this far from 0 and 1. */
const surest = 0.05;

/** A residual below this loses most of its digits when outputs are rounded. */
const smallestResidual = 0.05;

/** Terms may be so many times larger than their sum: one digit is lost at most. */
const mostCancelled = 10;

/** The number of an expression; NaN where it has none. */
export function numberAt(world: World, expr: Expr): number {
  const ball = world.ball(expr);
  return isNothing(ball) ? Number.NaN : ball.hi;
}

/** What is asked of numbers besides what the network says. */
export interface Demands {
  /** The nodes between the loss and what is derived by. */
  readonly asked: ReadonlySet<ScalarNode>;
  /** A class whose target is 0 has no part in the loss, and so no error. */
  readonly oneHot: boolean;
}

/**
 * Whether everything between the inputs and the loss is of a handy size, and no error gets lost on the ways that are asked
 * for. Beside them a rectifier may be off.
 */
export function isWellConditioned(
  world: World,
  { nodes, loss }: ScalarGraph,
  { asked, oneHot }: Demands,
): boolean {
  return nodes.every((node) => {
    if (node === loss) return passesErrors(world, node, oneHot);
    if (!asked.has(node) && isOff(world, node)) return true;
    const isFit = hasHandyValue(world, node) && passesErrors(world, node, oneHot);
    return isFit && (!asked.has(node) || keepsItsError(world, node, loss));
  });
}

/** A unit with a negative pre-activation behind relu. */
function isOff(world: World, { uses, symbol }: ScalarNode): boolean {
  return (
    numberAt(world, symbol) === 0 &&
    uses.some(({ rule, factor }) => rule === "activation" && numberAt(world, factor) === 0)
  );
}

function hasHandyValue(world: World, { symbol }: ScalarNode): boolean {
  const value = numberAt(world, symbol);
  const definition = world.wiring.definition(symbol);
  if (!definition) return Number.isFinite(value);
  if (isLossPart(symbol.quantity.role)) return Number.isFinite(value);
  const terms = termsOf(definition).map((term) => numberAt(world, term));
  const size = Math.abs(value);
  return size >= smallestValue && size <= largestValue && !cancels(terms);
}

const isLossPart = (role: string): boolean => role === "loss" || role === "outputLoss" || role === "penalty";

/** The slopes of activations, and the residuals at the loss. */
function passesErrors(world: World, { uses, symbol }: ScalarNode, oneHot: boolean): boolean {
  return uses.every(({ rule, factor, by }) => {
    const size = Math.abs(numberAt(world, factor));
    if (oneHot && size === 0 && isLossPart(symbol.quantity.role)) return true;
    if (rule === "softmax") {
      const output = numberAt(world, symbol);
      return output > surest && output < 1 - surest;
    }
    if (rule === "activation") return size >= flattest;
    return (
      isLossPart(by.symbol.quantity.role) || !isLossPart(symbol.quantity.role) || size >= smallestResidual
    );
  });
}

/** The errors that come together at a node do not cancel. */
function keepsItsError(world: World, node: ScalarNode, loss: ScalarNode): boolean {
  const parts = node.users.map(
    ({ of, factor }) => world.total(loss.symbol, of.symbol).hi * numberAt(world, factor),
  );
  return !cancels(parts);
}

function cancels(terms: readonly number[]): boolean {
  if (terms.length < 2) return false;
  const sizes = terms.reduce((total, term) => total + Math.abs(term), 0);
  return Math.abs(terms.reduce((total, term) => total + term, 0)) * mostCancelled < sizes;
}
