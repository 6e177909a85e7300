// Vectors and shapes of equations: the forms of whole vectors, their numbers, and descriptions that cannot be.
//
// Expected lines and numbers are worked out by hand; numbers also by central differences of functions written here.
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { derivation, grades } from "../src/index.ts";
import type { EquationsDescription } from "../src/network/description.ts";
import type { DerivationRequest } from "../src/request/schema.ts";

type Description = Omit<EquationsDescription, "kind">;

interface Answer {
  readonly gradients: readonly {
    readonly parameter: string;
    readonly value?: number;
    readonly check: { readonly agrees: boolean };
  }[];
  readonly equalForms?: { readonly equal: boolean };
  readonly indexed: { readonly lines: readonly { readonly id: string; readonly latex: string }[] };
  readonly matrix: {
    readonly lines: readonly {
      readonly id: string;
      readonly latex: string;
      readonly shape: readonly (number | string)[];
      readonly value?: readonly (readonly number[])[];
      readonly agrees?: boolean;
    }[];
    readonly jacobians: readonly {
      readonly of: string;
      readonly by: string;
      readonly entries?: readonly (readonly string[])[];
      readonly size: number | string;
    }[];
  };
}

type Forms = NonNullable<DerivationRequest["forms"]>;

const wholes: Forms = ["indexed", "matrix"];
const all: Forms = ["chain", "delta", "indexed", "matrix"];

function answerTo(description: Description, forms: Forms, more: Partial<DerivationRequest> = {}): Answer {
  const network = { kind: "equations", ...description } as const;
  return JSON.parse(derivation({ network, forms, notation: "scalar", ...more }, "json")) as Answer;
}

function numbersOf({ matrix }: Answer, id: string): readonly (readonly number[])[] {
  return matrix.lines.find((line) => line.id === id)!.value!;
}

/** Rounding of central differences with steps of 1e-5 at values of size 1. */
const differenceTolerance = 1e-8;

function central(loss: (x: readonly number[]) => number, x: readonly number[]): readonly number[] {
  const step = 1e-5;
  return x.map((value, at) => (loss(x.with(at, value + step)) - loss(x.with(at, value - step))) / (2 * step));
}

