// Lines of a derivation: symbols, then digits, then the result.
import { isNumber, isWhole } from "../expression/build.ts";
import { type Expr, entryOffset, type Quantity } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import type { Notation } from "../notation/notation.ts";
import { multiply, add as sumOperation } from "../primitives/arithmetic.ts";
import type {
  ChainPath,
  DeltaDerivation,
  Derived,
  Factor,
  ForwardLine,
  GradientDerivation,
} from "./derived.ts";
import type { EquationLine, RelationSign, Side, SymbolValues } from "./document.ts";
import { beforeTurning } from "./residual.ts";

/** What every line needs besides its expressions. */
export interface LineContext {
  readonly graph: Graph;
  /** Numbers put in for symbols; absent without numbers and for batches, whose lines are for a general sample. */
  readonly values?: SymbolValues;
  /** The habits of the dialect that decide which steps are written down. */
  readonly habits: Pick<Notation, "residual" | "primeOrFraction">;
}

export function lineContext({ network, numbers }: Derived, habits: LineContext["habits"]): LineContext {
  const sample = numbers?.samples.length === 1 ? numbers.samples[0] : undefined;
  if (!sample) return { graph: network.graph, habits };
  const stored = new Map(
    [...sample.values].map(([quantity, values]) => [
      quantity.role === "delta" ? quantity.id : quantity,
      values,
    ]),
  );
  return {
    graph: network.graph,
    habits,
    values: ({ quantity, indices }) => {
      const known = stored.get(quantity.role === "delta" ? quantity.id : quantity);
      return known?.[entryOffset(quantity, indices)];
    },
  };
}

/** For lines that stop at the symbols. */
export function withoutNumbers({ graph, habits }: LineContext): LineContext {
  return { graph, habits };
}

const expr = (expression: Expr): Side => ({ kind: "expr", expr: expression });

/** Expressions joined by "=". */
export function equality(sides: readonly Expr[], more: Partial<EquationLine> = {}): EquationLine {
  return line(sides.map(expr), more);
}

/** Any sides joined by "=". */
export function equalitySides(sides: readonly Side[], more: Partial<EquationLine> = {}): EquationLine {
  return line(sides, more);
}

/** Sides joined by "=", without one that only repeats its neighbour. */
function line(sides: readonly Side[], more: Partial<EquationLine> = {}): EquationLine {
  const kept = sides.filter((side, position) => position === 0 || !repeats(side, sides[position - 1]!));
  const signs = kept.slice(1).map((): RelationSign => "=");
  return { ...more, sides: kept, signs };
}

function repeats(side: Side, before: Side): boolean {
  if (side.kind === "matrix") return before.kind === "matrix" && side.matrix === before.matrix;
  return side.kind === "expr" && before.kind === "expr" && side.expr === before.expr;
}

/** `= digits = result`, where there are numbers; digits that only repeat the result are left out. */
function numbersOf(
  expression: Expr,
  value: number | undefined,
  { values }: Pick<LineContext, "values">,
): readonly Side[] {
  if (value === undefined || values === undefined || isNumber(expression)) return [];
  const alone = expression.kind === "symbol" || expression.kind === "derivative";
  return alone
    ? [{ kind: "value", value }]
    : [
        { kind: "digits", expr: expression, values },
        { kind: "value", value },
      ];
}

/** z = Σ w a = 0.1 · 0.35 + … = 0.755 */
export function forwardLine({ symbol, define, values }: ForwardLine, context: LineContext): EquationLine {
  return line([expr(symbol), expr(define), ...numbersOf(define, values[0], context)], { rule: "definition" });
}

/** z = Σ w a, without numbers. */
export function definitionLine({ symbol, define }: Pick<ForwardLine, "symbol" | "define">): EquationLine {
  return line([expr(symbol), expr(define)], { rule: "definition" });
}

/** ∂a/∂z = f'(z) = a(1 - a) = … */
export function factorLine(factor: Factor, context: LineContext): EquationLine {
  const { derivative, result, worked, rule, values } = factor;
  const shown = worked ?? result;
  const turned = residualFirst(result, context);
  const isRepeated =
    context.habits.primeOrFraction === "fraction" &&
    result.kind === "apply" &&
    result.slot !== undefined &&
    shown !== result;
  const steps = [...turned, ...(isRepeated ? [] : [result]), shown];
  const sides = [derivative, ...steps].map(expr);
  return line([...sides, ...numbersOf(shown, values[0], context)], { rule });
}

/** -(t - y) before y - t, where the dialect squares t - y. */
function residualFirst(result: Expr, { graph, habits }: LineContext): readonly Expr[] {
  const turned = habits.residual === "target-minus-output" ? beforeTurning(graph, result) : undefined;
  return turned ? [turned] : [];
}

/** ∂E/∂w = Σ over paths of ∏ ∂…/∂… = the same with local derivatives put in = digits = result */
export function chainLine(
  gradient: GradientDerivation,
  context: LineContext,
  growing: readonly Expr[] = [],
): EquationLine {
  const { graph } = context;
  const over = (term: (path: ChainPath) => Expr): Expr => sum(graph, gradient.paths.map(term));
  const inert = over((path) => inertProduct(graph, path));
  const filled = over(({ factors }) =>
    product(
      graph,
      factors.map(({ result }) => result),
    ),
  );
  const worked = over((path) => workedProduct(graph, path));
  const sides = [gradient.derivative, ...growing, inert, filled, worked].map(expr);
  return line([...sides, ...numbersOf(worked, chainValue(gradient), context)], { rule: "chain-rule" });
}

