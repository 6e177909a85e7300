// Walks the catalogue's table: every row against the referee's own spelling of the same function in 64 digits.
import katex from "katex";
import { describe, expect, it } from "vitest";
import { parseFormula, parsePartial, syntaxNames } from "../src/expression/formula.ts";
import { toNumber } from "../src/expression/rational.ts";
import type { Syntax } from "../src/expression/syntax.ts";
import { losses } from "../src/network/losses.ts";
import { bigField } from "../src/numeric/reference/field.ts";
import { functionKey, functionsOf } from "../src/numeric/reference/functions.ts";
import { primitive, primitives } from "../src/primitives/index.ts";
import { normalDensity, normalDistribution } from "../src/primitives/normal.ts";
import type { Primitive } from "../src/primitives/primitive.ts";

const exact = functionsOf(bigField);

const scalars = primitives.filter((row) => row.kind === "scalar");
const vectors = primitives.filter((row) => row.kind === "vector");

/** A few roundings of a double; errors of the argument itself are multiplied by the condition of the function. */
const roundings = 2e-15;

/** Derivatives written in y lose what 1 − y loses: a few units in the last place of 1, times slopes up to 100. */
const partialError = 1e-13;

/** mulberry32, public domain (Ettinger 2017): uniform in [0, 1), the same on every machine. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Arguments in the domain of a row: the first one from −4 to 4, constants above 0, bounds of clip around 0. */
function pointOf(row: Primitive, random: () => number): number[] {
  const first = 8 * random() - 4;
  const rest = row.partials!.slice(1).map(() => 0.1 + 2 * random());
  if (row.name === "clip") rest[0] = -rest[0]!;
  return [row.domain ? Math.abs(first) : first, ...rest];
}

function exactValue(row: Primitive, args: readonly number[]): number {
  return bigField.real(exact.scalar.get(functionKey(row.name))!(...args.map(bigField.number)));
}

function exactPartial(row: Primitive, args: readonly number[], slot: number): number {
  const spelled = exact.scalar.get(functionKey(row.name))!;
  const point = args.map(bigField.number);
  return bigField.derivative((step) => spelled(...point.with(slot, bigField.add(point[slot]!, step))));
}

/** The number of a partial's text, worked out with the rows' own values, as our engine does. */
function partialValue(syntax: Syntax, scope: (name: string) => number): number {
  const value = (part: Syntax) => partialValue(part, scope);
  switch (syntax.kind) {
    case "number":
      return toNumber(syntax.value);
    case "name":
      return scope(syntax.name);
    case "entry":
      return scope(`${syntax.name}[${syntax.index}]`);
    case "negative":
      return -value(syntax.of);
    case "call":
      if (syntax.name === "same") return scope("same(k,m)");
      return primitive(syntax.name.replaceAll("_", "-")).value!(...syntax.args.map(value));
    case "binary": {
      const [left, right] = [value(syntax.left), value(syntax.right)];
      return {
        "+": left + right,
        "-": left - right,
        "*": left * right,
        "/": left / right,
        "^": left ** right,
      }[syntax.operator];
    }
  }
}

function ownPartial(row: Primitive, args: readonly number[], slot: number): number {
  const scope = (name: string) => (name === "y" ? row.value!(...args) : args[Number(name.slice(1)) - 1]!);
  return partialValue(parsePartial(row.partials![slot]!), scope);
}

describe("the table of primitives", () => {
  it("names every row once, also without hyphens", () => {
    const names = primitives.map((row) => functionKey(row.name));
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(losses.map((row) => row.name)).size).toBe(losses.length);
  });

  it("finds a row by its name and nothing by another", () => {
    expect(primitive("leaky-relu").constants).toEqual([{ name: "alpha", value: "0.01" }]);
    expect(() => primitive("constructor")).toThrow('no row "constructor"');
  });

  it.each(primitives)("prints $name in LaTeX that KaTeX accepts in strict mode", (row) => {
    const print = (latex: string) => katex.renderToString(latex, { strict: "error", throwOnError: true });
    expect(() => print(row.definition)).not.toThrow();
    expect(() => print(`${row.spelling.latex}{(x)}`)).not.toThrow();
  });

  it.each(losses)("writes the loss $name in yhat, y and its constants", (row) => {
    const names = new Set(["yhat", "y", ...(row.constants ?? []).map((constant) => constant.name)]);
    expect([...syntaxNames(parseFormula(row.formula))].filter((name) => !names.has(name))).toEqual([]);
    expect(() => katex.renderToString(row.definition, { strict: "error", throwOnError: true })).not.toThrow();
  });

  it.each(primitives.filter((row) => row.kinks))("calls $name, which has kinks, not analytic", (row) => {
    expect(row.analytic).toBe(false);
  });
});

