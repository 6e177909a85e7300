// Laws that hold for every network: random descriptions of all three kinds, with seeds, so that a failure comes back.
import fc from "fast-check";
import katex from "katex";
import { describe, expect, it } from "vitest";
import { differentiate } from "../src/derivative/adjoints.ts";
import { countPaths } from "../src/derivative/paths.ts";
import { scalarGraph } from "../src/derivative/scalar.ts";
import { Failure } from "../src/failure.ts";
import { derivation } from "../src/index.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { equationsDescription, layersDescription, unitsDescription } from "./support/random-networks.ts";

interface Answer {
  readonly loss: { readonly value: number };
  readonly gradients: readonly {
    readonly parameter: string;
    readonly value: number;
    readonly chain: {
      readonly pathCount: string;
      readonly complete: boolean;
      readonly value: number;
      readonly paths: readonly { readonly value: number }[];
    };
    readonly check: { readonly status: string; readonly relativeError?: number };
  }[];
  readonly deltas: readonly {
    readonly id: string;
    readonly value?: number;
    readonly samples?: readonly number[];
  }[];
  readonly equalForms: { readonly equal: boolean };
  readonly check: { readonly agrees: boolean };
  readonly graph: { readonly edges: readonly { readonly from: string; readonly to: string }[] };
}

/** The answer, or nothing where the drawn numbers leave the doubles, which is said in so many words. */
function answerTo(network: NetworkDescription): Answer | undefined {
  try {
    return JSON.parse(derivation({ network }, "json"));
  } catch (error) {
    if (error instanceof Failure && error.code === "not-a-number") return undefined;
    throw error;
  }
}

const kinds = [
  ["layers", layersDescription, 25],
  ["units", unitsDescription, 40],
  ["equations", equationsDescription, 60],
] as const;

/** Seeds differ, so that the kinds of tests below do not meet the same networks. */
const run = (runs: number, seed: number) => ({ numRuns: runs, seed, endOnFailure: true });

/** Paths cancel; beside their sizes both forms keep eleven digits through a dozen layers. */
const formsTolerance = 1e-9;

describe.each(kinds)("for random %s", (_, descriptions, runs) => {
  const description: fc.Arbitrary<NetworkDescription> = descriptions;

  it("the path sum, the δ form and the referee agree", () => {
    let answered = 0;
    fc.assert(
      fc.property(description, (network) => {
        const answer = answerTo(network);
        if (!answer) return;
        answered += 1;
        expect(answer.equalForms.equal).toBe(true);
        expect(answer.check.agrees).toBe(true);
        for (const { parameter, value, chain, check } of answer.gradients) {
          expect(["agrees", "kink"], parameter).toContain(check.status);
          if (!chain.complete) continue;
          const size = chain.paths.reduce((total, path) => total + Math.abs(path.value), Math.abs(value));
          expect(Math.abs(chain.value - value)).toBeLessThanOrEqual(formsTolerance * size + Number.MIN_VALUE);
        }
      }),
      run(runs, 101),
    );
    expect(answered).toBeGreaterThan(runs / 2);
  });

  it("the answer holds no null, and every formula is one that KaTeX accepts in strict mode", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(description, (network) => {
        const answer = answerTo(network);
        if (answer) walk(answer, seen);
      }),
      run(Math.ceil(runs / 4), 202),
    );
    expect(seen.size).toBeGreaterThan(50);
  });

  it("paths counted by dynamic programming are those that a walk finds one by one", () => {
    fc.assert(
      fc.property(description, (network) => {
        const scalar = scalarGraph(differentiate(compile(network)));
        for (const [node, { paths }] of countPaths(scalar)) {
          const found = walks(node);
          expect(found === undefined ? undefined : paths).toBe(found);
        }
      }),
      run(runs, 303),
    );
  });
});

const formulaFields: ReadonlySet<string> = new Set(["latex", "definition", "result", "worked", "symbol"]);

function walk(value: unknown, seen: Set<string>): void {
  expect(value).not.toBeNull();
  if (typeof value !== "object") return;
  for (const [key, part] of Object.entries(value!)) {
    if (typeof part !== "string") walk(part, seen);
    else if (formulaFields.has(key) && !seen.has(part)) {
      seen.add(part);
      katex.renderToString(part, {
        strict: "error",
        throwOnError: true,
        trust: false,
      });
    }
  }
}

/** More walks than this are not taken one by one. */
const mostWalks = 5000n;

type Node = ReturnType<typeof scalarGraph>["nodes"][number];

/** How many ways lead to the loss, which nothing uses; nothing where there are too many to go. */
function walks(start: Node): bigint | undefined {
  let found = 0n;
  const stack = [start];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.symbol.quantity.role === "loss") found += 1n;
    for (const { of } of node.users) stack.push(of);
    if (found + BigInt(stack.length) > mostWalks) return undefined;
  }
  return found;
}

describe("a deep network", () => {
  it("has more paths than a double can count, counted exactly", () => {
    const width = 4;
    const depth = 40;
    const network = compile({
      kind: "layers",
      inputs: 1,
      layers: Array.from({ length: depth }, () => ({
        type: "dense",
        units: width,
        activation: "tanh",
        bias: "none",
      })),
      loss: "half-squared-error",
    });
    const scalar = scalarGraph(differentiate(network));
    const counts = countPaths(scalar);
    const pathsOf = (id: string) => counts.get(scalar.byId.get(id)!)!.paths;
    // From a unit of the first layer each of 39 layers offers 4 ways on.
    expect(pathsOf("W1[1,1]")).toBe(4n ** 39n);
    expect(pathsOf("W40[2,3]")).toBe(1n);
    expect(Number(pathsOf("W1[1,1]"))).toBeGreaterThan(2 ** 53);
  });
});

describe("a loss that is multiplied", () => {
  it("multiplies every δ and every derivative", () => {
    const factor = 3;
    fc.assert(
      fc.property(unitsDescription, (network) => {
        const formula = (text: string) => ({ ...network, loss: { formula: text }, l2: 0 });
        const [once, thrice] = [
          answerTo(formula("(yhat - y)^2")),
          answerTo(formula(`${factor} * (yhat - y)^2`)),
        ];
        if (!once || !thrice) return;
        const numbers = ({ gradients, deltas }: Answer) => [
          ...gradients.map(({ value }) => value),
          ...deltas.flatMap(({ value, samples }) => samples ?? [value!]),
        ];
        for (const [place, value] of numbers(once).entries()) {
          const scaled = numbers(thrice)[place]!;
          expect(Math.abs(scaled - factor * value)).toBeLessThanOrEqual(
            formsTolerance * Math.abs(scaled) + 1e-15,
          );
        }
      }),
      run(25, 404),
    );
  });
});
