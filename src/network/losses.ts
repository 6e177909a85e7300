// The losses of the catalogue: each is a formula for one output, and how the outputs are put together.
// A loss is no primitive: it is differentiated and shown like any other formula.
import type { Spoken } from "../primitives/primitive.ts";

export interface LossRow {
  readonly name: string;
  /** The loss of one output in the formula language: `yhat` is the output, `y` its target, constants by name. */
  readonly formula: string;
  /** How the outputs of one sample are put together: Σ_k, or (1/K) Σ_k. */
  readonly aggregate: "sum" | "mean";
  readonly constants?: readonly { readonly name: string; readonly value: string }[];
  /** The outputs are logits: `yhat` in the formula is the entry of this vector function of all outputs. */
  readonly logits?: "log-softmax";
  /** The activation of the output layer that the loss already contains, and what to say where it is given. */
  readonly refusedAfter?: { readonly activation: string; readonly sentence: string };
  /** What the targets are: any numbers, numbers from 0 to 1, a distribution over the outputs, or −1 and 1. */
  readonly target: "real" | "probability" | "distribution" | "sign";
  /** The whole loss of one sample as a teacher writes it, in LaTeX. */
  readonly definition: string;
  /** The same as it is read aloud. */
  readonly spokenDefinition: Spoken;
  readonly source: string;
}

/** What most rows have in common. */
const plain = { aggregate: "sum", target: "real" } as const;

