// The drawn worlds that relations are judged in: refused where a quantity has no value, is large or is known too badly,
// chosen so that units are alive in some and that every corner is seen from both sides.
import type { Expr } from "../expression/expr.ts";
import { isNothing, signOf } from "../numeric/balls/ball.ts";
import { remembered } from "../remembered.ts";
import { drawn } from "./draw.ts";
import { cornersOf } from "./kinds.ts";
import type { Wiring } from "./wiring.ts";
import { World } from "./world.ts";

/**
 * Which numbers are drawn: of both signs, positive ones only, or with targets that add up to 1; `far` ones are larger, for
 * |x − 3| has its corner where no number of size 1 sees it.
 */
export type Pool = "any" | "positive" | "distribution" | "far" | "far-positive";

/** Sizes of the numbers of far worlds, in turn; the last are beyond constants such as 100. */
const farScales = [3, 8, 25, 300];

/** Worlds of each pool. */
export const poolSize = 16;

/** The pools of one network; each world is made when it is first asked for. */
export class DrawnWorlds {
  readonly #wiring: Wiring;
  readonly #worlds = new Map<string, World>();
  /** The sides of the network's corners that some world has shown. */
  readonly #seen = new Set<string>();
  #allCorners: readonly Expr[] | undefined;

  constructor(wiring: Wiring) {
    this.#wiring = wiring;
  }

  /** World `number` (from 0, below `poolSize`). */
  world(pool: Pool, number: number): World {
    // What a world shows depends on the worlds before it alone, not on who asks first.
    if (number > 0) this.world(pool, number - 1);
    return remembered(this.#worlds, `${pool} ${number}`, () => this.#draw(pool, number));
  }

  #draw(pool: Pool, number: number): World {
    const showsCorners = number % 2 === 0 && pool === "any" && this.#corners.length > 0;
    const isLeftToChance = number % 2 === 0 && this.#corners.length > 0;
    const tries = triesFor(this.#wiring);
    const enough = showsCorners ? tries.corners : 1;
    const suited: World[] = [];
    let last: World | undefined;
    for (let attempt = 0; attempt < largestTries && suited.length < enough; attempt += 1) {
      const world = this.#attempt(pool, number, attempt);
      last = world;
      const isKept = attempt < firstTries && !isFar(pool) ? isModerate(world) : hasValues(world);
      if (!isKept) continue;
      if (!isFar(pool) && !isLeftToChance && attempt < tries.liveliness && !isLively(world)) continue;
      suited.push(world);
    }
    // Where some quantity never has a value, the others have.
    return (showsCorners ? this.#mostNew(suited) : suited[0]) ?? last!;
  }

  #attempt(pool: Pool, number: number, attempt: number): World {
    const binding = drawn(this.#wiring, {
      seed: (number * largestTries + attempt) * 7919 + pools.indexOf(pool),
      negative: pool === "positive" || pool === "far-positive" ? 0 : signs(number, attempt),
      ...(isFar(pool) && { scale: farScales[number % farScales.length]! }),
      distribution: pool === "distribution",
      wholeExponents: attempt >= firstTries,
    });
    return new World(this.#wiring, binding);
  }

  /** The world in which the most corners are on a side that no earlier world has shown. */
  #mostNew(worlds: readonly World[]): World | undefined {
    const news = (world: World): number =>
      this.#corners.filter((corner) => !this.#seen.has(sideOf(world, corner))).length;
    const best = worlds.toSorted((one, other) => news(other) - news(one))[0];
    if (best) for (const corner of this.#corners) this.#seen.add(sideOf(best, corner));
    return best;
  }

  get #corners(): readonly Expr[] {
    this.#allCorners ??= cornersOf(this.#wiring);
    return this.#allCorners;
  }
}

function sideOf(world: World, corner: Expr): string {
  return `${corner.id} ${signOf(world.ball(corner)) ?? "?"}`;
}

const pools: readonly Pool[] = ["any", "positive", "distribution", "far", "far-positive"];

function isFar(pool: Pool): boolean {
  return pool === "far" || pool === "far-positive";
}

/** How often numbers outside some function's domain, or at which little moves, are drawn again. */
const largestTries = 32;

/** So many of these tries are for numbers of moderate size; then any that have a value will do. */
const firstTries = 16;

/** How often worlds are drawn in search of better ones: livelier, or with more corners seen from a new side. */
const mostTries = { liveliness: 12, corners: 6 } as const;

/** Entries that may be worked out in this search for one world. */
const entriesToTry = 4000;

function triesFor({ entries }: Wiring): { readonly liveliness: number; readonly corners: number } {
  const affordable = Math.max(1, Math.floor(entriesToTry / entries.length));
  return {
    liveliness: Math.min(mostTries.liveliness, affordable - 1),
    corners: Math.min(mostTries.corners, affordable),
  };
}

/**
 * Worlds of even number go through a balanced design of signs; the others have few negative numbers, so that units
 * which are cut off below 0 are alive in some. Later attempts at numbers without a value have fewer and fewer.
 */
function signs(number: number, attempt: number): number | { readonly row: number } {
  if (number % 2 === 0 && attempt === 0) return { row: number / 2 };
  const share = number % 2 === 0 ? 0.5 : 0.25;
  return share * (1 - attempt / largestTries);
}

/** Beyond this size of a quantity functions saturate. */
const largestValue = 30;

/** A radius of this size, relative to the quantity, leaves too few digits for what is made of it. */
const widestBall = 1e-24;

function isModerate(world: World): boolean {
  return world.wiring.entries.every((symbol) => {
    const { hi, radius } = world.ball(symbol);
    return Math.abs(hi) <= largestValue && radius <= widestBall * Math.max(1, Math.abs(hi));
  });
}

function hasValues(world: World): boolean {
  return world.wiring.entries.every((symbol) => !isNothing(world.ball(symbol)));
}

/** Below this size of a derivative, units are saturated and balls get wide. */
const smallestGradient = 1e-5;

/** Of networks with more entries only so many parameters are asked. */
const mostGradients = 200;

function isLively(world: World): boolean {
  const { network } = world.wiring;
  const loss = network.graph.symbol(network.loss);
  let asked = 0;
  for (const symbol of world.wiring.entries) {
    if (!network.parameters.includes(symbol.quantity)) continue;
    if (asked++ >= mostGradients) return true;
    const gradient = world.total(loss, symbol);
    const isReached = world.wiring.dependsOn(loss, symbol);
    if (isReached && !(Math.abs(gradient.hi) >= smallestGradient)) return false;
  }
  return true;
}