/** ∂E/∂w = the product with primes worked out = result */
export function chainResultLine(gradient: GradientDerivation, context: LineContext): EquationLine {
  const { graph } = context;
  const worked = sum(
    graph,
    gradient.paths.map((path) => workedProduct(graph, path)),
  );
  return resultLine([gradient.derivative, worked], chainValue(gradient), "chain-rule", context);
}

function chainValue({ complete, values }: GradientDerivation): number | undefined {
  return complete ? values[0] : undefined;
}

/** Symbols and the result, without the digits between. */
function resultLine(
  sides: readonly Expr[],
  value: number | undefined,
  rule: string,
  context: LineContext,
): EquationLine {
  const numbers = numbersOf(sides.at(-1)!, value, context).filter(({ kind }) => kind === "value");
  return line([...sides.map(expr), ...numbers], { rule });
}

/** P_1 = digits = result, path by path, then ∂E/∂w = P_1 + P_2 + … = digits = result; for several paths with numbers. */
export function pathLines(
  gradient: GradientDerivation,
  context: LineContext,
): { paths: readonly EquationLine[]; total?: EquationLine } {
  const { graph } = context;
  const names = gradient.paths.map((_, position) => graph.symbol(pathName(position + 1)));
  const numbers = new Map(
    gradient.paths.map((path, position) => [names[position]!.quantity, path.values[0]!]),
  );
  const paths = gradient.paths.map((path, position) =>
    line([expr(names[position]!), ...numbersOf(workedProduct(graph, path), path.values[0], context)], {
      rule: "chain-rule",
    }),
  );
  if (!gradient.complete) return { paths };
  const together = sum(graph, names);
  const values: SymbolValues = ({ quantity }) => numbers.get(quantity);
  const total = line(
    [expr(gradient.derivative), expr(together), ...numbersOf(together, gradient.values[0], { values })],
    {
      rule: "chain-rule",
    },
  );
  return { paths, total };
}

/** A path's product under a name of its own. */
function pathName(number: number): Quantity {
  return { id: `path ${number}`, role: "intermediate", ranges: [], formals: [], entryNames: [`P_${number}`] };
}

/** δ = ∂E/∂z = the way to stored δ's = … = a - y = digits = result */
export function deltaLine(delta: DeltaDerivation, context: LineContext, way?: Expr): EquationLine {
  const { symbol, meaning, define, worked } = delta;
  const shown = worked ?? define;
  const turned = residualFirst(define, context);
  const sides = [symbol, meaning, ...(way ? [way] : []), ...turned, define, shown];
  return line([...sides.map(expr), ...numbersOf(shown, delta.values[0], context)], { rule: "delta" });
}

/** δ = ∂E/∂z = a - y = result */
export function deltaResultLine(
  { symbol, meaning, define, worked, values }: DeltaDerivation,
  context: LineContext,
): EquationLine {
  return resultLine([symbol, meaning, worked ?? define], values[0], "delta", context);
}

/** ∂E/∂w = ∂E/∂z ∂z/∂w = δ a = digits = result; `renamed` is the product once more with inputs as activations. */
export function gradientLine(
  gradient: GradientDerivation,
  context: LineContext,
  { way, renamed }: { readonly way?: Expr | undefined; readonly renamed?: Expr | undefined } = {},
): EquationLine {
  const { derivative, delta, values } = gradient;
  const sides = [derivative, ...(way ? [way] : []), delta, ...(renamed ? [renamed] : [])];
  return line([...sides.map(expr), ...numbersOf(delta, values[0], context)], { rule: "gradient" });
}

/** ∂E/∂w = δ a = result */
export function gradientResultLine(
  { derivative, delta, values }: GradientDerivation,
  context: LineContext,
): EquationLine {
  return resultLine([derivative, delta], values[0], "gradient", context);
}

/** ∂E/∂a · ∂a/∂z · …, each factor named. */
export function inertProduct(graph: Graph, path: ChainPath): Expr {
  return productAsWritten(
    graph,
    path.factors.map(({ derivative }) => derivative),
  );
}

/** The factors side by side, nothing merged. */
export function productAsWritten(graph: Graph, factors: readonly Expr[]): Expr {
  return factors.length === 1 ? factors[0]! : graph.apply(multiply, factors);
}

function workedProduct(graph: Graph, path: ChainPath): Expr {
  return product(
    graph,
    path.factors.map((factor) => factor.worked ?? factor.result),
  );
}

/** The factors as they are, without those that are 1; nothing is merged, so that each can be found again. */
function product(graph: Graph, factors: readonly Expr[]): Expr {
  const telling = factors.filter((factor) => !isWhole(factor, 1));
  return telling.length === 0 ? graph.number(1) : productAsWritten(graph, telling);
}

export function sum(graph: Graph, terms: readonly Expr[]): Expr {
  if (terms.length === 0) return graph.number(0);
  return terms.length === 1 ? terms[0]! : graph.apply(sumOperation, terms);
}
