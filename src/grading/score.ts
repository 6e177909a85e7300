// Points: which requirement each judged line shows or implies, and what it is worth.
import type { ScalarGraph } from "../derivative/scalar.ts";
import { factorsOf, isNumber, nodesOf, some, termsOf } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import { pathsAhead } from "./ahead.ts";
import { claimOf, stepOf } from "./claim.ts";
import { isConstant } from "./constant.ts";
import type { JudgedRelation, JudgedStep } from "./credit.ts";
import { sumOfPoints } from "./points.ts";
import type { RequiredForm, Requirement, RubricOptions } from "./rubric.ts";

/** What one requirement brought, and which steps brought it. */
export interface Award {
  readonly requirement: Requirement;
  readonly points: number;
  /** Every part of it was shown or implied, at full worth. */
  readonly met: boolean;
  readonly shares: readonly Share[];
}

/** A step's part of a requirement's points; `step` is a position in the list of steps. */
interface Share {
  readonly step: number;
  readonly points: number;
  readonly maxPoints: number;
}

/** One relation that says what a derivative of the loss is. */
interface Shown {
  readonly step: number;
  readonly head: Expr;
  readonly side: Expr;
  readonly worth: number;
}

export interface Marking {
  readonly network: Network;
  readonly scalar: ScalarGraph;
  readonly options: RubricOptions;
}

/** One award for each requirement, in their order. */
export function awards(
  marking: Marking,
  requirements: readonly Requirement[],
  steps: readonly JudgedStep[],
): readonly Award[] {
  const shown = steps.flatMap((step, position) => shownIn(marking, step, position));
  return requirements.map((requirement) => {
    const parts =
      requirement.kind === "lines"
        ? everyLine(steps, marking.options)
        : requirement.kind === "chain-rule"
          ? chainRule(shown, marking, askedIn(requirements))
          : requirement.kind === "update"
            ? shownParts(
                requirement,
                steps.flatMap((step, position) => updatesIn(marking, step, position)),
                marking,
              )
            : derivativeParts(requirement, shown, marking);
    return awardOf(requirement, parts);
  });
}

/** A part of a requirement: the step that shows it and its worth from 0 to 1; all parts count alike. */
interface Part {
  readonly step: number;
  readonly worth: number;
}

function awardOf(requirement: Requirement, parts: readonly Part[]): Award {
  const each = parts.length === 0 ? 0 : requirement.maxPoints / parts.length;
  const shares = parts.map(({ step, worth }) => ({ step, points: each * worth, maxPoints: each }));
  return {
    requirement,
    points: sumOfPoints(shares.map(({ points }) => points)),
    met: parts.length > 0 && parts.every(({ worth }) => worth === 1),
    shares,
  };
}

/** Every relation about a derivative of the loss, with what its chain is worth up to there. */
function shownIn(marking: Marking, step: JudgedStep, position: number): readonly Shown[] {
  return shownOf(marking, step, position, (head) => {
    const claim = claimOf(marking.network, head);
    return claim?.kind === "adjoint" ? claim.of : undefined;
  });
}

/** Every relation about a parameter after a step of gradient descent. */
function updatesIn(marking: Marking, step: JudgedStep, position: number): readonly Shown[] {
  return shownOf(marking, step, position, stepOf);
}

/** Every relation whose head is about something, as `about` tells. */
function shownOf(
  { options }: Marking,
  { relations }: JudgedStep,
  step: number,
  about: (head: Expr) => Expr | undefined,
): readonly Shown[] {
  return relations.flatMap((judged) =>
    judged.heads.flatMap((head, position): readonly Shown[] => {
      const of = about(head);
      if (!of) return [];
      const instances = judged.judged?.reading.instances ?? [];
      if (instances.length === 0) return [];
      const side = (instances[position] ?? instances[0]!).right;
      return [{ step, head: of, side, worth: worthOf(judged, options) }];
    }),
  );
}

function worthOf({ verdict, worth }: JudgedRelation, { notationWeight = 0 }: RubricOptions): number {
  return verdict === "notation" ? worth * (1 - notationWeight) : worth;
}

/** Each line by itself: all of its relations must be worth something. */
function everyLine(steps: readonly JudgedStep[], options: RubricOptions): readonly Part[] {
  return steps.flatMap(({ relations, step }, position): readonly Part[] => {
    const isJudged = relations.length > 0 || step.statements.some(({ kind }) => kind === "unreadable");
    const unread = step.statements.some(({ kind }) => kind === "unreadable");
    const worths = relations.map((judged) => worthOf(judged, options));
    return isJudged ? [{ step: position, worth: unread ? 0 : Math.min(...worths) }] : [];
  });
}

