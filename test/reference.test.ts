// The referee alone: against published numbers, against itself by its other method, and at the edges of doubles.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { LayersDescription, NetworkDescription, UnitsDescription } from "../src/network/description.ts";
import { losses } from "../src/network/losses.ts";
import { checkPlan, compare } from "../src/numeric/check.ts";
import { type Referee, referee } from "../src/numeric/reference.ts";
import { primitives } from "../src/primitives/index.ts";
import { mazur } from "./support/networks.ts";

/** Note 001: x → two sigmoid units → one sigmoid unit. */
const note001: UnitsDescription = {
  kind: "units",
  inputs: ["x_1", "x_2"],
  units: [
    { name: "o_1", activation: "sigmoid", from: { h_1: "w_5", h_2: "w_6" } },
    { name: "h_1", activation: "sigmoid", from: { x_1: "w_1", x_2: "w_3" } },
    { name: "h_2", activation: "sigmoid", from: { x_1: "w_2", x_2: "w_4" } },
  ],
  outputs: ["o_1"],
  loss: "half-squared-error",
  parameters: { w_1: 0.1, w_2: 0.4, w_3: 0.8, w_4: 0.6, w_5: 0.3, w_6: 0.9 },
  samples: [{ inputs: { x_1: 0.35, x_2: 0.9 }, targets: { o_1: 0.5 } }],
};

const note001AsLayers: LayersDescription = {
  kind: "layers",
  inputs: 2,
  naming: "by-source",
  layers: [
    {
      type: "dense",
      units: 2,
      activation: "sigmoid",
      bias: "none",
      weights: [
        [0.1, "4/5"],
        ["0.4", 0.6],
      ],
    },
    { type: "dense", units: 1, activation: "sigmoid", bias: "none", weights: [[0.3, 0.9]] },
  ],
  loss: "half-squared-error",
  samples: [{ inputs: [0.35, 0.9], targets: [0.5] }],
};

const twoTwoTwo: LayersDescription = { ...mazur, naming: "by-target" };

const note003: NetworkDescription = {
  kind: "equations",
  equations: ["L = (y - ŷ)² / 2", "ŷ = σ(z)", "z = w*x + b"],
  loss: "L",
  parameters: { w: 0.7, b: -0.2 },
  constants: { x: 1.3, y: 0.4 },
};

const batchOfThree: LayersDescription = {
  kind: "layers",
  inputs: ["x"],
  layers: [{ type: "dense", units: 1, activation: "sigmoid", weights: [[0.6]], biases: [0.1] }],
  loss: "squared-error",
  samples: [
    { inputs: [1], targets: [1] },
    { inputs: [2], targets: [0] },
    { inputs: [-1], targets: [1] },
  ],
};

/** h_t = tanh(w_x x_t + w_h h_{t−1}); `names` gives the weight on h at each step. */
function recurrent(names: readonly string[]): UnitsDescription {
  return {
    kind: "units",
    inputs: ["x_1", "x_2", "x_3", "h_0"],
    units: names.map((name, index) => ({
      name: `h_${index + 1}`,
      activation: "tanh",
      from: [
        { unit: `x_${index + 1}`, weight: "w_x" },
        { unit: `h_${index}`, weight: name },
      ],
    })),
    outputs: ["h_3"],
    loss: "half-squared-error",
    parameters: Object.fromEntries([["w_x", 0.5], ...names.map((name) => [name, 0.8])]),
    samples: [{ inputs: { x_1: 1, x_2: 0.5, x_3: -1, h_0: 0 }, targets: { h_3: 0.3 } }],
  };
}

const threeClasses: LayersDescription = {
  kind: "layers",
  inputs: 2,
  layers: [
    {
      type: "dense",
      units: 3,
      activation: "softmax",
      weights: [
        [0.1, 0.2],
        [0.3, -0.1],
        [-0.2, 0.4],
      ],
      biases: [0, 0.1, -0.1],
    },
  ],
  loss: "categorical-cross-entropy",
  samples: [{ inputs: [1, 2], targets: [0, 1, 0] }],
};