describe("vectors are put together from quantities with equations of their own", () => {
  const description = {
    equations: ["y_1 = x_1*x_2", "y_2 = exp(x_1)", "y_3 = x_1 + x_2^2", "L = y_1^2 + y_2*y_3"],
    loss: "L",
    parameters: { x_1: 0.5, x_2: -1.2 },
    vectors: { x: ["x_1", "x_2"], y: ["y_1", "y_2", "y_3"] },
  };
  const answer = answerTo(description, all);

  it("The Jacobian has each entry's own derivative", () => {
    const [jacobian] = answer.matrix.jacobians;
    expect(jacobian).toMatchObject({ of: "y", by: "x", size: 6 });
    expect(jacobian!.entries).toEqual([
      ["x_{2}", "x_{1}"],
      ["e^{x_{1}}", "0"],
      ["1", "2 x_{2}"],
    ]);
  });

  it("Its transpose times the error at y is the error at x, in every entry what the chain products say", () => {
    const loss = ([a, b]: readonly number[]): number => (a! * b!) ** 2 + Math.exp(a!) * (a! + b! ** 2);
    const expected = central(loss, [0.5, -1.2]);
    const matrix = numbersOf(answer, "derivative-x").flat();
    for (const [at, value] of expected.entries()) {
      expect(Math.abs(matrix[at]! - value)).toBeLessThan(differenceTolerance);
      expect(matrix[at]).toBeCloseTo(answer.gradients[at]!.value!, 12);
    }
    expect(answer.matrix.lines.every(({ agrees }) => agrees === true)).toBe(true);
    expect(answer.gradients.every(({ check }) => check.agrees)).toBe(true);
  });

  it.each([
    ["denominator", "columns", [2, 1]],
    ["numerator", "columns", [1, 2]],
    ["denominator", "rows", [1, 2]],
  ] as const)(
    "In %s layout with vectors as %s the derivative has the shape %j",
    (layout, vectorsAre, shape) => {
      const { matrix } = answerTo(description, wholes, { layout, vectorsAre });
      expect(matrix.lines.find(({ id }) => id === "derivative-x")!.shape).toEqual(shape);
      expect(matrix.lines.every(({ agrees }) => agrees === true)).toBe(true);
    },
  );

  it("Vectors of any sizes agree with the chain products", () => {
    const factor = fc.constantFrom("exp", "sin", "tanh", "sigmoid");
    const network = fc.record({
      inputs: fc.integer({ min: 1, max: 4 }),
      outputs: fc.array(fc.record({ f: factor, skip: fc.nat(3), square: fc.boolean() }), {
        minLength: 1,
        maxLength: 4,
      }),
      seed: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(network, ({ inputs, outputs, seed }) => {
        const x = Array.from({ length: inputs }, (_, at) => `x_${at + 1}`);
        const equations = outputs.map(
          ({ f, skip, square }, at) =>
            `y_${at + 1} = ${f}(${x.join(" + ")}) * x_${(skip % inputs) + 1}${square ? "^2" : ""}`,
        );
        const y = outputs.map((_, at) => `y_${at + 1}`);
        const found = answerTo(
          {
            equations: [...equations, `L = (${y.join(" + ")})^2`],
            loss: "L",
            parameters: Object.fromEntries(x.map((name, at) => [name, (at + seed) / 10])),
            vectors: { x, y },
          },
          all,
          { maxPaths: 500 },
        );
        expect(found.equalForms?.equal).toBe(true);
        expect(found.matrix.lines.every(({ agrees }) => agrees === true)).toBe(true);
        const matrix = numbersOf(found, "derivative-x").flat();
        for (const [at, { value }] of found.gradients.entries()) expect(matrix[at]).toBeCloseTo(value!, 9);
      }),
      { numRuns: 40 },
    );
  });
});

describe("shapes make functions act entry by entry", () => {
  it("A symbolic size: a diagonal Jacobian, ⊙ in its place, and no number", () => {
    const { matrix, indexed } = answerTo(
      { equations: ["y = exp(x)", "L = L(y)"], loss: "L", parameters: ["x"], shapes: { x: ["n"] } },
      wholes,
    );
    expect(matrix.lines.map(({ latex, shape }) => [latex, shape])).toEqual([
      ["y = \\exp(x)", ["n", 1]],
      ["L = L(y)", [1, 1]],
      ["\\delta_{y} = \\frac{\\partial L}{\\partial y}", ["n", 1]],
      ["\\frac{\\partial L}{\\partial x} = \\delta_{y} \\odot \\exp(x)", ["n", 1]],
    ]);
    expect(matrix.jacobians[0]!.size).toBe("n · n");
    expect(indexed.lines.map(({ latex }) => latex)).toContain(
      "\\frac{\\partial L}{\\partial x_{i}} = \\sum_{j=1}^{n} \\frac{\\partial L}{\\partial y_{j}} \\ \\frac{\\partial y_{j}}{\\partial x_{i}}",
    );
  });

  it("Sizes that are numbers have all four forms, and the independent engine confirms them", () => {
    const answer = answerTo(
      {
        equations: ["y = exp(x)*w", "L = sum((y - t)^2)/2"],
        loss: "L",
        parameters: { x: [0.1, -0.3, 0.7], w: 1.5 },
        constants: { t: [1, 2, 3] },
        shapes: { x: [3], t: [3] },
      },
      all,
    );
    const loss = ([a, b, c, w]: readonly number[]): number =>
      [a!, b!, c!].reduce((total, x, at) => total + (Math.exp(x) * w! - (at + 1)) ** 2 / 2, 0);
    const expected = central(loss, [0.1, -0.3, 0.7, 1.5]);
    expect(answer.gradients.map(({ parameter }) => parameter)).toEqual(["x[1]", "x[2]", "x[3]", "w"]);
    for (const [at, { value, check }] of answer.gradients.entries()) {
      expect(Math.abs(value! - expected[at]!)).toBeLessThan(differenceTolerance);
      expect(check.agrees).toBe(true);
    }
    expect(answer.equalForms?.equal).toBe(true);
    expect(answer.matrix.lines.every(({ agrees }) => agrees === true)).toBe(true);
  });

  it("A formula may add up a vector of which it takes an entry: y_i / Σ_j y_j", () => {
    const answer = answerTo(
      {
        equations: ["y = exp(x)", "p = y/sum(y)", "L = -sum(t*log(p))"],
        loss: "L",
        parameters: { x: [0.2, -0.4] },
        constants: { t: [0, 1] },
        shapes: { x: [2], t: [2] },
      },
      ["chain", "delta", "indexed"],
    );
    // Softmax with cross-entropy: ∂L/∂x = p - t
    const sum = Math.exp(0.2) + Math.exp(-0.4);
    const expected = [Math.exp(0.2) / sum, Math.exp(-0.4) / sum - 1];
    for (const [at, { value, check }] of answer.gradients.entries()) {
      expect(value).toBeCloseTo(expected[at]!, 12);
      expect(check.agrees).toBe(true);
    }
  });

  it("Matrices: the sum over both indices, and no letter of a size counts anything", () => {
    const { indexed } = answerTo(
      {
        equations: ["Y = f(X)", "L = L(Y)"],
        functions: ["f"],
        loss: "L",
        parameters: ["X"],
        shapes: { X: ["k", "j"], Y: ["k", "m"] },
      },
      wholes,
    );
    const sums = indexed.lines.filter(({ latex }) => latex.includes("\\sum"));
    expect(sums.length).toBeGreaterThan(0);
    for (const { latex } of sums) {
      expect(latex).toMatch(/\\sum_\{\w=1\}\^\{k\} \\sum_\{\w=1\}\^\{m\}/);
      expect(latex).not.toMatch(/_\{[^}=]*[kjm]/);
    }
  });
});

it("An exponent for each entry has no matrix form; the other lines and the numbers stand", () => {
  const answer = answerTo(
    {
      equations: ["y = x^x", "L = sum(y)"],
      loss: "L",
      parameters: { x: [1, 2] },
      shapes: { x: [2] },
    },
    all,
  );
  // d x^x = x^x (ln x + 1)
  expect(answer.gradients[0]!.value).toBeCloseTo(1, 12);
  expect(answer.gradients[1]!.value).toBeCloseTo(4 * (Math.log(2) + 1), 12);
  expect(answer.matrix.lines.every(({ agrees }) => agrees === true)).toBe(true);
});

it("No line says that a derivative is itself", () => {
  const direct = answerTo(
    {
      equations: ["L = x_1*x_2"],
      loss: "L",
      parameters: { x_1: 3, x_2: 1 },
      vectors: { x: ["x_1", "x_2"] },
    },
    wholes,
    { notation: "bishop" },
  );
  expect(direct.matrix.lines.at(-1)!.latex).toBe(
    "\\frac{\\partial L}{\\partial x} = \\begin{bmatrix} x_{2} \\\\ x_{1} \\end{bmatrix}",
  );
  expect(numbersOf(direct, "derivative-x")).toEqual([[1], [3]]);
  const open = answerTo(
    { equations: ["L = L(x)"], loss: "L", parameters: ["x"], shapes: { x: ["n"] } },
    wholes,
  );
  expect(open.matrix.lines.map(({ latex }) => latex)).toEqual(["L = L(x)"]);
});

describe("entries of symbolic size are neither drawn nor graded", () => {
  const network = {
    kind: "equations",
    equations: ["y = exp(x)", "L = L(y)"],
    loss: "L",
    parameters: ["x"],
    shapes: { x: ["n"] },
  } satisfies EquationsDescription;
  const sentence = (what: string): string =>
    `${what} every entry by itself, and "x" has the symbolic size n; write sizes as numbers and an equation for every entry, put together under "vectors".`;

  it.each(["graph", "path", "steps"] as const)("the view %s", (view) => {
    expect(() => derivation({ network, render: { view } }, "svg")).toThrow(sentence("A picture shows"));
  });

  it("grades", () => {
    expect(() => grades({ network, target: "x", submission: "dL/dx = 1" })).toThrow(
      sentence("Grades are about"),
    );
  });
});

describe("what cannot be is refused with a sentence", () => {
  const base = { equations: ["y = exp(x)", "L = L(y)"], loss: "L", parameters: ["x"] };
  const vectors = {
    equations: ["y_1 = x_1*x_2", "y_2 = x_1", "L = y_1*y_2"],
    loss: "L",
    parameters: ["x_1", "x_2"],
  };
  test.each<readonly [string, Description, Forms, string, string]>([
    [
      "chains of a symbolic size",
      { ...base, shapes: { x: ["n"] } },
      ["chain"],
      '"x" has the symbolic size n, and the forms chain and delta list every entry; ask for the forms indexed and matrix, or write the size as a number.',
      "/forms",
    ],
    [
      "chains of an abstract function with several outputs",
      { ...base, equations: ["y = f(x)", "L = L(y)"], functions: ["f"], shapes: { x: [2], y: [3] } },
      ["delta"],
      '"y" is an abstract function "f" with several outputs, and the forms chain and delta need an equation for each; write them out, as in y_1 = y_1(x_1, x_2), and put them together under "vectors", or ask for the forms indexed and matrix.',
      "/forms",
    ],
    [
      "single quantities only",
      base,
      ["matrix"],
      'The matrix form states the rules of whole layers, and a network of equations has none; put quantities together under "vectors", or declare "shapes", or ask for the forms chain and delta.',
      "/forms",
    ],
    [
      "two shapes in one formula",
      {
        ...base,
        equations: ["y = x + 2*u", "L = L(y)"],
        parameters: ["x", "u"],
        shapes: { x: ["n"], u: ["m"] },
      },
      wholes,
      "Equation 1 puts a part of the shape n and a part of the shape m together at character 9; functions act entry by entry, so both need the same shape.",
      "/network/equations/0",
    ],
    [
      "another shape than declared",
      { ...base, shapes: { x: [3], y: [2] } },
      wholes,
      'Equation 1 defines "y", which has the shape 2 under "shapes", by a formula of the shape 3; correct the one or the other.',
      "/network/equations/0",
    ],
    [
      "a loss that is a vector",
      { ...base, equations: ["L = exp(x)"], shapes: { x: ["n"] } },
      wholes,
      'The loss "L" has the shape n, and a loss is a single number; add up its entries, as in L = sum(…), or leave it open, as in L = L(y).',
      "/network/equations/0",
    ],
    [
      "an abstract function of a vector inside a formula",
      { ...base, equations: ["L = 2*f(x)"], functions: ["f"], shapes: { x: ["n"] } },
      wholes,
      'Equation 1 calls the abstract function "f" of a vector within a formula at character 7; give it an equation of its own, such as u = f(x), with names alone as arguments.',
      "/network/equations/0",
    ],
    [
      "sum of a number",
      { ...base, equations: ["y = exp(x)", "L = sum(2) + sum(y)"], shapes: { x: ["n"] } },
      wholes,
      'Equation 2 calls "sum" at character 5 with what is no vector; it adds up the entries of one quantity of "shapes".',
      "/network/equations/1",
    ],
    [
      "a shape of nothing",
      { ...base, shapes: { x: ["n"], yy: ["n"] } },
      wholes,
      '"shapes" names "yy", which is no parameter, no constant and no left-hand side of an equation. Did you mean "y"?',
      "/network/shapes/yy",
    ],
    [
      "a size called like a quantity",
      { ...base, equations: ["y = n*exp(x)", "L = L(y)"], parameters: ["x", "n"], shapes: { x: ["n"] } },
      wholes,
      'The name "n" is given to the size n and to the parameter n; give each thing its own name.',
      "/network/parameters/1",
    ],
    [
      "a name that prints like an entry",
      { ...base, equations: ["y = x_1*exp(x)", "L = L(y)"], parameters: ["x", "x_1"], shapes: { x: ["n"] } },
      wholes,
      '"x_1" would print like an entry of the vector "x"; rename one of them.',
      "/network/shapes/x",
    ],
    [
      "numbers for a symbolic size",
      { ...base, parameters: { x: [1, 2] }, shapes: { x: ["n"] } },
      wholes,
      '"x" has the shape n, and only a vector whose size is a number takes numbers; leave them out.',
      "/network/parameters/x",
    ],
    [
      "too few numbers",
      { ...base, parameters: { x: [1, 2] }, shapes: { x: [3] } },
      wholes,
      "Expected 3 numbers for x, but found 2.",
      "/network/parameters/x",
    ],
    [
      "a list for a single number",
      { ...base, equations: ["L = x^2"], parameters: { x: [1, 2] } },
      ["chain"],
      '"x" has a list of numbers, and it is a single one; give one number, or declare its size under "shapes".',
      "/network/parameters/x",
    ],
    [
      "vectors and shapes",
      { ...base, shapes: { x: ["n"] }, vectors: { v: ["y"] } },
      wholes,
      '"vectors" puts single quantities together, and "shapes" makes quantities vectors from the start; a description has the one or the other.',
      "/network/vectors",
    ],
    [
      "a vector of what is not there",
      { ...vectors, vectors: { x: ["x_1", "x_3"] } },
      wholes,
      'The vector "x" names "x_3", which is no parameter, no constant and no left-hand side of an equation. Did you mean "x_1"?',
      "/network/vectors/x/1",
    ],
    [
      "a vector of parameters and equations",
      { ...vectors, vectors: { x: ["x_1", "y_1"] } },
      wholes,
      'The vector "x" puts the parameter "x_1" and the left-hand side "y_1" together; the entries of a vector are all parameters, all constants or all left-hand sides.',
      "/network/vectors/x",
    ],
    [
      "a quantity in two vectors",
      { ...vectors, vectors: { u: ["x_1"], v: ["x_2", "x_1"] } },
      wholes,
      '"x_1" stands in the vectors "u" and "v"; every quantity is one entry of one vector.',
      "/network/vectors/v/1",
    ],
    [
      "the loss in a vector",
      { ...vectors, vectors: { y: ["y_1", "L"] } },
      wholes,
      'The vector "y" names the loss "L"; the loss stands by itself.',
      "/network/vectors/y/1",
    ],
    [
      "a vector whose entries need each other",
      {
        ...vectors,
        equations: ["y_1 = x_1*x_2", "y_2 = y_1 + x_1", "L = y_1*y_2"],
        vectors: { y: ["y_1", "y_2"] },
      },
      wholes,
      'The vectors form a cycle: "y" is needed for "y"; put together only quantities that do not depend on each other.',
      "/network/vectors/y",
    ],
    [
      "a vector called like a quantity",
      { ...vectors, vectors: { L: ["y_1"] } },
      wholes,
      'The name "L" is given to the left-hand side of equation 3 and to the vector L; give each thing its own name.',
      "/network/vectors/L",
    ],
    [
      "two ways that would have one name",
      {
        ...vectors,
        equations: ["y_1 = x_1*x_2", "y_2 = x_1", "L = y_1*y_2*x_1"],
        vectors: { x: ["x_1", "x_2"], y: ["y_1", "y_2"] },
      },
      wholes,
      '"L" depends on "x" by itself and through "y", so that ∂L/∂x has two meanings; give the direct way an equation of its own, such as s = s(x), and use s for "x" in the equation of "L".',
      "/network/equations",
    ],
  ])("%s", (_, description, forms, message, pointer) => {
    expect(() => answerTo(description, forms)).toThrow(
      expect.objectContaining({ message, details: expect.objectContaining({ pointer }) }),
    );
  });
});
