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
  const { graph } = subject.network;
  const target = targetOf(subject, node, kind);
  const truth = wrongResult(graph, target, { at: node })!;
  const probe = new Probe(subject);
  const task = taskOf(probe, target, graph.number(1));
  const found = new FoundAlternatives(probe, truth);
  const further: Pick<Alternative, "codes" | "formula">[] = [];
  for (const { code, slips } of misconceptions) {
    if (!wanted.has(code) || aboutSteps.has(code) !== (kind === "update")) continue;
    let count = 0;
    for (const slip of (slips?.(task) ?? []).slice(0, mostTried)) {
      const formula = wrongResult(graph, target, slip);
      if (!formula) continue;
      if (count >= mostOfEach) further.push({ codes: [code], formula });
      else if (found.add({ codes: [code], slip, formula })) count += 1;
    }
  }
  return { node, kind, target, truth, alternatives: found.all, further, unseen: [] };
}

function targetOf({ network, scalar }: Subject, node: ScalarNode, kind: Question["kind"]): Target {
  const { graph } = network;
  const cone = coneBetween(scalar, graph, scalar.loss, node)!;
  return kind === "derivative"
    ? { kind, cone }
    : { kind, cone, of: "value", rate: graph.symbol(learningRate) };
}

/** The state guarded are the alternatives found so far, no two of which are the same function. */
class FoundAlternatives {
  readonly #probe: Probe;
  readonly #right: Values;
  readonly #found: { readonly alternative: Alternative; readonly values: Values }[] = [];

  constructor(probe: Probe, truth: Expr) {
    this.#probe = probe;
    this.#right = probe.values(truth);
  }

  get all(): readonly Alternative[] {
    return this.#found.map(({ alternative }) => alternative);
  }

  /** Whether it is a wrong result that its misconception did not have so far. */
  add(alternative: Alternative): boolean {
    const values = this.#probe.values(alternative.formula);
    const isWrong = values.every(Number.isFinite) && !sameValues(values, this.#right);
    if (!isWrong) return false;
    const place = this.#found.findIndex((other) => sameValues(other.values, values));
    const same = this.#found[place];
    if (!same) this.#found.push({ alternative, values });
    else if (same.alternative.codes.includes(alternative.codes[0]!)) return false;
    else this.#found[place] = { values, alternative: together(same.alternative, alternative) };
    return true;
  }
}

/** The first one, with the misconceptions of both. */
export function together(first: Alternative, second: Pick<Alternative, "codes">): Alternative {
  return { ...first, codes: [...new Set([...first.codes, ...second.codes])] };
}

/** The derivative in local derivatives alone, up to the loss: with a slip, or right. */
export function writtenOut({ target, truth }: Question, slip?: Slip): Expr {
  if (slip?.whole) return slip.whole;
  if (target.kind !== "derivative") return truth;
  const { users } = target.cone;
  const right = [...users.values()].flat().map((edge) => [edge, edge.factor] as const);
  return slippedDerivative(target.cone, { ...slip, factors: new Map([...right, ...(slip?.factors ?? [])]) });
}
