// Relations of numbers: decimals mean their rounding interval at the description's own numbers, data are exact.
import { describe, expect, it } from "vitest";
import { parseRational } from "../src/expression/rational.ts";
import { compare } from "../src/grading/compare.ts";
import type { Comparison } from "../src/grading/comparison.ts";
import { Subject } from "../src/grading/subject.ts";
import { overSamples } from "../src/network/batch.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { claimsAbout } from "./support/claims.ts";
import { mazur } from "./support/networks.ts";

/** Judges `left = right`. */
function judgeOf(description: NetworkDescription, rate?: string): (relation: string) => Comparison {
  const network = compile(description);
  const subject = new Subject(network, rate === undefined ? undefined : parseRational(rate));
  const claim = claimsAbout(network);
  return (relation) => {
    const [left = "", right = ""] = relation.split(" = ");
    return compare(subject, claim(left), claim(right));
  };
}

describe("a line of numbers", () => {
  const judge = judgeOf(mazur);

  it.each([
    "z1_1 = 0.3775",
    "z1_1 = 0.15 * 0.05 + 0.2 * 0.1 + 0.35",
    "a1_1 = 0.593269992",
    "a1_1 = 0.5933",
    "a1_2 = 0.596884378",
    "z2_1 = 1.105905967",
    "a2_1 = 0.75136507",
    "a2_2 = 0.772928465",
    "E_1 = 0.274811083",
    "E_2 = 0.023560026",
    "E = 0.298371109",
    "D(E, a2_1) = 0.74136507",
    "D(a2_1, z2_1) = 0.186815602",
    "0.75136507 * (1 - 0.75136507) = 0.186815602",
    "D(E, W2_1_1) = 0.082167041",
    "D(E, W2_1_1) = 0.74136507 * 0.186815602 * 0.593269992",
    "D(E, W1_1_1) = 0.000438568",
    "D(E, a2_1) = 0.75136507 - 0.01",
    "D(E, a2_1) = a2_1 - 0.01",
    "z1_1 = 0.15 * a0_1 + 0.2 * a0_2 + 0.35",
    "E_1 = 0.5 * (y_1 - a2_1)^2",
  ])("%s is true", (relation) => {
    expect(judge(relation).verdict).toBe("true");
  });

  it.each([
    "z1_1 = 0.3776",
    "a1_1 = 0.5932",
    "a1_1 = 0.593269993",
    "E = 0.298371108",
    "D(E, a2_1) = 0.74136508",
    "D(E, W2_1_1) = 0.082167043",
    "0.75136507 * (1 - 0.75136507) = 0.186815622",
    "z1_1 = 0.15 * 0.05 + 0.2 * 0.1 + 0.36",
    "D(E, a2_1) = 0.01 - a2_1",
    "E_1 = 0.4 * (y_1 - a2_1)^2",
  ])("%s is false", (relation) => {
    const found = judge(relation);
    expect(found.verdict).toBe("false");
    expect(found.verdict === "false" && found.counterexample?.left).not.toBe(
      found.verdict === "false" && found.counterexample?.right,
    );
  });

  it("names the coarse decimal without which the sides would not meet", () => {
    const found = judge("D(E, W2_1_1) = 0.74136507 * 0.19 * 0.593269992");
    expect(found).toMatchObject({ verdict: "true", how: "given", coarse: { decimal: { decimals: 2 } } });
    const { coarse } = found as Comparison & { verdict: "true" };
    expect(coarse!.relative).toBeCloseTo(0.005 / 0.19, 12);
  });

  it("calls a 0 coarse against what it stands for", () => {
    const found = judge("D(E, W1_1_1) = 0.0") as Comparison & { verdict: "true" };
    expect(found.verdict).toBe("true");
    expect(found.coarse!.relative).toBeGreaterThan(100);
    expect(found.coarse!.relative).toBeLessThan(120);
  });

  it("takes the learning rate as given, and an update by it", () => {
    const known = judgeOf(mazur, "0.5");
    expect(known("W2_1_1 - 0.5 * D(E, W2_1_1) = 0.35891648").verdict).toBe("true");
    expect(known("W2_1_1 - 0.5 * D(E, W2_1_1) = 0.35891649").verdict).toBe("false");
  });

  it("of whole numbers is true at the given ones, and says so", () => {
    const { samples: _given, ...rest } = mazur as Extract<NetworkDescription, { kind: "layers" }>;
    const withOnes = judgeOf({ ...rest, samples: [{ inputs: [1, 2], targets: [0, 1] }] });
    expect(withOnes("D(z1_1, W1_1_2) = 2")).toEqual({ verdict: "true", how: "given" });
    expect(withOnes("D(z1_1, W1_1_2) = 1").verdict).toBe("false");
    expect(withOnes("D(z1_1, b1) = 1")).toEqual({ verdict: "true", how: "evaluation" });
  });

  it("is judged for all numbers where the network has none, and a result cannot be known", () => {
    const { samples: _given, ...rest } = mazur as Extract<NetworkDescription, { kind: "layers" }>;
    const free = judgeOf(rest);
    expect(free("z1_1 = 0.3775").verdict).toBe("undecided");
    expect(free("E_1 = 0.5 * (y_1 - a2_1)^2").verdict).toBe("true");
    expect(free("0.25 + 0.5 = 0.75").verdict).toBe("true");
    expect(free("1.0 / 3.0 = 0.3333").verdict).toBe("false");
  });
});

