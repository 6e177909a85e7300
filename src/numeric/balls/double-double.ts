// Numbers of about 31 digits as an unevaluated sum of two doubles, hi + lo with |lo| ≤ ulp(hi)/2.
//
// Error-free sums: Knuth 1969, section 4.2.2; products: Veltkamp's splitting in Dekker 1971, Numer. Math. 18, p. 224.
// Sloppiness-free sums, products and quotients with their relative errors, u = 2^−53: Hida, Li and Bailey 2001;
// bounds 3u², 7u², 15u² by Joldes, Muller and Popescu 2017, ACM TOMS 44(2), algorithms 6, 10 and 17.
export interface DoubleDouble {
  readonly hi: number;
  readonly lo: number;
}

/** a + b as rounded sum and exact rest. */
export function twoSum(a: number, b: number): DoubleDouble {
  const hi = a + b;
  const other = hi - a;
  return { hi, lo: a - (hi - other) + (b - other) };
}

/** The same where |a| ≥ |b|. */
function quickTwoSum(a: number, b: number): DoubleDouble {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
}

/** 2^27 + 1 cuts a double of 53 bits into halves whose products are exact. */
const splitter = 134217729;

/** a · b as rounded product and exact rest; there is no fused multiply-add in JavaScript. */
export function twoProduct(a: number, b: number): DoubleDouble {
  const hi = a * b;
  const scaledA = splitter * a;
  const highA = scaledA - (scaledA - a);
  const lowA = a - highA;
  const scaledB = splitter * b;
  const highB = scaledB - (scaledB - b);
  const lowB = b - highB;
  return { hi, lo: highA * highB - hi + highA * lowB + lowA * highB + lowA * lowB };
}

/** Relative error at most 3u², also where the terms cancel. */
export function plus(ahi: number, alo: number, bhi: number, blo: number): DoubleDouble {
  const high = twoSum(ahi, bhi);
  const low = twoSum(alo, blo);
  const first = quickTwoSum(high.hi, high.lo + low.hi);
  return quickTwoSum(first.hi, first.lo + low.lo);
}

/** Relative error at most 7u². */
export function times(ahi: number, alo: number, bhi: number, blo: number): DoubleDouble {
  const product = twoProduct(ahi, bhi);
  return quickTwoSum(product.hi, product.lo + (ahi * blo + alo * bhi));
}

/** Relative error at most 15u². */
export function over(ahi: number, alo: number, bhi: number, blo: number): DoubleDouble {
  const quotient = ahi / bhi;
  const back = times(bhi, blo, quotient, 0);
  const rest = ahi - back.hi + (alo - back.lo);
  return quickTwoSum(quotient, rest / bhi);
}

/** 1/n! for a small n. */
export function inverseFactorial(n: number): DoubleDouble {
  let factorial = 1;
  for (let factor = 2; factor <= n; factor += 1) factorial *= factor;
  return over(1, 0, factorial, 0);
}
