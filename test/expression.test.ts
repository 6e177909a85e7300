// Derivatives as a teacher writes them, expected by hand or from the book named, and the identities behind them.
import { all, create } from "mathjs";
import { describe, expect, it } from "vitest";
import { cancel, shorten } from "../src/derivative/workout.ts";
import { subtract } from "../src/expression/build.ts";
import { callIn, toExpr } from "../src/expression/convert.ts";
import type { Expr, Quantity, Role } from "../src/expression/expr.ts";
import { parseFormula } from "../src/expression/formula.ts";
import { catalogue } from "../src/expression/functions.ts";
import { Graph } from "../src/expression/graph.ts";
import { rewrite } from "../src/expression/rewrite.ts";
import { derivation } from "../src/index.ts";
import type { ActivationDescription, LossDescription } from "../src/network/description.ts";
import { uniformGenerator } from "../src/network/random.ts";
import { Evaluator } from "../src/numeric/evaluate.ts";
import { guarded, stabilise } from "../src/numeric/stable.ts";
import { primitive } from "../src/primitives/index.ts";

const math = create(all, { number: "BigNumber", precision: 64 });

/** Thin spaces between factors are a matter of taste. */
const withoutSpaces = (latex: string) => latex.replaceAll("\\ ", "");

/** δ of the output of one unit z = w x with the loss t · a, so that δ = t f'(z): what stands behind t. */
function slopeOf(activation: ActivationDescription): string {
  const network = {
    kind: "layers" as const,
    inputs: 1,
    layers: [{ type: "dense" as const, units: 1, activation, bias: "none" as const }],
    loss: { formula: "yhat * y" },
  };
  const { deltas } = JSON.parse(derivation({ network, check: false, notation: "layered" }, "json"));
  return withoutSpaces(deltas[0].latex);
}

const [a, z] = ["a_{1}^{(2)}", "z_{1}^{(2)}"];

describe("the derivative of an activation reads as in its book", () => {
  const rows: readonly (readonly [ActivationDescription, string, string])[] = [
    ["sigmoid", `y ${a} (1 - ${a})`, "Bishop 2006, eq. 4.88"],
    ["tanh", `y (1 - (${a})^{2})`, "Bishop 2006, eq. 5.60"],
    ["relu", `y \\operatorname{step}(${z})`, "Goodfellow, Bengio and Courville 2016, section 6.3.1"],
    ["leaky-relu", `y \\begin{cases} 1 & ${z} > 0 \\\\ 0.01 & ${z} \\le 0 \\end{cases}`, "Maas et al. 2013"],
    [
      { name: "leaky-relu", alpha: 0.2 },
      `y \\begin{cases} 1 & ${z} > 0 \\\\ 0.2 & ${z} \\le 0 \\end{cases}`,
      "Maas et al. 2013",
    ],
    [
      "elu",
      `y \\begin{cases} 1 & ${z} > 0 \\\\ ${a} + 1 & ${z} \\le 0 \\end{cases}`,
      "Clevert et al. 2016, section 3: f(x) + α",
    ],
    [
      { name: "elu", alpha: 2 },
      `y \\begin{cases} 1 & ${z} > 0 \\\\ ${a} + 2 & ${z} \\le 0 \\end{cases}`,
      "Clevert et al. 2016, section 3: f(x) + α",
    ],
    ["softplus", `y \\sigma(${z})`, "Goodfellow, Bengio and Courville 2016, eq. 3.36"],
    ["softsign", `\\frac{y}{(1 + \\lvert ${z}\\rvert)^{2}}`, "by hand"],
    ["gelu", `y (\\Phi(${z}) + ${z} \\varphi(${z}))`, "Hendrycks and Gimpel 2016, by the product rule"],
    ["silu", `y \\sigma(${z}) (1 + ${z} (1 - \\sigma(${z})))`, "Elfwing et al. 2018, eq. 6"],
    ["exp", `y e^{${z}}`, "DLMF 4.7.7"],
    ["sin", `y \\cos(${z})`, "DLMF 4.20.1"],
    ["identity", "y", "by hand"],
    [{ formula: "log(1 + exp(x))", name: "g" }, `\\frac{y e^{${z}}}{1 + e^{${z}}}`, "by hand"],
    [{ abstract: "f" }, `y f'(${z})`, "by hand"],
  ];

  it.each(rows)("%j", (activation, latex) => {
    expect(slopeOf(activation)).toBe(withoutSpaces(latex));
  });
});

