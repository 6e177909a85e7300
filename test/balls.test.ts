// Balls against mathjs in 64 digits: the exact value always lies inside, and the radius stays small.
import fc from "fast-check";
import type { BigNumber } from "mathjs";
import { describe, expect, it } from "vitest";
import { parseRational } from "../src/expression/rational.ts";
import { uniformGenerator } from "../src/network/random.ts";
import {
  add,
  type Ball,
  ball,
  divide,
  exactly,
  fromRational,
  isNothing,
  multiply,
  subtract,
} from "../src/numeric/balls/ball.ts";
import { functionValue, layerValues } from "../src/numeric/balls/catalogue.ts";
import { exp, log, power, sqrt, wholePower } from "../src/numeric/balls/elementary.ts";
import { primitives } from "../src/primitives/index.ts";
import type { Primitive } from "../src/primitives/primitive.ts";
import { big, exactFunction, exactOutputs, math, outside } from "./support/big.ts";

/** Results of exact arguments keep this many digits, relative to 1 or to the number itself. */
const relativeRadius = 1e-24;

/** Arguments in the domain of a row. */
function pointOf(row: Primitive, uniform: () => number): number[] {
  const first = 8 * uniform() - 4;
  const rest = row.partials!.slice(1).map(() => 0.1 + 2 * uniform());
  if (row.name === "clip") rest[0] = -rest[0]!;
  return [row.domain ? Math.abs(first) : first, ...rest];
}

function exactValue(row: Primitive, args: readonly number[]): BigNumber {
  return exactFunction(
    row.name,
    args.map((arg) => big(arg)),
  );
}

/** A ball that holds `value` somewhere, not in its middle. */
function around(value: number, uniform: () => number): Ball {
  const radius = 10 ** (-3 - 9 * uniform());
  const shift = (2 * uniform() - 1) * radius * 0.999;
  return ball(value + shift, 0, radius);
}

describe("the catalogue as balls", () => {
  const scalars = primitives.filter((row) => row.kind === "scalar");
  const vectors = primitives.filter((row) => row.kind === "vector");

  it.each(scalars)("$name holds the value in 64 digits, with a small radius", (row) => {
    const uniform = uniformGenerator(5);
    for (let round = 0; round < 60; round += 1) {
      const args = pointOf(row, uniform);
      const expected = exactValue(row, args);
      const found = functionValue(row, args.map(exactly));
      expect(outside(found, expected), `${row.name}(${args})`).toBeLessThanOrEqual(0);
      expect(found.radius).toBeLessThanOrEqual(relativeRadius * Math.max(1e-3, Math.abs(found.hi)));
    }
  });

  it.each(scalars)("$name of balls holds the value of every number inside", (row) => {
    const uniform = uniformGenerator(6);
    let decided = 0;
    for (let round = 0; round < 60; round += 1) {
      const args = pointOf(row, uniform);
      const expected = exactValue(row, args);
      const found = functionValue(
        row,
        args.map((arg) => around(arg, uniform)),
      );
      if (isNothing(found)) continue;
      decided += 1;
      expect(outside(found, expected), `${row.name}(${args})`).toBeLessThanOrEqual(0);
    }
    expect(decided).toBeGreaterThan(50);
  });

  it.each(vectors)("$name holds every output in 64 digits", (row) => {
    const uniform = uniformGenerator(8);
    for (let round = 0; round < 20; round += 1) {
      const args = Array.from({ length: 1 + (round % 4) }, () => 8 * uniform() - 4);
      const expected = exactOutputs(
        row.name,
        args.map((arg) => big(arg)),
      );
      const found = layerValues(row, args.map(exactly));
      expect(found.length).toBe(args.length);
      for (const [place, entry] of found.entries()) {
        expect(outside(entry, expected[place]!), `${row.name}(${args})`).toBeLessThanOrEqual(0);
        expect(entry.radius).toBeLessThanOrEqual(relativeRadius);
      }
    }
  });
});

/** The operations on balls, and the same on 64 digits. */
const operations = [
  { name: "sum", ours: add, theirs: (a: BigNumber, b: BigNumber) => a.plus(b) },
  { name: "difference", ours: subtract, theirs: (a: BigNumber, b: BigNumber) => a.minus(b) },
  { name: "product", ours: multiply, theirs: (a: BigNumber, b: BigNumber) => a.times(b) },
  { name: "quotient", ours: divide, theirs: (a: BigNumber, b: BigNumber) => a.dividedBy(b) },
] as const;

