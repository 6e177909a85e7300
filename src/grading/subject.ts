// What a submission is judged against: the network entry by entry, and its worlds, made once and shared by all
// comparisons.
import { differentiate } from "../derivative/adjoints.ts";
import { type ScalarGraph, scalarGraph } from "../derivative/scalar.ts";
import type { Expr, SymbolExpr } from "../expression/expr.ts";
import type { Rational } from "../expression/rational.ts";
import { losses } from "../network/losses.ts";
import type { Network } from "../network/network.ts";
import { isNothing, signOf } from "../numeric/balls/ball.ts";
import { drawn } from "./draw.ts";
import { Fractions } from "./exactly.ts";
import { givenBinding } from "./given.ts";
import { cornersOf } from "./kinds.ts";
import { remembered } from "./remembered.ts";
import { Wiring } from "./wiring.ts";
import { type Sense, World } from "./world.ts";

/** What the student has claimed and we follow. */
export interface Own {
  /** An entry, or a name of the student's own -> the expression that it is now. */
  readonly definitions: ReadonlyMap<SymbolExpr, Expr>;
  /** Entry q -> the claimed derivative of the loss by it, from which the backward recursion goes on. */
  readonly adjoints: ReadonlyMap<SymbolExpr, Expr>;
  /** ∂u/∂v of one quantity by another that its definition names -> what is claimed of it. */
  readonly locals?: ReadonlyMap<Expr, Expr>;
  /** A claimed derivative -> what had been claimed before it, so that no later claim changes its value. */
  readonly before?: ReadonlyMap<Expr, Own>;
}

const nothingOwn: Own = { definitions: new Map(), adjoints: new Map() };

/** Which numbers are drawn: of both signs, positive ones only, or with targets that add up to 1. */
export type Pool = "any" | "positive" | "distribution";

/** Worlds of each pool. */
export const poolSize = 16;

interface Place {
  readonly pool: Pool;
  readonly number: number;
}

export class Subject {
  readonly network: Network;
  readonly learningRate: Rational | undefined;
  /** The network whose numbers are the given ones. */
  readonly single: Network;
  readonly wiring: Wiring;
  readonly fractions: Fractions;
  readonly #drawn = new Map<string, World | undefined>();
  readonly #worlds = new Map<string, World>();
  readonly #given = new Map<number, World | undefined>();
  readonly #wirings = new WeakMap<Own, Map<string, Wiring>>();
  readonly #owns = new WeakMap<Own, Map<string, World>>();
  /** The sides of the network's corners that some world has shown. */
  readonly #seen = new Set<string>();
  #allCorners: readonly Expr[] | undefined;
  #scalar: ScalarGraph | undefined;

  /**
   * `learningRate`: the one of the request; without it, η is as free as a weight. `single`: the network of one sample,
   * where `network` is the same over all its samples.
   */
  constructor(network: Network, learningRate?: Rational, single: Network = network) {
    this.network = network;
    this.single = single;
    this.learningRate = learningRate;
    this.wiring = new Wiring(network);
    this.fractions = new Fractions(this.wiring);
  }

  /** The scalar graph in which every free quantity counts, not the parameters alone. */
  get scalar(): ScalarGraph {
    const { network } = this;
    const free = network.quantities.filter(({ define }) => !define);
    this.#scalar ??= scalarGraph(differentiate({ ...network, parameters: free }));
    return this.#scalar;
  }

  /** Whether the loss is one of distributions, while nothing says that the targets add up to 1. */
  get mayBeDistribution(): boolean {
    const { targets, completed } = this.network;
    if (completed.kind === "equations" || targets.some(({ sumsToOne }) => sumsToOne)) return false;
    const { loss } = completed;
    const name = typeof loss === "string" ? loss : "name" in loss ? loss.name : "";
    return losses.some((row) => row.name === name && row.target === "distribution");
  }

