// How a chain product comes about: the chain rule applied once more at each equality sign,
//
//   ∂E/∂w = ∂E/∂a ∂a/∂w = ∂E/∂a ∂a/∂z ∂z/∂w = …
//
// and the way from a quantity to the next one whose δ is stored.
import type { ScalarGraph, ScalarNode } from "../derivative/scalar.ts";
import type { Expr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import type { ChainPath, GradientDerivation } from "./derived.ts";
import { inertProduct, productAsWritten, sum } from "./lines.ts";

/** More terms at one equality sign, or more factors in a term, are no longer read. */
const mostTerms = 4;
const mostFactors = 7;

/**
 * The equal sides from two factors to the last but one; the full product is not among them. Empty where the
 * derivative by the parameter would have to mean two things: a quantity that uses it directly and through others.
 */
export function growth(graph: Graph, { paths, complete, symbol }: GradientDerivation): readonly Expr[] {
  const longest = Math.max(0, ...paths.map(({ factors }) => factors.length));
  if (!complete || paths.length > mostTerms || longest > mostFactors || isAmbiguous(paths)) return [];
  const stages: Expr[] = [];
  for (let count = 2; count < longest; count += 1) {
    const terms = new Map(paths.map((path, position) => stageOf(graph, path, position, count, symbol)));
    stages.push(sum(graph, [...terms.values()]));
  }
  return stages;
}

/** The path's product at `count` factors, under the key of the way that it has gone so far. */
function stageOf(
  graph: Graph,
  path: ChainPath,
  position: number,
  count: number,
  parameter: GradientDerivation["symbol"],
): readonly [key: string, product: Expr] {
  if (path.factors.length <= count) return [`path ${position}`, inertProduct(graph, path)];
  const gone = path.factors.slice(0, count - 1);
  const last = graph.derivative(gone.at(-1)!.by.symbol, parameter);
  const key = gone.map(({ by }) => by.id).join(" ");
  return [key, productAsWritten(graph, [...gone.map(({ derivative }) => derivative), last])];
}

function isAmbiguous(paths: readonly ChainPath[]): boolean {
  const direct = new Set(paths.map(({ factors }) => factors.at(-1)!.of));
  return paths.some(({ factors }) => factors.slice(0, -2).some(({ by }) => direct.has(by)));
}

/**
 * ∂E/∂k ∂k/∂… … ∂…/∂node over every way from the node to the next `stored` symbol, or to the loss itself; nothing
 * where the ways are more than one reads, and where one of several leads straight to the loss: ∂E/∂node would be a part
 * of itself.
 */
export function waysToStored(
  graph: Graph,
  { loss }: ScalarGraph,
  node: ScalarNode,
  stored: ReadonlySet<Expr>,
): Expr | undefined {
  const products: Expr[] = [];
  const visit = (here: ScalarNode, factors: readonly Expr[]): void => {
    for (const { of } of here.users) {
      if (products.length > mostTerms) return;
      const more = [graph.derivative(of.symbol, here.symbol), ...factors];
      if (of === loss) products.push(productAsWritten(graph, more));
      else if (stored.has(of.symbol))
        products.push(productAsWritten(graph, [graph.derivative(loss.symbol, of.symbol), ...more]));
      else visit(of, more);
    }
  };
  visit(node, []);
  const isStraight = products.includes(graph.derivative(loss.symbol, node.symbol));
  if (products.length === 0 || products.length > mostTerms || (isStraight && products.length > 1))
    return undefined;
  return sum(graph, products);
}
