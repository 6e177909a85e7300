// How a derivation explains itself: three levels of detail, growing chains, nothing worked out twice.
import katex from "katex";
import { describe, expect, it } from "vitest";
import { functionDefinition } from "../src/derivation/definition.ts";
import { examples, exampleText } from "../src/examples.ts";
import { Graph } from "../src/expression/graph.ts";
import { derivation } from "../src/index.ts";
import type { NotationKey } from "../src/notation/notation.ts";
import { Evaluator } from "../src/numeric/evaluate.ts";
import { primitives } from "../src/primitives/index.ts";
import type { DerivationRequest } from "../src/request/schema.ts";

interface Line {
  readonly rule?: string;
  readonly id?: string;
  readonly latex: string;
  readonly sides: readonly { readonly latex: string }[];
  readonly because?: readonly { readonly text: string }[];
}

interface JsonBlock {
  readonly id?: string;
  readonly blocks?: readonly JsonBlock[];
  readonly lines?: readonly Line[];
}

function documentOf(name: string, changes: Partial<DerivationRequest> = {}): JsonBlock {
  const request = { ...(JSON.parse(exampleText(name)) as DerivationRequest), ...changes };
  return (JSON.parse(derivation(request, "json")) as { derivation: JsonBlock }).derivation;
}

function linesOf(block: JsonBlock): readonly Line[] {
  return [...(block.lines ?? []), ...(block.blocks ?? []).flatMap(linesOf)];
}

function sectionOf(block: JsonBlock, id: string): JsonBlock {
  return block.blocks!.find((inner) => inner.id === id)!;
}

/** Rules that only a local derivative has. */
const localRules = new Set([
  "sum",
  "constant-multiple",
  "product",
  "quotient",
  "power",
  "exponential",
  "function",
  "activation",
  "softmax",
  "identity",
]);

const localLines = (document: JsonBlock): readonly Line[] =>
  linesOf(sectionOf(document, "chain")).filter(({ rule }) => localRules.has(rule ?? ""));

/** How many factors each side of a line has, as far as they are fractions side by side. */
function factorCounts({ sides }: Line): readonly number[] {
  return sides
    .slice(1)
    .filter(({ latex }) => /^(\\frac\{\\partial [^+]*\}( \\ )?)+$/.test(latex))
    .map(({ latex }) => latex.split(" \\ ").length);
}

describe("Levels of detail", () => {
  it("Brief shows results only", () => {
    const brief = documentOf("note-001", { detail: "brief" });
    expect(localLines(brief)).toEqual([]);
    for (const { sides } of linesOf(sectionOf(brief, "chain"))) expect(sides).toHaveLength(3);
  });

  it.each(["standard", "full"] as const)("%s works every local derivative out once", (detail) => {
    const lefts = localLines(documentOf("classic-2-2-2", { detail })).map(({ sides }) => sides[0]!.latex);
    expect(new Set(lefts).size).toBe(lefts.length);
    expect(lefts.length).toBeGreaterThan(10);
  });

  it("Full gives each factor its definition and its rule, each definition once", () => {
    const lines = linesOf(sectionOf(documentOf("note-001", { detail: "full" }), "chain"));
    const definitions = lines.filter(({ rule }) => rule === "definition").map(({ latex }) => latex);
    expect(new Set(definitions).size).toBe(definitions.length);
    expect(definitions).toContain("z_{1}^{(3)} = w_{5} a_{1}^{(2)} + w_{6} a_{2}^{(2)}");
    const power = lines.find(({ rule }) => rule === "power")!;
    expect(power.because!.map(({ text }) => text).join("")).toBe("power rule");
  });

  it("The chain grows from two factors to five, in standard for the first parameter, in full for all", () => {
    const chains = (detail: "standard" | "full"): readonly (readonly number[])[] =>
      linesOf(sectionOf(documentOf("note-001", { detail }), "chain"))
        .filter(({ rule }) => rule === "chain-rule")
        .map(factorCounts);
    const [first, ...others] = chains("standard");
    expect(first).toEqual([2, 3, 4, 5]);
    expect(others).toEqual([[5], [5], [5], [3], [3]]);
    expect(chains("full").slice(1)).toEqual([
      [2, 3, 4, 5],
      [2, 3, 4, 5],
      [2, 3, 4, 5],
      [2, 3],
      [2, 3],
    ]);
  });

  it("A chain does not grow where a derivative would mean two things", () => {
    const chain = linesOf(sectionOf(documentOf("recurrent-3-steps", { detail: "full" }), "chain"));
    const shared =
      chain.find(({ latex }) => latex.startsWith("\\frac{\\partial E_{total}}{\\partial w_{h}} =")) ??
      chain.find(({ rule, latex }) => rule === "chain-rule" && latex.includes("w_{h}}"))!;
    // Three paths of different lengths: the first sum on the right is the full one.
    expect(shared.sides[1]!.latex.split("+")).toHaveLength(3);
  });
});

