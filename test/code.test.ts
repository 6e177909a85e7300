// The code that is handed out runs in its own language and comes to the same numbers as we do.
import { describe, expect, it, test } from "vitest";
import { functions, languageNames } from "../src/code/functions.ts";
import { examples, exampleText } from "../src/examples.ts";
import { derivation, gradients } from "../src/index.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { losses } from "../src/network/losses.ts";
import { primitives } from "../src/primitives/index.ts";
import { checkDerivationRequest } from "../src/request/read.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import {
  compilePython,
  hasModule,
  type Printed,
  printedLines,
  runJavaScript,
  runPython,
} from "./support/code.ts";

/** Rounding alone: the same formulas in doubles, added in another order. */
const rounding = 1e-9;

const requestOf = (network: unknown, more: object = {}): DerivationRequest =>
  checkDerivationRequest({ network, ...more });

const isNumeric = ({ network }: DerivationRequest): boolean => {
  try {
    gradients({ network });
    return true;
  } catch {
    return false;
  }
};

const numeric = examples
  .map(({ name }) => ({ name, request: checkDerivationRequest(JSON.parse(exampleText(name))) }))
  .filter(({ request }) => isNumeric(request));

const ours = (network: NetworkDescription): Omit<Printed, "check"> =>
  gradients({ network, shape: "arrays" }) as Omit<Printed, "check">;

const numbersIn = (value: unknown): readonly number[] =>
  Array.isArray(value) ? value.flatMap(numbersIn) : [value as number];

function expectOurs(printed: Printed, { network }: DerivationRequest, name: string): void {
  const { loss, gradients: expected } = ours(network);
  expect(Object.keys(printed.gradients).sort(), name).toEqual(Object.keys(expected).sort());
  for (const [parameter, value] of [...Object.entries(expected), ["loss", loss] as const]) {
    const own = numbersIn(parameter === "loss" ? printed.loss : printed.gradients[parameter]);
    for (const [position, number] of numbersIn(value).entries())
      expect(Math.abs(own[position]! - number), `${name}: ${parameter}`).toBeLessThanOrEqual(
        rounding * Math.abs(number),
      );
  }
  expect(printed.check.agrees, name).toBe(true);
}

/** Arguments within every domain, away from kinks. */
const argumentsOf: Readonly<Record<string, string>> = {
  max: "max(x, 0.3)",
  min: "min(x, 0.9)",
  piecewise: "piecewise(x - 0.1, x^2, 3 * x)",
  clip: "clip(x, -0.25, 0.5)",
  huber: "huber(x, 0.4)",
};

/** Each scalar function of the catalogue as a loss of one number, left and right of 0 where it has values there. */
const ofOneFunction = primitives
  .filter(({ kind }) => kind === "scalar")
  .flatMap(({ name, domain }) =>
    (domain ? [0.7, 2.3] : [-2.3, -0.6, 0.7, 1.9]).map((x) =>
      requestOf({
        kind: "equations",
        equations: [`L = ${argumentsOf[name] ?? `${name.replaceAll("-", "_")}(x)`} + x^3 / 7`],
        loss: "L",
        parameters: { x },
      }),
    ),
  );

const outputs = { hinge: [1, -1], "binary-cross-entropy": [0, 1] } as Readonly<Record<string, number[]>>;

const ofOneLayer = (activation: string, loss: string): DerivationRequest =>
  requestOf({
    kind: "layers",
    inputs: 2,
    layers: [
      {
        type: "dense",
        units: 2,
        activation,
        weights: [
          [0.3, -0.2],
          [0.5, 0.4],
        ],
        biases: [0.1, -0.3],
      },
    ],
    loss,
    samples: [
      { inputs: [0.6, -0.4], targets: outputs[loss] ?? [0.25, 0.75] },
      { inputs: [1, 0.2], targets: outputs[loss] ?? [0.75, 0.25] },
    ],
  });

/** Losses of probabilities need outputs between 0 and 1, those of logits any number. */
const outputOf: Readonly<Record<string, string>> = {
  "binary-cross-entropy": "sigmoid",
  "categorical-cross-entropy": "softmax",
};

const ofLayers = [
  ...losses.map(({ name }) => ofOneLayer(outputOf[name] ?? "identity", name)),
  ...primitives
    .filter(({ activation }) => activation)
    .map(({ name }) => ofOneLayer(name, "half-squared-error")),
];

/** Names that mean something in Python or JavaScript. */
const hostileNames = requestOf({
  kind: "equations",
  equations: ["np = lambda * constructor + total", "json = tanh(np) * each", "return = json^2 - sum"],
  loss: "return",
  parameters: { lambda: 0.3, constructor: -0.7, each: 1.5, sum: 0.2 },
  constants: { total: 0.4 },
});

const everything: readonly (readonly [string, DerivationRequest])[] = [
  ...numeric.map(({ name, request }) => [name, request] as const),
  ...[...ofOneFunction, ...ofLayers, hostileNames].map(
    (request) => [JSON.stringify(request.network), request] as const,
  ),
];

function expectAllOurs(output: string): void {
  const printed = printedLines(output);
  expect(printed).toHaveLength(everything.length);
  for (const [position, [name, request]] of everything.entries())
    expectOurs(printed[position]!, request, name);
}

