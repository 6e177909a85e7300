// Whether two sides of a relation are equal: as one object, at drawn numbers with bounds on every error, exactly.
//
// `false` is rigorous: the balls of the two sides do not meet at one binding. `true` needs balls that meet, each far
// narrower than any slip, at several bindings; what else agrees is `undecided`, never accepted by a tolerance.
import type { Expr } from "../expression/expr.ts";
import type { Comparison } from "./comparison.ts";
import { conditionsFor, positivity } from "./conditions.ts";
import { freeSymbols } from "./draw.ts";
import { type Reach, reachOf } from "./kinds.ts";
import { compareGiven, isForGiven, withOwnNumbers } from "./numbers.ts";
import { type Pool, poolSize } from "./pool.ts";
import { otherSenses, upsideDownIn } from "./senses.ts";
import { counterexampleAt, look, type Worlds } from "./sight.ts";
import type { Own, Subject } from "./subject.ts";
import type { Sense } from "./world.ts";

export interface CompareOptions {
  readonly own?: Own;
  /** Which sides are read with the student's own values; default both. */
  readonly ownOn?: "both" | "right";
  /** How derivatives are meant; default: every sense that they have here, any of which makes the relation true. */
  readonly sense?: Sense;
  /** Whether to look for a condition under which a false relation holds; default yes. */
  readonly conditions?: boolean;
}

/** Bindings looked at, and how many of them must show equality: functions with branches agree in places only. */
const bindingsFor: Readonly<Record<Reach, { readonly looked: number; readonly equal: number }>> = {
  analytic: { looked: 4, equal: 4 },
  cornered: { looked: 8, equal: 6 },
  branchy: { looked: poolSize, equal: 6 },
};

/** Judges `left = right` for all numbers; a relation of numbers at the description's own ones. */
export function compare(subject: Subject, left: Expr, right: Expr, options: CompareOptions = {}): Comparison {
  const upsideDown = upsideDownIn(subject, left, right);
  if (upsideDown) return { verdict: "false", upsideDown };
  if (left === right && options.ownOn !== "right") return { verdict: "true", how: "identity" };
  const [one, other] = [withOwnNumbers(subject, left), withOwnNumbers(subject, right)];
  const numeric = isForGiven(subject, one, other);
  if (numeric === "only") return compareGiven(subject, one, other, options);
  const found = inEverySense({ subject, left, right, options });
  if (found.verdict !== "false" || numeric === "never") return found;
  if (numeric === "missing")
    return {
      verdict: "undecided",
      why: "The network gives no numbers that a result could be compared with.",
    };
  const given = compareGiven(subject, one, other, options);
  return given.verdict === "true" ? given : found;
}

interface Claim {
  readonly subject: Subject;
  readonly left: Expr;
  readonly right: Expr;
  readonly options: CompareOptions;
}

interface Question extends Claim {
  readonly sense: Sense;
}

/** All derivatives total, then all in another sense: any of them makes the relation true. */
function inEverySense(claim: Claim): Comparison {
  const { subject, left, right, options } = claim;
  if (options.sense) return inSense({ ...claim, sense: options.sense });
  const first = inSense({ ...claim, sense: "total" });
  if (first.verdict === "true") return first;
  for (const sense of otherSenses(subject, left, right)) {
    const found = inSense({ ...claim, sense });
    if (found.verdict === "true") return found;
  }
  return first;
}

function inSense(question: Question): Comparison {
  const { subject, left, right, options } = question;
  const found = nearAndFar(question, "any");
  // Closer than any ball can see: only whole numbers tell such fractions apart.
  if (found.verdict === "true" && !options.own && subject.fractions.differ(left, right))
    return unseenDifference(question);
  if (found.verdict !== "false" || options.conditions === false) return found;
  return conditional(question, found);
}

/** False as it stands, and true in the worlds of some condition. */
function conditional(question: Question, found: Comparison & { readonly verdict: "false" }): Comparison {
  const { subject, left, right } = question;
  const { counterexample } = found;
  for (const { pool, condition } of conditionsFor(subject, left, right)) {
    if (nearAndFar(question, pool).verdict === "true")
      return { verdict: "conditional", condition, ...(counterexample && { counterexample }) };
  }
  return found;
}

const farOf: Readonly<Partial<Record<Pool, Pool>>> = { any: "far", positive: "far-positive" };

