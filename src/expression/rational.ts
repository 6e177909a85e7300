// Exact rational numbers: the constants inside formulas, kept as a reduced fraction of two big integers.
export interface Rational {
  readonly numerator: bigint;
  /** Always positive; 1 for whole numbers. */
  readonly denominator: bigint;
}

export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  let top = BigInt(numerator);
  let bottom = BigInt(denominator);
  if (bottom === 0n) throw new RangeError("a fraction with denominator 0");
  if (bottom < 0n) {
    top = -top;
    bottom = -bottom;
  }
  const divisor = greatestCommonDivisor(top < 0n ? -top : top, bottom);
  return { numerator: top / divisor, denominator: bottom / divisor };
}

export const zero = rational(0n);
export const one = rational(1n);
export const minusOne = rational(-1n);

export function plus(a: Rational, b: Rational): Rational {
  if (isWhole(a) && isWhole(b)) return { numerator: a.numerator + b.numerator, denominator: 1n };
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function times(a: Rational, b: Rational): Rational {
  if (isOne(a)) return b;
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function negative(a: Rational): Rational {
  return { numerator: -a.numerator, denominator: a.denominator };
}

/** a^n for a whole n of at most `largestExactPower` in size; nothing when the power is not kept exact. */
export function power(a: Rational, exponent: Rational): Rational | undefined {
  if (exponent.denominator !== 1n) return undefined;
  const size = exponent.numerator < 0n ? -exponent.numerator : exponent.numerator;
  if (size > largestExactPower) return undefined;
  if (exponent.numerator >= 0n) return rational(a.numerator ** size, a.denominator ** size);
  return a.numerator === 0n ? undefined : rational(a.denominator ** size, a.numerator ** size);
}

/** Beyond this exponent a constant power stays a formula: 2^64 has 20 digits, more is unreadable. */
const largestExactPower = 64n;

export function isZero(a: Rational): boolean {
  return a.numerator === 0n;
}

export function isOne(a: Rational): boolean {
  return a.numerator === 1n && a.denominator === 1n;
}

export function isNegative(a: Rational): boolean {
  return a.numerator < 0n;
}

export function isWhole(a: Rational): boolean {
  return a.denominator === 1n;
}

/** The nearest double (correctly rounded). */
export function toNumber(a: Rational): number {
  const top = Number(a.numerator);
  const bottom = Number(a.denominator);
  if (Number.isSafeInteger(top) && Number.isSafeInteger(bottom)) return top / bottom;
  return Number(toDecimalText(a, 40));
}

/** Reads `12`, `-0.25`, `1e-3`, `1/3`, `-2.5/4`; nothing when the text is not such a number. */
export function parseRational(text: string): Rational | undefined {
  const match = /^\s*(-?[0-9.]+(?:[eE][+-]?[0-9]+)?)\s*(?:\/\s*([0-9.]+(?:[eE][+-]?[0-9]+)?))?\s*$/.exec(
    text,
  );
  if (!match) return undefined;
  const top = parseDecimal(match[1]!);
  if (match[2] === undefined || top === undefined) return top;
  const bottom = parseDecimal(match[2]);
  if (bottom === undefined || isZero(bottom)) return undefined;
  return rational(top.numerator * bottom.denominator, top.denominator * bottom.numerator);
}

/** Exponents beyond those of a double are refused, so that a short text cannot become a huge integer. */
const largestDecimalExponent = 400;

function parseDecimal(text: string): Rational | undefined {
  const match = /^(-?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = "", fraction = "", exponentText = "0"] = match;
  if (whole + fraction === "" || whole.length + fraction.length > largestDecimalExponent) return undefined;
  const exponent = Number(exponentText) - fraction.length;
  if (Math.abs(exponent) > 2 * largestDecimalExponent) return undefined;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return exponent >= 0
    ? rational(digits * 10n ** BigInt(exponent))
    : rational(digits, 10n ** BigInt(-exponent));
}

/** The exact rational behind the shortest decimal that JavaScript prints for a finite double. */
export function fromNumber(value: number): Rational {
  return parseDecimal(String(value))!;
}

/** Whether the fraction ends in base ten (denominator 2^a 5^b), so that a decimal prints it exactly. */
export function terminates(a: Rational): boolean {
  let rest = a.denominator;
  while (rest % 2n === 0n) rest /= 2n;
  while (rest % 5n === 0n) rest /= 5n;
  return rest === 1n;
}

/** Plain decimal digits, cut (not rounded) after `digits` significant places; exact when the fraction ends before. */
export function toDecimalText(a: Rational, digits = largestDecimalExponent): string {
  const sign = a.numerator < 0n ? "-" : "";
  let rest = a.numerator < 0n ? -a.numerator : a.numerator;
  const whole = rest / a.denominator;
  rest %= a.denominator;
  let fraction = "";
  let significant = whole === 0n ? 0 : whole.toString().length;
  while (rest !== 0n && significant < digits && fraction.length < largestDecimalExponent) {
    rest *= 10n;
    const digit = rest / a.denominator;
    fraction += digit.toString();
    if (significant > 0 || digit !== 0n) significant += 1;
    rest %= a.denominator;
  }
  return sign + whole.toString() + (fraction === "" ? "" : `.${fraction}`);
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let larger = a;
  let smaller = b;
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger === 0n ? 1n : larger;
}