describe("Residuals", () => {
  const outputDelta = (notation: NotationKey): string =>
    linesOf(sectionOf(documentOf("note-001", { notation, detail: "standard" }), "deltas"))[0]!.latex;

  it.each<[NotationKey, boolean]>([
    ["layered", true],
    ["net-out", true],
    ["bishop", false],
    ["from-to", false],
    ["scalar", false],
    ["nielsen", false],
  ])("In %s the minus comes first: %s", (notation, first) => {
    expect(outputDelta(notation).includes("= -(")).toBe(first);
  });
});

describe("Updates", () => {
  it.each<[NotationKey, RegExp]>([
    ["layered", /^w_\{1\} := w_\{1\} - \\alpha/],
    ["from-to", /^w_\{1\}\^\{\\mathrm\{new\}\} = w_\{1\}\^\{\\mathrm\{old\}\} - \\eta/],
    ["net-out", /^w_\{1\}\^\{\+\} = w_\{1\} - \\eta/],
    ["nielsen", /^w_\{1\} \\leftarrow w_\{1\} - \\eta/],
  ])("In %s a step reads %s", (notation, pattern) => {
    const [first] = linesOf(sectionOf(documentOf("note-001", { notation }), "update"));
    expect(first!.latex).toMatch(pattern);
  });

  it("A step ends at the number of the table: 0.1 - 1 · 0.000929071161", () => {
    const [first] = linesOf(sectionOf(documentOf("note-001"), "update"));
    expect(first!.latex).toMatch(/= 0\.1 - 1 \\cdot 0\.000929071161 = 0\.0990709288$/);
  });
});

describe("Definitions of functions", () => {
  const defined = primitives.filter(({ definitionFormula }) => definitionFormula !== undefined);

  it.each(defined.map((row) => [row.name, row] as const))("%s is what its formula says", (_, row) => {
    const graph = new Graph();
    const { formula } = functionDefinition(graph, row)!;
    for (const x of [-2.5, -0.3, 0.7, 3]) {
      const evaluator = new Evaluator({
        graph,
        symbol: () => x,
        abstract: () => ({ value: () => Number.NaN, partial: () => () => Number.NaN }),
      });
      // Both sides are double arithmetic on a handful of operations.
      expect(Math.abs(evaluator.value(formula) - row.value!(x))).toBeLessThan(1e-12);
    }
  });
});

describe("Formulas", () => {
  it.each(examples.map(({ name }) => name))(
    "Every formula of %s in full is set by KaTeX in strict mode",
    (name) => {
      const formulas = new Set<string>();
      const collect = (part: unknown): void => {
        if (Array.isArray(part)) for (const inner of part) collect(inner);
        else if (typeof part === "object" && part !== null)
          for (const [key, inner] of Object.entries(part))
            if (key === "latex") formulas.add(inner as string);
            else collect(inner);
      };
      collect(documentOf(name, { detail: "full" }));
      expect(formulas.size).toBeGreaterThan(5);
      for (const latex of formulas) katex.renderToString(latex, { strict: "error", throwOnError: true });
    },
  );
});

describe("Costs", () => {
  const textOf = (name: string): string =>
    derivation(JSON.parse(exampleText(name)), "text").replaceAll("\n", " ");

  it("What saves nothing is not praised: f = (x + y) z has the gradients z, z and x + y", () => {
    expect(textOf("circuit")).toContain(
      "Written out as chain products the gradients take 0 multiplications, with stored errors as many. Storing saves none here; it does where paths share a product of several factors.",
    );
    expect(textOf("circuit")).not.toContain("dynamic programming");
    expect(textOf("note-001")).toContain("storing and reusing is what dynamic programming means here");
  });
});
