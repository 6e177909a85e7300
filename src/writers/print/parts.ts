// Sums and products taken apart for printing; what belongs together is flattened, nothing is calculated but signs.
import type { ApplyExpr, Expr, Index } from "../../expression/expr.ts";
import { isNegative, negative, type Rational, rational, times } from "../../expression/rational.ts";
import { isSamples } from "../../notation/units.ts";

/** A product taken apart: one sign and coefficient, factors above and below the bar. */
export interface Parts {
  readonly coefficient: Rational;
  readonly above: readonly Expr[];
  readonly below: readonly (readonly [base: Expr, exponent: Rational])[];
}

export function partsOf(args: readonly Expr[]): Parts {
  let coefficient = rational(1);
  const above: Expr[] = [];
  const below: [Expr, Rational][] = [];
  for (const arg of args.flatMap(factorsOf)) {
    const exponent = negativeExponent(arg);
    if (arg.kind === "number") coefficient = times(coefficient, arg.value);
    else if (exponent) below.push([(arg as ApplyExpr).args[0]!, negative(exponent)]);
    else above.push(arg);
  }
  return { coefficient, above, below };
}

/** Products within products print as one. */
export function factorsOf(written: Expr): readonly Expr[] {
  const expr = withoutSingleSums(written);
  return expr.kind === "apply" && expr.op.kind === "product" ? expr.args.flatMap(factorsOf) : [expr];
}

/** Sums within sums print as one. */
export function termsOf(written: Expr): readonly Expr[] {
  const expr = withoutSingleSums(written);
  return expr.kind === "apply" && expr.op.kind === "sum" ? expr.args.flatMap(termsOf) : [expr];
}

export function negativeExponent(expr: Expr): Rational | undefined {
  if (expr.kind !== "apply" || expr.op.kind !== "power") return undefined;
  const exponent = expr.args[1]!;
  return exponent.kind === "number" && isNegative(exponent.value) ? exponent.value : undefined;
}

/** A Σ over a single unit is its body at that unit. */
export function withoutSingleSums(expr: Expr): Expr {
  if (expr.kind !== "sum" || expr.over.size !== 1 || isSamples(expr.over)) return expr;
  return withoutSingleSums(atUnit(expr.body, expr.index));
}

/** The expression with the bound `index` put to 1; for printing only, it belongs to no graph. */
function atUnit(expr: Expr, index: string): Expr {
  const put = (written: Index): Index => (written === index ? 1 : written);
  const visit = <Node extends Expr>(node: Node): Node => atUnit(node, index) as Node;
  switch (expr.kind) {
    case "symbol":
      return { ...expr, indices: expr.indices.map(put) };
    case "apply":
      return { ...expr, args: expr.args.map(visit) };
    case "component":
      return { ...expr, args: expr.args.map(visit), at: put(expr.at) };
    case "sum":
      return { ...expr, body: visit(expr.body) };
    case "same":
      return { ...expr, a: put(expr.a), b: put(expr.b) };
    case "derivative":
      return { ...expr, of: visit(expr.of), by: visit(expr.by) };
    case "number":
    case "size":
      return expr;
  }
}
