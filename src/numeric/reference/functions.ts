// How the referee spells each function of the catalogue: from the definitions, for complex doubles and for 64 digits.
// These spellings share nothing with the rows of `primitives/`, which they are there to judge.
import { one, rational } from "../../expression/rational.ts";
import type { Field } from "./field.ts";

export type Scalar<N> = (...args: N[]) => N;
type Vector<N> = (args: readonly N[]) => N[];

export interface Functions<N> {
  /** By `functionKey`. */
  readonly scalar: ReadonlyMap<string, Scalar<N>>;
  readonly vector: ReadonlyMap<string, Vector<N>>;
  /** By the same key: expressions of the arguments whose zeros are corners, where the derivative jumps. */
  readonly corners: ReadonlyMap<string, (...args: N[]) => readonly N[]>;
}

/** `leaky-relu`, `leaky_relu` and `leakyrelu` name one function; `sigma` is the sigmoid. */
export function functionKey(name: string): string {
  const key = name.replaceAll(/[-_]/g, "");
  return key === "sigma" ? "sigmoid" : key;
}

export function functionsOf<N>(field: Field<N>): Functions<N> {
  const { number, add, subtract, multiply, divide, exp, log, isPositive, tanh } = field;
  const none = number(0);
  const unit = number(one);
  const half = number(rational(1, 2));
  const square = (x: N) => multiply(x, x);
  const minus = (x: N) => subtract(none, x);
  const abs = (x: N) => (isPositive(x) ? x : minus(x));
  const choose = (condition: N, above: N, below: N) => (isPositive(condition) ? above : below);
  const max = (a: N, b: N) => choose(subtract(a, b), a, b);
  const min = (a: N, b: N) => choose(subtract(b, a), a, b);
  const positivePart = (x: N) => choose(x, x, none);
  const sigmoid = (x: N) => (isPositive(x) ? divide(unit, add(unit, exp(minus(x)))) : oddsToShare(exp(x)));
  const oddsToShare = (odds: N) => divide(odds, add(unit, odds));
  const softplus = (x: N) => add(positivePart(x), log(add(unit, exp(minus(abs(x))))));
  // e^x − 1 = 2t / (1 − t) with t = tanh(x/2), without cancellation near 0.
  const exponentialLessOne = (x: N) => {
    const t = tanh(multiply(half, x));
    return divide(add(t, t), subtract(unit, t));
  };
  const elu = (x: N, alpha: N = unit) => (isPositive(x) ? x : multiply(alpha, exponentialLessOne(x)));
  const lambda = number(1.0507009873554805);
  const seluAlpha = number(1.6732632423543772);
  const normal = normalOf(field);
  // √(2/π) = 2 φ(0)
  const rootTwoOverPi = multiply(number(2), normal.density(none));
  const geluTanh = (x: N) => {
    const cube = multiply(number(0.044715), multiply(x, square(x)));
    const bend = tanh(multiply(rootTwoOverPi, add(x, cube)));
    return multiply(multiply(half, x), add(unit, bend));
  };
  const huber = (x: N, delta: N = unit) =>
    isPositive(subtract(abs(x), delta))
      ? multiply(delta, subtract(abs(x), multiply(half, delta)))
      : multiply(half, square(x));
  const shifted = (args: readonly N[]) => {
    const largest = args.reduce(max);
    return args.map((x) => subtract(x, largest));
  };
  const total = (terms: readonly N[]) => terms.reduce(add, none);
  return {
    scalar: new Map<string, Scalar<N>>([
      ["power", powerOf(field)],
      ["exp", exp],
      ["log", log],
      ["sqrt", field.sqrt],
      ["sin", field.sin],
      ["cos", field.cos],
      ["tan", field.tan],
      ["abs", abs],
      ["max", max],
      ["min", min],
      ["sign", (x) => choose(x, unit, choose(minus(x), minus(unit), none))],
      ["step", (x) => choose(x, unit, none)],
      ["positivepart", positivePart],
      ["piecewise", choose],
      ["clip", (x, low, high) => min(max(x, low), high)],
      ["huber", huber],
      ["normalcdf", normal.distribution],
      ["normalpdf", normal.density],
      ["identity", (x) => x],
      ["sigmoid", sigmoid],
      ["tanh", tanh],
      ["relu", positivePart],
      ["leakyrelu", (x, alpha = number(rational(1, 100))) => choose(x, x, multiply(alpha, x))],
      ["elu", elu],
      ["selu", (x, scale = lambda, alpha = seluAlpha) => multiply(scale, elu(x, alpha))],
      ["softplus", softplus],
      ["softsign", (x) => divide(x, add(unit, abs(x)))],
      ["gelu", (x) => multiply(x, normal.distribution(x))],
      ["gelutanh", geluTanh],
      ["silu", (x) => multiply(x, sigmoid(x))],
      ["mish", (x) => multiply(x, tanh(softplus(x)))],
    ]),
    vector: new Map<string, Vector<N>>([
      [
        "softmax",
        (args) => {
          const exponentials = shifted(args).map(exp);
          const sum = total(exponentials);
          return exponentials.map((exponential) => divide(exponential, sum));
        },
      ],
      [
        "logsoftmax",
        (args) => {
          const logarithm = log(total(shifted(args).map(exp)));
          return shifted(args).map((x) => subtract(x, logarithm));
        },
      ],
    ]),
    corners: new Map<string, (...args: N[]) => readonly N[]>([
      ["abs", (x) => [x]],
      ["max", (a, b) => [subtract(a, b)]],
      ["min", (a, b) => [subtract(a, b)]],
      ["sign", (x) => [x]],
      ["step", (x) => [x]],
      ["positivepart", (x) => [x]],
      ["piecewise", (condition) => [condition]],
      ["clip", (x, low, high) => [subtract(x, low), subtract(high, x)]],
      ["relu", (x) => [x]],
      ["leakyrelu", (x) => [x]],
      // With alpha 1 both sides meet with slope 1.
      ["elu", (x, alpha = unit) => (field.whole(alpha) === 1 ? [] : [x])],
      ["selu", (x) => [x]],
    ]),
  };
}

