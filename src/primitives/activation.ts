// The activation functions of the catalogue: one row each, with the derivative as teachers write it.
//
// Partials are formulas in the argument x1, the constants x2, x3 and the output y. Values keep their relative
// accuracy in both tails: no exp overflows, no 1 + tiny is rounded away.
import { normalDistribution } from "./normal.ts";
import type { Primitive } from "./primitive.ts";

/** Common to the rows of functions of one unit. */
const ofOneUnit = { kind: "scalar", primed: true, activation: true } as const;

/** Common to the rows of functions that join all units of a layer. */
const ofAllUnits = { kind: "vector", primed: true, activation: true, analytic: true } as const;

export const activation: readonly Primitive[] = [
  {
    ...ofOneUnit,
    name: "identity",
    spelling: { latex: "\\operatorname{id}", plain: "id", speech: { en: "the identity", de: "Identität" } },
    partials: ["1"],
    value: (x) => x,
    analytic: true,
    definition: "x",
    spokenDefinition: { en: "x", de: "x" },
    definitionFormula: "x",
    source: "Bishop 2006, section 5.2",
  },
  {
    ...ofOneUnit,
    name: "sigmoid",
    spelling: { latex: "\\sigma", plain: "σ", speech: { en: "sigmoid", de: "Sigmoid" } },
    partials: ["y * (1 - y)"],
    value: sigmoid,
    analytic: true,
    definition: "\\frac{1}{1 + e^{-x}}",
    spokenDefinition: {
      en: "the fraction 1 over 1 plus the exponential of open bracket minus x close bracket, end fraction",
      de: "der Bruch 1 durch 1 plus die Exponentialfunktion von Klammer auf minus x Klammer zu, Ende Bruch",
    },
    definitionFormula: "1 / (1 + exp(-x))",
    source: "Bishop 2006, eq. 4.59, derivative eq. 4.88",
  },
  {
    ...ofOneUnit,
    name: "tanh",
    spelling: {
      latex: "\\tanh",
      plain: "tanh",
      speech: { en: "the hyperbolic tangent", de: "der Tangens hyperbolicus" },
    },
    partials: ["1 - y^2"],
    value: Math.tanh,
    analytic: true,
    definition: "\\frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}",
    spokenDefinition: {
      en: "the fraction the exponential of x, minus the exponential of open bracket minus x close bracket, over the exponential of x, plus the exponential of open bracket minus x close bracket, end fraction",
      de: "der Bruch die Exponentialfunktion von x, minus die Exponentialfunktion von Klammer auf minus x Klammer zu, durch die Exponentialfunktion von x, plus die Exponentialfunktion von Klammer auf minus x Klammer zu, Ende Bruch",
    },
    definitionFormula: "(exp(x) - exp(-x)) / (exp(x) + exp(-x))",
    source: "Bishop 2006, eq. 5.59, derivative eq. 5.60",
  },
  {
    ...ofOneUnit,
    name: "relu",
    spelling: {
      latex: "\\operatorname{ReLU}",
      plain: "ReLU",
      speech: { en: "rectified linear unit", de: "rektifizierte lineare Einheit" },
    },
    partials: ["step(x1)"],
    value: (x) => Math.max(x, 0),
    kinks: [
      { where: "x1", convention: "The derivative of ReLU at 0 is taken as 0 (PyTorch, TensorFlow, JAX)." },
    ],
    analytic: false,
    definition: "\\max(0, x)",
    spokenDefinition: { en: "the maximum of 0 and x", de: "das Maximum von 0 und x" },
    definitionFormula: "positive_part(x)",
    source: "Goodfellow, Bengio and Courville 2016, section 6.3.1",
  },
  {
    ...ofOneUnit,
    name: "leaky-relu",
    spelling: {
      latex: "\\operatorname{LReLU}",
      plain: "LReLU",
      speech: { en: "leaky rectified linear unit", de: "undichte rektifizierte lineare Einheit" },
    },
    constants: [{ name: "alpha", value: "0.01" }],
    partials: ["piecewise(x1, 1, x2)", "min(x1, 0)"],
    value: (x, alpha) => (x > 0 ? x : alpha * x),
    kinks: [{ where: "x1", convention: "The derivative of leaky ReLU at 0 is taken as alpha (PyTorch)." }],
    analytic: false,
    definition: "\\begin{cases} x & x > 0 \\\\ \\alpha x & x \\le 0 \\end{cases}",
    spokenDefinition: {
      en: "by cases, x, if x is positive, or alpha times x, if x is not positive, end cases",
      de: "fallweise, x, falls x positiv ist, oder alpha mal x, falls x nicht positiv ist, Ende Fälle",
    },
    source: "Maas, Hannun and Ng 2013, section 2",
  },
  {
    ...ofOneUnit,
    name: "elu",
    spelling: {
      latex: "\\operatorname{ELU}",
      plain: "ELU",
      speech: { en: "exponential linear unit", de: "exponentiell-lineare Einheit" },
    },
    constants: [{ name: "alpha", value: "1" }],
    partials: ["piecewise(x1, 1, y + x2)", "exp(min(x1, 0)) - 1"],
    value: (x, alpha) => (x > 0 ? x : alpha * Math.expm1(x)),
    kinks: [{ where: "x1", convention: "The derivative of ELU at 0 is taken as alpha (PyTorch)." }],
    analytic: false,
    definition: "\\begin{cases} x & x > 0 \\\\ \\alpha (e^{x} - 1) & x \\le 0 \\end{cases}",
    spokenDefinition: {
      en: "by cases, x, if x is positive, or alpha times open bracket the exponential of x, minus 1 close bracket, if x is not positive, end cases",
      de: "fallweise, x, falls x positiv ist, oder alpha mal Klammer auf die Exponentialfunktion von x, minus 1 Klammer zu, falls x nicht positiv ist, Ende Fälle",
    },
    source: "Clevert, Unterthiner and Hochreiter 2016, section 3",
  },
  {
    ...ofOneUnit,
    name: "selu",
    spelling: {
      latex: "\\operatorname{SELU}",
      plain: "SELU",
      speech: { en: "scaled exponential linear unit", de: "skalierte exponentiell-lineare Einheit" },
    },
    constants: [
      { name: "lambda", value: "1.0507009873554805" },
      { name: "alpha", value: "1.6732632423543772" },
    ],
    partials: ["piecewise(x1, x2, y + x2 * x3)", "y / x2", "x2 * (exp(min(x1, 0)) - 1)"],
    value: (x, lambda, alpha) => lambda * (x > 0 ? x : alpha * Math.expm1(x)),
    kinks: [
      { where: "x1", convention: "The derivative of SELU at 0 is taken as lambda times alpha (PyTorch)." },
    ],
    analytic: false,
    definition: "\\lambda \\begin{cases} x & x > 0 \\\\ \\alpha (e^{x} - 1) & x \\le 0 \\end{cases}",
    spokenDefinition: {
      en: "lambda times by cases, x, if x is positive, or alpha times open bracket the exponential of x, minus 1 close bracket, if x is not positive, end cases",
      de: "lambda mal fallweise, x, falls x positiv ist, oder alpha mal Klammer auf die Exponentialfunktion von x, minus 1 Klammer zu, falls x nicht positiv ist, Ende Fälle",
    },
    source: "Klambauer, Unterthiner, Mayr and Hochreiter 2017, eq. 2",
  },
  {
    ...ofOneUnit,
    name: "softplus",
    spelling: {
      latex: "\\operatorname{softplus}",
      plain: "softplus",
      speech: { en: "softplus", de: "Softplus" },
    },
    partials: ["sigmoid(x1)"],
    value: softplus,
    analytic: true,
    definition: "\\ln(1 + e^{x})",
    spokenDefinition: {
      en: "the natural logarithm of open bracket 1 plus the exponential of x close bracket",
      de: "der natürliche Logarithmus von Klammer auf 1 plus die Exponentialfunktion von x Klammer zu",
    },
    definitionFormula: "log(1 + exp(x))",
    source: "Goodfellow, Bengio and Courville 2016, eq. 3.31, derivative eq. 3.36",
  },
  {
    ...ofOneUnit,
    name: "softsign",
    spelling: {
      latex: "\\operatorname{softsign}",
      plain: "softsign",
      speech: { en: "softsign", de: "Softsign" },
    },
    partials: ["1 / (1 + abs(x1))^2"],
    value: (x) => x / (1 + Math.abs(x)),
    analytic: false,
    definition: "\\frac{x}{1 + \\lvert x \\rvert}",
    spokenDefinition: {
      en: "the fraction x over 1 plus the absolute value of x, end fraction",
      de: "der Bruch x durch 1 plus der Betrag von x, Ende Bruch",
    },
    definitionFormula: "x / (1 + abs(x))",
    source: "Glorot and Bengio 2010, section 3",
  },
  {
    ...ofOneUnit,
    name: "gelu",
    spelling: {
      latex: "\\operatorname{GELU}",
      plain: "GELU",
      speech: { en: "Gaussian error linear unit", de: "Gaußsche Fehler-lineare Einheit" },
    },
    partials: ["normal_cdf(x1) + x1 * normal_pdf(x1)"],
    value: (x) => x * normalDistribution(x),
    analytic: true,
    definition: "x \\, \\Phi(x)",
    spokenDefinition: {
      en: "x times the normal distribution function of x",
      de: "x mal die Verteilungsfunktion der Normalverteilung von x",
    },
    definitionFormula: "x * normal_cdf(x)",
    source: "Hendrycks and Gimpel 2016, section 2",
  },
  {
    ...ofOneUnit,
    name: "gelu-tanh",
    spelling: {
      latex: "\\operatorname{GELU}_{\\tanh}",
      plain: "GELU_tanh",
      speech: {
        en: "approximate Gaussian error linear unit",
        de: "angenäherte Gaußsche Fehler-lineare Einheit",
      },
    },
    // With u = √(2/π) (x + 0.044715 x³): (1 + tanh u) / 2 + x/2 (1 − tanh² u) du/dx, √(2/π) = 0.7978845608028654.
    partials: [
      "(1 + tanh(0.7978845608028654 * (x1 + 0.044715 * x1^3))) / 2 + x1 / 2 * (1 - tanh(0.7978845608028654 * (x1 + 0.044715 * x1^3))^2) * 0.7978845608028654 * (1 + 0.134145 * x1^2)",
    ],
    value: geluTanh,
    analytic: true,
    definition:
      "\\frac{x}{2} \\left(1 + \\tanh\\left(\\sqrt{2 / \\pi} \\, (x + 0.044715 x^3)\\right)\\right)",
    spokenDefinition: {
      en: "the fraction x over 2, end fraction, times open bracket 1 plus the hyperbolic tangent of open bracket the square root of the fraction 2 over pi, end fraction, times open bracket x plus 0.044715 times x cubed close bracket close bracket close bracket",
      de: "der Bruch x durch 2, Ende Bruch, mal Klammer auf 1 plus der Tangens hyperbolicus von Klammer auf die Quadratwurzel von der Bruch 2 durch pi, Ende Bruch, mal Klammer auf x plus 0,044715 mal x hoch drei Klammer zu Klammer zu Klammer zu",
    },
    source: "Hendrycks and Gimpel 2016, section 2",
  },
  {
    ...ofOneUnit,
    name: "silu",
    spelling: {
      latex: "\\operatorname{SiLU}",
      plain: "SiLU",
      speech: { en: "sigmoid linear unit", de: "Sigmoid-lineare Einheit" },
    },
    partials: ["sigmoid(x1) * (1 + x1 * (1 - sigmoid(x1)))"],
    value: (x) => x * sigmoid(x),
    analytic: true,
    definition: "x \\, \\sigma(x)",
    spokenDefinition: { en: "x times sigmoid of x", de: "x mal Sigmoid von x" },
    definitionFormula: "x * sigmoid(x)",
    source: "Elfwing, Uchibe and Doya 2018, eq. 5, derivative eq. 6",
  },
  {
    ...ofOneUnit,
    name: "mish",
    spelling: { latex: "\\operatorname{Mish}", plain: "Mish", speech: { en: "mish", de: "Mish" } },
    partials: ["tanh(softplus(x1)) + x1 * sigmoid(x1) * (1 - tanh(softplus(x1))^2)"],
    value: (x) => x * Math.tanh(softplus(x)),
    analytic: true,
    definition: "x \\tanh(\\ln(1 + e^{x}))",
    spokenDefinition: {
      en: "x times the hyperbolic tangent of the natural logarithm of open bracket 1 plus the exponential of x close bracket",
      de: "x mal der Tangens hyperbolicus von der natürliche Logarithmus von Klammer auf 1 plus die Exponentialfunktion von x Klammer zu",
    },
    definitionFormula: "x * tanh(softplus(x))",
    source: "Misra 2020, eq. 1",
  },
  {
    ...ofAllUnits,
    name: "softmax",
    spelling: {
      latex: "\\operatorname{softmax}",
      plain: "softmax",
      speech: { en: "softmax", de: "Softmax" },
    },
    partials: ["y[k] * (same(k, m) - y[m])"],
    values: softmax,
    definition: "\\frac{e^{x_k}}{\\sum_m e^{x_m}}",
    spokenDefinition: {
      en: "the fraction the exponential of x k, over the sum over m of the exponential of x m, end fraction",
      de: "der Bruch die Exponentialfunktion von x k, durch die Summe über m von die Exponentialfunktion von x m, Ende Bruch",
    },
    source: "Bishop 2006, eq. 4.104, derivative eq. 4.106",
  },
  {
    ...ofAllUnits,
    name: "log-softmax",
    spelling: {
      latex: "\\operatorname{logsoftmax}",
      plain: "logsoftmax",
      speech: { en: "log-softmax", de: "Log-Softmax" },
    },
    partials: ["same(k, m) - exp(y[m])"],
    values: logSoftmax,
    definition: "x_k - \\ln \\sum_m e^{x_m}",
    spokenDefinition: {
      en: "x k minus the natural logarithm of open bracket the sum over m of the exponential of x m close bracket",
      de: "x k minus der natürliche Logarithmus von Klammer auf die Summe über m von die Exponentialfunktion von x m Klammer zu",
    },
    source: "Goodfellow, Bengio and Courville 2016, eq. 6.30",
  },
];

