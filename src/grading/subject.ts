// What a submission is judged against: the network entry by entry, and its worlds, made once and shared by all
// comparisons.
import { differentiate } from "../derivative/adjoints.ts";
import { type ScalarGraph, scalarGraph } from "../derivative/scalar.ts";
import type { Expr, SymbolExpr } from "../expression/expr.ts";
import type { Rational } from "../expression/rational.ts";
import { losses } from "../network/losses.ts";
import type { Network } from "../network/network.ts";
import { remembered } from "../remembered.ts";
import { Fractions } from "./exactly.ts";
import { givenBinding } from "./given.ts";
import { DrawnWorlds, type Pool } from "./pool.ts";
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

export class Subject {
  readonly network: Network;
  readonly learningRate: Rational | undefined;
  /** The network whose numbers are the given ones. */
  readonly single: Network;
  readonly wiring: Wiring;
  readonly fractions: Fractions;
  readonly #drawn: DrawnWorlds;
  readonly #given = new Map<number, World | undefined>();
  readonly #wirings = new WeakMap<Own, Map<string, Wiring>>();
  readonly #owns = new WeakMap<Own, Map<string, World>>();
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
    this.#drawn = new DrawnWorlds(this.wiring);
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

  /** World `number` (from 0, below `poolSize`) of a pool. */
  world(number: number, pool: Pool = "any", sense: Sense = "total", own?: Own): World {
    const base = this.#drawn.world(pool, number);
    if (sense === "total" && !own) return base;
    const again = (before: Own): World => this.world(number, pool, sense, before);
    return remembered(this.#worldsOf(own), `${pool} ${number} ${sense}`, () =>
      this.#over(base, sense, own, again),
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
    const again = (before: Own): World => this.given(sample, sense, before)!;
    return remembered(this.#worldsOf(own), `given ${sample} ${sense}`, () =>
      this.#over(base, sense, own, again),
    );
  }

  #over(base: World, sense: Sense, own: Own | undefined, again: (before: Own) => World): World {
    const wiring = this.#wiringOf(own, sense);
    if (!own) return new World(wiring, base.binding, { sense });
    return new World(wiring, base.binding, {
      sense,
      adjoint: (world, by) => {
        const claimed = own.adjoints.get(by);
        if (!claimed) return undefined;
        const before = own.before?.get(claimed);
        return (before ? again(before) : world).ball(claimed);
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

  #worldsOf(own: Own = nothingOwn): Map<string, World> {
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
}
