// The own numbers where doubles overflow or cancel, against mathjs in 420 digits, and where they have no value at all.
import { describe, expect, it } from "vitest";
import { Failure } from "../src/failure.ts";
import { derivation, gradients } from "../src/index.ts";
import type { LayersDescription, NetworkDescription } from "../src/network/description.ts";
import { exactDerivative, exactValue } from "./support/exact.ts";

/** The digits promised where factors overflow or cancel. */
const promised = 1e-12;

/** Below this doubles are subnormal and have fewer digits. */
const smallestNormal = 2.3e-308;

function expectExact(own: number | undefined, exact: number, what: string): void {
  expect(Math.abs(own! - exact), `${what}: ${own} for ${exact}`).toBeLessThanOrEqual(
    promised * Math.abs(exact) + smallestNormal,
  );
}

interface Numbers {
  readonly loss: number;
  readonly gradients: ReadonlyMap<string, number>;
  /** The same by adding up the chain products. */
  readonly chains: ReadonlyMap<string, number>;
  readonly deltas: ReadonlyMap<string, number>;
  readonly equal: boolean;
  readonly agrees: boolean;
}

/** What an answer says; with `check` the referee's verdict too. */
function numbersOf(network: NetworkDescription, check: boolean | { precision: 64 } = false): Numbers {
  const answer = JSON.parse(derivation({ network, check }, "json"));
  type Gradient = { parameter: string; value: number; chain: { value: number } };
  type Delta = { id: string; value: number };
  return {
    loss: answer.loss.value,
    gradients: new Map(answer.gradients.map(({ parameter, value }: Gradient) => [parameter, value])),
    chains: new Map(answer.gradients.map(({ parameter, chain }: Gradient) => [parameter, chain.value])),
    deltas: new Map(answer.deltas.map(({ id, value }: Delta) => [id, value])),
    equal: answer.equalForms.equal,
    agrees: answer.check?.agrees ?? true,
  };
}

describe("an activation keeps its digits in both tails", () => {
  // The definitions of the catalogue's sources, written for another reader.
  const tanh = (u: string) => `(1 - 2 / (exp(2*(${u})) + 1))`;
  const definitions: readonly (readonly [string, string])[] = [
    ["identity", "x"],
    ["sigmoid", "1 / (1 + exp(-x))"],
    ["tanh", tanh("x")],
    ["relu", "max(0, x)"],
    ["leaky-relu", "x > 0 ? x : x / 100"],
    ["elu", "x > 0 ? x : exp(x) - 1"],
    ["selu", "1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (exp(x) - 1))"],
    ["softplus", "log(1 + exp(x))"],
    ["softsign", "x / (1 + abs(x))"],
    ["gelu", "x * Phi(x)"],
    ["gelu-tanh", `x / 2 * (1 + ${tanh("sqrt(2 / pi) * (x + 0.044715 * x^3)")})`],
    ["silu", "x / (1 + exp(-x))"],
    ["mish", `x * (1 - 2 / ((1 + exp(x))^2 + 1))`],
    ["exp", "exp(x)"],
    ["sin", "sin(x)"],
  ];
  const points = [-700, -50, -20, -5, -0.5, 0.5, 5, 20, 50, 700];
  /** The series for Φ takes 700²/2 terms and as many digits beyond. */
  const reach: Readonly<Record<string, number>> = { gelu: 30 };

  it.each(definitions)("%s", (activation, definition) => {
    for (const x of points.filter((point) => Math.abs(point) <= (reach[activation] ?? 700))) {
      const [value, slope] = [exactValue(definition, { x }), exactDerivative(definition, { x })];
      const layer: NetworkDescription = {
        kind: "layers",
        inputs: 1,
        layers: [{ type: "dense", units: 1, activation, bias: "none", weights: [[x]] }],
        loss: { formula: "yhat" },
        samples: [{ inputs: [1], targets: [0] }],
      };
      const call: NetworkDescription = {
        kind: "equations",
        equations: [`L = ${activation.replaceAll("-", "_")}(w)`],
        loss: "L",
        parameters: { w: x },
      };
      for (const [network, id] of [
        [layer, "W1[1,1]"],
        [call, "w"],
      ] as const) {
        const own = numbersOf(network);
        expectExact(own.loss, value, `value at ${x}`);
        expectExact(own.gradients.get(id), slope, `δ form at ${x}`);
        expectExact(own.chains.get(id), slope, `chain form at ${x}`);
        expect(own.equal).toBe(true);
      }
    }
  });
});

