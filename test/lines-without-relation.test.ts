// A line that says nothing is never passed over as true: it cannot be read, or it is words alone and has no verdict.
import { expect, test } from "vitest";
import { grades } from "../src/index.ts";

const network = { kind: "equations", equations: ["L = a*b"], loss: "L", parameters: ["a", "b"] } as const;

interface Told {
  readonly needsReview: boolean;
  readonly steps: readonly {
    readonly verdict?: string;
    readonly unreadable?: readonly { readonly message: string }[];
  }[];
}

const told = (...submission: readonly string[]): Told =>
  grades({
    network: { ...network, equations: [...network.equations], parameters: ["a", "b"] },
    submission: [...submission],
  }) as Told;

const emptyFormula =
  "The formula at character 1 is empty; write a relation, such as \\frac{\\partial E}{\\partial w} = \\delta x.";

const missingSide = (character: number): string =>
  `Nothing stands at character ${character}, where a side of the relation was expected.`;

test.each([
  ["=", missingSide(1)],
  ["= =", missingSide(1)],
  ["dL/da =", missingSide(8)],
  ["= b", missingSide(1)],
  ["$ $", emptyFormula],
  ["\\[ \\]", emptyFormula],
  [
    "$$",
    "The sign $ at character 1 is not read in a formula; use names, numbers, + − · / ^, fractions, functions, Σ, ∂ and relations.",
  ],
  [
    "using dL/da = q",
    'Unknown name "q" at character 15; the network has nothing of this name in this notation.',
  ],
])("%s cannot be read", (line, sentence) => {
  const { needsReview, steps } = told(line, "dL/db = a");
  expect(steps.map(({ verdict }) => verdict)).toEqual(["unreadable", "true"]);
  expect(steps[0]!.unreadable![0]!.message).toBe(sentence);
  expect(needsReview).toBe(true);
});

test.each(["First we derive by the first factor:", "\\text{the answer follows}", "so,"])(
  "%s is words alone: neither true nor false, and no reason for a person to look",
  (line) => {
    const { needsReview, steps } = told(line, "dL/db = a");
    expect(steps.map(({ verdict }) => verdict)).toEqual([undefined, "true"]);
    expect(needsReview).toBe(false);
  },
);

test("a submission of words alone needs a person", () => {
  expect(told("First we derive by the first factor.").needsReview).toBe(true);
});

test("a sign of equality without a side does not hide the relation beside it", () => {
  expect(told("dL/da = b =").steps[0]!.verdict).toBe("unreadable");
  expect(told("dL/da = a, = =").steps[0]!.verdict).toBe("false");
});

test("a definition holds by itself", () => {
  expect(told("let g = a*b").steps[0]!.verdict).toBe("true");
});
