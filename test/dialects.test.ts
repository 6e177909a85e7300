// The dialects at work: custom notations field by field, what cannot be honoured, and laws over random networks.
import fc from "fast-check";
import katex from "katex";
import { describe, expect, test } from "vitest";
import { examples, exampleText } from "../src/examples.ts";
import { Failure } from "../src/failure.ts";
import { derivation } from "../src/index.ts";
import { compile } from "../src/network/compile.ts";
import type { LayersDescription, NetworkDescription, UnitsDescription } from "../src/network/description.ts";
import { clash } from "../src/notation/clash.ts";
import type { NotationDescription } from "../src/notation/description.ts";
import { parseName } from "../src/notation/name.ts";
import { printedDeltas } from "../src/notation/names.ts";
import { notationKeys } from "../src/notation/notation.ts";
import { notations } from "../src/notation/rows.ts";
import { deltasOf } from "../src/reading/symbols.ts";
import { permalinkCode, readPermalink } from "../src/request/permalink.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import { latexName } from "../src/writers/print/latex.ts";
import { plainName } from "../src/writers/print/plain.ts";
import {
  anyDescription,
  equationsDescription,
  layersDescription,
  unitsDescription,
} from "./support/random-networks.ts";

interface Answer {
  readonly symbols: Readonly<
    Record<string, { latex: string; plain: string; role: string; indices?: string[] }>
  >;
  readonly deltas: readonly { id: string; latex: string; definition: string }[];
  readonly gradients: readonly { parameter: string; latex: string; delta: { latex: string } }[];
  readonly equalForms: { readonly equal: boolean };
  readonly matrix?: {
    readonly lines: readonly { readonly box: string; readonly latex: string; readonly agrees?: boolean }[];
  };
  readonly indexed: { lines: readonly { id: string; box: string; latex: string }[] };
  readonly forward: readonly { id: string; definition: string }[];
  /** The document, which some dialects tell in more steps than others. */
  readonly derivation: object;
}

const twoLayers: LayersDescription = {
  kind: "layers",
  inputs: 2,
  layers: [
    { type: "dense", units: 3, activation: "sigmoid" },
    { type: "dense", units: 2, activation: "sigmoid" },
  ],
  loss: "half-squared-error",
};

const batch: LayersDescription = { ...twoLayers, samples: 5 };

function answerOf(
  network: NetworkDescription,
  notation: NotationDescription,
  more: Partial<DerivationRequest> = {},
): Answer {
  const body = JSON.stringify({ network, notation, check: false, ...more });
  return JSON.parse(derivation(readDerivationRequest(body).request, "json")) as Answer;
}

function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

const definitionOf = (answer: Answer, id: string): string =>
  answer.forward.find((line) => line.id === id)!.definition;
const deltaOf = (answer: Answer, id: string): string =>
  answer.deltas.find((line) => line.id === `delta(${id})`)!.definition;
const lineOf = (answer: Answer, id: string): string =>
  answer.indexed.lines.find((line) => line.id === id)!.latex;

