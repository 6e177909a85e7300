// Functions that the catalogue does not have but that are formulas in those it has (DLMF 4.14 and 4.28), and logarithms to
// other bases.
import { parseRational, type Rational, rational } from "../expression/rational.ts";
import type { Span } from "./item.ts";
import type { NameKey, Reading } from "./syntax.ts";
import { withCalls } from "./walk.ts";

/** The formula of a function at an argument; `make` builds readings at the place of the call. */
type Formula = (argument: Reading, make: Making) => Reading;

interface Making {
  readonly number: (value: number | Rational) => Reading;
  readonly call: (name: string, argument: Reading) => Reading;
  readonly exp: (exponent: Reading) => Reading;
  readonly minus: (of: Reading) => Reading;
  readonly sum: (...terms: readonly Reading[]) => Reading;
  readonly over: (top: Reading, bottom: Reading) => Reading;
}

const formulas: ReadonlyMap<string, Formula> = new Map<string, Formula>([
  ["sec", (x, { over, number, call }) => over(number(1), call("cos", x))],
  ["csc", (x, { over, number, call }) => over(number(1), call("sin", x))],
  ["cot", (x, { over, call }) => over(call("cos", x), call("sin", x))],
  ["sinh", (x, { over, number, exp, minus, sum }) => over(sum(exp(x), minus(exp(minus(x)))), number(2))],
  ["cosh", (x, { over, number, exp, minus, sum }) => over(sum(exp(x), exp(minus(x))), number(2))],
  ["coth", (x, { over, number, call }) => over(number(1), call("tanh", x))],
  ["lg", (x, { over, number, call }) => over(call("log", x), call("log", number(10)))],
]);

/** Whether a name is a function that is spelled out. */
export function isSpelledFunction({ base, sub, sup }: NameKey): boolean {
  return formulas.has(base) && sub === "" && sup === "";
}

/** The reading with such functions spelled out. */
export function withSpelledFunctions(reading: Reading): Reading {
  return withCalls(reading, (call) => {
    const [argument, ...others] = call.args;
    if (!argument || others.length > 0 || call.order > 0) return call;
    const make = makingAt(call);
    const formula = isSpelledFunction(call.head) ? formulas.get(call.head.base) : toBase(call.head);
    return formula ? formula(argument, make) : call;
  });
}

/** log_2 x = ln x / ln 2 */
function toBase({ base, sub }: NameKey): Formula | undefined {
  const value = base === "log" ? parseRational(sub) : undefined;
  if (!value) return undefined;
  return (x, { over, call, number }) => over(call("log", x), call("log", number(value)));
}

function makingAt({ start, end }: Span): Making {
  const span = { start, end };
  const number = (value: number | Rational): Reading => ({
    kind: "number",
    value: typeof value === "number" ? rational(value) : value,
    ...span,
  });
  return {
    number,
    call: (base, argument) => ({
      kind: "call",
      head: { base, sub: "", sup: "" },
      args: [argument],
      order: 0,
      ...span,
    }),
    exp: (exponent) => ({ kind: "exponential", exponent, ...span }),
    minus: (of) => ({ kind: "sum", terms: [{ minus: true, of }], ...span }),
    sum: (...terms) => ({ kind: "sum", terms: terms.map((of) => ({ minus: false, of })), ...span }),
    over: (top, bottom) => ({ kind: "quotient", top, bottom, ...span }),
  };
}
