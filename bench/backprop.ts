// The yardstick for numbers: backpropagation over typed arrays, written by hand for one hidden sigmoid layer.
export interface Net {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  readonly weights1: Float64Array;
  readonly biases1: Float64Array;
  readonly weights2: Float64Array;
  readonly biases2: Float64Array;
}

export interface Sample {
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

/** Softmax with cross-entropy, or sigmoid with half the squared error. */
export type Head = "softmax-cross-entropy" | "sigmoid-half-squared-error";

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** A step that adds the gradients of one sample to `gradients` and returns the loss. */
export function backprop(net: Net, gradients: Net, head: Head): (sample: Sample) => number {
  const { hidden: H, outputs: K, weights1, biases1, weights2, biases2 } = net;
  const a = new Float64Array(H);
  const y = new Float64Array(K);
  const delta1 = new Float64Array(H);
  const delta2 = new Float64Array(K);
  return ({ inputs: x, targets: t }) => {
    affine(weights1, biases1, x, a);
    for (let j = 0; j < H; j++) a[j] = sigmoid(a[j]!);
    affine(weights2, biases2, a, y);
    const loss = head === "softmax-cross-entropy" ? softmaxLoss(y, t, delta2) : squaredLoss(y, t, delta2);
    for (let j = 0; j < H; j++) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += weights2[k * H + j]! * delta2[k]!;
      delta1[j] = sum * a[j]! * (1 - a[j]!);
    }
    addOuter(gradients.weights2, gradients.biases2, delta2, a);
    addOuter(gradients.weights1, gradients.biases1, delta1, x);
    return loss;
  };
}

/** z_j = Σ_i w_ji x_i + b_j */
function affine(weights: Float64Array, biases: Float64Array, x: Float64Array, into: Float64Array): void {
  const width = x.length;
  for (let j = 0, row = 0; j < into.length; j++, row += width) {
    let z = biases[j]!;
    for (let i = 0; i < width; i++) z += weights[row + i]! * x[i]!;
    into[j] = z;
  }
}

function softmaxLoss(y: Float64Array, t: Float64Array, delta: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < y.length; k++) largest = Math.max(largest, y[k]!);
  let total = 0;
  for (let k = 0; k < y.length; k++) {
    y[k] = Math.exp(y[k]! - largest);
    total += y[k]!;
  }
  let loss = 0;
  for (let k = 0; k < y.length; k++) {
    y[k]! /= total;
    loss -= t[k]! * Math.log(y[k]!);
    delta[k] = y[k]! - t[k]!;
  }
  return loss;
}

function squaredLoss(y: Float64Array, t: Float64Array, delta: Float64Array): number {
  let loss = 0;
  for (let k = 0; k < y.length; k++) {
    const output = sigmoid(y[k]!);
    const error = output - t[k]!;
    loss += (error * error) / 2;
    delta[k] = error * output * (1 - output);
  }
  return loss;
}

/** dE/dw_kj += δ_k a_j, dE/db_k += δ_k */
function addOuter(
  weights: Float64Array,
  biases: Float64Array,
  delta: Float64Array,
  below: Float64Array,
): void {
  const width = below.length;
  for (let k = 0, row = 0; k < delta.length; k++, row += width) {
    const own = delta[k]!;
    biases[k]! += own;
    for (let j = 0; j < width; j++) weights[row + j]! += own * below[j]!;
  }
}

/** A net of these arrays, or of zeros. */
export function netOf(
  [inputs, hidden, outputs]: readonly [number, number, number],
  numbers: readonly (Float64Array | undefined)[] = [],
): Net {
  const [weights1, biases1, weights2, biases2] = numbers;
  return {
    inputs,
    hidden,
    outputs,
    weights1: weights1 ?? new Float64Array(inputs * hidden),
    biases1: biases1 ?? new Float64Array(hidden),
    weights2: weights2 ?? new Float64Array(hidden * outputs),
    biases2: biases2 ?? new Float64Array(outputs),
  };
}
