// Whatever is handed in is graded: scraps of formulas in any order have a grade or a sentence, never an error.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grades, lintPage } from "../src/index.ts";
import type { GradeRequest } from "../src/request/schema.ts";

type Described = GradeRequest["network"];

const dense = (units: number, activation: "sigmoid" | "tanh" | "relu") => ({
  type: "dense" as const,
  units,
  activation,
});

const networks: Readonly<Record<string, Described>> = {
  "two layers": {
    kind: "layers",
    inputs: 2,
    layers: [dense(3, "sigmoid"), dense(2, "tanh")],
    loss: "half-squared-error",
  },
  "a batch": {
    kind: "layers",
    inputs: 1,
    layers: [{ ...dense(2, "relu"), weights: [[0.9], [-0.7]], biases: [0.1, 0.2] }],
    loss: "squared-error",
    reduction: "mean",
    samples: [
      { inputs: [-2], targets: [1.6, 1] },
      { inputs: [1], targets: [0.9, 0] },
    ],
  },
  equations: {
    kind: "equations",
    equations: ["z = w*x + b", "y_1 = sigmoid(z)", "L = (y_1 - t)^2"],
    loss: "L",
    parameters: { w: 0.3, b: 0.1 },
    constants: { x: 2, t: 1 },
  },
};

/** Quantities of one entry, of a layer, of every unit; signs and marks that end or begin in the middle. */
const scraps = [
  ..."x y t w b L C z g p 0 2 + - ( ) | ' _i ^2 ^T &".split(" "),
  ..."W^{(2)} W^{(3)} \\delta^{(2)} \\delta^{(3)} a^{(1)} a^{(2)} z^{(2)} (W^{(3)})^T \\odot f'(z^{(2)})".split(
    " ",
  ),
  ..."w_{jk}^{(3)} \\delta_j^{(2)} \\delta_k^{(3)} a_k^{(l-1)} z_j^{(l)} \\sum_j \\sum_{k=1}^{3} C_i \\hat{y}_n".split(
    " ",
  ),
  ..."\\frac{\\partial{C}}{\\partial{W^{(2)}}} \\frac{dL}{dw} \\frac{\\partial{L}}{\\partial{z}} \\nabla_wC \\nabla{C}".split(
    " ",
  ),
  ..."\\Delta{w} \\eta 0.5 e^{z} \\ln \\frac{1}{n} \\mathbf{1} \\text{let} \\to \\operatorname{diag}(a^{(2)})".split(
    " ",
  ),
  "\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}",
  "\\left.\\frac{dL}{dw}\\right|_{w=0.3}",
];

const side = fc
  .array(fc.constantFrom(...scraps), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(" "));
const line = fc
  .tuple(
    fc.array(side, { minLength: 1, maxLength: 4 }),
    fc.constantFrom(" = ", " := ", " &= ", "==", " \\approx ", " \\ne ", ""),
  )
  .map(([sides, sign]) => sides.join(sign));
const submission = fc.array(line, { minLength: 1, maxLength: 4 });

describe("Whatever is handed in is graded", () => {
  it.each(Object.entries(networks))("for %s", { timeout: 120_000 }, (_, network) => {
    fc.assert(
      fc.property(submission, fc.constantFrom(undefined, "nielsen", "scalar"), (lines, notation) => {
        const { steps } = grades({ network, submission: lines, ...(notation && { notation }) }) as {
          steps: unknown[];
        };
        expect(steps).toHaveLength(lines.length);
      }),
      { numRuns: 60 },
    );
  });

  it("also where the head of a chain has no meaning", () => {
    const lines = ["x = W^{(2)} x = 2 W^{(2)} x"];
    const { steps } = grades({
      network: networks["two layers"]!,
      notation: "nielsen",
      submission: lines,
    }) as {
      steps: { relations: { verdict: string }[] }[];
    };
    expect(steps[0]!.relations.map(({ verdict }) => verdict)).toEqual(["false", "false"]);
  });

  it("and held against a page of notes", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(submission, (lines) => {
        const page = lines.map((source) => `$$${source}$$`).join("\n\n");
        expect(lintPage({ page, network: networks["two layers"]! }).text).toContain("findings");
      }),
      { numRuns: 60 },
    );
  });
});
