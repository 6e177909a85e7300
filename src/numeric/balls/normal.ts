// The standard normal density and distribution function on balls.
//
//   φ(x) = e^(−x²/2) / √(2π)
//   Φ(x) = 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + …)                        (Abramowitz and Stegun 1964, 26.2.11)
import { add, type Ball, ball, divide, exactly, isNothing, multiply, nothing, widened } from "./ball.ts";
import { exp, sqrt } from "./elementary.ts";

/** 2π as two doubles (π from the QD library, Hida, Li and Bailey 2001); the third part is below 2^−106. */
const twoPi = ball(2 * Math.PI, 2.4492935982947064e-16, 2 ** -104);

const rootTwoPi = sqrt(twoPi);
const half = exactly(0.5);
const minusHalf = exactly(-0.5);

export function normalDensity(x: Ball): Ball {
  return divide(exp(multiply(minusHalf, multiply(x, x))), rootTwoPi);
}

/** Beyond it the series has lost what 31 digits hold. */
const largestArgument = 12;

/** Φ at the middle of the ball; its derivative φ is at most 2/5. */
export function normalDistribution(x: Ball): Ball {
  if (isNothing(x) || !(Math.abs(x.hi) + x.radius < largestArgument)) return nothing;
  const middle = ball(x.hi, x.lo, 0);
  return widened(add(half, multiply(normalDensity(middle), oddSeries(middle))), 0.4 * x.radius);
}

/** The terms fall by a factor of at most x²/(2n + 1): once that is below a half, the rest is below the last term. */
function oddSeries(x: Ball): Ball {
  const square = multiply(x, x);
  let term = x;
  let sum = x;
  let odd = 3;
  for (; Math.abs(term.hi) > Math.abs(sum.hi) * 2 ** -104 || odd < 2 * square.hi; odd += 2) {
    term = divide(multiply(term, square), exactly(odd));
    sum = add(sum, term);
  }
  return widened(sum, Math.abs(term.hi) + term.radius);
}
