// Whether numbers tell misconceptions apart: each wrong result a number of its own, and none the right one.
import type { Expr } from "../expression/expr.ts";
import type { MisconceptionCode } from "../grading/misconceptions/table.ts";
import type { World } from "../grading/world.ts";
import { type Alternative, type Question, together } from "./alternatives.ts";
import { numberAt } from "./suitable.ts";

/** A smaller derivative is written with a power of ten. */
const smallestDerivative = 1e-4;

/** Two answers lie further apart than this many of the largest units that the last digit can have. */
const unitsApart = 2;

/** Whether the truth and all alternatives are different numbers when they are written with so many digits. */
export function tellsApart(world: World, { truth, alternatives }: Question, digits: number): boolean {
  const right = numberAt(world, truth);
  const apart = shareApart(digits);
  if (!(Math.abs(right) >= smallestDerivative) || endsInZero(right, digits)) return false;
  const sorted = [right, ...alternatives.map(({ formula }) => numberAt(world, formula))].sort(
    (left, other) => left - other,
  );
  return sorted.every((value, position) => {
    if (!Number.isFinite(value)) return false;
    const next = sorted[position + 1];
    return next === undefined || differ(value, next, apart);
  });
}

const differ = (left: number, right: number, share: number): boolean =>
  Math.abs(right - left) > share * Math.max(Math.abs(left), Math.abs(right));

/** How far apart two answers must lie that are written with so many digits, as a share of the larger one. */
const shareApart = (digits: number): number => unitsApart * 10 ** (1 - digits);

/**
 * The question as far as these numbers can ask it: alternatives of one value are one, and those that give the right
 * value are only named. Of a unit with the slope 1, as an active relu, nobody sees in the number whether f′ was left out.
 * `digits`: those in which values must differ; absent: all.
 */
export function toldBy(world: World, question: Question, digits?: number): Question {
  const share = digits === undefined ? exactness : shareApart(digits);
  const right = numberAt(world, question.truth);
  const told: { readonly value: number; alternative: Alternative }[] = [];
  const unseen = new Set<MisconceptionCode>();
  for (const alternative of question.alternatives) {
    const value = numberAt(world, alternative.formula);
    const same = told.find((other) => !differ(other.value, value, share));
    if (!differ(right, value, share)) for (const code of alternative.codes) unseen.add(code);
    else if (same) same.alternative = together(same.alternative, alternative);
    else told.push({ value, alternative });
  }
  const alternatives = told.map(({ alternative }) => alternative);
  const seen = new Set(alternatives.flatMap(({ codes }) => codes));
  return { ...question, alternatives, unseen: [...unseen].filter((code) => !seen.has(code)) };
}

/** The alternatives with every misconception that gives their number as it is written, at whichever place. */
export function withAllCodes(world: World, question: Question, digits: number): Question {
  const printed = (formula: Expr): string => numberAt(world, formula).toPrecision(digits);
  const byNumber = new Map<string, readonly Pick<Alternative, "codes">[]>();
  for (const other of question.further) {
    const number = printed(other.formula);
    byNumber.set(number, [...(byNumber.get(number) ?? []), other]);
  }
  return {
    ...question,
    alternatives: question.alternatives.map((alternative) =>
      (byNumber.get(printed(alternative.formula)) ?? []).reduce(together, alternative),
    ),
  };
}

/** A rounded number drops zeros at its end, and would seem to have fewer digits than were asked for; exact ones may. */
function endsInZero(value: number, digits: number): boolean {
  const rounded = value.toExponential(digits - 1);
  const isExact = Math.abs(Number(rounded) - value) <= exactness * Math.abs(value);
  return rounded.split("e")[0]!.endsWith("0") && !isExact;
}

/** Relative error of a double that a short decimal was computed to. */
const exactness = 1e-13;
