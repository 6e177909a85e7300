// The standard normal density and distribution function to about 1e-15 relative error in both tails.
//
// Near 0: Φ(x) = 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + …)               (Abramowitz and Stegun 1964, 26.2.11)
// Tails:  Φ(−t) = φ(t) / (t + 1/(t + 2/(t + 3/(t + …))))             (Abramowitz and Stegun 1964, 26.2.14)

/** Up to here the series; beyond it 1/2 − … would lose more than one digit on the left. */
const seriesUpTo = 1.5;

/** Terms of the continued fraction that leave an error below 1e-16 at `seriesUpTo`; fewer are needed further out. */
const fractionTerms = 160;

const inverseRootTwoPi = 0.3989422804014327;

/** φ(x) = exp(−x²/2) / √(2π). */
export function normalDensity(x: number): number {
  return inverseRootTwoPi * exponentialOfHalfSquare(x);
}

/** Φ(x), the probability that a standard normal variable is at most x. */
export function normalDistribution(x: number): number {
  if (Math.abs(x) <= seriesUpTo) return 0.5 + normalDensity(x) * oddSeries(x);
  const tail = normalDensity(x) / continuedFraction(Math.abs(x));
  return x < 0 ? tail : 1 - tail;
}

/** exp(−x²/2), x² split at a multiple of 1/16 so that rounding x² costs no digits (Cody 1969, section 4). */
function exponentialOfHalfSquare(x: number): number {
  const size = Math.min(Math.abs(x), 64);
  const coarse = Math.trunc(size * 16) / 16;
  return Math.exp((-coarse * coarse) / 2) * Math.exp((-(size - coarse) * (size + coarse)) / 2);
}

/** x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + … */
function oddSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * Number.EPSILON * 0.1; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return sum;
}

/** t + 1/(t + 2/(t + 3/(t + …))), from the inside out. */
function continuedFraction(t: number): number {
  let value = t;
  for (let numerator = fractionTerms; numerator >= 1; numerator -= 1) value = t + numerator / value;
  return value;
}