describe("the value", () => {
  it.each(scalars)("of $name agrees with its definition in 64 digits", (row) => {
    const random = uniform(7);
    for (let round = 0; round < 20; round += 1) {
      const args = pointOf(row, random);
      const expected = exactValue(row, args);
      const spread = args.reduce((sum, arg, slot) => sum + Math.abs(arg * exactPartial(row, args, slot)), 0);
      expect(Math.abs(row.value!(...args) - expected)).toBeLessThanOrEqual(
        roundings * (Math.abs(expected) + spread),
      );
    }
  });

  const oneArgument = scalars.filter(
    (row) => (row.constants?.length ?? 0) + 1 === row.partials!.length && !row.domain,
  );
  const far = [50, 1000, -50, -1000, 709, -745].map((x) => [x] as const);

  it.each(far)("at %d is right to 12 digits wherever a double can hold it", (x) => {
    for (const row of oneArgument) {
      const args = [x, ...(row.constants ?? []).map((constant) => Number(constant.value))];
      const expected = exactValue(row, args);
      if (!Number.isFinite(expected)) continue;
      const error = Math.abs(row.value!(...args) - expected);
      // Below 1e-300 doubles run out of digits.
      expect(error, row.name).toBeLessThanOrEqual(1e-12 * Math.abs(expected) + 1e-300);
    }
  });

  it.each([-37, -20, -8.3, -5, -1.51, -1.5, -0.7, 0, 1e-9, 1.5, 1.51, 8, 20])(
    "of the normal distribution keeps 14 digits at %d",
    (x) => {
      const [cdf, pdf] = ["normalcdf", "normalpdf"].map((key) =>
        bigField.real(exact.scalar.get(key)!(bigField.number(x))),
      ) as [number, number];
      expect(Math.abs(normalDistribution(x) - cdf)).toBeLessThanOrEqual(1e-14 * cdf);
      expect(Math.abs(normalDensity(x) - pdf)).toBeLessThanOrEqual(1e-14 * pdf);
    },
  );
});

describe("the derivative", () => {
  it.each(scalars)("of $name is what differences of its definition give in 64 digits", (row) => {
    const random = uniform(11);
    for (let round = 0; round < 20; round += 1) {
      const args = pointOf(row, random);
      for (const slot of args.keys()) {
        const expected = exactPartial(row, args, slot);
        const error = Math.abs(ownPartial(row, args, slot) - expected);
        expect(error, `slot ${slot} at ${args}`).toBeLessThanOrEqual(
          partialError * Math.max(1, Math.abs(expected)),
        );
      }
    }
  });

  it.each(scalars.filter((row) => row.activation))("of $name stays right far out", (row) => {
    for (const x of [50, 1000, -50, -1000]) {
      const args = [x, ...(row.constants ?? []).map((constant) => Number(constant.value))];
      const expected = exactPartial(row, args, 0);
      if (!Number.isFinite(expected)) continue;
      expect(Math.abs(ownPartial(row, args, 0) - expected)).toBeLessThanOrEqual(
        1e-12 * Math.max(1, Math.abs(expected)),
      );
    }
  });

  it.each([
    ["relu", [0], [0]],
    ["leaky-relu", [0, 0.01], [0.01, 0]],
    ["elu", [0, 2], [2, 0]],
    ["selu", [0, 3, 2], [6, 0, 0]],
    ["abs", [0], [0]],
    ["sign", [0], [0]],
    ["max", [3, 3], [0.5, 0.5]],
    ["min", [3, 3], [0.5, 0.5]],
    ["positive-part", [0], [0]],
    ["step", [0], [0]],
    ["piecewise", [0, 5, 7], [0, 0, 1]],
    ["clip", [-1, -1, 1], [0, 1, 0]],
    ["clip", [1, -1, 1], [0, 0, 1]],
    ["huber", [1, 1], [1, 0]],
    ["softsign", [0], [1]],
  ] as const)("of %s at its kink %j is %j by convention", (name, args, expected) => {
    const row = primitive(name);
    expect(args.map((_, slot) => ownPartial(row, args, slot) + 0)).toEqual(expected);
  });
});

describe("a vector function", () => {
  const points = [
    [0.3, -1.2, 2.5],
    [50, -50, 0],
    [1000, -1000, 999],
  ] as const;

  it.each(vectors.flatMap((row) => points.map((args) => ({ row, name: row.name, args }))))(
    "$name at $args has the values and derivatives of its definition",
    ({ row, args }) => {
      const spelled = exact.vector.get(functionKey(row.name))!;
      const point = args.map(bigField.number);
      const values = new Float64Array(args.length);
      row.values!(Float64Array.from(args), values);
      const expected = spelled(point).map(bigField.real);
      for (const k of args.keys()) {
        const error = Math.abs(values[k]! - expected[k]!);
        // The largest log-softmax is 0 − ln(1 + …), known to 64 digits of 1 only: hence the floor.
        expect(error).toBeLessThanOrEqual(2e-15 * Math.abs(expected[k]!) + 1e-60);
        for (const m of args.keys()) {
          const slope = bigField.derivative(
            (step) => spelled(point.with(m, bigField.add(point[m]!, step)))[k]!,
          );
          const scope = new Map([
            ["y[k]", values[k]!],
            ["y[m]", values[m]!],
            ["same(k,m)", k === m ? 1 : 0],
          ]);
          const own = partialValue(parsePartial(row.partials![0]!), (name) => scope.get(name)!);
          expect(Math.abs(own - slope)).toBeLessThanOrEqual(partialError);
        }
      }
    },
  );
});
