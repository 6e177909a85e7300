// A law of reading submissions: a line of a derivation handed in as plain text says what it says handed in as LaTeX, and
// both say what was printed; over random networks in all six dialects.
import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import type { Network } from "../src/network/network.ts";
import { dialect } from "../src/notation/dialect.ts";
import type { Notation } from "../src/notation/notation.ts";
import { notations } from "../src/notation/rows.ts";
import { keyOf } from "../src/reading/key.ts";
import { readSubmission } from "../src/reading/submission.ts";
import { latexLine, plainLine } from "../src/writers/print/line.ts";
import { isTwofold, type Line, linesOf } from "./support/network-lines.ts";

const layer = fc.record({
  type: fc.constant("dense" as const),
  units: fc.integer({ min: 1, max: 3 }),
  activation: fc.constantFrom("sigmoid", "tanh", "softplus", "gelu-tanh", "exp", "softmax", "identity"),
  bias: fc.constantFrom("none" as const, "per-unit" as const, "shared" as const),
});

const layers: fc.Arbitrary<NetworkDescription> = fc.record(
  {
    kind: fc.constant("layers" as const),
    inputs: fc.integer({ min: 1, max: 3 }),
    layers: fc.array(layer, { minLength: 1, maxLength: 3 }),
    loss: fc.constantFrom("half-squared-error", "squared-error", "binary-cross-entropy"),
    naming: fc.constantFrom("by-source" as const, "by-target" as const),
  },
  { requiredKeys: ["kind", "inputs", "layers", "loss"] },
);

const others: readonly NetworkDescription[] = [
  {
    kind: "units",
    inputs: ["i_1", "i_2"],
    units: [
      { name: "h_1", activation: "sigmoid", from: { i_1: "w_1", i_2: "w_2" }, bias: "b_1" },
      { name: "h_2", activation: "tanh", from: { i_1: "w_3", i_2: "w_4" }, bias: "b_1" },
      { name: "o_1", activation: "sigmoid", from: { h_1: "w_5", h_2: "w_6", i_1: "w_7" }, bias: "b_2" },
    ],
    outputs: ["o_1"],
    loss: "half-squared-error",
  },
  {
    kind: "equations",
    equations: [
      "z = w*x + b",
      "yhat = sigmoid(z)",
      "L = (y - yhat)^2 / 2 + log(1 + exp(-z)) * sqrt(w^2 + 1)",
    ],
    loss: "L",
    parameters: ["w", "b"],
    constants: ["x", "y"],
  },
];

function printed(network: Network, notation: Notation, { sides }: Line): { latex: string; plain: string } {
  const printing = { dialect: dialect(network, notation), digits: 9 };
  const line = {
    sides: sides.map((expr) => ({ kind: "expr", expr }) as const),
    signs: sides.slice(1).map(() => "=" as const),
  };
  return { latex: latexLine(line, printing), plain: plainLine(line, printing) };
}

/** Each relation as the keys of what its sides can mean; a sentence where it cannot be read. */
function meaning(network: Network, notation: Notation, text: string): readonly string[] {
  const [step] = readSubmission(network, notation, [text]).steps;
  return step!.statements.map((statement) => {
    if (statement.kind !== "relation")
      return statement.kind === "unreadable" ? statement.failure.message : "defined";
    const slips = statement.slips.map(({ message }) => message);
    const readings = statement.readings.map(({ left, right }) => `${keyOf(left)} = ${keyOf(right)}`);
    return [...readings, ...slips, statement.shapeProblem ?? ""].sort().join(" or ");
  });
}

/** The lines that do not say the same in both, with what they say. */
function differing(description: NetworkDescription): readonly object[] {
  const network = compile(description);
  return Object.values(notations).flatMap((notation) =>
    linesOf(network)
      .filter((line) => !isTwofold(line, network, notation))
      .map((line) => printed(network, notation, line))
      .map(({ latex, plain }) => ({
        notation: notation.key,
        latex,
        plain,
        saidByLatex: meaning(network, notation, latex),
        saidByPlain: meaning(network, notation, plain),
      }))
      .filter(({ saidByLatex, saidByPlain }) => saidByLatex.join() !== saidByPlain.join()),
  );
}

/** Fixed, so that a failure can be repeated. */
const seed = 20240501;

test("plain text says what LaTeX says of layered networks", { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(layers, (description) => {
      expect(differing(description)).toEqual([]);
    }),
    { seed, numRuns: 6 },
  );
});

test.each(others.map((description) => [description.kind, description] as const))(
  "plain text says what LaTeX says of %s",
  (_, description) => {
    expect(differing(description)).toEqual([]);
  },
);
