// Differentiation: one walk over a definition, carrying a cofactor, finds every local derivative at once.
//
//   d def / d q[m]  =  Σ over occurrences of q, Σ over their binders, cofactor · Π same(index, m)
//
// At + the cofactor passes on, at × the other factors join it, at h(x) it gains h'(x), Σ opens its binder.
// (Laue, Mitterreiter, Giesen 2020: one reverse sweep in index notation.)
import { add, mul, nodesOf, pow, some } from "../expression/build.ts";
import type {
  ApplyExpr,
  ComponentExpr,
  Expr,
  Index,
  Quantity,
  Range,
  SymbolExpr,
} from "../expression/expr.ts";
import type { Fold } from "../expression/fold.ts";
import type { Graph } from "../expression/graph.ts";
import { rational } from "../expression/rational.ts";
import { open } from "../expression/rewrite.ts";
import { primitive } from "../primitives/index.ts";
import { vectorPartial, workedOutPartial } from "./partial.ts";
import type { RuleKey } from "./rules.ts";

export interface Binder {
  readonly range: Range;
  readonly letter: string;
}

export interface Occurrence {
  /** The quantity with the indices at which it stands. */
  readonly symbol: SymbolExpr;
  readonly cofactor: Expr;
  readonly binders: readonly Binder[];
  /** The rules that the walk used, outermost first. */
  readonly rules: readonly RuleKey[];
}

/** Where a walk is: what multiplies the rest, which sums are open, which rules led here. */
interface Way {
  readonly cofactor: Expr;
  readonly binders: readonly Binder[];
  readonly rules: readonly RuleKey[];
}

/**
 * Every place where an `active` quantity stands in `definition`, with its cofactor; linear in the definition's size
 * for sums, quadratic in the number of active factors of one product.
 * `fold` writes a softmax output by its own name where the derivative is written in the outputs.
 */
export function occurrences(
  graph: Graph,
  definition: Expr,
  active: (quantity: Quantity) => boolean,
  fold: Fold = () => undefined,
): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const activity = new Map<Expr, boolean>();
  const isActive = (expr: Expr): boolean => {
    let known = activity.get(expr);
    if (known === undefined) {
      known = some(expr, (node) => node.kind === "symbol" && active(node.quantity));
      activity.set(expr, known);
    }
    return known;
  };

  const walk = (expr: Expr, way: Way): void => {
    if (!isActive(expr)) return;
    switch (expr.kind) {
      case "symbol":
        found.push({ symbol: expr, ...way });
        return;
      case "apply":
        walkApply(expr, way);
        return;
      case "component":
        walkComponent(expr, way);
        return;
      case "sum": {
        const { letter, body } = open(graph, expr.index, expr.body);
        walk(body, { ...pass(way, "sum"), binders: [...way.binders, { range: expr.over, letter }] });
        return;
      }
    }
  };

  const walkApply = (expr: ApplyExpr, way: Way): void => {
    const { op, args } = expr;
    if (op.kind === "sum") for (const term of args) walk(term, pass(way, "sum"));
    else if (op.kind === "product") walkProduct(args, way);
    else if (op.kind === "power") walkPower(args[0]!, args[1]!, way);
    else {
      for (const [slot, arg] of args.entries()) {
        if (isActive(arg))
          walk(arg, gain(way, functionDerivative(graph, expr, slot), op.primed ? "activation" : "function"));
      }
    }
  };

  const walkProduct = (factors: readonly Expr[], way: Way): void => {
    for (const [position, factor] of factors.entries()) {
      if (isActive(factor))
        walk(factor, gain(way, mul(graph, factors.toSpliced(position, 1)), "constant-multiple"));
    }
  };

  /** d u^v = v u^(v-1) du + u^v log(u) dv */
  const walkPower = (base: Expr, exponent: Expr, way: Way): void => {
    const lower = add(graph, [exponent, graph.number(-1)]);
    const isQuotient = exponent.kind === "number" && exponent.value.numerator < 0n;
    walk(base, gain(way, mul(graph, [exponent, pow(graph, base, lower)]), isQuotient ? "quotient" : "power"));
    if (isActive(exponent)) {
      const log = graph.apply(primitive("log"), [base]);
      walk(exponent, gain(way, mul(graph, [pow(graph, base, exponent), log]), "exponential"));
    }
  };

  /** Entry `at` of softmax by each of its arguments m. */
  const walkComponent = (expr: ComponentExpr, way: Way): void => {
    const entry = (index: Index): Expr => {
      const output = outputEntry(graph, expr, index);
      return fold(output) ?? output;
    };
    const partial = (m: Index): Expr => vectorPartial(graph, expr.op, expr.at, m, entry);
    if (expr.over === undefined) {
      for (const [position, arg] of expr.args.entries())
        walk(arg, gain(way, partial(position + 1), "softmax"));
      return;
    }
    const { letter, body } = open(graph, expr.index!, expr.args[0]!);
    const inside = gain(way, partial(letter), "softmax");
    walk(body, { ...inside, binders: [...inside.binders, { range: expr.over, letter }] });
  };

  const gain = (way: Way, factor: Expr, rule: RuleKey): Way => ({
    ...way,
    cofactor: mul(graph, [way.cofactor, factor]),
    rules: [...way.rules, rule],
  });
  const pass = (way: Way, rule: RuleKey): Way => ({ ...way, rules: [...way.rules, rule] });

  walk(definition, { cofactor: graph.number(rational(1)), binders: [], rules: [] });
  return found;
}

/** f'(x) by its name where teachers write a prime, else worked out at once. */
function functionDerivative(graph: Graph, expr: ApplyExpr, slot: number): Expr {
  const { op, args } = expr;
  return op.primed || op.kind === "abstract"
    ? graph.apply(op, args, slot)
    : workedOutPartial(graph, op, args, slot);
}

/** Output `index` of a vector function, of which `expr` is another output. */
function outputEntry(graph: Graph, expr: ComponentExpr, index: Index): Expr {
  if (expr.over === undefined) return graph.component(expr.op, expr.args, index);
  const { letter, body } = open(graph, expr.index!, expr.args[0]!);
  return graph.componentOver(expr.op, expr.over, letter, body, index);
}

/** The quantities that a definition mentions, each once, in reading order. */
export function mentioned(definition: Expr): readonly Quantity[] {
  const found = new Set<Quantity>();
  for (const node of nodesOf(definition)) if (node.kind === "symbol") found.add(node.quantity);
  return [...found];
}