/** In plain algebra, functions with corners and branches are looked at in larger numbers, too. */
function nearAndFar(question: Question, pool: Pool): Comparison {
  const near = inPool(question, pool);
  const far = farOf[pool];
  const isPlain = question.subject.network.kind === "equations";
  if (near.verdict !== "true" || !far || !isPlain || reachIn(question) === "analytic") return near;
  const { left, right } = question;
  for (let number = 0; number < poolSize; number += 1) {
    const worlds = worldsOf(question, number, far);
    if (look(worlds, left, right) === "unequal")
      return { verdict: "false", counterexample: counterexampleAt(worlds, left, right) };
  }
  return near;
}

function inPool(question: Question, pool: Pool): Comparison {
  const { left, right } = question;
  const needed = bindingsFor[reachIn(question)];
  const tally = { looked: 0, equal: 0, trivial: 0, oneSided: 0 };
  for (let number = 0; number < poolSize && !isSettled(tally, needed); number += 1) {
    tally.looked += 1;
    const worlds = worldsOf(question, number, pool);
    const sight = look(worlds, left, right);
    if (sight === "unequal")
      return { verdict: "false", counterexample: counterexampleAt(worlds, left, right) };
    if (sight === "equal" || sight === "trivial") tally.equal += 1;
    if (sight === "trivial") tally.trivial += 1;
    if (sight === "one side only") tally.oneSided += 1;
  }
  // That both sides are 0 under a condition tells nothing of them.
  if (pool !== "any" && tally.trivial === tally.equal)
    return { verdict: "undecided", why: whyUndecided(tally) };
  if (isSettled(tally, needed)) return { verdict: "true", how: "evaluation" };
  return unsettled(question, pool, tally);
}

interface Tally {
  readonly looked: number;
  readonly equal: number;
  /** Those of them at which both sides are 0. */
  readonly trivial: number;
  /** Bindings at which one side alone has a value. */
  readonly oneSided: number;
}

function isSettled(
  { looked, equal, oneSided }: Tally,
  needed: { readonly looked: number; readonly equal: number },
): boolean {
  return looked >= needed.looked && equal >= needed.equal && oneSided === 0;
}

function reachIn({ subject, left, right, options, sense }: Question): Reach {
  const wiring = options.own ? subject.world(0, "any", sense, options.own).wiring : subject.wiring;
  const [one, other] = [reachOf(wiring, left), reachOf(wiring, right)];
  return bindingsFor[one].looked > bindingsFor[other].looked ? one : other;
}

function worldsOf({ subject, options, sense }: Question, number: number, pool: Pool): Worlds {
  const right = subject.world(number, pool, sense, options.own);
  const left = options.ownOn === "right" ? subject.world(number, pool, sense) : right;
  return { left, right };
}

/** No drawn numbers show a difference, and too few show equality. */
function unsettled(question: Question, pool: Pool, tally: Tally): Comparison {
  const { subject, left, right, options } = question;
  const exact = options.own ? undefined : subject.fractions.areEqual(left, right);
  if (exact !== undefined) return exact ? { verdict: "true", how: "exact" } : unseenDifference(question);
  if (tally.equal > 0 && freeSymbols(subject.wiring, [left, right]).length === 0)
    return { verdict: "true", how: "evaluation" };
  if (pool === "any") {
    const positive = inPool(question, "positive");
    if (positive.verdict === "false") return positive;
    if (positive.verdict === "true" && tally.oneSided === 0) return positive;
    if (positive.verdict === "true")
      return { verdict: "conditional", condition: positivity(subject, left, right) };
  }
  return { verdict: "undecided", why: whyUndecided(tally) };
}

function whyUndecided({ looked, equal, oneSided }: Tally): string {
  if (oneSided > 0) return "One side has a value at drawn numbers where the other has none.";
  if (equal > 0)
    return `Both sides agree at ${equal} of ${looked} drawn bindings, and at the others their digits do not suffice.`;
  return "At the drawn numbers the sides have no value, or too few of their digits are known.";
}

/** Fractions that differ by less than any ball can see, or are larger than any ball: doubles show no difference. */
function unseenDifference(question: Question): Comparison {
  const worlds = worldsOf(question, 0, "any");
  const counterexample = counterexampleAt(worlds, question.left, question.right);
  const isShown = counterexample.left !== counterexample.right;
  return { verdict: "false", ...(isShown && { counterexample }) };
}