describe("the error of an output reads as in its book", () => {
  const [p, t, s] = ["a_{1}^{(2)}", "y_{1}", "y_{1} + y_{2}"];
  const clipped = `\\operatorname{clip}(${p} - ${t}, -1, 1)`;
  const residual = `(${p} - ${t})`;
  const logits = "\\operatorname{softmax}(a_{1}^{(2)}, a_{2}^{(2)})_{1}";
  const rows: readonly (readonly [LossDescription, string, string, string])[] = [
    ["half-squared-error", "identity", `${p} - ${t}`, "Bishop 2006, eq. 5.54"],
    ["half-squared-error", "sigmoid", `${residual} ${p} (1 - ${p})`, "Rumelhart et al. 1986, by hand"],
    ["half-squared-error", "tanh", `${residual} (1 - (${p})^{2})`, "Bishop 2006, eq. 5.65 and 5.60"],
    ["squared-error", "identity", `2 ${residual}`, "by hand"],
    ["mean-squared-error", "identity", `${p} - ${t}`, "by hand: 2/K with K = 2"],
    ["binary-cross-entropy", "sigmoid", `${p} - ${t}`, "Bishop 2006, section 5.2 and eq. 5.54"],
    [
      "binary-cross-entropy",
      "identity",
      `\\frac{1 - ${t}}{1 - ${p}} - \\frac{${t}}{${p}}`,
      "by hand from Bishop 2006, eq. 5.21",
    ],
    [
      "categorical-cross-entropy",
      "softmax",
      `${p} (${s}) - ${t}`,
      "by hand; Bishop's eq. 4.108 with Σ t = 1",
    ],
    ["categorical-cross-entropy", "identity", `-\\frac{${t}}{${p}}`, "by hand"],
    ["categorical-cross-entropy", "sigmoid", `${t} (${p} - 1)`, "by hand"],
    ["softmax-cross-entropy", "identity", `${logits} (${s}) - ${t}`, "by hand"],
    ["sigmoid-cross-entropy", "identity", `\\sigma(${p}) - ${t}`, "by hand"],
    ["absolute-error", "identity", `\\operatorname{sgn}(${p} - ${t})`, "by hand"],
    ["huber", "identity", clipped, "Huber 1964: the residual, bounded by δ"],
    ["hinge", "identity", `-\\operatorname{step}(1 - ${t} ${p}) ${t}`, "by hand"],
    [
      { formula: "log(1 + (yhat - y)^2)" },
      "identity",
      `\\frac{2 ${residual}}{1 + (${t} - ${p})^{2}}`,
      "by hand: Cauchy's loss, squares as in E = (y − ŷ)²/2",
    ],
    [{ formula: "(yhat - y)^4 / 4" }, "identity", `${residual}^{3}`, "by hand"],
    [{ formula: "-log(yhat)" }, "sigmoid", `${p} - 1`, "by hand"],
    [
      { formula: "sqrt(1 + (yhat - y)^2)" },
      "identity",
      `\\frac{${p} - ${t}}{\\sqrt{1 + (${t} - ${p})^{2}}}`,
      "by hand: pseudo-Huber, squares likewise",
    ],
  ];

  it.each(rows)("%j behind %s", (loss, activation, latex) => {
    const network = {
      kind: "layers" as const,
      inputs: 1,
      layers: [{ type: "dense" as const, units: 2, activation }],
      loss,
    };
    const { deltas } = JSON.parse(derivation({ network, check: false, notation: "layered" }, "json"));
    expect(withoutSpaces(deltas[0].latex)).toBe(withoutSpaces(latex));
  });
});

describe("the derivative of a formula reads as in a calculus book", () => {
  // Stewart 2015, chapter 3: the rules are those of the inside cover.
  it.each([
    ["w^3", "3 w^{2}"],
    ["1/w", "-\\frac{1}{w^{2}}"],
    ["1/w^2", "-\\frac{2}{w^{3}}"],
    ["sqrt(w)", "\\frac{1}{2 \\sqrt{w}}"],
    ["w*w", "2 w"],
    ["-w", "-1"],
    ["2*w - w", "1"],
    ["w - v*(w - 1)", "1 - v"],
    ["(3*w + 1)^5", "15 (3 w + 1)^{4}"],
    ["(w - v)^2/2", "w - v"],
    ["w*exp(w)", "e^{w} + w e^{w}"],
    ["2^w", "2^{w} \\ln(2)"],
    ["w^v", "v w^{v - 1}"],
    ["log(w)/v", "\\frac{1}{v w}"],
    ["sin(w)/w", "\\frac{\\cos(w)}{w} - \\frac{\\sin(w)}{w^{2}}"],
    ["cos(2*w)", "-2 \\sin(2 w)"],
    ["sqrt(1 + w^2)", "\\frac{w}{\\sqrt{1 + w^{2}}}"],
    ["log(1 + exp(w))", "\\frac{e^{w}}{1 + e^{w}}"],
    ["1/(1 + exp(-w))", "\\frac{e^{-w}}{(1 + e^{-w})^{2}}"],
    ["w/(1 + w)", "\\frac{1}{1 + w} - \\frac{w}{(1 + w)^{2}}"],
    ["abs(w)", "\\operatorname{sgn}(w)"],
  ])("%s", (formula, latex) => {
    const network = {
      kind: "equations" as const,
      equations: [`L = ${formula}`],
      loss: "L",
      parameters: ["w", "v"],
    };
    const { gradients } = JSON.parse(derivation({ network, check: false }, "json"));
    expect(withoutSpaces(gradients[0].delta.latex)).toBe(latex);
  });
});

