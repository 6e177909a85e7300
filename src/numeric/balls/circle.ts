// sin x and cos x in double-double: x = k π/2 + r, r = j/32 + t with a table of sin and cos at j/32, and Taylor's
// series for the small rest t. (Tang 1991, table-driven implementation; π/2 from the QD library.)
import { type DoubleDouble, inverseFactorial, over, plus, times, twoProduct } from "./double-double.ts";

export interface SineAndCosine {
  readonly sine: DoubleDouble;
  readonly cosine: DoubleDouble;
}

/** π/2 as the sum of three doubles (Hida, Li and Bailey 2001, constants of the QD library). */
const quarterTurn = [Math.PI / 2, 6.123233995736766e-17, -1.4973849048591698e-33] as const;

const steps = 32;

/** Up to here the reduction keeps an absolute error below 2^−98. */
export const largestAngle = 2 ** 30;

/** Σ (−1)^n x^(2n + first) / (2n + first)!, all terms in double-double, for the table. */
function series(x: DoubleDouble, first: 0 | 1): DoubleDouble {
  let term: DoubleDouble = first === 1 ? x : { hi: 1, lo: 0 };
  let sum = term;
  const square = times(x.hi, x.lo, x.hi, x.lo);
  for (let n = first; n <= 26; n += 2) {
    const next = times(term.hi, term.lo, -square.hi, -square.lo);
    term = over(next.hi, next.lo, (n + 1) * (n + 2), 0);
    sum = plus(sum.hi, sum.lo, term.hi, term.lo);
  }
  return sum;
}

/** At j/32 up to π/4 and a little more. */
const table: readonly SineAndCosine[] = Array.from({ length: 27 }, (_, j) => {
  const x = { hi: j / steps, lo: 0 };
  return { sine: series(x, 1), cosine: series(x, 0) };
});

const third = inverseFactorial(3);
const fifth = inverseFactorial(5);
const fourth = inverseFactorial(4);
const sixth = inverseFactorial(6);

/** sin t and cos t for |t| ≤ 1/64; what is smaller than 2^−100 in the end counts in its first 53 bits only. */
function small(hi: number, lo: number): SineAndCosine {
  const square = times(hi, lo, hi, lo);
  const s = square.hi;
  let sine = plus(fifth.hi, fifth.lo, s * (-1 / 5040 + s * (1 / 362880 - s / 39916800)), 0);
  sine = times(sine.hi, sine.lo, square.hi, square.lo);
  sine = plus(sine.hi, sine.lo, -third.hi, -third.lo);
  sine = times(sine.hi, sine.lo, square.hi, square.lo);
  sine = times(sine.hi, sine.lo, hi, lo);
  let cosine = plus(-sixth.hi, -sixth.lo, s * (1 / 40320 + s * (-1 / 3628800 + s / 479001600)), 0);
  cosine = times(cosine.hi, cosine.lo, square.hi, square.lo);
  cosine = plus(cosine.hi, cosine.lo, fourth.hi, fourth.lo);
  cosine = times(cosine.hi, cosine.lo, square.hi, square.lo);
  cosine = plus(cosine.hi, cosine.lo, -0.5, 0);
  cosine = times(cosine.hi, cosine.lo, square.hi, square.lo);
  return { sine: plus(sine.hi, sine.lo, hi, lo), cosine: plus(cosine.hi, cosine.lo, 1, 0) };
}

/** Both for |x| ≤ `largestAngle`, to an absolute error below 2^−98. */
export function sineAndCosine(hi: number, lo: number): SineAndCosine {
  const quarters = Math.round(hi / quarterTurn[0]);
  const rest = reduced(hi, lo, quarters);
  const place = Math.min(26, Math.round(Math.abs(rest.hi) * steps));
  const near = rest.hi < 0 ? -place / steps : place / steps;
  const difference = plus(rest.hi, rest.lo, -near, 0);
  const { sine, cosine } = joined(table[place]!, near < 0, small(difference.hi, difference.lo));
  switch (((quarters % 4) + 4) % 4) {
    case 0:
      return { sine, cosine };
    case 1:
      return { sine: cosine, cosine: opposite(sine) };
    case 2:
      return { sine: opposite(sine), cosine: opposite(cosine) };
    default:
      return { sine: opposite(cosine), cosine: sine };
  }
}

/** sin(a + t) = sin a cos t + cos a sin t, cos(a + t) = cos a cos t − sin a sin t. */
function joined(entry: SineAndCosine, turned: boolean, rest: SineAndCosine): SineAndCosine {
  const a = turned ? opposite(entry.sine) : entry.sine;
  const b = entry.cosine;
  const ac = times(a.hi, a.lo, rest.cosine.hi, rest.cosine.lo);
  const bs = times(b.hi, b.lo, rest.sine.hi, rest.sine.lo);
  const bc = times(b.hi, b.lo, rest.cosine.hi, rest.cosine.lo);
  const as = times(a.hi, a.lo, rest.sine.hi, rest.sine.lo);
  return { sine: plus(ac.hi, ac.lo, bs.hi, bs.lo), cosine: plus(bc.hi, bc.lo, -as.hi, -as.lo) };
}

function opposite({ hi, lo }: DoubleDouble): DoubleDouble {
  return { hi: -hi, lo: -lo };
}

function reduced(hi: number, lo: number, quarters: number): DoubleDouble {
  if (quarters === 0) return { hi, lo };
  const first = twoProduct(quarters, quarterTurn[0]);
  const second = twoProduct(quarters, quarterTurn[1]);
  let rest = plus(hi, lo, -first.hi, -first.lo);
  rest = plus(rest.hi, rest.lo, -second.hi, -second.lo);
  return plus(rest.hi, rest.lo, -quarters * quarterTurn[2], 0);
}
