// The value of every function of the catalogue as a ball: the rows of `primitives` by name.
import { rational } from "../../expression/rational.ts";
import type { Operation } from "../../primitives/primitive.ts";
import {
  add,
  type Ball,
  ball,
  divide,
  exactly,
  fromRational,
  isNothing,
  multiply,
  negative,
  nothing,
  one,
  signOf,
  subtract,
  widened,
  zero,
} from "./ball.ts";
import { abs, cos, exp, expm1, log, max, min, sign, sin, sqrt, step } from "./elementary.ts";
import { normalDensity, normalDistribution } from "./normal.ts";

/** The value of a function of one or more numbers. */
type Value = (...args: readonly Ball[]) => Ball;

const two = exactly(2);
const half = exactly(0.5);

/**
 * f at the middle, and how far f moves over the ball: at most `slope`, a bound on |f′| there, times the radius.
 * Formulas in which the argument stands twice would count its radius twice.
 */
function moved(x: Ball, f: (middle: Ball) => Ball, slope: number): Ball {
  if (x.radius === 0) return f(x);
  return widened(f(ball(x.hi, x.lo, 0)), x.radius * slope);
}

/** The smallest |x| in the ball, with room for its own rounding. */
function nearest(x: Ball): number {
  return Math.max(0, Math.abs(x.hi) * (1 - 2 ** -50) - x.radius);
}

/** 1 / (1 + e^−x); |σ′| ≤ min(1/4, e^−|x|) */
function sigmoid(x: Ball): Ball {
  const slope = Math.min(0.25, Math.exp(-nearest(x)) * (1 + 2 ** -50));
  return moved(x, (middle) => divide(one, add(one, exp(negative(middle)))), slope);
}

/** (e^2x − 1) / (e^2x + 1), the numerator without cancellation near 0; |tanh′| ≤ min(1, 4 e^−2|x|) */
function tanh(x: Ball): Ball {
  const slope = Math.min(1, 4 * Math.exp(-2 * nearest(x)) * (1 + 2 ** -50));
  return moved(x, middleTanh, slope);
}

function middleTanh(x: Ball): Ball {
  const grown = expm1(multiply(two, x));
  return divide(grown, add(grown, two));
}

/** ln(1 + e^x) = max(x, 0) + ln(1 + e^−|x|); its derivative is at most 1. */
function softplus(x: Ball): Ball {
  return moved(x, middleSoftplus, 1);
}

function middleSoftplus(x: Ball): Ball {
  return x.hi > 0 ? add(x, log(add(one, exp(negative(x))))) : log(add(one, exp(x)));
}

/** Whichever case the sign of the condition decides; 0 belongs to the second. */
function cases(condition: Ball, above: () => Ball, below: () => Ball): Ball {
  const known = signOf(condition);
  if (known === undefined) return nothing;
  return known > 0 ? above() : below();
}

function elu(x: Ball, alpha: Ball): Ball {
  return cases(
    x,
    () => x,
    () => multiply(alpha, expm1(x)),
  );
}

const cubic = fromRational(rational(44715n, 1000000n));
/** √(2/π) as the row writes it. */
const scale = fromRational(rational(7978845608028654n, 10n ** 16n));

/** x σ(2u) with u = √(2/π) (x + 0.044715 x³) */
function geluTanh(x: Ball): Ball {
  const inner = add(x, multiply(cubic, multiply(x, multiply(x, x))));
  return multiply(x, sigmoid(multiply(two, multiply(scale, inner))));
}

function huber(x: Ball, delta: Ball): Ball {
  const size = abs(x);
  return cases(
    subtract(size, delta),
    () => multiply(delta, subtract(size, multiply(half, delta))),
    () => multiply(half, multiply(x, x)),
  );
}

const values: Readonly<Record<string, Value>> = {
  exp,
  log,
  sqrt,
  sin,
  cos,
  tan: (x) => divide(sin(x), cos(x)),
  abs,
  max,
  min,
  sign,
  step,
  "positive-part": (x) => max(x, zero),
  piecewise: (condition, above, below) =>
    cases(
      condition,
      () => above,
      () => below,
    ),
  clip: (x, low, high) => min(max(x, low), high),
  huber,
  "normal-cdf": normalDistribution,
  "normal-pdf": normalDensity,
  identity: (x) => x,
  sigmoid,
  tanh,
  relu: (x) => max(x, zero),
  "leaky-relu": (x, alpha) =>
    cases(
      x,
      () => x,
      () => multiply(alpha, x),
    ),
  elu,
  selu: (x, lambda, alpha) => multiply(lambda, elu(x, alpha)),
  softplus,
  softsign: (x) => divide(x, add(one, abs(x))),
  gelu: (x) => multiply(x, normalDistribution(x)),
  "gelu-tanh": geluTanh,
  silu: (x) => multiply(x, sigmoid(x)),
  mish: (x) => multiply(x, tanh(softplus(x))),
};

/** e^(x_k − m) for all k, m the largest midpoint. */
function exponentials(args: readonly Ball[]): { largest: Ball; powers: readonly Ball[]; sum: Ball } {
  const largest = args.reduce((first, second) => (second.hi > first.hi ? second : first));
  const shift = exactly(largest.hi);
  const powers = args.map((arg) => exp(subtract(arg, shift)));
  return { largest: shift, powers, sum: powers.reduce(add, zero) };
}

const vectorValues: Readonly<Record<string, (args: readonly Ball[]) => readonly Ball[]>> = {
  softmax: (args) => {
    // One unit alone has all of it.
    if (args.length === 1) return args.map((arg) => (isNothing(arg) ? nothing : one));
    const { powers, sum } = exponentials(args);
    return powers.map((power) => divide(power, sum));
  },
  "log-softmax": (args) => {
    if (args.length === 1) return args.map((arg) => (isNothing(arg) ? nothing : zero));
    const { largest, sum } = exponentials(args);
    const rest = log(sum);
    return args.map((arg) => subtract(subtract(arg, largest), rest));
  },
};

/** The value of a catalogue function of numbers; `nothing` at a pole, outside its domain or on an open kink. */
export function functionValue(op: Operation, args: readonly Ball[]): Ball {
  return values[op.name]!(...(args as readonly [Ball, Ball, Ball]));
}

/** All outputs of a catalogue function of a whole layer. */
export function layerValues(op: Operation, args: readonly Ball[]): readonly Ball[] {
  return vectorValues[op.name]!(args);
}
