// The parts of a reading, and a reading with other parts: what every walk over the syntax shares.
import type { NameReading, Reading } from "./syntax.ts";

/** The direct parts, in order of reading. */
function partsOf(reading: Reading): readonly Reading[] {
  switch (reading.kind) {
    case "number":
    case "name":
    case "same":
      return [];
    case "sum":
      return reading.terms.map(({ of }) => of);
    case "product":
    case "hadamard":
      return reading.factors;
    case "quotient":
      return [reading.top, reading.bottom];
    case "power":
      return [reading.base, reading.exponent];
    case "exponential":
      return [reading.exponent];
    case "root":
      return reading.degree ? [reading.body, reading.degree] : [reading.body];
    case "bars":
    case "norm":
    case "summation":
      return [reading.body];
    case "call":
      return reading.args;
    case "derivative":
      return [reading.of, reading.by];
    case "transpose":
    case "entry":
    case "updated":
      return [reading.of];
    case "matrix":
      return reading.rows.flat();
    case "cases":
      return [reading.condition, reading.otherwise, reading.above, reading.below];
  }
}

/** Every reading inside, outermost first. */
export function readingsIn(reading: Reading): readonly Reading[] {
  return readingsOutside(reading, () => false);
}

/** Every reading that is not inside one of a kind. */
export function readingsOutside(reading: Reading, isClosed: (part: Reading) => boolean): readonly Reading[] {
  const found: Reading[] = [];
  const visit = (part: Reading): void => {
    found.push(part);
    if (!isClosed(part)) partsOf(part).forEach(visit);
  };
  visit(reading);
  return found;
}

/** The reading with names replaced. */
export function withNames(reading: Reading, replace: (name: NameReading) => Reading): Reading {
  return reading.kind === "name" ? replace(reading) : withParts(reading, (part) => withNames(part, replace));
}

/** The reading with each Σ replaced, inner ones first. */
export function withSums(
  reading: Reading,
  replace: (sum: Extract<Reading, { readonly kind: "summation" }>) => Reading,
): Reading {
  const rebuilt = withParts(reading, (part) => withSums(part, replace));
  return rebuilt.kind === "summation" ? replace(rebuilt) : rebuilt;
}

/** The reading with each call replaced, inner ones first. */
export function withCalls(
  reading: Reading,
  replace: (call: Extract<Reading, { readonly kind: "call" }>) => Reading,
): Reading {
  const rebuilt = withParts(reading, (part) => withCalls(part, replace));
  return rebuilt.kind === "call" ? replace(rebuilt) : rebuilt;
}

function withParts(reading: Reading, visit: (part: Reading) => Reading): Reading {
  switch (reading.kind) {
    case "number":
    case "same":
    case "name":
      return reading;
    case "sum":
      return { ...reading, terms: reading.terms.map((term) => ({ ...term, of: visit(term.of) })) };
    case "product":
    case "hadamard":
      return { ...reading, factors: reading.factors.map(visit) };
    case "quotient":
      return { ...reading, top: visit(reading.top), bottom: visit(reading.bottom) };
    case "power":
      return { ...reading, base: visit(reading.base), exponent: visit(reading.exponent) };
    case "exponential":
      return { ...reading, exponent: visit(reading.exponent) };
    case "root":
      return {
        ...reading,
        body: visit(reading.body),
        ...(reading.degree && { degree: visit(reading.degree) }),
      };
    case "bars":
    case "norm":
    case "summation":
      return { ...reading, body: visit(reading.body) };
    case "call":
      return { ...reading, args: reading.args.map(visit) };
    case "derivative": {
      const by = visit(reading.by);
      return { ...reading, of: visit(reading.of), by: by.kind === "name" ? by : reading.by };
    }
    case "updated": {
      const of = visit(reading.of);
      return of.kind === "name" ? { ...reading, of } : reading;
    }
    case "transpose":
    case "entry":
      return { ...reading, of: visit(reading.of) };
    case "matrix":
      return { ...reading, rows: reading.rows.map((row) => row.map(visit)) };
    case "cases":
      return {
        ...reading,
        condition: visit(reading.condition),
        otherwise: visit(reading.otherwise),
        above: visit(reading.above),
        below: visit(reading.below),
      };
  }
}
