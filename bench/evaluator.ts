// Goal: the compiled loops are as fast as backpropagation written by hand for the one network at hand.
import { differentiate } from "../src/derivative/adjoints.ts";
import { compile } from "../src/network/compile.ts";
import type { LayersDescription } from "../src/network/description.ts";
import { program } from "../src/numeric/program.ts";
import { backprop, type Head, netOf } from "./backprop.ts";
import { type Line, ratio, reading } from "./measure.ts";

interface Case {
  readonly name: string;
  readonly sizes: readonly [number, number, number];
  readonly head: Head;
  readonly samples: number;
  readonly goal?: Line["goal"];
}

const cases: readonly Case[] = [
  { name: "2-2-1", sizes: [2, 2, 1], head: "sigmoid-half-squared-error", samples: 1, goal: { atMost: 2 } },
  {
    name: "784-128-10",
    sizes: [784, 128, 10],
    head: "softmax-cross-entropy",
    samples: 1,
    goal: { atMost: 1.5 },
  },
  {
    name: "784-128-10, batch of 8",
    sizes: [784, 128, 10],
    head: "softmax-cross-entropy",
    samples: 8,
    goal: { atMost: 1.5 },
  },
];

export async function evaluatorLines(): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const { name, goal, ...net } of cases) {
    lines.push({
      name: `gradient against hand-written backpropagation: ${name}`,
      figure: await againstHand(net),
      ...(goal && { goal }),
    });
  }
  return lines;
}

/** One hidden sigmoid layer, with numbers from a seed. */
export function described({
  sizes: [inputs, hidden, outputs],
  head,
  samples,
}: Omit<Case, "name" | "goal">): LayersDescription {
  const isSoftmax = head === "softmax-cross-entropy";
  return {
    kind: "layers",
    inputs,
    layers: [
      { type: "dense", units: hidden, activation: "sigmoid", bias: "per-unit" },
      { type: "dense", units: outputs, activation: isSoftmax ? "softmax" : "sigmoid", bias: "per-unit" },
    ],
    loss: isSoftmax ? "categorical-cross-entropy" : "half-squared-error",
    samples,
    initialise: { scheme: "glorot-uniform", seed: 1 },
  };
}

async function againstHand(net: Omit<Case, "name" | "goal">): Promise<number> {
  const network = compile(described(net));
  const { memory, forward, backward, gradients } = program(differentiate(network));
  memory.load(network.values!);
  const batch = network.samples.values;
  const sumsOfOwn = [...gradients.values()].map((gradient) => memory.of(gradient));
  const own = (): void => {
    for (const sum of sumsOfOwn) sum.fill(0);
    for (const values of batch) {
      if (batch.length > 1) memory.load(values);
      forward();
      backward();
    }
  };
  memory.load(batch[0]!);

  const sums = netOf(net.sizes);
  const step = backprop(
    netOf(
      net.sizes,
      network.parameters.map((parameter) => network.values!.get(parameter)),
    ),
    sums,
    net.head,
  );
  const samples = batch.map((values) => ({
    inputs: values.get(network.inputs[0]!)!,
    targets: values.get(network.targets[0]!)!,
  }));
  const hand = (): void => {
    for (const gradient of [sums.weights1, sums.biases1, sums.weights2, sums.biases2]) gradient.fill(0);
    for (const sample of samples) step(sample);
  };
  own();
  hand();
  const hands = [sums.weights1, sums.biases1, sums.weights2, sums.biases2];
  for (const [position, parameter] of network.parameters.entries())
    requireEqual(memory.of(gradients.get(parameter)!), hands[position]!);
  return ratio(reading(own), reading(hand), 25);
}

/** Only right answers are worth timing. */
function requireEqual(own: Float64Array, hand: Float64Array): void {
  const worst = own.reduce((most, value, entry) => Math.max(most, Math.abs(value - hand[entry]!)), 0);
  if (!(worst < 1e-12)) throw new Error(`The gradients differ by ${worst}.`);
}
