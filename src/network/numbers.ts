// Numbers as they stand in a description: JSON numbers, or strings with an exact value.
import { fromNumber, parseRational, type Rational, toNumber } from "../expression/rational.ts";
import { Failure } from "../failure.ts";
import type { NumberLike } from "./description.ts";

/** The double nearest to what was written; throws `invalid-number` for what is no finite number. */
export function readNumber(written: NumberLike, pointer: string): number {
  if (typeof written === "number") return written + 0;
  const value = toNumber(exactNumber(written, pointer));
  if (Number.isFinite(value)) return value;
  throw new Failure(
    "invalid-number",
    `"${written}" is beyond the range of a double; use a number below 1.8e308.`,
    { pointer },
  );
}

/** The exact value of what was written; a JSON number stands for its shortest decimal. */
export function exactNumber(written: NumberLike, pointer: string): Rational {
  if (typeof written === "number") return fromNumber(written);
  const value = parseRational(written);
  if (value) return value;
  throw new Failure(
    "invalid-number",
    `"${written}" is not a number; write a decimal such as "0.1" or a fraction such as "1/3" with a divisor that is not 0.`,
    { pointer },
  );
}