describe("every field of a custom notation shows in the formulas", () => {
  const symbol =
    (id: string) =>
    (answer: Answer): string =>
      answer.symbols[id]!.latex;
  const rows: readonly (readonly [string, NotationDescription, (answer: Answer) => string, string])[] = [
    ["a base alone", { base: "nielsen" }, symbol("W1[2,1]"), "w_{21}^{(2)}"],
    ["a letter", { base: "layered", letters: { weight: "theta" } }, symbol("W1[2,1]"), "\\theta_{21}^{(2)}"],
    [
      "a word",
      { base: "layered", letters: { preActivation: "net" } },
      symbol("z1[1]"),
      "\\mathrm{net}_{1}^{(2)}",
    ],
    [
      "a letter with a hat",
      { base: "layered", letters: { output: { letter: "y", hat: true } } },
      symbol("a2[1]"),
      "\\hat{y}_{1}",
    ],
    ["a hat by name", { base: "layered", letters: { output: "yhat" } }, symbol("a2[2]"), "\\hat{y}_{2}"],
    [
      "the losses of outputs follow the loss",
      { base: "net-out", letters: { loss: "J" } },
      symbol("E[1]"),
      "J_{o1}",
    ],
    [
      "a loss with a subscript",
      { base: "layered", letters: { loss: "E_total" } },
      symbol("E"),
      "E_{\\mathrm{total}}",
    ],
    [
      "a δ by another letter",
      { base: "layered", letters: { delta: "epsilon" } },
      symbol("delta(z1[1])"),
      "\\varepsilon_{1}^{(2)}",
    ],
    [
      "inputs as activations of layer 1",
      { base: "layered", letters: { input: "a" } },
      symbol("a0[1]"),
      "a_{1}^{(1)}",
    ],
    ["the order of indices", { base: "layered", indexOrder: "from-to" }, symbol("W1[3,1]"), "w_{13}^{(2)}"],
    ["no layer mark", { base: "layered", layerMark: "none" }, symbol("z2[1]"), "z_{6}"],
    ["a layer mark", { base: "bishop", layerMark: "superscript" }, symbol("z2[1]"), "a_{1}^{(2)}"],
    ["the number of the input layer", { base: "nielsen", firstLayer: 0 }, symbol("z2[1]"), "z_{1}^{(2)}"],
    ["names of units", { base: "bishop", unitNames: ["x", "u", "v"] }, symbol("W2[1,3]"), "w_{v1,u3}"],
    [
      "a prime",
      { base: "nielsen", primeOrFraction: "prime" },
      (answer) => deltaOf(answer, "z2[1]"),
      "\\sigma'(z_{1}^{(3)}) (a_{1}^{(3)} - y_{1})",
    ],
    [
      "a fraction",
      { base: "layered", primeOrFraction: "fraction" },
      (answer) => deltaOf(answer, "z2[1]"),
      "(a_{1}^{(3)} - y_{1}) \\frac{\\partial a_{1}^{(3)}}{\\partial z_{1}^{(3)}}",
    ],
    [
      "d for ∂",
      { base: "layered", derivativeSign: "d" },
      (answer) => answer.gradients[0]!.latex,
      "\\frac{d E}{d w_{11}^{(2)}}",
    ],
    [
      "the asterisk of programs",
      { base: "layered", productSign: "asterisk" },
      (answer) => definitionOf(answer, "z1[1]"),
      "w_{11}^{(2)} * x_{1} + w_{12}^{(2)} * x_{2} + b_{1}^{(2)}",
    ],
    [
      "a dot",
      { base: "layered", productSign: "dot" },
      (answer) => answer.gradients[0]!.delta.latex,
      "\\delta_{1}^{(2)} \\cdot x_{1}",
    ],
    [
      "a cross",
      { base: "layered", productSign: "times" },
      (answer) => answer.gradients[0]!.delta.latex,
      "\\delta_{1}^{(2)} \\times x_{1}",
    ],
    [
      "factors from the input on",
      { base: "layered", factorOrder: "input-first" },
      (answer) => answer.gradients[0]!.delta.latex,
      "x_{1} \\delta_{1}^{(2)}",
    ],
    [
      "a given order of factors outranks the base's own",
      { base: "bishop", factorOrder: "output-first" },
      (answer) => deltaOf(answer, "z2[1]"),
      "(y_{6} - t_{6}) h'(a_{6})",
    ],
    [
      "the residual that is squared",
      { base: "nielsen", residual: "target-minus-output" },
      (answer) => definitionOf(answer, "E[1]"),
      "\\frac{1}{2} (y_{1} - a_{1}^{(3)})^{2}",
    ],
    [
      "and the other one",
      { base: "layered", residual: "output-minus-target" },
      (answer) => definitionOf(answer, "E[1]"),
      "\\frac{1}{2} (a_{1}^{(3)} - y_{1})^{2}",
    ],
    [
      "the activation by its letter",
      { base: "net-out", activationAs: "abstract", letters: { function: "phi" } },
      (answer) => definitionOf(answer, "a1[1]"),
      "\\varphi(\\mathrm{net}_{h1})",
    ],
    [
      "the activation by its name",
      { base: "bishop", activationAs: "named" },
      (answer) => definitionOf(answer, "a1[1]"),
      "\\sigma(a_{3})",
    ],
    ["a single name", { base: "layered", symbols: { "W1[2,1]": "u" } }, symbol("W1[2,1]"), "u"],
    [
      "a single name in a formula",
      { base: "layered", symbols: { "W1[2,1]": "u_7" } },
      (answer) => definitionOf(answer, "z1[2]"),
      "u_{7} x_{1} + w_{22}^{(2)} x_{2} + b_{2}^{(2)}",
    ],
  ];
  test.each(rows)("%s", (_, notation, shown, expected) => {
    expect(shown(answerOf(twoLayers, notation))).toBe(expected);
  });

  test("letters of samples", () => {
    const notation: NotationDescription = {
      base: "nielsen",
      reduction: { letter: "s", count: "S", from: 1 },
    };
    const answer = answerOf(batch, notation, { forms: ["indexed"] });
    expect(lineOf(answer, "samples-E")).toBe(
      "C = \\frac{1}{S} \\sum_{s=1}^{S} C_{s} = \\frac{1}{5} \\sum_{s=1}^{5} C_{s}",
    );
    expect(answer.symbols["y[1]"]!.latex).toBe("y_{s1}");
  });
});

