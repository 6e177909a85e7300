// The losses of the catalogue: each is a formula for one output, and how the outputs are put together.
// A loss is no primitive: it is differentiated and shown like any other formula.

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
    source: "Bishop 2006, eq. 5.11",
  },
  {
    ...plain,
    name: "squared-error",
    formula: "(yhat - y)^2",
    definition: "\\sum_k (\\hat{y}_k - y_k)^2",
    source: "Hastie, Tibshirani and Friedman 2009, eq. 11.9",
  },
  {
    ...plain,
    name: "mean-squared-error",
    formula: "(yhat - y)^2",
    aggregate: "mean",
    definition: "\\frac{1}{K} \\sum_{k=1}^{K} (\\hat{y}_k - y_k)^2",
    source: "Goodfellow, Bengio and Courville 2016, eq. 5.4",
  },
  {
    ...plain,
    name: "binary-cross-entropy",
    formula: "-(y * log(yhat) + (1 - y) * log(1 - yhat))",
    target: "probability",
    definition: "-\\sum_k \\left( y_k \\ln \\hat{y}_k + (1 - y_k) \\ln(1 - \\hat{y}_k) \\right)",
    source: "Bishop 2006, eq. 5.22",
  },
  {
    ...plain,
    name: "categorical-cross-entropy",
    formula: "-y * log(yhat)",
    target: "distribution",
    definition: "-\\sum_k y_k \\ln \\hat{y}_k",
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
    source: "Goodfellow, Bengio and Courville 2016, section 6.2.2.2",
  },
  {
    ...plain,
    name: "absolute-error",
    formula: "abs(yhat - y)",
    definition: "\\sum_k \\lvert \\hat{y}_k - y_k \\rvert",
    source: "Hastie, Tibshirani and Friedman 2009, section 10.6",
  },
  {
    ...plain,
    name: "huber",
    formula: "huber(yhat - y, delta)",
    constants: [{ name: "delta", value: "1" }],
    definition:
      "\\sum_k \\begin{cases} (\\hat{y}_k - y_k)^2 / 2 & \\lvert \\hat{y}_k - y_k \\rvert \\le \\delta \\\\ \\delta (\\lvert \\hat{y}_k - y_k \\rvert - \\delta / 2) & \\text{otherwise} \\end{cases}",
    source: "Huber 1964, section 4",
  },
  {
    ...plain,
    name: "hinge",
    formula: "positive_part(1 - y * yhat)",
    target: "sign",
    definition: "\\sum_k \\max(0, 1 - y_k \\hat{y}_k)",
    source: "Hastie, Tibshirani and Friedman 2009, eq. 12.25",
  },
];
