// Every sentence of a derivation, keyed by what it says; the sections put formulas and numbers between the words.

/** "1 path", "3 paths". */
function counted(count: bigint | number, one: string, many: string): string {
  return `${count} ${BigInt(count) === 1n ? one : many}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  if (items.length <= 1) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

function times(count: number): string {
  return ["never", "once", "twice"][count] ?? `${count} times`;
}

export const wording = {
  title: "The gradient, worked by hand",
  forward: "Forward pass",
  forwardIntro: "Every quantity of the network, from the inputs to the loss.",
  forwardIntroNumbers:
    "Every quantity of the network, from the inputs to the loss: its definition, the numbers put in, the result.",
  forwardSamples: (samples: number) =>
    `The same definitions hold for each of the ${samples} samples; these are their values.`,
  sample: "Sample",
  graph: "The graph",
  graphIntro:
    "What each quantity is computed from, and what uses it. A local derivative belongs to every connection.",
  graphColumns: ["Quantity", "Computed from", "Used by"] as const,
  chain: "Full chain products",
  chainIntro:
    "A path from the loss back to a parameter is a product of local derivatives; the derivative is the sum over all paths.",
  chainOf: "Derivative by ",
  pathsListed: (total: bigint, shown: number) =>
    BigInt(shown) === total
      ? `There ${total === 1n ? "is" : "are"} ${counted(total, "path", "paths")} to the loss.`
      : `There are ${counted(total, "path", "paths")} to the loss; ${shown} of them ${shown === 1 ? "is" : "are"} written out here, and the δ form below adds up all of them.`,
  noPath: "No path leads from this parameter to the loss, so the derivative is 0.",
  localIntro: (count: number) => `The local ${count === 1 ? "derivative" : "derivatives"} in it:`,
  localKnown: "Its local derivatives were all worked out above.",
  path: (number: number) => `Path ${number}, through `,
  pathSum: "The paths add up:",
  abstractFunction: "an abstract function",
  activationAll: (name: string) => `The activation function of every unit is ${name}.`,
  activationOf: (name: string) => `The activation function ${name} gives `,
  deltas: "Errors, from the output backwards",
  deltasIntro:
    "Each δ is the derivative of the loss by one intermediate quantity. It is worked out once, stored, and used again wherever it occurs.",
  usedBy: (users: readonly string[]) =>
    users.length === 0 ? "It is not used again." : `It is used ${times(users.length)}: in `,
  gradients: "Gradients",
  gradientsIntro:
    "With the stored errors each derivative is a short product: the error behind the parameter times the signal in front of it.",
  indexed: "The rules with indices",
  indexedIntro:
    "Each rule is stated once for all units of a layer. Free indices stand on both sides of a line, bound ones under their Σ.",
  boxes: {
    forward: "Forward pass",
    error: "Errors at the output",
    backward: "Errors backwards",
    derivative: "Derivatives",
  },
  boxIntro: {
    forward: "For every unit, in forward order:",
    error: "For every output unit:",
    backward:
      "For every hidden unit, in reverse order; the sum runs over all units to which it sends a connection:",
    derivative: "For every weight and bias: the error at the output end times the signal at the input end.",
  },
  overSamples: "Over all samples:",
  matrix: "Whole layers at once",
  matrixIntro: (layout: "denominator" | "numerator", vectorsAre: "columns" | "rows", samples: number) =>
    `${samples > 1 ? `The ${samples} samples are the ${vectorsAre} of each matrix` : `Vectors are ${vectorsAre}`}; derivatives are in ${layout} layout, so ∂E/∂W has ${layout === "denominator" ? "the shape of W" : "the shape of W transposed and errors lie across their layer's vectors"}. ⊙ multiplies entry by entry.`,
  shape: (shape: string) => `${shape}`,
  matricesAgree: (lines: number) =>
    `All ${lines} matrix lines were worked out with real matrices and agree entry by entry with the sums over indices.`,
  matricesDiffer: (ids: readonly string[]) =>
    `These matrix lines do not agree with the sums over indices: ${listed(ids)}. Do not use them, and please report this network.`,
  jacobians: "Jacobians",
  jacobianOf:
    "The derivative of a layer's activations by its pre-activations has row k and column m for each pair of units.",
  jacobianDiagonal:
    "It is diagonal, so multiplying by it is multiplying entry by entry: it need not be built.",
  jacobianSize: (jacobian: number, product: number) =>
    `Built as a matrix it holds ${counted(jacobian, "number", "numbers")}; the product with the error, which is all that is needed, holds ${counted(product, "number", "numbers")}.`,
  batchJacobian: (samples: number, into: number, from: number, entries: string, product: string) =>
    `For a batch of ${samples} the Jacobian of a layer from ${from} to ${into} units would have the shape ${samples} × ${into} × ${samples} × ${from}, ${entries} numbers; the vector-Jacobian product, which replaces it, has ${product}. It is never built.`,
  forms: "Both forms are one function",
  formsEqual: (how: string) => `The sum of the chain products equals the δ form (${how}).`,
  formsDiffer:
    "The sum of the chain products does not equal the δ form: one of them is wrong. Please report this network.",
  cost: (chain: bigint, delta: bigint) =>
    `Written out as chain products the gradients take ${counted(chain, "multiplication", "multiplications")}, with stored errors ${counted(delta, "multiplication", "multiplications")}: storing and reusing is what dynamic programming means here.`,
  check: "Check",
  checkAgrees: (compared: number, method: string) =>
    `An independent engine, which shares no derivative with this derivation, found the same ${compared === 1 ? "derivative" : `${compared} derivatives`} by ${method}.`,
  checkForward: (compared: number, total: number) =>
    compared === total
      ? "It also found the same loss and the same values in the forward pass."
      : `It also found the same loss and ${compared} of the ${total} values in the forward pass.`,
  checkDeltas: (compared: number, total: number) =>
    compared === total
      ? "Adding a tiny ε to each intermediate quantity gave the same errors δ."
      : `Adding a tiny ε to ${compared} of ${total} intermediate quantities gave the same errors δ.`,
  checkDirections: (count: number) =>
    `${counted(count, "derivative was", "derivatives were")} compared together along random directions.`,
  checkDisagrees: (ids: readonly string[]) =>
    `The independent engine found other numbers for ${listed(ids)}. Do not use them, and please report this network.`,
  checkKink: (ids: readonly string[], convention: string) =>
    `The numbers sit at a kink, so ${listed(ids)} ${ids.length === 1 ? "was" : "were"} not compared. ${convention}`,
  checkNone: (reason: string) => `Nothing was compared. ${reason}`,
  update: "Update",
  updateIntro: (rate: string, steps: number) =>
    `The gradient points to where the loss grows fastest; each step goes the other way, with learning rate ${rate}${steps === 1 ? "" : `, ${steps} times`}.`,
  updateColumns: ["Parameter", "Old value", "Derivative", "New value"] as const,
  updateColumnsMany: ["Parameter", "Old value", "New value"] as const,
  updateLoss: (steps: number) =>
    `The loss before and after ${steps === 1 ? "the step" : `the ${steps} steps`}:`,
  updateLossColumns: ["Step", "Loss"] as const,
  perSample: (reduction: "mean" | "sum", samples: number) =>
    `Each sample gives a derivative of its own; the result is their ${reduction} over the ${samples} samples.`,
  perSampleColumn: (sample: number) => `Sample ${sample}`,
  reduced: (reduction: "mean" | "sum") => (reduction === "mean" ? "Mean" : "Sum"),
  parameter: "Parameter",
  condition: "The targets of a sample add up to 1, which is used here.",
} as const;

/** Why a factor is what it is, by rule. */
export const ruleWording: Readonly<Record<string, string>> = {
  sum: "sum rule",
  "constant-multiple": "constant factor",
  product: "product rule",
  quotient: "quotient rule",
  power: "power rule",
  exponential: "exponential rule",
  function: "derivative of the function",
  activation: "derivative of the activation",
  softmax: "derivative of softmax",
  identity: "a quantity by itself",
};
