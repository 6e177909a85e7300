// The judge of equality: identities and chain rules known from books are true, every slip is seen, nothing is accepted
// because it is nearly right.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mul } from "../src/expression/build.ts";
import type { Expr, SymbolExpr } from "../src/expression/expr.ts";
import type { Graph } from "../src/expression/graph.ts";
import { rational } from "../src/expression/rational.ts";
import { normalise } from "../src/expression/rewrite.ts";
import { compare } from "../src/grading/compare.ts";
import type { Comparison } from "../src/grading/comparison.ts";
import { Subject } from "../src/grading/subject.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { isNothing } from "../src/numeric/balls/ball.ts";
import { multiply, add as sum } from "../src/primitives/arithmetic.ts";
import { type Claim, claimsAbout } from "./support/claims.ts";
import { equationsDescription } from "./support/random-networks.ts";

interface Bench {
  readonly subject: Subject;
  readonly claim: Claim;
  /** Judges `left = right`. */
  readonly judge: (relation: string) => Comparison;
}

function benchOf(description: NetworkDescription): Bench {
  const network = compile(description);
  const subject = new Subject(network);
  const claim = claimsAbout(network);
  return {
    subject,
    claim,
    judge: (relation) => {
      const [left = "", right = ""] = relation.split(" = ");
      return compare(subject, claim(left), claim(right));
    },
  };
}

/** Plain algebra in x, y, z and an abstract function. */
const algebra = benchOf({
  kind: "equations",
  equations: ["L = x + y + z"],
  loss: "L",
  parameters: ["x", "y", "z"],
  functions: ["f"],
});

/** Two inputs, two hidden sigmoid units, one sigmoid output. */
const twoLayers = benchOf({
  kind: "layers",
  inputs: 2,
  layers: [
    { type: "dense", units: 2, activation: "sigmoid" },
    { type: "dense", units: 1, activation: "sigmoid" },
  ],
  loss: "half-squared-error",
});

/** One unit that reaches the output directly and through another unit. */
const skip = benchOf({
  kind: "units",
  inputs: ["x"],
  units: [
    { name: "h", activation: "tanh", from: { x: "u" } },
    { name: "g", activation: "sigmoid", from: { h: "v" } },
    { name: "o", activation: "identity", from: { h: "w", g: "s" } },
  ],
  outputs: ["o"],
  loss: "half-squared-error",
});

