// That both forms are one function is a statement that can be false: each way to lose or repeat a path must turn it.
import { describe, expect, it } from "vitest";
import { adjoints, differentiate } from "../src/derivative/adjoints.ts";
import { countPaths, listPaths } from "../src/derivative/paths.ts";
import { scalarGraph } from "../src/derivative/scalar.ts";
import { type Expr, entries, type Quantity } from "../src/expression/expr.ts";
import type { Graph } from "../src/expression/graph.ts";
import { instantiate, rewrite } from "../src/expression/rewrite.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import type { Network } from "../src/network/network.ts";
import { Spelling } from "../src/numeric/chain.ts";
import {
  type Agreement,
  type Binding,
  type DeltaLine,
  type Forms,
  formsAgree,
} from "../src/numeric/forms.ts";
import { program } from "../src/numeric/program.ts";
import { run } from "../src/numeric/run.ts";
import { seededFunction, seededRun } from "../src/numeric/seeded.ts";
import { multiply } from "../src/primitives/arithmetic.ts";
import { mazur } from "./support/networks.ts";
import { symbolsIn } from "./support/verdict.ts";

const networks: Readonly<Record<string, NetworkDescription>> = {
  "the 2-2-2 example": mazur,
  "softmax behind tanh": {
    kind: "layers",
    inputs: 1,
    layers: [
      { type: "dense", units: 2, activation: "tanh", weights: [[0.4], [-0.7]], biases: [0.1, 0.3] },
      {
        type: "dense",
        units: 3,
        activation: "softmax",
        weights: [
          [0.5, 0.2],
          [-0.3, 0.8],
          [0.9, -0.4],
        ],
        biases: [0, 0, 0],
      },
    ],
    loss: "categorical-cross-entropy",
    samples: [{ inputs: [1.5], targets: [0.2, 0.7, 0.1] }],
  },
  "skips, a shared weight and two outputs": {
    kind: "units",
    inputs: ["x"],
    units: [
      { name: "h", activation: "tanh", from: { x: "u" }, bias: "b" },
      { name: "k", activation: "sigmoid", from: { h: "u", x: "v" } },
      { name: "o", activation: "softplus", from: { h: "w", k: "v" } },
      { name: "p", activation: "sigmoid", from: { h: "w", k: "u" } },
    ],
    outputs: ["o", "p"],
    loss: "squared-error",
    parameters: { u: 0.6, v: -0.4, w: 0.9, b: 0.2 },
    samples: [{ inputs: { x: 0.8 }, targets: { o: 0.3, p: 0.7 } }],
  },
  "equations without numbers, with an abstract function": {
    kind: "equations",
    equations: ["a = f(w, v)", "b = a * w", "c = sin(a) + b^2", "L = c * b + a"],
    functions: ["f"],
    loss: "L",
    parameters: ["w", "v"],
  },
};

/** Both forms of a network, with all its paths, as they would be stated. */
function formsOf(network: Network): { forms: Forms; bindings: readonly Binding[]; spelling: Spelling } {
  const differentiated = differentiate(network);
  const { deltas, gradients } = adjoints(differentiated);
  const scalar = scalarGraph(differentiated);
  const counts = countPaths(scalar);
  const lineOf = (quantity: Quantity, define: Expr, indices: readonly number[]): Expr =>
    instantiate(
      network.graph,
      define,
      new Map(quantity.formals.map((formal, axis) => [formal, indices[axis]!])),
    );
  const lines = deltas.flatMap((delta) =>
    [...entries(delta)].map(
      (indices): DeltaLine => ({
        symbol: network.graph.symbol(delta, indices),
        define: lineOf(delta, delta.define!, indices),
      }),
    ),
  );
  const nodes = scalar.nodes.filter(({ symbol }) => network.parameters.includes(symbol.quantity));
  const forms: Forms = {
    graph: scalar,
    deltas: lines,
    gradients: nodes.map((node) => ({
      node,
      paths: listPaths(scalar, node, counts, 1000),
      complete: true,
      delta: lineOf(
        node.symbol.quantity,
        gradients.get(node.symbol.quantity)!,
        node.symbol.indices as number[],
      ),
    })),
  };
  const abstract = new Map(network.abstract.map((name) => [name, seededFunction(name, 1)]));
  const compiled = program(differentiated, abstract);
  const numbers = network.values ? run(network, compiled) : seededRun(network, compiled, 1)!;
  const bindings = numbers.samples.map(({ values }): Binding => ({ values, abstract }));
  return { forms, bindings, spelling: new Spelling(network.graph, differentiated.fold) };
}

