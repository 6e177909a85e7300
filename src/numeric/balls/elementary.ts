// The functions that all others are made of, on balls: each bounds what the argument's radius can do to the result.
import {
  type Ball,
  ball,
  divide,
  exactly,
  isNothing,
  isZero,
  multiply,
  negative,
  nothing,
  one,
  signOf,
  subtract,
  widened,
  zero,
} from "./ball.ts";
import { largestAngle, sineAndCosine } from "./circle.ts";
import { over, times } from "./double-double.ts";
import { exponential, exponentialLessOne, logarithm } from "./exponential.ts";

/** Error of the series and tables, relative for e^x, absolute for ln, sin and cos; 2^8 times what was measured. */
const unit = 2 ** -94;

/** Beyond it e^x or e^−x leaves the range of doubles. */
const largestExponent = 600;

/** |e^(x+d) − e^x| ≤ e^x (e^|d| − 1) */
export function exp(x: Ball): Ball {
  if (!(Math.abs(x.hi) + x.radius < largestExponent)) return nothing;
  if (isZero(x)) return one;
  const { hi, lo } = exponential(x.hi, x.lo);
  return ball(hi, lo, hi * (Math.expm1(x.radius) + unit) * roundedUp);
}

/** Below this the difference e^x − 1 would lose more than ten bits. */
const smallArgument = 1 / 1000;

/** e^x − 1 */
export function expm1(x: Ball): Ball {
  if (isZero(x)) return zero;
  if (!(Math.abs(x.hi) + x.radius < smallArgument)) return subtract(exp(x), one);
  const { hi, lo } = exponentialLessOne(x.hi, x.lo);
  return ball(hi, lo, (x.radius * 1.01 + unit * Math.abs(hi)) * roundedUp);
}

/** |ln(x+d) − ln x| ≤ |d| / (x − |d|) */
export function log(x: Ball): Ball {
  const least = x.hi * roundedDown - x.radius;
  if (!(least > 0)) return nothing;
  if (isOne(x)) return zero;
  const { hi, lo } = logarithm(x.hi, x.lo);
  return ball(hi, lo, (x.radius / least + unit * (1 + Math.abs(hi))) * roundedUp);
}

/** √x = s + (x − s²)/(2s) with s = √hi (Karp and Markstein 1997); |√(x+d) − √x| ≤ |d| / √(x − |d|) */
export function sqrt(x: Ball): Ball {
  if (isZero(x)) return zero;
  const least = x.hi * roundedDown - x.radius;
  if (!(least > 0)) return nothing;
  const root = Math.sqrt(x.hi);
  const square = times(root, 0, root, 0);
  const rest = x.hi - square.hi + (x.lo - square.lo);
  const { hi, lo } = over(rest, 0, 2 * root, 0);
  const sum = root + hi;
  const exactSquare = x.radius === 0 && x.hi === square.hi && x.lo === square.lo;
  const radius = exactSquare ? 0 : (x.radius / Math.sqrt(least) + unit * root) * roundedUp;
  return ball(sum, hi - (sum - root) + lo, radius);
}

export function sin(x: Ball): Ball {
  if (isZero(x)) return zero;
  if (!(Math.abs(x.hi) < largestAngle)) return nothing;
  const { hi, lo } = sineAndCosine(x.hi, x.lo).sine;
  return ball(hi, lo, (x.radius + unit) * roundedUp);
}

export function cos(x: Ball): Ball {
  if (isZero(x)) return one;
  if (!(Math.abs(x.hi) < largestAngle)) return nothing;
  const { hi, lo } = sineAndCosine(x.hi, x.lo).cosine;
  return ball(hi, lo, (x.radius + unit) * roundedUp);
}

/** x^n by squaring, n a whole number. */
export function wholePower(x: Ball, exponent: number): Ball {
  if (exponent < 0) return divide(one, wholePower(x, -exponent));
  let result = one;
  let power = x;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, power);
    if (rest > 1) power = multiply(power, power);
  }
  return result;
}

/** x^y: whole powers of any number, others of positive numbers only, e^(y ln x); 0^y = 0 for positive y. */
export function power(x: Ball, y: Ball): Ball {
  if (isNothing(x) || isNothing(y)) return nothing;
  if (y.radius === 0 && y.lo === 0) {
    if (Number.isInteger(y.hi)) return wholePower(x, y.hi);
    if (Number.isInteger(2 * y.hi)) return wholePower(sqrt(x), 2 * y.hi);
  }
  if (isZero(x)) return signOf(y) === 1 ? zero : nothing;
  return exp(multiply(y, log(x)));
}

/** |x|; where the sign is open, all of 0 … |x| + r. */
export function abs(x: Ball): Ball {
  const sign = signOf(x);
  if (sign === undefined) return isNothing(x) ? nothing : upTo((Math.abs(x.hi) + x.radius) * roundedUp);
  return sign < 0 ? negative(x) : x;
}

/** The larger of both; where that is open, one of them with room for the other: x ≤ max(x, y) ≤ x + |x − y|. */
export function max(x: Ball, y: Ball): Ball {
  if (isNothing(x) || isNothing(y)) return nothing;
  const difference = subtract(x, y);
  const sign = signOf(difference);
  if (sign !== undefined) return sign >= 0 ? x : y;
  return widened(x, Math.abs(difference.hi) + difference.radius);
}

export function min(x: Ball, y: Ball): Ball {
  return negative(max(negative(x), negative(y)));
}

/** +1, 0 or −1; nothing where the ball straddles 0. */
export function sign(x: Ball): Ball {
  const known = signOf(x);
  return known === undefined ? nothing : exactly(known);
}

/** 1 for positive numbers, else 0. */
export function step(x: Ball): Ball {
  const known = signOf(x);
  return known === undefined ? nothing : exactly(known > 0 ? 1 : 0);
}

/** The ball of all numbers from 0 to a bound. */
function upTo(bound: number): Ball {
  return ball(bound / 2, 0, (bound / 2) * roundedUp);
}

function isOne(x: Ball): boolean {
  return x.hi === 1 && x.lo === 0 && x.radius === 0;
}

const roundedUp = 1 + 2 ** -49;
const roundedDown = 1 - 2 ** -52;
