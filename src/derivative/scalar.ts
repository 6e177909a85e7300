// The scalar form: the same definitions and local derivatives with numbers put in for the indices, node by node.
import { add } from "../expression/build.ts";
import {
  type Expr,
  entries,
  entryId,
  type Index,
  type Quantity,
  type SymbolExpr,
} from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { instantiate } from "../expression/rewrite.ts";
import type { Differentiated } from "./adjoints.ts";
import type { Occurrence } from "./occurrences.ts";
import { namingRule, type RuleKey } from "./rules.ts";

/** One entry of an active quantity. */
export interface ScalarNode {
  readonly id: string;
  readonly symbol: SymbolExpr;
  /** Local derivatives of its users by it, in the users' order. */
  readonly users: readonly ScalarEdge[];
  /** Local derivatives of it by what it is made of. */
  readonly uses: readonly ScalarEdge[];
}

/** One local derivative dof/dby. */
export interface ScalarEdge {
  readonly of: ScalarNode;
  readonly by: ScalarNode;
  readonly factor: Expr;
  readonly rule: RuleKey;
}

export interface ScalarGraph {
  /** Every node after the ones that it is made of. */
  readonly nodes: readonly ScalarNode[];
  readonly byId: ReadonlyMap<string, ScalarNode>;
  readonly loss: ScalarNode;
}

interface GrowingNode extends ScalarNode {
  readonly users: ScalarEdge[];
  readonly uses: ScalarEdge[];
}

/** All nodes and edges between active quantities; linear in their number. */
export function scalarGraph(differentiated: Differentiated): ScalarGraph {
  const { network, active, occurrences } = differentiated;
  const { graph } = network;
  const bySymbol = new Map<Expr, GrowingNode>();
  for (const quantity of active) {
    for (const indices of entries(quantity)) {
      const symbol = graph.symbol(quantity, indices);
      bySymbol.set(symbol, { id: entryId(quantity, indices), symbol, users: [], uses: [] });
    }
  }
  const nodes = [...bySymbol.values()];
  for (const of of nodes) {
    for (const edge of edgesOf(graph, of, occurrences.get(of.symbol.quantity) ?? [], bySymbol)) {
      of.uses.push(edge);
      (edge.by as GrowingNode).users.push(edge);
    }
  }
  return {
    nodes,
    byId: new Map(nodes.map((node) => [node.id, node])),
    loss: bySymbol.get(graph.symbol(network.loss))!,
  };
}

/** The local derivatives of one entry: occurrences of the same entry are added, uses of a weight stay apart. */
function edgesOf(
  graph: Graph,
  of: ScalarNode,
  found: readonly Occurrence[],
  bySymbol: ReadonlyMap<Expr, ScalarNode>,
): readonly ScalarEdge[] {
  if (found.length === 0) return [];
  const merged = new Map<ScalarNode, { factors: Expr[]; rules: RuleKey[] }>();
  const separate: ScalarEdge[] = [];
  const { indices } = of.symbol;
  const { formals } = of.symbol.quantity;
  const start = new Map<string, Index>(formals.map((formal, axis) => [formal, indices[axis]!]));
  for (const occurrence of found) {
    const rule = namingRule(occurrence.rules);
    for (const letters of assignments(occurrence, start)) {
      const symbol = graph.rename(occurrence.symbol, letters);
      const factor = instantiate(graph, occurrence.cofactor, letters);
      const by = bySymbol.get(symbol)!;
      if (isShareable(by.symbol.quantity)) separate.push({ of, by, factor, rule });
      else {
        const known = merged.get(by);
        if (known) {
          known.factors.push(factor);
          known.rules.push(rule);
        } else merged.set(by, { factors: [factor], rules: [rule] });
      }
    }
  }
  const joined = [...merged].map(([by, { factors, rules }]) => ({
    of,
    by,
    factor: factors.length === 1 ? factors[0]! : add(graph, factors),
    rule: ruleOfSum(rules),
  }));
  return [...separate, ...joined];
}

/** A quantity that stands in several factors of a product needs the product rule. */
function ruleOfSum(rules: readonly RuleKey[]): RuleKey {
  const rule = namingRule(rules);
  return rules.length > 1 && rule === "constant-multiple" ? "product" : rule;
}

/** Each use of a shared weight or bias is a path of its own. */
function isShareable({ role }: Quantity): boolean {
  return role === "weight" || role === "bias";
}

/** The letters of an occurrence with every combination of its binders' values. */
function assignments(
  occurrence: Occurrence,
  start: ReadonlyMap<string, Index>,
): ReadonlyMap<string, Index>[] {
  let all: ReadonlyMap<string, Index>[] = [start];
  for (const { range, letter } of occurrence.binders) {
    all = all.flatMap((letters) =>
      Array.from({ length: range.size! }, (_, position) => new Map(letters).set(letter, position + 1)),
    );
  }
  return all;
}
