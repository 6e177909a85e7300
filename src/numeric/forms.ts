// Whether the chain form and the δ form are the same function. The path sum multiplies and adds the listed factors,
// the δ form follows its own lines one after the other; neither calls the other.
import type { Path } from "../derivative/paths.ts";
import type { ScalarGraph, ScalarNode } from "../derivative/scalar.ts";
import { isProduct, isSum } from "../expression/build.ts";
import { type Expr, entryOffset, type SymbolExpr } from "../expression/expr.ts";
import type { Network, Values } from "../network/network.ts";
import { type ChainNumbers, chainNumbers, type Spelling } from "./chain.ts";
import { Evaluator } from "./evaluate.ts";
import { Residues, randomResidue, reduce } from "./modular.ts";
import type { AbstractFunction } from "./program.ts";

/** A δ at concrete indices with the line that defines it. */
export interface DeltaLine {
  readonly symbol: SymbolExpr;
  readonly define: Expr;
}

/** One parameter's gradient in both forms. */
interface GradientForms {
  readonly node: ScalarNode;
  readonly paths: readonly Path[];
  /** Whether `paths` are all there are. */
  readonly complete: boolean;
  /** In δ symbols. */
  readonly delta: Expr;
}

export interface Forms {
  readonly graph: ScalarGraph;
  /** Each after the ones that it uses. */
  readonly deltas: readonly DeltaLine[];
  readonly gradients: readonly GradientForms[];
}

export interface Agreement {
  readonly equal: boolean;
  /** By exact arithmetic on both expressions; absent where that leaves the question open. */
  readonly symbolic: boolean | undefined;
  /** At every binding, within `formsTolerance` of the sum of the magnitudes of paths and of the δ's terms. */
  readonly numeric: boolean;
}

/** Paths cancel, and so do terms of a δ: both sums are judged against what they would be if nothing did. */
const formsTolerance = 1e-11;

/** Numbers for everything free and everything computed forward, at one sample or seeded binding. */
export interface Binding {
  readonly values: Values;
  readonly abstract: ReadonlyMap<string, AbstractFunction>;
}

/** `bindings` may be empty, then only the exact comparison speaks. */
export function formsAgree(
  network: Network,
  forms: Forms,
  bindings: readonly Binding[],
  spelling: Spelling,
): Agreement {
  const symbolic = agreeExactly(network, forms);
  const numeric = bindings.every((binding) => agreeAt(network, forms, binding, spelling));
  const equal = numeric && (symbolic ?? bindings.length > 0);
  return { equal, symbolic, numeric };
}

/** The evaluator at a binding; δ symbols are valued by their own lines. */
export function evaluatorAt(
  network: Network,
  deltas: readonly DeltaLine[],
  binding: Binding,
  spelling: Spelling,
): Evaluator {
  const lines = new Map(deltas.map(({ symbol, define }) => [symbol, define]));
  const evaluator: Evaluator = new Evaluator({
    graph: network.graph,
    symbol: (symbol) => {
      const line = lines.get(symbol);
      return line
        ? evaluator.value(spelling.of(line))
        : binding.values.get(symbol.quantity)![entryOffset(symbol.quantity, symbol.indices)]!;
    },
    abstract: (name) => binding.abstract.get(name)!,
  });
  return evaluator;
}

function agreeAt(network: Network, forms: Forms, binding: Binding, spelling: Spelling): boolean {
  const evaluator = evaluatorAt(network, forms.deltas, binding, spelling);
  const sizeOf = termSizes(forms.deltas, spelling, evaluator);
  return forms.gradients.every((gradient) => {
    const delta = evaluator.value(spelling.of(gradient.delta));
    const terms = gradient.complete
      ? gradient.paths.map((path) => pathNumbers(path, spelling, evaluator).product)
      : [sumOverAllPaths(gradient.node, forms.graph, spelling, evaluator)];
    const total = terms.reduce((sum, term) => sum + term, 0);
    const magnitude = terms.reduce((sum, term) => sum + Math.abs(term), sizeOf(gradient.delta));
    return Math.abs(total - delta) <= formsTolerance * magnitude;
  });
}

