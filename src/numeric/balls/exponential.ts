// e^x and ln x in double-double: x = k ln2/256 + r, e^x = 2^(k/256) e^r with a table of 2^(j/256) and Taylor's series
// for e^r; ln x by one step of Newton's method, y + x e^−y − 1. (Tang 1989, ACM TOMS 15(2), p. 144.)
import {
  type DoubleDouble,
  inverseFactorial,
  over,
  plus,
  times,
  twoProduct,
  twoSum,
} from "./double-double.ts";

/** Table entries for one power of 2. */
const steps = 256;

/** ln 2 as the sum of three doubles (Hida, Li and Bailey 2001, constants of the QD library), cut into steps. */
const logTwo = [Math.LN2, 2.3190468138462996e-17, 5.707708438416212e-34].map((part) => part / steps) as [
  number,
  number,
  number,
];

/** e^r − 1 for |r| ≤ ln2/512; the terms from r⁵ on count in their first 53 bits only. */
function smallExponential(hi: number, lo: number): DoubleDouble {
  const tail = hi * (1 / 120 + hi * (1 / 720 + hi * (1 / 5040 + hi * (1 / 40320 + hi / 362880))));
  let sum = plus(fourth.hi, fourth.lo, tail, 0);
  for (const coefficient of lowerCoefficients) {
    sum = times(sum.hi, sum.lo, hi, lo);
    sum = plus(sum.hi, sum.lo, coefficient.hi, coefficient.lo);
  }
  return times(sum.hi, sum.lo, hi, lo);
}

const fourth = inverseFactorial(4);
const lowerCoefficients = [inverseFactorial(3), inverseFactorial(2), inverseFactorial(1)];

/** e^x by its whole series, for the table. */
function seriesExponential(x: DoubleDouble): DoubleDouble {
  let term: DoubleDouble = { hi: 1, lo: 0 };
  let sum = term;
  for (let n = 1; n <= 30; n += 1) {
    const power = times(term.hi, term.lo, x.hi, x.lo);
    term = over(power.hi, power.lo, n, 0);
    sum = plus(sum.hi, sum.lo, term.hi, term.lo);
  }
  return sum;
}

/** 2^(j/256). */
const table: readonly DoubleDouble[] = Array.from({ length: steps }, (_, j) =>
  seriesExponential(times(logTwo[0], logTwo[1], j, 0)),
);

/** e^x for |x| ≤ 690 to a relative error below 2^−98. */
export function exponential(hi: number, lo: number): DoubleDouble {
  const count = Math.round(hi / logTwo[0]);
  const rest = reduced(hi, lo, count);
  const grown = smallExponential(rest.hi, rest.lo);
  const place = ((count % steps) + steps) % steps;
  const entry = table[place]!;
  const product = times(entry.hi, entry.lo, grown.hi, grown.lo);
  const { hi: high, lo: low } = plus(entry.hi, entry.lo, product.hi, product.lo);
  const scale = 2 ** ((count - place) / steps);
  return { hi: high * scale, lo: low * scale };
}

/** x − count · ln2/256, the first product exact. */
function reduced(hi: number, lo: number, count: number): DoubleDouble {
  const first = twoProduct(count, logTwo[0]);
  const second = twoProduct(count, logTwo[1]);
  let rest = plus(hi, lo, -first.hi, -first.lo);
  rest = plus(rest.hi, rest.lo, -second.hi, -second.lo);
  return plus(rest.hi, rest.lo, -count * logTwo[2], 0);
}

/** e^x − 1 for |x| ≤ 1/1000 without the loss of digits that a subtraction brings. */
export function exponentialLessOne(hi: number, lo: number): DoubleDouble {
  return smallExponential(hi, lo);
}

/** ln x for positive x: the error is below 2^−98 absolutely, and relatively where |ln x| is larger than 1. */
export function logarithm(hi: number, lo: number): DoubleDouble {
  const start = Math.log(hi);
  const back = exponential(-start, 0);
  const ratio = times(hi, lo, back.hi, back.lo);
  const correction = plus(ratio.hi, ratio.lo, -1, 0);
  return twoSumOf(start, correction);
}

function twoSumOf(start: number, { hi, lo }: DoubleDouble): DoubleDouble {
  const sum = twoSum(start, hi);
  return twoSum(sum.hi, sum.lo + lo);
}
