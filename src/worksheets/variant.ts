// The numbers of one variant: drawn by its seed until they make a good problem.
import type { ScalarNode } from "../derivative/scalar.ts";
import { entryOffset } from "../expression/expr.ts";
import { fromNumber } from "../expression/rational.ts";
import { Failure } from "../failure.ts";
import type { Subject } from "../grading/subject.ts";
import { World } from "../grading/world.ts";
import type { Values } from "../network/network.ts";
import { uniformGenerator } from "../network/random.ts";
import { fromRational, nothing } from "../numeric/balls/ball.ts";
import { hashOf } from "../numeric/balls/stand-in.ts";
import type { Question } from "./alternatives.ts";
import { type Drawing, drawNumbers, targetKind } from "./drawing.ts";
import { isWellConditioned } from "./suitable.ts";
import { type TaskName, tasks } from "./task.ts";
import { tellsApart, toldBy } from "./told.ts";

/** What numbers are drawn for. */
export interface Drawable {
  readonly task: TaskName;
  readonly subject: Subject;
  readonly questions: readonly Question[];
  /** Whether no misconception may go unseen. */
  readonly strict: boolean;
  /** Significant digits that are asked for. */
  readonly digits: number;
  readonly learningRate: number;
}

/** The numbers of a variant, and its questions as far as these numbers can ask them. */
export interface Drawn {
  readonly values: Values;
  readonly questions: readonly Question[];
}

/** Numbers that are drawn in one attempt: a large network gets fewer draws. */
const mostNumbers = 100_000;

/** First one decimal is tried, then two; labels are one-hot as long as that is enough. */
const attempts: readonly (Drawing & { readonly draws: number })[] = (["one-hot", "parts"] as const).flatMap(
  (distribution) => [
    { distribution, decimals: 1, draws: 300 },
    { distribution, decimals: 2, draws: 700 },
  ],
);

/**
 * Well-conditioned draws that are looked at before a coincidence of results counts as the network's own: with relu, all of
 * them have active units of slope 1.
 */
const pilots = 30;

/**
 * The same seed gives the same numbers: the first at which all wrong results are told apart, or, where the network lets no
 * numbers do so, as many as any of the first draws. Throws Failure `impossible-request` where none are found.
 */
export function drawVariant(problem: Drawable, seed: number): Drawn {
  const seen: Told[] = [];
  for (const told of goodDraws(problem, seed)) {
    if (told.apart && told.lost === 0) return told;
    seen.push(told);
    const fewest = Math.min(...seen.map(({ lost }) => lost));
    const clearest = seen.find(({ apart, lost }) => apart && lost === fewest);
    if (clearest && !problem.strict && seen.length >= pilots) return clearest;
  }
  const [best] = problem.strict
    ? []
    : seen.filter(({ apart }) => apart).toSorted((left, right) => left.lost - right.lost);
  if (best) return best;
  throw nothingFound(problem, seed, seen);
}

/** A draw with what its numbers tell. */
interface Told extends Drawn {
  /** Wrong results that coincide with others or with the right one. */
  readonly lost: number;
  /** Whether those that are left differ in the digits that are asked for. */
  readonly apart: boolean;
}

/** The well-conditioned ones among the draws of a seed, in their order. */
function* goodDraws(problem: Drawable, seed: number): Generator<Told> {
  const { network, scalar } = problem.subject;
  const uniform = uniformGenerator(hashOf("worksheet", seed));
  const labelled = targetKind(network) === "distribution";
  const affordable = Math.ceil(mostNumbers / scalar.nodes.length);
  for (const { draws, ...drawing } of attempts) {
    if (!labelled && drawing.distribution !== "one-hot") return;
    for (let draw = 0; draw < Math.min(draws, affordable); draw += 1) {
      const values = drawNumbers(network, uniform, drawing);
      const told = toldAt(problem, values, labelled && drawing.distribution === "one-hot");
      if (told) yield told;
    }
  }
}

/** What is told at these numbers; nothing where they are ill-conditioned. */
function toldAt(problem: Drawable, values: Values, oneHot: boolean): Told | undefined {
  const { subject, digits } = problem;
  const world = worldAt(problem, values);
  const asked = askedIn(problem);
  if (!isWellConditioned(world, subject.scalar, { asked, oneHot })) return undefined;
  const questions = problem.questions.map((question) => toldBy(world, question));
  return {
    values,
    questions,
    lost: countOf(problem) - countOf({ questions }),
    apart: questions.every((question) => tellsApart(world, question, digits)),
  };
}

const askedIn = ({ questions }: Drawable): ReadonlySet<ScalarNode> =>
  new Set(questions.flatMap(({ target }) => (target.kind === "definition" ? [] : target.cone.nodes)));

const countOf = ({ questions }: Pick<Drawable, "questions">): number =>
  questions.reduce((total, { alternatives }) => total + alternatives.length, 0);

function nothingFound(problem: Drawable, seed: number, seen: readonly Told[]): Failure {
  const [first = [], ...others] = seen.map(({ questions }) => questions.flatMap(({ unseen }) => unseen));
  const never = [...new Set(first)].filter((code) => others.every((codes) => codes.includes(code)));
  const why =
    never.length === 0
      ? ""
      : ` With the right number come out, whatever is drawn: ${never.map((code) => `"${code}"`).join(", ")}.`;
  const without = tasks[problem.task].needsNumbers ? "" : ', or leave numbers out with "values": "none"';
  return new Failure(
    "impossible-request",
    `No numbers were found for the seed ${seed} at which the ${countOf(problem)} wrong results that are to be told apart differ in ${problem.digits} digits while nothing saturates; ask for more "digits", list fewer "misconceptions" or "parameters", or give the numbers and set "values" to "given"${without}.${why}`,
    { pointer: "/digits" },
  );
}

/** Everything free at these numbers. */
export function worldAt({ subject, learningRate }: Drawable, values: Values): World {
  return new World(subject.wiring, {
    seed: 1,
    free: ({ quantity, indices }) => {
      const value =
        quantity.role === "learningRate"
          ? learningRate
          : values.get(quantity)?.[entryOffset(quantity, indices)];
      return value === undefined ? nothing : fromRational(fromNumber(value));
    },
  });
}
