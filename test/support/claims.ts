// Claims about a network in the formula language, for tests of the judge: names are entry ids with _ for brackets
// (z1_2 for z1[2], a_h for a(h)); D(u, v) is the inert derivative ∂u/∂v, prime(f(z)) is f′(z), delta(z) is the δ of z. Decimals
// keep the digits that they are written with.
import { deltaOf } from "../../src/derivative/adjoints.ts";
import { callIn, toExpr } from "../../src/expression/convert.ts";
import {
  type Expr,
  entries,
  entryId,
  type NumberExpr,
  type Quantity,
  type SymbolExpr,
} from "../../src/expression/expr.ts";
import { parseFormula } from "../../src/expression/formula.ts";
import { catalogue } from "../../src/expression/functions.ts";
import type { Graph } from "../../src/expression/graph.ts";
import { parseRational } from "../../src/expression/rational.ts";
import { plainSpelling } from "../../src/network/activations.ts";
import type { Network } from "../../src/network/network.ts";
import type { Operation } from "../../src/primitives/primitive.ts";

export type Claim = (text: string) => Expr;

/** Reads formulas as claims about the network. */
export function claimsAbout(network: Network): Claim {
  const { graph } = network;
  const names = new Map<string, SymbolExpr>();
  for (const quantity of network.quantities)
    for (const indices of entries(quantity)) {
      const id = entryId(quantity, indices);
      names.set(id.replaceAll(/[[,(]/g, "_").replaceAll(/[\])]/g, ""), graph.symbol(quantity, indices));
    }
  const abstract = new Map<string, Operation>(
    network.abstract.map((name) => [
      name,
      { name, kind: "abstract", primed: true, spelling: plainSpelling(name) },
    ]),
  );
  const deltas = new Map<Quantity, Quantity>();
  const called = callIn(graph, abstract, catalogue);
  const call = (name: string, args: readonly Expr[], position: number): Expr => {
    const [first, second] = args;
    if (name === "D" && second?.kind === "symbol") return graph.derivative(first!, second);
    if (name === "prime" && first?.kind === "apply") return graph.apply(first.op, first.args, 0);
    if (name === "delta" && first?.kind === "symbol") {
      const delta = deltas.get(first.quantity) ?? deltaOf(first.quantity);
      deltas.set(first.quantity, delta);
      return graph.symbol(delta, first.indices);
    }
    return called(name, args, position);
  };
  const value = (name: string): SymbolExpr | undefined => names.get(name);
  return (text) => {
    const decimals = new Decimals(graph);
    const expr = toExpr(graph, parseFormula(decimals.hidden(text)), {
      value: (name) => decimals.standIn(name) ?? value(name),
      names: names.keys(),
      call,
    });
    return decimals.shown(expr);
  };
}

/** Decimals keep the digits they are written with: names stand for them while constants are folded. */
class Decimals {
  readonly #graph: Graph;
  readonly #written = new Map<string, { readonly standIn: SymbolExpr; readonly number: NumberExpr }>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  hidden(text: string): string {
    return text.replaceAll(/[0-9]+\.([0-9]+)/g, (decimal, digits: string) => {
      const name = `decimal_${this.#written.size}`;
      const quantity: Quantity = { id: name, role: "constant", ranges: [], formals: [] };
      this.#written.set(name, {
        standIn: this.#graph.symbol(quantity),
        number: this.#graph.number(parseRational(decimal)!, digits.length),
      });
      return name;
    });
  }

  standIn(name: string): SymbolExpr | undefined {
    return this.#written.get(name)?.standIn;
  }

  shown(expr: Expr): Expr {
    const numbers = new Map(
      [...this.#written.values()].map(({ standIn, number }) => [standIn as Expr, number]),
    );
    const visit = (node: Expr): Expr => {
      if (node.kind === "apply") return this.#graph.apply(node.op, node.args.map(visit), node.slot);
      if (node.kind === "derivative") return this.#graph.derivative(visit(node.of), node.by);
      return numbers.get(node) ?? node;
    };
    return visit(expr);
  }
}
