// Whether two sides of a relation are equal: as one object, at drawn numbers with bounds on every error, exactly.
//
// `false` is rigorous: the balls of the two sides do not meet at one binding. `true` needs balls that meet, each far
// narrower than any slip, at several bindings; what else agrees is `undecided`, never accepted by a tolerance.
import { isProduct, isSum, nodesOf } from "../expression/build.ts";
import { type DerivativeExpr, type Expr, entryId, type SymbolExpr } from "../expression/expr.ts";
import { type Ball, isNothing, isZero, signOf, subtract } from "../numeric/balls/ball.ts";
import type { Comparison, Condition, Counterexample } from "./comparison.ts";
import { freeSymbols } from "./draw.ts";
import { type Reach, reachOf, signSensitive } from "./kinds.ts";
import { compareGiven, isForGiven } from "./numbers.ts";
import { type Own, type Pool, poolSize, type Subject } from "./subject.ts";
import { symbolsOf } from "./wiring.ts";
import type { Locals, World } from "./world.ts";

export interface CompareOptions {
  readonly own?: Own;
  /** Which sides are read with the student's own values; default both. */
  readonly ownOn?: "both" | "right";
  /** Default: total, and where that is false and the other differs, local. */
  readonly locals?: Locals;
  /** Whether to look for a condition under which a false relation holds; default yes. */
  readonly conditions?: boolean;
}

/** Radii of both sides together, relative to the larger side, at which equality is believed. */
const narrow = 1e-22;

/** Bindings looked at, and how many of them must show equality: functions with branches agree in places only. */
const bindingsFor: Readonly<Record<Reach, { readonly looked: number; readonly equal: number }>> = {
  analytic: { looked: 4, equal: 4 },
  cornered: { looked: 8, equal: 6 },
  branchy: { looked: poolSize, equal: 6 },
};

export function compare(subject: Subject, left: Expr, right: Expr, options: CompareOptions = {}): Comparison {
  const upsideDown = derivativesOf(left, right).find((node) => isUpsideDown(subject, node));
  if (upsideDown) return { verdict: "false", upsideDown };
  if (left === right && options.ownOn !== "right") return { verdict: "true", how: "identity" };
  const numeric = isForGiven(subject, left, right);
  if (numeric === "only") return compareGiven(subject, left, right, options);
  const found = compareReadings(subject, left, right, options);
  if (found.verdict !== "false" || numeric === "never") return found;
  const given = compareGiven(subject, left, right, options);
  return given.verdict === "true" ? given : found;
}

/** All non-loss derivatives total, then all local: either makes the relation true. */
function compareReadings(subject: Subject, left: Expr, right: Expr, options: CompareOptions): Comparison {
  if (options.locals) return compareAsRead(subject, left, right, options, options.locals);
  const total = compareAsRead(subject, left, right, options, "total");
  if (total.verdict === "true" || !derivativesOf(left, right).some((node) => hasTwoReadings(subject, node)))
    return total;
  const local = compareAsRead(subject, left, right, options, "local");
  return local.verdict === "true" ? local : total;
}

function compareAsRead(
  subject: Subject,
  left: Expr,
  right: Expr,
  options: CompareOptions,
  locals: Locals,
): Comparison {
  const question: Question = { subject, left, right, options, locals };
  const found = inPool(question, "any");
  // Closer than any ball can see: only whole numbers tell such fractions apart.
  if (found.verdict === "true" && !options.own && areRational(question)) {
    if (subject.fractions.areEqual(left, right) === false) return unseenDifference(question);
  }
  if (found.verdict === "false" && options.conditions !== false) return conditional(question, found) ?? found;
  return found;
}

interface Question {
  readonly subject: Subject;
  readonly left: Expr;
  readonly right: Expr;
  readonly options: CompareOptions;
  readonly locals: Locals;
}

/** What one binding says. */
type Sight = "equal" | "unequal" | "one side only" | "open";