export const losses: readonly LossRow[] = [
  {
    ...plain,
    name: "half-squared-error",
    formula: "(yhat - y)^2 / 2",
    definition: "\\frac{1}{2} \\sum_k (\\hat{y}_k - y_k)^2",
    spokenDefinition: {
      en: "one half times the sum over k of open bracket y hat k minus y k close bracket squared",
      de: "ein halb mal die Summe über k von Klammer auf y Dach k minus y k Klammer zu zum Quadrat",
    },
    source: "Bishop 2006, eq. 5.11",
  },
  {
    ...plain,
    name: "squared-error",
    formula: "(yhat - y)^2",
    definition: "\\sum_k (\\hat{y}_k - y_k)^2",
    spokenDefinition: {
      en: "the sum over k of open bracket y hat k minus y k close bracket squared",
      de: "die Summe über k von Klammer auf y Dach k minus y k Klammer zu zum Quadrat",
    },
    source: "Hastie, Tibshirani and Friedman 2009, eq. 11.9",
  },
  {
    ...plain,
    name: "mean-squared-error",
    formula: "(yhat - y)^2",
    aggregate: "mean",
    definition: "\\frac{1}{K} \\sum_{k=1}^{K} (\\hat{y}_k - y_k)^2",
    spokenDefinition: {
      en: "the fraction 1 over capital k, end fraction, times the sum over k from 1 to capital k of open bracket y hat k minus y k close bracket squared",
      de: "der Bruch 1 durch groß k, Ende Bruch, mal die Summe über k ab 1 bis groß k von Klammer auf y Dach k minus y k Klammer zu zum Quadrat",
    },
    source: "Goodfellow, Bengio and Courville 2016, eq. 5.4",
  },
  {
    ...plain,
    name: "binary-cross-entropy",
    formula: "-(y * log(yhat) + (1 - y) * log(1 - yhat))",
    target: "probability",
    definition: "-\\sum_k \\left( y_k \\ln \\hat{y}_k + (1 - y_k) \\ln(1 - \\hat{y}_k) \\right)",
    spokenDefinition: {
      en: "minus the sum over k of open bracket y k times the natural logarithm of y hat k, plus open bracket 1 minus y k close bracket times the natural logarithm of open bracket 1 minus y hat k close bracket close bracket",
      de: "minus die Summe über k von Klammer auf y k mal der natürliche Logarithmus von y Dach k, plus Klammer auf 1 minus y k Klammer zu mal der natürliche Logarithmus von Klammer auf 1 minus y Dach k Klammer zu Klammer zu",
    },
    source: "Bishop 2006, eq. 5.22",
  },
  {
    ...plain,
    name: "categorical-cross-entropy",
    formula: "-y * log(yhat)",
    target: "distribution",
    definition: "-\\sum_k y_k \\ln \\hat{y}_k",
    spokenDefinition: {
      en: "minus the sum over k of y k times the natural logarithm of y hat k",
      de: "minus die Summe über k von y k mal der natürliche Logarithmus von y Dach k",
    },
    source: "Bishop 2006, eq. 5.24",
  },
  {
    ...plain,
    name: "softmax-cross-entropy",
    formula: "-y * yhat",
    logits: "log-softmax",
    refusedAfter: {
      activation: "softmax",
      sentence:
        'The loss "softmax-cross-entropy" contains the softmax, so after a softmax layer it would be applied twice; ' +
        'use "categorical-cross-entropy", or give the last layer the activation "identity".',
    },
    target: "distribution",
    definition: "-\\sum_k y_k \\ln \\frac{e^{\\hat{y}_k}}{\\sum_m e^{\\hat{y}_m}}",
    spokenDefinition: {
      en: "minus the sum over k of y k times the natural logarithm of the fraction the exponential of y hat k, over the sum over m of the exponential of y hat m, end fraction",
      de: "minus die Summe über k von y k mal der natürliche Logarithmus von der Bruch die Exponentialfunktion von y Dach k, durch die Summe über m von die Exponentialfunktion von y Dach m, Ende Bruch",
    },
    source: "Goodfellow, Bengio and Courville 2016, eq. 6.30",
  },
  {
    ...plain,
    name: "sigmoid-cross-entropy",
    formula: "softplus(yhat) - y * yhat",
    refusedAfter: {
      activation: "sigmoid",
      sentence:
        'The loss "sigmoid-cross-entropy" contains the sigmoid, so after a sigmoid layer it would be applied twice; ' +
        'use "binary-cross-entropy", or give the last layer the activation "identity".',
    },
    target: "probability",
    definition: "\\sum_k \\left( \\ln(1 + e^{\\hat{y}_k}) - y_k \\hat{y}_k \\right)",
    spokenDefinition: {
      en: "the sum over k of open bracket the natural logarithm of open bracket 1 plus the exponential of y hat k close bracket, minus y k times y hat k close bracket",
      de: "die Summe über k von Klammer auf der natürliche Logarithmus von Klammer auf 1 plus die Exponentialfunktion von y Dach k Klammer zu, minus y k mal y Dach k Klammer zu",
    },
    source: "Goodfellow, Bengio and Courville 2016, section 6.2.2.2",
  },
  {
    ...plain,
    name: "absolute-error",
    formula: "abs(yhat - y)",
    definition: "\\sum_k \\lvert \\hat{y}_k - y_k \\rvert",
    spokenDefinition: {
      en: "the sum over k of the absolute value of open bracket y hat k minus y k close bracket",
      de: "die Summe über k von der Betrag von Klammer auf y Dach k minus y k Klammer zu",
    },
    source: "Hastie, Tibshirani and Friedman 2009, section 10.6",
  },
  {
    ...plain,
    name: "huber",
    formula: "huber(yhat - y, delta)",
    constants: [{ name: "delta", value: "1" }],
    definition:
      "\\sum_k \\begin{cases} (\\hat{y}_k - y_k)^2 / 2 & \\lvert \\hat{y}_k - y_k \\rvert \\le \\delta \\\\ \\delta (\\lvert \\hat{y}_k - y_k \\rvert - \\delta / 2) & \\text{otherwise} \\end{cases}",
    spokenDefinition: {
      en: "the sum over k of by cases, the fraction open bracket y hat k minus y k close bracket squared, over 2, end fraction, if the absolute value of open bracket y hat k minus y k close bracket is at most delta, or delta times open bracket the absolute value of open bracket y hat k minus y k close bracket, minus the fraction delta over 2, end fraction, close bracket, otherwise, end cases",
      de: "die Summe über k von fallweise, der Bruch Klammer auf y Dach k minus y k Klammer zu zum Quadrat, durch 2, Ende Bruch, falls der Betrag von Klammer auf y Dach k minus y k Klammer zu höchstens delta ist, oder delta mal Klammer auf der Betrag von Klammer auf y Dach k minus y k Klammer zu, minus der Bruch delta durch 2, Ende Bruch, Klammer zu, sonst, Ende Fälle",
    },
    source: "Huber 1964, section 4",
  },
  {
    ...plain,
    name: "hinge",
    formula: "positive_part(1 - y * yhat)",
    target: "sign",
    definition: "\\sum_k \\max(0, 1 - y_k \\hat{y}_k)",
    spokenDefinition: {
      en: "the sum over k of the maximum of 0 and open bracket 1 minus y k times y hat k close bracket",
      de: "die Summe über k von das Maximum von 0 und Klammer auf 1 minus y k mal y Dach k Klammer zu",
    },
    source: "Hastie, Tibshirani and Friedman 2009, eq. 12.25",
  },
];