/** Rounds to as many significant digits as `printed` shows. */
function likePrinted(value: number, printed: string): string {
  if (Number(printed) === 0) return value.toString();
  const digits = printed.replace(/^-?0*\.?0*/, "").replace(".", "").length;
  return value.toPrecision(digits);
}

function expectPrinted(value: number, printed: string): void {
  expect(Number(likePrinted(value, printed))).toBe(Number(printed));
}

type Numbers = Readonly<Record<string, string>>;

interface Known {
  readonly title: string;
  readonly network: NetworkDescription;
  readonly loss?: string;
  readonly values?: Numbers;
  readonly adjoints?: Numbers;
  readonly gradients?: Numbers;
}

const note001Gradients: Numbers = {
  w_1: "0.000929071161",
  w_2: "0.00286007577",
  w_3: "0.00238904013",
  w_4: "0.00735448056",
  w_5: "0.0276740349",
  w_6: "0.0270016370",
};

const known: readonly Known[] = [
  {
    title: "note 001 as units",
    network: note001,
    loss: "0.0181039038",
    values: {
      "z(h_1)": "0.755",
      "z(h_2)": "0.68",
      "a(h_1)": "0.680267197",
      "a(h_2)": "0.663738697",
      "z(o_1)": "0.801444987",
      "a(o_1)": "0.690283493",
      E: "0.0181039038",
      x_1: "0.35",
    },
    adjoints: { "z(o_1)": "0.0406811251", "z(h_1)": "0.00265448903", "z(h_2)": "0.00817164506" },
    gradients: note001Gradients,
  },
  {
    title: "note 001 as layers, weights numbered by source",
    network: note001AsLayers,
    values: { "z1[1]": "0.755", "a1[2]": "0.663738697", "a2[1]": "0.690283493", "a0[2]": "0.9" },
    adjoints: { "z1[2]": "0.00817164506" },
    gradients: note001Gradients,
  },
  {
    title: "the 2-2-2 example with shared biases, weights numbered by target",
    network: twoTwoTwo,
    loss: "0.298371109",
    adjoints: {
      "z2[1]": "0.138498562",
      "z2[2]": "-0.0380982365",
      "z1[1]": "0.00877135469",
      "E[1]": "1",
      E: "1",
    },
    gradients: { w_1: "0.000438567734", w_5: "0.0821670406", b_1: "0.0187256094", b_2: "0.100400325" },
  },
  // dL/db is 0.05974877173…; 0.0597487718 comes from dividing the rounded dL/dw by x.
  { title: "note 003", network: note003, gradients: { w: "0.0776734033", b: "0.0597487717" } },
  {
    title: "a batch of three",
    network: batchOfThree,
    loss: "0.371697198",
    gradients: { "W1[1,1]": "0.224815128", "b1[1]": "-0.058395037" },
  },
  {
    title: "three recurrent steps with shared weights",
    network: recurrent(["w_h", "w_h", "w_h"]),
    loss: "0.0645119258",
    gradients: { w_h: "-0.289360132", w_x: "0.132738299" },
  },
  {
    title: "three recurrent steps, each use of the weight by itself",
    network: recurrent(["u_1", "u_2", "u_3"]),
    gradients: { u_1: "0", u_2: "-0.0921656602", u_3: "-0.197194472" },
  },
  {
    title: "softmax with three classes",
    network: threeClasses,
    loss: "1.30825650",
    values: { "a1[1]": "0.364854551", "a1[2]": "0.270290899", "a1[3]": "0.364854551" },
    adjoints: { "z1[1]": "0.364854551", "z1[2]": "-0.729709101", "z1[3]": "0.364854551" },
  },
];

