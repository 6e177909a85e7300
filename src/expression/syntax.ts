// The syntax tree of a formula as it was written: names are not yet looked up, nothing is rearranged.
import type { Rational } from "./rational.ts";

export type BinaryOperator = "+" | "-" | "*" | "/" | "^";

/** `position` is the UTF-16 offset of the node's first character in the text. */
export type Syntax =
  | { readonly kind: "number"; readonly value: Rational; readonly position: number }
  | { readonly kind: "name"; readonly name: string; readonly position: number }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Syntax;
      readonly right: Syntax;
      readonly position: number;
    }
  | { readonly kind: "negative"; readonly of: Syntax; readonly position: number }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly args: readonly Syntax[];
      readonly position: number;
    }
  /** `y[k]`, only in the partials of vector primitives. */
  | { readonly kind: "entry"; readonly name: string; readonly index: string; readonly position: number };

export interface EquationSyntax {
  readonly name: string;
  readonly position: number;
  readonly right: Syntax;
}
