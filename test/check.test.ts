// The check is worth what it finds: every wrong derivative and every wrong reading of a description must turn it.
import { describe, expect, it } from "vitest";
import { type Differentiated, differentiate } from "../src/derivative/adjoints.ts";
import type { Quantity } from "../src/expression/expr.ts";
import { compile } from "../src/network/compile.ts";
import type { LayersDescription, NetworkDescription, UnitsDescription } from "../src/network/description.ts";
import type { Network } from "../src/network/network.ts";
import { primitives } from "../src/primitives/index.ts";
import type { Primitive } from "../src/primitives/primitive.ts";
import { verdictOn, withOperations } from "./support/verdict.ts";

/** Ways to get a derivative wrong: by a thousandth, in its sign, by a constant. */
const mistakes = [
  ["times 1.001", (partial: string) => `1.001 * (${partial})`],
  ["with the wrong sign", (partial: string) => `-(${partial})`],
  ["plus 0.001", (partial: string) => `(${partial}) + 0.001`],
] as const;

/** A step has the derivative 0, which no factor changes. */
const isChanged = (row: Primitive, mistake: string) =>
  mistake === "plus 0.001" || row.partials!.some((partial) => partial !== "0");

const scalars = primitives.filter((row) => row.kind === "scalar");
const vectors = primitives.filter((row) => row.kind === "vector");

/** f of as many parameters as it has arguments, between them no kink and 0.7 inside every domain. */
function callOf(row: Primitive): NetworkDescription {
  const parameters = { u: 0.7, v: 0.45, w: 1.3 };
  const args = Object.keys(parameters).slice(0, row.partials!.length);
  return {
    kind: "equations",
    equations: [`z = ${row.name.replaceAll("-", "_")}(${args.join(", ")})`, "L = 2*z + z^2"],
    loss: "L",
    parameters,
  };
}

function layerOf(row: Primitive): NetworkDescription {
  return {
    kind: "layers",
    inputs: 1,
    layers: [
      {
        type: "dense",
        units: 3,
        activation: row.name,
        weights: [[0.3], [-0.8], [0.5]],
        biases: [0, 0.2, 0.1],
      },
    ],
    loss: "half-squared-error",
    samples: [{ inputs: [0.9], targets: [0.1, 0.5, 0.2] }],
  };
}

function withMistake(row: Primitive, mistake: (partial: string) => string): Network {
  const wrong: Primitive = { ...row, partials: row.partials!.map(mistake) };
  const description = row.kind === "vector" ? layerOf(row) : callOf(row);
  return withOperations(compile(description), (op) => (op === row ? wrong : op));
}

describe("a wrong derivative in a row of the catalogue turns the verdict", () => {
  const rows = [...scalars, ...vectors].flatMap((row) =>
    mistakes
      .filter(([name]) => isChanged(row, name))
      .map(([name, mistake]) => ({ name: row.name, mistakeName: name, row, mistake })),
  );

  it("and the rows as they are keep it", () => {
    for (const row of [...scalars, ...vectors]) {
      const verdict = verdictOn(withMistake(row, (partial) => partial));
      expect([row.name, verdict.agrees]).toEqual([row.name, true]);
    }
    expect(rows.length).toBeGreaterThan(2 * primitives.length);
  });

  it.each(rows)("$name $mistakeName", ({ row, mistake }) => {
    const { agrees, parameters, forward } = verdictOn(withMistake(row, mistake));
    expect(agrees).toBe(false);
    expect(forward.differing).toEqual([]);
    expect([...parameters.values()].some(({ status }) => status === "disagrees")).toBe(true);
  });
});

const square: LayersDescription = {
  kind: "layers",
  inputs: 2,
  layers: [
    {
      type: "dense",
      units: 2,
      activation: "tanh",
      weights: [
        [0.5, -0.3],
        [0.8, 0.2],
      ],
      biases: [0.1, -0.2],
    },
    {
      type: "dense",
      units: 2,
      activation: "sigmoid",
      weights: [
        [0.4, 0.9],
        [-0.6, 0.7],
      ],
      biases: [0.3, 0.05],
    },
  ],
  loss: "half-squared-error",
  l2: 0.1,
  samples: [
    { inputs: [0.7, -1.1], targets: [1, 0] },
    { inputs: [-0.4, 0.6], targets: [0, 1] },
  ],
};

const skipping: UnitsDescription = {
  kind: "units",
  inputs: ["x"],
  units: [
    { name: "h", activation: "tanh", from: { x: "w_1" }, bias: "b" },
    { name: "o", activation: "sigmoid", from: { h: "w_1", x: "w_2" }, bias: "b" },
    { name: "p", activation: "softmax", from: { o: "w_3" }, group: "g" },
    { name: "q", activation: "softmax", from: { o: "w_4" }, group: "g" },
  ],
  outputs: ["p", "q"],
  loss: "categorical-cross-entropy",
  parameters: { w_1: 0.6, w_2: -0.4, w_3: 0.9, w_4: 0.2, b: 0.15 },
  samples: [{ inputs: { x: 0.8 }, targets: { p: 0.3, q: 0.7 } }],
};

