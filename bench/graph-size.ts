// Goal: the gradients of all parameters are not much larger than the network itself; sharing is what keeps them so.
// (Baur and Strassen 1983: all partial derivatives cost a small multiple of the function.)
import { differentiate } from "../src/derivative/adjoints.ts";
import { nodesOf } from "../src/expression/build.ts";
import { type Expr, entries } from "../src/expression/expr.ts";
import { instantiate } from "../src/expression/rewrite.ts";
import { compile } from "../src/network/compile.ts";
import type { Network } from "../src/network/network.ts";
import type { Line } from "./measure.ts";
import { asLayers, asUnits } from "./nets.ts";
import { deltaForm } from "./scalar-form.ts";

export function graphSizeLines(): readonly Line[] {
  const shape = { width: 8, depth: 4 };
  return Object.entries({ units: asUnits(shape), layers: asLayers(shape) }).map(([kind, description]) => {
    const network = compile(description);
    const forward = distinctNodes(forwardPass(network));
    const figure = distinctNodes(deltaForm(differentiate(network))) / forward;
    return { name: `nodes of the gradients against forward nodes: ${kind}`, figure, goal: { atMost: 3 } };
  });
}

/** Every definition at concrete indices. */
function forwardPass({ graph, quantities }: Network): readonly Expr[] {
  return quantities.flatMap(({ define, formals, ...quantity }) =>
    define
      ? [...entries({ define, formals, ...quantity })].map((indices) =>
          instantiate(graph, define, new Map(formals.map((formal, axis) => [formal, indices[axis]!]))),
        )
      : [],
  );
}

function distinctNodes(exprs: readonly Expr[]): number {
  const found = new Set<Expr>();
  for (const expr of exprs) for (const node of nodesOf(expr)) found.add(node);
  return found.size;
}