function inPool(question: Question, pool: Pool): Comparison {
  const { left, right } = question;
  const needed = bindingsFor[reachIn(question)];
  const tally = { looked: 0, equal: 0, oneSided: 0, seen: 0 };
  for (let number = 0; number < poolSize && !isSettled(tally, needed); number += 1) {
    tally.looked += 1;
    const worlds = worldsOf(question, number, pool);
    if (!worlds) continue;
    tally.seen += 1;
    const sight = look(worlds, left, right);
    if (sight === "unequal")
      return { verdict: "false", counterexample: counterexampleAt(worlds, left, right) };
    if (sight === "equal") tally.equal += 1;
    if (sight === "one side only") tally.oneSided += 1;
  }
  if (isSettled(tally, needed)) return { verdict: "true", how: "evaluation" };
  return unsettled(question, pool, tally);
}

interface Tally {
  readonly looked: number;
  readonly equal: number;
  /** Bindings at which one side alone has a value. */
  readonly oneSided: number;
  /** Bindings at which the network has values. */
  readonly seen: number;
}

function isSettled(
  { looked, equal, oneSided }: Tally,
  needed: { readonly looked: number; readonly equal: number },
): boolean {
  return looked >= needed.looked && equal >= needed.equal && oneSided === 0;
}

function reachIn({ subject, left, right, options, locals }: Question): Reach {
  const wiring = (options.own && subject.world(0, "any", locals, options.own)?.wiring) ?? subject.wiring;
  const [one, other] = [reachOf(wiring, left), reachOf(wiring, right)];
  return bindingsFor[one].looked > bindingsFor[other].looked ? one : other;
}

function areRational({ subject: { fractions }, left, right }: Question): boolean {
  return fractions.isRational(left) && fractions.isRational(right);
}

interface Worlds {
  readonly left: World;
  readonly right: World;
}

function worldsOf({ subject, options, locals }: Question, number: number, pool: Pool): Worlds | undefined {
  const right = subject.world(number, pool, locals, options.own);
  const left = options.ownOn === "right" ? subject.world(number, pool, locals) : right;
  return left && right && { left, right };
}

function look(worlds: Worlds, left: Expr, right: Expr): Sight {
  const [one, other] = [worlds.left.ball(left), worlds.right.ball(right)];
  if (isNothing(one) || isNothing(other))
    return isNothing(one) === isNothing(other) ? "open" : "one side only";
  const difference = subtract(one, other);
  if (Math.abs(difference.hi) > difference.radius) return "unequal";
  return isNarrow(one, other) || (vanishes(worlds.left, left) && vanishes(worlds.right, right))
    ? "equal"
    : "open";
}

function isNarrow(one: Ball, other: Ball): boolean {
  return one.radius + other.radius <= narrow * Math.max(Math.abs(one.hi), Math.abs(other.hi));
}

/** Whether an expression that may be 0 is so relative to its own terms: sin²x + cos²x − 1. */
function vanishes(world: World, expr: Expr): boolean {
  const value = world.ball(expr);
  if (isZero(value)) return true;
  if (isNothing(value) || signOf(value) !== undefined) return false;
  if (isSum(expr)) {
    const largest = Math.max(...expr.args.map((term) => Math.abs(world.ball(term).hi)));
    return value.radius <= narrow * largest || expr.args.every((term) => vanishes(world, term));
  }
  if (isProduct(expr)) return expr.args.some((factor) => vanishes(world, factor));
  const definition = expr.kind === "symbol" ? world.wiring.definition(expr) : undefined;
  return definition !== undefined && vanishes(world, definition);
}

/** No drawn numbers show a difference, and too few show equality. */
function unsettled(question: Question, pool: Pool, { equal, oneSided, seen }: Tally): Comparison {
  const { subject, left, right } = question;
  const exact = question.options.own ? undefined : subject.fractions.areEqual(left, right);
  if (exact !== undefined) return exact ? { verdict: "true", how: "exact" } : unseenDifference(question);
  const isConstant = freeOf(question).length === 0;
  if (isConstant && equal > 0) return { verdict: "true", how: "evaluation" };
  if (pool === "any" && seen > 0) {
    const positive = inPool(question, "positive");
    if (positive.verdict === "false") return positive;
    if (positive.verdict === "true" && oneSided === 0) return positive;
    if (positive.verdict === "true") return { verdict: "conditional", condition: positivity(question) };
  }
  return { verdict: "undecided", why: whyUndecided(seen, equal, oneSided) };
}

