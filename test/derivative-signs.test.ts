// Derivatives in plain text, whatever the letters: dL/da is none of the German "da", and d may be a name itself.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Subject } from "../src/grading/subject.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { notations } from "../src/notation/rows.ts";
import { verdictsOf } from "./support/students/verdicts.ts";

const letters = [..."abcdefghijklmnopqrstuvwxyz"];

const pairs = letters.flatMap((of) => letters.filter((by) => by !== of).map((by) => [of, by] as const));

const subjectOf = (equations: readonly string[], loss: string, parameters: readonly string[]): Subject => {
  const description: NetworkDescription = {
    kind: "equations",
    equations: [...equations],
    loss,
    parameters: [...parameters],
  };
  return new Subject(compile(description));
};

type Row = readonly [line: string, ...verdicts: string[]];

const missesOf = (subject: Subject, rows: readonly Row[]): readonly string[] =>
  rows.flatMap(([line, ...expected]) => {
    const got = verdictsOf(subject, notations.scalar, line);
    return got.join() === expected.join() ? [] : [`${line}: ${got.join(" ")}`];
  });

/** A letter that is neither of the two and begins no derivative. */
const other = (...taken: readonly string[]): string =>
  letters.find((letter) => !["d", ...taken].includes(letter))!;

describe("the derivative by every letter of a network that is one letter", () => {
  test.each(letters)("%s by each other letter, in plain text, with ∂ and in LaTeX", (of) => {
    const misses = pairs
      .filter(([first]) => first === of)
      .flatMap(([, by]) => {
        const factor = other(of, by);
        return missesOf(subjectOf([`${of} = ${by}^2 * ${factor}`], of, [by, factor]), [
          [`d${of}/d${by} = 2*${by}*${factor}`, "true"],
          [`d${of}/d${by} = ${by}*${factor}`, "false"],
          [`d${of} / d${by} = 2 ${by} * ${factor}`, "true"],
          [`∂${of}/∂${by} = 2·${by}·${factor}`, "true"],
          [`∂${of}/∂${by} = ${by}·${factor}`, "false"],
          [`\\frac{d${of}}{d${by}} = 2${by}${factor}`, "true"],
          [`\\frac{\\partial ${of}}{\\partial ${by}} = ${by}${factor}`, "false"],
        ]);
      });
    expect(misses).toEqual([]);
  });
});

test("a d that is a name is derived by and is a factor", () => {
  const misses = missesOf(subjectOf(["c = a + b", "d = b + 1", "e = c * d"], "e", ["a", "b"]), [
    ["de/dd = c", "true"],
    ["de/dd = d", "false"],
    ["dd/db = 1", "true"],
    ["de/da = d", "true"],
    ["de/db = de/dc * dc/db + de/dd * dd/db = d*1 + c*1", "true", "true"],
    ["de/db = de/dc * dc/db", "false"],
    ["d/db (b + 1) = 1", "true"],
    ["\\frac{d}{db}(b+1) = 1", "true"],
    ["\\frac{d^2 e}{da\\,db} = 1", "true"],
    ["\\frac{d^2 e}{da\\,dd} = 1", "true"],
    ["d/d = 1", "true"],
    ["\\frac{cd}{d} = c", "true"],
    ["dc/d = c", "true"],
    ["d/b = (b+1)/b", "true"],
    ["d^2/b = (b+1)^2/b", "true"],
    ["e = dc", "true"],
  ]);
  expect(misses).toEqual([]);
});

test("names such as da are names, derived and derived by; da/db is a quotient where both are names", () => {
  const derived = subjectOf(["da = a*b", "L = da^2"], "L", ["a", "b"]);
  const quotient = subjectOf(["L = da/db"], "L", ["da", "db"]);
  const misses = [
    ...missesOf(derived, [
      ["dL/dda = 2*da", "true"],
      ["dda/da = b", "true"],
      ["dL/da = 2*da*b", "true"],
      ["dL/da = dL/dda * dda/da", "true"],
      ["dL/da = 2*da", "false"],
      ["\\frac{dL}{dda} = 2da", "true"],
    ]),
    ...missesOf(quotient, [
      ["L = da/db", "true"],
      ["L = \\frac{da}{db}", "true"],
      ["dL/dda = 1/db", "true"],
      ["dL/ddb = -da/db^2", "true"],
      ["L = db/da", "false"],
    ]),
  ];
  expect(misses).toEqual([]);
});

test("words that are products of names stay products, and words between formulas stay words", () => {
  const misses = missesOf(
    subjectOf(["L = a*s*b + o*f*r + p*i"], "L", ["a", "s", "b", "o", "f", "r", "p", "i"]),
    [
      ["L = as b + for + pi", "true"],
      ["dL/db = as", "true"],
      ["as = dL/db", "true"],
      ["dL/df = or", "true"],
      ["dL/dp = i, so dL/di = p", "true", "true"],
      ["dL/dp = i as dL/di = p", "true", "true"],
      ["L - pi = as*b + for", "true"],
    ],
  );
  expect(misses).toEqual([]);
});

test("a network of any six letters, derived by hand and written as plain text", () => {
  const names = fc.uniqueArray(fc.constantFrom(...letters), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(names, ([u, v, w, p, q, r]) => {
      // p = uv, q = p² + w, r = qu: u reaches r on two ways.
      const subject = subjectOf([`${p} = ${u}*${v}`, `${q} = ${p}^2 + ${w}`, `${r} = ${q}*${u}`], r!, [
        u!,
        v!,
        w!,
      ]);
      expect(
        missesOf(subject, [
          [`d${r}/d${w} = d${r}/d${q} * d${q}/d${w} = ${u}`, "true", "true"],
          [`d${r}/d${v} = d${r}/d${q} * d${q}/d${p} * d${p}/d${v} = ${u} * 2*${p} * ${u}`, "true", "true"],
          [`d${r}/d${v} = d${r}/d${q} * d${q}/d${p} = 2*${u}*${p}`, "false", "true"],
          [`d${r}/d${u} = ${q} + d${r}/d${p} * d${p}/d${u} = ${q} + 2*${u}*${p}*${v}`, "true", "true"],
          [`d${r}/d${u} = d${r}/d${p} * d${p}/d${u}`, "false"],
          [`∂${r}/∂${u} = ${q} + ∂${r}/∂${p} ∂${p}/∂${u}`, "true"],
        ]),
      ).toEqual([]);
    }),
    { numRuns: 150, seed: 7 },
  );
});