/** What the derivative is asked by: a right formula for it has used the chain rule. */
function askedIn(requirements: readonly Requirement[]): ReadonlySet<Expr> {
  return new Set(requirements.flatMap(({ kind, heads }) => (kind === "gradient" ? [...heads] : [])));
}

/** The first line that is right and makes a derivative out of other derivatives. */
function chainRule(shown: readonly Shown[], marking: Marking, asked: ReadonlySet<Expr>): readonly Part[] {
  const stated = shown.filter(({ side }) => termsOf(side).some((term) => isChained(marking.network, term)));
  const implied = marking.options.explicit
    ? []
    : shown.filter(({ head, side }) => asked.has(head) && !isBare(side));
  const found = [...stated, ...implied].find(({ worth }) => worth > 0) ?? stated[0];
  return found ? [{ step: found.step, worth: found.worth }] : [];
}

const isChained = (network: Network, term: Expr): boolean =>
  factorsOf(term).some(
    (factor) => claimOf(network, factor)?.kind === "adjoint" || factor.kind === "derivative",
  );

/** The derivatives that a requirement is about: those that were shown; else one that is implied. */
function derivativeParts(
  requirement: Requirement,
  shown: readonly Shown[],
  marking: Marking,
): readonly Part[] {
  const parts = shownParts(requirement, shown, marking);
  if (parts.length > 0 || isAsked(requirement)) return parts;
  const implying = marking.options.explicit
    ? undefined
    : shown.find((each) => each.worth > 0 && implies(each, requirement, marking));
  return implying ? [{ step: implying.step, worth: implying.worth }] : [];
}

function shownParts(requirement: Requirement, shown: readonly Shown[], marking: Marking): readonly Part[] {
  const parts = [...requirement.heads].flatMap((head): readonly Part[] => {
    const fitting = shown.filter(
      (each) => each.head === head && endsRightly(requirement, each.side, marking),
    );
    const last = fitting.at(-1);
    if (last === undefined) return [];
    // A bare number is no derivation: it counts behind a formula, or where the number itself is required.
    const isDerived = endsInNumber(requirement) || fitting.some(({ side }) => !isBare(side));
    return [{ step: last.step, worth: isDerived ? last.worth : 0 }];
  });
  const missing = isAsked(requirement) && parts.length > 0 ? requirement.heads.size - parts.length : 0;
  return [...parts, ...Array.from({ length: missing }, () => ({ step: parts.at(-1)!.step, worth: 0 }))];
}

/** 0.138 or −0.138, as opposed to 0.741 · 0.187. */
const isBare = (side: Expr): boolean => factorsOf(side).every(isNumber) && factorsOf(side).length <= 2;

/** Of what was asked for, everything must be there; δ's on the way are examples of the method. */
const isAsked = (requirement: Requirement): boolean =>
  requirement.kind === "gradient" || endsInNumber(requirement);

const endsInNumber = ({ kind }: Requirement): boolean => kind === "value" || kind === "update";

function endsRightly(requirement: Requirement, side: Expr, { network, options }: Marking): boolean {
  if (endsInNumber(requirement)) return isConstant(side);
  if (requirement.kind === "gradient") return forms[options.form ?? "any"](network, side);
  return !hasInert(network, side);
}

/** What the last side of the derivative that was asked for may hold. */
const forms: Readonly<Record<RequiredForm, (network: Network, side: Expr) => boolean>> = {
  any: (network, side) => !hasInert(network, side),
  delta: (_network, side) => some(side, isDelta),
  chain: (_network, side) => some(side, ({ kind }) => kind === "derivative"),
  formula: (network, side) => !hasInert(network, side) && !some(side, isDelta),
};

const isDelta = (node: Expr): boolean => node.kind === "symbol" && node.quantity.adjointOf !== undefined;

/** Whether a local derivative is left standing; ∂E/∂z is as good as δ. */
function hasInert(network: Network, side: Expr): boolean {
  return some(side, (node) => node.kind === "derivative" && claimOf(network, node)?.kind === "local");
}

/**
 * Whether a right formula for a derivative further back could not have been written without the required one:
 * nothing in it stands for a derivative that the required one is a part of.
 */
function implies({ head, side }: Shown, { heads }: Requirement, { network, scalar }: Marking): boolean {
  if (isBare(side)) return false;
  const nodeOf = (symbol: Expr) => scalar.nodes.filter((node) => node.symbol === symbol);
  const passes = (symbol: Expr): boolean =>
    [...pathsAhead(nodeOf(symbol))].some((node) => heads.has(node.symbol));
  const standIns = [...nodesOf(side)].flatMap((node) => {
    const claim = claimOf(network, node);
    if (claim === undefined || claim.kind === "value") return [];
    return [claim.kind === "local" ? claim.of.by : claim.of];
  });
  return passes(head) && !standIns.some(passes);
}
