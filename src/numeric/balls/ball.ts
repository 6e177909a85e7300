// Balls: a number known to lie within `radius` of hi + lo. Every operation answers with a ball that holds all results
// of the numbers in its arguments, rounding included; no value at all (a pole, an undecided kink) is `nothing`.
//
//   a + b:  r_a + r_b + u|m|          a / b:  (r_a + |q| r_b) / (|b| − r_b) + u|m|
//   a · b:  |a| r_b + |b| r_a + r_a r_b + u|m|
//
// (Arithmetic on midpoints and radii: Rump 1999, BIT 39, p. 534; Johansson 2017, IEEE Trans. Comput. 66, p. 1281.)
import type { Rational } from "../../expression/rational.ts";
import { over, plus, times } from "./double-double.ts";

export interface Ball {
  readonly hi: number;
  readonly lo: number;
  /** A bound on |hi + lo − the number|; not finite where there is no value. */
  readonly radius: number;
}

/** Relative error of one operation: the proven 15 · 2^−106 with room to spare. */
const unit = 2 ** -98;

/** Radii are doubles themselves: each is rounded a few times, which this makes up for. */
const roundedUp = 1 + 2 ** -49;

/** |hi| times this is at most |hi + lo|. */
const roundedDown = 1 - 2 ** -52;

/** Below this size of a product its exact rest may have left the range of doubles; the loss is below `lost`. */
const smallest = 2 ** -900;
const lost = 2 ** -960;

/** Beyond this size splitting a factor overflows. */
const largest = 2 ** 990;

export const nothing: Ball = { hi: Number.NaN, lo: 0, radius: Number.POSITIVE_INFINITY };

export function ball(hi: number, lo: number, radius: number): Ball {
  return Math.abs(hi) < largest && radius < largest ? { hi, lo, radius } : nothing;
}

/** A double as it is, exactly. */
export function exactly(value: number): Ball {
  return ball(value, 0, 0);
}

export const zero = exactly(0);
export const one = exactly(1);

/** No value: every comparison with it is false. */
export function isNothing(a: Ball): boolean {
  return Number.isNaN(a.hi);
}

/** Exactly 0, whatever it is multiplied by. */
export function isZero(a: Ball): boolean {
  return a.hi === 0 && a.radius === 0;
}

/** The sign of every number in the ball: 0 only for exactly 0, nothing where they differ. */
export function signOf(a: Ball): 1 | -1 | 0 | undefined {
  if (a.hi > a.radius) return 1;
  if (-a.hi > a.radius) return -1;
  return isZero(a) ? 0 : undefined;
}

export function negative(a: Ball): Ball {
  return { hi: -a.hi, lo: -a.lo, radius: a.radius };
}

export function add(a: Ball, b: Ball): Ball {
  const { hi, lo } = plus(a.hi, a.lo, b.hi, b.lo);
  if (a.radius === 0 && b.radius === 0 && a.lo === 0 && b.lo === 0) return ball(hi, lo, 0);
  return ball(hi, lo, (a.radius + b.radius + unit * Math.abs(hi)) * roundedUp);
}

export function subtract(a: Ball, b: Ball): Ball {
  return add(a, negative(b));
}

export function multiply(a: Ball, b: Ball): Ball {
  if (isZero(a) || isZero(b)) return isNothing(a) || isNothing(b) ? nothing : zero;
  const { hi, lo } = times(a.hi, a.lo, b.hi, b.lo);
  const size = Math.abs(hi);
  const spread = Math.abs(a.hi) * b.radius + Math.abs(b.hi) * a.radius + a.radius * b.radius;
  if (size < smallest) return ball(hi, lo, spread * roundedUp + lost);
  if (spread === 0 && a.lo === 0 && b.lo === 0) return ball(hi, lo, 0);
  return ball(hi, lo, (spread * roundedUp + unit * size) * roundedUp);
}

export function divide(a: Ball, b: Ball): Ball {
  const distance = Math.abs(b.hi) * roundedDown - b.radius;
  if (!(distance > 0) || isNothing(a)) return nothing;
  if (isZero(a)) return zero;
  const { hi, lo } = over(a.hi, a.lo, b.hi, b.lo);
  const size = Math.abs(hi);
  const spread = (a.radius + size * b.radius) / distance;
  return ball(hi, lo, (spread + unit * size) * roundedUp + (size < smallest ? lost : 0));
}

/** A ball around the same midpoint with a radius that is larger by `more`. */
export function widened(a: Ball, more: number): Ball {
  return ball(a.hi, a.lo, (a.radius + more) * roundedUp);
}

/** The ball of an exact fraction: radius 0 where two doubles hold it. */
export function fromRational({ numerator, denominator }: Rational): Ball {
  const top = Number(numerator);
  const bottom = Number(denominator);
  if (!Number.isSafeInteger(top) || !Number.isSafeInteger(bottom)) return fromLarge(numerator, denominator);
  if (bottom === 1) return exactly(top);
  const { hi, lo } = over(top, 0, bottom, 0);
  return ball(hi, lo, isPowerOfTwo(denominator) ? 0 : unit * Math.abs(hi));
}

/** Bits of a large fraction that are kept: two doubles and some to spare. */
const keptBits = 118;

function fromLarge(numerator: bigint, denominator: bigint): Ball {
  const size = numerator < 0n ? -numerator : numerator;
  const shift = BigInt(keptBits - (bitLength(size) - bitLength(denominator)));
  const digits = shift >= 0n ? (size << shift) / denominator : size / (denominator << -shift);
  const hi = Number(digits);
  const lo = Number(digits - BigInt(hi));
  const scale = 2 ** Number(-shift);
  if (hi * scale < smallest) return numerator === 0n ? zero : nothing;
  const sign = numerator < 0n ? -1 : 1;
  return ball(sign * hi * scale, sign * lo * scale, unit * hi * scale);
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

function isPowerOfTwo(value: bigint): boolean {
  return (value & (value - 1n)) === 0n;
}
