// The numbers of a chain product: each factor, and their product, also where a factor by itself overflows.
import { cancel, workOut } from "../derivative/workout.ts";
import { mul } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { Fold } from "../expression/fold.ts";
import type { Graph } from "../expression/graph.ts";
import { keepSum } from "../expression/rewrite.ts";
import type { Evaluator } from "./evaluate.ts";
import { stabilise } from "./stable.ts";

/** Spells expressions for numbers, each once. */
export class Spelling {
  readonly #graph: Graph;
  readonly #fold: Fold;
  readonly #known = new Map<Expr, Expr>();

  constructor(graph: Graph, fold: Fold) {
    this.#graph = graph;
    this.#fold = fold;
  }

  /** Primes worked out, denominators cancelled, differences spelled stably. */
  of(expr: Expr): Expr {
    let spelled = this.#known.get(expr);
    if (!spelled) {
      const worked = cancel(this.#graph, workOut(this.#graph, expr, this.#fold, keepSum), keepSum);
      spelled = stabilise(this.#graph, worked);
      this.#known.set(expr, spelled);
    }
    return spelled;
  }

  /** Two neighbouring factors evaluated together: -t/p · p(1 - p) = -t(1 - p). */
  together(left: Expr, right: Expr): Expr {
    const worked = [left, right].map((factor) => workOut(this.#graph, factor, this.#fold, keepSum));
    return mul(this.#graph, worked);
  }
}

export interface ChainNumbers {
  /** In the order of the factors; nothing where a factor by itself is beyond a double. */
  readonly factors: readonly (number | undefined)[];
  readonly product: number;
}

/** `factors` run from the loss to the parameter. */
export function chainNumbers(
  factors: readonly Expr[],
  spelling: Spelling,
  evaluator: Evaluator,
): ChainNumbers {
  const values = factors.map((factor) => evaluator.value(spelling.of(factor)));
  const listed = values.map((value) => (Number.isFinite(value) ? value : undefined));
  const meetExtremes = values.some(isHuge) && values.some(isTiny);
  const product =
    meetExtremes || listed.includes(undefined)
      ? productOfGroups(factors, spelling, evaluator)
      : values.reduce((total, value) => total * value, 1);
  return { factors: listed, product };
}

/** A factor of this size may meet one that is the smaller for it, and has left the range of doubles: t/p · p p'. */
const huge = 1e150;

function isHuge(value: number): boolean {
  return !(Math.abs(value) < huge);
}

function isTiny(value: number): boolean {
  return Math.abs(value) < 1 / huge;
}

/** A factor at an end of the range of doubles is joined to its neighbours until the group is not. */
function productOfGroups(factors: readonly Expr[], spelling: Spelling, evaluator: Evaluator): number {
  let product = 1;
  let group: Expr | undefined;
  for (const factor of factors) {
    const joined: Expr = group ? spelling.together(group, factor) : factor;
    const value = evaluator.value(spelling.of(joined));
    if (isHuge(value) || isTiny(value)) group = joined;
    else {
      product *= value;
      group = undefined;
    }
  }
  const rest = group ? evaluator.value(spelling.of(group)) : 1;
  return Number.isFinite(rest) ? product * rest : Number.NaN;
}