function whyUndecided(seen: number, equal: number, oneSided: number): string {
  if (seen === 0) return "No drawn numbers were found at which every quantity of the network has a value.";
  if (oneSided > 0) return "One side has a value at drawn numbers where the other has none.";
  if (equal > 0)
    return `Both sides agree at ${equal} of ${seen} drawn bindings, and at the others their digits do not suffice.`;
  return "At the drawn numbers the sides have no value, or too few of their digits are known.";
}

/** Fractions that differ by less than any ball can see. */
function unseenDifference(question: Question): Comparison {
  const worlds = worldsOf(question, 0, "any");
  if (!worlds) return { verdict: "undecided", why: whyUndecided(0, 0, 0) };
  return { verdict: "false", counterexample: counterexampleAt(worlds, question.left, question.right) };
}

/** False as it stands, and true where some quantities are positive or the targets add up to 1. */
function conditional(
  question: Question,
  { counterexample }: { readonly counterexample?: Counterexample },
): Comparison | undefined {
  for (const { pool, condition } of conditionsFor(question)) {
    if (inPool(question, pool).verdict === "true")
      return { verdict: "conditional", condition, ...(counterexample && { counterexample }) };
  }
  return undefined;
}

function conditionsFor(
  question: Question,
): readonly { readonly pool: Pool; readonly condition: Condition }[] {
  const { subject } = question;
  const found: { pool: Pool; condition: Condition }[] = [];
  if (positivity(question).of.length > 0) found.push({ pool: "positive", condition: positivity(question) });
  const { targets, graph } = subject.network;
  if (subject.mayBeDistribution) {
    const of = freeOf(question).filter(({ quantity }) => targets.includes(quantity));
    const known = of.length > 0 ? of : targets.map((target) => graph.symbol(target));
    found.push({ pool: "distribution", condition: { kind: "distribution", of: known } });
  }
  return found;
}

/** The free quantities under roots, logarithms and absolute values of the sides; of formulas also of what they name. */
function positivity({ subject, left, right }: Question): Condition {
  const { wiring } = subject;
  const isFormula = wiring.network.kind === "equations";
  const named = isFormula
    ? [left, right].flatMap(symbolsOf).flatMap((symbol) => wiring.definition(symbol) ?? [])
    : [];
  return {
    kind: "positive",
    of: freeSymbols(wiring, [left, right, ...named].flatMap(signSensitive), symbolsOf),
  };
}

function freeOf({ subject, left, right }: Question): readonly SymbolExpr[] {
  return freeSymbols(subject.wiring, [left, right], symbolsOf);
}

/** The numbers of everything free that the sides depend on. */
function counterexampleAt(worlds: Worlds, left: Expr, right: Expr): Counterexample {
  const { wiring } = worlds.right;
  const free = freeSymbols(wiring, [left, right], symbolsOf);
  return {
    bindings: Object.fromEntries(
      free.map((symbol) => [entryId(symbol.quantity, symbol.indices), worlds.right.ball(symbol).hi]),
    ),
    left: shown(worlds.left.ball(left)),
    right: shown(worlds.right.ball(right)),
  };
}

/** The middle of a ball; 0 where nothing tells it from 0. */
function shown(value: Ball): number {
  return signOf(value) === undefined ? 0 : value.hi;
}

function derivativesOf(left: Expr, right: Expr): readonly DerivativeExpr[] {
  const found: DerivativeExpr[] = [];
  for (const side of [left, right])
    for (const node of nodesOf(side)) if (node.kind === "derivative") found.push(node);
  return found;
}

/** Whether the only way leads from what is derived to what it is derived by. */
function isUpsideDown({ wiring }: Subject, { of, by }: DerivativeExpr): boolean {
  return of.kind === "symbol" && !wiring.dependsOn(of, by) && wiring.dependsOn(by, of);
}

/** Whether a quantity's own definition names another that it also reaches on a longer way. */
function hasTwoReadings({ wiring }: Subject, { of, by }: DerivativeExpr): boolean {
  if (of.kind !== "symbol" || wiring.isLoss(of)) return false;
  const users = wiring.users(by);
  return users.includes(of) && users.some((user) => user !== of && wiring.dependsOn(of, user));
}
