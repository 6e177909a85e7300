// Names in the six dialects: expected from the notes, the books they follow, and the rules of the notation.
import { describe, expect, test } from "vitest";
import type { Quantity } from "../src/expression/expr.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { clash } from "../src/notation/clash.ts";
import { nameKey, parseName } from "../src/notation/name.ts";
import { names } from "../src/notation/names.ts";
import type { Notation } from "../src/notation/notation.ts";
import { notations } from "../src/notation/rows.ts";
import { latexName } from "../src/writers/print/latex.ts";
import { plainName } from "../src/writers/print/plain.ts";
import { a1, a2, delta1, given, layeredNetwork, loss, target, w1, w2, x, z1 } from "./support/expressions.ts";

describe("a name that a user gave prints as given", () => {
  test.each([
    ["w_1", "w_{1}", "w₁"],
    ["w1", "w_{1}", "w₁"],
    ["yhat", "\\hat{y}", "ŷ"],
    ["yhat_1", "\\hat{y}_{1}", "ŷ₁"],
    ["x_12", "x_{12}", "x₁₂"],
    ["h_1_2", "h_{1,2}", "h_{1,2}"],
    ["alpha", "\\alpha", "α"],
    ["delta_1", "\\delta_{1}", "δ₁"],
    ["epsilon", "\\varepsilon", "ε"],
    ["Sigma", "\\Sigma", "Σ"],
    ["θ_2", "\\theta_{2}", "θ₂"],
    ["net_h1", "\\mathrm{net}_{h1}", "net_h1"],
    ["E_total", "E_{\\mathrm{total}}", "E_total"],
    ["w_alpha", "w_{\\alpha}", "w_α"],
    ["z_1^(2)", "z_{1}^{(2)}", "z₁⁽²⁾"],
    ["speed", "\\mathrm{speed}", "speed"],
    ["constructor", "\\mathrm{constructor}", "constructor"],
    ["xhat", "\\hat{x}", "x\u0302"],
    ["chat", "\\hat{c}", "ĉ"],
    ["hat", "\\mathrm{hat}", "hat"],
  ])("%s", (text, latex, plain) => {
    expect(latexName(parseName(text))).toBe(latex);
    expect(plainName(parseName(text))).toBe(plain);
  });
});

describe("a dialect forms the names of what has none", () => {
  const rows: readonly (readonly [keyof typeof notations, Quantity, readonly number[], string])[] = [
    // Without layer marks units are numbered through the network: inputs 1 and 2, hidden 3 to 5, outputs 6 and 7.
    ["bishop", x, [2], "x_{2}"],
    ["bishop", z1, [1], "a_{3}"],
    ["bishop", a1, [3], "z_{5}"],
    ["bishop", a2, [2], "y_{7}"],
    ["bishop", target, [2], "t_{7}"],
    ["bishop", w1, [1, 2], "w_{32}"],
    ["bishop", delta1, [2], "\\delta_{4}"],
    ["from-to", w1, [1, 2], "w_{23}"],
    ["from-to", a2, [1], "a_{6}"],
    ["layered", x, [1], "x_{1}"],
    ["layered", z1, [2], "z_{2}^{(2)}"],
    ["layered", a2, [1], "a_{1}^{(3)}"],
    ["layered", w2, [1, 3], "w_{13}^{(3)}"],
    ["layered", delta1, [1], "\\delta_{1}^{(2)}"],
    ["layered", loss, [], "E"],
    ["nielsen", w1, [2, 1], "w_{21}^{(2)}"],
    ["nielsen", loss, [], "C"],
    ["scalar", a2, [1], "\\hat{y}_{6}"],
    ["net-out", x, [2], "i_{2}"],
    ["net-out", z1, [3], "\\mathrm{net}_{h3}"],
    ["net-out", a2, [1], "\\mathrm{out}_{o1}"],
    ["net-out", target, [2], "\\mathrm{target}_{o2}"],
    ["net-out", w1, [1, 2], "w_{h1,i2}"],
    ["net-out", delta1, [1], "\\delta_{h1}"],
    ["net-out", loss, [], "E_{\\mathrm{total}}"],
  ];
  test.each(rows)("%s: %#", (key, quantity, indices, expected) => {
    expect(latexName(names(layeredNetwork, notations[key])({ quantity, indices }))).toBe(expected);
  });

  test("indices of two digits are kept apart by a comma", () => {
    const name = names(layeredNetwork, notations.layered)({ quantity: w1, indices: [1, 12] });
    expect(latexName(name)).toBe("w_{1,12}^{(2)}");
  });

  test("letters stand for indices in the dialect's order", () => {
    const entry = { quantity: w1, indices: ["$0", "$1"] };
    const spell = (index: string) => (index === "$0" ? "j" : "i");
    expect(latexName(names(layeredNetwork, notations.bishop)(entry, spell))).toBe("w_{ji}");
    expect(latexName(names(layeredNetwork, notations["from-to"])(entry, spell))).toBe("w_{ij}");
  });
});