/** One sigmoid unit and three samples, by hand: C = 0.371697198, dC/dw = 0.224815128, dC/db = −0.058395037. */
const batch: NetworkDescription = {
  kind: "layers",
  inputs: 1,
  layers: [{ type: "dense", units: 1, activation: "sigmoid", weights: [[0.6]], biases: [0.1] }],
  loss: "squared-error",
  samples: [
    { inputs: [1], targets: [1] },
    { inputs: [2], targets: [0] },
    { inputs: [-1], targets: [1] },
  ],
};

describe("a batch", () => {
  const single = compile(batch);
  const network = overSamples(single, "rows");
  const subject = new Subject(network, undefined, single);
  const claim = claimsAbout(network);
  const { graph } = network;
  const judge = (relation: string): Comparison => {
    const [left = "", right = ""] = relation.split(" = ");
    return compare(subject, claim(left), claim(right));
  };

  it("has the loss and gradients over all samples", () => {
    const world = subject.given()!;
    const loss = graph.symbol(network.loss);
    const [weight, bias] = network.parameters as [
      (typeof network.parameters)[0],
      (typeof network.parameters)[0],
    ];
    expect(world.ball(loss).hi).toBeCloseTo(0.371697198, 9);
    expect(world.total(loss, graph.symbol(weight, [1, 1])).hi).toBeCloseTo(0.224815128, 9);
    expect(world.total(loss, graph.symbol(bias, [1])).hi).toBeCloseTo(-0.058395037, 9);
  });

  it.each([
    "D(E, W1_1_1) = (delta(z1_1_1) * a0_1_1 + delta(z1_2_1) * a0_2_1 + delta(z1_3_1) * a0_3_1) / 3",
    "D(E, b1_1) = delta(z1_1_1) + delta(z1_2_1) + delta(z1_3_1)",
    "D(E, b1_1) = D(E, z1_1_1) + D(E, z1_2_1) + D(E, z1_3_1)",
    "delta(z1_2_1) = 2 * (a1_2_1 - y_2_1) * prime(sigmoid(z1_2_1))",
    "delta(z1_2_1) = 2 / 3 * (a1_2_1 - y_2_1) * prime(sigmoid(z1_2_1))",
  ])("%s is true, each δ of its sample or each of all", (relation) => {
    expect(judge(relation).verdict).toBe("true");
  });

  it.each([
    "D(E, W1_1_1) = (delta(z1_1_1) * a0_1_1 + delta(z1_2_1) * a0_2_1 + delta(z1_3_1) * a0_3_1) / 9",
    "D(E, b1_1) = delta(z1_1_1) + delta(z1_2_1)",
    "D(E, z1_1_1) = 2 * (a1_1_1 - y_1_1) * prime(sigmoid(z1_1_1))",
  ])("%s is false", (relation) => {
    expect(judge(relation).verdict).toBe("false");
  });
});

describe("targets of a loss of distributions", () => {
  const description: NetworkDescription = {
    kind: "layers",
    inputs: 2,
    layers: [{ type: "dense", units: 3, activation: "softmax" }],
    loss: "categorical-cross-entropy",
  };

  it("may add up to 1: the short form of δ is true on this condition, or without one where it is stated", () => {
    const judge = judgeOf(description);
    const found = judge("delta(z1_1) = a1_1 - y_1");
    expect(found).toMatchObject({ verdict: "conditional", condition: { kind: "distribution" } });
    expect(judge("delta(z1_1) = a1_1 * (y_1 + y_2 + y_3) - y_1").verdict).toBe("true");
    expect(judge("delta(z1_1) = y_1 - a1_1").verdict).toBe("false");
    const stated = judgeOf({ ...description, targets: "distribution" });
    expect(stated("delta(z1_1) = a1_1 - y_1").verdict).toBe("true");
    expect(stated("y_1 + y_2 + y_3 = 1").verdict).toBe("true");
  });
});

describe("units with corners", () => {
  const judge = judgeOf({
    kind: "layers",
    inputs: 2,
    layers: [
      { type: "dense", units: 3, activation: "relu" },
      { type: "dense", units: 2, activation: { name: "leaky-relu", alpha: 0.2 } },
    ],
    loss: "absolute-error",
  });

  it.each([
    "D(a1_1, z1_1) = step(z1_1)",
    "a1_2 = z1_2 * step(z1_2)",
    "delta(z1_3) = step(z1_3) * (W2_1_3 * delta(z2_1) + W2_2_3 * delta(z2_2))",
    "D(E, a2_1) = sign(a2_1 - y_1)",
    "a2_1 = max(z2_1, 0.2 * z2_1)",
  ])("%s is true", (relation) => {
    expect(judge(relation).verdict).toBe("true");
  });

  it.each([
    "D(a1_1, z1_1) = 1",
    "D(a1_1, z1_1) = 0",
    "a1_2 = z1_2",
    "D(E, a2_1) = 1",
    "D(E, a2_1) = -1",
    "D(a2_1, z2_1) = 1",
    "delta(z1_3) = W2_1_3 * delta(z2_1) + W2_2_3 * delta(z2_2)",
    "delta(z1_3) = step(z1_3) * W2_1_3 * delta(z2_1)",
  ])("%s is false: both sides of every corner are looked at", (relation) => {
    expect(judge(relation).verdict).toBe("false");
  });
});

