// Differentiation: one walk over a definition, carrying a cofactor, finds every local derivative at once.
//
//   d def / d q[m]  =  Σ over occurrences of q, Σ over their binders, cofactor · Π same(index, m)
//
// At + the cofactor passes on, at × the other factors join it, at h(x) it gains h'(x), Σ opens its binder.
// (Laue, Mitterreiter, Giesen 2020: one reverse sweep in index notation.)
import { add, childrenOf, mul, pow } from "../expression/build.ts";
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
import { open } from "../expression/rewrite.ts";
import { primitive } from "../primitives/index.ts";
import { vectorPartial, workedOutPartial } from "./partial.ts";
import type { RuleKey } from "./rules.ts";

interface Binder {
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

/** What one walk over a definition works with, and what it has found. */
interface Walk {
  readonly graph: Graph;
  readonly active: (quantity: Quantity) => boolean;
  readonly fold: Fold;
  readonly found: Occurrence[];
  /** Whether an expression holds an active quantity, once asked. */
  readonly activity: Map<Expr, boolean>;
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
  const walk: Walk = { graph, active, fold, found: [], activity: new Map() };
  visit(walk, definition, { cofactor: graph.number(1), binders: [], rules: [] });
  return walk.found;
}

/** y = f(x): every entry of y depends on every entry of x, by a derivative ∂y_j/∂x_i of which no more is known. */
export function wholeOccurrences(
  graph: Graph,
  of: Quantity,
  active: (quantity: Quantity) => boolean,
): readonly Occurrence[] {
  return (of.whole?.on ?? []).filter(active).map((quantity) => {
    const binders = quantity.ranges.map((range) => ({ range, letter: graph.freshLetter() }));
    const symbol = graph.symbol(
      quantity,
      binders.map(({ letter }) => letter),
    );
    const cofactor = graph.derivative(graph.symbol(of, of.formals), symbol);
    return { symbol, cofactor, binders, rules: ["function"] };
  });
}

function isActive(walk: Walk, expr: Expr): boolean {
  if (expr.kind === "symbol") return walk.active(expr.quantity);
  let known = walk.activity.get(expr);
  if (known === undefined) {
    known = childrenOf(expr).some((child) => isActive(walk, child));
    walk.activity.set(expr, known);
  }
  return known;
}

function visit(walk: Walk, expr: Expr, way: Way): void {
  if (!isActive(walk, expr)) return;
  switch (expr.kind) {
    case "symbol":
      walk.found.push({ symbol: expr, ...way });
      return;
    case "apply":
      visitApply(walk, expr, way);
      return;
    case "component":
      visitComponent(walk, expr, way);
      return;
    case "sum": {
      const { letter, body } = open(walk.graph, expr.index, expr.body);
      visit(walk, body, { ...pass(way, "sum"), binders: [...way.binders, { range: expr.over, letter }] });
      return;
    }
  }
}

function visitApply(walk: Walk, expr: ApplyExpr, way: Way): void {
  const { op, args } = expr;
  if (op.kind === "sum") for (const term of args) visit(walk, term, pass(way, "sum"));
  else if (op.kind === "product") visitProduct(walk, args, way);
  else if (op.kind === "power") visitPower(walk, args[0]!, args[1]!, way);
  else {
    const rule = op.primed ? "activation" : "function";
    for (const [slot, arg] of args.entries()) {
      if (isActive(walk, arg))
        visit(walk, arg, gain(walk, way, functionDerivative(walk.graph, expr, slot), rule));
    }
  }
}

function visitProduct(walk: Walk, factors: readonly Expr[], way: Way): void {
  for (const [position, factor] of factors.entries()) {
    if (isActive(walk, factor))
      visit(
        walk,
        factor,
        gain(walk, way, mul(walk.graph, factors.toSpliced(position, 1)), "constant-multiple"),
      );
  }
}

/** d u^v = v u^(v-1) du + u^v log(u) dv */
function visitPower(walk: Walk, base: Expr, exponent: Expr, way: Way): void {
  const { graph } = walk;
  const lower = add(graph, [exponent, graph.number(-1)]);
  const isQuotient = exponent.kind === "number" && exponent.value.numerator < 0n;
  const byBase = mul(graph, [exponent, pow(graph, base, lower)]);
  visit(walk, base, gain(walk, way, byBase, isQuotient ? "quotient" : "power"));
  if (isActive(walk, exponent)) {
    const log = graph.apply(primitive("log"), [base]);
    const byExponent = mul(graph, [pow(graph, base, exponent), log]);
    visit(walk, exponent, gain(walk, way, byExponent, "exponential"));
  }
}

/** Entry `at` of softmax by each of its arguments m. */
function visitComponent(walk: Walk, expr: ComponentExpr, way: Way): void {
  const { graph, fold } = walk;
  const partial = (m: Index): Expr =>
    vectorPartial(graph, expr.op, expr.at, m, (index) => {
      const output = outputEntry(graph, expr, index);
      return fold(output) ?? output;
    });
  if (expr.over === undefined) {
    for (const [position, arg] of expr.args.entries())
      visit(walk, arg, gain(walk, way, partial(position + 1), "softmax"));
    return;
  }
  const { letter, body } = open(graph, expr.index!, expr.args[0]!);
  const inside = gain(walk, way, partial(letter), "softmax");
  visit(walk, body, { ...inside, binders: [...inside.binders, { range: expr.over, letter }] });
}

function gain({ graph }: Walk, way: Way, factor: Expr, rule: RuleKey): Way {
  return { ...pass(way, rule), cofactor: mul(graph, [way.cofactor, factor]) };
}

function pass(way: Way, rule: RuleKey): Way {
  return { ...way, rules: [...way.rules, rule] };
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
