// The two arithmetics of the referee, each with its way of taking a derivative.
//
// Complex doubles: f'(x) = Im f(x + ih) / h, exact to rounding for analytic f   (Squire and Trapp 1998)
// 64-digit decimals: f'(x) = (f(x + h) − f(x − h)) / 2h, error h² f'''/6
//
// mathjs comes from its bundle: its thousand modules take a second to load one by one, the bundle a twentieth.
import type { BigNumber, Complex, MathJsInstance } from "mathjs";
import mathjs from "mathjs/lib/browser/math.js";
import { isWhole, type Rational, toNumber } from "../../expression/rational.ts";

export type Method = "complex-step" | "central-difference";

/** A number as given: a double stands for the shortest decimal that prints it. */
export type Given = Rational | number;

/** What the spellings of functions are written in; `real` parts decide on which side of a corner an argument is. */
export interface Field<N> {
  readonly method: Method;
  /** Decimal digits carried. */
  readonly digits: number;
  readonly number: (value: Given) => N;
  readonly add: (a: N, b: N) => N;
  readonly subtract: (a: N, b: N) => N;
  readonly multiply: (a: N, b: N) => N;
  readonly divide: (a: N, b: N) => N;
  readonly exp: (x: N) => N;
  /** Natural logarithm; not a number unless the real part is positive. */
  readonly log: (x: N) => N;
  /** Square root; not a number where the real part is negative. */
  readonly sqrt: (x: N) => N;
  readonly sin: (x: N) => N;
  readonly cos: (x: N) => N;
  readonly tan: (x: N) => N;
  readonly tanh: (x: N) => N;
  readonly isPositive: (x: N) => boolean;
  /** The whole number that x is exactly, if it is one. */
  readonly whole: (x: N) => number | undefined;
  /** The nearest double of the real part. */
  readonly real: (x: N) => number;
  /** d value(t)/dt at t = 0, where `value` takes the small step that a quantity is moved by. */
  readonly derivative: (value: (step: N) => N) => number;
}

/** One instance for all: nothing configures it after this line. */
export const math: MathJsInstance = mathjs.create(mathjs.all, { predictable: true, precision: 64 });

/** Small enough that its square vanishes beside 1 in doubles, and that h² is below 64 digits' need of 1e-12. */
const step = 1e-20;

/** The methods of mathjs's complex numbers that its type declarations leave out; 20 times faster than `math.add`. */
interface ComplexMethods extends Complex {
  add(other: Complex): ComplexMethods;
  sub(other: Complex): ComplexMethods;
  mul(other: Complex): ComplexMethods;
  div(other: Complex): ComplexMethods;
}

// The one boundary: mathjs builds these objects, and they have the methods declared above.
const complex = (re: number, im = 0) => math.complex(re, im) as ComplexMethods;
const complexResult = (value: unknown) => value as ComplexMethods;

const complexNaN = complex(Number.NaN, Number.NaN);

export const complexField: Field<ComplexMethods> = {
  method: "complex-step",
  digits: 16,
  number: (value) => complex(typeof value === "number" ? value : toNumber(value)),
  add: (a, b) => a.add(b),
  subtract: (a, b) => a.sub(b),
  multiply: (a, b) => complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re),
  divide: (a, b) => a.div(b),
  exp: (x) => complexResult(math.exp(x)),
  log: (x) => (x.re > 0 ? complexResult(math.log(x)) : complexNaN),
  sqrt: (x) => (x.re >= 0 ? complexResult(math.sqrt(x)) : complexNaN),
  sin: (x) => complexResult(math.sin(x)),
  cos: (x) => complexResult(math.cos(x)),
  tan: (x) => complexResult(math.tan(x)),
  tanh: (x) => (Math.abs(x.re) < 1 ? complexResult(math.tanh(x)) : exponentialTanh(complexField, x)),
  isPositive: (x) => x.re > 0,
  whole: (x) => (x.im === 0 && Number.isSafeInteger(x.re) ? x.re : undefined),
  real: (x) => x.re,
  derivative: (value) => value(complex(0, step)).im / step,
};

const big = (value: number | string) => math.bignumber(value);

export const bigField: Field<BigNumber> = {
  method: "central-difference",
  digits: 64,
  number: (value) => (typeof value === "number" ? big(String(value)) : quotient(value)),
  add: (a, b) => a.plus(b),
  subtract: (a, b) => a.minus(b),
  multiply: (a, b) => a.times(b),
  divide: (a, b) => a.dividedBy(b),
  exp: (x) => x.exp(),
  log: (x) => (x.greaterThan(0) ? x.ln() : big(Number.NaN)),
  sqrt: (x) => x.sqrt(),
  sin: (x) => x.sin(),
  cos: (x) => x.cos(),
  tan: (x) => x.tan(),
  tanh: (x) => exponentialTanh(bigField, x),
  isPositive: (x) => x.greaterThan(0),
  whole: (x) => (x.isInteger() && x.abs().lessThan(Number.MAX_SAFE_INTEGER) ? x.toNumber() : undefined),
  real: (x) => x.toNumber(),
  derivative: (value) =>
    value(big(step))
      .minus(value(big(-step)))
      .dividedBy(2 * step)
      .toNumber(),
};

function quotient(value: Rational): BigNumber {
  const numerator = big(value.numerator.toString());
  return isWhole(value) ? numerator : numerator.dividedBy(big(value.denominator.toString()));
}

/** tanh x = ±(1 − e^−2|x|) / (1 + e^−2|x|). */
function exponentialTanh<N>(field: Field<N>, x: N): N {
  const sign = field.number(field.isPositive(x) ? 1 : -1);
  const one = field.number(1);
  const exponential = field.exp(field.multiply(field.multiply(field.number(-2), sign), x));
  const size = field.divide(field.subtract(one, exponential), field.add(one, exponential));
  return field.multiply(sign, size);
}