const [first, second] = square.layers as [
  LayersDescription["layers"][number],
  LayersDescription["layers"][number],
];

/** A compiler that read `wrong` where the description says `right`. */
const readings: readonly (readonly [string, NetworkDescription, NetworkDescription])[] = [
  [
    "transposed weights",
    square,
    {
      ...square,
      layers: [
        {
          ...first,
          weights: [
            [0.5, 0.8],
            [-0.3, 0.2],
          ],
        },
        second,
      ],
    },
  ],
  ["a dropped bias", square, { ...square, layers: [first, withoutBias(second)] }],
  ["a mean where a sum is asked for", { ...square, reduction: "sum" }, { ...square, reduction: "mean" }],
  ["a dropped half", square, { ...square, loss: "squared-error" }],
  [
    "a mean over the outputs",
    { ...square, loss: "squared-error" },
    { ...square, loss: "mean-squared-error" },
  ],
  ["a dropped penalty", square, { ...square, l2: 0 }],
  ["a lost sample", square, { ...square, samples: (square.samples as object[]).slice(0, 1) as [] }],
  ["another activation", square, { ...square, layers: [{ ...first, activation: "softsign" }, second] }],
  ["layers in the wrong order", square, { ...square, layers: [second, first] }],
  [
    "a lost skip connection",
    skipping,
    {
      ...skipping,
      units: skipping.units.map((unit) => (unit.name === "o" ? { ...unit, from: { h: "w_1" } } : unit)),
      parameters: { w_1: 0.6, w_3: 0.9, w_4: 0.2, b: 0.15 },
    },
  ],
  [
    "softmax units in groups of their own",
    skipping,
    {
      ...skipping,
      units: skipping.units.map((unit) => (unit.name === "q" ? { ...unit, group: "other" } : unit)),
    },
  ],
];

function withoutBias(layer: LayersDescription["layers"][number]): LayersDescription["layers"][number] {
  const { biases: _, ...rest } = layer;
  return { ...rest, bias: "none" };
}

/** The network of `wrong` under the name of `right`: the referee reads `right`. */
function misread(right: NetworkDescription, wrong: NetworkDescription): Network {
  return { ...compile(wrong), completed: compile(right).completed };
}

describe("a description read wrongly turns the verdict", () => {
  it("and read rightly keeps it", () => {
    for (const [name, right] of readings)
      expect([name, verdictOn(misread(right, right)).agrees]).toEqual([name, true]);
  });

  it.each(readings)("%s", (_, right, wrong) => {
    const network = misread(right, wrong);
    expect(verdictOn(network).agrees).toBe(false);
  });
});

/** Differentiation that forgets, for one quantity, all its uses but those that `kept` keeps. */
function forgetful(
  network: Network,
  id: string,
  kept: (of: Quantity, position: number) => boolean,
): Differentiated {
  const whole = differentiate(network);
  const uses = new Map(
    [...whole.uses].map(([quantity, list]) => [
      quantity,
      quantity.id === id ? list.filter(({ of }, position) => kept(of, position)) : list,
    ]),
  );
  return { ...whole, uses };
}

describe("a backward pass that forgets turns the verdict", () => {
  const network = compile(skipping);

  it.each([
    ["a shared weight counted once", "w_1", (_: Quantity, position: number) => position === 0],
    ["a shared bias counted once", "b", (_: Quantity, position: number) => position === 1],
    ["one of the units that a unit feeds", "a(o)", (of: Quantity) => of.id !== "z(q)"],
    ["one of the softmax outputs that a logit joins", "z(p)", (of: Quantity) => of.id !== "a(q)"],
  ])("%s", (_, id, kept) => {
    const verdict = verdictOn(network, forgetful(network, id, kept));
    expect(verdict.agrees).toBe(false);
    expect(verdict.forward.differing).toEqual([]);
  });

  it("and one that forgets nothing keeps it", () => {
    expect(
      verdictOn(
        network,
        forgetful(network, "w_1", () => true),
      ).agrees,
    ).toBe(true);
  });

  it("in one δ that is used by no parameter that is asked for", () => {
    const verdict = verdictOn(
      network,
      forgetful(network, "a(h)", () => false),
    );
    expect(verdict.deltas.differing).toEqual(["delta(z(h))"]);
  });
});

describe("at a kink", () => {
  const atKink: NetworkDescription = {
    kind: "layers",
    inputs: 1,
    layers: [{ type: "dense", units: 2, activation: "relu", weights: [[1], [2]], biases: [-1, 0] }],
    loss: "half-squared-error",
    samples: [{ inputs: [1], targets: [0, 0] }],
  };

  it("only the parameters behind it are left out, with the convention", () => {
    const { agrees, parameters } = verdictOn(compile(atKink));
    const convention = "The derivative of ReLU at 0 is taken as 0 (PyTorch, TensorFlow, JAX).";
    expect(agrees).toBe(true);
    expect(parameters.get("W1[1,1]")).toEqual({ status: "kink", agrees: false, reason: convention });
    expect(parameters.get("b1[1]")?.status).toBe("kink");
    expect(parameters.get("W1[2,1]")?.status).toBe("agrees");
  });
});