describe("values of the student's own", () => {
  const network = compile(mazur);
  const subject = new Subject(network);
  const claim = claimsAbout(network);
  const own = (definitions: Record<string, string>, adjoints: Record<string, string> = {}) => ({
    definitions: symbols(definitions),
    adjoints: symbols(adjoints),
  });
  const symbols = (claims: Record<string, string>) =>
    new Map(
      Object.entries(claims).map(([name, text]) => {
        const symbol = claim(name);
        if (symbol.kind !== "symbol") throw new Error(`${name} is no symbol`);
        return [symbol, claim(text)] as const;
      }),
    );
  const judge = (relation: string, options: Parameters<typeof compare>[3]): Comparison => {
    const [left = "", right = ""] = relation.split(" = ");
    return compare(subject, claim(left), claim(right), options);
  };

  it("stand for a definition, and the derivatives run on the changed network", () => {
    const changed = own({ z1_1: "W1_1_1 * a0_1 - W1_1_2 * a0_2 + b1" });
    expect(judge("D(z1_1, W1_1_2) = -a0_2", { own: changed }).verdict).toBe("true");
    expect(judge("D(z1_1, W1_1_2) = a0_2", { own: changed }).verdict).toBe("false");
    expect(judge("D(E, W1_1_2) = -D(E, z1_1) * a0_2", { own: changed }).verdict).toBe("true");
    expect(judge("D(z1_1, W1_1_2) = a0_2", {}).verdict).toBe("true");
  });

  it("stand for a derivative of the loss, and the backward recursion goes on from it", () => {
    const turned = own({}, { z2_1: "y_1 - a2_1" });
    const rule = "D(E, W2_1_1) = (y_1 - a2_1) * a1_1";
    expect(judge(rule, { own: turned }).verdict).toBe("true");
    expect(judge(rule, {}).verdict).toBe("false");
    const below = "delta(z1_1) = prime(sigmoid(z1_1)) * ((y_1 - a2_1) * W2_1_1 + delta(z2_2) * W2_2_1)";
    expect(judge(below, { own: turned }).verdict).toBe("true");
    expect(judge("delta(z2_1) = y_1 - a2_1", { own: turned }).verdict).toBe("true");
  });

  it("may be read on the right side only", () => {
    const turned = own({}, { a2_1: "y_1 - a2_1" });
    expect(judge("a2_1 - y_1 = -D(E, a2_1)", { own: turned, ownOn: "right" }).verdict).toBe("true");
    expect(judge("D(E, a2_1) = -D(E, a2_1)", { own: turned, ownOn: "right" }).verdict).toBe("true");
    expect(judge("D(E, a2_1) = -D(E, a2_1)", { own: turned }).verdict).toBe("false");
  });

  it("keep the values that they had when they were claimed", () => {
    const first = own({}, { a2_1: "2 * (a2_1 - y_1)" });
    const [entry, claimed] = [...own({}, { z2_1: "D(E, a2_1) * D(a2_1, z2_1)" }).adjoints][0]!;
    const later = own({}, { a2_1: "0" });
    const second = {
      definitions: new Map(),
      adjoints: new Map([...later.adjoints, [entry, claimed] as const]),
      before: new Map([[claimed, first]]),
    };
    const relation = "D(E, W2_1_1) = 2 * (a2_1 - y_1) * D(a2_1, z2_1) * a1_1";
    expect(judge(relation, { own: second }).verdict).toBe("true");
  });

  it("that lead back to themselves have no value, and nothing hangs", () => {
    const circle = own({ z1_1: "z1_2", z1_2: "z1_1 + 1" }, { z2_1: "D(E, z2_1) * 2" });
    expect(judge("a1_1 = a1_2 + z1_2", { own: circle }).verdict).toBe("undecided");
    expect(judge("D(E, z2_1) = a1_1", { own: circle }).verdict).toBe("undecided");
    const forward = own({ z1_1: "a2_1 * W1_1_1" });
    expect(judge("D(E, W2_1_1) = a1_1", { own: forward }).verdict).toBe("undecided");
    expect(judge("D(D(E, W2_1_1), W2_1_1) = a1_1", { own: forward }).verdict).toBe("undecided");
    expect(judge("D(z1_1, a2_1) = W1_1_1", { own: forward }).verdict).not.toBe("true");
  });

  it("name a δ as any other quantity", () => {
    const changed = own({ "delta(z2_1)": "a2_1 - y_1" });
    expect(judge("delta(z2_1) = a2_1 - y_1", { own: changed }).verdict).toBe("true");
  });
});
