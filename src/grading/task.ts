// What a claim is about, as the rows of the table of misconceptions see it: a derivative, an update or a definition.
import type { ScalarEdge, ScalarGraph, ScalarNode } from "../derivative/scalar.ts";
import { isWhole, nodesOf } from "../expression/build.ts";
import type { Expr, Role, SymbolExpr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import type { Network } from "../network/network.ts";
import type { Cone } from "./cone.ts";

/** What the left side of a claim names. */
export type Target =
  /** d top / d bottom of the cone. */
  | { readonly kind: "derivative"; readonly cone: Cone }
  /** A parameter after a step of gradient descent, or the step itself; the cone is the gradient's. */
  | {
      readonly kind: "update";
      readonly cone: Cone;
      readonly of: "value" | "difference";
      readonly rate: SymbolExpr;
    }
  /** An entry and its definition. */
  | { readonly kind: "definition"; readonly node: ScalarNode; readonly define: Expr };

export interface Task {
  readonly network: Network;
  readonly graph: Graph;
  readonly scalar: ScalarGraph;
  readonly target: Target;
  /** What the student has written for the target. */
  readonly said: Expr;
  /** The edges of the target's derivative that the student has written out: none above a δ that stands by its name. */
  readonly edges: readonly ScalarEdge[];
  /** Everything that is computed from a node, itself included. */
  readonly madeOf: (node: ScalarNode) => ReadonlySet<ScalarNode>;
  /** Whether two expressions have the same values, as far as doubles tell. */
  readonly alike: (left: Expr, right: Expr) => boolean;
}

/** a ← z by a function of one unit: the local derivative is f'(z). */
export function slopes(task: Task): readonly ScalarEdge[] {
  return task.edges.filter(({ rule, by }) => rule === "activation" && !isParameter(by));
}

/** z ← a: the local derivative is the weight of the connection. */
export function links(task: Task): readonly ScalarEdge[] {
  return task.edges.filter(({ by, factor }) => !isParameter(by) && isSymbolOf(factor, weighing));
}

/** The loss or a part of it ← an output: the residual, in whatever form the loss gives it. */
export function residuals(task: Task): readonly ScalarEdge[] {
  return task.edges.filter((edge) => losses.has(roleOf(edge.of)) && !losses.has(roleOf(edge.by)));
}

/** The loss that the target's derivative is of: of one sample, or of all. */
export function lossOf({ scalar, target }: Task): SymbolExpr {
  const top = target.kind === "definition" ? scalar.loss : target.cone.top;
  return losses.has(roleOf(top)) ? top.symbol : scalar.loss.symbol;
}

/** Nodes of the cone that reach the top over several users. */
export function branches({ target, edges }: Task): readonly ScalarNode[] {
  if (target.kind === "definition") return [];
  const { nodes, users } = target.cone;
  const written = new Set(edges.map(({ by }) => by));
  return nodes.filter((node) => written.has(node) && users.get(node)!.length > 1);
}

/** Whether the loss is computed from the node at once: an output of the network. */
export function isOutput(node: ScalarNode): boolean {
  return node.users.some(({ of }) => losses.has(roleOf(of)));
}

/** z ← w: the local derivative is the signal that the weight multiplies. */
export function feeds(task: Task): readonly ScalarEdge[] {
  return task.edges.filter(({ by, factor }) => weighing.has(roleOf(by)) && isSymbolOf(factor, signals));
}

/** z ← b: the local derivative is 1. */
export function biases(task: Task): readonly ScalarEdge[] {
  return task.edges.filter(({ by, factor }) => isParameter(by) && isWhole(factor, 1));
}

export function isParameter(node: ScalarNode): boolean {
  return parameters.has(roleOf(node));
}

export function roleOf({ symbol }: ScalarNode): Role {
  return symbol.quantity.role;
}

export function isSymbolOf(expr: Expr, roles: ReadonlySet<Role>): expr is SymbolExpr {
  return expr.kind === "symbol" && roles.has(expr.quantity.role);
}

const parameters: ReadonlySet<Role> = new Set(["weight", "bias", "parameter"]);
const weighing: ReadonlySet<Role> = new Set(["weight", "parameter"]);
const signals: ReadonlySet<Role> = new Set([
  "input",
  "activation",
  "output",
  "constant",
  "intermediate",
  "parameter",
]);
export const losses: ReadonlySet<Role> = new Set(["loss", "sampleLoss", "outputLoss"]);

/** The learning rate, where the formula names it. */
export function learningRateIn(formula: Expr): SymbolExpr | undefined {
  return [...nodesOf(formula)].find((node): node is SymbolExpr => isSymbolOf(node, rates));
}

const rates: ReadonlySet<Role> = new Set(["learningRate"]);
