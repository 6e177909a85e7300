// Misconceptions about functions of functions, and about quadratic forms: plain calculus, met in networks of equations.
import type { ScalarEdge, ScalarNode } from "../../derivative/scalar.ts";
import { factorsOf, isNumber, isProduct, mul, nodesOf, termsOf } from "../../expression/build.ts";
import type { Expr, SymbolExpr } from "../../expression/expr.ts";
import { rewrite } from "../../expression/rewrite.ts";
import { slopes, type Task } from "../task.ts";
import type { Misconception, Slip } from "./misconception.ts";
import { replaced } from "./places.ts";

/** Within one definition and from one definition to the next. */
function innerSlips(task: Task): readonly Slip[] {
  if (task.network.kind !== "equations") return [];
  return [
    ...task.edges.flatMap((edge) => withinDefinition(task, edge)),
    ...withoutInner(task),
    ...task.edges.flatMap((outer) =>
      task.edges
        .filter((inner) => inner.of === outer.by)
        .flatMap((inner) => acrossDefinitions(task, outer, inner)),
    ),
  ];
}

/** y = sin(x²): cos(x²) or 2x alone, and cos(x) · 2x. */
function withinDefinition({ graph }: Task, edge: ScalarEdge): readonly Slip[] {
  const factors = factorsOf(edge.factor);
  const calls = factors.filter((factor) => [...nodesOf(factor)].some((node) => isCallOf(node, edge.by)));
  if (calls.length === 0) return [];
  const kept = factors.length > 1 ? factors.map((factor) => factors.filter((other) => other !== factor)) : [];
  const short = factors.map((factor) =>
    rewrite(graph, factor, (node) =>
      isCallOf(node, edge.by)
        ? graph.apply(node.op, [edge.by.symbol, ...node.args.slice(1)], node.slot)
        : undefined,
    ),
  );
  const [call] = calls;
  return [...kept, calls, short].map((wrong) => ({
    ...replaced([edge], () => mul(graph, wrong)),
    factor: mul(
      graph,
      factors.filter((factor) => factor !== call),
    ),
  }));
}

/** A function of something that is made of the variable, but is not the variable itself. */
function isCallOf(node: Expr, { symbol }: ScalarNode): node is Expr & { readonly kind: "apply" } {
  if (
    node.kind !== "apply" ||
    node.op.kind === "sum" ||
    node.op.kind === "product" ||
    node.op.kind === "power"
  )
    return false;
  const [argument] = node.args;
  return argument !== symbol && [...nodesOf(argument!)].includes(symbol);
}

/** y = f(u), u = g(x): f'(x) g'(x) and f'(g'(x)). */
function acrossDefinitions({ graph }: Task, outer: ScalarEdge, inner: ScalarEdge): readonly Slip[] {
  const at = (argument: Expr): Expr =>
    rewrite(graph, outer.factor, (node) => (node === outer.by.symbol ? argument : undefined));
  const one = graph.number(1);
  const wrong: readonly (readonly [Expr, Expr])[] = [
    [at(inner.by.symbol), inner.factor],
    [at(inner.factor), one],
  ];
  return wrong
    .filter(([first, second]) => first !== outer.factor || second !== inner.factor)
    .map(([first, second]) => ({
      at: inner.of,
      factor: inner.factor,
      factors: new Map([
        [outer, first],
        [inner, second],
      ]),
    }));
}

/** A weight, a signal or f'(z) that is left out has a row of its own. */
function isNamedElsewhere(task: Task, inner: ScalarEdge): boolean {
  return inner.factor.kind === "symbol" || isNumber(inner.factor) || slopes(task).includes(inner);
}

/** y = f(u), u = g(x): f'(u) alone. */
function withoutInner(task: Task): readonly Slip[] {
  const { target, edges, graph } = task;
  if (target.kind === "definition") return [];
  return edges
    .filter((edge) => edge.of !== target.cone.top && !isNamedElsewhere(task, edge))
    .map((edge) => replaced([edge], () => graph.number(1)));
}

/** Two coefficients of one product of variables, u_12 x_1 x_2 + u_21 x_2 x_1, taken as the same. */
function symmetricCoefficients(task: Task): readonly Slip[] {
  return task.edges.flatMap((edge) => {
    const { define } = edge.of.symbol.quantity;
    if (!define || edge.of.symbol.indices.length > 0) return [];
    return twinsIn(define).flatMap(([first, second]) =>
      [
        [first, second],
        [second, first],
      ].map(([from, to]) =>
        replaced([edge], ({ factor }) =>
          rewrite(task.graph, factor, (node) => (node === from ? to : undefined)),
        ),
      ),
    );
  });
}

/** Pairs of symbols that stand with the same two or more other factors. */
function twinsIn(define: Expr): readonly (readonly [SymbolExpr, SymbolExpr])[] {
  const byRest = new Map<string, SymbolExpr[]>();
  for (const term of termsOf(define).filter(isProduct))
    for (const factor of factorsOf(term)) {
      const rest = factorsOf(term).filter((other) => other !== factor);
      if (factor.kind !== "symbol" || rest.length < 2) continue;
      const key = rest
        .map(({ id }) => id)
        .sort((left, right) => left - right)
        .join();
      byRest.set(key, [...(byRest.get(key) ?? []), factor]);
    }
  return [...byRest.values()].flatMap(([first, second]) =>
    first && second ? [[first, second] as const] : [],
  );
}

export const innerMisconceptions = [
  {
    id: "M28",
    code: "inner-derivative",
    title: "The inner derivative",
    sentence:
      "The inner derivative is left out, or stands in the wrong place: f′(g(x)), f′(x) g′(x), f′(g′(x)).",
    look: {
      en: "A function of a function stands at {at}: the outer derivative is taken at the inner value, and the inner derivative multiplies it.",
      de: "Bei {at} steht eine Funktion einer Funktion: Die äußere Ableitung wird am inneren Wert genommen und mit der inneren Ableitung multipliziert.",
    },
    source:
      "calculus error lists (mathmistakes.info, mathmedic, meangreenmath); APOS studies of the chain rule (Clark et al. 1997; Jojo et al.)",
    slips: innerSlips,
  },
  {
    id: "M33",
    code: "vector-algebra",
    title: "A quadratic form taken as symmetric",
    sentence: "2Uw for (U + Uᵀ)w: the part of the matrix that is not symmetric is lost.",
    look: {
      en: "Write the quadratic form at {at} out: which two coefficients stand with the same product of variables?",
      de: "Schreibe die quadratische Form bei {at} aus: Welche zwei Koeffizienten stehen beim selben Produkt der Variablen?",
    },
    source: "a published grading policy (“HTML HW4”, on hackmd) deducts for exactly these",
    slips: symmetricCoefficients,
  },
] as const satisfies readonly Misconception[];