describe("named identities are true", () => {
  it.each([
    "prime(sigmoid(x)) = sigmoid(x) * (1 - sigmoid(x))",
    "prime(sigmoid(x)) = exp(-x) / (1 + exp(-x))^2",
    "prime(sigmoid(x)) = exp(x) / (1 + exp(x))^2",
    "sigmoid(x) = 1 - sigmoid(-x)",
    "sigmoid(x) = (1 + tanh(x / 2)) / 2",
    "tanh(x) = 2 * sigmoid(2 * x) - 1",
    "prime(tanh(x)) = 1 - tanh(x)^2",
    "prime(tanh(x)) = 4 / (exp(x) + exp(-x))^2",
    "prime(softplus(x)) = sigmoid(x)",
    "softplus(x) - softplus(-x) = x",
    "softplus(x) = log(1 + exp(x))",
    "prime(silu(x)) = sigmoid(x) + x * sigmoid(x) * (1 - sigmoid(x))",
    "silu(x) = x * sigmoid(x)",
    "prime(gelu(x)) = normal_cdf(x) + x * normal_pdf(x)",
    "mish(x) = x * tanh(log(1 + exp(x)))",
    "softsign(x) = x / (1 + abs(x))",
    "prime(relu(x)) = step(x)",
    "relu(x) = (x + abs(x)) / 2",
    "max(x, y) = (x + y + abs(x - y)) / 2",
    "max(x, y) + min(x, y) = x + y",
    "exp(x + y) = exp(x) * exp(y)",
    "sin(x)^2 + cos(x)^2 = 1",
    "sin(x)^2 + cos(x)^2 - 1 = 0",
    "sin(2 * x) = 2 * sin(x) * cos(x)",
    "cos(x + y) = cos(x) * cos(y) - sin(x) * sin(y)",
    "tan(x) = sin(x) / cos(x)",
    "sqrt(x^2) = abs(x)",
    "(x + y)^3 = x^3 + 3 * x^2 * y + 3 * x * y^2 + y^3",
    "(x^2 - y^2) / (x - y) = x + y",
    "1 / x + 1 / y = (x + y) / (x * y)",
    "x - x = 0",
    "0.1 + 0.2 = 0.3",
    "1 / 3 + 1 / 6 = 1 / 2",
    "sqrt(2)^2 = 2",
    "2^0.5 * 2^0.5 = 2",
    "x^5000 / x^4999 = x",
    "D(f(x^2), x) = 2 * x * prime(f(x^2))",
    "D(prime(f(x)), x) * 3 = 3 * D(prime(f(x)), x)",
    "D(D(f(x), x), x) = D(prime(f(x)), x)",
    "D(D(f(x * y), x), y) = D(D(f(x * y), y), x)",
    "D(D(f(2 * x), x), x) = 2 * D(prime(f(2 * x)), x)",
    "D(x * exp(x * y), y) = x^2 * exp(x * y)",
    "D(L, x) = 1",
    "D(D(x^3 * y, x), x) = 6 * x * y",
    "D(D(sin(x * y), x), y) = cos(x * y) - x * y * sin(x * y)",
  ])("%s", (relation) => {
    expect(algebra.judge(relation).verdict).toBe("true");
  });
});

describe("what is not equal is false", () => {
  it.each([
    "prime(sigmoid(x)) = sigmoid(x) * (1 + sigmoid(x))",
    "prime(tanh(x)) = 1 + tanh(x)^2",
    "prime(f(x)) = f(x) * (1 - f(x))",
    "f(x)^2 + prime(f(x))^2 = 1",
    "D(prime(f(x)), x) = 0",
    "D(prime(f(x)), x) = -f(x)",
    "f(x + y) = f(x) + f(y)",
    "prime(relu(x)) = 0",
    "relu(x) = -x",
    "max(x, y) = x",
    "2^1000 * x + 1 = 2^1000 * x",
    "x = x + 10^-30",
    "(x + 10^-40)^2 = x^2",
    "x^5000 = x^5001",
    "1 / 3 = 0.3333333333333333",
    "exp(x) = 1 + x + x^2 / 2 + x^3 / 6",
    "sin(x) = x",
    "x / y = y / x",
    "D(L, x) = x",
  ])("%s", (relation) => {
    expect(algebra.judge(relation).verdict).toBe("false");
  });
});

it("shows no numbers where doubles cannot tell the sides apart", () => {
  for (const relation of ["x = x + 10^-30", "2^1000 * x + 1 = 2^1000 * x"])
    expect(algebra.judge(relation)).toEqual({ verdict: "false" });
});

describe("laws that hold for positive numbers only are conditional", () => {
  it.each([
    ["sqrt(x^2) = x", ["x"]],
    ["relu(x) = x", ["x"]],
    ["prime(relu(x)) = 1", ["x"]],
    ["log(x * y) = log(x) + log(y)", ["x", "y"]],
    ["log(x^2) = 2 * log(x)", ["x"]],
    ["(x * y)^z = x^z * y^z", ["x", "y"]],
    ["sqrt(x) * sqrt(x) = abs(x)", ["x"]],
    ["sqrt(x * y) = sqrt(x) * sqrt(y)", ["x", "y"]],
  ])("%s", (relation, positive) => {
    const found = algebra.judge(relation);
    expect(found).toMatchObject({ verdict: "conditional", condition: { kind: "positive" } });
    const of = found.verdict === "conditional" ? found.condition.of : [];
    expect(of.map(({ quantity }) => quantity.id).sort()).toEqual(positive);
  });
});

