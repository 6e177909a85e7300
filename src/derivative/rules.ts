// The rules of differentiation by name: what a derivation cites when it gives a factor.
export const rules = {
  sum: { title: "sum rule", statement: "(u + v)' = u' + v'" },
  "constant-multiple": { title: "constant multiple", statement: "(c u)' = c u'" },
  product: { title: "product rule", statement: "(u v)' = u' v + u v'" },
  quotient: { title: "quotient rule", statement: "(1/u)' = -u'/u^2" },
  power: { title: "power rule", statement: "(u^n)' = n u^(n-1) u'" },
  exponential: { title: "exponential rule", statement: "(a^u)' = a^u log(a) u'" },
  function: { title: "derivative of a function", statement: "g(u)' = g'(u) u'" },
  activation: { title: "derivative of the activation", statement: "f(z)' = f'(z) z'" },
  softmax: { title: "derivative of softmax", statement: "dp_k/dz_m = p_k ([k = m] - p_m)" },
  identity: { title: "a quantity by itself", statement: "u' = 1" },
} as const;

export type RuleKey = keyof typeof rules;

/** Which of the rules used on the way names a factor best: the last one that does more than pass it on. */
export function namingRule(used: readonly RuleKey[]): RuleKey {
  return significance.find((rule) => used.includes(rule)) ?? used.at(-1) ?? "identity";
}

/** The most informative first: a function's derivative tells more than the product it stands in. */
const significance: readonly RuleKey[] = [
  "softmax",
  "activation",
  "exponential",
  "power",
  "function",
  "quotient",
  "product",
  "constant-multiple",
];
