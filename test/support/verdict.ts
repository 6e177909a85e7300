// The check of a network by itself, and networks whose functions are replaced by others.
import { type Differentiated, differentiate } from "../../src/derivative/adjoints.ts";
import { scalarGraph } from "../../src/derivative/scalar.ts";
import { nodesOf } from "../../src/expression/build.ts";
import { type Expr, entries, entryId, type Quantity, type SymbolExpr } from "../../src/expression/expr.ts";
import type { Graph } from "../../src/expression/graph.ts";
import type { Network } from "../../src/network/network.ts";
import { program } from "../../src/numeric/program.ts";
import { run } from "../../src/numeric/run.ts";
import { type Verification, verify } from "../../src/numeric/verify.ts";
import type { Operation } from "../../src/primitives/primitive.ts";

/** The referee's verdict on the numbers of a network; `differentiated` may be one with a fault. */
export function verdictOn(
  network: Network,
  differentiated: Differentiated = differentiate(network),
): Verification {
  const ids = network.parameters.flatMap((parameter) =>
    [...entries(parameter)].map((indices) => entryId(parameter, indices)),
  );
  const numbers = run(network, program(differentiated));
  return verify(network, numbers, ids, scalarGraph(differentiated));
}

/** The same network with `change` applied to every operation; quantities are new, numbers move with them. */
export function withOperations(network: Network, change: (op: Operation) => Operation): Network {
  const { graph } = network;
  const renewed = new Map<Quantity, Quantity>();
  const again = (quantity: Quantity): Quantity => renewed.get(quantity)!;
  for (const quantity of network.quantities) {
    const define = quantity.define && rebuilt(graph, quantity.define, again, change);
    renewed.set(quantity, { ...quantity, ...(define && { define }) });
  }
  const moved = <Value>(values: ReadonlyMap<Quantity, Value>): Map<Quantity, Value> =>
    new Map([...values].map(([quantity, value]) => [again(quantity), value]));
  return {
    ...network,
    quantities: network.quantities.map(again),
    inputs: network.inputs.map(again),
    targets: network.targets.map(again),
    parameters: network.parameters.map(again),
    outputs: network.outputs.map(({ quantity, indices }) => graph.symbol(again(quantity), indices)),
    loss: again(network.loss),
    samples: { ...network.samples, values: network.samples.values.map(moved) },
    values: moved(network.values!),
  };
}

function rebuilt(
  graph: Graph,
  expr: Expr,
  again: (quantity: Quantity) => Quantity,
  change: (op: Operation) => Operation,
): Expr {
  const visit = (node: Expr): Expr => {
    switch (node.kind) {
      case "symbol":
        return graph.symbol(again(node.quantity), node.indices);
      case "apply":
        return graph.apply(change(node.op), node.args.map(visit), node.slot);
      case "sum":
        return graph.sum(node.over, node.index, visit(node.body));
      case "component":
        return node.over
          ? graph.componentOver(change(node.op), node.over, node.index!, visit(node.args[0]!), node.at)
          : graph.component(change(node.op), node.args.map(visit), node.at);
      default:
        return node;
    }
  };
  return visit(expr);
}

/** The symbols that an expression mentions. */
export function symbolsIn(expr: Expr): readonly SymbolExpr[] {
  return [...nodesOf(expr)].filter((node): node is SymbolExpr => node.kind === "symbol");
}