/** What an expression would be worth if no term cancelled another: p − t has the size p + t. */
function termSizes(
  deltas: readonly DeltaLine[],
  spelling: Spelling,
  evaluator: Evaluator,
): (expr: Expr) => number {
  const lines = new Map<Expr, Expr>(deltas.map(({ symbol, define }) => [symbol, define]));
  const known = new Map<Expr, number>();
  const sizeOf = (expr: Expr): number => {
    let size = known.get(expr);
    if (size === undefined) {
      size = compute(expr);
      known.set(expr, size);
    }
    return size;
  };
  const compute = (expr: Expr): number => {
    const line = lines.get(expr);
    if (line) return sizeOf(spelling.of(line));
    if (isSum(expr)) return expr.args.reduce((total, term) => total + sizeOf(term), 0);
    if (isProduct(expr)) return expr.args.reduce((total, factor) => total * sizeOf(factor), 1);
    return Math.abs(evaluator.value(expr));
  };
  return (expr) => sizeOf(spelling.of(expr));
}

/** Factors and product of one path; paths run from the parameter, factors from the loss. */
export function pathNumbers(path: Path, spelling: Spelling, evaluator: Evaluator): ChainNumbers {
  return chainNumbers(
    path.toReversed().map((edge) => edge.factor),
    spelling,
    evaluator,
  );
}

/** All paths of one parameter at once, walking forwards from it: what dw does to every node on the way to the loss. */
function sumOverAllPaths(
  start: ScalarNode,
  graph: ScalarGraph,
  spelling: Spelling,
  evaluator: Evaluator,
): number {
  const reached = new Map<ScalarNode, number>([[start, 1]]);
  for (const node of graph.nodes) {
    const here = reached.get(node);
    if (here === undefined) continue;
    for (const edge of node.users) {
      const factor = evaluator.value(spelling.of(edge.factor));
      reached.set(edge.of, (reached.get(edge.of) ?? 0) + here * factor);
    }
  }
  return reached.get(graph.loss) ?? 0;
}

function agreeExactly(network: Network, forms: Forms): boolean | undefined {
  const lines = new Map<Expr, Expr>(forms.deltas.map(({ symbol, define }) => [symbol, define]));
  const targets = distributionResidues(network);
  const residues = new Residues(
    (symbol) => lines.get(symbol),
    (symbol) => targets.get(symbol),
  );
  const verdicts = forms.gradients.map((gradient) => {
    const delta = residues.of(gradient.delta);
    const total = gradient.complete
      ? sumOfProducts(gradient.paths, residues)
      : sumOverAllPathsExactly(gradient.node, forms.graph, residues);
    return delta === undefined || total === undefined ? undefined : total === delta;
  });
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

function sumOfProducts(paths: readonly Path[], residues: Residues): bigint | undefined {
  let total = 0n;
  for (const path of paths) {
    let product = 1n;
    for (const edge of path) {
      const factor = residues.of(edge.factor);
      if (factor === undefined) return undefined;
      product = reduce(product * factor);
    }
    total = reduce(total + product);
  }
  return total;
}

function sumOverAllPathsExactly(
  start: ScalarNode,
  graph: ScalarGraph,
  residues: Residues,
): bigint | undefined {
  const reached = new Map<ScalarNode, bigint>([[start, 1n]]);
  for (const node of graph.nodes) {
    const here = reached.get(node);
    if (here === undefined) continue;
    for (const edge of node.users) {
      const factor = residues.of(edge.factor);
      if (factor === undefined) return undefined;
      reached.set(edge.of, reduce((reached.get(edge.of) ?? 0n) + here * factor));
    }
  }
  return reached.get(graph.loss) ?? 0n;
}

/** Targets that add up to 1: the last is 1 less the others. */
function distributionResidues({ targets, graph }: Network): ReadonlyMap<Expr, bigint> {
  if (!targets.some((target) => target.sumsToOne)) return new Map();
  const symbols = targets.flatMap((target) =>
    target.ranges.length === 0
      ? [graph.symbol(target)]
      : Array.from({ length: target.ranges[0]!.size! }, (_, position) =>
          graph.symbol(target, [position + 1]),
        ),
  );
  const free = symbols.slice(0, -1).map((symbol) => [symbol, randomResidue(symbol.id)] as const);
  const rest = free.reduce((total, [, residue]) => reduce(total - residue), 1n);
  return new Map<Expr, bigint>([...free, [symbols.at(-1)!, rest]]);
}
