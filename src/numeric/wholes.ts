// The numbers of a network of wholes, from the numbers of their entries: values, adjoints, and the derivatives of every
// entry of one whole by every entry of another, each worked out by its own formula.
import { differentiate } from "../derivative/adjoints.ts";
import type { Occurrence } from "../derivative/occurrences.ts";
import { workOut } from "../derivative/workout.ts";
import { add } from "../expression/build.ts";
import type { Expr, Quantity } from "../expression/expr.ts";
import type { Grouped, Network } from "../network/network.ts";
import { Evaluator } from "./evaluate.ts";
import { program } from "./program.ts";
import { run } from "./run.ts";
import { stabilise } from "./stable.ts";

/** The local derivatives of the entries of one whole by those of another, primes worked out. */
export type LocalDerivatives = (of: Quantity, by: Quantity) => readonly (readonly Expr[])[];

/** Row j, column i: ∂of_j/∂by_i in its own formula. */
export function localDerivatives(network: Network, { members }: Grouped): LocalDerivatives {
  const differentiated = differentiate(network);
  const { graph } = network;
  return (of, by) =>
    members.get(of)!.map((entry) => {
      const cofactors = cofactorsOf(differentiated.occurrences.get(entry) ?? []);
      return members
        .get(by)!
        .map((other) => workOut(graph, add(graph, cofactors.get(other) ?? []), differentiated.fold));
    });
}

function cofactorsOf(occurrences: readonly Occurrence[]): ReadonlyMap<Quantity, readonly Expr[]> {
  const found = new Map<Quantity, Expr[]>();
  for (const { symbol, cofactor } of occurrences) {
    const own = found.get(symbol.quantity);
    if (own) own.push(cofactor);
    else found.set(symbol.quantity, [cofactor]);
  }
  return found;
}

export interface WholeNumbers {
  readonly values: (whole: Quantity) => Float64Array;
  /** The derivatives of the loss by the entries. */
  readonly adjoints: (whole: Quantity) => Float64Array;
  /** Row by row. */
  readonly derivative: (of: Quantity, by: Quantity) => Float64Array;
}

/** Throws Failure `not-a-number` where a quantity has no finite value. */
export function wholeNumbers(network: Network, { members }: Grouped, local: LocalDerivatives): WholeNumbers {
  const differentiated = differentiate(network);
  const { gradients, samples } = run(network, program(differentiated));
  const { values } = samples[0]!;
  const deltas = new Map([...values].map(([quantity, numbers]) => [quantity.adjointOf, numbers]));
  const evaluator = new Evaluator({
    graph: network.graph,
    symbol: ({ quantity }) => values.get(quantity)![0]!,
    abstract: () => {
      throw new Error("A network with numbers has no abstract functions.");
    },
  });
  const collected = (numberOf: (entry: Quantity) => number) => (whole: Quantity) =>
    Float64Array.from(members.get(whole)!, numberOf);
  return {
    values: collected((entry) => values.get(entry)![0]!),
    adjoints: collected((entry) => (gradients.get(entry) ?? deltas.get(entry))![0]!),
    derivative: (of, by) =>
      Float64Array.from(local(of, by).flat(), (entry) => evaluator.value(stabilise(network.graph, entry))),
  };
}