describe("the table of functions", () => {
  it("has a row for every function of the catalogue, and no other", () => {
    expect(Object.keys(functions).sort()).toEqual(primitives.map(({ name }) => name).sort());
  });
});

describe("code", () => {
  it("is there for most examples", () => {
    expect(numeric.length).toBeGreaterThan(12);
  });

  it("in JavaScript comes to our loss and gradients", () => {
    // Each program in a scope of its own, so that one process runs them all.
    const programs = everything.map(([, request]) => `{\n${derivation(request, "javascript")}\n}`);
    expectAllOurs(runJavaScript(programs.join("\n")));
  });

  it.skipIf(!hasModule("numpy"))("in NumPy comes to our loss and gradients", () => {
    expectAllOurs(runPython(everything.map(([, request]) => derivation(request, "numpy"))));
  });

  it.skipIf(!hasModule("torch"))(
    "in PyTorch comes to our loss and gradients, and to those of autograd",
    { timeout: 120_000 },
    () => {
      const output = runPython(everything.map(([, request]) => derivation(request, "pytorch")));
      expectAllOurs(output);
      for (const { check } of printedLines(output)) expect(check.method).toBe("autograd");
    },
  );

  it("goes layer by layer where its language has whole arrays", () => {
    // Nielsen 2015, chapter 2, BP1 to BP4, for a squared error and sigmoids
    const classic = numeric.find(({ name }) => name === "classic-2-2-2")!.request;
    for (const line of [
      "z1 = W1 @ a0 + b1",
      "delta_z2 = (a2 - y) * a2 * (1 - a2)",
      "delta_z1 = (W2.T @ delta_z2) * a1 * (1 - a1)",
      "W2=np.outer(delta_z2, a1),",
    ])
      expect(derivation(classic, "numpy")).toContain(`    ${line}\n`);
  });

  it("in PyTorch is read by Python, with the statements of NumPy's", () => {
    const statements = (request: DerivationRequest, language: "numpy" | "pytorch"): readonly string[] =>
      derivation(request, language)
        .split("\n")
        .filter((line) => /^ {4}\w+ = /.test(line))
        .map((line) => line.replaceAll(/\b(np|torch)\.|\btensor\b/g, ""))
        .map((line) => line.split(" = ")[0]!);
    compilePython(numeric.map(({ request }) => derivation(request, "pytorch")));
    for (const { request } of numeric)
      expect(statements(request, "pytorch").filter((name) => !/leaves|reference|errors?/.test(name))).toEqual(
        statements(request, "numpy").filter((name) => !/errors/.test(name)),
      );
  });

  const title = "x\u2028process.exit(7)\r\nimport os # \u202E coding: utf-7 '''\"\"\" */ \\";

  test.each(languageNames)("in %s keeps a title inert", (language) => {
    const [first, second, third] = derivation(
      requestOf(numeric[0]!.request.network, { render: { title } }),
      language,
    ).split("\n");
    expect(first).not.toContain("coding");
    expect(second).not.toContain("coding");
    expect(third).toMatch(/^(#|\/\/) x process\.exit\(7\) import os # coding: utf-7 '''""" \*\/ \\$/);
  });

  it("stops with a sentence where a function of doubles saturates", () => {
    // ln(1 - sigmoid(50)) is ln 0 in doubles
    const saturated = derivation(
      requestOf({
        kind: "equations",
        equations: ["L = -log(1 - sigmoid(x))"],
        loss: "L",
        parameters: { x: 50 },
      }),
      "javascript",
    );
    expect(() => runJavaScript(saturated)).toThrow(
      "RangeError: The loss has no finite value: a function saturates at these numbers.",
    );
  });

  it("needs numbers, and says which", () => {
    const general = requestOf({
      kind: "equations",
      equations: ["L = f(x)"],
      functions: ["f"],
      loss: "L",
      parameters: ["x"],
    });
    for (const format of [...languageNames, "ipynb"] as const)
      expect(() => derivation(general, format)).toThrow(
        "Code computes with the network's numbers. The function f is abstract, so there are no numbers to compare. Name a function of the catalogue in its place, or write its formula.",
      );
  });

  const layer = { type: "dense", units: 1, activation: "sigmoid" };
  const bare = { kind: "layers", inputs: 1, layers: [layer], loss: "squared-error" };

  it.each([
    [
      bare,
      'The network is given without numbers. Give "weights", "biases" and "samples", or have them drawn with "initialise": {"scheme": "nice", "seed": 1}.',
    ],
    [
      { kind: "equations", equations: ["L = w^2 * x"], loss: "L", parameters: { w: 1 }, constants: ["x"] },
      'No number is given for x, so there are no numbers to compare. Give them in "parameters" and "constants", as in {"w": 0.5}.',
    ],
  ])("says how to give them: %o", (network, sentence) => {
    expect(() => derivation(requestOf(network), "numpy")).toThrow(
      `Code computes with the network's numbers. ${sentence}`,
    );
  });

  it("is satisfied by what it says", () => {
    const drawn = requestOf({ ...bare, initialise: { scheme: "nice", seed: 1 } });
    expectOurs(JSON.parse(runJavaScript(derivation(drawn, "javascript"))) as Printed, drawn, "drawn");
  });
});