/** Numbers of all sizes, many of them nearly equal, so that sums cancel. */
const sizes = fc.tuple(
  fc.double({ min: -1, max: 1, noNaN: true }).filter((mantissa) => Math.abs(mantissa) > 1e-9),
  fc.constantFrom(1, 1, 1, 1e-12, 1e-30, 1e12, 1e100),
);
const twoDoubles = fc.tuple(sizes, fc.constantFrom(0, 1, -0.3, 1e-20)).map(([[mantissa, size], rest]) => {
  const hi = mantissa * size;
  return { hi, lo: hi * 2 ** -54 * rest };
});

/** A ball with the place of the true number in it, from −1 to 1. */
const known = fc
  .tuple(
    twoDoubles,
    fc.constantFrom(0, 0, 1e-30, 1e-16, 1e-3, 0.5),
    fc.double({ min: -1, max: 1, noNaN: true }),
  )
  .map(([{ hi, lo }, relative, place]) => {
    const radius = Math.abs(hi) * relative;
    return { ball: ball(hi, lo, radius), number: big(hi).plus(big(lo)).plus(big(radius).times(place)) };
  });

describe("arithmetic", () => {
  it.each(operations)("keeps every $name inside", ({ ours, theirs }) => {
    const nearlyEqual = fc
      .tuple(known, fc.constantFrom(1, -1), fc.integer({ min: -8, max: 8 }))
      .map(([{ ball: first, number }, sign, ulps]) => {
        const hi = sign * first.hi * (1 + ulps * Number.EPSILON);
        return [
          { ball: first, number },
          { ball: ball(hi, 0, 0), number: big(hi) },
        ] as const;
      });
    const pairs = fc.oneof(fc.tuple(known, known), nearlyEqual);
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const found = ours(a.ball, b.ball);
        fc.pre(!isNothing(found));
        expect(outside(found, theirs(a.number, b.number))).toBeLessThanOrEqual(0);
      }),
      { numRuns: 600 },
    );
  });

  it("is exact where two doubles hold the result", () => {
    expect(add(exactly(1), exactly(2 ** -80))).toEqual({ hi: 1, lo: 2 ** -80, radius: 0 });
    expect(multiply(exactly(2 ** 53 - 1), exactly(2 ** 53 - 1)).radius).toBe(0);
    expect(sqrt(exactly(9))).toEqual({ hi: 3, lo: 0, radius: 0 });
    expect(wholePower(exactly(3), 4)).toEqual({ hi: 81, lo: 0, radius: 0 });
    expect(multiply(exactly(0), ball(1, 0, 5))).toEqual({ hi: 0, lo: 0, radius: 0 });
  });

  it("knows no quotient by a ball that holds 0, and no power or logarithm where it may not exist", () => {
    const straddling = ball(1e-20, 0, 1e-19);
    for (const found of [
      divide(exactly(1), straddling),
      log(straddling),
      sqrt(exactly(-1)),
      exp(exactly(1e4)),
    ])
      expect(isNothing(found)).toBe(true);
    expect(isNothing(power(exactly(-8), fromRational(parseRational("1/3")!)))).toBe(true);
    expect(isNothing(functionValue(primitives.find(({ name }) => name === "step")!, [straddling]))).toBe(
      true,
    );
  });

  it.each(["0.1", "1/3", "-22/7", "12345678901234567890.12345678901234567890", "1e-30", "3e40/7", "0"])(
    "takes %s from its text to more than 29 digits",
    (text) => {
      const [top = "", bottom = "1"] = text.split("/");
      const expected = math.bignumber(top).dividedBy(math.bignumber(bottom));
      const found = fromRational(parseRational(text)!);
      expect(outside(found, expected)).toBeLessThanOrEqual(0);
      expect(found.radius).toBeLessThanOrEqual(1e-29 * Math.abs(found.hi));
    },
  );

  it("takes powers of balls of every exponent", () => {
    const uniform = uniformGenerator(3);
    for (const exponent of ["2", "-3", "1/2", "-3/2", "0.3", "17"]) {
      for (let round = 0; round < 20; round += 1) {
        const base = 0.1 + 3 * uniform();
        const found = power(exactly(base), fromRational(parseRational(exponent)!));
        const [top = "", bottom = "1"] = exponent.split("/");
        const expected = big(base).pow(math.bignumber(top).dividedBy(math.bignumber(bottom)));
        expect(outside(found, expected), `${base}^${exponent}`).toBeLessThanOrEqual(0);
        expect(found.radius).toBeLessThanOrEqual(relativeRadius * Math.abs(found.hi));
      }
    }
  });
});
