// Everything that is known of one derivation, as expressions and numbers: what every answer is a printing of.
import type { Cost } from "../derivative/cost.ts";
import type { Path } from "../derivative/paths.ts";
import type { RuleKey } from "../derivative/rules.ts";
import type { ScalarGraph, ScalarNode } from "../derivative/scalar.ts";
import type { DerivativeExpr, Expr, SymbolExpr } from "../expression/expr.ts";
import type { Network, Values } from "../network/network.ts";
import type { Agreement } from "../numeric/forms.ts";
import type { Run } from "../numeric/run.ts";
import type { UpdateRequest, UpdateRun } from "../numeric/update.ts";
import type { Verification } from "../numeric/verify.ts";

/** One local derivative of a chain product. */
export interface Factor {
  readonly of: ScalarNode;
  readonly by: ScalarNode;
  /** The inert dof/dby. */
  readonly derivative: DerivativeExpr;
  /** What it evaluates to, primes kept named. */
  readonly result: Expr;
  /** The same with primes worked out in the outputs, where that differs. */
  readonly worked?: Expr;
  readonly rule: RuleKey;
  /** Its value for each sample; nothing where it is beyond a double by itself. */
  readonly values: readonly (number | undefined)[];
}

export interface ChainPath {
  readonly path: Path;
  /** Parameter first. */
  readonly nodes: readonly string[];
  /** Loss first. */
  readonly factors: readonly Factor[];
  /** The product's value for each sample; empty without numbers. */
  readonly values: readonly number[];
  /** Reduced over the samples; absent without numbers. */
  readonly value?: number;
}

export interface GradientDerivation {
  readonly id: string;
  readonly symbol: SymbolExpr;
  /** The inert dE/dw. */
  readonly derivative: DerivativeExpr;
  readonly pathCount: bigint;
  readonly complete: boolean;
  readonly paths: readonly ChainPath[];
  /** In δ symbols: δ_1 x_1. */
  readonly delta: Expr;
  /** Ids of the δ's in `delta`. */
  readonly uses: readonly string[];
  /** Reduced over the samples; absent without numbers. */
  readonly value?: number;
  /** Each sample's own dE/dw; empty without numbers. */
  readonly values: readonly number[];
}

export interface DeltaDerivation {
  readonly id: string;
  readonly symbol: SymbolExpr;
  /** The inert derivative that it abbreviates. */
  readonly meaning: DerivativeExpr;
  /** In later δ's and primes. */
  readonly define: Expr;
  /** With primes worked out, cancelled and shortened, where that differs. */
  readonly worked?: Expr;
  /** Ids of the parameters and δ's that use it. */
  readonly usedBy: readonly string[];
  readonly values: readonly number[];
}

/** One entry of a quantity in the forward pass. */
export interface ForwardLine {
  readonly symbol: SymbolExpr;
  readonly define: Expr;
  readonly values: readonly number[];
}

/** Why nothing was compared; `names` are abstract functions, or ids that lack a number. */
export type NotCompared =
  | { readonly reason: "not-asked" | "no-numbers" }
  | { readonly reason: "abstract" | "missing"; readonly names: readonly string[] };

export interface Derived {
  readonly network: Network;
  readonly scalar: ScalarGraph;
  readonly forward: readonly ForwardLine[];
  readonly gradients: readonly GradientDerivation[];
  readonly deltas: readonly DeltaDerivation[];
  readonly agreement: Agreement;
  /** Where the forms were compared: at the given numbers, or at seeded ones. */
  readonly comparedAt: { readonly bindings: number; readonly kind: "given" | "seeded" };
  readonly chainCost: Cost;
  readonly deltaCost: Cost;
  /** The numbers at the given parameters and samples; absent without numbers. */
  readonly numbers?: Run;
  readonly verification?: Verification;
  readonly notCompared?: NotCompared;
  readonly update?: UpdateRun & { readonly request: UpdateRequest; readonly before: Values };
}
