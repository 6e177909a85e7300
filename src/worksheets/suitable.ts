// Whether drawn numbers make a good problem: nothing saturates or cancels, and every misconception is told by its number.
import type { ScalarGraph, ScalarNode } from "../derivative/scalar.ts";
import { termsOf } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { MisconceptionCode } from "../grading/misconceptions/table.ts";
import type { World } from "../grading/world.ts";
import { isNothing } from "../numeric/balls/ball.ts";
import type { Alternative, Question } from "./alternatives.ts";

/** Forward values between these sizes are easy to write and to compare. */
const smallestValue = 0.01;
const largestValue = 20;

/** A flatter activation lets no error through: σ′ is 0.25 at its steepest and 0.105 at z = ±2. */
const flattest = 0.1;

/** Outputs of a softmax keep this far from 0 and 1. */
const surest = 0.05;

/** A residual below this loses most of its digits when outputs are rounded. */
const smallestResidual = 0.05;

/** Terms may be so many times larger than their sum: one digit is lost at most. */
const mostCancelled = 10;

/** A smaller derivative is written with a power of ten. */
const smallestDerivative = 1e-4;

/** Two answers lie further apart than this many of the largest units that the last digit can have. */
const unitsApart = 2;

/** The number of an expression; NaN where it has none. */
export function numberAt(world: World, expr: Expr): number {
  const ball = world.ball(expr);
  return isNothing(ball) ? Number.NaN : ball.hi;
}

/** What is asked of numbers besides what the network says. */
export interface Demands {
  /** The nodes between the loss and what is derived by. */
  readonly asked: ReadonlySet<ScalarNode>;
  /** A class whose target is 0 has no part in the loss, and so no error. */
  readonly oneHot: boolean;
}

/**
 * Whether everything between the inputs and the loss is of a handy size, and no error gets lost on the ways that are asked
 * for. Beside them a rectifier may be off.
 */
export function isWellConditioned(
  world: World,
  { nodes, loss }: ScalarGraph,
  { asked, oneHot }: Demands,
): boolean {
  return nodes.every((node) => {
    if (node === loss) return passesErrors(world, node, oneHot);
    if (!asked.has(node) && isOff(world, node)) return true;
    const isFit = hasHandyValue(world, node) && passesErrors(world, node, oneHot);
    return isFit && (!asked.has(node) || keepsItsError(world, node, loss));
  });
}

/** A unit with a negative pre-activation behind relu. */
function isOff(world: World, { uses, symbol }: ScalarNode): boolean {
  return (
    numberAt(world, symbol) === 0 &&
    uses.some(({ rule, factor }) => rule === "activation" && numberAt(world, factor) === 0)
  );
}

function hasHandyValue(world: World, { symbol }: ScalarNode): boolean {
  const value = numberAt(world, symbol);
  const definition = world.wiring.definition(symbol);
  if (!definition) return Number.isFinite(value);
  if (isLossPart(symbol.quantity.role)) return Number.isFinite(value);
  const terms = termsOf(definition).map((term) => numberAt(world, term));
  const size = Math.abs(value);
  return size >= smallestValue && size <= largestValue && !cancels(terms);
}

const isLossPart = (role: string): boolean => role === "loss" || role === "outputLoss" || role === "penalty";

/** The slopes of activations, and the residuals at the loss. */
function passesErrors(world: World, { uses, symbol }: ScalarNode, oneHot: boolean): boolean {
  return uses.every(({ rule, factor, by }) => {
    const size = Math.abs(numberAt(world, factor));
    if (oneHot && size === 0 && isLossPart(symbol.quantity.role)) return true;
    if (rule === "softmax") {
      const output = numberAt(world, symbol);
      return output > surest && output < 1 - surest;
    }
    if (rule === "activation") return size >= flattest;
    return (
      isLossPart(by.symbol.quantity.role) || !isLossPart(symbol.quantity.role) || size >= smallestResidual
    );
  });
}

/** The errors that come together at a node do not cancel. */
function keepsItsError(world: World, node: ScalarNode, loss: ScalarNode): boolean {
  const parts = node.users.map(
    ({ of, factor }) => world.total(loss.symbol, of.symbol).hi * numberAt(world, factor),
  );
  return !cancels(parts);
}

function cancels(terms: readonly number[]): boolean {
  if (terms.length < 2) return false;
  const sizes = terms.reduce((total, term) => total + Math.abs(term), 0);
  return Math.abs(terms.reduce((total, term) => total + term, 0)) * mostCancelled < sizes;
}

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

const together = (first: Alternative, second: Pick<Alternative, "codes">): Alternative => ({
  ...first,
  codes: [...new Set([...first.codes, ...second.codes])],
});

/** A rounded number drops zeros at its end, and would seem to have fewer digits than were asked for; exact ones may. */
function endsInZero(value: number, digits: number): boolean {
  const rounded = value.toExponential(digits - 1);
  const isExact = Math.abs(Number(rounded) - value) <= exactness * Math.abs(value);
  return rounded.split("e")[0]!.endsWith("0") && !isExact;
}

/** Relative error of a double that a short decimal was computed to. */
const exactness = 1e-13;