  /** World `number` (from 0, below `poolSize`) of a pool; nothing where no drawn numbers suit the network. */
  world(number: number, pool: Pool = "any", sense: Sense = "total", own?: Own): World | undefined {
    const accepted = this.#accepted({ pool, number });
    if (!accepted || (sense === "total" && !own)) return accepted;
    const key = `${pool} ${number} ${sense}`;
    const again = (before: Own | undefined): World | undefined => this.world(number, pool, sense, before);
    return remembered(own ? this.#worldsOf(own) : this.#worlds, key, () =>
      this.#over(accepted, sense, own, again),
    );
  }

  /** The description's own numbers, of one sample (from 0); nothing where it gives none. */
  given(sample = 0, sense: Sense = "total", own?: Own): World | undefined {
    if (!this.#given.has(sample)) {
      const binding = givenBinding(this.single, sample, this.learningRate);
      this.#given.set(sample, binding && new World(this.wiring, binding));
    }
    const base = this.#given.get(sample);
    if (!base || (sense === "total" && !own)) return base;
    return this.#over(base, sense, own, (before) => this.given(sample, sense, before));
  }

  #over(
    base: World,
    sense: Sense,
    own: Own | undefined,
    again: (before: Own | undefined) => World | undefined,
  ): World {
    const wiring = this.#wiringOf(own, sense);
    if (!own) return new World(wiring, base.binding, { sense });
    return new World(wiring, base.binding, {
      sense,
      adjoint: (world, by) => {
        const claimed = own.adjoints.get(by);
        if (!claimed) return undefined;
        const before = own.before?.get(claimed);
        return (before ? again(before)! : world).ball(claimed);
      },
      ...(own.locals &&
        own.locals.size > 0 && {
          local: (world, of, by) => {
            const claimed = own.locals!.get(world.graph.derivative(of, by));
            return claimed && world.ball(claimed);
          },
        }),
    });
  }

  #worldsOf(own: Own): Map<string, World> {
    const worlds = this.#owns.get(own) ?? new Map<string, World>();
    this.#owns.set(own, worlds);
    return worlds;
  }

  #wiringOf(own: Own = nothingOwn, sense: Sense): Wiring {
    const deltasOf = sense === "whole" ? "all samples" : "a sample";
    if (own.definitions.size === 0 && deltasOf === "a sample") return this.wiring;
    const wirings = this.#wirings.get(own) ?? new Map<string, Wiring>();
    this.#wirings.set(own, wirings);
    return remembered(wirings, deltasOf, () => new Wiring(this.network, own.definitions, deltasOf));
  }

  #accepted(place: Place): World | undefined {
    const key = `${place.pool} ${place.number}`;
    // What a world shows depends on the worlds before it alone, not on who asks first.
    if (place.number > 0) this.#accepted({ ...place, number: place.number - 1 });
    if (!this.#drawn.has(key)) this.#drawn.set(key, this.#drawnWorld(place));
    return this.#drawn.get(key);
  }

  #drawnWorld({ pool, number }: Place): World | undefined {
    const suited: World[] = [];
    const tries = triesFor(this.wiring);
    const enough = number % 2 === 0 && pool === "any" && this.#corners.length > 0 ? tries.corners : 1;
    for (let attempt = 0; attempt < largestTries && suited.length < enough; attempt += 1) {
      const binding = drawn(this.wiring, {
        seed: (number * largestTries + attempt) * 7919 + pools.indexOf(pool),
        negative: pool === "positive" ? 0 : signs(number, attempt),
        distribution: pool === "distribution",
        wholeExponents: attempt >= firstTries,
      });
      const world = new World(this.wiring, binding);
      if (!(attempt < firstTries ? isModerate(world) : hasValues(world))) continue;
      const isAsked = number % 2 === 1 || this.#corners.length === 0;
      if (isAsked && attempt < tries.liveliness && !isLively(world)) continue;
      suited.push(world);
    }
    return enough === 1 ? suited[0] : this.#mostNew(suited);
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
    this.#allCorners ??= cornersOf(this.wiring);
    return this.#allCorners;
  }
}

function sideOf(world: World, corner: Expr): string {
  return `${corner.id} ${signOf(world.ball(corner)) ?? "?"}`;
}

const pools: readonly Pool[] = ["any", "positive", "distribution"];

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
    if (isReached && !(Math.abs(gradient.hi) >= smallestGradient) && !isNothing(gradient)) return false;
  }
  return true;
}
