// Worksheets: numbers that make good problems, sheets that say what is asked, keys that grade as they should.
import { describe, expect, it } from "vitest";
import { exampleText } from "../src/examples.ts";
import { Failure } from "../src/failure.ts";
import { grades } from "../src/grades.ts";
import type {
  EquationsDescription,
  LayersDescription,
  NetworkDescription,
} from "../src/network/description.ts";
import { readWorksheetRequest } from "../src/request/read.ts";
import type { WorksheetRequest } from "../src/request/schema.ts";
import { withNumbers } from "../src/worksheets/given.ts";
import { taskNames } from "../src/worksheets/task.ts";
import { drawVariant } from "../src/worksheets/variant.ts";
import { worksheet, worksheetDocument, worksheetOf } from "../src/worksheets.ts";
import { hostileLabels } from "./support/hostile.ts";
import { textOf } from "./support/pdf.ts";

const sigmoidNet: LayersDescription = {
  kind: "layers",
  inputs: 2,
  naming: "by-source",
  layers: [
    { type: "dense", units: 2, activation: "sigmoid", bias: "none" },
    { type: "dense", units: 1, activation: "sigmoid", bias: "none" },
  ],
  loss: "half-squared-error",
};

interface Question {
  readonly id: string;
  readonly kind: string;
  readonly value: number;
  readonly unseen: readonly string[];
  readonly latex: string;
  readonly distractors: readonly {
    readonly latex: string;
    readonly codes: readonly string[];
    readonly value: number;
    readonly at: string;
    readonly explanation: string;
  }[];
}

interface Variant {
  readonly code: string;
  readonly seed: number;
  readonly network: NetworkDescription;
  readonly questions: readonly Question[];
  readonly key: { readonly network: NetworkDescription; readonly target: string[] };
  readonly modelSolution: readonly string[];
}

interface Judged extends Grade {
  readonly steps: readonly {
    readonly relations: readonly {
      readonly verdict: string;
      readonly diagnosis?: { readonly code: string };
    }[];
  }[];
}

interface Grade {
  readonly score: number;
  readonly maxScore: number;
}

const networkOf = (name: string): NetworkDescription =>
  (JSON.parse(exampleText(name)) as { network: NetworkDescription }).network;

const variantsOf = (request: WorksheetRequest): readonly Variant[] =>
  (worksheet(request) as { readonly variants: readonly Variant[] }).variants;

const graded = (variant: Variant, submission: readonly string[]): Grade =>
  grades({ ...variant.key, submission: [...submission] }) as Grade;

