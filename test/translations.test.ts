// Formulas from one notation to another, expected by hand.
import { describe, expect, test } from "vitest";
import { Failure } from "../src/failure.ts";
import { translation } from "../src/index.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import type { NotationDescription } from "../src/notation/description.ts";
import type { NotationKey } from "../src/notation/notation.ts";
import { notations } from "../src/notation/rows.ts";
import { translate } from "../src/reading/translate.ts";

const sigmoid = (units: number) => ({ type: "dense", units, activation: "sigmoid" }) as const;

const descriptions = {
  "3-4-2": {
    kind: "layers",
    inputs: 3,
    layers: [sigmoid(4), sigmoid(2)],
    loss: "half-squared-error",
  },
  "2-3-3-2": {
    kind: "layers",
    inputs: 2,
    layers: [sigmoid(3), sigmoid(3), sigmoid(2)],
    loss: "half-squared-error",
  },
  "2-2-1": {
    kind: "layers",
    inputs: 2,
    naming: "by-source",
    layers: [
      { ...sigmoid(2), bias: "none" },
      { ...sigmoid(1), bias: "none" },
    ],
    loss: "half-squared-error",
  },
  equations: {
    kind: "equations",
    equations: ["z = w*x + b", "yhat = sigmoid(z)", "L = (y - yhat)^2 / 2"],
    loss: "L",
    parameters: ["w", "b"],
    constants: ["x", "y"],
  },
} as const satisfies Record<string, NetworkDescription>;

type NetworkName = keyof typeof descriptions;

function translated(name: NetworkName, from: NotationKey, to: NotationKey, latex: string): string {
  return translate(compile(descriptions[name]), latex, notations[from], notations[to]).latex;
}

describe("a formula says the same in the other notation", () => {
  const rows: readonly (readonly [NetworkName, NotationKey, string, NotationKey, string])[] = [
    ["3-4-2", "bishop", "z_3", "from-to", "x_{3}"],
    // a and z trade places
    ["3-4-2", "bishop", "z_4 = h(a_4)", "from-to", "a_{4} = f(z_{4})"],
    ["3-4-2", "from-to", "a_4 = f(z_4)", "bishop", "z_{4} = h(a_{4})"],
    ["3-4-2", "bishop", "a_4", "nielsen", "z_{1}^{(2)}"],
    ["3-4-2", "bishop", "z_8", "scalar", "\\hat{y}_{8}"],
    ["3-4-2", "bishop", "t_8 - y_8", "net-out", "\\mathrm{target}_{o1} - \\mathrm{out}_{o1}"],
    // So do the indices of a weight
    ["3-4-2", "bishop", "w_{42}", "from-to", "w_{24}"],
    ["3-4-2", "from-to", "w_{24}", "layered", "w_{12}^{(2)}"],
    ["3-4-2", "layered", "w_{12}^{(2)} x_2", "from-to", "w_{24} \\cdot x_{2}"],
    ["3-4-2", "from-to", "w_{48}", "net-out", "w_{o1,h1}"],
    ["3-4-2", "bishop", "a_j = \\sum_i w_{ji} z_i", "from-to", "z_{j} = \\sum_{i} w_{ij} \\cdot a_{i}"],
    ["3-4-2", "from-to", "z_j = \\sum_i w_{ij} a_i", "bishop", "a_{j} = \\sum_{i} w_{ji} z_{i}"],
    // δ and f′
    [
      "3-4-2",
      "bishop",
      "\\delta_4 = h'(a_4) (w_{84} \\delta_8 + w_{94} \\delta_9)",
      "layered",
      "\\delta_{1}^{(2)} = (\\delta_{1}^{(3)} w_{11}^{(3)} + \\delta_{2}^{(3)} w_{21}^{(3)}) f'(z_{1}^{(2)})",
    ],
    ["3-4-2", "layered", "\\delta_1^{(2)}", "net-out", "\\delta_{h1}"],
    [
      "3-4-2",
      "layered",
      "f'(z_1^{(2)}) \\delta_1^{(3)}",
      "from-to",
      "\\frac{\\partial a_{4}}{\\partial z_{4}} \\cdot \\delta_{8}",
    ],
    [
      "3-4-2",
      "from-to",
      "\\frac{\\partial a_4}{\\partial z_4} \\cdot \\delta_8",
      "layered",
      "f'(z_{1}^{(2)}) \\delta_{1}^{(3)}",
    ],
    ["3-4-2", "layered", "f'(z_1^{(2)})", "nielsen", "\\sigma'(z_{1}^{(2)})"],
    ["3-4-2", "nielsen", "\\sigma'(z_1^{(2)})", "net-out", "\\sigma'(\\mathrm{net}_{h1})"],
    // Chains stay chains
    [
      "2-2-1",
      "layered",
      "\\frac{\\partial E}{\\partial w_5} = \\frac{\\partial E}{\\partial a_1^{(3)}} \\frac{\\partial a_1^{(3)}}{\\partial z_1^{(3)}} \\frac{\\partial z_1^{(3)}}{\\partial w_5}",
      "bishop",
      "\\frac{\\partial L}{\\partial w_{5}} = \\frac{\\partial L}{\\partial y_{5}} \\ \\frac{\\partial y_{5}}{\\partial a_{5}} \\ \\frac{\\partial a_{5}}{\\partial w_{5}}",
    ],
    [
      "2-2-1",
      "layered",
      "\\frac{\\partial E}{\\partial w_1} = \\delta_1^{(2)} x_1",
      "from-to",
      "\\frac{\\partial L}{\\partial w_{1}} = \\delta_{3} \\cdot x_{1}",
    ],
    [
      "2-2-1",
      "net-out",
      "\\delta_{o1} = -(target_{o1}-out_{o1})\\,out_{o1}(1-out_{o1})",
      "layered",
      "\\delta_{1}^{(3)} = -(y - a_{1}^{(3)}) a_{1}^{(3)} (1 - a_{1}^{(3)})",
    ],
    [
      "equations",
      "scalar",
      "\\frac{d L}{d w} = (\\hat{y} - y) \\sigma'(z) x",
      "layered",
      "\\frac{\\partial L}{\\partial w} = (\\hat{y} - y) \\sigma'(z) x",
    ],
    // Letters that fit two layers may stay where the other notation does not tell them apart
    ["2-3-3-2", "bishop", "z_j = h(a_j)", "from-to", "a_{j} = f(z_{j})"],
  ];
  test.each(rows)("%s: %s %s is %s %s", (name, from, latex, to, expected) => {
    expect(translated(name, from, to, latex)).toBe(expected);
  });
});

