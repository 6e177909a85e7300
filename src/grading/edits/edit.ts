// What an edit is: one change at one place of a formula that would give it the values that are wanted there.
import type { ScalarNode } from "../../derivative/scalar.ts";
import type { Expr } from "../../expression/expr.ts";
import type { Word } from "../dictionary.ts";
import type { FindingCode } from "../findings.ts";
import type { MisconceptionCode } from "../misconceptions/table.ts";
import type { Values } from "../probe.ts";
import type { Spot } from "../spots.ts";
import type { Task } from "../task.ts";

export interface Repair {
  readonly code: MisconceptionCode | FindingCode;
  /** The formula as it would be right. */
  readonly repaired: Expr;
  /** What was wrong, missing or too many. */
  readonly factor?: Expr;
  readonly at?: ScalarNode;
}

export interface Search {
  readonly task: Task;
  readonly valuesOf: (expr: Expr) => Values;
  readonly words: readonly (Word & { readonly values: Values })[];
}

export type Edit = (search: Search, spot: Spot) => Repair | undefined;

export function isSlope(expr: Expr): boolean {
  return expr.kind === "apply" && expr.slot !== undefined;
}

export function times(left: Values, right: Values): Values {
  return left.map((value, binding) => value * right[binding]!);
}

export function plus(left: Values, right: Values): Values {
  return left.map((value, binding) => value + right[binding]!);
}
