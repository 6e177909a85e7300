// How each function of the catalogue is spelled in each language of code: one row each.
//
// A name is called as it stands; anything else is the body of a function of `parameters` that the code defines once.
// Bodies keep their accuracy for large arguments and follow the catalogue's conventions at kinks.
export const languageNames = ["numpy", "pytorch", "javascript"] as const;

export type LanguageName = (typeof languageNames)[number];

export interface FunctionRow extends Readonly<Record<LanguageName, string>> {
  readonly parameters: string;
  /** Functions of this table that the bodies call. */
  readonly uses?: readonly string[];
}

/** One row. */
const of = (parameters: string, numpy: string, pytorch: string, javascript: string): FunctionRow => ({
  parameters,
  numpy,
  pytorch,
  javascript,
});

const named = (name: string): FunctionRow => of("x", `np.${name}`, `torch.${name}`, `Math.${name}`);

const alike = (body: string, ...uses: string[]): FunctionRow => ({ ...of("x", body, body, body), uses });

/** By name of the primitive. */
export const functions: Readonly<Record<string, FunctionRow>> = {
  exp: named("exp"),
  log: named("log"),
  sqrt: named("sqrt"),
  sin: named("sin"),
  cos: named("cos"),
  tan: named("tan"),
  abs: named("abs"),
  sign: named("sign"),
  tanh: named("tanh"),
  max: of("x, y", "np.maximum", "torch.maximum", "Math.max"),
  min: of("x, y", "np.minimum", "torch.minimum", "Math.min"),
  step: of("x", "np.where(x > 0, 1.0, 0.0)", "(x > 0).to(x.dtype)", "x > 0 ? 1 : 0"),
  "positive-part": of("x", "np.maximum(x, 0)", "torch.relu", "Math.max(x, 0)"),
  piecewise: of(
    "condition, above, below",
    "np.where(condition > 0, above, below)",
    "torch.where(condition > 0, above, below)",
    "condition > 0 ? above : below",
  ),
  clip: of(
    "x, low, high",
    "np.clip",
    "torch.minimum(torch.maximum(x, low), high)",
    "Math.min(Math.max(x, low), high)",
  ),
  huber: of(
    "x, delta",
    "np.where(np.abs(x) <= delta, x**2 / 2, delta * (np.abs(x) - delta / 2))",
    "torch.where(torch.abs(x) <= delta, x**2 / 2, delta * (torch.abs(x) - delta / 2))",
    "Math.abs(x) <= delta ? x ** 2 / 2 : delta * (Math.abs(x) - delta / 2)",
  ),
  "normal-cdf": {
    ...of(
      "x",
      "np.vectorize(math.erfc)(-x / math.sqrt(2)) / 2",
      "torch.special.ndtr",
      // Abramowitz and Stegun 1964: the series 26.2.11 near 0, the continued fraction 26.2.14 in the tails.
      "Math.abs(x) < 1.5\n  ? 0.5 + normal_pdf(x) * each(30, (n) => each(n + 1, (m) => (m === 0 ? x : x ** 2 / (2 * m + 1))).reduce((p, q) => p * q)).reduce((p, q) => p + q)\n  : (x < 0 ? 0 : 1) - (Math.sign(x) * normal_pdf(x)) / each(160, (n) => 160 - n).reduce((t, n) => Math.abs(x) + n / t, Math.abs(x))",
    ),
    uses: ["normal-pdf"],
  },
  "normal-pdf": of(
    "x",
    "np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)",
    "torch.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)",
    "Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI)",
  ),
  identity: alike("x + 0"),
  sigmoid: of("x", "1 / (1 + np.exp(-x))", "torch.sigmoid", "1 / (1 + Math.exp(-x))"),
  relu: of("x", "np.maximum(x, 0)", "torch.relu", "Math.max(x, 0)"),
  "leaky-relu": of(
    "x, alpha",
    "np.where(x > 0, x, alpha * x)",
    "torch.where(x > 0, x, alpha * x)",
    "x > 0 ? x : alpha * x",
  ),
  elu: of(
    "x, alpha",
    "np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))",
    "torch.where(x > 0, x, alpha * torch.expm1(torch.clamp(x, max=0)))",
    "x > 0 ? x : alpha * Math.expm1(x)",
  ),
  selu: of(
    "x, scale, alpha",
    "scale * np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))",
    "scale * torch.where(x > 0, x, alpha * torch.expm1(torch.clamp(x, max=0)))",
    "scale * (x > 0 ? x : alpha * Math.expm1(x))",
  ),
  softplus: of(
    "x",
    "np.logaddexp(0, x)",
    "torch.logaddexp(torch.zeros_like(x), x)",
    "Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))",
  ),
  softsign: of("x", "x / (1 + np.abs(x))", "x / (1 + torch.abs(x))", "x / (1 + Math.abs(x))"),
  gelu: alike("x * normal_cdf(x)", "normal-cdf"),
  "gelu-tanh": alike("x * sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x))", "sigmoid"),
  silu: alike("x * sigmoid(x)", "sigmoid"),
  mish: {
    ...of("x", "x * np.tanh(softplus(x))", "x * torch.tanh(softplus(x))", "x * Math.tanh(softplus(x))"),
    uses: ["softplus"],
  },
  softmax: of(
    "x",
    "np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x)))",
    "torch.softmax(x, 0)",
    "((e) => e.map((one) => one / total(e.length, (i) => e[i])))(x.map((one) => Math.exp(one - Math.max(...x))))",
  ),
  "log-softmax": of(
    "x",
    "x - np.max(x) - np.log(np.sum(np.exp(x - np.max(x))))",
    "torch.log_softmax(x, 0)",
    "x.map((one) => one - Math.max(...x) - Math.log(total(x.length, (i) => Math.exp(x[i] - Math.max(...x)))))",
  ),
};