const oneUnit: NetworkDescription = {
  kind: "layers",
  inputs: 1,
  layers: [{ type: "dense", units: 1, activation: "sigmoid" }],
  loss: "squared-error",
  samples: 3,
};
const classic: NetworkDescription = {
  kind: "layers",
  inputs: 2,
  naming: "by-target",
  layers: [
    { type: "dense", units: 2, activation: "sigmoid", bias: "shared" },
    { type: "dense", units: 2, activation: "sigmoid", bias: "shared" },
  ],
  loss: "half-squared-error",
};
const deep: NetworkDescription = {
  kind: "layers",
  inputs: 2,
  layers: [
    { type: "dense", units: 2, activation: "tanh", bias: "shared" },
    { type: "dense", units: 3, activation: "tanh" },
    { type: "dense", units: 12, activation: "relu" },
    { type: "dense", units: 1, activation: "sigmoid", bias: "shared" },
  ],
  loss: "half-squared-error",
  l2: 0.1,
};
const units: NetworkDescription = {
  kind: "units",
  inputs: ["x_1", "x_2"],
  units: [
    { name: "h_1", activation: "sigmoid", from: { x_1: "w_1", x_2: "w_3" } },
    { name: "h_2", activation: "sigmoid", from: { x_1: "w_2", x_2: "w_4" }, bias: "b_1" },
    { name: "o_1", activation: "sigmoid", from: { h_1: "w_5", h_2: "w_6" } },
    { name: "o_2", activation: "sigmoid", from: { h_1: "w_7", h_2: "w_1" } },
  ],
  outputs: ["o_1", "o_2"],
  loss: "half-squared-error",
};
const equations: NetworkDescription = {
  kind: "equations",
  equations: ["z = w*x + b", "yhat = sigmoid(z)", "L = (y - yhat)^2 / 2"],
  loss: "L",
  parameters: ["w", "b"],
  constants: ["x", "y"],
};
const chain: NetworkDescription = {
  kind: "layers",
  inputs: 1,
  layers: [
    { type: "dense", units: 1, activation: "sigmoid" },
    { type: "dense", units: 1, activation: "sigmoid" },
  ],
  loss: "squared-error",
};
const trap: NetworkDescription = {
  kind: "layers",
  inputs: ["z_1", "a_3", "b_1", "delta_1"],
  layers: [{ type: "dense", units: 2, activation: "sigmoid" }],
  loss: "squared-error",
};

describe("in a compiled network", () => {
  const nameOf = (description: NetworkDescription, notation: Notation, id: string): string => {
    const network = compile(description);
    const nameIt = names(network, notation);
    const quantity = network.quantities.find((candidate) => candidate.id === id);
    return latexName(nameIt({ quantity: quantity!, indices: quantity!.ranges.map(() => 1) }));
  };

  const rows: readonly (readonly [string, NetworkDescription, keyof typeof notations, string, string])[] = [
    ["the user's numbering of weights stays", classic, "bishop", "W2", "w_{5}"],
    ["the user's numbering of biases stays", classic, "layered", "b2", "b_{2}"],
    ["a unit's z carries the unit's name", units, "layered", "z(h_1)", "z_{h_{1}}"],
    ["net-out joins the unit's name", units, "net-out", "z(h_1)", "\\mathrm{net}_{h1}"],
    ["net-out's target", units, "net-out", "y(o_1)", "\\mathrm{target}_{o1}"],
    ["net-out's loss of an output", units, "net-out", "E[1]", "E_{o1}"],
    ["indices of a one-unit network are dropped", oneUnit, "nielsen", "z1", "z"],
    ["and of its weight", oneUnit, "nielsen", "W1", "w"],
    ["the loss of one sample of several", oneUnit, "nielsen", "E", "C_{i}"],
    ["the same in Bishop's letters", oneUnit, "bishop", "E", "L_{n}"],
    ["a lone output is ŷ", oneUnit, "scalar", "a1", "\\hat{y}"],
    ["two units in a row need an index", chain, "scalar", "z2", "z_{3}"],
    ["or a layer mark", chain, "nielsen", "z2", "z^{(3)}"],
    ["equations print as given in every dialect", equations, "bishop", "z", "z"],
    ["hidden units are numbered through in net-out", deep, "net-out", "z2", "\\mathrm{net}_{h3}"],
    ["a formed name gives way to the user's", trap, "from-to", "a1", "a_{5}"],
  ];
  test.each(rows)("%s", (_, description, key, id, expected) => {
    expect(nameOf(description, notations[key], id)).toBe(expected);
  });

  const networks = { oneUnit, classic, deep, units, equations, chain, trap };
  for (const [title, description] of Object.entries(networks)) {
    test.each(Object.values(notations))(`no two symbols of ${title} print alike in $key`, (notation) => {
      const network = compile(description);
      expect(clash(network, notation)).toBeUndefined();
    });
  }

  test("two names of the user that print alike are found", () => {
    const pair = [given("w_1"), given("w1")] as const;
    const network = { quantities: pair, outputs: [], loss: pair[1], samples: { count: 1 } };
    expect(clash(network, notations.scalar)?.map(({ quantity }) => quantity.id)).toEqual(["w_1", "w1"]);
  });

  test("single things can be renamed by their id", () => {
    const renamed: Notation = { ...notations.layered, symbols: new Map([["W1[2,1]", "u"]]) };
    const nameIt = names(layeredNetwork, renamed);
    expect(nameKey(nameIt({ quantity: w1, indices: [2, 1] }))).toBe(nameKey(parseName("u")));
    expect(latexName(nameIt({ quantity: w1, indices: [1, 1] }))).toBe("w_{11}^{(2)}");
  });
});