describe("a batch is written for its general sample", () => {
  const rows: readonly (readonly [keyof typeof notations, string, string])[] = [
    ["bishop", "samples-E", "L = \\frac{1}{N} \\sum_{n=1}^{N} L_{n}"],
    ["bishop", "delta-delta(z2)", "\\delta_{k} = \\frac{\\partial L_{n}}{\\partial a_{k}}"],
    ["bishop", "definition-z2", "a_{k} = \\sum_{j} w_{kj} z_{j} + b_{k}"],
    ["bishop", "definition-z1", "a_{j} = \\sum_{i} w_{ji} x_{i} + b_{j}"],
    ["bishop", "middle-z1", "\\frac{\\partial a_{k}}{\\partial a_{j}} = w_{kj} h'(a_{j})"],
    ["layered", "samples-E", "E = \\frac{1}{N} \\sum_{n=1}^{N} E_{n}"],
    ["scalar", "samples-E", "L = \\frac{1}{N} \\sum_{n=1}^{N} L_{n}"],
    ["nielsen", "samples-E", "C = \\frac{1}{n} \\sum_{i=0}^{n-1} C_{i}"],
    ["nielsen", "definition-z1", "z_{j}^{(2)} = \\sum_{k} w_{jk}^{(2)} x_{k} + b_{j}^{(2)}"],
    ["net-out", "samples-E", "E_{\\mathrm{total}} = \\frac{1}{N} \\sum_{n=1}^{N} E_{\\mathrm{total},n}"],
  ];
  test.each(rows)("%s: %s", (key, id, expected) => {
    const line = lineOf(answerOf(batch, key, { forms: ["indexed"] }), id);
    expect(line.slice(0, expected.length)).toBe(expected);
  });

  test("the output errors of Bishop 2006, eq. 5.54: the difference of output and target", () => {
    const linear: LayersDescription = {
      ...batch,
      layers: [twoLayers.layers[0]!, { type: "dense", units: 2, activation: "identity" }],
    };
    const line = lineOf(answerOf(linear, "bishop", { forms: ["indexed"] }), "delta-delta(z2)");
    expect(line).toBe("\\delta_{k} = \\frac{\\partial L_{n}}{\\partial a_{k}} = y_{nk} - t_{nk}");
  });
});

describe("index letters are never the names of things", () => {
  test("inputs that are called i and j", () => {
    const answer = answerOf({ ...twoLayers, inputs: ["i", "j"] }, "layered", { forms: ["indexed"] });
    expect(lineOf(answer, "definition-a1")).toBe("a_{m}^{(2)} = f(z_{m}^{(2)})");
  });

  test("a renamed weight", () => {
    const notation: NotationDescription = { base: "layered", symbols: { "W1[1,1]": "j" } };
    const answer = answerOf(twoLayers, notation, { forms: ["indexed"] });
    expect(lineOf(answer, "definition-a1")).toBe("a_{m}^{(2)} = f(z_{m}^{(2)})");
  });

  test("samples are counted by another letter where an input has theirs", () => {
    const answer = answerOf({ ...batch, inputs: ["i", "n"] }, "nielsen", { forms: ["indexed"] });
    expect(lineOf(answer, "samples-E")).toBe(
      "C = \\frac{1}{N} \\sum_{s=0}^{N-1} C_{s} = \\frac{1}{5} \\sum_{s=0}^{4} C_{s}",
    );
  });
});

