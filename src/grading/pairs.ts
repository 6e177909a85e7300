// Two misconceptions in one line: every pair of wrong local derivatives, in numbers.
import type { ScalarEdge } from "../derivative/scalar.ts";
import { isWhole, mul, pow, subtract } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import { rational } from "../expression/rational.ts";
import { type Explainer, wrongResult } from "./explain.ts";
import type { Slip } from "./misconceptions/misconception.ts";
import type { MisconceptionCode } from "./misconceptions/table.ts";
import type { Changes, Sweep } from "./sweep.ts";
import type { Task } from "./task.ts";

export interface Suspect {
  readonly code: MisconceptionCode;
  readonly slip: Slip;
}

/** Bounds the multiplications of the search: a few hundredths of a second. */
const mostWork = 4e6;

/** The first two suspects that only together explain what was said; quadratic in their number. */
export function pairOf(
  task: Task,
  suspects: readonly Suspect[],
  explainer: Explainer,
): readonly [Suspect, Suspect] | undefined {
  const { sweep } = explainer;
  const { graph } = task;
  if (!sweep) return upTheSlope(task, suspects, explainer);
  const scaled = scaledWhole(suspects, explainer);
  if (scaled) return scaled;
  const most = Math.floor(Math.sqrt(mostWork / Math.max(1, sweep.edges)));
  const apart = distinct(suspects, sweep).slice(0, most);
  for (const [position, first] of apart.entries())
    for (let next = position + 1; next < apart.length; next += 1) {
      const second = apart[next]!;
      if (first.code === second.code || !explainer.isNear(sweep.told(first.changes, second.changes)))
        continue;
      const factors = joined(graph, first.slip.factors!, second.slip.factors!);
      if (explainer.explains({ at: first.slip.at, factors })) return [first, second];
    }
  return undefined;
}

/** A step that goes up, w + η g, with a wrong gradient besides. */
function upTheSlope(
  { target, graph }: Task,
  suspects: readonly Suspect[],
  explainer: Explainer,
): readonly [Suspect, Suspect] | undefined {
  if (target.kind !== "update") return undefined;
  const start = target.of === "value" ? target.cone.bottom.symbol : graph.number(0);
  for (const suspect of suspects) {
    if (!suspect.slip.factors) continue;
    const down = wrongResult(graph, target, suspect.slip)!;
    const up = { at: target.cone.bottom, whole: subtract(graph, mul(graph, [graph.number(2), start]), down) };
    if (explainer.explains(up)) return [{ code: "wrong-update", slip: up }, suspect];
  }
  return undefined;
}

/** Results that no local derivatives give, such as a product of paths, with a sign or a 2 besides. */
function scaledWhole(
  suspects: readonly Suspect[],
  explainer: Explainer,
): readonly [Suspect, Suspect] | undefined {
  for (const suspect of suspects) {
    if (suspect.slip.factors) continue;
    const found = constants.find(({ value }) => explainer.explains(suspect.slip, value));
    if (found) return [suspect, { code: found.code, slip: { at: suspect.slip.at } }];
  }
  return undefined;
}

const constants = [
  { value: rational(-1), code: "wrong-sign" },
  { value: rational(2), code: "factor-two" },
  { value: rational(1, 2), code: "factor-two" },
] as const;

/** Of several slips with the same result the first; none that changes nothing, or leaves nothing. */
function distinct(
  suspects: readonly Suspect[],
  sweep: Sweep,
): readonly (Suspect & { readonly changes: Changes })[] {
  const seen = new Set([sweep.told(), 0].map((value) => value.toPrecision(9)));
  return suspects.flatMap((suspect) => {
    if (!suspect.slip.factors) return [];
    const changes = sweep.changes(suspect.slip);
    const result = sweep.told(changes).toPrecision(9);
    if (seen.has(result)) return [];
    seen.add(result);
    return [{ ...suspect, changes }];
  });
}

/** Where both change one local derivative, both changes apply: f · (f₁/f) · (f₂/f). */
function joined(
  graph: Task["graph"],
  first: ReadonlyMap<ScalarEdge, Expr>,
  second: ReadonlyMap<ScalarEdge, Expr>,
): ReadonlyMap<ScalarEdge, Expr> {
  const both = new Map(first);
  for (const [edge, factor] of second) {
    const other = both.get(edge);
    const isGone = isWhole(edge.factor, 0);
    both.set(
      edge,
      other && !isGone ? mul(graph, [other, factor, pow(graph, edge.factor, graph.number(-1))]) : factor,
    );
  }
  return both;
}
