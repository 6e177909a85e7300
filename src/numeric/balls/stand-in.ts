// What an abstract function f is at one binding: a random analytic function with its true derivatives of every order,
//
//   f(x_1, …) = c + Σ_i s_i x_i + Σ_k A_k sin(Σ_i ω_ki x_i + φ_k),
//
// so that f′(z) = f′(written-out z) and the chain rule hold, and σ′ = σ(1 − σ) does not.
import { uniformGenerator } from "../../network/random.ts";
import { add, type Ball, exactly, multiply, negative, zero } from "./ball.ts";
import { cos, sin } from "./elementary.ts";

const waves = 4;

/** From this many arguments on, coefficients repeat. */
const largestArity = 8;

interface Wave {
  readonly size: Ball;
  readonly phase: Ball;
  readonly rates: readonly Ball[];
}

export interface StandIn {
  /** The derivative in the arguments `slots` (from 0), one after the other; the value itself for none. */
  readonly value: (args: readonly Ball[], slots: readonly number[]) => Ball;
}

/** The stand-in of the function `name`; the same seed gives the same function. */
export function standIn(name: string, seed: number): StandIn {
  const uniform = uniformGenerator(hashOf(name, seed));
  const between = (low: number, high: number): Ball => exactly(low + (high - low) * uniform());
  const constant = between(-0.5, 0.5);
  const slopes = Array.from({ length: largestArity }, () => between(0.5, 1.2));
  const parts = Array.from(
    { length: waves },
    (): Wave => ({
      size: between(0.2, 0.8),
      phase: between(0, 6),
      rates: Array.from({ length: largestArity }, () => between(0.5, 1.5)),
    }),
  );
  return {
    value: (args, slots) => {
      const line = slots.length > 1 ? zero : linearPart(constant, slopes, args, slots[0]);
      return parts.reduce((total, part) => add(total, waveAt(part, args, slots)), line);
    },
  };
}

/** A 32-bit number from a text and a seed (FNV-1a, Fowler, Noll and Vo 1991). */
export function hashOf(text: string, seed: number): number {
  let hash = (2166136261 ^ seed) >>> 0;
  for (let place = 0; place < text.length; place += 1)
    hash = Math.imul(hash ^ text.charCodeAt(place), 16777619) >>> 0;
  return hash;
}

function linearPart(
  constant: Ball,
  slopes: readonly Ball[],
  args: readonly Ball[],
  slot: number | undefined,
): Ball {
  if (slot !== undefined) return slopes[slot % largestArity]!;
  return args.reduce((sum, arg, place) => add(sum, multiply(slopes[place % largestArity]!, arg)), constant);
}

/** d^n/dx_i… A sin(θ) = A ω_i … sin(θ + n π/2) */
function waveAt({ size, phase, rates }: Wave, args: readonly Ball[], slots: readonly number[]): Ball {
  const angle = args.reduce(
    (sum, arg, place) => add(sum, multiply(rates[place % largestArity]!, arg)),
    phase,
  );
  const turned = slots.length % 2 === 0 ? sin(angle) : cos(angle);
  const value = slots.length % 4 >= 2 ? negative(turned) : turned;
  return slots.reduce(
    (product, slot) => multiply(product, rates[slot % largestArity]!),
    multiply(size, value),
  );
}