describe("what cannot be honoured is refused with both names and what to do", () => {
  const named: UnitsDescription = {
    kind: "units",
    inputs: ["x1", "x_1"],
    units: [{ name: "o", activation: "sigmoid", from: { x1: "v", x_1: "w" } }],
    outputs: ["o"],
    loss: "half-squared-error",
  };
  const rows: readonly (readonly [string, NetworkDescription, object | string, string, string, string])[] = [
    [
      "an unknown field",
      twoLayers,
      { base: "layered", leters: {} },
      "invalid-request",
      'Unknown field "leters" in /notation; did you mean "letters"?',
      "/notation/leters",
    ],
    [
      "an unknown role",
      twoLayers,
      { base: "layered", letters: { weigth: "v" } },
      "invalid-request",
      'Unknown field "weigth" in /notation/letters; did you mean "weight"?',
      "/notation/letters/weigth",
    ],
    [
      "a misspelt key",
      twoLayers,
      "bishp",
      "invalid-request",
      'Unknown value "bishp" at /notation; did you mean "bishop"? The values there are "bishop", "layered", "from-to", "scalar", "nielsen", "net-out".',
      "/notation",
    ],
    [
      "no base",
      twoLayers,
      { firstLayer: 0 },
      "invalid-request",
      'The field "base" is missing in /notation; add it.',
      "/notation",
    ],
    [
      "a letter that is a number",
      twoLayers,
      { base: "layered", letters: { weight: 7 } },
      "invalid-request",
      '/notation/letters/weight is 7; a letter for the weights: "z", a word such as "net", or { "letter": "y", "hat": true } is expected there.',
      "/notation/letters/weight",
    ],
    [
      "a first layer that is neither 0 nor 1",
      twoLayers,
      { base: "layered", firstLayer: 2 },
      "invalid-request",
      "/notation/firstLayer is 2; a number of at most 1 is expected there.",
      "/notation/firstLayer",
    ],
    [
      "a letter of samples of two characters",
      twoLayers,
      { base: "layered", reduction: { letter: "ij" } },
      "invalid-request",
      '/notation/reduction/letter is the text "ij"; one Latin letter that counts the samples is expected there.',
      "/notation/reduction/letter",
    ],
    [
      "a letter that is a command",
      twoLayers,
      { base: "layered", letters: { weight: "\\input" } },
      "invalid-name",
      '"\\input" cannot be a name; use letters or Greek words, digits and _ groups, at most 32 characters, such as w_1 or yhat.',
      "/notation/letters/weight",
    ],
    [
      "two roles with one letter",
      twoLayers,
      { base: "layered", letters: { activation: "z" } },
      "clash",
      '"z1[1]" and "a1[1]" would both print as "z_1^(2)": the first has the letter "z" of preActivation, the second the letter "z" of activation; choose another letter for one of them under "letters", or a name of its own under "symbols".',
      "/notation/letters/activation",
    ],
    [
      "one name for two things",
      twoLayers,
      { base: "layered", symbols: { "W1[1,1]": "u", "W1[2,1]": "u" } },
      "clash",
      '"W1[1,1]" and "W1[2,1]" would both print as "u": the first has the name "u" under "symbols", the second the name "u" under "symbols"; choose another letter for one of them under "letters", or a name of its own under "symbols".',
      "/notation/symbols/W1[2,1]",
    ],
    [
      "a name for something unknown",
      twoLayers,
      { base: "layered", symbols: { "W1[2,1": "u" } },
      "unknown-name",
      '"symbols" renames "W1[2,1", which is no id of the network. Did you mean "W1[2,1]"?',
      "/notation/symbols/W1[2,1",
    ],
    [
      "names of the network that print alike",
      named,
      "net-out",
      "clash",
      '"x1" and "x_1" would both print as "x_1": the first has the name "x1" in the network, the second the name "x_1" in the network; rename one of them, or give it a name under "symbols" of a notation object.',
      "/network",
    ],
    [
      "letters of units for other layers",
      twoLayers,
      { base: "net-out", unitNames: ["i", "o"] },
      "wrong-shape",
      '"unitNames" has 2 entries, and the network has 3 layers of units with the inputs; give 3 entries, or three of which the middle one serves all hidden layers.',
      "/notation/unitNames",
    ],
    [
      "a letter of samples that is a quantity's",
      twoLayers,
      { base: "layered", reduction: { letter: "w" } },
      "clash",
      'The letter "w" counts the samples, and it is the letter of weight; choose another letter.',
      "/notation/reduction/letter",
    ],
    [
      "one letter for a sample and for their number",
      twoLayers,
      { base: "nielsen", reduction: { letter: "n" } },
      "clash",
      'The letter "n" counts the samples, and it is the number of samples too; choose two letters.',
      "/notation/reduction",
    ],
    [
      "a function that is called like a quantity",
      twoLayers,
      { base: "layered", letters: { function: "b" } },
      "clash",
      'The letter "b" stands for the activation function, and it is the letter of bias; choose another letter.',
      "/notation/letters/function",
    ],
  ];
  test.each(rows)("%s", (_, network, notation, code, sentence, pointer) => {
    const failure = failureOf(() => answerOf(network, notation as NotationDescription));
    expect(failure.message).toBe(sentence);
    expect([failure.code, failure.details.pointer]).toEqual([code, pointer]);
  });

  test("names that print alike are told apart under symbols", () => {
    const answer = answerOf(named, { base: "net-out", symbols: { x1: "s" } });
    expect([answer.symbols.x1!.latex, answer.symbols.x_1!.latex]).toEqual(["s", "x_{1}"]);
  });

  test("a layout without a matrix to be laid out", () => {
    const failure = failureOf(() => answerOf(twoLayers, "layered", { layout: "numerator" }));
    expect(failure.message).toBe(
      '"layout": "numerator" says how matrices lie, and the matrix form is not asked for; add "matrix" to "forms", or leave "layout" out.',
    );
    expect([failure.code, failure.details.pointer]).toEqual(["impossible-request", "/layout"]);
  });
});

