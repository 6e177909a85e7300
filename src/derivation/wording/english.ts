// English: every sentence of a derivation, keyed by what it says. `{name}` marks where a formula or a user's text goes.
import { type Count, counted, isOne } from "./count.ts";

function times(count: number): string {
  return ["never", "once", "twice"][count] ?? `${count} times`;
}

export const english = {
  /** What a page says around its derivation. */
  page: {
    contents: "Contents",
    equations: "Equations",
    table: "Table",
    permalink: "Permalink",
    copyOf: (what: string): string => `Copy ${what}`,
    copyHint: "Press Ctrl+A or ⌘A in the field, then copy. Escape closes it.",
    close: "Close",
    pageOf: "Page {page} of {pages}",
    colophon: "This derivation, and the same as a web page, as LaTeX and as data:",
    variantAlt: (code: string): string => `QR code of the variant ${code}`,
    codeAlt: "QR code of the permalink that stands beside it",
  },
  title: "The gradient, worked by hand",
  /** Between the last two items of a list. */
  and: "and",

  picture: "The network",
  background: "What is being worked out",
  backgroundForward: "The forward pass has three parts:",
  backgroundForwardParts: [
    "the inputs enter the network,",
    "every hidden and output unit, layer by layer, adds up its weighted inputs and applies its activation function,",
    "the loss compares the outputs with the targets.",
  ],
  backgroundBackward: "The backward pass has two:",
  backgroundBackwardParts: [
    "the chain rule gives the derivative of the loss by every weight and bias, from the output back to the inputs,",
    "each weight and bias takes a step against its derivative, so that the loss shrinks.",
  ],
  backgroundPartial:
    "How far does a person's weight y move when the time x spent on exercise changes a little? That is the derivative dy/dx. If the diet u matters too, ∂y/∂x is the answer with the diet kept as it is, and ∂y/∂u the answer for the diet with the exercise kept as it is. A partial derivative changes one thing and holds the others.",
  backgroundFunctions:
    "The usual activation functions are the sigmoid, tanh and ReLU. Without a nonlinear function between them, several layers would do no more than one.",
  backgroundModes:
    "Backpropagation is automatic differentiation in reverse mode, applied to the loss: the chain rule is followed from the outside inwards, each factor is the derivative of one elementary operation, and each run of the chain gives one component of the gradient.",

  forward: "Forward pass",
  forwardIntro: "Every quantity of the network, from the inputs to the loss.",
  forwardIntroNumbers:
    "Every quantity of the network, from the inputs to the loss: its definition, the numbers put in, the result.",
  forwardTerms:
    "The weighted sum {sum} is a pre-activation; the function turns it into the activation {activation} of the unit. Computing them all in this order is forward propagation.",
  layerMarks:
    "A subscript counts the units of a layer, a superscript names the layer; the inputs are layer {layer}:",
  halfLoss:
    "The factor 1/2 cancels the 2 that the power rule brings along. A constant factor does not move the minimum.",
  forwardSamples: (samples: number): string =>
    isOne(samples)
      ? "These are the values for the sample."
      : `The same definitions hold for each of the ${samples} samples; these are their values.`,
  overSamples: "Over all samples",
  overSamplesIntro: (reduction: "mean" | "sum", samples: number): string =>
    `The loss of the network is the ${reduction} over ${counted(samples, "sample", "samples")}, so everything is derived for a single sample first and then put together in the same way.`,
  units: "Inside a unit",
  unitsIntro: "A drawn unit stands for three steps: multiplications, one sum, and one function.",
  unitsColumns: { unit: "Unit", products: "Multiplications", sum: "Sum", result: "Function" },
  quantity: "Quantity",
  graph: "The graph",
  graphIntro:
    "What each quantity is computed from, and what uses it. A local derivative belongs to every connection.",
  graphColumns: { quantity: "Quantity", from: "Computed from", users: "Used by" },

  abstractFunction: "an abstract function",
  functionName: (name: string): string => name,
  activationAll: "The activation function of every unit is {name}.",
  activationOf: (symbols: number): string =>
    isOne(symbols)
      ? "The activation {symbols} is computed by {name}."
      : "The activations {symbols} are computed by {name}.",

  chain: "Full chain products",
  chainIntro:
    "A path from the loss back to a parameter is a product of local derivatives; the derivative is the sum over all paths.",
  chainOf: "Derivative by {parameter}",
  growth:
    "The chain rule is applied again and again, from the loss towards the parameter, until every factor is the derivative of one definition.",
  noPath: "No path leads from this parameter to the loss, so the derivative is 0.",
  pathsListed: (total: Count, shown: number): string => {
    if (BigInt(total) === BigInt(shown))
      return isOne(total) ? "There is 1 path to the loss." : `There are ${total} paths to the loss.`;
    return `There are ${total} paths to the loss; ${shown} of them ${isOne(shown) ? "is" : "are"} written out here, and the δ form adds up all of them.`;
  },
  localIntro: (factors: number): string =>
    `The local ${isOne(factors) ? "derivative" : "derivatives"} in it:`,
  localKnown: (factors: number): string =>
    isOne(factors)
      ? "Its local derivative was worked out above."
      : "Its local derivatives were all worked out above.",
  localPartlyKnown: (factors: number): string =>
    isOne(factors) ? "Worked out above: {factors}." : "Worked out above: {factors}.",
  definition: "definition",
  path: (number: number): string => `Path ${number}, through {nodes}:`,
  pathSum: "The paths add up:",

  /** What a factor tells, by what is derived and by what it is derived by. */
  meanings: {
    lossByOutput: "{derivative} tells how much the loss {of} changes with the output {by}.",
    lossByPart: "{derivative} tells how much the whole loss {of} changes with the loss {by} of one output.",
    lossByPenalty: "{derivative} tells how much the whole loss {of} changes with the penalty {by}.",
    penaltyByWeight: "{derivative} tells how much the penalty {of} changes with {by}.",
    activationByPreActivation:
      "{derivative} tells how much the activation {of} changes with its weighted sum {by}: it is the derivative of the activation function.",
    softmax:
      "{derivative} tells how much the output {of} changes with the weighted sum {by}: softmax joins all units of its layer.",
    preActivationByWeight:
      "{derivative} tells how much the weighted sum {of} changes with the weight {by}: it is {result}, the signal that the weight multiplies.",
    preActivationByBias:
      "{derivative} tells how much the weighted sum {of} changes with the bias {by}: it is {result}, because the bias is only added.",
    preActivationByActivation:
      "{derivative} tells how much the weighted sum {of} changes with the activation {by} of an earlier unit: it is {result}, the weight of their connection.",
    other: "{derivative} tells how much {of} changes with {by}.",
  },

  /** Why a factor is what it is. */
  rules: {
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
  },

  deltas: "Errors, from the output backwards",
  deltasIntro:
    "Each δ, called an error, is the derivative of the loss by one intermediate quantity. It is worked out once, stored, and used again wherever it occurs.",
  deltaScripts: "A δ carries the subscript and superscript of the quantity that it belongs to.",
  deltaFrom: (deltas: number): string =>
    isOne(deltas) ? "{deltas} is taken from above" : "{deltas} are taken from above",
  usedBy: (users: number): string =>
    users === 0 ? "It is not used again." : `It is used ${times(users)}: in {users}.`,
  gradients: "Gradients",
  gradientsIntro:
    "With the stored errors each derivative is a short product: the error behind the parameter times the signal in front of it.",
  gradientFrom: (deltas: number): string =>
    isOne(deltas) ? "{deltas} was stored above" : "{deltas} were stored above",
  gradientVector: (parameters: Count): string =>
    `The gradient collects ${isOne(parameters) ? "the derivative by the parameter" : `the derivatives by all ${parameters} parameters`}. It points to where the loss grows fastest:`,

  indexed: "The rules with indices",
  indexedIntro:
    "Each rule is stated once for all units of a layer. Free indices stand on both sides of a line, bound ones under their Σ.",
  generalIntro:
    "Each rule is stated once for any unit of the network. The unit with the activation {here} receives connections from the units with the activations {before}, and sends connections to the units with the activations {after}; an input counts as a unit whose activation is given.",
  errors: "The derivatives {delta} by the pre-activations are called errors.",
  local:
    "This is a local computation: the error signal at the output end of the weight times the activation signal at its input end.",
  allUsers: "A connection that skips a layer counts like any other.",
  algorithm: "The algorithm",
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
  throughAll:
    "What a unit passes on reaches the loss through every unit that uses it, so all of these ways are added up:",

  /** What is said of whole layers, said of vectors that equations put together. */
  vectors: {
    indexedIntro:
      "Each rule is stated once for all entries of a vector. Free indices stand on both sides of a line, bound ones under their Σ.",
    boxIntro: {
      forward: "For every quantity, in forward order:",
      error: "For every quantity from which the loss is worked out directly:",
      backward:
        "For every quantity before those, in reverse order; the sum runs over all that is worked out from it:",
      derivative: "For every parameter; the sum runs over all that is worked out from it:",
    },
    matrix: "Whole vectors at once",
    jacobianOf:
      "The derivative of one vector by another has a row for each entry of the first and a column for each entry of the second.",
    fourIndices:
      "The Jacobian of {above} by {below} has four indices and the shape {shape}: {size} numbers. The vector-Jacobian product (VJP), which replaces it, has {product}. It is never built, and only the derivatives by the parameters are kept in the end.",
  },

  matrix: "Whole layers at once",
  matrixIntro: (
    layout: "denominator" | "numerator",
    vectorsAre: "columns" | "rows",
    samples: number,
  ): string => {
    const lies = isOne(samples)
      ? `Vectors are ${vectorsAre}`
      : `The ${samples} samples are the ${vectorsAre} of each matrix`;
    const shape =
      layout === "denominator"
        ? "the shape of the matrix"
        : "the transposed shape, and errors lie across their layer's vectors";
    return `${lies}; derivatives are in ${layout} layout, so the derivative by a matrix has ${shape}. ⊙ multiplies entry by entry.`;
  },
  matricesAgree: (lines: number): string =>
    isOne(lines)
      ? "The matrix line was worked out with real matrices and agrees entry by entry with the sums over indices."
      : `All ${lines} matrix lines were worked out with real matrices and agree entry by entry with the sums over indices.`,
  matricesDiffer: (lines: number): string =>
    isOne(lines)
      ? "The matrix line {ids} does not agree with the sums over indices. Do not use it, and please report this network."
      : "The matrix lines {ids} do not agree with the sums over indices. Do not use them, and please report this network.",
  jacobians: "Jacobians",
  jacobianOf:
    "The derivative of one layer by another has a row for each unit of the first and a column for each unit of the second.",
  jacobianDiagonal:
    "It is diagonal, so multiplying by it is multiplying entry by entry: it need not be built.",
  jacobianSize: (jacobian: Count, product: Count): string =>
    `Built as a matrix it holds ${counted(jacobian, "number", "numbers")}; the product with the error, which is all that is needed, holds ${counted(product, "number", "numbers")}.`,
  jacobianProduct:
    "The error at {below} is the transposed Jacobian times the error at {above}. This is the vector-Jacobian product (VJP):",
  batchJacobian: (samples: number, into: number, from: number, entries: Count, product: Count): string =>
    `For ${counted(samples, "sample", "samples")} the Jacobian of a layer from ${from} to ${into} units would have the shape ${samples} × ${into} × ${samples} × ${from}, ${counted(entries, "number", "numbers")}; the vector-Jacobian product (VJP), which replaces it, has ${product}. It is never built, and only the derivatives by the weights are kept in the end.`,

  forms: "Both forms are one function",
  formsEqual: "The sum of the chain products equals the δ form ({how}).",
  formsDiffer:
    "The sum of the chain products does not equal the δ form: one of them is wrong. Please report this network.",
  compared: (symbolic: boolean, at: "given" | "seeded", bindings: number): string => {
    if (bindings === 0)
      return symbolic
        ? "compared symbolically"
        : "not compared: no numbers were found at which every function has a value";
    const where =
      at === "given"
        ? "with numbers"
        : `with numbers at ${counted(bindings, "seeded binding", "seeded bindings")}`;
    return symbolic ? `compared symbolically and ${where}` : `compared ${where}`;
  },
  /** The same in a few words. */
  how: (symbolic: boolean, at: "given" | "seeded", bindings: number): string => {
    if (bindings === 0) return symbolic ? "symbolic" : "not compared";
    const few = ["no", "one", "two", "three"][bindings] ?? String(bindings);
    const seeded = `numeric at ${few} seeded ${isOne(bindings) ? "binding" : "bindings"}`;
    const numeric = at === "given" ? "numeric" : seeded;
    return symbolic ? `symbolic and ${numeric}` : numeric;
  },
  valueOmitted:
    "This factor by itself is beyond the range of a double; it was evaluated together with its neighbour.",
  cost: (chain: Count, delta: Count): string =>
    `Written out as chain products the gradients take ${counted(chain, "multiplication", "multiplications")}, with stored errors ${counted(delta, "multiplication", "multiplications")}: storing and reusing is what dynamic programming means here.`,
  sameCost: (both: Count): string =>
    `Written out as chain products the gradients take ${counted(both, "multiplication", "multiplications")}, with stored errors as many. Storing saves none here; it does where paths share a product of several factors.`,
  condition: "The targets of a sample add up to 1, which is used here.",

  check: "Check",
  methods: {
    "complex-step": "complex steps",
    "central-difference": "central differences in 64 digits",
  },
  checkAgrees: (compared: number): string =>
    `An independent engine, which shares no derivative with this derivation, found the same ${isOne(compared) ? "derivative" : `${compared} derivatives`} by {methods}.`,
  checkForward: (compared: number, total: number): string =>
    compared === total
      ? "It also found the same loss and the same values in the forward pass."
      : `It also found the same loss and ${compared} of the ${total} values in the forward pass.`,
  checkDeltas: (compared: number, total: number): string =>
    compared === total
      ? "Adding a tiny ε to each intermediate quantity gave the same errors δ."
      : `Adding a tiny ε to ${compared} of ${total} intermediate quantities gave the same errors δ.`,
  checkDirections: (count: number): string =>
    isOne(count)
      ? "1 derivative was compared along random directions."
      : `${count} derivatives were compared together along random directions.`,
  checkDisagrees: (numbers: number): string =>
    isOne(numbers)
      ? "The independent engine found another number for {ids}. Do not use it, and please report this network."
      : "The independent engine found other numbers for {ids}. Do not use them, and please report this network.",
  checkKink: (derivatives: number): string =>
    `The numbers sit at a kink, so {ids} ${isOne(derivatives) ? "was" : "were"} not compared.`,
  checkMissing: (derivatives: number): string =>
    `The independent engine has no finite value for {ids}, so ${isOne(derivatives) ? "it was" : "they were"} not compared.`,
  /** Why the independent engine compared nothing, by its own sentence: what is agreed at a kink, or that it has no value. */
  refereeReason: (sentence: string): string => sentence,
  checkNone: "Nothing was compared.",
  checkNotAsked: "The request asked for no check.",
  noNumbers: "The network is given without numbers.",
  noNumbersAbstract: (functions: number): string =>
    isOne(functions)
      ? "The function {names} is abstract, so there are no numbers to compare."
      : "The functions {names} are abstract, so there are no numbers to compare.",
  noNumbersMissing: (ids: number): string =>
    isOne(ids)
      ? "No number is given for {names}, so there are no numbers to compare."
      : "No numbers are given for {names}, so there are no numbers to compare.",

  update: "Update",
  updateIntro: (steps: number): string =>
    `The gradient points to where the loss grows fastest; each step goes the other way, hence the minus, with learning rate {rate}${isOne(steps) ? "." : `, ${steps} times.`}`,
  updateTable: "In numbers:",
  updateColumns: { parameter: "Parameter", old: "Old value", derivative: "Derivative", new: "New value" },
  updateLoss: (steps: number): string =>
    isOne(steps) ? "The loss before and after the step:" : `The loss before and after the ${steps} steps:`,
  updateLossColumns: { step: "Step", loss: "Loss" },
  perSample: (reduction: "mean" | "sum", samples: number): string =>
    isOne(samples)
      ? "The sample gives the derivative."
      : `Each sample gives a derivative of its own; the result is their ${reduction} over the ${samples} samples.`,
  perSampleColumn: (sample: number): string => `Sample ${sample}`,
  mean: "Mean",
  sum: "Sum",
  parameter: "Parameter",
};

/** What every language has: a missing or differently shaped sentence does not compile. */
export type Wording = typeof english;