/** Whole powers are repeated products: the general power of a negative base would ruin a complex step. */
function powerOf<N>(field: Field<N>): Scalar<N> {
  return (base, exponent) => {
    const whole = field.whole(exponent);
    if (whole !== undefined && Math.abs(whole) <= largestWholePower) return wholePower(field, base, whole);
    if (field.whole(base) === 0 && field.isPositive(exponent)) return field.number(0);
    return field.exp(field.multiply(exponent, field.log(base)));
  };
}

/** Beyond this exponent e^(n ln x) is taken, which costs three of the digits carried and needs a positive base. */
const largestWholePower = 1024;

function wholePower<N>(field: Field<N>, base: N, exponent: number): N {
  let product = field.number(1);
  for (let factor = 0; factor < Math.abs(exponent); factor += 1) product = field.multiply(product, base);
  return exponent < 0 ? field.divide(field.number(1), product) : product;
}

interface Normal<N> {
  /** φ(x) = e^(−x²/2) / √(2π) */
  readonly density: (x: N) => N;
  /** Φ(x) */
  readonly distribution: (x: N) => N;
}

/** From here on the tail is taken from the continued fraction; before it 1/2 + … loses at most 1 and 7 digits. */
const seriesUpTo = { "complex-step": 1.5, "central-difference": 5 } as const;

/** Enough for 16 digits at 1.5 and for 64 digits at 5: n ≈ (digits ln 10 / 2t)² / 2 for t = `seriesUpTo`. */
const fractionTerms = 160;

/** Abramowitz and Stegun 1964: 26.2.1, 26.2.11 (series) and 26.2.14 (continued fraction). */
function normalOf<N>(field: Field<N>): Normal<N> {
  const { number, add, subtract, multiply, divide, exp, real } = field;
  const inverseRootTwoPi = divide(number(1), field.sqrt(multiply(number(2), pi(field))));
  const halfSquare = (x: N) => divide(multiply(x, x), number(-2));
  const density = (x: N) => multiply(inverseRootTwoPi, exp(halfSquare(x)));
  const distribution = (x: N) => {
    const size = Math.abs(real(x));
    if (size <= seriesUpTo[field.method])
      return add(number(rational(1, 2)), multiply(density(x), oddSeries(field, x)));
    const positive = real(x) > 0;
    const tail = divide(density(x), tailFraction(field, positive ? x : subtract(number(0), x)));
    return positive ? subtract(number(1), tail) : tail;
  };
  return { density, distribution };
}

/** x + x³/3 + x⁵/(3·5) + … until the terms are below the digits carried. */
function oddSeries<N>(field: Field<N>, x: N): N {
  const square = field.multiply(x, x);
  let term = x;
  let sum = x;
  for (let odd = 3; odd < 1000 && Math.abs(field.real(term)) > 10 ** -(field.digits + 2); odd += 2) {
    term = field.divide(field.multiply(term, square), field.number(odd));
    sum = field.add(sum, term);
  }
  return sum;
}

/** t + 1/(t + 2/(t + 3/(t + …))) */
function tailFraction<N>(field: Field<N>, t: N): N {
  let value = t;
  for (let numerator = fractionTerms; numerator >= 1; numerator -= 1) {
    value = field.add(t, field.divide(field.number(numerator), value));
  }
  return value;
}

/** π = 16 arctan(1/5) − 4 arctan(1/239)                                                            (Machin 1706) */
function pi<N>(field: Field<N>): N {
  const { number, multiply, subtract } = field;
  return subtract(
    multiply(number(16), arctangentOfInverse(field, 5)),
    multiply(number(4), arctangentOfInverse(field, 239)),
  );
}

/** arctan(1/n) = 1/n − 1/(3n³) + 1/(5n⁵) − … */
function arctangentOfInverse<N>(field: Field<N>, n: number): N {
  const { number, add, divide } = field;
  let power = divide(number(1), number(n));
  let sum = power;
  for (let odd = 3; odd <= 2 * field.digits; odd += 2) {
    power = divide(power, number(-n * n));
    sum = add(sum, divide(power, number(odd)));
  }
  return sum;
}