test("units that would read alike without their groups keep them", () => {
  const network: UnitsDescription = {
    kind: "units",
    inputs: ["x"],
    units: [
      { name: "g_h_1", activation: "sigmoid", from: { x: "v" } },
      { name: "g_h1", activation: "sigmoid", from: { g_h_1: "w" } },
    ],
    outputs: ["g_h1"],
    loss: "half-squared-error",
  };
  const { symbols } = answerOf(network, "net-out");
  expect(symbols["z(g_h_1)"]!.latex).toBe("\\mathrm{net}_{g_{h,1}}");
  expect(symbols["z(g_h1)"]!.latex).toBe("\\mathrm{net}_{g_{h1}}");
});

test("a power of a transposed matrix has brackets", () => {
  const network: LayersDescription = {
    kind: "layers",
    inputs: 2,
    layers: [{ type: "dense", units: 2, activation: "softmax", bias: "none" }],
    loss: "binary-cross-entropy",
    samples: 2,
  };
  const { matrix } = answerOf(network, "bishop", { forms: ["matrix"] });
  for (const latex of latexIn(matrix)) expectAccepted(latex);
});

describe("the table of symbols", () => {
  test("a large layer has one row, with letters for its indices", () => {
    const wide: LayersDescription = { ...twoLayers, inputs: 100 };
    const { symbols } = answerOf(wide, "layered", { forms: ["indexed"] });
    expect(symbols.W1).toEqual({
      latex: "w_{ji}^{(2)}",
      speech: "w j i of layer 2",
      plain: "wⱼᵢ⁽²⁾",
      role: "weight",
      indices: ["j", "i"],
    });
    expect(symbols["W1[1,1]"]).toBeUndefined();
    expect(symbols["W2[2,3]"]!.latex).toBe("w_{23}^{(3)}");
  });

  test("an id that is a property of every object is an id", () => {
    const network: NetworkDescription = {
      kind: "equations",
      equations: ["L = constructor*toString"],
      loss: "L",
      parameters: ["constructor"],
      constants: ["toString"],
    };
    expect(answerOf(network, "scalar").symbols.constructor).toMatchObject({ plain: "constructor" });
  });
});

