// What a derivation is marked for: requirements made from the network and its target, one row for each kind.
import type { ScalarGraph, ScalarNode } from "../derivative/scalar.ts";
import type { Expr } from "../expression/expr.ts";
import { didYouMean, Failure } from "../failure.ts";
import type { Network } from "../network/network.ts";
import { pathsAhead } from "./ahead.ts";

/**
 * The chain rule written down, an error δ, the derivative that was asked for, its number, the parameter after a step of
 * gradient descent, or, where nothing in particular was asked for, every line.
 */
export type RequirementKind =
  | "chain-rule"
  | "output-delta"
  | "hidden-delta"
  | "gradient"
  | "value"
  | "update"
  | "lines";

export interface Requirement {
  /** The kind; from the second hidden layer on with its number, counted from the output: `hidden-delta-2`. */
  readonly id: string;
  readonly kind: RequirementKind;
  /** What the derivative of the loss is taken by; of several, each shown one counts alike. */
  readonly heads: ReadonlySet<Expr>;
  readonly maxPoints: number;
}

/** How the derivative that was asked for must end: any of them, in δ's, in local derivatives, or written out. */
export type RequiredForm = "any" | "delta" | "chain" | "formula";

export interface RubricOptions {
  /** In all; shared equally unless `requires` gives each its own. Default: 1 for each requirement. */
  readonly points?: number;
  readonly requires?: readonly (string | { readonly id: string; readonly points: number })[];
  readonly form?: RequiredForm;
  /** A requirement counts only where a line of its own shows it. */
  readonly explicit?: boolean;
  /** Relative error up to which a number that is not rounded rightly still earns its points. */
  readonly tolerance?: number;
  /** The part of a line's points that a slip of notation costs, from 0 to 1. */
  readonly notationWeight?: number;
}

/** What is required for `targets`, from the loss back to them; of no targets, every line counts. */
export function requirements(
  network: Network,
  scalar: ScalarGraph,
  targets: readonly ScalarNode[],
  options: RubricOptions,
): readonly Requirement[] {
  const possible = targets.length === 0 ? [lines] : possibleRequirements(network, scalar, targets);
  const usual = targets.length === 0 ? possible : possible.filter(({ kind }) => !onlyOnDemand.has(kind));
  const chosen = options.requires ? options.requires.map((wanted, n) => named(wanted, n, possible)) : usual;
  const own = chosen.map((_, position) => ownPoints(options.requires?.[position]));
  const total = options.points ?? own.reduce<number>((sum, points) => sum + (points ?? 1), 0);
  return withPoints(chosen, own, total);
}

/** What a rubric must name to be marked. */
const onlyOnDemand: ReadonlySet<RequirementKind> = new Set(["value", "update", "lines"]);

type Unmarked = Omit<Requirement, "maxPoints">;

const noHeads: ReadonlySet<Expr> = new Set();

const lines: Unmarked = { id: "lines", kind: "lines", heads: noHeads };

function possibleRequirements(
  network: Network,
  scalar: ScalarGraph,
  targets: readonly ScalarNode[],
): readonly Unmarked[] {
  const between = pathsAhead(targets);
  const preActivations = scalar.nodes.filter(
    (node) => between.has(node) && node.symbol.quantity.role === "preActivation" && !targets.includes(node),
  );
  const outputs = new Set(network.outputs.map(({ quantity }) => quantity));
  const isOutput = ({ symbol: { quantity } }: ScalarNode): boolean =>
    outputs.has(quantity.sampleOf ?? quantity);
  const feedsOutput = ({ users }: ScalarNode): boolean => users.some(({ of }) => isOutput(of));
  const output =
    network.kind === "equations"
      ? [...between].filter((node) => node !== scalar.loss && !targets.includes(node))
      : preActivations.filter(feedsOutput);
  const hidden = byDistance(preActivations.filter((node) => !feedsOutput(node)));
  const asked = symbolsOf(targets);
  const chained = targets.some(({ users }) => users.some(({ of }) => of !== scalar.loss));
  return [
    ...(chained ? [{ id: "chain-rule", kind: "chain-rule", heads: noHeads } as const] : []),
    ...(output.length > 0
      ? [{ id: "output-delta", kind: "output-delta", heads: symbolsOf(output) } as const]
      : []),
    ...hidden.map(
      (nodes, position): Unmarked => ({
        id: position === 0 ? "hidden-delta" : `hidden-delta-${position + 1}`,
        kind: "hidden-delta",
        heads: symbolsOf(nodes),
      }),
    ),
    { id: "gradient", kind: "gradient", heads: asked },
    { id: "value", kind: "value", heads: asked },
    { id: "update", kind: "update", heads: asked },
    lines,
  ];
}

const symbolsOf = (nodes: readonly ScalarNode[]): ReadonlySet<Expr> =>
  new Set(nodes.map(({ symbol }) => symbol));

/** Nodes together that are equally many pre-activations away from the loss, nearest first. */
function byDistance(nodes: readonly ScalarNode[]): readonly (readonly ScalarNode[])[] {
  const levels = new Map<number, ScalarNode[]>();
  const known = new Map<ScalarNode, number>();
  const distance = (node: ScalarNode): number => {
    const found = known.get(node);
    if (found !== undefined) return found;
    const own = node.symbol.quantity.role === "preActivation" ? 1 : 0;
    const result = own + Math.max(0, ...node.users.map(({ of }) => distance(of)));
    known.set(node, result);
    return result;
  };
  for (const node of nodes) levels.set(distance(node), [...(levels.get(distance(node)) ?? []), node]);
  return [...levels].sort(([near], [far]) => near - far).map(([, level]) => level);
}

function named(
  wanted: string | { readonly id: string },
  position: number,
  possible: readonly Unmarked[],
): Unmarked {
  const id = typeof wanted === "string" ? wanted : wanted.id;
  const found = possible.find((requirement) => requirement.id === id);
  if (found) return found;
  const ids = possible.map((requirement) => requirement.id);
  throw new Failure(
    "unknown-name",
    `The rubric requires "${id}", which this network and target do not have.${didYouMean(id, ids)} They have ${ids.join(", ")}.`,
    { pointer: `/rubric/requires/${position}` },
  );
}

function ownPoints(wanted: string | { readonly points: number } | undefined): number | undefined {
  return typeof wanted === "object" ? wanted.points : undefined;
}

/** The total, shared in proportion to the points that the rubric gives each requirement, else equally. */
function withPoints(
  chosen: readonly Unmarked[],
  own: readonly (number | undefined)[],
  total: number,
): readonly Requirement[] {
  const weights = own.map((points) => points ?? 1);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return chosen.map((requirement, position) => ({
    ...requirement,
    maxPoints: sum === 0 ? 0 : (total * weights[position]!) / sum,
  }));
}
