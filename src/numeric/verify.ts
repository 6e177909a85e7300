// The check: our numbers against the referee's, parameter by parameter within a budget, the rest along directions.
import type { ScalarGraph } from "../derivative/scalar.ts";
import { entries, entryId, entryOffset, type Quantity } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import { checkPlan, compare } from "./check.ts";
import { type Estimate, type KinkFound, type Referee, referee } from "./reference.ts";
import type { Run } from "./run.ts";

export interface CheckOptions {
  readonly method?: "complex-step" | "central-difference";
  /** Milliseconds that the referee may take, estimated from sizes; default `defaultBudget`. */
  readonly budget?: number;
}

/** Milliseconds for a referee's check when nothing else is asked. */
const defaultBudget = 1000;

export interface ParameterCheck {
  readonly status: "agrees" | "disagrees" | "kink" | "not-compared";
  readonly agrees: boolean;
  readonly scope?: "parameter" | "direction";
  readonly method?: Estimate["method"];
  readonly reference?: number;
  readonly relativeError?: number;
  /** Why nothing was compared, or the convention at the kink. */
  readonly reason?: string;
}

/** How many numbers of a kind were compared, and the ids of those that differ. */
interface Tally {
  readonly compared: number;
  readonly of: number;
  readonly differing: readonly string[];
}

export interface Verification {
  readonly agrees: boolean;
  readonly parameters: ReadonlyMap<string, ParameterCheck>;
  readonly forward: Tally;
  readonly deltas: Tally;
  /** `reference` is absent where the referee found no finite value. */
  readonly loss: { readonly agrees: boolean; readonly reference?: number };
  readonly kinks: readonly KinkFound[];
}

/**
 * `gradientIds` are the parameters that were derived. `scalar` tells which parameters a kink touches. `largestTerm` is
 * the size of the largest chain product: derivatives that cancel to 0 are compared beside it.
 */
export function verify(
  network: Network,
  numbers: Run,
  gradientIds: readonly string[],
  scalar: ScalarGraph | undefined,
  options: CheckOptions = {},
  largestTerm = 0,
): Verification {
  const ask = (by: Method): Verification =>
    verifyBy(referee(network.completed, by), network, numbers, gradientIds, scalar, largestTerm, options);
  return withSecondOpinion(options, ask, ({ agrees }) => !agrees);
}

type Method = Pick<CheckOptions, "method">;

/** Doubles lose digits that we keep: who disagrees by them is asked again in 64 digits. */
function withSecondOpinion<Result>(
  { method }: CheckOptions,
  ask: (by: Method) => Result,
  disagrees: (result: Result) => boolean,
): Result {
  const first = ask(method ? { method } : {});
  return method === undefined && disagrees(first) ? ask({ method: "central-difference" }) : first;
}

function verifyBy(
  judge: Referee,
  network: Network,
  numbers: Run,
  gradientIds: readonly string[],
  scalar: ScalarGraph | undefined,
  largestTerm: number,
  { budget = defaultBudget }: CheckOptions,
): Verification {
  const kinks = judge.kinks();
  const own = gradientsById(network, numbers);
  const scale = Math.max(largestTerm, largestOf(own.values()));
  const parameters = checkParameters(own, scale, gradientIds, judge, kinks, scalar, budget);
  const loss = checkLoss(numbers, judge.loss());
  const forward = checkForward(network, numbers, judge, budget);
  const deltas =
    kinks.length > 0 ? { compared: 0, of: 0, differing: [] } : checkDeltas(numbers, scale, judge, budget);
  const agrees =
    (loss.agrees || loss.reference === undefined) &&
    forward.differing.length === 0 &&
    deltas.differing.length === 0 &&
    [...parameters.values()].every(({ status }) => status !== "disagrees");
  return { agrees, parameters, forward, deltas, loss, kinks };
}

function checkLoss({ loss }: Run, reference: number): Verification["loss"] {
  if (!Number.isFinite(reference)) return { agrees: false };
  return { agrees: compare(loss, { value: reference, method: "complex-step" }).agrees, reference };
}

/** The gradients alone, without a scalar graph: for large networks. */
export function verifyGradients(
  network: Network,
  numbers: Pick<Run, "gradients" | "loss">,
  options: CheckOptions = {},
): ParameterCheck {
  const ask = (by: Method): ParameterCheck =>
    verifyGradientsBy(referee(network.completed, by), network, numbers, options);
  return withSecondOpinion(options, ask, ({ status }) => status === "disagrees");
}

function verifyGradientsBy(
  judge: Referee,
  network: Network,
  numbers: Pick<Run, "gradients">,
  { budget = defaultBudget }: CheckOptions,
): ParameterCheck {
  const [kink] = judge.kinks();
  if (kink) return { status: "kink", agrees: false, reason: kink.convention };
  const own = gradientsById(network, numbers);
  const scale = largestOf(own.values());
  const checks = [...checkParameters(own, scale, [...own.keys()], judge, [], undefined, budget).values()];
  const [first] = checks;
  if (!first) return { status: "not-compared", agrees: false, reason: "The network has no parameters." };
  const worst = checks.reduce((a, b) => ((b.relativeError ?? 0) > (a.relativeError ?? 0) ? b : a));
  return checks.find(({ status }) => status === "disagrees") ?? worst;
}

