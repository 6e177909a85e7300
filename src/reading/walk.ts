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
export function* readingsIn(reading: Reading): Generator<Reading> {
  yield reading;
  for (const part of partsOf(reading)) yield* readingsIn(part);
}

/** The reading with names replaced; what nothing is replaced in stays the same object. */
export function withNames(reading: Reading, replace: (name: NameReading) => Reading): Reading {
  const visit = (part: Reading): Reading => withNames(part, replace);
  switch (reading.kind) {
    case "number":
    case "same":
      return reading;
    case "name":
      return replace(reading);
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
