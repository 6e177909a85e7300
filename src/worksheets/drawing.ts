// Numbers that are short to write and small enough that little saturates: drawn by a seed for everything free in a
// network, one row of the table for each role.
import { termsOf } from "../expression/build.ts";
import { entryCount, type Quantity, type Role } from "../expression/expr.ts";
import { type LossRow, losses } from "../network/losses.ts";
import type { Network, Values } from "../network/network.ts";
import { readNumber } from "../network/numbers.ts";

/** How the numbers are drawn. */
export interface Drawing {
  /** How long they are: decimals behind the point. */
  readonly decimals: 1 | 2;
  /** The targets of a softmax: one class, or a part for each. */
  readonly distribution: "one-hot" | "parts";
}

/** The size of a drawn number, in tenths; `signed` ones are negative half of the time. */
interface Range {
  readonly least: number;
  readonly most: number;
  readonly signed: boolean;
}

/** Sizes at which sigmoid and tanh are bent, but not flat: of two inputs, z is within ±3 most of the time. */
const ranges: Partial<Readonly<Record<Role, Range>>> = {
  input: { least: 2, most: 15, signed: false },
  weight: { least: 1, most: 20, signed: true },
  bias: { least: 1, most: 10, signed: true },
  target: { least: 1, most: 9, signed: false },
  parameter: { least: 2, most: 20, signed: true },
  constant: { least: 2, most: 20, signed: true },
};

/** A unit of this many inputs has weights of the full range; of more, smaller ones, so that their sum stays. */
const fewInputs = 2;

/** Weights are never drawn from less than this: there must be several to choose from. */
const narrowest = 6;

/** Everything that a description gives numbers for: parameters, inputs and targets, or parameters and constants. */
function freeQuantities({ kind, quantities, parameters, inputs, targets }: Network): readonly Quantity[] {
  if (kind === "equations") return quantities.filter(({ define, whole }) => !define && !whole);
  return [...parameters, ...inputs, ...targets];
}

/** One number for each entry of everything free, in the order of the quantities; deterministic in `uniform`. */
export function drawNumbers(network: Network, uniform: () => number, drawing: Drawing): Values {
  const { decimals } = drawing;
  const values = new Map<Quantity, Float64Array>();
  for (const quantity of freeQuantities(network)) {
    if (quantity.role === "target") continue;
    const range = rangeOf(quantity, network);
    values.set(
      quantity,
      Float64Array.from({ length: entryCount(quantity) }, () => short(range, uniform, decimals)),
    );
  }
  const targets = network.kind === "equations" ? [] : network.targets;
  const count = targets.reduce((total, target) => total + entryCount(target), 0);
  const drawn = drawTargets(targetKind(network), count, uniform, drawing);
  let next = 0;
  for (const target of targets) {
    values.set(target, Float64Array.from(drawn.slice(next, next + entryCount(target))));
    next += entryCount(target);
  }
  for (const [quantity, value] of fixedNumbers(network)) values.set(quantity, Float64Array.of(value));
  return values;
}

/** The strength of the penalty, which is the description's. */
function fixedNumbers({ completed, quantities }: Network): readonly (readonly [Quantity, number])[] {
  if (completed.kind === "equations" || completed.l2 === undefined) return [];
  const strength = readNumber(completed.l2, "/l2");
  return quantities.flatMap((quantity) =>
    quantity.role === "constant" ? [[quantity, strength] as const] : [],
  );
}

function rangeOf(quantity: Quantity, network: Network): Range {
  const range = ranges[quantity.role]!;
  if (quantity.role !== "weight") return range;
  const most = Math.round(range.most * Math.sqrt(fewInputs / Math.max(fewInputs, fanIn(quantity, network))));
  return { ...range, most: Math.max(narrowest, most) };
}

/** How many inputs the widest unit has that a weight leads into. */
function fanIn({ ranges: [, from] }: Quantity, { quantities }: Network): number {
  if (from?.size !== undefined) return from.size;
  const sums = quantities.filter(({ role }) => role === "preActivation");
  return Math.max(1, ...sums.map(({ define }) => (define ? termsOf(define).length : 1)));
}

/** A number of so many decimals, never 0. */
function short({ least, most, signed }: Range, uniform: () => number, decimals: Drawing["decimals"]): number {
  const scale = 10 ** (decimals - 1);
  const size = least * scale + Math.floor(uniform() * ((most - least) * scale + 1));
  const sign = signed && uniform() < 0.5 ? -1 : 1;
  return (sign * size) / (10 * scale);
}

type TargetKind = LossRow["target"];

export function targetKind({ completed }: Network): TargetKind {
  if (completed.kind === "equations") return "real";
  const name =
    typeof completed.loss === "object" && "name" in completed.loss ? completed.loss.name : completed.loss;
  return losses.find((row) => row.name === name)?.target ?? "real";
}

/** What the loss expects: a distribution over the classes, 0 or 1, −1 or 1, or any number. */
function drawTargets(
  kind: TargetKind,
  count: number,
  uniform: () => number,
  { decimals, distribution }: Drawing,
): readonly number[] {
  const drawn = (one: () => number): readonly number[] => Array.from({ length: count }, one);
  switch (kind) {
    case "distribution":
      return distribution === "one-hot" ? oneHot(count, uniform) : parts(count, uniform);
    case "probability":
      return drawn(() => (uniform() < 0.5 ? 0 : 1));
    case "sign":
      return drawn(() => (uniform() < 0.5 ? -1 : 1));
    case "real":
      return drawn(() => short(ranges.target!, uniform, decimals));
  }
}

/** 1 for the class of the sample, 0 for all others, as labels are given. */
function oneHot(count: number, uniform: () => number): readonly number[] {
  const label = Math.floor(uniform() * count);
  return Array.from({ length: count }, (_, position) => (position === label ? 1 : 0));
}

/** Tenths, or smaller parts where there are many, that add up to 1; no class is left out, or its paths would be 0. */
function parts(count: number, uniform: () => number): readonly number[] {
  const whole = count < 8 ? 10 : 10 ** Math.ceil(Math.log10(2 * count));
  const shares = new Array<number>(count).fill(1);
  for (let left = whole - count; left > 0; left -= 1) shares[Math.floor(uniform() * count)]! += 1;
  return shares.map((share) => share / whole);
}
