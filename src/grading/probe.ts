// Where functions are told apart quickly: the values of expressions at a few worlds, to the digits of a double. What
// agrees here is then confirmed by comparing with every digit.
import type { ScalarGraph } from "../derivative/scalar.ts";
import type { Expr } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import { isNothing } from "../numeric/balls/ball.ts";
import { compare } from "./compare.ts";
import type { Own, Subject } from "./subject.ts";
import type { World } from "./world.ts";

/** One number for each world; NaN where there is none. */
export type Values = Float64Array;

/** Worlds looked at: units that are cut off in one are alive in another. */
const worldsLookedAt = 4;

export class Probe {
  readonly network: Network;
  readonly scalar: ScalarGraph;
  readonly #subject: Subject;
  readonly #own: Own | undefined;
  readonly #worlds: readonly World[];
  readonly #known = new Map<Expr, Values>();

  constructor(subject: Subject, own?: Own) {
    this.network = subject.network;
    this.scalar = subject.scalar;
    this.#subject = subject;
    this.#own = own;
    const looked = subject.scalar.nodes.length > mostNodesOfAll ? worldsOfLarge : worldsLookedAt;
    this.#worlds = Array.from({ length: looked }, (_, number) =>
      subject.world(number, "any", "total", own),
    ).filter((world) => world !== undefined);
  }

  readonly values = (expr: Expr): Values => {
    let known = this.#known.get(expr);
    if (!known) {
      known = Float64Array.from(this.#worlds, (world) => valueIn(world, expr));
      this.#known.set(expr, known);
    }
    return known;
  };

  /** At one world alone. */
  valueAt(expr: Expr, world: number): number {
    return this.#known.get(expr)?.[world] ?? valueIn(this.#worlds[world]!, expr);
  }

  /** To the digits of a double. */
  readonly alike = (left: Expr, right: Expr): boolean => sameValues(this.values(left), this.values(right));

  /** To every digit; in large networks to those of a double, since every further world takes a second there. */
  readonly equal = (left: Expr, right: Expr): boolean => {
    if (!this.alike(left, right)) return false;
    if (this.scalar.nodes.length > mostNodesOfAll) return true;
    const own = this.#own;
    const options = { locals: "total", conditions: false, ...(own && { own }) } as const;
    return compare(this.#subject, left, right, options).verdict === "true";
  };
}

function valueIn(world: World, expr: Expr): number {
  const ball = world.ball(expr);
  return isNothing(ball) ? Number.NaN : ball.hi;
}

/** Networks with more entries are judged by doubles at fewer worlds when a false line is explained. */
const mostNodesOfAll = 2000;
const worldsOfLarge = 2;

/** Relative difference below which two doubles are the same number; sums of a few hundred terms stay below. */
const tolerance = 1e-9;

/** So many worlds must show a value on both sides. */
const fewestValues = 2;

export function sameValues(left: Values, right: Values): boolean {
  let seen = 0;
  for (const [world, value] of left.entries()) {
    const other = right[world]!;
    if (!Number.isFinite(value) || !Number.isFinite(other)) continue;
    if (Math.abs(value - other) > tolerance * Math.max(Math.abs(value), Math.abs(other))) return false;
    seen += 1;
  }
  return seen >= fewestValues;
}
