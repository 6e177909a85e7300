// Submissions as students hand them in: statements with their places, expected by hand.
import { describe, expect, test } from "vitest";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import type { Network } from "../src/network/network.ts";
import { dialect } from "../src/notation/dialect.ts";
import type { NotationKey } from "../src/notation/notation.ts";
import { notations } from "../src/notation/rows.ts";
import type { Statement } from "../src/reading/statement.ts";
import { readSubmission } from "../src/reading/submission.ts";
import { plain } from "../src/writers/print/line.ts";

const descriptions = {
  /** Note 001: two inputs, two hidden units, one output, six weights. */
  "2-2-1": {
    kind: "layers",
    inputs: 2,
    naming: "by-source",
    layers: [
      { type: "dense", units: 2, activation: "sigmoid", bias: "none" },
      { type: "dense", units: 1, activation: "sigmoid", bias: "none" },
    ],
    loss: "half-squared-error",
  },
  "3-4-2": {
    kind: "layers",
    inputs: 3,
    layers: [
      { type: "dense", units: 4, activation: "tanh" },
      { type: "dense", units: 2, activation: "softmax" },
    ],
    loss: "categorical-cross-entropy",
  },
} as const satisfies Record<string, NetworkDescription>;

type NetworkName = keyof typeof descriptions;

function network(name: NetworkName): Network {
  return compile(descriptions[name]);
}

/** Each statement in one line: what it says in plain print, or why it cannot be read. */
function said(name: NetworkName, key: NotationKey, ...lines: readonly string[]): readonly string[] {
  const built = network(name);
  const printing = { dialect: dialect(built, notations[key]), digits: 9 };
  const one = (statement: Statement): string => {
    switch (statement.kind) {
      case "relation":
        return statement.readings
          .map(({ left, right }) => `${plain(left, printing)} ${statement.sign} ${plain(right, printing)}`)
          .join(" or ");
      case "definition":
        return `${statement.quantity.id} := ${plain(statement.value, printing)}`;
      case "unreadable":
        return statement.failure.message;
    }
  };
  return readSubmission(built, notations[key], lines).steps.flatMap(({ statements }) => statements.map(one));
}

describe("a line is read relation by relation", () => {
  const rows: readonly (readonly [NetworkName, NotationKey, readonly string[], readonly string[]])[] = [
    ["2-2-1", "layered", ["z_1^{(2)} = w_1 x_1 + w_3 x_2"], ["z₁⁽²⁾ = w₁ x₁ + w₃ x₂"]],
    [
      "2-2-1",
      "layered",
      ["a_1^{(2)} = f(z_1^{(2)}) = \\sigma(z_1^{(2)})"],
      ["a₁⁽²⁾ = f(z₁⁽²⁾)", "f(z₁⁽²⁾) = f(z₁⁽²⁾)"],
    ],
    [
      "2-2-1",
      "layered",
      ["\\frac{\\partial E}{\\partial w_5}", "= \\delta_1^{(3)} a_1^{(2)}", "= a_1^{(2)} \\delta_1^{(3)}"],
      ["∂E/∂w₅ = δ₁⁽³⁾ a₁⁽²⁾", "δ₁⁽³⁾ a₁⁽²⁾ = a₁⁽²⁾ δ₁⁽³⁾"],
    ],
    ["2-2-1", "layered", ["x_1 \\neq x_2, x_1 \\not= x_2"], ["x₁ ≠ x₂", "x₁ ≠ x₂"]],
    [
      "2-2-1",
      "layered",
      ["x_1 = q = x_2 = w_1"],
      ['Unknown name "q" at character 7; the network has nothing of this name in this notation.', "x₂ = w₁"],
    ],
  ];
  test.each(rows)("%s in %s: %j", (name, key, lines, expected) => {
    expect(said(name, key, ...lines)).toEqual(expected);
  });
});

test("places are offsets into the line", () => {
  const source = "z_1^{(2)} = w_1 x_1 = 0";
  const { steps, notation } = readSubmission(network("2-2-1"), notations.layered, [
    { id: "first", latex: source },
    "= x_2",
  ]);
  expect(notation).toBe("layered");
  expect(steps.map(({ index, id }) => [index, id])).toEqual([
    [0, "first"],
    [1, undefined],
  ]);
  const places = steps.flatMap((step) =>
    step.statements.map((statement) =>
      statement.kind === "relation"
        ? [
            step.source.slice(statement.left.start, statement.left.end),
            step.source.slice(statement.right.start, statement.right.end),
            statement.implicitLeft,
          ]
        : statement,
    ),
  );
  expect(places).toEqual([
    ["z_1^{(2)}", "w_1 x_1", false],
    ["w_1 x_1", "0", false],
    ["", "x_2", true],
  ]);
});

test("a decimal keeps its digits, other numbers are put together", () => {
  const { steps } = readSubmission(network("2-2-1"), notations.layered, ["x_1 = 0.50 \\cdot 2 \\cdot 3"]);
  const [statement] = steps[0]!.statements;
  expect(statement).toMatchObject({
    readings: [
      {
        right: {
          args: [
            { value: { numerator: 1n, denominator: 2n }, decimals: 2 },
            { value: { numerator: 2n } },
            { value: { numerator: 3n } },
          ],
        },
      },
    ],
  });
});

test("free letters stand for every unit, sums are written out", () => {
  const { steps } = readSubmission(network("3-4-2"), notations.layered, [
    "z_j^{(2)} = \\sum_i w_{ji}^{(2)} x_i + b_j^{(2)}",
  ]);
  const [statement] = steps[0]!.statements;
  if (statement?.kind !== "relation") throw new Error("not read");
  const [reading] = statement.readings;
  const printing = { dialect: dialect(network("3-4-2"), notations.layered), digits: 9 };
  expect(
    reading!.instances.map(({ left, right, at }) => [at, plain(left, printing), plain(right, printing)]),
  ).toEqual([
    [[["j", 1]], "z₁⁽²⁾", "w₁₁⁽²⁾ x₁ + w₁₂⁽²⁾ x₂ + w₁₃⁽²⁾ x₃ + b₁⁽²⁾"],
    [[["j", 2]], "z₂⁽²⁾", "w₂₁⁽²⁾ x₁ + w₂₂⁽²⁾ x₂ + w₂₃⁽²⁾ x₃ + b₂⁽²⁾"],
    [[["j", 3]], "z₃⁽²⁾", "w₃₁⁽²⁾ x₁ + w₃₂⁽²⁾ x₂ + w₃₃⁽²⁾ x₃ + b₃⁽²⁾"],
    [[["j", 4]], "z₄⁽²⁾", "w₄₁⁽²⁾ x₁ + w₄₂⁽²⁾ x₂ + w₄₃⁽²⁾ x₃ + b₄⁽²⁾"],
  ]);
});