describe("the referee meets the published numbers", () => {
  it.each(known)("of $title", ({ network, loss, values = {}, adjoints = {}, gradients = {} }) => {
    for (const method of ["complex-step", "central-difference"] as const) {
      const judge = referee(network, { method });
      if (loss) expectPrinted(judge.loss(), loss);
      const forward = judge.forward(1);
      for (const [id, printed] of Object.entries(values)) expectPrinted(forward.get(id)!, printed);
      for (const [id, printed] of Object.entries(adjoints))
        expectPrinted(judge.adjoint(id, 1).value, printed);
      for (const [id, printed] of Object.entries(gradients)) {
        const estimate = judge.gradient(id);
        expectPrinted(estimate.value, printed);
        expect(estimate.method).toBe(method);
      }
    }
  });

  it("of the 2-2-2 example after one step of rate 0.5", () => {
    const judge = referee(twoTwoTwo);
    const printed = [
      "0.149780716",
      "0.199561432",
      "0.249751144",
      "0.299502287",
      "0.358916480",
      "0.408666186",
      "0.511301270",
      "0.561370121",
    ];
    const weights = twoTwoTwo.layers.flatMap((layer) => layer.weights!.flat()).map(Number);
    for (const [index, weight] of weights.entries()) {
      expectPrinted(weight - 0.5 * judge.gradient(`w_${index + 1}`).value, printed[index]!);
    }
  });

  it("of each sample of a batch", () => {
    const judge = referee(batchOfThree);
    const printed = ["-0.147134085", "0.529018963", "0.292560507"];
    for (const [index, text] of printed.entries())
      expectPrinted(judge.adjoint("W1[1,1]", index + 1).value, text);
  });
});

/** Central differences carry 38 digits, so what differs is the rounding of the complex step's doubles. */
const doubleRounding = 1e-12;

function expectSame(judge: Referee, id: string): void {
  const complex = judge.gradient(id, "complex-step");
  const central = judge.gradient(id, "central-difference");
  expect(complex.method).toBe("complex-step");
  const difference = Math.abs(complex.value - central.value);
  expect(difference, id).toBeLessThanOrEqual(doubleRounding * Math.max(0.01, Math.abs(central.value)));
}

describe("complex step and central difference agree", () => {
  const network = (
    activation: string,
    loss: LayersDescription["loss"],
    last = "identity",
  ): LayersDescription => ({
    kind: "layers",
    inputs: 2,
    layers: [
      {
        type: "dense",
        units: 3,
        activation,
        weights: [
          [0.5, -0.3],
          [-0.8, 0.2],
          [0.1, 0.9],
        ],
        biases: [0.1, -0.2, 0.3],
      },
      {
        type: "dense",
        units: 2,
        activation: last,
        weights: [
          [0.4, -0.6, 0.7],
          [0.2, 0.3, -0.5],
        ],
        biases: [0.05, 0.15],
      },
    ],
    loss,
    l2: 0.1,
    samples: [
      { inputs: [0.7, -1.1], targets: [1, 0] },
      { inputs: [-0.4, 0.6], targets: [0, 1] },
    ],
  });

  it.each(primitives.filter((row) => row.activation))("through the activation $name", ({ name }) => {
    const judge = referee(network(name, "half-squared-error"));
    for (const id of ["W1[1,1]", "W1[3,2]", "W2[2,1]", "b1[2]"]) expectSame(judge, id);
  });

  it.each(losses)("through the loss $name", ({ name, target }) => {
    const shares = target === "probability" || target === "distribution";
    const judge = referee(network("tanh", name, shares && !name.startsWith("s") ? "softmax" : "identity"));
    for (const id of ["W1[2,1]", "b2[1]"]) expectSame(judge, id);
  });

  it("through every function that a formula may call", () => {
    const calls = primitives
      .filter((row) => row.kind === "scalar")
      .map((row) => {
        const rest = row.partials!.slice(1).map((_, index) => `, ${0.3 + index}`);
        return `${row.name.replaceAll("-", "_")}(w / 2${rest.join("")})`;
      });
    for (const call of [...calls, "w^3", "(-w)^3", "w^-2", "w^2.5", "2^w", "w^w", "(0*w)^2"]) {
      const judge = referee({
        kind: "equations",
        equations: [`L = ${call}`],
        loss: "L",
        parameters: { w: 0.7 },
      });
      expectSame(judge, "w");
    }
  });
});