describe("powers of negative numbers", () => {
  const power = benchOf({
    kind: "equations",
    equations: ["L = (-2)^n * x"],
    loss: "L",
    parameters: ["n", "x"],
  });

  it.each(["L = (-1)^n * 2^n * x", "L^2 = 4^n * x^2", "L * (-2)^n = (-2)^(2 * n) * x"])(
    "are looked at for whole exponents: %s",
    (relation) => {
      expect(power.judge(relation).verdict).toBe("true");
    },
  );

  it.each(["L = 2^n * x", "L = -2^n * x", "L = (-2)^(n + 2) * x"])("refuse %s", (relation) => {
    expect(power.judge(relation).verdict).toBe("false");
  });
});

describe("derivatives between quantities of a network", () => {
  it.each([
    "D(E, W1_2_1) = D(E, a2_1) * D(a2_1, z2_1) * D(z2_1, a1_2) * D(a1_2, z1_2) * D(z1_2, W1_2_1)",
    "D(E, a2_1) = a2_1 - y_1",
    "D(a2_1, z2_1) = a2_1 * (1 - a2_1)",
    "D(z2_1, a1_2) = W2_1_2",
    "D(z1_2, W1_2_1) = a0_1",
    "D(z1_2, b1_2) = 1",
    "delta(z2_1) = (a2_1 - y_1) * prime(sigmoid(z2_1))",
    "delta(z1_1) = prime(sigmoid(z1_1)) * W2_1_1 * delta(z2_1)",
    "D(E, W1_1_2) = delta(z1_1) * a0_2",
    "D(E, b1_1) = delta(z1_1)",
    "D(W1_1_1, W1_1_2) = 0",
    "D(z1_1, a0_2) = W1_1_2",
    "D(D(E, a2_1), a2_1) = 1",
    "D(D(E, z2_1), z2_1) = prime(sigmoid(z2_1))^2 + (a2_1 - y_1) * prime(sigmoid(z2_1)) * (1 - 2 * a2_1)",
    "D((y_1 - a2_1)^2 / 2, a2_1) = -(y_1 - a2_1)",
    "D(delta(z2_1), a2_1) = prime(sigmoid(z2_1))",
  ])("%s", (relation) => {
    expect(twoLayers.judge(relation).verdict).toBe("true");
  });

  it.each([
    "D(E, W1_2_1) = D(E, a2_1) * D(a2_1, z2_1) * D(z2_1, a1_2) * D(z1_2, W1_2_1)",
    "D(E, a2_1) = y_1 - a2_1",
    "D(E, a2_1) = 2 * (a2_1 - y_1)",
    "D(z2_1, a1_2) = W2_1_1",
    "delta(z1_1) = prime(sigmoid(z1_2)) * W2_1_1 * delta(z2_1)",
    "D(z1_1, b1_1) = b1_1",
  ])("refuses %s", (relation) => {
    const found = twoLayers.judge(relation);
    expect(found.verdict).toBe("false");
    const { left, right } = (found.verdict === "false" && found.counterexample) || { left: 0, right: 0 };
    expect(left).not.toBe(right);
  });

  it.each(["D(z1_1, E) = 0", "D(W1_1_1, E) * D(E, W1_1_1) = 1", "D(z1_1, a2_1) = D(z1_1, a2_1)"])(
    "gives a derivative upside down no value: %s",
    (relation) => {
      expect(twoLayers.judge(relation)).toMatchObject({
        verdict: "false",
        upsideDown: { kind: "derivative" },
      });
    },
  );

  it("has no value upside down in a world, is 1 by itself and 0 where no path leads", () => {
    const { subject, claim } = twoLayers;
    const world = subject.world(0);
    const total = (of: string, by: string) => world.total(claim(of) as SymbolExpr, claim(by) as SymbolExpr);
    expect(isNothing(total("z1_1", "a2_1"))).toBe(true);
    expect(total("z1_1", "z1_1")).toEqual({ hi: 1, lo: 0, radius: 0 });
    expect(total("z1_1", "z1_2")).toEqual({ hi: 0, lo: 0, radius: 0 });
    expect(isNothing(world.ball(claim("D(W1_1_1 * a0_1, z1_1)")))).toBe(true);
  });

  it.each([
    ["total in a chain along one line", "D(E, z_h) = D(E, z_o) * D(z_o, a_h) * D(a_h, z_h)"],
    ["local in a sum over children", "D(E, a_h) = D(E, z_o) * D(z_o, a_h) + D(E, z_g) * D(z_g, a_h)"],
  ])("takes a skip connection as %s", (_how, relation) => {
    expect(skip.judge(relation).verdict).toBe("true");
  });

  it("never takes both readings in one relation", () => {
    const children = "D(E, z_o) * D(z_o, a_h) + D(E, z_g) * D(z_g, a_h)";
    const mixed = `D(E, a_h) * D(z_o, a_h) = (${children}) * (w + s * D(a_g, a_h))`;
    expect(skip.judge(mixed).verdict).toBe("false");
  });
});

