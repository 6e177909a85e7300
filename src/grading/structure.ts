// What the shape of a line shows, whatever its value: chains that do not telescope, and indices that do not balance.
//
//   (∂E/∂z)(∂z/∂a)(∂a/∂w): each denominator is the next numerator, from the loss down.
import { isTrivial } from "../derivative/paths.ts";
import type { ScalarGraph, ScalarNode } from "../derivative/scalar.ts";
import { factorsOf, freeLetters, isNumber, isSum, some, termsOf } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";

export interface StructureSlip {
  readonly code: "chain-does-not-telescope" | "index-clash";
  /** Where the chain breaks; nothing for letters, which stand for no one entry. */
  readonly at?: ScalarNode;
  /** The factor that does not fit. */
  readonly factor?: Expr;
}

/** One inert derivative between two entries of the network. */
interface Link {
  readonly expr: Expr;
  readonly of: ScalarNode;
  readonly by: ScalarNode;
}

/**
 * The first break in the chains of one side at concrete indices; `ends` is the derivative that the side is said to
 * equal. A gap is allowed where other factors stand in the product. Linear in the side but for the ways between
 * neighbours, which are searched in the graph.
 */
export function brokenChain(scalar: ScalarGraph, side: Expr, ends?: Expr): StructureSlip | undefined {
  if (!some(side, ({ kind }) => kind === "derivative")) return undefined;
  const nodes = new Map(scalar.nodes.map((node) => [node.symbol as Expr, node] as const));
  const link = (expr: Expr | undefined): Link | undefined => {
    if (expr?.kind !== "derivative") return undefined;
    const [of, by] = [nodes.get(expr.of), nodes.get(expr.by)];
    return of && by && { expr, of, by };
  };
  const order = new Map(scalar.nodes.map((node, position) => [node, position] as const));
  const fromTheTop = (left: Link, right: Link): number => order.get(right.of)! - order.get(left.of)!;
  const linksIn = (term: Expr): readonly Link[] => factorsOf(term).flatMap((factor) => link(factor) ?? []);
  const vanishes = (term: Expr): boolean =>
    linksIn(term).some(({ of, by }) => !reaches(by, of) && !reaches(of, by));
  const inTerm = (term: Expr, within?: Link): StructureSlip | undefined => {
    const factors = factorsOf(term).filter((factor) => !isNumber(factor));
    const links = linksIn(term).toSorted(fromTheTop);
    const isBare = links.length === factors.length;
    return breakIn(links, isBare, within) ?? first(factors.filter(isSum), (sum) => inTerms(termsOf(sum)));
  };
  // Where matrices are multiplied, many terms vanish: a unit does not depend on its neighbour.
  const inTerms = (terms: readonly Expr[], within?: Link): StructureSlip | undefined => {
    const live = terms.filter((term) => !vanishes(term));
    return first(live.length > 0 ? live : terms, (term) => inTerm(term, within));
  };
  return inTerms(termsOf(side), link(ends));
}

function breakIn(links: readonly Link[], isBare: boolean, ends: Link | undefined): StructureSlip | undefined {
  const broken = (at: ScalarNode, factor: Expr): StructureSlip => ({
    code: "chain-does-not-telescope",
    at,
    factor,
  });
  const [top] = links;
  const bottom = links.at(-1);
  if (!top || !bottom) return undefined;
  // Several chains side by side: paths that were multiplied, which their value shows.
  if (links.filter(({ of }) => of === top.of).length > 1) return undefined;
  for (const { expr, of, by } of links) {
    const isChain = links.length > 1 || reaches(of, by);
    if (isChain && !reaches(by, of)) return broken(of, expr);
  }
  for (const [position, lower] of links.slice(1).entries()) {
    const upper = links[position]!;
    const meets = endsAt(upper.by, lower.of) || (!isBare && reaches(lower.of, upper.by));
    if (!meets) return broken(lower.of, lower.expr);
  }
  if (!ends || !isBare || links.length < 2) return undefined;
  if (top.of !== ends.of) return broken(top.of, top.expr);
  return endsAt(bottom.by, ends.by) ? undefined : broken(bottom.by, bottom.expr);
}

/** A factor that is identically 1, such as ∂z/∂b or ∂a/∂z of a linear unit, may be left out. */
function endsAt(last: ScalarNode, asked: ScalarNode): boolean {
  return last === asked || asked.users.some((edge) => edge.of === last && isTrivial(edge));
}

/** Whether `to` is computed from `from`, or is it. */
function reaches(from: ScalarNode, to: ScalarNode): boolean {
  const seen = new Set([from]);
  for (const node of seen) {
    if (node === to) return true;
    for (const { of } of node.users) seen.add(of);
  }
  return false;
}

/** An index letter that stands free on the right and nowhere on the left: a sum over it is missing. */
export function unbalancedIndex(left: Expr, right: Expr): StructureSlip | undefined {
  const bound = freeLetters(left);
  const strangers = [...freeLetters(right)].filter(
    (letter) => !bound.has(letter) && countsUnits(right, letter),
  );
  return strangers.length > 0 ? { code: "index-clash" } : undefined;
}

/** The letter of the sample is left out where a line is about any one sample. */
function countsUnits(side: Expr, letter: string): boolean {
  return some(
    side,
    (node) =>
      node.kind === "symbol" &&
      node.indices.some((index, axis) => index === letter && node.quantity.ranges[axis]!.name !== "samples"),
  );
}

function first<Thing, Found>(
  things: readonly Thing[],
  find: (thing: Thing) => Found | undefined,
): Found | undefined {
  for (const thing of things) {
    const found = find(thing);
    if (found !== undefined) return found;
  }
  return undefined;
}