describe("a notation in a permalink", () => {
  const custom: NotationDescription = { base: "nielsen", letters: { loss: "J" }, firstLayer: 0 };

  test("is read back as it was", () => {
    const request = { network: twoLayers, notation: custom };
    expect(readPermalink(permalinkCode(request)).request).toEqual(request);
  });

  test("is left out where it is the default", () => {
    expect(permalinkCode({ network: twoLayers, notation: "layered" })).toBe(
      permalinkCode({ network: twoLayers }),
    );
    expect(permalinkCode({ network: twoLayers, notation: "nielsen" })).not.toBe(
      permalinkCode({ network: twoLayers }),
    );
  });
});

// ---- Laws ---------------------------------------------------------------------------------------------------

/** Names that dialects form themselves, or use for indices, samples, losses and functions. */
const traps = [
  ..."a b d f h i j k m n r w x y z L C N K u v".split(" "),
  ..."z_1 z_3 a_1 a_3 b_1 y_1 t_4 delta_1 delta_3 i_1 net_h1 out_h1 net_h_1 target_o1 yhat w_11 w_h1_i1".split(
    " ",
  ),
  ..."eta alpha sigma delta net out target E_1 E_total L_n C_i R_1".split(" "),
];

const distinctTraps = (count: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.constantFrom(...traps), { minLength: count, maxLength: count });

/** Layers whose inputs have names that the dialect would form itself. */
const trappedLayers: fc.Arbitrary<LayersDescription> = fc
  .record({
    inputs: fc.integer({ min: 1, max: 4 }).chain(distinctTraps),
    widths: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    bias: fc.constantFrom("none" as const, "per-unit" as const, "shared" as const),
    samples: fc.constantFrom(1, 4),
  })
  .map(({ inputs, widths, bias, samples }): LayersDescription & { inputs: string[] } => ({
    kind: "layers",
    inputs,
    layers: widths.map((units) => ({ type: "dense" as const, units, activation: "tanh", bias })),
    loss: "half-squared-error",
    samples,
  }))
  .filter(({ layers, inputs }) => layers.every((_, position) => !inputs.includes(`b${position + 1}`)));

/** Units, inputs and parameters with such names. */
const trappedUnits: fc.Arbitrary<UnitsDescription> = fc
  .record({ names: distinctTraps(8), samples: fc.constantFrom(1, 4) })
  .map(({ names: [p, q, r, s, t, u, v, w], samples }) => ({
    kind: "units",
    inputs: [p!, q!],
    units: [
      { name: r!, activation: "tanh", from: { [p!]: t!, [q!]: u! }, bias: w! },
      { name: s!, activation: "tanh", from: { [r!]: v!, [q!]: t! } },
    ],
    outputs: [r!, s!],
    loss: "half-squared-error",
    samples,
  }));

/** The answer; networks that have no finite loss at their numbers are passed over. */
function finiteAnswerOf(...asked: Parameters<typeof answerOf>): Answer {
  try {
    return answerOf(...asked);
  } catch (error) {
    fc.pre(!(error instanceof Failure && error.code === "not-a-number"));
    throw error;
  }
}