describe("a description is read as it is meant", () => {
  const gradient = (network: NetworkDescription, id: string) => referee(network).gradient(id).value;

  it("sums over samples, and counts the penalty once, where the reduction is a sum", () => {
    const base = { ...batchOfThree, l2: 0.3 };
    const [mean, sum] = [referee(base), referee({ ...base, reduction: "sum" })];
    const penalty = (0.3 / 6) * 0.36;
    const plain = referee(batchOfThree).loss();
    expect(mean.loss()).toBeCloseTo(plain + penalty, 14);
    expect(sum.loss()).toBeCloseTo(3 * plain + penalty, 14);
    expect(mean.forward(2).get("R")).toBeCloseTo(penalty, 15);
    const slope = (0.3 / 3) * 0.6;
    expect(mean.gradient("W1[1,1]").value).toBeCloseTo(gradient(batchOfThree, "W1[1,1]") + slope, 14);
    expect(sum.gradient("W1[1,1]").value).toBeCloseTo(3 * gradient(batchOfThree, "W1[1,1]") + slope, 14);
    expect(sum.gradient("b1[1]").value).toBeCloseTo(3 * gradient(batchOfThree, "b1[1]"), 14);
  });

  it("averages over outputs for the mean squared error", () => {
    const mean = { ...twoTwoTwo, loss: "mean-squared-error" };
    expect(referee(mean).loss()).toBeCloseTo(referee(twoTwoTwo).loss(), 15);
  });

  it("lets softmax units join by group", () => {
    const units = (groups: readonly (string | undefined)[]): UnitsDescription => ({
      kind: "units",
      inputs: ["x"],
      units: groups.map((group, index) => ({
        name: `p_${index + 1}`,
        activation: "softmax",
        from: { x: index },
        ...(group && { group }),
      })),
      outputs: ["p_1"],
      loss: "squared-error",
      samples: [{ inputs: { x: 1 }, targets: { p_1: 0 } }],
    });
    const share = (groups: readonly (string | undefined)[]) =>
      referee(units(groups)).forward(1).get("a(p_1)")!;
    const [e, e2] = [Math.E, Math.E ** 2];
    expect(share([undefined, undefined, undefined])).toBeCloseTo(1 / (1 + e + e2), 15);
    expect(share(["g", "g", "k"])).toBeCloseTo(1 / (1 + e), 15);
    expect(share(["g", "k", "k"])).toBe(1);
  });

  it("takes constant factors, skips and named biases", () => {
    const network: UnitsDescription = {
      kind: "units",
      inputs: ["x"],
      units: [
        { name: "h", activation: { formula: "x / (1 + abs(x))" }, from: { x: "w" }, bias: "c" },
        { name: "o", activation: { name: "leaky-relu", alpha: "1/5" }, from: { h: 2, x: "w" }, bias: -2 },
      ],
      outputs: ["o"],
      loss: { formula: "(yhat - y)^4" },
      parameters: { w: 0.5, c: 0.25 },
      samples: [{ inputs: { x: 0.6 }, targets: { o: 0 } }],
    };
    const h = 0.55 / 1.55;
    const out = 0.2 * (2 * h + 0.3 - 2);
    expect(referee(network).forward(1).get("a(o)")).toBeCloseTo(out, 15);
    const slope = 4 * out ** 3 * 0.2 * ((2 * 0.6) / 1.55 ** 2 + 0.6);
    expect(gradient(network, "w")).toBeCloseTo(slope, 15);
  });

  it("tells layer marks from powers", () => {
    const network: NetworkDescription = {
      kind: "equations",
      equations: ["a^(1) = w*x", "L = (a^(1))^2 + x^(2)"],
      loss: "L",
      parameters: { w: 3 },
      constants: { x: 2 },
    };
    expect(referee(network).loss()).toBe(40);
    expect(gradient(network, "w")).toBe(24);
  });

  it("shows no name of a user to mathjs", () => {
    const names = ["e", "i", "pi", "Infinity", "NaN", "true", "constructor", "E", "f_sigmoid", "v0"];
    const network: NetworkDescription = {
      kind: "equations",
      equations: [`L = sigmoid(${names.join(" + ")})`],
      loss: "L",
      parameters: Object.fromEntries(names.map((name) => [name, 0.1])),
    };
    expect(referee(network).loss()).toBeCloseTo(1 / (1 + Math.exp(-1)), 15);
  });
});

