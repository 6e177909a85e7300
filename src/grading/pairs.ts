// Two misconceptions in one line: every pair of wrong local derivatives, in numbers.
import type { ScalarEdge } from "../derivative/scalar.ts";
import { isWhole, mul, pow } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { Explainer } from "./explain.ts";
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
  { graph }: Task,
  suspects: readonly Suspect[],
  explainer: Explainer,
): readonly [Suspect, Suspect] | undefined {
  const { sweep } = explainer;
  if (!sweep) return undefined;
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