describe("no two symbols print alike in any dialect", () => {
  test.each(examples.map(({ name }) => name))("on the example %s", (name) => {
    const network = compile(readDerivationRequest(exampleText(name)).request.network);
    for (const key of notationKeys)
      expect(clash(network, notations[key], printedDeltas(deltasOf(network)))).toBeUndefined();
  });

  const networks = { anyDescription, trappedLayers, trappedUnits };
  for (const [title, description] of Object.entries(networks)) {
    test(`on random networks: ${title}`, () => {
      fc.assert(
        fc.property(description, fc.constantFrom(...notationKeys), (each, key) => {
          const network = compile(each);
          const pair = clash(network, notations[key], printedDeltas(deltasOf(network)));
          expect(pair?.map(({ quantity, indices }) => [quantity.id, indices])).toBeUndefined();
        }),
        { numRuns: 300 },
      );
    });
  }

  test("and the names that users gave print as given", () => {
    fc.assert(
      fc.property(fc.oneof(trappedUnits, unitsDescription), fc.constantFrom(...notationKeys), (each, key) => {
        const { symbols } = finiteAnswerOf(each, key, { forms: ["delta"] });
        for (const [id, { latex, plain, role }] of Object.entries(symbols)) {
          if (role !== "input" && role !== "weight" && role !== "bias") continue;
          expect([latex, plain]).toEqual([latexName(parseName(id)), plainName(parseName(id))]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("a derivation says the same in every dialect", () => {
  const forms = {
    layers: ["chain", "delta", "indexed", "matrix"],
    units: ["chain", "delta", "indexed"],
    equations: ["chain", "delta"],
  } as const;

  test("every formula is accepted by KaTeX, none is lost, and all forms have the same numbers", {
    timeout: 300_000,
  }, () => {
    const description = fc.oneof(
      layersDescription,
      trappedLayers,
      unitsDescription,
      trappedUnits,
      equationsDescription,
    );
    fc.assert(
      fc.property(description, (network) => {
        const counts = notationKeys.map((key) => {
          const { derivation: document, ...answer } = finiteAnswerOf(network, key, {
            forms: [...forms[network.kind]],
            maxPaths: 4,
          });
          const formulas = latexIn(answer);
          for (const latex of new Set([...formulas, ...latexIn(document)])) expectAccepted(latex);
          expect(answer.equalForms.equal).toBe(true);
          expectDistinctLayers(answer);
          return formulas.length;
        });
        expect(new Set(counts).size, counts.join()).toBe(1);
      }),
      { numRuns: 12 },
    );
  });
});

/** Whole layers are told apart: no two lines of the matrix form define the same name, or derive by it. */
function expectDistinctLayers({ matrix }: Pick<Answer, "matrix">): void {
  const lines = matrix?.lines ?? [];
  const defined = lines.map(({ latex }) => latex.slice(0, latex.indexOf(" = ")));
  expect(new Set(defined).size, defined.join("\n")).toBe(defined.length);
  expect(lines.filter(({ agrees }) => agrees === false)).toEqual([]);
}

test("whole layers carry their number in dialects that number units through", () => {
  const { matrix } = answerOf(twoLayers, "bishop", { forms: ["matrix"] });
  expect(matrix!.lines.map(({ latex }) => latex)).toEqual([
    "a^{(1)} = W^{(1)} x + b^{(1)}",
    "z = h(a^{(1)})",
    "a^{(2)} = W^{(2)} z + b^{(2)}",
    "y = h(a^{(2)})",
    "\\delta^{(2)} = (y - t) \\odot h'(a^{(2)}) = (y - t) \\odot y \\odot (\\mathbf{1} - y)",
    "\\delta^{(1)} = h'(a^{(1)}) \\odot (W^{(2)})^{\\top} \\delta^{(2)} = z \\odot (\\mathbf{1} - z) \\odot (W^{(2)})^{\\top} \\delta^{(2)}",
    "\\frac{\\partial L}{\\partial b^{(2)}} = \\delta^{(2)}",
    "\\frac{\\partial L}{\\partial W^{(2)}} = \\delta^{(2)} z^{\\top}",
    "\\frac{\\partial L}{\\partial b^{(1)}} = \\delta^{(1)}",
    "\\frac{\\partial L}{\\partial W^{(1)}} = \\delta^{(1)} x^{\\top}",
  ]);
  const one = answerOf({ ...twoLayers, layers: twoLayers.layers.slice(1) }, "bishop", { forms: ["matrix"] });
  expect(one.matrix!.lines[0]!.latex).toBe("a = W x + b");
});

describe("what could be read in two ways is written in one", () => {
  const deltas = (network: NetworkDescription, key: NotationDescription): readonly string[] =>
    answerOf(network, key, { forms: ["delta"], detail: "full" }).deltas.map(({ definition }) => definition);

  test("the derivative of a function of several arguments shows them where the function is the quantity's own", () => {
    const network = {
      kind: "equations",
      equations: ["u = u(y)", "y = y(x)", "L = L(u, y)"],
      loss: "L",
      parameters: ["x"],
    } as const satisfies NetworkDescription;
    expect(deltas({ ...network, equations: [...network.equations], parameters: ["x"] }, "scalar")).toEqual([
      "\\frac{\\partial L}{\\partial u}(u, y)",
      "\\delta_{u} u'(y) + \\frac{\\partial L}{\\partial y}(u, y)",
    ]);
  });

  test("no line says of a derivative that it is itself and more", () => {
    const { derivation: document } = answerOf(
      {
        kind: "equations",
        equations: ["u = y^2", "y = w*c", "L = u + y"],
        loss: "L",
        parameters: ["w"],
        constants: ["c"],
      },
      "scalar",
      { forms: ["delta"] },
    );
    const line = latexIn(document).find((latex) => latex.startsWith("\\delta_{y} ="));
    expect(line).toBe("\\delta_{y} = \\frac{\\partial L}{\\partial y} = 2 \\delta_{u} y + 1");
  });

  test("the δ of a quantity that is called delta_1 carries its name", () => {
    const { symbols } = answerOf(
      { kind: "equations", equations: ["delta_1 = w^2", "L = delta_1^3"], loss: "L", parameters: ["w"] },
      "scalar",
    );
    expect(symbols["delta(delta_1)"]!.latex).toBe("\\delta_{\\delta_{1}}");
  });

  test("∂ where a quantity has a variable beside the one that it is worked out from", () => {
    const circuit = readDerivationRequest(exampleText("circuit")).request.network;
    expect(answerOf(circuit, "scalar").gradients[0]!.latex).toBe("\\frac{\\partial f}{\\partial x}");
    const neuron = readDerivationRequest(exampleText("note-003")).request.network;
    expect(answerOf(neuron, "scalar").gradients[0]!.latex).toBe("\\frac{d L}{d w}");
  });

  test("in a dialect of fractions no line repeats itself: f′ and ∂a/∂z are one thing there", () => {
    for (const key of ["from-to", "nielsen"] as const) {
      const { derivation: document } = answerOf(twoLayers, key, {
        forms: ["chain", "delta", "indexed", "matrix"],
        detail: "full",
      });
      for (const latex of latexIn(document)) {
        const sides = latex.split(" = ");
        for (const [position, side] of sides.slice(1).entries()) expect(side).not.toBe(sides[position]);
      }
    }
  });

  test("a function keeps its constants in the rules of a unit in general", () => {
    const leaky = (alpha: number): UnitsDescription => ({
      kind: "units",
      inputs: ["x"],
      units: [
        { name: "h", activation: { name: "leaky-relu", alpha: 0.2 }, from: { x: "u" } },
        { name: "k", activation: { name: "leaky-relu", alpha }, from: { h: "v" } },
        { name: "o", activation: "identity", from: { k: "w" } },
      ],
      outputs: ["o"],
      loss: "half-squared-error",
    });
    const rule = (alpha: number): string =>
      answerOf(
        leaky(alpha),
        { base: "bishop", activationAs: "named" },
        { forms: ["indexed"] },
      ).indexed.lines.find(({ id }) => id === "definition-activation")!.latex;
    expect(rule(0.2)).toBe("z_{j} = \\operatorname{LReLU}_{0.2}(a_{j})");
    expect(rule(0.1)).toBe("z_{j} = f(a_{j})");
  });

  test("Bishop's order, also where h′ is worked out", () => {
    const relu: LayersDescription = {
      ...twoLayers,
      layers: [
        { type: "dense", units: 3, activation: "relu" },
        { type: "dense", units: 2, activation: "identity" },
      ],
    };
    const { indexed } = answerOf(relu, "bishop", { forms: ["indexed"] });
    const line = indexed.lines.find(({ id }) => id === "delta-delta(z1)")!;
    expect(line.latex).toBe(
      "\\delta_{j} = h'(a_{j}) \\sum_{k} w_{kj} \\delta_{k} = \\operatorname{step}(a_{j}) \\sum_{k} w_{kj} \\delta_{k}",
    );
    const one: UnitsDescription = {
      kind: "units",
      inputs: ["x"],
      units: [
        { name: "h", activation: "relu", from: { x: "u" } },
        { name: "o", activation: "identity", from: { h: "w" } },
      ],
      outputs: ["o"],
      loss: "half-squared-error",
    };
    expect(answerOf(one, "bishop", { forms: ["delta"] }).deltas[1]!.latex).toBe(
      "\\operatorname{step}(a_{h}) w \\delta_{o}",
    );
  });
});

/** Every formula of an answer; an empty one is a formula lost. */
function latexIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "latex" && typeof inner === "string" ? [inner] : latexIn(inner),
  );
}

function expectAccepted(latex: string): void {
  expect(latex).not.toBe("");
  katex.renderToString(latex, {
    strict: "error",
    throwOnError: true,
    trust: false,
    displayMode: true,
    output: "mathml",
  });
}
