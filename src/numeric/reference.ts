// The referee: values and derivatives of a network from an engine that shares nothing with ours but the description.
//
// It reads the description by its own plain walk (`reference/walk.ts`), spells every function from its definition
// (`reference/functions.ts`), works in mathjs's arithmetics and trees, and moves a number to see what the loss does:
// it never differentiates. Only files under `reference/` import mathjs.
import type { NetworkDescription } from "../network/description.ts";
import { primitives } from "../primitives/index.ts";
import { type AnyEvaluation, type Corner, type Direction, Evaluation } from "./reference/evaluation.ts";
import { bigField, complexField, type Method } from "./reference/field.ts";
import { functionKey, functionsOf } from "./reference/functions.ts";
import { type Program, programOf } from "./reference/walk.ts";

/** A derivative as the referee sees it. */
export interface Estimate {
  readonly value: number;
  readonly method: Method;
}

/** A call whose argument sits where the function's derivative jumps. */
export interface KinkFound {
  /** Catalogue name: `relu`. */
  readonly function: string;
  /** Id of the entry in whose definition the call stands. */
  readonly quantity: string;
  /** What the catalogue takes the derivative to be there. */
  readonly convention: string;
}

export interface Referee {
  /** Values of one sample (from 1) by id: inputs, parameters, z, a, E[k], R, E, or the names of the equations. */
  forward(sample: number): ReadonlyMap<string, number>;
  /** The loss over all samples: the mean or sum of E. */
  loss(): number;
  /** d loss / d parameter over all samples. */
  gradient(parameterId: string, method?: Method): Estimate;
  /** d E / d entry for one sample (from 1), found by adding ε to the entry's value; E contains its share of R. */
  adjoint(entryId: string, sample: number): Estimate;
  /** Σ direction_p · d loss / d p over all samples. */
  directional(direction: Direction): Estimate;
  /** Where the numbers sit at a kink: there the referee's derivative is a mean of both sides, not the convention. */
  kinks(): readonly KinkFound[];
  /** Expected milliseconds of one call of `gradient`, from the sizes of the network. */
  readonly costOfOne: number;
}

const complexFunctions = functionsOf(complexField);
const bigFunctions = functionsOf(bigField);

/**
 * The referee of a completed description: one in which every parameter and sample has its numbers.
 * Derivatives are complex steps where every function is analytic at the point and doubles carry enough digits,
 * central differences in 64 digits elsewhere; `method` asks for one of them, and a complex step that
 * leaves the range of doubles is replaced by a central difference all the same.
 */
export function referee(
  description: NetworkDescription,
  options: { readonly method?: Method } = {},
): Referee {
  const program = programOf(description);
  const evaluations: Evaluations = {
    "complex-step": new Evaluation(program, complexField, complexFunctions),
    "central-difference": new Evaluation(program, bigField, bigFunctions),
  };
  const choose = once(() => choice(program, evaluations));
  const forwardMethod = () => (options.method === "central-difference" ? options.method : choose().forward);
  const estimate = (derivative: (evaluation: AnyEvaluation) => number, method?: Method): Estimate =>
    estimateBy(evaluations, method ?? options.method ?? choose().derivative, derivative);
  return {
    forward: (sample) => evaluations[forwardMethod()].values(sample),
    loss: () => evaluations[forwardMethod()].loss(),
    gradient: (id, method) => estimate((evaluation) => evaluation.derivative(new Map([[id, 1]])), method),
    adjoint: (id, sample) =>
      estimate((evaluation) => evaluation.sampleDerivative(new Map([[id, 1]]), sample)),
    directional: (direction) => estimate((evaluation) => evaluation.derivative(direction)),
    kinks: () => evaluations[forwardMethod()].corners().map(kinkFound),
    get costOfOne() {
      return costOfOne(program, evaluations, options.method ?? choose().derivative);
    },
  };
}

type Evaluations = Readonly<Record<Method, AnyEvaluation>>;

/** The methods that fit the numbers: for values, and for derivatives. */
interface Choice {
  readonly forward: Method;
  readonly derivative: Method;
}

function choice(program: Program, evaluations: Evaluations): Choice {
  const forward = doublesSuffice(program, evaluations) ? "complex-step" : "central-difference";
  const smooth = forward === "complex-step" && evaluations[forward].corners().length === 0;
  return { forward, derivative: smooth ? "complex-step" : "central-difference" };
}

/** A complex step that overflows (a logit of 1000) has no finite value; 64 digits have the exponents for it. */
function estimateBy(
  evaluations: Evaluations,
  method: Method,
  derivative: (by: AnyEvaluation) => number,
): Estimate {
  const value = derivative(evaluations[method]);
  if (Number.isFinite(value) || method === "central-difference") return { value, method };
  return { value: derivative(evaluations["central-difference"]), method: "central-difference" };
}

/** Milliseconds for comparing doubles with 64 digits; samples beyond it are only looked at for overflow. */
const comparisonBudget = 250;

/** Doubles that agree this well leave derivatives with the nine digits that a check compares. */
const sufficientAgreement = 1e-12;

/** A few units in the last place of 1: what cancels to less than this is noise of the doubles, not of the network. */
const noise = 1e-15;

/**
 * Whether doubles keep the digits of every value: 1 − σ(30) has lost all but three of them,
 * and ln(1 − σ(30)) would hand the loss on to the derivative.
 */
function doublesSuffice(program: Program, evaluations: Evaluations): boolean {
  const compared = Math.floor(comparisonBudget / forwardCost(program));
  return program.samples.every((_, index) => {
    const doubles = evaluations["complex-step"].values(index + 1);
    if (index >= compared) return [...doubles.values()].every(Number.isFinite);
    const exact = evaluations["central-difference"].values(index + 1);
    return [...doubles].every(([id, value]) => near(value, exact.get(id)!));
  });
}

function near(value: number, exact: number): boolean {
  return Math.abs(value - exact) <= sufficientAgreement * Math.abs(exact) + noise;
}

/** Milliseconds of one product and of one formula or vector entry, measured on two shared cores. */
const milliseconds: Readonly<Record<Method, { readonly product: number; readonly formula: number }>> = {
  "complex-step": { product: 0.0005, formula: 0.01 },
  "central-difference": { product: 0.005, formula: 0.5 },
};

/** Milliseconds of all values of one sample in 64 digits. */
function forwardCost(program: Program): number {
  const { product, formula } = milliseconds["central-difference"];
  return program.steps.reduce(
    (sum, step) => sum + (step.kind === "sum" ? step.products.length * product : step.ids.length * formula),
    0,
  );
}

/** A parameter that is read first reaches furthest; its cone stands for all. */
function costOfOne(program: Program, evaluations: Evaluations, method: Method): number {
  const [first] = program.parameters;
  if (first === undefined) return 0;
  const { products, formulas } = evaluations[method].work(first);
  const cost = milliseconds[method];
  return program.samples.length * (products * cost.product + formulas * cost.formula);
}

function kinkFound({ key, corner, quantity }: Corner): KinkFound {
  const row = primitives.find(({ name }) => functionKey(name) === key)!;
  return { function: row.name, quantity, convention: row.kinks![corner]!.convention };
}

function once<Result>(work: () => Result): () => Result {
  let result: { readonly value: Result } | undefined;
  return () => {
    result ??= { value: work() };
    return result.value;
  };
}
