// The types of what has been read of a submission: steps of statements, each with its place in the text.
import type { RelationSign } from "../derivation/document.ts";
import type { Expr, Quantity } from "../expression/expr.ts";
import type { Failure } from "../failure.ts";
import type { Span } from "./item.ts";

/** One entry of a submission: a string of the list, or a line of the text. */
export interface ReadStep {
  /** From 0. */
  readonly index: number;
  readonly id?: string;
  readonly source: string;
  /** In order of reading. */
  readonly statements: readonly Statement[];
}

export type Statement =
  | ReadRelation
  /** An own name of the student: "let g = …". */
  | { readonly kind: "definition"; readonly span: Span; readonly quantity: Quantity; readonly value: Expr }
  | Unreadable;

/** One bad relation does not spoil its line. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly span: Span;
  readonly failure: Failure;
}

/** `≠` is no equality; the judge says what it is. */
export type WrittenSign = RelationSign | "≠";

export interface ReadRelation {
  readonly kind: "relation";
  readonly sign: WrittenSign;
  readonly left: Span;
  readonly right: Span;
  /** A line "= …" goes on from the last side; `left` is then the empty span in front of the sign. */
  readonly implicitLeft: boolean;
  /**
   * Each way the index letters can be meant, at least one unless there is a `shapeProblem`; the relation is true when
   * every instance of one reading is.
   */
  readonly readings: readonly RelationReading[];
  /** Why the relation has no meaning in this network: shapes that do not fit, an index that would count two things. */
  readonly shapeProblem?: string;
  readonly slips: readonly NotationSlip[];
}

export interface RelationReading {
  /** As written; free index letters are `$j`. */
  readonly left: Expr;
  readonly right: Expr;
  readonly instances: readonly Instance[];
}

/** A relation of single quantities: index letters put in, Σ written out. */
export interface Instance {
  readonly left: Expr;
  readonly right: Expr;
  readonly at: readonly (readonly [letter: string, index: number])[];
}

/** Right mathematics in the wrong notation, such as z_1^2 for z_1^{(2)}. */
export interface NotationSlip {
  readonly span: Span;
  /** One full sentence. */
  readonly message: string;
}

export interface Submission {
  readonly steps: readonly ReadStep[];
  /** The key of the notation it was read in. */
  readonly notation: string;
}

export type SubmissionEntry =
  | string
  | {
      readonly id?: string;
      readonly latex: string;
      /** How many headings stand before it; own names may mean something else behind another. */
      readonly section?: number;
    };