function refusal(request: unknown): string {
  try {
    worksheet(readWorksheetRequest(JSON.stringify(request)).request);
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
  return "not refused";
}

const reluNet: LayersDescription = {
  kind: "layers",
  inputs: 2,
  layers: [
    { type: "dense", units: 2, activation: "relu" },
    { type: "dense", units: 1, activation: "identity" },
  ],
  loss: "half-squared-error",
};

const softmaxNet: LayersDescription = {
  kind: "layers",
  inputs: 2,
  layers: [{ type: "dense", units: 3, activation: "softmax" }],
  loss: "categorical-cross-entropy",
};

interface Dense {
  readonly weights: readonly (readonly number[])[];
  readonly biases: readonly number[];
}

/** A variant's network: all of it has numbers. */
interface Numbered<Layers> {
  readonly layers: Layers;
  readonly samples: readonly [{ readonly inputs: readonly number[]; readonly targets: readonly number[] }];
}

const dot = (left: readonly number[], right: readonly number[]): number =>
  left.reduce((total, each, position) => total + each * right[position]!, 0);

const sigma = (z: number): number => 1 / (1 + Math.exp(-z));

/** The network of two inputs, two hidden units and one output, worked out by hand for its first weight. */
function byHand({ layers, samples }: LayersDescription) {
  const [[[w1, w3], [w2, w4]], [[w5, w6]]] = layers.map(({ weights }) => weights) as [number[][], number[][]];
  const [{ inputs, targets }] = samples as [{ inputs: [number, number]; targets: [number] }];
  const [x1, x2] = inputs;
  const zh1 = w1! * x1 + w3! * x2;
  const zh2 = w2! * x1 + w4! * x2;
  const zo = w5! * sigma(zh1) + w6! * sigma(zh2);
  const slope = (z: number): number => sigma(z) * (1 - sigma(z));
  const residual = sigma(zo) - targets[0];
  const gradient = residual * slope(zo) * w5! * slope(zh1) * x1;
  const wrong: Readonly<Record<string, readonly number[]>> = {
    "wrong-sign": [-gradient],
    "missing-weight": [gradient / w5!],
    "sibling-weight": [(gradient * w6!) / w5!],
    "missing-activation-derivative": [gradient / slope(zh1)],
    "cancelled-activation-derivative": [gradient / slope(zo)],
    "derivative-at-activation": [
      (gradient * slope(sigma(zh1))) / slope(zh1),
      (gradient * slope(sigma(zo))) / slope(zo),
      (gradient * slope(sigma(zh1)) * slope(sigma(zo))) / slope(zh1) / slope(zo),
    ],
    "wrong-local-input": [(gradient * x2) / x1, (gradient * w1!) / x1, (gradient * sigma(zh1)) / x1],
    "factor-two": [2 * gradient, gradient / 2],
    "lost-outer-factor": [gradient / residual, gradient / residual / slope(zo)],
  };
  return { zs: [zh1, zh2, zo], residual, gradient, wrong };
}

const relative = (left: number, right: number): number =>
  Math.abs(left - right) / Math.max(Math.abs(left), Math.abs(right));

/** Doubles of different orders of multiplication. */
const rounding = 1e-12;

describe("Drawn numbers", () => {
  it("Give the derivative and the wrong results that they give by hand", () => {
    for (const { network, questions } of variantsOf({
      network: sigmoidNet,
      task: "numbers",
      seed: 3,
      count: 8,
    })) {
      const { gradient, wrong } = byHand(network as LayersDescription);
      expect(relative(questions[0]!.value, gradient)).toBeLessThan(rounding);
      for (const [code, values] of Object.entries(wrong)) {
        const ours = questions[0]!.distractors.filter(({ codes }) => codes.includes(code));
        expect(ours.length, code).toBeGreaterThan(0);
        for (const { value } of ours)
          expect(Math.min(...values.map((each) => relative(each, value))), code).toBeLessThan(rounding);
      }
    }
  });

  it("Are short, saturate nothing and tell every misconception apart, for thousands of seeds", () => {
    const digits = 4;
    const { problem } = worksheetOf({ network: sigmoidNet, task: "numbers", seed: 0, digits });
    const { network: plain } = problem.subject;
    const seeds = 2500;
    for (let seed = 0; seed < seeds; seed += 1) {
      const network = withNumbers(plain, drawVariant(problem, seed).values) as LayersDescription;
      const { zs, residual, gradient, wrong } = byHand(network);
      const numbers = [network.layers.map(({ weights }) => weights), network.samples]
        .flat(9)
        .flatMap(numbersIn);
      for (const number of numbers) {
        expect(number).not.toBe(0);
        expect(Math.round(number * 100) / 100).toBe(number);
      }
      // σ′(z) ≥ 0.1 where |z| ≤ 2.063.
      for (const z of zs) expect(Math.abs(z)).toBeLessThan(2.064);
      expect(Math.abs(residual)).toBeGreaterThan(0.05);
      const answers = [gradient, ...Object.entries(wrong).flatMap(([code, values]) => told(code, values))];
      const printed = new Set(answers.map((value) => value.toPrecision(digits)));
      expect(printed.size, `seed ${seed}`).toBe(answers.length);
    }
  });

  it("Are the same for the same seed, and others for others", () => {
    const request: WorksheetRequest = { network: sigmoidNet, task: "numbers", seed: 11, count: 6 };
    const once = variantsOf(request);
    expect(variantsOf(request)).toEqual(once);
    expect(new Set(once.map(({ network }) => JSON.stringify(network))).size).toBe(6);
    expect(new Set(once.map(({ code }) => code)).size).toBe(6);
    expect(variantsOf({ ...request, seed: 13, count: 1 })[0]).toEqual(once[2]);
  });

  it("Tell what can be told where units are active relus, and name what cannot", () => {
    for (const { network, questions } of variantsOf({
      network: reluNet,
      task: "numbers",
      seed: 40,
      count: 8,
    })) {
      const {
        layers: [{ weights: first, biases }, { weights: second, biases: last }],
        samples: [{ inputs, targets }],
      } = network as unknown as Numbered<[Dense, Dense]>;
      const hidden = first.map((row, unit) => Math.max(0, dot(row, inputs) + biases[unit]!));
      expect(hidden[0]).toBeGreaterThan(0);
      // ∂E/∂w₁₁ = (ŷ − y) v₁ · 1 · x₁ with ŷ = v₁a₁ + v₂a₂ + c.
      const gradient = (dot(second[0]!, hidden) + last[0]! - targets[0]!) * second[0]![0]! * inputs[0]!;
      const [{ value, distractors, unseen }] = questions as [Question];
      expect(relative(value, gradient)).toBeLessThan(rounding);
      // Leaving out a factor 1 gives the right number.
      expect(unseen).toContain("missing-activation-derivative");
      const codes = distractors.flatMap((each) => each.codes);
      for (const code of ["missing-weight", "sibling-weight", "wrong-local-input", "wrong-sign"])
        expect(codes).toContain(code);
      for (const code of unseen) expect(codes).not.toContain(code);
      const printed = [value, ...distractors.map((each) => each.value)].map((each) => each.toPrecision(4));
      expect(new Set(printed).size).toBe(printed.length);
    }
  });

  it("May turn a relu off beside the way that is asked for, and never on it", () => {
    const network = layered(4, [dense(8, "relu"), dense(3, "softmax")], "categorical-cross-entropy");
    const off = variantsOf({ network, task: "numbers", seed: 1, count: 6 }).map(({ network: drawn }) => {
      const {
        layers: [{ weights, biases }],
        samples: [{ inputs }],
      } = drawn as unknown as Numbered<[Dense, Dense]>;
      const sums = weights.map((row, unit) => dot(row, inputs) + biases[unit]!);
      // The first weight leads into the first unit.
      expect(sums[0]).toBeGreaterThan(0);
      return sums.filter((sum) => sum < 0).length;
    });
    expect(Math.max(...off)).toBeGreaterThan(0);
  });

  it("Are one-hot for a softmax with its cross-entropy", () => {
    for (const { network, questions } of variantsOf({
      network: softmaxNet,
      task: "numbers",
      seed: 40,
      count: 8,
    })) {
      const {
        layers: [{ weights, biases }],
        samples: [{ inputs, targets }],
      } = network as unknown as Numbered<[Dense]>;
      expect(targets.toSorted()).toEqual([0, 0, 1]);
      const powers = weights.map((row, unit) => Math.exp(dot(row, inputs) + biases[unit]!));
      const output = powers[0]! / (powers[0]! + powers[1]! + powers[2]!);
      // Bishop 2006, eq. 4.109: ∂E/∂w₁₁ = (a₁ − y₁) x₁.
      expect(relative(questions[0]!.value, (output - targets[0]!) * inputs[0]!)).toBeLessThan(rounding);
      const values = questions[0]!.distractors.map(({ value }) => value.toPrecision(4));
      expect(new Set(values).size).toBe(values.length);
      expect(values.length).toBeGreaterThan(10);
    }
  });

  it("Have a part for each class where a misconception would go unseen with one-hot targets", () => {
    const request: WorksheetRequest = {
      network: softmaxNet,
      task: "numbers",
      seed: 1,
      misconceptions: ["dropped-path", "multiplied-paths", "elementwise-softmax"],
    };
    const [variant] = variantsOf(request);
    const {
      samples: [{ targets }],
    } = variant!.network as unknown as Numbered<[Dense]>;
    for (const target of targets) expect(target).toBeGreaterThan(0);
    expect(variant!.questions[0]!.distractors.every(({ codes }) => codes.length === 1)).toBe(true);
    expect(variant!.questions[0]!.unseen).toEqual([]);
  });

  it("Are the network's own where they are to be", () => {
    const [variant] = variantsOf({
      network: networkOf("classic-2-2-2"),
      task: "numbers",
      parameters: ["w_5"],
    });
    // Mazur 2015, "A Step by Step Backpropagation Example".
    expect(relative(variant!.questions[0]!.value, 0.0821670406)).toBeLessThan(1e-8);
    expect(variant!.network).toMatchObject({ samples: [{ inputs: [0.05, 0.1], targets: [0.01, 0.99] }] });
  });
});

/** What the test looks for of a row: the first slip alone where several places give the same. */
const told = (code: string, values: readonly number[]): readonly number[] =>
  code === "wrong-local-input" || code === "derivative-at-activation" ? [values[0]!] : values;

function numbersIn(value: unknown): readonly number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

const dense = (
  units: number,
  activation: "relu" | "leaky-relu" | "tanh" | "sigmoid" | "softmax" | "identity",
) => ({ type: "dense", units, activation }) as const;

const layered = (
  inputs: number,
  layers: LayersDescription["layers"],
  loss: LayersDescription["loss"],
): NetworkDescription => ({ kind: "layers", inputs, layers, loss });

/** One network of each kind, in dialects of their own: activations, losses, skip connections, shared weights, equations. */
const gradedNetworks: Readonly<Record<string, NetworkDescription>> = {
  "note-001": networkOf("note-001"),
  "classic-2-2-2": networkOf("classic-2-2-2"),
  "softmax-3": networkOf("softmax-3"),
  "note-003": networkOf("note-003"),
  "skip-shared": networkOf("skip-shared"),
  relu: reluNet,
  "leaky relu": layered(2, [dense(2, "leaky-relu"), dense(1, "sigmoid")], "binary-cross-entropy"),
  tanh: layered(2, [dense(2, "tanh"), dense(2, "tanh")], "squared-error"),
  "sigmoid, relu, sigmoid": layered(
    2,
    [dense(2, "sigmoid"), dense(2, "relu"), dense(1, "sigmoid")],
    "half-squared-error",
  ),
  "softmax behind tanh": layered(2, [dense(2, "tanh"), dense(3, "softmax")], "categorical-cross-entropy"),
  hinge: layered(2, [dense(2, "tanh"), dense(1, "identity")], "hinge"),
  linear: layered(2, [dense(1, "identity")], "absolute-error"),
  penalty: { ...layered(2, [dense(1, "sigmoid")], "half-squared-error"), l2: 0.1 } as NetworkDescription,
  equations: {
    kind: "equations",
    equations: ["h1 = tanh(w*x1)", "h2 = tanh(w*h1 + u*x2)", "L = 1/2*(h2 - y)^2"],
    loss: "L",
    parameters: ["w", "u"],
    constants: ["x1", "x2", "y"],
  },
};

const gradedNames = Object.keys(gradedNetworks);

describe("The key of a variant", () => {
  const requests = gradedNames.flatMap((name) => taskNames.map((task) => ({ name, task })));

  it.each(requests)("Gives the model solution of $name, $task, every point", ({ name, task }) => {
    for (const variant of variantsOf({
      network: gradedNetworks[name]!,
      task,
      seed: 21,
      count: 2,
      points: 6,
    })) {
      const { score, maxScore } = graded(variant, variant.modelSolution);
      expect(maxScore).toBe(6);
      expect(score, variant.modelSolution.join("\n")).toBe(6);
    }
  });

  it.each(gradedNames)("Gives no wrong formula of %s the points, and names its misconception", (name) => {
    for (const variant of variantsOf({ network: gradedNetworks[name]!, task: "chain", seed: 4, count: 2 }))
      for (const { latex, distractors } of variant.questions)
        for (const { latex: wrong, codes } of distractors) {
          const { score, maxScore, steps } = graded(variant, [`${latex} = ${wrong}`]) as Judged;
          expect(score, wrong).toBeLessThan(maxScore);
          const [relation] = steps[0]!.relations;
          expect(relation!.verdict).toBe("false");
          expect(codes, wrong).toContain(relation!.diagnosis!.code);
        }
  });

  it("Has the misconception that grading names among those of the number", () => {
    const network = gradedNetworks["sigmoid, relu, sigmoid"]!;
    for (const variant of variantsOf({ network, task: "numbers", seed: 100, count: 2 }))
      for (const { latex, distractors } of variant.questions)
        for (const { value, codes } of distractors) {
          const { steps } = graded(variant, [`${latex} = ${value.toPrecision(4)}`]) as Judged;
          expect(codes).toContain(steps[0]!.relations[0]!.diagnosis!.code);
        }
  });

  it.each(gradedNames)("Gives the number of no misconception of %s the point", (name) => {
    for (const variant of variantsOf({
      network: gradedNetworks[name]!,
      task: "numbers",
      seed: 4,
      count: 2,
    })) {
      const [line] = variant.modelSolution;
      const head = line!.slice(0, line!.lastIndexOf("=") + 1);
      for (const { value, codes } of variant.questions[0]!.distractors) {
        const { score } = graded(variant, [
          `${head} ${value.toPrecision(4)}`.replace(/e(.*)$/, " \\times 10^{$1}"),
        ]);
        expect(score, codes.join()).toBeLessThan(1);
      }
    }
  });

  it("Does not give the derivation with the mistake full marks, and names its misconception", () => {
    for (let seed = 0; seed < 12; seed += 1) {
      const [variant] = variantsOf({ network: sigmoidNet, task: "mistake", seed, points: 4 });
      const lines = shownLines(variant!);
      const { score, steps } = graded(variant!, lines) as Grade & {
        readonly steps: readonly { readonly verdict: string }[];
      };
      expect(score).toBeLessThan(4);
      expect(steps.filter(({ verdict }) => verdict === "false").length).toBeGreaterThan(0);
    }
  });
});

/** The lines of the derivation on a problem sheet, without their numbers. */
function shownLines(variant: Variant): readonly string[] {
  const { problem } = variant as unknown as { problem: { blocks: readonly Block[] } };
  const task = problem.blocks.find(({ id }) => id === "task")!;
  const { lines } = task.blocks!.find(({ kind }) => kind === "equations")!;
  return lines!.map(({ sides }) => `${sides[0]!.latex} = ${sides[1]!.latex}`);
}

interface Block {
  readonly kind: string;
  readonly id?: string;
  readonly blocks?: readonly Block[];
  readonly lines?: readonly { readonly sides: readonly { readonly latex: string }[] }[];
}

const formats = ["json", "html", "markdown", "tex", "text", "pdf"] as const;

describe("A sheet", () => {
  it.each(formats)("Has the same bytes for the same seed in %s", (format) => {
    for (const task of taskNames) {
      const request: WorksheetRequest = { network: sigmoidNet, task, seed: 5 };
      expect(worksheetDocument(request, format)).toBe(worksheetDocument(request, format));
    }
  });

  it("Asks in one language or the other", () => {
    const sheet = (language: "en" | "de") =>
      worksheetDocument({ network: sigmoidNet, task: "factors", seed: 5, language }, "text");
    expect(sheet("en")).toMatch(/Write into each box what\s+belongs there\./);
    expect(sheet("de")).toMatch(/Schreibe in jeden Kasten, was\s+hineingehört\./);
  });

  it("Shows no answer on the side of the problem", () => {
    for (const task of ["numbers", "update"] as const) {
      const request: WorksheetRequest = { network: sigmoidNet, task, seed: 5 };
      const [variant] = variantsOf(request);
      const answer = variant!.questions[0]!.value.toPrecision(4).replace("-", "−");
      expect(worksheetDocument(request, "text")).not.toContain(answer);
      expect(worksheetDocument({ ...request, sheet: "solution" }, "text")).toContain(answer);
    }
  });

  it("Says on the solution what the numbers of misconceptions stand for", () => {
    const solution = worksheetDocument(
      { network: reluNet, task: "numbers", seed: 5, sheet: "solution" },
      "markdown",
    );
    const [, names] = /In the catalogue of misconceptions\\?: (.*)\./.exec(solution)!;
    const told = new Map(names!.split(", ").map((each) => each.split(/\s/) as [string, string]));
    // As GET /v1/catalogue has it.
    expect(told.get("M01")?.replaceAll("\\", "")).toBe("missing-activation-derivative");
    const used = solution.slice(0, solution.indexOf("In the catalogue")).match(/\bM\d\d\b/g)!;
    expect([...told.keys()]).toEqual([...new Set(used)].toSorted());
  });

  it("Asks for digits where numbers are asked for", () => {
    const asks = (task: WorksheetRequest["task"]) =>
      worksheetDocument({ network: sigmoidNet, task, seed: 5 }, "text").includes("significant digits");
    expect(taskNames.filter(asks)).toEqual(["factors", "numbers", "mistake", "update"]);
  });

  it("Numbers the lines among which the mistake is once", () => {
    const pdf = worksheetDocument({ network: sigmoidNet, task: "mistake", seed: 5 }, "pdf");
    const text = textOf(Buffer.from(pdf, "base64"));
    // Eight lines define the network; those after them have the numbers 1 to 5 of the question, not 9 to 13.
    expect(text).toContain("(8)");
    expect(text).toContain("(5)");
    expect(text).not.toMatch(/\((9|1\d)\)/);
  });

  it("Can do without numbers where the task is about formulas", () => {
    const network = {
      ...sigmoidNet,
      layers: sigmoidNet.layers.map((layer) => ({ ...layer, activation: { abstract: "f" } })),
    };
    for (const task of ["chain", "delta", "factors", "mistake"] as const) {
      const [variant] = variantsOf({ network, task, values: "none" });
      expect(graded(variant!, variant!.modelSolution).score).toBe(
        graded(variant!, variant!.modelSolution).maxScore,
      );
    }
  });

  it.each(hostileLabels)("Keeps the title %s inert, or refuses it with a sentence", (title) => {
    for (const format of ["html", "markdown", "tex", "text", "pdf"] as const) {
      try {
        const text = worksheetDocument(
          { network: sigmoidNet, task: "chain", seed: 1, render: { title } },
          format,
        );
        if (format === "html") expect(text).not.toMatch(/<script>|<img src=x|<svg onload/);
        if (format === "tex") expect(text).not.toMatch(/\\(input|write18)\{/);
      } catch (error) {
        expect((error as Failure).message).toMatch(
          /^The character .* cannot be set by pdflatex|is in none of the fonts/,
        );
      }
    }
  });
});

/** A network of which the loss does not feel the second parameter. */
const unfelt: EquationsDescription = {
  kind: "equations",
  equations: ["z = w*x", "s = v*x", "L = z^2 / 2"],
  loss: "L",
  parameters: ["v", "w"],
  constants: ["x"],
};

/** A network whose derivative is 0 everywhere, in every way of getting it wrong. */
const flat: EquationsDescription = {
  kind: "equations",
  equations: ["z = w*x", "L = (z - z)^2 + w*0"],
  loss: "L",
  parameters: ["w"],
  constants: ["x"],
};

describe("Without parameters named", () => {
  it("Asks for the first one that the loss depends on", () => {
    const [variant] = variantsOf({ network: unfelt, task: "numbers", seed: 3 });
    expect(variant!.key.target).toEqual(["w"]);
  });
});

describe("What cannot be asked", () => {
  it.each([
    [
      { network: sigmoidNet, task: "poem" },
      'Unknown value "poem" at /task; the values there are "chain", "delta", "factors", "numbers", "mistake", "update".',
    ],
    [
      { network: sigmoidNet, task: "chain", parameters: ["w_7"] },
      '"w_7" is not a parameter of the network. Did you mean "w_1"?',
    ],
    [
      { network: sigmoidNet, task: "chain", misconceptions: ["droped-path"] },
      'There is no misconception "droped-path". Did you mean "dropped-path"? GET /v1/catalogue lists them.',
    ],
    [
      { network: sigmoidNet, task: "numbers", values: "none" },
      'The task "numbers" is about numbers; set "values" to "drawn" or "given", or choose another task.',
    ],
    [
      { network: sigmoidNet, task: "numbers", values: "given" },
      'The worksheet is to have the network\'s own numbers. The network is given without numbers. Give them, or set "values" to "drawn".',
    ],
    [
      { network: networkOf("batch-of-8"), task: "numbers" },
      "A worksheet is about one sample, and the network has 8; keep the one that is to be worked out.",
    ],
    [
      { network: reluNet, task: "numbers", misconceptions: ["missing-activation-derivative"] },
      'No numbers were found for the seed 1 at which the 1 wrong results that are to be told apart differ in 4 digits while nothing saturates; ask for more "digits", list fewer "misconceptions" or "parameters", or give the numbers and set "values" to "given". With the right number come out, whatever is drawn: "missing-activation-derivative".',
    ],
    [
      { network: sigmoidNet, task: "mistake", misconceptions: ["transposed-jacobian"], seed: 1 },
      'None of the "misconceptions" goes wrong in a single line of the derivation by "w_1"; list others, or leave "misconceptions" out.',
    ],
    [
      { network: unfelt, task: "numbers", parameters: ["v"] },
      'The loss does not depend on "v": its derivative is 0, and there is nothing to work out; name another parameter.',
    ],
    [
      { network: { ...unfelt, parameters: ["v"], constants: ["w", "x"] }, task: "chain" },
      "The loss depends on no parameter of the network, so that there is nothing to work out; let a parameter reach the loss.",
    ],
    [
      { network: flat, task: "numbers", seed: 1 },
      /^No numbers were found for the seed 1 at which .* set "values" to "given"\.$/,
    ],
    [
      { network: flat, task: "chain", seed: 1 },
      /^No numbers were found for the seed 1 at which .*, or leave numbers out with "values": "none"\.$/,
    ],
  ])("%o", (request, sentence) => {
    if (typeof sentence === "string") expect(refusal(request)).toBe(sentence);
    else expect(refusal(request)).toMatch(sentence);
  });
});
