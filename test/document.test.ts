// Every line of a derivation is true: what stands between its equality signs is worth the result at its end.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compose } from "../src/derivation/compose.ts";
import { derive } from "../src/derivation/derive.ts";
import type { Derived } from "../src/derivation/derived.ts";
import type { Block, EquationLine, Side, SymbolValues } from "../src/derivation/document.ts";
import { layerForms } from "../src/derivation/layers.ts";
import { differentiate } from "../src/derivative/adjoints.ts";
import { workOut } from "../src/derivative/workout.ts";
import { some } from "../src/expression/build.ts";
import { type Expr, entryOffset } from "../src/expression/expr.ts";
import { Failure } from "../src/failure.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { notations } from "../src/notation/rows.ts";
import { Evaluator } from "../src/numeric/evaluate.ts";
import { equationsDescription, layersDescription, unitsDescription } from "./support/random-networks.ts";

const forms = new Set(["chain", "delta"] as const);

/** Every line of the document at every level of detail, with what was derived. */
function linesOf(description: NetworkDescription, detail: "brief" | "standard" | "full") {
  const network = compile(description);
  const derived = derive(network, { maxPaths: 30, maxPathsInAll: 10_000, check: false });
  const layers = layerForms(network, forms, { layout: "denominator", vectorsAre: "columns" });
  const options = { language: "en" as const, detail, forms, notation: notations.layered, engine: "1.0.0" };
  return { derived, lines: compose(derived, layers, options).blocks.flatMap(linesIn) };
}

function linesIn(block: Block): readonly EquationLine[] {
  if (block.kind === "equations") return block.lines;
  return block.kind === "section" || block.kind === "detail" ? block.blocks.flatMap(linesIn) : [];
}

/** The numbers of the only sample, δ's by their ids. */
function valuesOf({ numbers }: Derived): SymbolValues {
  const stored = new Map(
    [...numbers!.samples[0]!.values].map(([quantity, own]) => [
      quantity.role === "delta" ? quantity.id : quantity,
      own,
    ]),
  );
  return ({ quantity, indices }) =>
    stored.get(quantity.role === "delta" ? quantity.id : quantity)?.[entryOffset(quantity, indices)];
}

const isInert = (expr: Expr): boolean => some(expr, ({ kind }) => kind === "derivative");

/** Both sides of a line were worked out in different orders, a dozen roundings apart, of terms that cancel. */
const lineTolerance = 1e-9;
const rounding = 1e-13;

/** Compares every side that has a value with the line's result; how many were compared. */
function checkLine({ sides }: EquationLine, derived: Derived, own: SymbolValues): number {
  const results = sides.filter((side) => side.kind === "value");
  const result = results.at(-1)?.value;
  if (result === undefined) return 0;
  for (const { value } of results) expect(value).toBe(result);
  const { graph } = derived.network;
  const { fold } = differentiate(derived.network);
  const worthOf = (side: Side): number | undefined => {
    if ((side.kind !== "expr" && side.kind !== "digits") || isInert(side.expr)) return undefined;
    const given = side.kind === "digits" ? side.values : own;
    const evaluator = new Evaluator({
      graph,
      symbol: (symbol) => given(symbol) ?? Number.NaN,
      abstract: () => {
        throw new Error("A line with numbers has no abstract function.");
      },
    });
    return evaluator.value(workOut(graph, side.expr, fold));
  };
  const worths = sides.map(worthOf).filter((worth) => worth !== undefined);
  for (const worth of worths) {
    // 0 · ∞ in digits has no worth by itself; the numbers that are shown come from stable spellings.
    if (!Number.isFinite(worth)) continue;
    expect(Math.abs(worth - result)).toBeLessThanOrEqual(lineTolerance * Math.abs(result) + rounding);
  }
  return worths.length;
}

const classic: NetworkDescription = {
  kind: "layers",
  inputs: 2,
  naming: "by-target",
  layers: [
    {
      type: "dense",
      units: 2,
      activation: "sigmoid",
      bias: "shared",
      weights: [
        [0.15, 0.2],
        [0.25, 0.3],
      ],
      biases: [0.35],
    },
    {
      type: "dense",
      units: 2,
      activation: "softmax",
      weights: [
        [0.4, 0.45],
        [0.5, 0.55],
      ],
      biases: [0.6, 0.1],
    },
  ],
  loss: "categorical-cross-entropy",
  l2: 0.1,
  samples: [{ inputs: [0.05, 0.1], targets: [0.25, 0.75] }],
};

describe("a document", () => {
  it.each(["brief", "standard", "full"] as const)("in %s detail states only what is so", (detail) => {
    const { derived, lines } = linesOf(classic, detail);
    const own = valuesOf(derived);
    const compared = lines.reduce((total, line) => total + checkLine(line, derived, own), 0);
    // 11 forward lines and 10 gradients at the least; in full the local derivatives besides.
    expect(compared).toBeGreaterThan(detail === "brief" ? 5 : 60);
  });

  it("with a wrong number would be found out", () => {
    const { derived, lines } = linesOf(classic, "standard");
    const own = valuesOf(derived);
    const told = lines.find(
      ({ sides }) => sides.at(-1)?.kind === "value" && sides.some(({ kind }) => kind === "digits"),
    )!;
    const wrong = { ...told, sides: told.sides.with(-1, { kind: "value", value: 0.123 }) };
    expect(() => checkLine(wrong, derived, own)).toThrow();
  });

  it.each([
    ["layers", layersDescription],
    ["units", unitsDescription],
    ["equations", equationsDescription],
  ] as const)("of random %s states only what is so", (_, descriptions: fc.Arbitrary<NetworkDescription>) => {
    let compared = 0;
    fc.assert(
      fc.property(descriptions, (description) => {
        const single = firstSampleOnly(description);
        try {
          const { derived, lines } = linesOf(single, "standard");
          const own = valuesOf(derived);
          for (const line of lines) compared += checkLine(line, derived, own);
        } catch (error) {
          if (!(error instanceof Failure && error.code === "not-a-number")) throw error;
        }
      }),
      { numRuns: 25, seed: 505, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(200);
  });
});

/** Lines carry numbers where there is one sample; a batch is told for a general one. */
function firstSampleOnly(description: NetworkDescription): NetworkDescription {
  if (description.kind === "equations" || !Array.isArray(description.samples)) return description;
  return { ...description, samples: description.samples.slice(0, 1) } as NetworkDescription;
}
