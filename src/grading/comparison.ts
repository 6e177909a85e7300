// What a comparison of two sides can come to.
import type { DerivativeExpr, NumberExpr, SymbolExpr } from "../expression/expr.ts";

/** Numbers at which the sides differ. */
export interface Counterexample {
  /** Everything free that the sides depend on, by entry id; none where the description's own numbers are meant. */
  readonly bindings: Readonly<Record<string, number>>;
  /** What stands in the sides themselves, and is worth there. */
  readonly mentioned: readonly (readonly [SymbolExpr | DerivativeExpr, number])[];
  /** What each side comes to. */
  readonly left: number;
  readonly right: number;
}

/** What must hold besides for the sides to be equal. */
export type Condition =
  /** These quantities are positive. */
  | { readonly kind: "positive"; readonly of: readonly SymbolExpr[] }
  /** The targets add up to 1. */
  | { readonly kind: "distribution"; readonly of: readonly SymbolExpr[] };

/** The decimal without whose rounding the sides would differ, and half its last digit relative to itself. */
export interface CoarseDecimal {
  readonly decimal: NumberExpr;
  readonly relative: number;
}

export type Comparison =
  /** `identity`: one object; `exact`: by whole numbers alone; `evaluation`: at drawn numbers; `given`: at the network's own. */
  | {
      readonly verdict: "true";
      readonly how: "identity" | "exact" | "evaluation" | "given";
      readonly coarse?: CoarseDecimal;
    }
  /** Without a counterexample a derivative is upside down, or the sides differ by what only whole numbers can show. */
  | {
      readonly verdict: "false";
      readonly counterexample?: Counterexample;
      /** A derivative by what depends on it: it has no value. */
      readonly upsideDown?: DerivativeExpr;
    }
  | {
      readonly verdict: "conditional";
      readonly condition: Condition;
      /** Where the condition does not hold; absent where one side has no value there. */
      readonly counterexample?: Counterexample;
    }
  | { readonly verdict: "undecided"; readonly why: string };