describe("functions of the referee", () => {
  const valueAt = (call: string, method: "complex-step" | "central-difference") =>
    referee(
      { kind: "equations", equations: [`L = ${call}`], loss: "L", parameters: { w: 0 } },
      { method },
    ).loss();

  // Φ: Abramowitz and Stegun 1964, table 26.1; the others follow by hand from their definitions at 1 and ln 2.
  it.each([
    ["normal_cdf(0.5)", 0.691462461274013],
    ["normal_cdf(1)", 0.841344746068543],
    ["normal_cdf(-2)", 0.022750131948179],
    ["gelu(1)", 0.841344746068543],
    ["normal_pdf(0)", 1 / Math.sqrt(2 * Math.PI)],
    ["sigmoid(log(2))", 2 / 3],
    ["tanh(log(2))", 0.6],
    ["softplus(log(2))", Math.log(3)],
    ["silu(log(2))", (2 * Math.LN2) / 3],
    ["mish(log(2))", 0.8 * Math.LN2],
    ["elu(-log(2))", -0.5],
    ["elu(-log(2), 3)", -1.5],
    ["selu(-log(2))", -1.0507009873554805 * 1.6732632423543772 * 0.5],
    ["leaky_relu(-3)", -0.03],
    ["leakyrelu(-3, 0.5)", -1.5],
    ["huber(0.5) + huber(-3) + huber(3, 2)", 0.125 + 2.5 + 4],
    ["softsign(-3)", -0.75],
    ["clip(7, -1, 2) + sign(-2) + step(3) + positive_part(-1) + piecewise(-1, 5, 6)", 8],
  ] as const)("give %s its value", (call, expected) => {
    for (const method of ["complex-step", "central-difference"] as const) {
      expect(valueAt(call, method)).toBeCloseTo(expected, 14);
    }
  });
});

describe("kinks", () => {
  const kinksOf = (equations: readonly string[]) =>
    referee({
      kind: "equations",
      equations: [...equations],
      loss: "L",
      parameters: { w: 0.1, x: 3 },
    }).kinks();

  it("are found in layers, with the convention of the catalogue", () => {
    const judge = referee({
      ...batchOfThree,
      layers: [{ ...batchOfThree.layers[0]!, activation: "relu", biases: [-0.6] }],
    });
    expect(judge.kinks()).toEqual([
      {
        function: "relu",
        quantity: "a1[1]",
        convention: "The derivative of ReLU at 0 is taken as 0 (PyTorch, TensorFlow, JAX).",
      },
    ]);
    expect(judge.gradient("W1[1,1]").method).toBe("central-difference");
  });

  it("are found where doubles miss them by a rounding", () => {
    expect(kinksOf(["z = w*x - 0.3", "L = abs(z)"]).map(({ quantity }) => quantity)).toEqual(["L"]);
  });

  it("are found inside formulas, by function", () => {
    const found = kinksOf(["L = max(w, x - 2.9) + max(w, x) + relu(w - 0.1) * positive_part(x)"]);
    expect(found.map((kink) => kink.function)).toEqual(["max", "relu"]);
  });

  it("are not where both sides have one slope", () => {
    expect(kinksOf(["L = elu(w - 0.1) + huber(x - 3) + huber(x - 2) + softsign(w - 0.1)"])).toEqual([]);
  });
});

