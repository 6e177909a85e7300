// Lines of a derivation: symbols, then digits, then the result.

import { isNumber, isWhole } from "../expression/build.ts";
import { type Expr, entryOffset, type Quantity } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { multiply, add as sumOperation } from "../primitives/arithmetic.ts";
import type {
  ChainPath,
  DeltaDerivation,
  Derived,
  Factor,
  ForwardLine,
  GradientDerivation,
} from "./derived.ts";
import type { EquationLine, Inline, RelationSign, Side, SymbolValues } from "./document.ts";
import { ruleWording } from "./wording.ts";

/** What every line needs besides its expressions. */
export interface LineContext {
  readonly graph: Graph;
  /** Numbers put in for symbols; absent without numbers and for batches, whose lines are for a general sample. */
  readonly values?: SymbolValues;
}

export function lineContext(derived: Derived): LineContext {
  const { network, numbers } = derived;
  const sample = numbers?.samples.length === 1 ? numbers.samples[0] : undefined;
  if (!sample) return { graph: network.graph };
  const stored = new Map(
    [...sample.values].map(([quantity, values]) => [
      quantity.role === "delta" ? quantity.id : quantity,
      values,
    ]),
  );
  return {
    graph: network.graph,
    values: ({ quantity, indices }) => {
      const known = stored.get(quantity.role === "delta" ? quantity.id : quantity);
      return known?.[entryOffset(quantity, indices)];
    },
  };
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
function numbersOf(expression: Expr, value: number | undefined, { values }: LineContext): readonly Side[] {
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

/** ∂a/∂z = f'(z) = a(1 - a) = … */
export function factorLine(factor: Factor, context: LineContext): EquationLine {
  const { derivative, result, worked, rule, values } = factor;
  const shown = worked ?? result;
  const because: readonly Inline[] = [{ kind: "text", text: ruleWording[rule]! }];
  return line([expr(derivative), expr(result), expr(shown), ...numbersOf(shown, values[0], context)], {
    rule,
    because,
  });
}

/** ∂E/∂w = Σ over paths of ∏ ∂…/∂… = the same with local derivatives put in = digits = result */
export function chainLine(gradient: GradientDerivation, context: LineContext): EquationLine {
  const { graph } = context;
  const inert = sum(
    graph,
    gradient.paths.map((path) => inertProduct(graph, path)),
  );
  const filled = sum(
    graph,
    gradient.paths.map((path) =>
      product(
        graph,
        path.factors.map(({ result }) => result),
      ),
    ),
  );
  const worked = sum(
    graph,
    gradient.paths.map((path) => workedProduct(graph, path)),
  );
  const sides = [expr(gradient.derivative), expr(inert), expr(filled), expr(worked)];
  const value = gradient.complete ? gradient.values[0] : undefined;
  return line([...sides, ...numbersOf(worked, value, context)], { rule: "chain-rule" });
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
    [
      expr(gradient.derivative),
      expr(together),
      ...numbersOf(together, gradient.values[0], { graph, values }),
    ],
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

/** δ = ∂E/∂z = … = a - y = digits = result */
export function deltaLine(delta: DeltaDerivation, context: LineContext): EquationLine {
  const { symbol, meaning, define, worked } = delta;
  const shown = worked ?? define;
  return line(
    [expr(symbol), expr(meaning), expr(define), expr(shown), ...numbersOf(shown, delta.values[0], context)],
    { rule: "delta" },
  );
}

/** ∂E/∂w = δ a = digits = result */
export function gradientLine(gradient: GradientDerivation, context: LineContext): EquationLine {
  return line(
    [
      expr(gradient.derivative),
      expr(gradient.delta),
      ...numbersOf(gradient.delta, gradient.values[0], context),
    ],
    {
      rule: "gradient",
    },
  );
}

/** ∂E/∂a · ∂a/∂z · …, each factor named. */
export function inertProduct(graph: Graph, path: ChainPath): Expr {
  const factors = path.factors.map(({ derivative }) => derivative);
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
  if (telling.length === 0) return graph.number(1);
  return telling.length === 1 ? telling[0]! : graph.apply(multiply, telling);
}

export function sum(graph: Graph, terms: readonly Expr[]): Expr {
  if (terms.length === 0) return graph.number(0);
  return terms.length === 1 ? terms[0]! : graph.apply(sumOperation, terms);
}
