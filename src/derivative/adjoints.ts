// The memoized form: one walk from the loss backwards stores each adjoint once and reuses it.
//
//   adjoint(q) = Σ over users u of q: adjoint(u) · du/dq          (Bishop 2006, eq. 5.55 and 5.56)
//
// Pre-activations and named intermediates keep theirs as a δ quantity; what lies between is put in directly.
import { add, mul, some, sumOver } from "../expression/build.ts";
import type { Expr, Index, Quantity, Range } from "../expression/expr.ts";
import { type Fold, folding } from "../expression/fold.ts";
import type { Graph } from "../expression/graph.ts";
import type { Summation } from "../expression/rewrite.ts";
import type { Network } from "../network/network.ts";
import { type Occurrence, occurrences, wholeOccurrences } from "./occurrences.ts";

/** Where a quantity is used: the user and the occurrence in the user's definition. */
export interface Use {
  readonly of: Quantity;
  readonly occurrence: Occurrence;
}

/** The differentiated network: what depends on the parameters, and every local derivative, found once. */
export interface Differentiated {
  readonly network: Network;
  readonly fold: Fold;
  /** Quantities that depend on a parameter, and the parameters, in the network's order. */
  readonly active: readonly Quantity[];
  /** Every occurrence of an active quantity in another's definition, by user, in reading order. */
  readonly occurrences: ReadonlyMap<Quantity, readonly Occurrence[]>;
  /** The same by the quantity that is used. */
  readonly uses: ReadonlyMap<Quantity, readonly Use[]>;
}

export interface Adjoints {
  /** δ quantities in the order of the reverse walk, each defined by earlier ones. */
  readonly deltas: readonly Quantity[];
  /** The derivative of the loss by each parameter, in the parameter's formals. */
  readonly gradients: ReadonlyMap<Quantity, Expr>;
}

/** What stands for an abstract function of whole quantities: one derivative ∂y_j/∂x_i, or one for every argument. */
type WholeFunctions = "as wholes" | "entry by entry";

/** Differentiates every definition once; linear in the size of the definitions. */
export function differentiate(
  network: Network,
  functions: WholeFunctions = "entry by entry",
): Differentiated {
  const { graph, quantities, parameters } = network;
  const active = new Set<Quantity>(parameters);
  for (const quantity of quantities) {
    const { define, whole } = quantity;
    const isReached = whole?.on.some((each) => active.has(each)) || (define && mentionsAny(define, active));
    if (isReached) active.add(quantity);
  }
  // Also where no parameter reaches it: every derivative is then 0, by no path.
  active.add(network.loss);
  const fold = folding(graph, quantities);
  const found = new Map<Quantity, readonly Occurrence[]>();
  const uses = new Map<Quantity, Use[]>();
  const isActive = (quantity: Quantity): boolean => active.has(quantity);
  for (const of of quantities) {
    if (!isActive(of)) continue;
    const asWhole = of.whole && (functions === "as wholes" || !of.define);
    if (!of.define && !asWhole) continue;
    const list = asWhole
      ? wholeOccurrences(graph, of, isActive)
      : occurrences(graph, of.define!, isActive, fold);
    found.set(of, list);
    for (const occurrence of list) {
      const known = uses.get(occurrence.symbol.quantity);
      if (known) known.push({ of, occurrence });
      else uses.set(occurrence.symbol.quantity, [{ of, occurrence }]);
    }
  }
  return {
    network,
    fold,
    active: quantities.filter((quantity) => active.has(quantity)),
    occurrences: found,
    uses,
  };
}

function mentionsAny(definition: Expr, quantities: ReadonlySet<Quantity>): boolean {
  return some(definition, (node) => node.kind === "symbol" && quantities.has(node.quantity));
}

/** One walk in reverse order; each quantity's adjoint is built once from its users'. */
export function adjoints(differentiated: Differentiated, summation: Summation = sumOver): Adjoints {
  const { network, active, uses } = differentiated;
  const { graph, loss } = network;
  const deltas: Quantity[] = [];
  const gradients = new Map<Quantity, Expr>();
  const adjointOf = new Map<Quantity, Expr>();
  const parameters = new Set(network.parameters);
  for (const quantity of active.toReversed()) {
    const total =
      quantity === loss
        ? graph.number(1)
        : add(
            graph,
            (uses.get(quantity) ?? []).map((use) =>
              contribution(graph, quantity, use, adjointOf.get(use.of)!, summation),
            ),
          );
    if (parameters.has(quantity)) gradients.set(quantity, total);
    if (isStored(quantity, uses.get(quantity) ?? [])) {
      const delta = deltaOf(quantity, total);
      deltas.push(delta);
      adjointOf.set(quantity, graph.symbol(delta, quantity.formals));
    } else adjointOf.set(quantity, total);
  }
  return { deltas, gradients };
}

/** The quantity dE/dq, with the indices of q. */
export function deltaOf(quantity: Quantity, define?: Expr): Quantity {
  const { id, layer, unit, ranges, formals } = quantity;
  return {
    id: `delta(${id})`,
    role: "delta",
    ...(layer !== undefined && { layer }),
    ...(unit !== undefined && { unit }),
    ranges,
    formals,
    adjointOf: quantity,
    ...(define && { define }),
  };
}

/** Pre-activations and intermediates are stored, and vector activations whose adjoint would be written out many times. */
export function isStored(quantity: Quantity, uses: readonly Use[]): boolean {
  if (quantity.role === "preActivation" || quantity.role === "intermediate") return true;
  return quantity.define?.kind === "component" && uses.some(({ of }) => of.role === "preActivation");
}

/** adjoint(user) · duser/dq[formals]: indices that must agree are put in, the others are summed over. */
export function contribution(
  graph: Graph,
  quantity: Quantity,
  { of, occurrence }: Use,
  adjoint: Expr,
  summation: Summation,
): Expr {
  const free = new Map<string, { range: Range; letter: string }>();
  const userLetters = new Map<string, Index>();
  for (const [axis, formal] of of.formals.entries()) {
    const letter = graph.freshLetter();
    userLetters.set(formal, letter);
    free.set(letter, { range: of.ranges[axis]!, letter });
  }
  for (const binder of occurrence.binders) free.set(binder.letter, binder);

  const pinned = new Map<string, Index>();
  const kroneckers: Expr[] = [];
  for (const [axis, written] of occurrence.symbol.indices.entries()) {
    const index = typeof written === "string" ? (userLetters.get(written) ?? written) : written;
    const formal = quantity.formals[axis]!;
    if (typeof index === "string" && free.has(index) && !pinned.has(index)) pinned.set(index, formal);
    else
      kroneckers.push(graph.same(typeof index === "string" ? (pinned.get(index) ?? index) : index, formal));
  }
  const [above, local] = [adjoint, occurrence.cofactor].map((expr) =>
    graph.rename(graph.rename(expr, userLetters), pinned),
  );
  const body = mul(graph, [above!, local!, ...kroneckers]);
  const summed = [...free.values()].filter(({ letter }) => !pinned.has(letter));
  return summed.reduceRight((inner, { range, letter }) => summation(graph, range, letter, inner), body);
}
