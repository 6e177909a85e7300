// Worksheets: numbers that make good problems, sheets that say what is asked, keys that grade as they should.
import { describe, expect, it } from "vitest";
import { exampleText } from "../src/examples.ts";
import { Failure } from "../src/failure.ts";
import { grades } from "../src/grades.ts";
import type { LayersDescription, NetworkDescription } from "../src/network/description.ts";
import { readWorksheetRequest } from "../src/request/read.ts";
import type { WorksheetRequest } from "../src/request/schema.ts";
import { withNumbers } from "../src/worksheets/given.ts";
import { taskNames } from "../src/worksheets/task.ts";
import { drawVariant } from "../src/worksheets/variant.ts";
import { worksheet, worksheetDocument, worksheetOf } from "../src/worksheets.ts";
import { hostileLabels } from "./support/hostile.ts";

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
  readonly distractors: readonly {
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

  it("Are short, saturate nothing and tell every misconception apart, for thousands of seeds", {
    timeout: 60_000,
  }, () => {
    const digits = 4;
    const { problem } = worksheetOf({ network: sigmoidNet, task: "numbers", seed: 0, digits });
    const { network: plain } = problem.subject;
    const seeds = 2500;
    for (let seed = 0; seed < seeds; seed += 1) {
      const network = withNumbers(plain, drawVariant(problem, seed)) as LayersDescription;
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

/** One network of each kind, in dialects of their own. */
const gradedNetworks = ["note-001", "classic-2-2-2", "softmax-3", "note-003", "skip-shared"] as const;

describe("The key of a variant", () => {
  const requests = gradedNetworks.flatMap((name) => taskNames.map((task) => ({ name, task })));

  it.each(requests)("Gives the model solution of $name, $task, every point", ({ name, task }) => {
    for (const variant of variantsOf({ network: networkOf(name), task, seed: 21, count: 2, points: 6 })) {
      const { score, maxScore } = graded(variant, variant.modelSolution);
      expect(maxScore).toBe(6);
      expect(score, variant.modelSolution.join("\n")).toBe(6);
    }
  });

  it.each(gradedNetworks)("Gives the number of no misconception of %s the point", (name) => {
    for (const variant of variantsOf({ network: networkOf(name), task: "numbers", seed: 4, count: 2 })) {
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
  it.each(formats)("Has the same bytes for the same seed in %s", { timeout: 30_000 }, (format) => {
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
      { network: sigmoidNet, task: "mistake", misconceptions: ["transposed-jacobian"], seed: 1 },
      'None of the "misconceptions" goes wrong in a single line of the derivation by "w_1"; list others, or leave "misconceptions" out.',
    ],
    [
      {
        network: {
          kind: "equations",
          equations: ["z = w*x", "L = (z - z)^2 + w*0"],
          loss: "L",
          parameters: ["w"],
          constants: ["x"],
        },
        task: "numbers",
        seed: 1,
      },
      "",
    ],
  ])("%o", (request, sentence) => {
    const said = refusal(request);
    if (sentence === "") expect(said).toMatch(/^No numbers were found for the seed 1 at which/);
    else expect(said).toBe(sentence);
  });
});