/** 1 / (1 + e^−x), with the exponential of −|x| so that neither tail overflows. */
function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const exponential = Math.exp(x);
  return exponential / (1 + exponential);
}

/** ln(1 + e^x) = max(x, 0) + ln(1 + e^−|x|). */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** x (1 + tanh u) / 2 = x σ(2u) with u = √(2/π) (x + 0.044715 x³); σ keeps the left tail that 1 + tanh loses. */
function geluTanh(x: number): number {
  return x * sigmoid(2 * 0.7978845608028654 * (x + 0.044715 * x * x * x));
}

/** y_k = e^(x_k − max) / Σ_m e^(x_m − max). */
function softmax(args: Float64Array, into: Float64Array): void {
  const largest = args.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  for (let unit = 0; unit < args.length; unit += 1) {
    into[unit] = Math.exp(args[unit]! - largest);
    sum += into[unit]!;
  }
  for (let unit = 0; unit < args.length; unit += 1) into[unit]! /= sum;
}

/** y_k = (x_k − max) − ln(1 + Σ' e^(x_m − max)), Σ' without the largest argument itself. */
function logSoftmax(args: Float64Array, into: Float64Array): void {
  const largest = args.reduce((a, b) => Math.max(a, b));
  const at = args.indexOf(largest);
  let others = 0;
  for (let unit = 0; unit < args.length; unit += 1) {
    if (unit !== at) others += Math.exp(args[unit]! - largest);
  }
  for (let unit = 0; unit < args.length; unit += 1) into[unit] = args[unit]! - largest - Math.log1p(others);
}
