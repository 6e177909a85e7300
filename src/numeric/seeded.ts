// Seeded numbers for networks that give none: the forms are then compared at these instead.
import { entryCount, type Quantity } from "../expression/expr.ts";
import { Failure } from "../failure.ts";
import type { Network, Values } from "../network/network.ts";
import { uniformGenerator } from "../network/random.ts";
import type { AbstractFunction, Program } from "./program.ts";
import { type Run, run } from "./run.ts";

/** At how many seeded bindings forms without numbers are compared. */
export const seededBindings = 3;

/** Sizes of drawn numbers: away from 0, small enough that nothing saturates. */
const smallest = 0.35;
const largest = 1.45;

/** How often numbers outside some function's domain are drawn again; later draws are positive only. */
const largestTries = 24;

/** One run at drawn numbers for everything free; nothing when no drawn numbers suit the network. */
export function seededRun(network: Network, program: Program, seed: number): Run | undefined {
  for (let attempt = 0; attempt < largestTries; attempt += 1) {
    const drawn = draw(network, uniformGenerator(seed * largestTries + attempt), attempt >= largestTries / 2);
    try {
      return run(drawn, program);
    } catch (error) {
      if (!(error instanceof Failure && error.code === "not-a-number")) throw error;
    }
  }
  return undefined;
}

function draw(network: Network, uniform: () => number, positive: boolean): Network {
  const one = (): number => {
    const size = smallest + (largest - smallest) * uniform();
    return positive || uniform() < 0.5 ? size : -size;
  };
  const free = network.quantities.filter((quantity) => !quantity.define);
  const sampled = new Set([...network.inputs, ...network.targets]);
  const fixed = free.filter((quantity) => !sampled.has(quantity));
  const numbers = (quantity: Quantity): Float64Array => {
    const scale = quantity.role === "weight" ? 1 / Math.sqrt(quantity.ranges[1]?.size ?? 1) : 1;
    return Float64Array.from({ length: entryCount(quantity) }, () => scale * one());
  };
  const sample = new Map(network.inputs.map((quantity) => [quantity, numbers(quantity)] as const));
  for (const [quantity, values] of drawTargets(network, uniform)) sample.set(quantity, values);
  return {
    ...network,
    values: new Map(fixed.map((quantity) => [quantity, numbers(quantity)])),
    samples: { ...network.samples, count: 1, values: [sample] },
  };
}

/** Targets between 0 and 1, adding up to 1 where they are a distribution. */
function drawTargets({ targets }: Network, uniform: () => number): Values {
  const drawn = new Map(
    targets.map(
      (quantity) =>
        [quantity, Float64Array.from({ length: entryCount(quantity) }, () => 0.1 + 0.8 * uniform())] as const,
    ),
  );
  if (!targets.some((quantity) => quantity.sumsToOne)) return drawn;
  const total = [...drawn.values()].flatMap((values) => [...values]).reduce((sum, value) => sum + value, 0);
  return new Map([...drawn].map(([quantity, values]) => [quantity, values.map((value) => value / total)]));
}

/** How many waves an abstract function's stand-in is made of. */
const waves = 4;

/** An analytic stand-in: f(x, …) = c·x + Σ A sin(ω·x + φ), with its true partial derivatives. */
export function seededFunction(name: string, seed: number): AbstractFunction {
  const uniform = uniformGenerator(
    [...name].reduce((hash, character) => (hash * 31 + character.codePointAt(0)!) >>> 0, seed),
  );
  const parts = Array.from({ length: waves }, () => ({
    size: 0.2 + 0.6 * uniform(),
    phase: 6 * uniform(),
    rates: Array.from({ length: largestArity }, () => 0.5 + uniform()),
  }));
  const slopes = Array.from({ length: largestArity }, () => 0.5 + uniform());
  const angle = ({ rates, phase }: (typeof parts)[number], args: readonly number[]): number =>
    args.reduce((total, arg, slot) => total + rates[slot % largestArity]! * arg, phase);
  return {
    value: (...args) =>
      args.reduce((total, arg, slot) => total + slopes[slot % largestArity]! * arg, 0) +
      parts.reduce((total, part) => total + part.size * Math.sin(angle(part, args)), 0),
    partial:
      (slot) =>
      (...args) =>
        slopes[slot % largestArity]! +
        parts.reduce(
          (total, part) => total + part.size * part.rates[slot % largestArity]! * Math.cos(angle(part, args)),
          0,
        ),
  };
}

/** From this many arguments on, the stand-in's coefficients repeat. */
const largestArity = 16;
