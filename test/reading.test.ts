// Formulas as students and teachers write them, expected by hand: what is read, what is refused, and with which sentence.
import katex from "katex";
import { describe, expect, test } from "vitest";
import { Failure } from "../src/failure.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import type { Network } from "../src/network/network.ts";
import { dialect } from "../src/notation/dialect.ts";
import type { NotationKey } from "../src/notation/notation.ts";
import { notations } from "../src/notation/rows.ts";
import { keyOf } from "../src/reading/key.ts";
import { reader, readFormula } from "../src/reading/read.ts";
import { readingLimits } from "../src/reading/refuse.ts";
import { treeOf } from "../src/reading/tree.ts";
import { plainLine } from "../src/writers/print/line.ts";

const descriptions = {
  /** Note 001: two inputs, two hidden units, one output, six weights. */
  "2-2-1": {
    kind: "layers",
    inputs: 2,
    naming: "by-source",
    layers: [
      { type: "dense", units: 2, activation: "sigmoid", bias: "none" },
      { type: "dense", units: 1, activation: "sigmoid", bias: "none" },
    ],
    loss: "half-squared-error",
  },
  "3-4-2": {
    kind: "layers",
    inputs: 3,
    layers: [
      { type: "dense", units: 4, activation: "tanh" },
      { type: "dense", units: 2, activation: "softmax" },
    ],
    loss: "categorical-cross-entropy",
  },
  "2-3-3-2": {
    kind: "layers",
    inputs: 2,
    layers: [
      { type: "dense", units: 3, activation: "sigmoid" },
      { type: "dense", units: 3, activation: "sigmoid" },
      { type: "dense", units: 2, activation: "sigmoid" },
    ],
    loss: "half-squared-error",
  },
  /** One unit per layer, a batch: the indices of note 004 are dropped. */
  "1-1-1": {
    kind: "layers",
    inputs: 1,
    layers: [
      { type: "dense", units: 1, activation: "sigmoid" },
      { type: "dense", units: 1, activation: "sigmoid" },
    ],
    loss: "squared-error",
    samples: 3,
  },
  /** The classic 2-2-2 example. */
  units: {
    kind: "units",
    inputs: ["i_1", "i_2"],
    units: [
      { name: "h_1", activation: "sigmoid", from: { i_1: "w_1", i_2: "w_2" }, bias: "b_1" },
      { name: "h_2", activation: "sigmoid", from: { i_1: "w_3", i_2: "w_4" }, bias: "b_1" },
      { name: "o_1", activation: "sigmoid", from: { h_1: "w_5", h_2: "w_6" }, bias: "b_2" },
      { name: "o_2", activation: "sigmoid", from: { h_1: "w_7", h_2: "w_8" }, bias: "b_2" },
    ],
    outputs: ["o_1", "o_2"],
    loss: "half-squared-error",
  },
  /** Note 003. */
  equations: {
    kind: "equations",
    equations: ["z = w*x + b", "yhat = sigmoid(z)", "L = (y - yhat)^2 / 2"],
    loss: "L",
    parameters: ["w", "b"],
    constants: ["x", "y"],
  },
  functions: {
    kind: "equations",
    equations: ["u = g(t)", "F = f(u, t) + abs(u) * sqrt(t) + exp(-t) * max(0, u) - leaky_relu(u, 0.2)"],
    functions: ["f", "g"],
    loss: "F",
    parameters: ["t"],
  },
} as const satisfies Record<string, NetworkDescription>;

type NetworkName = keyof typeof descriptions;

function network(name: NetworkName): Network {
  return compile(descriptions[name]);
}

/** What a formula says, in the plain print of its own dialect. */
function said(name: NetworkName, key: NotationKey, latex: string): string {
  const built = network(name);
  const { sides, signs } = readFormula(built, notations[key], latex);
  const line = { sides: sides.map((expr) => ({ kind: "expr", expr }) as const), signs };
  return plainLine(line, { dialect: dialect(built, notations[key]), digits: 9 });
}