/** Symbols u, v, t (a target) and whatever else a formula names, in one graph. */
function workbench() {
  const graph = new Graph();
  const symbols = new Map<string, Expr>();
  const symbol = (name: string): Expr => {
    const role: Role = name === "t" ? "target" : "constant";
    const known =
      symbols.get(name) ?? graph.symbol({ id: name, role, ranges: [], formals: [], entryNames: [name] });
    symbols.set(name, known);
    return known;
  };
  const read = (text: string): Expr =>
    rewrite(
      graph,
      toExpr(graph, parseFormula(text), {
        value: symbol,
        names: [],
        call: callIn(graph, new Map(), catalogue),
      }),
      () => undefined,
    );
  const valueAt = (expr: Expr, point: Readonly<Record<string, number>>): number =>
    new Evaluator({
      graph,
      symbol: ({ quantity }) => point[quantity.id]!,
      abstract: () => {
        throw new Error("No abstract functions here.");
      },
    }).value(expr);
  return { graph, symbols, read, valueAt };
}

/** mathjs's value of the same text, with the functions that it does not have spelled by their definitions. */
function judged(text: string, point: Readonly<Record<string, number>>): number {
  const definitions = {
    sigmoid: (x: unknown) => math.evaluate("1 / (1 + exp(-x))", { x }),
    softplus: (x: unknown) => math.evaluate("log(1 + exp(x))", { x }),
    elu: (x: unknown) => math.evaluate("x > 0 ? x : exp(x) - 1", { x }),
  };
  const numbers = Object.fromEntries(
    Object.entries(point).map(([name, value]) => [name, math.bignumber(value)]),
  );
  return Number(math.evaluate(text, { ...definitions, ...numbers }));
}

/** A few roundings of the largest term. */
const roundings = 1e-13;

describe("a simplification is an identity on its domain", () => {
  // Text, and where it holds; what is built from the text must be worth the same at random points of that domain.
  const rows: readonly (readonly [string, string, string, "all" | "not zero" | "positive"])[] = [
    ["like terms are collected", "u + 2*u - v + u*3", "6 u − v", "all"],
    ["what cancels is gone", "u - u + v", "v", "all"],
    ["constants are folded exactly", "1/3 + 1/6 + u", "1/2 + u", "all"],
    ["equal bases are merged", "u * v * u^2", "u³ v", "all"],
    ["a base divided by itself is 1", "u * v / u", "v", "not zero"],
    ["a power of a power", "(u^2)^3", "u⁶", "all"],
    ["a power of a product", "(u*v)^2", "u² v²", "all"],
    ["a minus turns a bracket", "-(t - u) * v", "(u − t) v", "all"],
    ["a product with 0", "0 * u + v", "v", "all"],
    ["a power of 0", "u^0 + v", "1 + v", "not zero"],
    ["a negative power of a product", "(u*v)^(-2)", "1/(u² v²)", "not zero"],
    ["a fraction of fractions", "(u/v) / (v/u)", "u²/v²", "not zero"],
    ["roots are not merged with squares", "sqrt(u^2)", "|u|", "all"],
    ["half powers stay", "(u^2)^0.5", "|u|", "all"],
  ];

  it.each(rows)("%s: %s", (_, text, _as, domain) => {
    const { read, valueAt } = workbench();
    const uniform = uniformGenerator(3);
    const expr = read(text);
    for (let round = 0; round < 25; round += 1) {
      const draw = () => (domain === "positive" ? 2 * uniform() + 0.1 : 4 * uniform() - 2 || 1);
      const point = { u: draw(), v: draw(), t: draw() };
      const expected = judged(text, point);
      expect(Math.abs(valueAt(expr, point) - expected)).toBeLessThanOrEqual(
        roundings * Math.max(1, Math.abs(expected)),
      );
    }
  });

  it.each([
    [
      "a denominator that also stands outside is multiplied in",
      cancelled,
      "((1 - t)/(1 - u) - t/u) * u * (1 - u)",
    ],
    ["a bracket is multiplied out where that is shorter", shortened, "t*(u - 1) + (1 - t)*u"],
    ["targets are gathered", shortened, "u*t + u*v - t"],
  ] as const)("%s", (_, simplify, text) => {
    const bench = workbench();
    const expr = bench.read(text);
    const simple = simplify(bench, expr);
    expect(simple).not.toBe(expr);
    const uniform = uniformGenerator(5);
    for (let round = 0; round < 25; round += 1) {
      const point = { u: 0.1 + 0.8 * uniform(), v: uniform(), t: uniform() };
      expect(Math.abs(bench.valueAt(simple, point) - judged(text, point))).toBeLessThanOrEqual(roundings);
    }
  });

  function cancelled({ graph }: ReturnType<typeof workbench>, expr: Expr): Expr {
    return cancel(graph, expr);
  }

  function shortened({ graph, symbols }: ReturnType<typeof workbench>, expr: Expr): Expr {
    const targets = ["t", "v"].flatMap((name): Quantity[] => {
      const known = symbols.get(name);
      return known?.kind === "symbol" ? [known.quantity] : [];
    });
    return shorten(graph, expr, targets);
  }
});

