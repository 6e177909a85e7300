// One run over all samples: forward values, adjoints and gradients of each, and what they reduce to.
import type { Quantity } from "../expression/expr.ts";
import type { Network, Values } from "../network/network.ts";
import { type Program, requireFinite, requireFiniteValues, snapshot } from "./program.ts";

/** The numbers of one sample. */
interface SampleRun {
  readonly loss: number;
  /** Every quantity, parameters and δ's among them. */
  readonly values: Values;
  /** dE/dw of this sample alone, by parameter. */
  readonly gradients: Values;
}

export interface Run {
  /** Mean or sum over the samples, as the network says. */
  readonly loss: number;
  readonly gradients: Values;
  readonly samples: readonly SampleRun[];
}

/** All samples with everything kept; for derivations. Throws `not-a-number` where a quantity is not finite. */
export function run(network: Network, program: Program, parameters: Values = network.values!): Run {
  const { memory } = program;
  memory.load(network.values!);
  memory.load(parameters);
  const samples = network.samples.values.map((values, position): SampleRun => {
    memory.load(values);
    clearGradients(program);
    program.forward();
    requireFinite(network.quantities, memory, ofSample(network, position));
    program.backward();
    requireFinite([...program.deltas, ...program.gradients.values()], memory, ofSample(network, position));
    return {
      loss: memory.at(network.loss, []),
      values: snapshot(memory, [...network.quantities, ...program.deltas]),
      gradients: gradientsIn(program),
    };
  });
  const weight = sampleWeight(network);
  const loss = weight * samples.reduce((total, sample) => total + sample.loss, 0);
  const gradients = new Map(
    network.parameters.map((parameter) => [parameter, reduced(samples, parameter, weight)]),
  );
  requireFiniteTotals(network, program, loss, gradients);
  return { loss, gradients, samples };
}

function reduced(samples: readonly SampleRun[], parameter: Quantity, weight: number): Float64Array {
  const total = new Float64Array(samples[0]!.gradients.get(parameter)!.length);
  for (const { gradients } of samples) {
    const gradient = gradients.get(parameter)!;
    for (let entry = 0; entry < total.length; entry += 1) total[entry]! += gradient[entry]!;
  }
  return total.map((entry) => entry * weight);
}

/** Loss and gradients only, added up in place; for networks of any size and for update steps. */
export function accumulate(
  network: Network,
  program: Program,
  parameters: Values = network.values!,
): Omit<Run, "samples"> {
  const { memory } = program;
  memory.load(network.values!);
  memory.load(parameters);
  clearGradients(program);
  let loss = 0;
  for (const [position, values] of network.samples.values.entries()) {
    memory.load(values);
    program.forward();
    requireFinite(network.quantities, memory, ofSample(network, position));
    program.backward();
    loss += memory.at(network.loss, []);
  }
  const weight = sampleWeight(network);
  if (weight !== 1) for (const gradient of program.gradients.values()) scale(memory.of(gradient), weight);
  const totals = { loss: loss * weight, gradients: gradientsIn(program) };
  requireFiniteTotals(network, program, totals.loss, totals.gradients);
  return totals;
}

/** Samples that each have finite values may still add up to more than a double holds. */
function requireFiniteTotals(network: Network, program: Program, loss: number, gradients: Values): void {
  const where = network.samples.count > 1 ? " over all samples" : "";
  requireFiniteValues(network.loss, Float64Array.of(loss), where);
  for (const [parameter, values] of gradients)
    requireFiniteValues(program.gradients.get(parameter)!, values, where);
}

function ofSample({ samples }: Network, position: number): string {
  return samples.count > 1 ? ` of sample ${position + 1}` : "";
}

/** 1/n for a mean over n samples, 1 for a sum. */
export function sampleWeight({ samples: { count, reduction } }: Network): number {
  return reduction === "mean" ? 1 / count : 1;
}

function clearGradients({ memory, gradients }: Program): void {
  for (const gradient of gradients.values()) memory.of(gradient).fill(0);
}

function gradientsIn({ memory, gradients }: Program): Values {
  return new Map([...gradients].map(([parameter, gradient]) => [parameter, memory.of(gradient).slice()]));
}

function scale(numbers: Float64Array, factor: number): void {
  for (let entry = 0; entry < numbers.length; entry += 1) numbers[entry]! *= factor;
}