/** Without any derivative that is not 0, terms of size 1 are assumed. */
function checkParameters(
  own: ReadonlyMap<string, number>,
  size: number,
  gradientIds: readonly string[],
  judge: Referee,
  kinks: readonly KinkFound[],
  scalar: ScalarGraph | undefined,
  budget: number,
): ReadonlyMap<string, ParameterCheck> {
  const scale = size || 1;
  const touched = new Map(
    gradientIds.map((id) => [id, kinks.find((kink) => reaches(id, kink.quantity, scalar))]),
  );
  const smooth = gradientIds.filter((id) => !touched.get(id));
  const plan = checkPlan(budget, smooth, judge.costOfOne);
  const checks = new Map<string, ParameterCheck>();
  for (const [id, kink] of touched)
    if (kink) checks.set(id, { status: "kink", agrees: false, reason: kink.convention });
  for (const id of plan.single)
    checks.set(id, compared(own.get(id)!, judge.gradient(id), scale, "parameter"));
  for (const { direction } of plan.directions) {
    const along = [...direction].reduce((total, [id, share]) => total + share * own.get(id)!, 0);
    const check = compared(along, judge.directional(direction), scale, "direction");
    for (const id of direction.keys()) checks.set(id, check);
  }
  return checks;
}

/** ln(1 − σ(1000)): the referee has 64 digits, and 1 − σ(1000) needs 434. */
const noReference = "The independent engine has no finite value here, even in 64 digits.";

function compared(
  own: number,
  estimate: Estimate,
  scale: number,
  scope: "parameter" | "direction",
): ParameterCheck {
  if (!Number.isFinite(estimate.value)) return { status: "not-compared", agrees: false, reason: noReference };
  const { agrees, relativeError } = compare(own, estimate, sizeBeside(estimate, scale));
  return {
    status: agrees ? "agrees" : "disagrees",
    agrees,
    scope,
    method: estimate.method,
    reference: estimate.value,
    relativeError,
  };
}

/** Far below what 64 digits leave of terms of size 1: a derivative that is 0, beside which ours is the rounding of such terms. */
const vanishing = 1e-30;

function sizeBeside({ value, method }: Estimate, scale: number): number {
  const isNothing = method === "central-difference" && Math.abs(value) < vanishing;
  return isNothing ? Math.max(scale, 1) : scale;
}

/** Whether a parameter feeds the quantity at whose kink the numbers sit; without a scalar graph, every one may. */
function reaches(parameterId: string, quantityId: string, scalar: ScalarGraph | undefined): boolean {
  const start = scalar?.byId.get(parameterId);
  if (!start) return true;
  const reached = new Set([start]);
  for (const node of reached) {
    if (node.id === quantityId) return true;
    for (const edge of node.users) reached.add(edge.of);
  }
  return false;
}

function checkForward(network: Network, numbers: Run, judge: Referee, budget: number): Tally {
  const quantities = network.quantities.filter((quantity) => quantity.define);
  const samples = affordableSamples(numbers, judge, budget);
  const differing: string[] = [];
  let count = 0;
  let all = 0;
  for (const [position, { values }] of numbers.samples.entries()) {
    const reference = position < samples ? judge.forward(position + 1) : undefined;
    for (const quantity of quantities) {
      for (const indices of entries(quantity)) {
        all += 1;
        const expected = reference?.get(entryId(quantity, indices));
        if (expected === undefined || !Number.isFinite(expected)) continue;
        count += 1;
        const own = values.get(quantity)![entryOffset(quantity, indices)]!;
        if (!compare(own, { value: expected, method: "complex-step" }).agrees)
          differing.push(idAt(quantity, indices, position, numbers));
      }
    }
  }
  return { compared: count, of: all, differing };
}

/** Every δ by adding ε to its pre-activation, as many as the budget allows. */
function checkDeltas(numbers: Run, size: number, judge: Referee, budget: number): Tally {
  let affordable = Math.floor(budget / judge.costOfOne);
  const differing: string[] = [];
  let count = 0;
  let all = 0;
  for (const [position, { values }] of numbers.samples.entries()) {
    const deltas = [...values].flatMap(([quantity, own]) => (quantity.adjointOf ? [...own] : []));
    const scale = Math.max(size, largestOf(deltas)) || 1;
    for (const [quantity, entriesOf] of values) {
      const { adjointOf } = quantity;
      if (!adjointOf) continue;
      for (const indices of entries(quantity)) {
        all += 1;
        if (affordable <= 0) continue;
        affordable -= 1;
        const own = entriesOf[entryOffset(quantity, indices)]!;
        const estimate = judge.adjoint(entryId(adjointOf, indices), position + 1);
        if (!Number.isFinite(estimate.value)) continue;
        count += 1;
        if (!compare(own, estimate, sizeBeside(estimate, scale)).agrees)
          differing.push(idAt(quantity, indices, position, numbers));
      }
    }
  }
  return { compared: count, of: all, differing };
}

function affordableSamples(numbers: Run, judge: Referee, budget: number): number {
  return Math.max(1, Math.min(numbers.samples.length, Math.floor(budget / judge.costOfOne)));
}

function idAt(quantity: Quantity, indices: readonly number[], position: number, numbers: Run): string {
  return entryId(quantity, indices) + (numbers.samples.length > 1 ? `@${position + 1}` : "");
}

function gradientsById(network: Network, { gradients }: Pick<Run, "gradients">): ReadonlyMap<string, number> {
  const byId = new Map<string, number>();
  for (const parameter of network.parameters) {
    const values = gradients.get(parameter)!;
    for (const indices of entries(parameter))
      byId.set(entryId(parameter, indices), values[entryOffset(parameter, indices)]!);
  }
  return byId;
}

function largestOf(values: Iterable<number>): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}
