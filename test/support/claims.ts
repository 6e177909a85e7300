// Claims about a network in the formula language, for tests of the judge: names are entry ids with _ for brackets
// (z1_2 for z1[2], a_h for a(h)); D(u, v) is the inert derivative ∂u/∂v, prime(f(z)) is f′(z), delta(z) is the δ of z.
import { deltaOf } from "../../src/derivative/adjoints.ts";
import { callIn, toExpr } from "../../src/expression/convert.ts";
import { type Expr, entries, entryId, type SymbolExpr } from "../../src/expression/expr.ts";
import { parseFormula } from "../../src/expression/formula.ts";
import { catalogue } from "../../src/expression/functions.ts";
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
  const called = callIn(graph, abstract, catalogue);
  const call = (name: string, args: readonly Expr[], position: number): Expr => {
    const [first, second] = args;
    if (name === "D" && second?.kind === "symbol") return graph.derivative(first!, second);
    if (name === "prime" && first?.kind === "apply") return graph.apply(first.op, first.args, 0);
    if (name === "delta" && first?.kind === "symbol")
      return graph.symbol(deltaOf(first.quantity), first.indices);
    return called(name, args, position);
  };
  return (text) =>
    toExpr(graph, parseFormula(text), { value: (name) => names.get(name), names: names.keys(), call });
}
