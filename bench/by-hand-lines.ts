// Lines about a 2-2-2 network of sigmoid units with half the squared error: as students write them, and both sides
// evaluated by hand in plain doubles, network included.

/** Numbers for everything free: weights `[to][from]`, one bias a layer. */
export interface Point {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly hidden: readonly (readonly number[])[];
  readonly output: readonly (readonly number[])[];
  readonly biases: readonly number[];
}

export interface LineByHand {
  readonly text: string;
  /** Left side less right side. */
  readonly gap: (point: Point) => number;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

const sumInto = (weights: readonly number[], [first, second]: readonly number[], bias: number): number =>
  weights[0]! * first! + weights[1]! * second! + bias;

function forward({ x, hidden, output, biases }: Point) {
  const z = hidden.map((weights) => sumInto(weights, x, biases[0]!));
  const a = z.map(sigmoid);
  const out = output.map((weights) => sumInto(weights, a, biases[1]!));
  return { z, a, out, yhat: out.map(sigmoid) };
}

/** δ = (ŷ − y) ŷ (1 − ŷ) at the outputs, δ = Σ w δ · a (1 − a) at the hidden units. */
function backward(point: Point) {
  const pass = forward(point);
  const outer = pass.yhat.map((yhat, k) => (yhat - point.y[k]!) * yhat * (1 - yhat));
  const inner = pass.a.map(
    (a, j) => (outer[0]! * point.output[0]![j]! + outer[1]! * point.output[1]![j]!) * a * (1 - a),
  );
  return { ...pass, outer, inner };
}

const pair = [0, 1] as const;

/** Every kind of line for every unit and weight; weights are numbered by their target unit. */
export const linesByHand: readonly LineByHand[] = [
  ...pair.map(
    (j): LineByHand => ({
      text: `z_${j + 1}^{(2)} = w_${2 * j + 1} x_1 + w_${2 * j + 2} x_2 + b_1`,
      gap: (point) => forward(point).z[j]! - sumInto(point.hidden[j]!, point.x, point.biases[0]!),
    }),
  ),
  ...pair.map(
    (k): LineByHand => ({
      text: `\\delta_${k + 1}^{(3)} = (a_${k + 1}^{(3)} - y_${k + 1})\\, a_${k + 1}^{(3)} (1 - a_${k + 1}^{(3)})`,
      gap: (point) => {
        const { outer, yhat } = backward(point);
        return outer[k]! - (yhat[k]! - point.y[k]!) * yhat[k]! * (1 - yhat[k]!);
      },
    }),
  ),
  ...pair.map(
    (j): LineByHand => ({
      text: `\\delta_${j + 1}^{(2)} = \\left(\\delta_1^{(3)} w_${5 + j} + \\delta_2^{(3)} w_${7 + j}\\right) a_${j + 1}^{(2)} \\left(1 - a_${j + 1}^{(2)}\\right)`,
      gap: (point) => {
        const { outer, inner, a } = backward(point);
        const back = outer[0]! * point.output[0]![j]! + outer[1]! * point.output[1]![j]!;
        return inner[j]! - back * a[j]! * (1 - a[j]!);
      },
    }),
  ),
  ...pair.flatMap((j) =>
    pair.map(
      (i): LineByHand => ({
        text: `\\frac{\\partial E}{\\partial w_${2 * j + i + 1}} = \\delta_${j + 1}^{(2)} x_${i + 1}`,
        gap: (point) => {
          const { inner } = backward(point);
          return inner[j]! * point.x[i]! - inner[j]! * point.x[i]!;
        },
      }),
    ),
  ),
  ...pair.flatMap((k) =>
    pair.map(
      (j): LineByHand => ({
        text: `\\frac{\\partial E}{\\partial w_${5 + 2 * k + j}} = -(y_${k + 1} - a_${k + 1}^{(3)}) \\frac{e^{-z_${k + 1}^{(3)}}}{(1 + e^{-z_${k + 1}^{(3)}})^2} a_${j + 1}^{(2)}`,
        gap: (point) => {
          const { outer, out, yhat, a } = backward(point);
          const inverse = Math.exp(-out[k]!);
          return outer[k]! * a[j]! + ((point.y[k]! - yhat[k]!) * inverse * a[j]!) / (1 + inverse) ** 2;
        },
      }),
    ),
  ),
];