describe("either side may be a course's own notation", () => {
  /** s goes into a unit, y comes out of it, d is what it should be; weights lead from the first index to the second. */
  const course = {
    base: "layered",
    letters: { preActivation: "s", activation: "y", target: "d" },
    indexOrder: "from-to",
  } as const satisfies NotationDescription;
  const network = descriptions["3-4-2"];

  test.each([
    ["w_{12}^{(2)} x_2", "layered", course, "w_{21}^{(2)} x_{2}"],
    ["s_1^{(2)}", course, "bishop", "a_{4}"],
    ["y_1^{(2)} = f(s_1^{(2)})", course, "nielsen", "a_{1}^{(2)} = \\sigma(z_{1}^{(2)})"],
    ["a_1^{(2)}", "nielsen", { base: "nielsen", symbols: { "a1[1]": "out_1" } }, "\\mathrm{out}_{1}"],
  ] as const)("%s", (latex, from, to, expected) => {
    expect(translation({ network, latex, from, to }).latex).toBe(expected);
  });

  test.each(["from", "to"] as const)("a clash in %s is said with its place", (side) => {
    const clashing = { base: "layered", letters: { preActivation: "a" } } as const;
    const request = { network, latex: "x_1", from: "bishop", to: "bishop", [side]: clashing } as const;
    expect(() => translation(request)).toThrow(
      expect.objectContaining({
        message:
          '"z1[1]" and "a1[1]" would both print as "a_1^(2)": the first has the letter "a" of preActivation, the second the letter "a" of activation; choose another letter for one of them under "letters", or a name of its own under "symbols".',
        details: { pointer: `/${side}/letters/preActivation` },
      }),
    );
  });
});

describe("a translation that cannot be made says why", () => {
  test("letters fit two layers that the other notation tells apart", () => {
    expect(() => translated("2-3-3-2", "bishop", "layered", "z_j = h(a_j)")).toThrow(
      new Failure(
        "formula-syntax",
        "The index letters of the formula fit several layers, and the other notation tells them apart: a_{j}^{(2)} = f(z_{j}^{(2)}), or a_{j}^{(3)} = f(z_{j}^{(3)}); write numbers for the indices, or the layer.",
      ),
    );
  });

  test("a name of the other notation is not known in the first", () => {
    expect(() => translated("3-4-2", "bishop", "layered", "z_1^{(2)}")).toThrow(
      /Unknown name "z_1\^\(2\)" at character 1/,
    );
  });
});
