// The one number printer. Doubles are rounded to `digits` significant digits, half away from zero (the rounding of
// Number.prototype.toExponential, which works on the exact binary value); zeros at the end of the fraction are
// dropped; beyond the range of plain decimals the number is written with a power of ten.
import {
  isNegative,
  isWhole,
  isZero,
  type Rational,
  terminates,
  toDecimalText,
} from "../../expression/rational.ts";
import { Failure } from "../../failure.ts";

/** A number as parts: sign, digits without sign, power of ten. */
export interface NumberText {
  readonly negative: boolean;
  readonly digits: string;
  /** Absent: no power of ten. */
  readonly exponent?: number;
}

/** Significant digits where nobody asks for another number: what course pages print. */
export const standardDigits = 9;

/** Below 10^-4 leading zeros are harder to count than an exponent is to read. */
const smallestPlainExponent = -4;

/** Exact decimals up to this length print in full: longer than any double's shortest decimal. */
const longestExactDecimal = 20;

/** The largest denominator that prints as a fraction although the decimal ends: 1/2, 1/4, but 0.01. */
const largestFractionDenominator = 4n;

/** A double in `digits` significant digits. Throws Failure `not-a-number` for infinities and NaN. */
export function numberText(value: number, digits = standardDigits): NumberText {
  if (!Number.isFinite(value)) {
    throw new Failure(
      "not-a-number",
      `The number ${value} cannot be printed; only finite numbers are results.`,
    );
  }
  if (value === 0) return { negative: false, digits: "0" };
  const [mantissa = "", exponentText = ""] = Math.abs(value)
    .toExponential(digits - 1)
    .split("e");
  const exponent = Number(exponentText);
  const significant = mantissa.replace(".", "").replace(/0+$/, "");
  return { negative: value < 0, ...placed(significant, exponent, digits) };
}

/** Digits d1d2d3… of d1.d2d3… × 10^exponent, as a plain decimal where `room` digits before the point suffice. */
function placed(significant: string, exponent: number, room: number): Omit<NumberText, "negative"> {
  if (exponent < smallestPlainExponent || exponent >= room) {
    return { digits: withPoint(significant, 1), exponent };
  }
  if (exponent < 0) return { digits: `0.${"0".repeat(-exponent - 1)}${significant}` };
  return { digits: withPoint(significant.padEnd(exponent + 1, "0"), exponent + 1) };
}

function withPoint(significant: string, whole: number): string {
  const fraction = significant.slice(whole);
  return significant.slice(0, whole) + (fraction === "" ? "" : `.${fraction}`);
}

/** Whether an exact number prints as a fraction: a small denominator, or a decimal that does not end. */
export function printsAsFraction(value: Rational): boolean {
  return !isWhole(value) && (value.denominator <= largestFractionDenominator || !terminates(value));
}

/** An exact number that does not print as a fraction, exactly. */
export function exactText(value: Rational): NumberText {
  const negative = isNegative(value);
  const digits = toDecimalText(value).replace("-", "");
  const [whole = "", fraction = ""] = digits.split(".");
  const all = (whole + fraction).replace(/^0+/, "");
  const exponent = whole === "0" ? -(fraction.length - all.length) - 1 : whole.length - 1;
  const readable = digits.length <= longestExactDecimal && exponent >= smallestPlainExponent;
  if (readable || exponent === 0 || isZero(value)) return { negative, digits };
  return { negative, digits: withPoint(all.replace(/0+$/, ""), 1), exponent };
}

/** As plain text: `-1.2·10⁻⁵`, with the minus sign of typesetting. */
export function plainNumber({ negative, digits, exponent }: NumberText): string {
  const power = exponent === undefined ? "" : `10${superscriptDigits(exponent)}`;
  const mantissa = power === "" ? digits : digits === "1" ? "" : `${digits}·`;
  return `${negative ? "−" : ""}${mantissa}${power}`;
}

function superscriptDigits(exponent: number): string {
  return [...String(exponent)]
    .map((character) => (character === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(character)]))
    .join("");
}
