// Whether drawn numbers make a good problem: nothing saturates or cancels, and every misconception is told by its number.
import type { ScalarNode } from "../derivative/scalar.ts";
import { termsOf } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { World } from "../grading/world.ts";
import { isNothing } from "../numeric/balls/ball.ts";
import type { Question } from "./alternatives.ts";

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

/** A smaller derivative is written with a power of ten. */
const smallestDerivative = 1e-4;

/** Two answers lie further apart than this many of the largest units that the last digit can have. */
const unitsApart = 2;

/** The number of an expression; NaN where it has none. */
export function numberAt(world: World, expr: Expr): number {
  const ball = world.ball(expr);
  return isNothing(ball) ? Number.NaN : ball.hi;
}

/** Whether everything between the inputs and the loss is of a handy size, and no error gets lost on its way back. */
export function isWellConditioned(world: World, nodes: readonly ScalarNode[], loss: ScalarNode): boolean {
  return nodes.every((node) => {
    if (node === loss) return passesErrors(world, node);
    return hasHandyValue(world, node) && passesErrors(world, node) && keepsItsError(world, node, loss);
  });
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
function passesErrors(world: World, { uses, symbol }: ScalarNode): boolean {
  return uses.every(({ rule, factor, by }) => {
    const size = Math.abs(numberAt(world, factor));
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

/** Whether the truth and all alternatives are different numbers when they are written with so many digits. */
export function tellsApart(world: World, { truth, alternatives }: Question, digits: number): boolean {
  const right = numberAt(world, truth);
  const apart = unitsApart * 10 ** (1 - digits);
  if (!(Math.abs(right) >= smallestDerivative) || endsInZero(right, digits)) return false;
  const sorted = [right, ...alternatives.map(({ formula }) => numberAt(world, formula))].sort(
    (left, other) => left - other,
  );
  return sorted.every((value, position) => {
    if (!Number.isFinite(value)) return false;
    const next = sorted[position + 1];
    return next === undefined || next - value > apart * Math.max(Math.abs(next), Math.abs(value));
  });
}

/** A rounded number drops zeros at its end, and would seem to have fewer digits than were asked for; exact ones may. */
function endsInZero(value: number, digits: number): boolean {
  const rounded = value.toExponential(digits - 1);
  const isExact = Math.abs(Number(rounded) - value) <= exactness * Math.abs(value);
  return rounded.split("e")[0]!.endsWith("0") && !isExact;
}

/** Relative error of a double that a short decimal was computed to. */
const exactness = 1e-13;