describe("a relative error", () => {
  const relations = [
    "prime(sigmoid(x)) = exp(-x) / (1 + exp(-x))^2",
    "sin(x)^2 + cos(x)^2 = 1",
    "D(f(x^2), x) = 2 * x * prime(f(x^2))",
    "prime(gelu(x)) = normal_cdf(x) + x * normal_pdf(x)",
  ].map((relation) => [algebra, relation] as const);
  const chains = [
    "D(E, W1_2_1) = delta(z1_2) * a0_1",
    "delta(z1_1) = prime(sigmoid(z1_1)) * W2_1_1 * delta(z2_1)",
    "D(E, a2_1) = a2_1 - y_1",
  ].map((relation) => [twoLayers, relation] as const);

  it.each(["1e-10", "1e-12", "1e-14", "1e-17"])("of %s is always seen", (error) => {
    for (const [{ judge }, relation] of [...relations, ...chains]) {
      const [left, right] = relation.split(" = ");
      expect(judge(`${left} = (${right}) * (1 + ${error})`).verdict, relation).toBe("false");
    }
  });
});

describe("random formulas", () => {
  const tally = { true: 0, false: 0, conditional: 0, undecided: 0 };
  const judged = (change: (expr: Expr, graph: Graph) => Expr): Record<string, number> => {
    const found = { ...tally };
    fc.assert(
      fc.property(equationsDescription, (description) => {
        const network = compile(description);
        const formula = network.loss.define!;
        found[compare(new Subject(network), formula, change(formula, network.graph)).verdict] += 1;
      }),
      { numRuns: 100, seed: 12 },
    );
    return found;
  };

  it("are what they were when built anew, or added up from three thirds", () => {
    const changes = [
      (expr: Expr, graph: Graph) => normalise(graph, expr),
      (expr: Expr, graph: Graph) => {
        const third = graph.number(rational(1, 3));
        return graph.apply(sum, [
          mul(graph, [third, expr]),
          mul(graph, [third, expr]),
          mul(graph, [third, expr]),
        ]);
      },
    ] as const;
    expect(judged(changes[0])).toEqual({ ...tally, true: 100 });
    expect(judged(changes[1])).toEqual({ ...tally, true: 100 });
  });

  it("are never what they are times 1 + 1e-13", () => {
    const factor = rational(10n ** 13n + 1n, 10n ** 13n);
    const found = judged((expr, graph) => graph.apply(multiply, [graph.number(factor), expr]));
    expect(found).toMatchObject({ conditional: 0, undecided: 0 });
    // 0 times anything is 0, and a few random formulas are 0.
    expect(found.true).toBeLessThan(10);
  });
});