describe("cross-entropy keeps its digits where a probability is all but 0 or 1", () => {
  const logitSets = [
    [1000, -1000, 0],
    [300, -300, 1],
    [50, -50, 20],
    [-37, -37, 40],
  ] as const;
  const targetSets = [
    [1, 0, 0],
    [0, 1, 0],
    [0.25, 0.25, 0.5],
  ] as const;
  // Shifted by the largest logit, so that e^1000 need not stand beside 1 in 420 digits.
  const total = "(exp(x - m) + exp(y - m) + exp(z - m))";
  const loss = `-(t1*(x - m) + t2*(y - m) + t3*(z - m)) + (t1 + t2 + t3) * log(${total})`;
  const rows = logitSets.flatMap((logits) =>
    targetSets.map((targets) => {
      const [x, y, z] = logits;
      const [t1, t2, t3] = targets;
      const point = { x, y, z, t1, t2, t3, m: Math.max(...logits) };
      const slopes = ["x", "y", "z"].map((name) => exactDerivative(loss, point, name));
      return { logits, targets, value: exactValue(loss, point), slopes };
    }),
  );

  const layers = (last: string, name: string) => (logits: readonly number[], targets: readonly number[]) =>
    ({
      kind: "layers",
      inputs: 1,
      layers: [
        { type: "dense", units: 3, activation: last, bias: "none", weights: logits.map((logit) => [logit]) },
      ],
      loss: name,
      samples: [{ inputs: [1], targets: [...targets] }],
    }) satisfies LayersDescription;
  const units = (last: string, name: string) => (logits: readonly number[], targets: readonly number[]) =>
    ({
      kind: "units",
      inputs: ["i"],
      units: logits.map((_, unit) => ({
        name: `p_${unit + 1}`,
        activation: last,
        from: { i: `w_${unit + 1}` },
      })),
      outputs: logits.map((_, unit) => `p_${unit + 1}`),
      loss: name,
      parameters: Object.fromEntries(logits.map((logit, unit) => [`w_${unit + 1}`, logit])),
      samples: [
        { inputs: { i: 1 }, targets: Object.fromEntries(targets.map((t, unit) => [`p_${unit + 1}`, t])) },
      ],
    }) satisfies NetworkDescription;
  const negativeLogarithm = (logits: readonly number[], targets: readonly number[]) => ({
    ...layers("log-softmax", "")(logits, targets),
    loss: { formula: "-y * yhat" },
  });
  const layerIds = (unit: number) => [`W1[${unit},1]`, `delta(z1[${unit}])`] as const;
  const unitIds = (unit: number) => [`w_${unit}`, `delta(z(p_${unit}))`] as const;

  it.each([
    ["layers with softmax", layers("softmax", "categorical-cross-entropy"), layerIds],
    ["layers with logits", layers("identity", "softmax-cross-entropy"), layerIds],
    ["layers with log-softmax", negativeLogarithm, layerIds],
    ["units with softmax", units("softmax", "categorical-cross-entropy"), unitIds],
    ["units with logits", units("identity", "softmax-cross-entropy"), unitIds],
  ] as const)("%s", (_, describeNetwork, idsOf) => {
    for (const { logits, targets, value, slopes } of rows) {
      const own = numbersOf(describeNetwork(logits, targets));
      const what = `logits ${logits}, targets ${targets}`;
      expectExact(own.loss, value, `loss at ${what}`);
      for (const [unit, slope] of slopes.entries()) {
        const [weight, error] = idsOf(unit + 1);
        for (const form of [own.gradients, own.chains])
          expectExact(form.get(weight), slope, `${weight} at ${what}`);
        expectExact(own.deltas.get(error), slope, `${error} at ${what}`);
      }
      expect(own.equal, what).toBe(true);
    }
  });

  const entropy = "-(t * log(1 / (1 + exp(-x))) + (1 - t) * log(1 / (1 + exp(x))))";
  const oneUnit = (activation: string, loss: string) => (z: number, y: number) =>
    ({
      kind: "layers",
      inputs: 1,
      layers: [{ type: "dense", units: 1, activation, bias: "none", weights: [[z]] }],
      loss,
      samples: [{ inputs: [1], targets: [y] }],
    }) satisfies LayersDescription;

  it.each([
    ["one sigmoid unit", oneUnit("sigmoid", "binary-cross-entropy")],
    ["one logit", oneUnit("identity", "sigmoid-cross-entropy")],
  ] as const)("%s", (_, describeNetwork) => {
    for (const x of [50, -50, 30, -30, 300, -300]) {
      for (const t of [0, 1, 0.25]) {
        const own = numbersOf(describeNetwork(x, t));
        const slope = exactDerivative(entropy, { x, t });
        expectExact(own.loss, exactValue(entropy, { x, t }), `loss at ${x}, ${t}`);
        for (const form of [own.gradients, own.chains, own.deltas])
          for (const value of form.values()) expectExact(value, slope, `slope at ${x}, ${t}`);
        expect(own.equal, `forms at ${x}, ${t}`).toBe(true);
      }
    }
  });

  // By hand: −ln σ(1000) = ln(1 + e^−1000), below every double, and −ln σ(−1000) is 1000 more; σ − y likewise.
  it.each([
    [1000, 0, 1000, 1],
    [1000, 1, 0, 0],
    [-1000, 0, 0, 0],
    [-1000, 1, 1000, -1],
    [1000, 0.25, 750, 0.75],
  ])("one unit at z = %d with target %d", (z, y, loss, slope) => {
    for (const network of [
      oneUnit("sigmoid", "binary-cross-entropy"),
      oneUnit("identity", "sigmoid-cross-entropy"),
    ]) {
      const own = numbersOf(network(z, y), true);
      expect([own.loss, own.gradients.get("W1[1,1]")! + 0]).toEqual([loss, slope]);
      expect([own.equal, own.agrees]).toEqual([true, true]);
    }
  });
});