describe("a spelling for numbers is an identity for all reals, and keeps the digits that the other loses", () => {
  // Where the plain spelling cancels: 1 − σ(40) is 0 in doubles, and e^−40 is right.
  const rows: readonly (readonly [string, readonly number[]])[] = [
    ["1 - sigmoid(u)", [40, 300]],
    ["sigmoid(u) - 1", [40, 300]],
    ["1 - tanh(u)^2", [20, -20, 150]],
    ["1 - tanh(u)", [20, 150]],
    ["1 + tanh(u)", [-20, -150]],
    ["1 - exp(u)", [1e-12, -1e-12]],
    ["exp(u) - 1", [1e-12, -1e-12]],
    ["log(sigmoid(u))", [40, 300, -300]],
    ["log(1 - sigmoid(u))", [40, -40, 300]],
    ["log(1 + exp(u))", [-40, 40, -300]],
    ["elu(u) + 1", [-40, -300]],
    ["sigmoid(u) - t", [40, -40]],
    ["softplus(u) - t*u", [40, -40]],
  ];

  it.each(rows)("%s", (text, tails) => {
    const { graph, read, valueAt } = workbench();
    const spelled = stabilise(graph, read(text));
    const uniform = uniformGenerator(7);
    const wide = create(all, { number: "BigNumber", precision: 300 });
    const exact = (u: number, t: number) =>
      Number(
        wide.evaluate(text, {
          sigmoid: (x: unknown) => wide.evaluate("1 / (1 + exp(-x))", { x }),
          softplus: (x: unknown) => wide.evaluate("log(1 + exp(x))", { x }),
          elu: (x: unknown) => wide.evaluate("x > 0 ? x : exp(x) - 1", { x }),
          u: wide.bignumber(u),
          t: wide.bignumber(t),
        }),
      );
    for (let round = 0; round < 25; round += 1) {
      const [u, t] = [8 * uniform() - 4, uniform()];
      // elu(u) + 1 is spelled for the left side, where it is used.
      const at = text.startsWith("elu") ? -Math.abs(u) : u;
      expect(Math.abs(valueAt(spelled, { u: at, t }) - exact(at, t))).toBeLessThanOrEqual(
        roundings * Math.max(1, Math.abs(at)),
      );
    }
    for (const u of tails) {
      for (const t of [0, 1]) {
        const expected = exact(u, t);
        expect(Math.abs(valueAt(spelled, { u, t }) - expected), `at ${u}`).toBeLessThanOrEqual(
          1e-12 * Math.abs(expected),
        );
      }
    }
  });

  it("takes the other spelling only where the plain one has lost digits", () => {
    expect([guarded.value!(0.5, 7), guarded.value!(0.001, 7), guarded.value!(0, 7)]).toEqual([0.5, 7, 7]);
  });

  it("1 − p_k is the sum of the other outputs of a softmax, and ln p_k its log-softmax", () => {
    const { graph, read, valueAt } = workbench();
    const [u, v, t] = ["u", "v", "t"].map(read) as [Expr, Expr, Expr];
    const output = graph.component(primitive("softmax"), [u, v, t], 1);
    const point = { u: 400, v: 0, t: 1 };
    const less = stabilise(graph, subtract(graph, graph.number(1), output));
    // (e^0 + e^1) / (e^0 + e^1 + e^400), by hand.
    const expected = (1 + Math.E) * Math.exp(-400);
    expect(Math.abs(valueAt(less, point) - expected)).toBeLessThanOrEqual(1e-12 * expected);
    const logarithm = stabilise(
      graph,
      graph.apply(primitive("log"), [graph.component(primitive("softmax"), [u, v, t], 2)]),
    );
    expect(valueAt(logarithm, point)).toBe(-400);
  });
});
