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
import { type Decimals, drawNumbers } from "./drawing.ts";
import { isWellConditioned, tellsApart } from "./suitable.ts";

/** What numbers are drawn for. */
export interface Drawing {
  readonly subject: Subject;
  readonly questions: readonly Question[];
  /** Significant digits that are asked for. */
  readonly digits: number;
  readonly learningRate: number;
}

/** First one decimal is tried, then two: (decimals, draws). */
const attempts: readonly (readonly [Decimals, number])[] = [
  [1, 300],
  [2, 700],
];

/** The same seed gives the same numbers. Throws Failure `impossible-request` where none are found. */
export function drawVariant(problem: Drawing, seed: number): Values {
  const { subject } = problem;
  const uniform = uniformGenerator(hashOf("worksheet", seed));
  for (const [decimals, draws] of attempts)
    for (let draw = 0; draw < draws; draw += 1) {
      const values = drawNumbers(subject.network, uniform, decimals);
      if (isSuitable(problem, values)) return values;
    }
  throw new Failure(
    "impossible-request",
    `No numbers were found for the seed ${seed} at which the ${countOf(problem)} wrong results that are to be told apart differ in ${problem.digits} digits while nothing saturates; ask for more "digits", list fewer "misconceptions" or "parameters", or give the numbers and set "values" to "given".`,
    { pointer: "/digits" },
  );
}

const countOf = ({ questions }: Drawing): number =>
  questions.reduce((total, { alternatives }) => total + alternatives.length, 0);

function isSuitable(problem: Drawing, values: Values): boolean {
  const { subject, questions, digits } = problem;
  const world = worldAt(problem, values);
  const { scalar } = subject;
  return (
    isWellConditioned(world, relevantNodes(subject), scalar.loss) &&
    questions.every((question) => tellsApart(world, question, digits))
  );
}

/** What is computed: everything but what is given. */
function relevantNodes({ scalar }: Subject): readonly ScalarNode[] {
  return scalar.nodes;
}

/** Everything free at these numbers. */
export function worldAt({ subject, learningRate }: Drawing, values: Values): World {
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