describe("numbers without a finite value are refused with the name of what has none", () => {
  const equations = (texts: readonly string[], parameters: Record<string, number>): NetworkDescription => ({
    kind: "equations",
    equations: [...texts],
    loss: "L",
    parameters,
  });
  const exponential = (weight: number, inputs: readonly number[]): LayersDescription => ({
    kind: "layers",
    inputs: 1,
    layers: [{ type: "dense", units: 2, activation: "exp", bias: "none", weights: [[1], [weight]] }],
    loss: "half-squared-error",
    samples: inputs.map((input) => ({ inputs: [input], targets: [0, 0] })),
  });
  const large: LayersDescription = {
    kind: "layers",
    inputs: 1,
    layers: [{ type: "dense", units: 1, activation: "identity", bias: "none", weights: [[1]] }],
    loss: "squared-error",
    reduction: "sum",
    samples: [
      { inputs: [1], targets: [1.2e154] },
      { inputs: [1], targets: [1.2e154] },
    ],
  };

  it.each([
    [equations(["L = 1 / w"], { w: 0 }), "L"],
    [equations(["z = w - 3", "L = log(z)"], { w: 2 }), "L"],
    [equations(["z = exp(w)", "L = z * 0"], { w: 1000 }), "z"],
    [exponential(1000, [1]), "a1[2]"],
    [exponential(100, [1, 8]), "a1[2] of sample 2"],
    // Finite forward, but the slope of the root at 0 is not.
    [equations(["L = sqrt(w)"], { w: 0 }), "the derivative by w"],
    // Each sample's loss is below 1.8e308, their sum is not.
    [large, "E over all samples"],
  ] as const)("case %#", (network, what) => {
    const sentence = `At the given numbers ${what} has no finite value: it overflows, divides by 0 or leaves the domain of a function. Choose other weights, inputs or targets.`;
    for (const ask of [() => derivation({ network }, "json"), () => gradients({ network })]) {
      expect(ask).toThrow(Failure);
      expect(ask).toThrow(sentence);
    }
  });
});

describe("gradient descent", () => {
  const [w, x, y, rate] = [2, 0.5, 3, 0.1];
  const line: NetworkDescription = {
    kind: "units",
    inputs: ["x"],
    units: [{ name: "o", activation: "identity", from: { x: "w" }, bias: "b" }],
    outputs: ["o"],
    loss: "half-squared-error",
    parameters: { w, b: 0 },
    samples: [{ inputs: { x }, targets: { o: y } }],
  };
  /** By hand: E = (wx − y)²/2 takes w towards y/x, each step shortens the way by 1 − ηx². */
  const weightAfter = (steps: number) => y / x + (w - y / x) * (1 - rate * x * x) ** steps;
  const lossAfter = (steps: number) => (weightAfter(steps) * x - y) ** 2 / 2;
  /** A rounding at each step. */
  const close = (own: number, exact: number, steps: number) =>
    Math.abs(own - exact) <= steps * Number.EPSILON * Math.max(1, Math.abs(exact));

  it.each([1, 2, 1000])(
    "of %d steps ends where the closed form says, and moves only what it is told",
    (steps) => {
      const request = { network: line, update: { learningRate: rate, steps, only: ["w"] } };
      const { update } = JSON.parse(derivation(request, "json"));
      expect(close(update.parameters.w, weightAfter(steps), steps)).toBe(true);
      expect(update.parameters.b).toBe(0);
      const history: { step: number; loss: number }[] = update.history;
      expect([history[0]!.step, history.at(-1)!.step]).toEqual([0, steps]);
      for (const { step, loss } of history) expect(close(loss, lossAfter(step), 10 * steps)).toBe(true);
      expect(history.length).toBeLessThanOrEqual(201);
    },
  );

  it("uses the weights of before the step for every derivative", () => {
    const request = { network: line, update: { learningRate: 1 } };
    const { update } = JSON.parse(derivation(request, "json"));
    // E' by w is (wx + b − y) x = −1, by b it is −2; the new w must not be seen by b.
    expect(update.parameters).toEqual({ w: 3, b: 2 });
  });

  it("that runs away is refused where a number leaves the doubles", () => {
    const request = { network: line, update: { learningRate: 100, steps: 1000 } };
    expect(() => derivation(request, "json")).toThrow(/^At the given numbers E has no finite value/);
  });

  it("refuses a parameter that the network does not have", () => {
    const request = { network: line, update: { learningRate: 1, only: ["v"] } };
    expect(() => derivation(request, "json")).toThrow('"v" in "only" is not a parameter of the network.');
  });
});