/** CPU seconds for a whole test of one worst input on a busy machine; alone each takes a fifth of it. */
const budget = 5;

describe("worlds", () => {
  it("are the same whoever asks first, in whatever order", () => {
    const description: NetworkDescription = {
      kind: "layers",
      inputs: 2,
      layers: [
        { type: "dense", units: 4, activation: "relu" },
        { type: "dense", units: 2, activation: "tanh" },
      ],
      loss: "absolute-error",
    };
    const numbersOf = (order: readonly number[]): readonly (readonly number[])[] => {
      const network = compile(description);
      const subject = new Subject(network);
      for (const number of order) subject.world(number);
      return [0, 1, 2, 3, 4, 5, 6, 7].map((number) => {
        const world = subject.world(number);
        return world.wiring.entries.map((entry) => world.ball(entry).hi);
      });
    };
    expect(numbersOf([7, 2, 5])).toEqual(numbersOf([0, 1, 2, 3, 4, 5, 6, 7]));
  });

  it("show every unit with a corner from both sides", () => {
    const network = compile({
      kind: "layers",
      inputs: 3,
      layers: [
        { type: "dense", units: 6, activation: "relu" },
        { type: "dense", units: 6, activation: "relu" },
      ],
      loss: "half-squared-error",
    });
    const subject = new Subject(network);
    const claim = claimsAbout(network);
    for (const unit of [1, 2, 3, 4, 5, 6].flatMap((place) => [`z1_${place}`, `z2_${place}`])) {
      const sides = [0, 1, 2, 3, 4, 5, 6, 7].map((number) =>
        Math.sign(subject.world(number).ball(claim(unit)).hi),
      );
      expect(new Set(sides), unit).toEqual(new Set([1, -1]));
    }
  });
});

describe("the worst inputs", () => {
  const within = (work: () => void): void => {
    const start = process.cpuUsage();
    work();
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(budget);
  };

  it("are long chains of units: derivatives, own values and second derivatives", () => {
    const length = 250;
    const chain = benchOf({
      kind: "units",
      inputs: ["x"],
      units: Array.from({ length }, (_, place) => ({
        name: `h_${place + 1}`,
        activation: "softsign",
        from: { [place === 0 ? "x" : `h_${place}`]: 1.5 },
        bias: "b",
      })),
      outputs: [`h_${length}`],
      loss: "half-squared-error",
    });
    const { subject, claim, judge } = chain;
    within(() => {
      const last = `D(E, z_h_${length}) = D(E, a_h_${length}) / (1 + abs(z_h_${length}))^2`;
      expect(judge(last).verdict).toBe("true");
      const own = {
        definitions: new Map([[claim("z_h_1") as SymbolExpr, claim("2 * x")]]),
        adjoints: new Map(),
      };
      const [left, right] = [claim("D(E, x)"), claim("2 * D(E, z_h_1)")];
      expect(compare(subject, left, right, { own, conditions: false }).verdict).not.toBe("false");
      expect(judge("D(D(E, x), x) = 0").verdict).toBe("undecided");
    });
  });

  it("are formulas as long and as deep as may be, and powers beyond every double", () => {
    const terms = Array.from({ length: 40 }, (_, place) => `(x + y + ${place + 1})^20`).join(" + ");
    within(() => {
      expect(algebra.judge(`${terms} = ${terms} + x - x`).verdict).toBe("true");
      expect(algebra.judge(`${terms} = ${terms} + 10^-20`).verdict).toBe("false");
      expect(algebra.judge(`${"sigmoid(".repeat(40)}x${")".repeat(40)} = 0`).verdict).toBe("false");
      expect(algebra.judge("x^12345678901234567890 * x = x^12345678901234567891").verdict).toBe("true");
      expect(algebra.judge("exp(exp(exp(exp(exp(10 + x))))) = 1").verdict).toBe("undecided");
    });
  });
});
