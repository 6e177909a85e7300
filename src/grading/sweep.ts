// The backward recursion over a cone in plain numbers, at one world: what a slip makes of the derivative, told fast
// enough to try some ten thousand.
import type { ScalarEdge, ScalarNode } from "../derivative/scalar.ts";
import type { Expr } from "../expression/expr.ts";
import type { Cone, Join, Slipped } from "./cone.ts";

/** Local derivatives that a slip changes: their places among the edges, and their values. */
export interface Changes {
  readonly places: readonly number[];
  readonly values: readonly number[];
  readonly joins?: ReadonlyMap<number, Join>;
}

export class Sweep {
  readonly #worth: (factor: Expr) => number;
  readonly #placeOf = new Map<ScalarEdge, number>();
  readonly #positionOf = new Map<ScalarNode, number>();
  /** For each edge its local derivative, and the position of the node above. */
  readonly #factors: Float64Array;
  readonly #above: Int32Array;
  /** For each node its first edge; the next node's first edge ends its own. */
  readonly #first: Int32Array;
  /** Scratch: the factors with changes, and the derivative by each node. */
  readonly #changed: Float64Array;
  readonly #derivatives: Float64Array;

  /** `worth` gives the number of a local derivative. */
  constructor({ nodes, users }: Cone, worth: (factor: Expr) => number) {
    this.#worth = worth;
    const edges: ScalarEdge[] = [];
    this.#first = new Int32Array(nodes.length + 1);
    for (const [position, node] of nodes.entries()) {
      this.#positionOf.set(node, position);
      for (const edge of users.get(node)!) {
        this.#placeOf.set(edge, edges.length);
        edges.push(edge);
      }
      this.#first[position + 1] = edges.length;
    }
    this.#factors = Float64Array.from(edges, ({ factor }) => worth(factor));
    this.#above = Int32Array.from(edges, ({ of }) => this.#positionOf.get(of)!);
    this.#changed = new Float64Array(edges.length);
    this.#derivatives = new Float64Array(nodes.length);
  }

  get edges(): number {
    return this.#factors.length;
  }

  changes({ factors = new Map(), joins }: Slipped): Changes {
    const known = [...factors].filter(([edge]) => this.#placeOf.has(edge));
    return {
      places: known.map(([edge]) => this.#placeOf.get(edge)!),
      values: known.map(([, factor]) => this.#worth(factor)),
      ...(joins && {
        joins: new Map([...joins].map(([node, join]) => [this.#positionOf.get(node)!, join])),
      }),
    };
  }

  /** The derivative at the bottom with these changes; where two change one factor, both apply: f · (f₁/f) · (f₂/f). */
  told(...all: readonly Changes[]): number {
    return this.allTold(...all).at(-1)!;
  }

  /** The derivatives at all nodes of the cone, in their order; overwritten by the next call. */
  allTold(...all: readonly Changes[]): Float64Array {
    this.#changed.set(this.#factors);
    for (const { places, values } of all)
      for (const [position, place] of places.entries()) {
        const factor = this.#factors[place]!;
        this.#changed[place]! *= values[position]! / factor;
        if (factor === 0) this.#changed[place] = values[position]!;
      }
    const derivatives = this.#derivatives;
    derivatives[0] = 1;
    const joins = all.find((changes) => changes.joins)?.joins;
    for (let node = 1; node < derivatives.length; node += 1)
      derivatives[node] = joins?.has(node) ? this.#joined(node, joins.get(node)!) : this.#summed(node);
    return derivatives;
  }

  #summed(node: number): number {
    let sum = 0;
    for (let edge = this.#first[node]!; edge < this.#first[node + 1]!; edge += 1)
      sum += this.#changed[edge]! * this.#derivatives[this.#above[edge]!]!;
    return sum;
  }

  #joined(node: number, join: Join): number {
    const isProduct = join === "product-of-paths";
    let result = isProduct ? 1 : 0;
    for (let edge = this.#first[node]!; edge < this.#first[node + 1]!; edge += 1) {
      const [factor, above] = [this.#changed[edge]!, this.#derivatives[this.#above[edge]!]!];
      result = isProduct ? result * factor * above : result + factor + above;
    }
    return result;
  }
}
