// The next step of a derivation that is not finished: which derivative, by which rule, and the formula.
import type { EquationLine } from "../derivation/document.ts";
import { waysToStored } from "../derivation/growth.ts";
import type { RuleKey } from "../derivative/rules.ts";
import type { ScalarGraph, ScalarNode } from "../derivative/scalar.ts";
import type { DerivativeExpr, Expr } from "../expression/expr.ts";
import type { SubmissionEntry } from "../reading/statement.ts";
import { pathsAhead } from "./ahead.ts";
import { claimOf } from "./claim.ts";
import { type Assignment, type Grade, grade } from "./grade.ts";
import { isWrong } from "./judge.ts";
import type { RequirementKind } from "./rubric.ts";
import { Solutions } from "./solution.ts";

/** `look-again`: a line is wrong, and comes before any next step; `step` is its position. */
export type Hint = { readonly grade: Grade } & (
  | { readonly kind: "done" }
  | { readonly kind: "look-again"; readonly step: number }
  | NextStep
);

export interface NextStep {
  readonly kind: "next";
  readonly requirement: RequirementKind;
  /** The derivative of the loss that the next line is about. */
  readonly head: DerivativeExpr;
  readonly node: ScalarNode;
  readonly rule: RuleKey | "chain";
  readonly formula: EquationLine;
}

/** What to do after the lines that stand; the same lines give the same hint. */
export function nextHint(assignment: Assignment, submission: string | readonly SubmissionEntry[]): Hint {
  const graded = grade(assignment, submission);
  const wrong = graded.steps.findIndex(({ relations }) => relations.some(isWrong));
  if (wrong >= 0) return { grade: graded, kind: "look-again", step: wrong };
  for (const { requirement, met } of graded.awards) {
    const node = met ? undefined : openNode(assignment, requirement.heads, graded);
    const next = node && stepAbout(assignment, requirement.kind, node);
    if (next) return { grade: graded, ...next };
  }
  return { grade: graded, kind: "done" };
}

/** The first derivative of a requirement that no line is about; the chain rule itself is only where all begins. */
function openNode(
  { network, subject, targets }: Assignment,
  heads: ReadonlySet<Expr>,
  { steps }: Grade,
): ScalarNode | undefined {
  const shown = steps.flatMap(({ relations }) =>
    relations.flatMap(({ heads: claimed }) => claimed.map((head) => claimOf(network, head)?.of)),
  );
  const open = subject.scalar.nodes.filter(({ symbol }) => heads.has(symbol) && !shown.includes(symbol));
  if (heads.size > 0) return open[0];
  return shown.length === 0 ? targets?.[0] : undefined;
}

function stepAbout(
  { network, subject }: Assignment,
  requirement: RequirementKind,
  node: ScalarNode,
): NextStep | undefined {
  const { graph } = network;
  const { scalar } = subject;
  const head = graph.derivative(scalar.loss.symbol, node.symbol);
  const formula =
    requirement === "chain-rule"
      ? waysToStored(graph, scalar, node, storedIn(scalar))
      : new Solutions(network).of({ kind: "adjoint", of: node.symbol });
  const user = node.users.find(({ of }) => pathsAhead([of]).has(scalar.loss));
  if (formula === undefined || user === undefined) return undefined;
  const line: EquationLine = { sides: [head, formula].map((expr) => ({ kind: "expr", expr })), signs: ["="] };
  const rule = requirement === "chain-rule" ? "chain" : user.rule;
  return { kind: "next", requirement, head, node, rule, formula: line };
}

/** The quantities whose δ a derivation keeps. */
function storedIn({ nodes }: ScalarGraph): ReadonlySet<Expr> {
  return new Set(
    nodes.filter(({ symbol }) => symbol.quantity.role === "preActivation").map(({ symbol }) => symbol),
  );
}
