// What can come out wrong for one derivative: the misconceptions of the table, each as the formula that it gives.
// Misconceptions that give the same function are one alternative, which no numbers could tell apart.
import type { ScalarNode } from "../derivative/scalar.ts";
import type { Expr } from "../expression/expr.ts";
import { coneBetween, slippedDerivative } from "../grading/cone.ts";
import { taskOf } from "../grading/diagnose.ts";
import { wrongResult } from "../grading/explain.ts";
import type { Slip } from "../grading/misconceptions/misconception.ts";
import { type MisconceptionCode, misconceptions } from "../grading/misconceptions/table.ts";
import { Probe, sameValues, type Values } from "../grading/probe.ts";
import type { Subject } from "../grading/subject.ts";
import type { Target } from "../grading/task.ts";
import { learningRate } from "../network/learning-rate.ts";

/** One wrong result, with every misconception that leads to it. */
export interface Alternative {
  readonly codes: readonly MisconceptionCode[];
  readonly slip: Slip;
  /** In derivatives of the loss by what lies above the slip. */
  readonly formula: Expr;
}

/** Something that is asked for, and what misconceptions make of it. */
export interface Question {
  readonly node: ScalarNode;
  readonly kind: "derivative" | "update";
  readonly target: Target;
  readonly truth: Expr;
  readonly alternatives: readonly Alternative[];
  /** The same misconceptions at further places: not offered, but they may give the number of what is. */
  readonly further: readonly Pick<Alternative, "codes" | "formula">[];
  /** Misconceptions that give the right number at the numbers of a variant: only the derivation shows them. */
  readonly unseen: readonly MisconceptionCode[];
}

/** Wrong results of one misconception: it may be met at several places. */
const mostOfEach = 3;

/** Slips of one row that are looked at before its wrong results are chosen. */
const mostTried = 24;

/** Misconceptions about the step itself; those about the derivative show in the derivative already. */
const aboutSteps: ReadonlySet<MisconceptionCode> = new Set(["wrong-update"]);

/** The derivative of the loss by `node`, or what a step of gradient descent makes of it. */
export function questionOf(
  subject: Subject,
  node: ScalarNode,
  kind: Question["kind"],
  wanted: ReadonlySet<string>,
): Question {
  const { network, scalar } = subject;
  const { graph } = network;
  const cone = coneBetween(scalar, graph, scalar.loss, node)!;
  const target: Target =
    kind === "derivative" ? { kind, cone } : { kind, cone, of: "value", rate: graph.symbol(learningRate) };
  const probe = new Probe(subject);
  const truth = wrongResult(graph, target, { at: node })!;
  const rows = misconceptions.filter(
    ({ code }) => wanted.has(code) && aboutSteps.has(code) === (kind === "update"),
  );
  const found: (Alternative & { readonly values: Values })[] = [];
  const further: Pick<Alternative, "codes" | "formula">[] = [];
  const task = taskOf(probe, target, graph.number(1));
  const right = probe.values(truth);
  for (const { code, slips } of rows) {
    let count = 0;
    for (const slip of (slips?.(task) ?? []).slice(0, mostTried)) {
      const formula = wrongResult(graph, target, slip);
      if (formula && count >= mostOfEach) further.push({ codes: [code], formula });
      const values = formula && count < mostOfEach ? probe.values(formula) : undefined;
      if (!formula || !values || values.some((value) => !Number.isFinite(value))) continue;
      if (sameValues(values, right)) continue;
      const same = found.findIndex((other) => sameValues(other.values, values));
      if (same < 0) found.push({ codes: [code], slip, formula, values });
      else if (!found[same]!.codes.includes(code))
        found[same] = { ...found[same]!, codes: [...found[same]!.codes, code] };
      else continue;
      count += 1;
    }
  }
  return {
    node,
    kind,
    target,
    truth,
    alternatives: found.map(({ values: _, ...alternative }) => alternative),
    further,
    unseen: [],
  };
}

/** The derivative in local derivatives alone, up to the loss: with a slip, or right. */
export function writtenOut({ target, truth }: Question, slip?: Slip): Expr {
  if (slip?.whole) return slip.whole;
  if (target.kind !== "derivative") return truth;
  const { users } = target.cone;
  const right = [...users.values()].flat().map((edge) => [edge, edge.factor] as const);
  return slippedDerivative(target.cone, { ...slip, factors: new Map([...right, ...(slip?.factors ?? [])]) });
}
