// Fills missing numbers of a description reproducibly, so that a large network need not be sent.
import { entryCount, type Quantity } from "../expression/expr.ts";
import type { LossRow } from "./losses.ts";
import type { NumberTable } from "./number-table.ts";
import { normalGenerator, uniformGenerator } from "./random.ts";

export interface Scheme {
  readonly scheme: "glorot-uniform" | "he-normal" | "uniform" | "nice";
  readonly seed: number;
}

/** How a scheme draws one weight and one bias, given how many units feed a unit and how many it feeds. */
interface Draw {
  readonly weight: (uniform: () => number, fanIn: number, fanOut: number) => number;
  readonly bias: (uniform: () => number) => number;
}

/** Short numbers with one decimal, away from 0: ±0.1 … ±0.9. */
function nice(uniform: () => number): number {
  const size = 1 + Math.floor(uniform() * 9);
  return (uniform() < 0.5 ? -size : size) / 10;
}

const schemes: Record<Scheme["scheme"], Draw> = {
  // Glorot and Bengio 2010, eq. 16: uniform within ±√(6 / (fan-in + fan-out)); biases 0.
  "glorot-uniform": {
    weight: (uniform, fanIn, fanOut) => (2 * uniform() - 1) * Math.sqrt(6 / (fanIn + fanOut)),
    bias: () => 0,
  },
  // He et al. 2015, eq. 10: normal with variance 2 / fan-in; biases 0.
  "he-normal": {
    weight: (uniform, fanIn) => normalGenerator(uniform)() * Math.sqrt(2 / fanIn),
    bias: () => 0,
  },
  uniform: { weight: (uniform) => uniform() - 0.5, bias: (uniform) => uniform() - 0.5 },
  nice: { weight: nice, bias: nice },
};

/** Numbers of how many units feed and are fed where a parameter stands. */
export type Fans = (quantity: Quantity) => { readonly fanIn: number; readonly fanOut: number };

/** Draws every parameter, input and target that has no number; the order of drawing is the order given. */
export function initialise(
  { scheme, seed }: Scheme,
  numbers: NumberTable,
  quantities: { parameters: readonly Quantity[]; inputs: readonly Quantity[]; targets: readonly Quantity[] },
  fans: Fans,
  targetKind: LossRow["target"],
  samples: number,
): void {
  const uniform = uniformGenerator(seed);
  const draw = schemes[scheme];
  for (const quantity of quantities.parameters) {
    if (numbers.get(quantity)) continue;
    const { fanIn, fanOut } = fans(quantity);
    const one = (): number =>
      quantity.role === "bias" ? draw.bias(uniform) : draw.weight(uniform, fanIn, fanOut);
    numbers.set(quantity, Float64Array.from({ length: entryCount(quantity) }, one));
  }
  for (let sample = 0; sample < samples; sample += 1) {
    for (const quantity of quantities.inputs) {
      if (numbers.samples[sample]?.has(quantity)) continue;
      numbers.setSample(
        sample,
        quantity,
        Float64Array.from({ length: entryCount(quantity) }, () => Math.round(uniform() * 100) / 100),
      );
    }
    const targets = quantities.targets.filter((quantity) => !numbers.samples[sample]?.has(quantity));
    const drawn = drawTargets(
      targetKind,
      targets.reduce((total, quantity) => total + entryCount(quantity), 0),
      uniform,
    );
    let next = 0;
    for (const quantity of targets) {
      numbers.setSample(sample, quantity, drawn.slice(next, next + entryCount(quantity)));
      next += entryCount(quantity);
    }
  }
}

function drawTargets(kind: LossRow["target"], count: number, uniform: () => number): Float64Array {
  switch (kind) {
    case "distribution": {
      const chosen = Math.floor(uniform() * count);
      return Float64Array.from({ length: count }, (_, position) => (position === chosen ? 1 : 0));
    }
    case "sign":
      return Float64Array.from({ length: count }, () => (uniform() < 0.5 ? -1 : 1));
    case "probability":
      return Float64Array.from({ length: count }, () => (uniform() < 0.5 ? 0 : 1));
    case "real":
      return Float64Array.from({ length: count }, () => Math.round(uniform() * 100) / 100);
  }
}
