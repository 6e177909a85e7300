// Whether a slip explains what was said: the chain rule, done wrong in this way, gives the same function.
import { add, mul, negate } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { type Rational, toNumber } from "../expression/rational.ts";
import { slippedDerivative } from "./cone.ts";
import type { Slip } from "./misconceptions/misconception.ts";
import type { Probe } from "./probe.ts";
import { Sweep } from "./sweep.ts";
import type { Target, Task } from "./task.ts";

/** Relative difference at one world above which a candidate is out. */
const tolerance = 1e-9;

/** Multiplications for the slips of one row: a few milliseconds. */
const mostWork = 4e6;

/** Asks slips whether they explain one task: in numbers at one world first, where most differ; then to every digit. */
export class Explainer {
  readonly #probe: Probe;
  readonly #task: Task;
  readonly #wanted: number;
  /** Absent for a definition, which no chain rule leads to, and where what was said has no value. */
  readonly sweep?: Sweep;

  constructor(probe: Probe, task: Task) {
    this.#probe = probe;
    this.#task = task;
    const world = probe.values(task.said).findIndex(Number.isFinite);
    this.#wanted = probe.values(task.said)[world] ?? Number.NaN;
    if (task.target.kind === "derivative" && world >= 0)
      this.sweep = new Sweep(task.target.cone, (factor) => probe.valueAt(factor, world));
  }

  /** So many slips of one row are asked: large cones are swept less often. */
  get mostOfEach(): number {
    return Math.floor(mostWork / Math.max(1, this.sweep?.edges ?? 1));
  }

  /** Whether the slip gives what was said, times a constant where there is one. */
  explains(slip: Slip, times?: Rational): boolean {
    if (!Number.isFinite(this.#wanted)) return false;
    const isFast = !slip.whole && this.sweep;
    const scale = times ? toNumber(times) : 1;
    if (isFast && !this.isNear(scale * this.sweep!.told(this.sweep!.changes(slip)))) return false;
    const { graph, target, said } = this.#task;
    const wrong = wrongResult(graph, target, slip);
    if (wrong === undefined) return false;
    return this.#probe.equal(times ? mul(graph, [graph.number(times), wrong]) : wrong, said);
  }

  /** Whether this is what was said, at the one world. */
  isNear(told: number): boolean {
    return Math.abs(told - this.#wanted) <= tolerance * Math.abs(this.#wanted);
  }
}

/** The result with a slip; nothing for a definition that the slip does not rewrite. */
export function wrongResult(graph: Graph, target: Target, slip: Slip): Expr | undefined {
  if (slip.whole) return slip.whole;
  if (target.kind === "definition") return undefined;
  const wrong = slippedDerivative(target.cone, slip);
  return target.kind === "update" ? stepBy(graph, target, wrong) : wrong;
}

/** w - η g, or -η g, with this gradient. */
function stepBy(
  graph: Graph,
  { cone, of, rate }: Target & { readonly kind: "update" },
  gradient: Expr,
): Expr {
  const change = negate(graph, mul(graph, [rate, gradient]));
  return of === "value" ? add(graph, [cone.bottom.symbol, change]) : change;
}
