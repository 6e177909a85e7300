// One problem and one variant of it: the network, what is asked for, and the numbers of a seed put in.
import { type DeriveOptions, derive } from "../derivation/derive.ts";
import type { Derived } from "../derivation/derived.ts";
import { requireSizes } from "../derivation/possible-forms.ts";
import { notComparedSentence } from "../derivation/sentences.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import type { ScalarNode } from "../derivative/scalar.ts";
import { didYouMean, Failure } from "../failure.ts";
import { coneBetween } from "../grading/cone.ts";
import type { Subject } from "../grading/subject.ts";
import type { World } from "../grading/world.ts";
import type { NetworkDescription } from "../network/description.ts";
import type { Network, Values } from "../network/network.ts";
import type { Notation } from "../notation/notation.ts";
import { type Question, questionOf } from "./alternatives.ts";
import { withNumbers } from "./given.ts";
import { type TaskName, tasks } from "./task.ts";
import { toldBy, withAllCodes } from "./told.ts";
import { type Drawn, drawVariant, worldAt } from "./variant.ts";

/** Where a variant's numbers come from: the description, the seed, or nowhere. */
export type Source = "given" | "drawn" | "none";

export interface Problem {
  readonly task: TaskName;
  readonly subject: Subject;
  readonly targets: readonly ScalarNode[];
  /** The derivative by each target, and, where the task updates, each target after the step. */
  readonly questions: readonly Question[];
  readonly source: Source;
  /** Whether no misconception may go unseen: those that were asked for by name. */
  readonly strict: boolean;
  /** Significant digits that are asked for. */
  readonly digits: number;
  readonly learningRate: number;
  readonly notation: Notation;
  readonly language: Language;
}

export interface ProblemOptions {
  readonly task: TaskName;
  /** Ids; absent: the first parameter. */
  readonly parameters?: readonly string[];
  /** Codes of those that numbers must tell apart; absent: all that can be met. */
  readonly misconceptions?: readonly string[];
  readonly source: Source;
  readonly digits: number;
  readonly learningRate: number;
  readonly notation: Notation;
  readonly language: Language;
}

/** A variant of a problem; without numbers it has neither values nor a world. */
export interface Variant {
  readonly problem: Problem;
  /** The problem's, as far as the numbers can ask them. */
  readonly questions: readonly Question[];
  readonly seed: number;
  readonly network: Network;
  readonly description: NetworkDescription;
  readonly derived: Derived;
  readonly world?: World;
}

/** Throws Failure for parameters that the network does not have, and for numbers that a task needs and cannot get. */
export function problemOf(subject: Subject, options: ProblemOptions, codes: readonly string[]): Problem {
  const { network } = subject;
  const { task, parameters, misconceptions = codes, source } = options;
  requireSizes(network, "Worksheets are about");
  requireOneSample(network);
  requireNumbers(network, task, source);
  const targets = parameters
    ? parameters.map((id, place) => targetNamed(id, place, subject))
    : [firstTarget(subject)];
  const wanted = new Set(misconceptions);
  const kinds = tasks[task].updates ? (["derivative", "update"] as const) : (["derivative"] as const);
  const questions = targets.flatMap((node) => kinds.map((kind) => questionOf(subject, node, kind, wanted)));
  return { ...options, strict: options.misconceptions !== undefined, subject, targets, questions };
}

const parameterNodes = ({ network, scalar }: Subject): readonly ScalarNode[] =>
  scalar.nodes.filter(({ symbol }) => network.parameters.includes(symbol.quantity));

const movesLoss = (node: ScalarNode, { network, scalar }: Subject): boolean =>
  coneBetween(scalar, network.graph, scalar.loss, node) !== undefined;

/** In the order of the description, the first parameter that the loss depends on. */
function firstTarget(subject: Subject): ScalarNode {
  const { parameters } = subject.network;
  const reached = parameterNodes(subject).filter((node) => movesLoss(node, subject));
  const [first] = reached.toSorted(
    (left, right) => parameters.indexOf(left.symbol.quantity) - parameters.indexOf(right.symbol.quantity),
  );
  if (first) return first;
  throw new Failure(
    "impossible-request",
    "The loss depends on no parameter of the network, so that there is nothing to work out; let a parameter reach the loss.",
    { pointer: "/network" },
  );
}

