// Two misconceptions in one line: every pair of wrong local derivatives, in numbers.
import type { ScalarEdge } from "../derivative/scalar.ts";
import { isWhole, mul, pow } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import { derivativeValue, edgesUpTo } from "./cone.ts";
import type { Slip } from "./misconceptions/misconception.ts";
import type { MisconceptionCode } from "./misconceptions/table.ts";
import type { Values } from "./probe.ts";
import type { Task } from "./task.ts";

export interface Suspect {
  readonly code: MisconceptionCode;
  readonly slip: Slip;
}

/** Bounds the multiplications of the search: a few hundredths of a second. */
const mostWork = 1.5e6;

/** The first two suspects that only together explain what was said; quadratic in their number. */
export function pairOf(
  task: Task,
  suspects: readonly Suspect[],
  valuesOf: (expr: Expr) => Values,
  explains: (slip: Slip) => boolean,
): readonly [Suspect, Suspect] | undefined {
  const { target, said, graph } = task;
  if (target.kind !== "derivative") return undefined;
  const { cone } = target;
  const worth = (factor: Expr): number => valuesOf(factor)[0]!;
  const told = (slip: Slip): number => derivativeValue(cone, worth, slip);
  const wanted = valuesOf(said)[0]!;
  const edges = edgesUpTo(cone, new Set()).length;
  const most = Math.floor(Math.sqrt(mostWork / Math.max(1, edges)));
  const apart = distinct(suspects, told, told({ at: cone.bottom })).slice(0, most);
  for (const [position, first] of apart.entries())
    for (const second of apart.slice(position + 1)) {
      if (first.code === second.code) continue;
      const both = { at: first.slip.at, factors: joined(graph, first.slip.factors!, second.slip.factors!) };
      if (Math.abs(told(both) - wanted) <= tolerance * Math.abs(wanted) && explains(both))
        return [first, second];
    }
  return undefined;
}

const tolerance = 1e-9;

/** Of several slips with the same result the first; none that changes nothing, or leaves nothing. */
function distinct(
  suspects: readonly Suspect[],
  told: (slip: Slip) => number,
  truth: number,
): readonly Suspect[] {
  const seen = new Set([truth, 0].map((value) => value.toPrecision(9)));
  return suspects.filter(({ slip }) => {
    if (!slip.factors) return false;
    const result = told(slip).toPrecision(9);
    const isNew = !seen.has(result);
    seen.add(result);
    return isNew;
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
