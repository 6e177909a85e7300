// What a formula of rounded numbers can mean: each written number stands for all that round to it.
import { type Formula, number, partsOf, withParts } from "./formula.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const around = (middle: number, radius: number): Interval => ({
  low: middle - radius,
  high: middle + radius,
});
const exactly = (value: number): Interval => around(value, 0);

/** The interval of a formula of numbers; `isExact` says which of them are not rounded. */
export function intervalOf(formula: Formula, isExact: (text: string) => boolean): Interval {
  const of = (part: Formula): Interval => intervalOf(part, isExact);
  switch (formula.kind) {
    case "number":
      return isExact(formula.text) ? exactly(Number(formula.text)) : rounded(formula.text);
    case "sum":
      return formula.terms
        .map(of)
        .reduce((one, other) => ({ low: one.low + other.low, high: one.high + other.high }));
    case "product":
      return formula.factors.map(of).reduce(times);
    case "negative": {
      const { low, high } = of(formula.of);
      return { low: -high, high: -low };
    }
    case "quotient": {
      const { low, high } = of(formula.under);
      if (low <= 0 && high >= 0) throw new Error("The denominator may be 0.");
      return times(of(formula.over), { low: 1 / high, high: 1 / low });
    }
    case "power":
      return Array.from({ length: formula.exponent - 1 }, () => of(formula.base)).reduce(
        times,
        of(formula.base),
      );
    case "call":
      return formula.primes === 0
        ? called(formula.name, of(formula.argument))
        : slopeOf(formula.name, called(formula.name, of(formula.argument)));
    default:
      throw new Error(`A ${formula.kind} is no number.`);
  }
}

function times(one: Interval, other: Interval): Interval {
  const corners = [one.low * other.low, one.low * other.high, one.high * other.low, one.high * other.high];
  return { low: Math.min(...corners), high: Math.max(...corners) };
}

/** "0.68" means 0.675 to 0.685. */
function rounded(text: string): Interval {
  const decimals = text.split(".")[1]?.length ?? 0;
  return around(Number(text), text.includes(".") ? 0.5 * 10 ** -decimals : 0);
}

function called(name: string, { low, high }: Interval): Interval {
  switch (name) {
    case "exp":
      return { low: Math.exp(low), high: Math.exp(high) };
    case "sigmoid":
      return { low: 1 / (1 + Math.exp(-low)), high: 1 / (1 + Math.exp(-high)) };
    case "tanh":
      return { low: Math.tanh(low), high: Math.tanh(high) };
    default:
      throw new Error(`${name} of numbers is not looked at here.`);
  }
}

/** σ′ = σ(1 − σ), tanh′ = (1 − tanh)(1 + tanh). */
function slopeOf(name: string, { low, high }: Interval): Interval {
  const rest = { low: 1 - high, high: 1 - low };
  return times(rest, name === "tanh" ? { low: 1 + low, high: 1 + high } : { low, high });
}

/** Whether two intervals meet; nothing where they nearly do. */
export function meet(one: Interval, other: Interval): boolean | undefined {
  const gap = Math.max(one.low - other.high, other.low - one.high);
  const width = one.high - one.low + (other.high - other.low);
  const size = Math.max(Math.abs(one.high), Math.abs(one.low), Math.abs(other.high), Math.abs(other.low));
  if (gap <= -1e-12 * size || (width === 0 && gap <= 1e-12 * size)) return true;
  return gap > 0.5 * width + 1e-6 * size ? false : undefined;
}

/** The formula with every symbol as the number that `text` writes for it; nothing where one has no number. */
export function withNumbers(
  formula: Formula,
  text: (symbol: Formula) => string | undefined,
): Formula | undefined {
  if (formula.kind === "symbol" || formula.kind === "derivative") {
    const written = text(formula);
    if (written === undefined) return undefined;
    return written.startsWith("-") ? { kind: "negative", of: number(written.slice(1)) } : number(written);
  }
  const parts = partsOf(formula).map((part) => withNumbers(part, text));
  return parts.some((part) => part === undefined)
    ? undefined
    : withParts(formula, parts as readonly Formula[]);
}
