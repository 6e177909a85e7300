// Where functions are told apart quickly: the values of expressions in doubles, at seeded numbers of everything free.
// What agrees here still has to be confirmed.
import { type Differentiated, differentiate } from "../derivative/adjoints.ts";
import { type ScalarGraph, scalarGraph } from "../derivative/scalar.ts";
import { workOut } from "../derivative/workout.ts";
import { type Expr, entryOffset, type SymbolExpr } from "../expression/expr.ts";
import { keepSum, rewrite } from "../expression/rewrite.ts";
import type { Network } from "../network/network.ts";
import { Evaluator } from "../numeric/evaluate.ts";
import { type AbstractFunction, program } from "../numeric/program.ts";
import type { Run } from "../numeric/run.ts";
import { seededFunction, seededRun } from "../numeric/seeded.ts";
import { coneBetween, derivatives } from "./cone.ts";

/** So many bindings: two functions that agree at all of them are taken for one. */
const bindings = 4;

/** Relative difference below which two doubles are the same number; sums of a few hundred terms stay below. */
const tolerance = 1e-9;

export class Probe {
  readonly network: Network;
  readonly scalar: ScalarGraph;
  readonly #differentiated: Differentiated;
  readonly #evaluators: readonly Evaluator[];
  readonly #known = new Map<Expr, Float64Array>();

  constructor(network: Network) {
    this.network = network;
    const free = network.quantities.filter((quantity) => !quantity.define);
    this.#differentiated = differentiate({ ...network, parameters: free });
    this.scalar = scalarGraph(this.#differentiated);
    this.#evaluators = Array.from({ length: bindings }, (_, seed) => this.#evaluator(seed + 1));
  }

  /** One value for each binding; NaN where there is none. */
  values(expr: Expr): Float64Array {
    let known = this.#known.get(expr);
    if (!known) {
      const lowered = this.#lower(expr);
      known = Float64Array.from(this.#evaluators, (evaluator) => evaluator.value(lowered));
      this.#known.set(expr, known);
    }
    return known;
  }

  alike(left: Expr, right: Expr): boolean {
    return sameValues(this.values(left), this.values(right));
  }

  #lower(expr: Expr): Expr {
    const { graph, loss } = this.network;
    const put = (node: Expr): Expr | undefined => {
      if (node.kind === "symbol" && node.quantity.adjointOf)
        return this.#total(graph.symbol(loss), graph.symbol(node.quantity.adjointOf, node.indices));
      if (node.kind === "derivative") return this.#total(node.of, node.by);
      return undefined;
    };
    return workOut(graph, rewrite(graph, expr, put, keepSum), () => undefined, keepSum);
  }

  #total(of: Expr, by: Expr): Expr {
    const { graph } = this.network;
    const nodeOf = (symbol: Expr) => this.scalar.nodes.find((node) => node.symbol === symbol);
    const [top, bottom] = [nodeOf(of), nodeOf(by)];
    const cone = top && bottom && coneBetween(this.scalar, graph, top, bottom);
    return cone ? derivatives(cone).get(cone.bottom)! : graph.number(0);
  }

  #evaluator(seed: number): Evaluator {
    const stands = new Map(this.network.abstract.map((name) => [name, seededFunction(name, seed)] as const));
    const made = seededRun(this.network, program(differentiate(this.network), stands), seed);
    const values = made!.samples[0]!.values as Run["samples"][number]["values"];
    return new Evaluator({
      graph: this.network.graph,
      symbol: ({ quantity, indices }: SymbolExpr) => {
        const numbers = values.get(quantity);
        return numbers ? numbers[entryOffset(quantity, indices)]! : 0.3 + 0.1 * seed;
      },
      abstract: (name): AbstractFunction => stands.get(name)!,
    });
  }
}

export function sameValues(left: Float64Array, right: Float64Array): boolean {
  return left.every((value, binding) => isClose(value, right[binding]!));
}

function isClose(left: number, right: number): boolean {
  return Math.abs(left - right) <= tolerance * Math.max(Math.abs(left), Math.abs(right));
}
