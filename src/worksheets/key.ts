// The key of a variant: what a submission is graded against, and a solution that earns every point.
import type { EquationLine, Side } from "../derivation/document.ts";
import { chainLine, deltaLine, equality, gradientLine, withoutNumbers } from "../derivation/lines.ts";
import { mul, subtract } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import { entryOffset } from "../expression/expr.ts";
import { learningRate } from "../network/learning-rate.ts";
import { linesOf } from "./parts/asked.ts";
import { mistakeOf } from "./parts/mistake.ts";
import type { Variant } from "./problem.ts";
import { type Task, type TaskName, tasks } from "./task.ts";

/** How far a number may be off that was calculated with rounded ones: a unit of its last digit. */
export function toleranceOf(digits: number): number {
  return 10 ** (1 - digits);
}

/** The lines of a full solution; each reads in the dialect of the sheet. */
export function modelSolution(variant: Variant): readonly EquationLine[] {
  return solutions[variant.problem.task](variant);
}

const solutions: Readonly<Record<TaskName, (variant: Variant) => readonly EquationLine[]>> = {
  chain: chains,
  factors: chains,
  delta: errors,
  numbers: (variant) => results(variant),
  mistake: (variant) => [...mistakeOf(variant).corrected.map(symbolic), ...errors(variant)],
  update: (variant) => [...results(variant), ...updated(variant)],
};

/** One line for each way of writing the sum over the paths: in one line they would be too long to be read for many. */
function chains(variant: Variant): readonly EquationLine[] {
  const lines = withoutNumbers(linesOf(variant));
  return variant.derived.gradients.flatMap((gradient) => {
    const { sides } = symbolic(chainLine(gradient, lines));
    const [head, ...others] = sides;
    return others.map((side): EquationLine => ({ sides: [head!, side], signs: ["="] }));
  });
}

function errors(variant: Variant): readonly EquationLine[] {
  const lines = withoutNumbers(linesOf(variant));
  const { deltas, gradients } = variant.derived;
  return [
    ...deltas.map((delta) => deltaLine(delta, lines)),
    ...gradients.map((gradient) => gradientLine(gradient, lines)),
  ];
}

function results({ derived }: Variant): readonly EquationLine[] {
  return derived.gradients.map(({ derivative, values }) => numberLine(derivative, values[0]!));
}

/** w^new = w - η ∂E/∂w = number */
function updated({ derived, network: { graph, loss }, problem }: Variant): readonly EquationLine[] {
  return derived.gradients.map(({ symbol }) => {
    const { quantity, indices } = symbol;
    const old = graph.symbol({ ...quantity, step: "old" }, indices);
    const step = mul(graph, [graph.symbol(learningRate), graph.derivative(graph.symbol(loss), symbol)]);
    return {
      sides: [
        { kind: "expr", expr: graph.symbol({ ...quantity, step: "new" }, indices) },
        { kind: "expr", expr: subtract(graph, old, step) },
        { kind: "value", value: derived.update!.parameters.get(quantity)![entryOffset(quantity, indices)]! },
      ],
      signs: [problem.notation.update.sign, "="],
    };
  });
}

function numberLine(of: Expr, value: number): EquationLine {
  return {
    sides: [
      { kind: "expr", expr: of },
      { kind: "value", value },
    ],
    signs: ["="],
  };
}

function symbolic({ sides }: EquationLine): EquationLine {
  return equality(sides.flatMap((side: Side) => (side.kind === "expr" ? [side.expr] : [])));
}

/** What an assignment says besides its network, its notation and its language. */
export interface Marking {
  readonly target: readonly string[];
  readonly rubric: object;
  readonly learningRate?: number;
}

export function markingOf({ problem }: Variant, points: number | undefined): Marking {
  const { task, targets, digits, learningRate } = problem;
  const { form, needsNumbers, updates, requires }: Task = tasks[task];
  return {
    target: targets.map(({ id }) => id),
    rubric: {
      ...(points !== undefined && { points }),
      ...(requires && { requires }),
      ...(form !== "any" && { form }),
      ...(needsNumbers && { tolerance: toleranceOf(digits) }),
    },
    ...(updates && { learningRate }),
  };
}