/** The digits promised where doubles overflow or cancel. */
const extremeAccuracy = 1e-12;

function expectClose(value: number, expected: number): void {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(extremeAccuracy * Math.abs(expected));
}

describe("at the edges of doubles", () => {
  const oneUnit = (z: number, y: number): LayersDescription => ({
    kind: "layers",
    inputs: 1,
    layers: [{ type: "dense", units: 1, activation: "sigmoid", bias: "none", weights: [[z]] }],
    loss: "binary-cross-entropy",
    samples: [{ inputs: [1], targets: [y] }],
  });

  it.each([
    [50, 0],
    [50, 1],
    [-50, 0],
    [-50, 1],
    [30, 0],
    [-30, 1],
  ])("sigmoid and binary cross-entropy at z = %d, y = %d", (z, y) => {
    const judge = referee(oneUnit(z, y));
    const share = 1 / (1 + Math.exp(-z));
    const slope = y === 1 ? -Math.exp(-z) * share : share;
    const value = y === 1 ? Math.log1p(Math.exp(-z)) : z + Math.log1p(Math.exp(-z));
    expectClose(judge.adjoint("z1[1]", 1).value, slope);
    expectClose(judge.gradient("W1[1,1]").value, slope);
    expect(Math.abs(judge.loss() - value)).toBeLessThanOrEqual(extremeAccuracy * value + 1e-15);
  });

  it.each(["categorical-cross-entropy", "softmax-cross-entropy"])("logits of ±1000 under %s", (loss) => {
    const judge = referee({
      kind: "layers",
      inputs: 1,
      layers: [
        {
          type: "dense",
          units: 2,
          activation: loss === "softmax-cross-entropy" ? "identity" : "softmax",
          bias: "none",
          weights: [[1000], [-1000]],
        },
      ],
      loss,
      samples: [{ inputs: [1], targets: [0, 1] }],
    });
    expectClose(judge.loss(), 2000);
    expectClose(judge.adjoint("z1[1]", 1).value, 1);
    expectClose(judge.gradient("W1[2,1]").value, -1);
  });

  it("leaves what has no value without one", () => {
    const judge = referee({ kind: "equations", equations: ["L = log(w)"], loss: "L", parameters: { w: -1 } });
    expect([judge.loss(), judge.gradient("w").value]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("a large network", () => {
  const wave = (rows: number, columns: number) =>
    Array.from({ length: rows }, (_, to) =>
      Array.from({ length: columns }, (_, from) => Math.sin(to * 7 + from) / 20),
    );

  it("of 784-128-10 answers for one weight in its own time, and along a direction", () => {
    const judge = referee({
      kind: "layers",
      inputs: 784,
      layers: [
        { type: "dense", units: 128, activation: "relu", weights: wave(128, 784), biases: wave(1, 128)[0]! },
        { type: "dense", units: 10, activation: "softmax", weights: wave(10, 128), biases: wave(1, 10)[0]! },
      ],
      loss: "categorical-cross-entropy",
      samples: [{ inputs: wave(1, 784)[0]!, targets: [0, 0, 1, 0, 0, 0, 0, 0, 0, 0] }],
    });
    const single = judge.gradient("W1[5,9]");
    expect(judge.costOfOne).toBeLessThan(20);
    const along = judge.directional(
      new Map([
        ["W1[5,9]", 2],
        ["b2[3]", 1],
      ]),
    );
    expect(along.value).toBeCloseTo(2 * single.value + judge.gradient("b2[3]").value, 14);
  });
});

describe("a comparison", () => {
  const against = (own: number, value: number, scale?: number) =>
    compare(own, { value, method: "complex-step" }, scale).agrees;

  it("takes rounding for agreement and nothing else", () => {
    expect(against(0.1, 0.1 + 1e-12)).toBe(true);
    expect(against(0.1, 0.1000001)).toBe(false);
    expect(against(0, 1e-18)).toBe(true);
    expect(against(3e-10, 3.1e-10)).toBe(false);
    expect(against(1e-20, 2e-20, 1e-18)).toBe(false);
    expect(against(1e-9, 0, 1e6)).toBe(true);
    expect(against(Number.NaN, Number.NaN)).toBe(false);
  });

  it("measures the difference against the larger of the two", () => {
    expect(compare(2, { value: 1, method: "complex-step" }).relativeError).toBe(0.5);
    expect(compare(0, { value: 0, method: "complex-step" }).relativeError).toBe(0);
  });
});

describe("a plan of checks", () => {
  const ids = [
    ...Array.from({ length: 90 }, (_, index) => `W1[${index + 1},1]`),
    ...Array.from({ length: 10 }, (_, index) => `b1[${index + 1}]`),
  ];

  it("takes every parameter by itself where there is time", () => {
    expect(checkPlan(100, ids, 1)).toEqual({ single: ids, directions: [] });
  });

  it("covers each parameter exactly once where there is not", () => {
    for (const budget of [0, 1, 2, 10, 99]) {
      const plan = checkPlan(budget, ids, 1);
      const covered = [...plan.single, ...plan.directions.flatMap(({ direction }) => [...direction.keys()])];
      expect([...covered].sort()).toEqual([...ids].sort());
      expect(plan.directions.map(({ tensor }) => tensor)).toEqual(["W1", "b1"]);
      expect(plan.single.length).toBe(Math.max(0, budget - 2));
      expect(checkPlan(budget, ids, 1)).toEqual(plan);
    }
  });

  it("gives every parameter a share that shows", () => {
    for (const { direction } of checkPlan(0, ids, 1).directions) {
      for (const share of direction.values()) {
        expect(Math.abs(share)).toBeGreaterThanOrEqual(0.5);
        expect(Math.abs(share)).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe("the referee stands apart", () => {
  const folder = new URL("../src/numeric/", import.meta.url);
  const files = [
    "reference.ts",
    ...readdirSync(new URL("reference/", folder)).map((name) => `reference/${name}`),
  ];
  const sourceOf = (file: string) => readFileSync(new URL(file, folder), "utf8");
  const importsOf = (file: string) =>
    [...sourceOf(file).matchAll(/from "([^"]+)"/g)].map((match) => match[1]!);

  const allowed = [
    /^mathjs($|\/)/,
    /^\.\/(reference\/)?(equations|evaluation|field|functions|given|tree|walk)\.ts$/,
    /expression\/(formula|rational|syntax)\.ts$/,
    /network\/(description|losses)\.ts$/,
    /primitives\/index\.ts$/,
  ];

  it("is read in all its files", () => {
    expect(files.length).toBeGreaterThanOrEqual(6);
  });

  it.each(files)("%s imports nothing of the engine that it judges", (file) => {
    const strangers = importsOf(file).filter((path) => !allowed.some((pattern) => pattern.test(path)));
    expect(strangers).toEqual([]);
  });

  it("takes from the catalogue of primitives the sentences about kinks alone", () => {
    const readers = files.filter((file) => importsOf(file).some((path) => path.includes("primitives/")));
    expect(readers).toEqual(["reference.ts"]);
    expect(sourceOf("reference.ts")).not.toMatch(/partials|\.values?!?\(\.\.\./);
  });

  it.each(files)("%s never hands text to mathjs's parser", (file) => {
    expect(sourceOf(file)).not.toMatch(/math\.(parse|evaluate|compile|simplify|derivative)\b/);
  });
});