/** A fault in one of the forms; nothing where the network has no place for it. */
type Fault = (forms: Forms, graph: Graph) => readonly Forms[];

/** Every way to leave one path of one gradient out. */
const droppedPaths: Fault = (forms) =>
  forms.gradients.flatMap((gradient, at) =>
    gradient.paths.map((path) => ({
      ...forms,
      gradients: forms.gradients.with(at, {
        ...gradient,
        paths: gradient.paths.filter((other) => other !== path),
      }),
    })),
  );

/** Every way to list one path twice. */
const repeatedPaths: Fault = (forms) =>
  forms.gradients.flatMap((gradient, at) =>
    gradient.paths.map((path) => ({
      ...forms,
      gradients: forms.gradients.with(at, { ...gradient, paths: [...gradient.paths, path] }),
    })),
  );

/** Every way to change what one δ of one line stands for: to 0 where its accumulation is skipped, to 2δ where it is resent. */
const changedDeltas =
  (times: number): Fault =>
  (forms, graph) => {
    const changes = (expr: Expr): readonly Expr[] =>
      symbolsIn(expr)
        .filter(({ quantity }) => quantity.role === "delta")
        .map((symbol) => {
          const stand = times === 0 ? graph.number(0) : graph.apply(multiply, [graph.number(times), symbol]);
          return rewrite(graph, expr, (node) => (node === symbol ? stand : undefined));
        });
    return [
      ...forms.deltas.flatMap((line, at) =>
        changes(line.define).map((define) => ({
          ...forms,
          deltas: forms.deltas.with(at, { ...line, define }),
        })),
      ),
      ...forms.gradients.flatMap((gradient, at) =>
        changes(gradient.delta).map((delta) => ({
          ...forms,
          gradients: forms.gradients.with(at, { ...gradient, delta }),
        })),
      ),
    ];
  };

describe.each(Object.entries(networks))("%s", (_, description) => {
  const network = compile(description);
  const { forms, bindings, spelling } = formsOf(network);
  const judged = (mutated: Forms, at = bindings): Agreement => formsAgree(network, mutated, at, spelling);

  it("has equal forms, by exact arithmetic and by numbers", () => {
    expect(judged(forms)).toEqual({ equal: true, symbolic: true, numeric: true });
    expect(judged(forms, []).equal).toBe(true);
  });

  it.each([
    ["a path is dropped", droppedPaths],
    ["a path is listed twice", repeatedPaths],
    ["an accumulation is skipped", changedDeltas(0)],
    ["a δ is sent twice", changedDeltas(2)],
  ])("turns when %s", (_fault, fault) => {
    const mutations = fault(forms, network.graph);
    expect(mutations.length).toBeGreaterThan(1);
    for (const mutated of mutations) {
      expect(judged(mutated)).toEqual({ equal: false, symbolic: false, numeric: false });
      expect(judged(mutated, []).equal).toBe(false);
    }
  });
});

describe("a path of value 0", () => {
  const network = compile({
    kind: "units",
    inputs: ["x_1", "x_2", "h_0"],
    units: [
      { name: "h_1", activation: "tanh", from: { x_1: "u", h_0: "w" } },
      { name: "h_2", activation: "tanh", from: { x_2: "u", h_1: "w" } },
    ],
    outputs: ["h_2"],
    loss: "half-squared-error",
    parameters: { u: 0.5, w: 0.8 },
    samples: [{ inputs: { x_1: 1, x_2: 0.5, h_0: 0 }, targets: { h_2: 0.3 } }],
  });
  const { forms, bindings, spelling } = formsOf(network);

  it("turns the statement when it is dropped, although no number shows it", () => {
    const at = forms.gradients.findIndex(({ node }) => node.id === "w");
    const gradient = forms.gradients[at]!;
    const withStart = gradient.paths.filter((path) => path[0]!.of.id !== "z(h_1)");
    expect(withStart.length).toBe(1);
    const dropped = { ...forms, gradients: forms.gradients.with(at, { ...gradient, paths: withStart }) };
    expect(formsAgree(network, dropped, bindings, spelling)).toEqual({
      equal: false,
      symbolic: false,
      numeric: true,
    });
  });
});