function refusal(name: NetworkName, key: NotationKey, latex: string): Failure {
  try {
    readFormula(network(name), notations[key], latex);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error(`${latex} was read.`);
}

describe("a formula is read as it was meant", () => {
  const rows: readonly (readonly [NetworkName, NotationKey, string, string])[] = [
    // Layer marks, however they are written
    ["2-2-1", "layered", "z_{1}^{(2)}", "z₁⁽²⁾"],
    ["2-2-1", "layered", "z^{(2)}_1", "z₁⁽²⁾"],
    ["2-2-1", "layered", "z_1^{\\left(2\\right)}", "z₁⁽²⁾"],
    ["2-2-1", "layered", "\\delta_{1^{\\left(2\\right)}}", "δ₁⁽²⁾"],
    ["2-2-1", "layered", "δ₁⁽²⁾", "δ₁⁽²⁾"],
    ["2-2-1", "layered", "z_1^2", "z₁⁽²⁾"],
    ["2-2-1", "layered", "{z_1^{(2)}}^2", "(z₁⁽²⁾)²"],
    ["2-2-1", "layered", "\\left(z_1^{(2)}\\right)^{2}", "(z₁⁽²⁾)²"],
    ["2-2-1", "layered", "$w_{5}^{2}$", "w₅²"],
    ["2-2-1", "layered", "w5 x1", "w₅ x₁"],
    // Aliases: inputs and outputs as activations, ŷ
    ["2-2-1", "layered", "a_1^{(1)} = x_1", "x₁ = x₁"],
    ["2-2-1", "layered", "\\hat{y} = ŷ = a_1^{(3)}", "a₁⁽³⁾ = a₁⁽³⁾ = a₁⁽³⁾"],
    ["2-2-1", "bishop", "z_5 = y_5", "y₅ = y₅"],
    // Primes and calls
    ["2-2-1", "layered", "f'(z_1^{(2)})", "f′(z₁⁽²⁾)"],
    [
      "2-2-1",
      "layered",
      "f^{\\prime}(z_1^{(2)}) = f^{'}\\!\\left(z_1^{(2)}\\right) = f′(z_1^{(2)})",
      "f′(z₁⁽²⁾) = f′(z₁⁽²⁾) = f′(z₁⁽²⁾)",
    ],
    ["2-2-1", "layered", "\\sigma(z_1^{(2)})\\bigl(1-\\sigma(z_1^{(2)})\\bigr)", "f(z₁⁽²⁾) (1 − f(z₁⁽²⁾))"],
    ["2-2-1", "bishop", "h'(a_3) z_3", "h′(a₃) z₃"],
    ["2-2-1", "layered", "w_5(a_1^{(2)} - 1)", "w₅ (a₁⁽²⁾ − 1)"],
    // Derivatives
    ["2-2-1", "layered", "\\dfrac{\\partial E}{\\partial w_1}", "∂E/∂w₁"],
    [
      "2-2-1",
      "layered",
      "∂E/∂w_1 = dE/dw_1 = \\frac{\\mathrm{d}E}{\\mathrm{d}w_1}",
      "∂E/∂w₁ = ∂E/∂w₁ = ∂E/∂w₁",
    ],
    [
      "2-2-1",
      "layered",
      "{\\partial E \\over \\partial w_1} = \\frac{\\partial}{\\partial w_1} E = \\partial_{w_1} E",
      "∂E/∂w₁ = ∂E/∂w₁ = ∂E/∂w₁",
    ],
    [
      "2-2-1",
      "layered",
      "\\frac{\\partial E}{\\partial w_1} = \\frac{\\partial E}{\\partial a_1^{(3)}} * \\frac{\\partial a_1^{(3)}}{\\partial z_1^{(3)}} \\cdot \\frac{\\partial z_1^{(3)}}{\\partial w_1}",
      "∂E/∂w₁ = ∂E/∂a₁⁽³⁾ · ∂a₁⁽³⁾/∂z₁⁽³⁾ · ∂z₁⁽³⁾/∂w₁",
    ],
    [
      "1-1-1",
      "nielsen",
      "\\frac{\\partial C_i}{\\partial w^{(2)}} = x \\frac{\\partial a^{(2)}}{\\partial z^{(2)}} w^{(3)} \\delta^{(3)}",
      "∂Cᵢ/∂w⁽²⁾ = x · ∂a⁽²⁾/∂z⁽²⁾ · w⁽³⁾ δ⁽³⁾",
    ],
    [
      "equations",
      "scalar",
      "\\frac{d L}{d w} = \\frac{d L}{d \\hat y}\\,\\frac{d\\hat y}{d z}\\;\\frac{d z}{d w}",
      "dL/dw = dL/dŷ · dŷ/dz · dz/dw",
    ],
    // Arithmetic
    [
      "equations",
      "scalar",
      "L = \\frac{1}{2}(y-\\hat y)^2 = ½ (y−ŷ)²",
      "L = 1/2 · (y − ŷ)² = 1/2 · (y − ŷ)²",
    ],
    ["equations", "scalar", "\\frac12 \\left(y-\\hat{y}\\right)^{2}", "1/2 · (y − ŷ)²"],
    ["equations", "scalar", "1/2 x w", "1/2 · x w"],
    ["equations", "scalar", "x \\cdot -w", "−x w"],
    ["equations", "scalar", "-(y - \\hat{y}) \\times x", "−(y − ŷ) x"],
    ["equations", "scalar", "w - -b", "w + b"],
    ["equations", "scalar", "\\frac{x}{2 w}", "x/(2 w)"],
    ["equations", "scalar", "1.2 \\times 10^{-5} x", "1.2·10⁻⁵ x"],
    ["equations", "scalar", "0.5 x.", "1/2 · x"],
    ["equations", "scalar", "e^{-x} + \\exp(x) + \\sqrt{x} + \\sqrt[3]{x}", "e⁻ˣ + eˣ + √(x) + x^(1/3)"],
    ["equations", "scalar", "|x - w| + \\lvert b \\rvert + \\left| b \\right|", "|x − w| + |b| + |b|"],
    ["equations", "scalar", "\\ln x + \\log(x) + \\tanh^2 x", "ln(x) + ln(x) + tanh(x)²"],
    ["equations", "scalar", "z := w x + b", "z := w x + b"],
    ["equations", "scalar", "w \\gets w + b \\approx w", "w ← w + b ≈ w"],
    ["equations", "scalar", "\\sigma'(z) = \\sigma(z)(1-\\sigma(z))", "σ′(z) = σ(z) (1 − σ(z))"],
    ["equations", "scalar", "\\boxed{z = w x + b}", "z = w x + b"],
    ["equations", "scalar", "\\underbrace{w x}_{b} + b", "w x + b"],
    [
      "equations",
      "scalar",
      "\\begin{aligned} z &= w x \\\\ &\\quad + b \\\\ &= b + w x \\end{aligned}",
      "z = w x + b = b + w x",
    ],
    [
      "equations",
      "scalar",
      "\\begin{cases} 1 & z > 0 \\\\ b & z \\le 0 \\end{cases}",
      "{ 1 if z > 0; b if z ≤ 0 }",
    ],
    // Functions of the user
    [
      "functions",
      "scalar",
      "\\frac{\\partial F}{\\partial t} = \\frac{\\partial f}{\\partial t} + g'(t)",
      "∂F/∂t = ∂f/∂t + g′(t)",
    ],
    ["functions", "scalar", "\\max(0, u) - \\operatorname{LReLU}_{0.2}(u)", "max(0, u) − LReLU_{0.2}(u)"],
    // Words as names
    [
      "units",
      "net-out",
      "\\delta_{o1} = -(target_{o1}-out_{o1})\\,out_{o1}(1-out_{o1})",
      "δₒ₁ = −(target_o1 − out_o1) out_o1 (1 − out_o1)",
    ],
    ["units", "net-out", "\\mathrm{net}_{h_1} = \\text{net}_{h1} = net_{h_{1}}", "net_h1 = net_h1 = net_h1"],
    [
      "units",
      "net-out",
      "\\frac{\\partial E_{total}}{\\partial w_5} = \\frac{\\partial E}{\\partial w_5} = \\delta_{o1} out_{h1}",
      "∂E_total/∂w₅ = ∂E_total/∂w₅ = δₒ₁ out_h1",
    ],
    ["units", "bishop", "a_{h_1} = a_{h1}", "a_h₁ = a_h₁"],
  ];
  test.each(rows)("%s in %s: %s", (name, key, latex, expected) => {
    expect(said(name, key, latex)).toBe(expected);
  });
});

describe("letters stand for the units of the one layer that fits", () => {
  /** Sides as sorted keys, in ids of the network: `:0` is the index that the outermost Σ binds. */
  const rows: readonly (readonly [NetworkName, NotationKey, string, readonly string[]])[] = [
    ["2-2-1", "bishop", "a_j = \\sum_i w_{ji} x_i", ["z1[$j]", "Σinputs(W1[$j,:0]·a0[:0])"]],
    [
      "3-4-2",
      "bishop",
      "a_j = \\sum_{i=1}^{4} w_{ji} z_i + b_j",
      ["z2[$j]", "(b2[$j]+Σunits of layer 1(W2[$j,:0]·a1[:0]))"],
    ],
    [
      "3-4-2",
      "bishop",
      "a_m = \\sum\\limits_{l} w_{ml} x_l + b_m",
      ["z1[$m]", "(b1[$m]+Σinputs(W1[$m,:0]·a0[:0]))"],
    ],
    [
      "3-4-2",
      "bishop",
      "\\delta_j = h'(a_j) \\sum_k w_{kj} \\delta_k",
      ["delta(z1)[$j]", "tanh'0(z1[$j])·Σunits of layer 2(W2[:0,$j]·delta(z2)[:0])"],
    ],
    [
      "3-4-2",
      "from-to",
      "z_j = \\sum_i w_{ij} a_i + b_j",
      ["z2[$j]", "(b2[$j]+Σunits of layer 1(W2[$j,:0]·a1[:0]))"],
    ],
    [
      "3-4-2",
      "layered",
      "\\delta_1^{(2)} = f'(z_1^{(2)}) \\sum_{k=1}^{2} w_{k1}^{(3)} \\delta_k^{(3)}",
      ["delta(z1[1])", "tanh'0(z1[1])·Σunits of layer 2(W2[:0,1]·delta(z2)[:0])"],
    ],
    ["3-4-2", "layered", "\\sum_{k=2}^{3} w_{1k}^{(2)} x_k", ["(W1[1,2]·a0[2]+W1[1,3]·a0[3])"]],
    ["3-4-2", "layered", "\\sum_{j,i} (w_{ji}^{(2)})^2", ["Σunits of layer 1(Σinputs(W1[:0,:1]^2))"]],
    [
      "3-4-2",
      "layered",
      "\\operatorname{softmax}(z^{(3)})_k ([j = k] - a_j^{(3)}) + 1_{jk}",
      ["(([$j=$k]+-1·a2[$j])·softmax(z2[:0])[$k]+[$j=$k])"],
    ],
    ["3-4-2", "net-out", "w_{h1i2} = w_{h1,i2}", ["W1[1,2]", "W1[1,2]"]],
    [
      "2-3-3-2",
      "bishop",
      "\\frac{\\partial a_k}{\\partial a_j} = w_{kj} h'(a_j) + w_{k8}",
      ["dz3[$k]/dz2[$j]", "(W3[$k,$j]·sigmoid'0(z2[$j])+W3[$k,3])"],
    ],
  ];
  test.each(rows)("%s in %s: %s", (name, key, latex, expected) => {
    expect(readFormula(network(name), notations[key], latex).sides.map(keyOf)).toEqual(expected);
  });

  test("a formula that fits two layers has two readings", () => {
    const { readings } = reader(network("2-3-3-2"), notations.bishop);
    expect(readings("z_j = h(a_j)").map(({ sides }) => sides.map(keyOf))).toEqual([
      ["a1[$j]", "sigmoid(z1[$j])"],
      ["a2[$j]", "sigmoid(z2[$j])"],
    ]);
  });
});

describe("what is not read is refused with a sentence", () => {
  const rows: readonly (readonly [NetworkName, NotationKey, string, number | undefined, string])[] = [
    [
      "2-2-1",
      "layered",
      "z_7^{(2)}",
      0,
      'Unknown name "z_7^(2)" at character 1; the network has nothing of this name in this notation. Did you mean "z_1^(2)"?',
    ],
    [
      "2-2-1",
      "layered",
      "\\(w_1 + q\\)",
      8,
      'Unknown name "q" at character 9; the network has nothing of this name in this notation.',
    ],
    [
      "2-2-1",
      "layered",
      "(w_1)^{(2)}",
      0,
      "The bracketed superscript at character 1 is a layer mark, and what stands under it has none; write a power without brackets.",
    ],
    [
      "2-2-1",
      "layered",
      "f^{-1}(z_1^{(2)})",
      0,
      "The superscript −1 at character 1 could be an inverse function or a reciprocal; write 1/f(…) for the reciprocal.",
    ],
    [
      "2-2-1",
      "layered",
      "w_12",
      3,
      "The number 2 at character 4 stands behind a factor without a sign; write _{…} around a subscript of several digits, or \\cdot between factors.",
    ],
    [
      "2-2-1",
      "layered",
      "w_1 x_1, w_2",
      9,
      "A second formula begins at character 10; write one formula at a time.",
    ],
    [
      "2-2-1",
      "layered",
      "= w_1",
      0,
      "Nothing stands at character 1, where a side of the relation was expected.",
    ],
    [
      "2-2-1",
      "layered",
      "w_1 \\neq w_2",
      undefined,
      "The sign ≠ at character 4 is no relation that is read; write =, ≈, := or ←.",
    ],
    [
      "2-2-1",
      "layered",
      "w_1 < w_2",
      4,
      "The sign < at character 5 is no relation that is read; write =, ≈, := or ←.",
    ],
    [
      "2-2-1",
      "layered",
      "w_1 \\odot w_2",
      0,
      "The elementwise product at character 1 belongs to a matrix formula, which is not read here; write it with indices.",
    ],
    [
      "2-2-1",
      "layered",
      "w_1^T x_1",
      0,
      "The transpose at character 1 belongs to a matrix formula, which is not read here; write it with indices.",
    ],
    [
      "2-2-1",
      "layered",
      "\\mathbf{w}",
      8,
      "The bold letter at character 9 belongs to a matrix formula, which is not read here; write it with indices.",
    ],
    [
      "2-2-1",
      "layered",
      "\\frac{\\partial^2 E}{\\partial w_1}",
      5,
      "The derivative at character 6 is of order 2 above the bar and 1 below it; write \\frac{\\partial^2 E}{\\partial w^2} for a second one.",
    ],
    [
      "2-2-1",
      "layered",
      "\\frac{\\partial E}{\\partial (w_1 + w_2)}",
      28,
      "The derivative at character 29 is not by one quantity; write each factor as \\frac{\\partial E}{\\partial w}.",
    ],
    [
      "2-2-1",
      "layered",
      "x_1 / 0",
      6,
      "The formula divides by 0 at character 7; write a divisor that is not zero.",
    ],
    ["2-2-1", "layered", "(x_1", 0, "The bracket ( at character 1 is never closed; close it by )."],
    [
      "2-2-1",
      "layered",
      "\\text{since } x_1",
      6,
      'The words "since" at character 7 stand where a factor or term was expected.',
    ],
    [
      "3-4-2",
      "bishop",
      "\\sum_k w_{jk} \\delta_k x_j",
      undefined,
      "The index j counts inputs in x_j and units of layer 1 in w_jk at character 8; it must count the same in both.",
    ],
    [
      "2-3-3-2",
      "bishop",
      "z_j = h(a_j)",
      0,
      '"z_j" at character 1 can be a1[j] or a2[j]; write numbers for its indices, or its layer.',
    ],
    [
      "3-4-2",
      "layered",
      "\\sum_k x_1",
      0,
      "Nothing behind the Σ at character 1 shows what k counts; write k as an index of its terms.",
    ],
    [
      "3-4-2",
      "layered",
      "\\sum_{k=1}^{9} x_k",
      0,
      "The limits of the Σ at character 1 do not fit: k counts the 3 inputs.",
    ],
    ["functions", "scalar", "\\tanh(t, u)", 0, "The function tanh at character 1 takes 1 argument, not 2."],
    [
      "2-2-1",
      "layered",
      "\\def\\a{x_1} \\a",
      0,
      "The command \\def at character 1 defines or builds other commands, and formulas are read as they stand; write the formula out.",
    ],
    [
      "2-2-1",
      "layered",
      "x_1 \\kern-9em x_2",
      4,
      "The command \\kern at character 5 moves what is printed and says nothing in a formula; leave it out.",
    ],
    [
      "2-2-1",
      "layered",
      "\\color{white} x_1",
      0,
      "The command \\color at character 1 can hide or strike out what the formula says; leave it out.",
    ],
    [
      "2-2-1",
      "layered",
      "\\href{javascript:alert(1)}{x}",
      0,
      "The command \\href at character 1 belongs to a page, not to a formula; leave it out.",
    ],
    [
      "2-2-1",
      "layered",
      "\\htmlStyle{color: red}{x_1}",
      0,
      "The command \\htmlStyle at character 1 belongs to a page, not to a formula; leave it out.",
    ],
    [
      "2-2-1",
      "layered",
      "x_1 % + x_2",
      4,
      "The % at character 5 starts a comment, which hides the rest of its line; delete it.",
    ],
    [
      "2-2-1",
      "layered",
      "x_1\u202e + x_2",
      3,
      "The character U+202E at character 4 cannot be seen; delete it.",
    ],
    [
      "2-2-1",
      "layered",
      "\\frac{x_1",
      9,
      "The formula is not LaTeX at character 10: Unexpected end of input in a macro argument, expected '}'. Write it as KaTeX accepts it.",
    ],
  ];
  test.each(rows)("%s in %s: %s", (name, key, latex, position, sentence) => {
    const { message, details } = refusal(name, key, latex);
    expect(message).toBe(sentence);
    if (position !== undefined) expect(details.position).toBe(position);
  });

  test("every character of a failure's position lies inside the text", () => {
    const latex = "\\[ \\frac{\\partial E}{\\partial w_1} = \\delta_9^{(3)} \\]";
    expect(latex.slice(refusal("2-2-1", "layered", latex).details.position)).toMatch(/^\\delta_9/);
  });
});

describe("a hostile text is a Failure at once", () => {
  const repeated = (text: string, total: number = readingLimits.characters): string =>
    text.repeat(Math.floor(total / text.length));
  const texts: readonly (readonly [string, string])[] = [
    ["too many characters", "x".repeat(100_000)],
    ["deep braces", "{".repeat(2000) + "}".repeat(2000)],
    ["deep parentheses", `${"(".repeat(1998)}x_1${")".repeat(1998)}`],
    ["deep fractions", repeated("\\frac{x_1}{")],
    ["deep superscripts", repeated("x_1^{")],
    ["fonts without braces", `${repeated("\\bm", 3900)} x`],
    ["sizes", `${repeated("\\tiny ")}x`],
    ["functions of functions", `${repeated("\\tanh", 3900)} x_1`],
    ["differentials", `${repeated("d ", 3900)}x_1`],
    ["differentials in exponents", `${"d x^{".repeat(60)}x${"}".repeat(60)}`],
    ["partial signs", repeated("\\partial")],
    ["signs", `${"-".repeat(3990)}x_1`],
    ["digits", "1".repeat(4000)],
    ["a tower of powers", `9${"^{9".repeat(60)}${"}".repeat(60)}`],
    ["primes", `f${"'".repeat(3990)}(x_1)`],
    ["bars", "|".repeat(4000)],
    ["cells", `\\begin{matrix}${"&".repeat(3950)}\\end{matrix}`],
    ["sums of sums", `${repeated("\\sum_j", 3900)} x_j`],
    ["sums over everything", repeated("\\sum_j z_j ")],
    ["implications", repeated("\\implies ")],
    ["a macro bomb", `\\def\\a{${"x".repeat(400)}}${"\\a".repeat(200)}`],
    ["a definition after a comment", "%\n\\gdef\\frac#1#2{0}"],
    ["lone surrogates", "\ud800 + \udfff"],
    ["nothing", ""],
    ["an object's own names", "constructor + \\text{__proto__} + \\hasOwnProperty"],
    ["names of the table of nodes", "\\mathrm{toString}(x_1) + \\mathrm{constructor}_{valueOf}"],
    ["letters that fit everywhere", repeated("z_a w_{bc} z_d ", 3000)],
    ["unknown letters", repeated("q_{rs} ", 3900)],
    ["many fine factors", repeated("w_1 x_1 ", 3900)],
  ];
  /** Far above what any of them takes, in time of the processor; what grows faster than its text takes seconds. */
  const milliseconds = 1000;
  const read = reader(network("2-3-3-2"), notations.bishop);
  test.each(texts)("%s", (_, text) => {
    const attempts = Array.from({ length: 3 }, () => {
      const start = process.cpuUsage();
      try {
        read.read(text);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        expect(error.message).toMatch(/[.?]$/);
        expect(error.message.length).toBeLessThan(500);
      }
      return process.cpuUsage(start).user / 1000;
    });
    expect(Math.min(...attempts)).toBeLessThan(milliseconds);
  });

  test("definitions in one text do not reach the next", () => {
    expect(() => treeOf("\\gdef\\frac#1#2{0}")).not.toThrow();
    expect(treeOf("\\frac{1}{2}").nodes[0]!.type).toBe("genfrac");
  });
});

describe("KaTeX gives the tree that is relied on", () => {
  /** A node without its place, and only the fields that the reader looks at. */
  const shape = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(shape);
    if (typeof node !== "object" || node === null) return node;
    const kept = [
      "type",
      "text",
      "base",
      "sub",
      "sup",
      "body",
      "numer",
      "denom",
      "left",
      "right",
      "label",
      "font",
      "name",
      "mathml",
      "index",
    ];
    return Object.fromEntries(
      Object.entries(node)
        .filter(([key, value]) => kept.includes(key) && value !== undefined)
        .map(([key, value]) => [key, shape(value)]),
    );
  };
  const ord = (text: string) => ({ type: "mathord", text });
  const text = (character: string) => ({ type: "textord", text: character });
  const group = (...body: unknown[]) => ({ type: "ordgroup", body });
  const rows: readonly (readonly [string, unknown])[] = [
    ["z_{1}^{2}", [{ type: "supsub", base: ord("z"), sub: group(text("1")), sup: group(text("2")) }]],
    ["f'", [{ type: "supsub", base: ord("f"), sup: group(text("\\prime")) }]],
    [
      "f^{'}",
      [
        {
          type: "supsub",
          base: ord("f"),
          sup: group({ type: "supsub", base: null, sup: group(text("\\prime")) }),
        },
      ],
    ],
    ["z₁²", [{ type: "supsub", base: ord("z"), sub: group(text("1")), sup: group(text("2")) }]],
    ["ŷ", [{ type: "accent", label: "\\hat", base: ord("y") }]],
    ["\\frac{a}{b}", [{ type: "genfrac", numer: group(ord("a")), denom: group(ord("b")) }]],
    ["\\sqrt[3]{a}", [{ type: "sqrt", body: group(ord("a")), index: group(text("3")) }]],
    ["\\left(a\\right)", [{ type: "leftright", left: "(", right: ")", body: [ord("a")] }]],
    ["\\mathrm{ab}", [{ type: "font", font: "mathrm", body: group(ord("a"), ord("b")) }]],
    ["\\text{a}", [{ type: "text", body: [text("a")], font: "\\text" }]],
    ["\\tanh", [{ type: "op", name: "\\tanh" }]],
    ["\\operatorname{a}", [{ type: "operatorname", body: [ord("a")] }]],
    ["\\partial", [text("\\partial")]],
    ["(", [{ type: "atom", text: "(" }]],
    ["a\\,", [ord("a"), { type: "kern" }]],
    ["\\ne", undefined],
  ];
  test.each(rows)("%s", (latex, expected) => {
    const [node] = treeOf(latex).nodes;
    if (expected === undefined) expect(node!.type).toBe("htmlmathml");
    else expect(shape(treeOf(latex).nodes)).toEqual(expected);
  });

  test("the parse function is there in the pinned version", () => {
    expect(katex.version).toBe("0.19.1");
    expect("__parse" in katex).toBe(true);
  });
});
