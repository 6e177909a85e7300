// Comparing our numbers with the referee's, and deciding what can be compared within a budget of time.
import type { Direction } from "./reference/evaluation.ts";
import type { Estimate } from "./reference.ts";

/**
 * Two derivatives agree when they differ by less than this share of the larger one. Doubles through fifty layers
 * lose five of sixteen digits at worst; a wrong rule differs in the first three digits nearly everywhere.
 */
const relativeTolerance = 1e-9;

/**
 * What rounding leaves of terms of size 1 that cancel: 45 units in their last place, as sums of a hundred terms show.
 * A derivative that is truly 0 comes out as such a remainder and has no relative accuracy at all.
 */
const cancellationTolerance = 1e-14;

export interface Comparison {
  readonly agrees: boolean;
  /** |own − reference| / max(|own|, |reference|); 0 when both are 0. */
  readonly relativeError: number;
}

/**
 * Whether our derivative and the referee's are the same number up to rounding; never for a value that is not finite.
 * `scale` is the size of the largest terms that were added up (the largest |path| of the derivative, or the largest
 * entry of its tensor): differences below `cancellationTolerance` · scale are rounding. Without it terms of size 1
 * are assumed, so that 0 agrees with 1e-18, but two gradients below 1e-14 cannot be told apart.
 */
export function compare(own: number, reference: Estimate, scale = 1): Comparison {
  const difference = Math.abs(own - reference.value);
  const larger = Math.max(Math.abs(own), Math.abs(reference.value));
  if (!Number.isFinite(difference)) return { agrees: false, relativeError: 1 };
  const allowed = relativeTolerance * larger + cancellationTolerance * scale;
  return { agrees: difference <= allowed, relativeError: larger === 0 ? 0 : difference / larger };
}

export interface CheckPlan {
  /** Parameters that are checked one by one, in the order given. */
  readonly single: readonly string[];
  /** One random direction through all other parameters of a tensor. */
  readonly directions: readonly { readonly tensor: string; readonly direction: Direction }[];
}

/**
 * Splits the parameters so that about `budgetMilliseconds` are spent at `costOfOne` milliseconds a derivative:
 * all one by one where that fits, else one direction for each tensor and single ones, evenly spread, for the rest.
 * A wrong entry shows in its tensor's direction: Σ direction_p dE/dp is compared with one referee's derivative.
 * The tensor of `W1[2,1]` is `W1`; ids without brackets form one tensor of their own. Directions are always
 * planned, whatever they cost, so that no parameter goes unchecked; the same ids give the same plan.
 */
export function checkPlan(
  budgetMilliseconds: number,
  parameterIds: readonly string[],
  costOfOne: number,
): CheckPlan {
  const affordable = Math.floor(budgetMilliseconds / costOfOne);
  if (parameterIds.length <= affordable) return { single: parameterIds, directions: [] };
  const tensors = new Set(parameterIds.map(tensorOf));
  const single = spread(parameterIds, Math.max(0, affordable - tensors.size));
  const checked = new Set(single);
  const random = randomShares(directionSeed);
  const directions = [...tensors].flatMap((tensor) => {
    const rest = parameterIds.filter((id) => !checked.has(id) && tensorOf(id) === tensor);
    return rest.length === 0 ? [] : [{ tensor, direction: new Map(rest.map((id) => [id, random()])) }];
  });
  return { single, directions };
}

function tensorOf(id: string): string {
  const bracket = id.indexOf("[");
  return bracket < 0 ? "" : id.slice(0, bracket);
}

/** `count` of the items at even distances. */
function spread<Item>(items: readonly Item[], count: number): readonly Item[] {
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]!);
}

/** Any fixed number: the plan must not change between two runs. */
const directionSeed = 20_011;

/**
 * Shares of size 1/2 to 1 and of either sign: none so small that an error behind it is lost.
 * The generator is Park and Miller 1988: s ← 16807 s mod (2³¹ − 1).
 */
function randomShares(seed: number): () => number {
  let state = seed;
  const next = () => {
    state = (16_807 * state) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return () => (next() < 0.5 ? -1 : 1) * (0.5 + next() / 2);
}