function targetNamed(id: string, place: number, subject: Subject): ScalarNode {
  const known = parameterNodes(subject);
  const pointer = `/parameters/${place}`;
  const found = known.find((node) => node.id === id);
  if (!found) {
    const ids = known.map((node) => node.id);
    throw new Failure("unknown-name", `"${id}" is not a parameter of the network.${didYouMean(id, ids)}`, {
      pointer,
    });
  }
  if (movesLoss(found, subject)) return found;
  throw new Failure(
    "impossible-request",
    `The loss does not depend on "${id}": its derivative is 0, and there is nothing to work out; name another parameter.`,
    { pointer },
  );
}

function requireOneSample({ samples }: Network): void {
  if (samples.count === 1) return;
  throw new Failure(
    "impossible-request",
    `A worksheet is about one sample, and the network has ${samples.count}; keep the one that is to be worked out.`,
    { pointer: "/network/samples" },
  );
}

function requireNumbers(network: Network, task: TaskName, source: Source): void {
  const { values, abstract, missing } = network;
  if (source === "none" && tasks[task].needsNumbers)
    throw new Failure(
      "impossible-request",
      `The task "${task}" is about numbers; set "values" to "drawn" or "given", or choose another task.`,
      { pointer: "/values" },
    );
  if (source === "drawn" && abstract.length > 0)
    throw new Failure(
      "impossible-request",
      `No numbers can be drawn while the function ${abstract.join(", ")} is abstract; name an activation, or set "values" to "none".`,
      { pointer: "/values" },
    );
  if (source === "given" && !values)
    throw new Failure(
      "impossible-request",
      `The worksheet is to have the network's own numbers. ${notComparedSentence(missing.length > 0 ? { reason: "missing", names: missing } : { reason: "no-numbers" })} Give them, or set "values" to "drawn".`,
      { pointer: "/network" },
    );
}

/** The variant of a seed: the same seed gives the same variant. Throws Failure where no numbers fit. */
export function variantOf(problem: Problem, seed: number): Variant {
  const { subject, source, questions } = problem;
  if (source === "none") return variantWith(problem, seed, withoutNumbers(subject.network), { questions });
  const drawn = source === "drawn" ? drawVariant(problem, seed) : givenVariant(problem);
  const world = worldAt(problem, drawn.values);
  return variantWith(problem, seed, numbered(subject.network, drawn.values), {
    questions: drawn.questions.map((question) => withAllCodes(world, question, problem.digits)),
    world,
  });
}

/** What the network's own numbers tell apart when they are written. */
function givenVariant(problem: Problem): Drawn {
  const { subject, questions, digits } = problem;
  const values = givenValues(subject.network);
  const world = worldAt(problem, values);
  return { values, questions: questions.map((question) => toldBy(world, question, digits)) };
}

function variantWith(
  problem: Problem,
  seed: number,
  network: Network,
  { questions, world }: Pick<Variant, "questions" | "world">,
): Variant {
  const { task, targets, learningRate } = problem;
  const options: DeriveOptions = {
    parameters: targets.map(({ id }) => id),
    maxPaths: mostPaths,
    maxPathsInAll: Number.POSITIVE_INFINITY,
    check: {},
    ...(tasks[task].updates && { update: { learningRate, only: targets.map(({ id }) => id) } }),
  };
  return {
    problem,
    questions,
    seed,
    network,
    description: network.completed,
    derived: derive(network, options),
    ...(world && { world }),
  };
}

/** Chain products of one parameter that are written out. */
const mostPaths = 50;

/** The same network with other numbers: the same quantities, the same graph. */
function numbered(network: Network, values: Values): Network {
  const sampled = new Set([...network.inputs, ...network.targets]);
  const isSampled = network.kind !== "equations";
  const part = (inSample: boolean): Values =>
    new Map([...values].filter(([quantity]) => (isSampled && sampled.has(quantity)) === inSample));
  return {
    ...network,
    values: new Map([...(network.values ?? []), ...part(false)]),
    samples: { ...network.samples, values: [part(true)] },
    missing: [],
    completed: withNumbers(network, values),
  };
}

function withoutNumbers({ values: _, ...network }: Network): Network {
  return { ...network, samples: { ...network.samples, values: [] } };
}

function givenValues(network: Network): Values {
  const all = new Map([...network.values!, ...(network.samples.values[0] ?? [])]);
  return new Map(
    network.quantities.flatMap((quantity) => (all.has(quantity) ? [[quantity, all.get(quantity)!]] : [])),
  );
}
