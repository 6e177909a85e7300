// The derivation document: one tree that every writer prints. Equations hold expressions, never LaTeX.
import type { Expr, Quantity } from "../expression/expr.ts";
import type { Matrix } from "../matrix/matrix.ts";
import type { GeneralName } from "../picture/general.ts";
import type { Picture } from "../picture/picture.ts";
import type { ViewName } from "../picture/views.ts";
import type { Language } from "./wording/wordings.ts";

/** A running text made of words and formulas. Words are plain text: writers escape them. */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "formula"; readonly expr: Expr }
  | { readonly kind: "value"; readonly value: number };

/** One side of a relation. */
export type Side =
  /** Symbols: ∂E/∂w_5, or δ_1 a_1. */
  | { readonly kind: "expr"; readonly expr: Expr }
  /** The same expression with each symbol replaced by its number at `sample` (from 1; absent: the only one). */
  | { readonly kind: "digits"; readonly expr: Expr; readonly values: SymbolValues }
  /** A result. */
  | { readonly kind: "value"; readonly value: number }
  /** Whole layers at once. */
  | { readonly kind: "matrix"; readonly matrix: Matrix }
  /** The inert derivative of one layer by another. */
  | { readonly kind: "layers"; readonly of: Quantity; readonly by: Quantity }
  /** The transposed derivative of one layer by another times the error at the first: (∂a/∂z)ᵀ ∂E/∂a. */
  | {
      readonly kind: "vectorJacobian";
      readonly loss: Quantity;
      readonly of: Quantity;
      readonly by: Quantity;
    }
  /** The vector of all derivatives of a loss: ∇E. */
  | { readonly kind: "gradient"; readonly of: Expr }
  /** A matrix written out entry by entry; `transposed` marks a column that is written as a row. */
  | {
      readonly kind: "entries";
      readonly rows: readonly (readonly Expr[])[];
      readonly transposed?: boolean;
    }
  /** Matrices written out entry by entry, multiplied with each other; `entrywise` sets ⊙ between them. */
  | {
      readonly kind: "entriesProduct";
      readonly factors: readonly (readonly (readonly Expr[])[])[];
      readonly entrywise?: boolean;
    }
  /** The same of symbolic sizes: first and last entries, with dots between. */
  | { readonly kind: "dottedProduct"; readonly factors: readonly Dotted[]; readonly entrywise?: boolean }
  | { readonly kind: "numbers"; readonly rows: readonly (readonly number[])[] };

/** A column, or a diagonal matrix, of which `entry` is the one at `index`; `last` is how the last index is written. */
export interface Dotted {
  readonly form: "diagonal" | "column";
  readonly entry: Expr;
  readonly index: string;
  readonly last: string;
}

/** The number of a symbol, where it has one. */
export type SymbolValues = (symbol: Expr & { kind: "symbol" }) => number | undefined;

export type RelationSign = "=" | "≈" | ":=" | "←";

/** A chain of relations: `sides[0] signs[0] sides[1] signs[1] …`; `signs` is one shorter than `sides`. */
export interface EquationLine {
  readonly id?: string;
  readonly sides: readonly Side[];
  readonly signs: readonly RelationSign[];
  /** Key of what the line says: the rule that gives it, or its place in the derivation. */
  readonly rule?: string;
  /** Why, in words; printed beside or under the line. */
  readonly because?: readonly Inline[];
  /** The reason is the number that the text knows the line by: no other number stands beside it. */
  readonly ownNumber?: true;
}

/** Drawn where a format can draw, put into words where it cannot; a request names it by `view`, `parameter` and `general`. */
export interface PictureBlock {
  readonly kind: "picture";
  readonly view: ViewName;
  readonly parameter?: string;
  readonly general?: GeneralName;
  readonly picture: Picture;
}

export type Block =
  | PictureBlock
  | {
      readonly kind: "section";
      readonly id: string;
      readonly title: readonly Inline[];
      readonly blocks: readonly Block[];
    }
  | { readonly kind: "paragraph"; readonly inlines: readonly Inline[] }
  /** Lines aligned at their relation signs. `path` names a chain product's nodes, or the parameter alone
   *  for all its chain products, so that they can be pointed out in a picture. */
  | { readonly kind: "equations"; readonly lines: readonly EquationLine[]; readonly path?: readonly string[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | {
      readonly kind: "table";
      readonly caption?: readonly Inline[];
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  /** A remark set apart: `tone` is "agrees", "warning" or "remark". */
  | {
      readonly kind: "note";
      readonly tone: "agrees" | "warning" | "remark";
      readonly inlines: readonly Inline[];
    }
  /** Room to write in: so many ruled lines. */
  | { readonly kind: "space"; readonly lines: number }
  /** Detail that a reader may fold away; open in print. */
  | { readonly kind: "detail"; readonly summary: readonly Inline[]; readonly blocks: readonly Block[] };

export interface Column {
  readonly title: readonly Inline[];
  readonly align: "left" | "right" | "center";
}

export interface DerivationDocument {
  readonly kind: "derivation";
  readonly title: string;
  readonly language: Language;
  readonly author?: string;
  readonly course?: string;
  readonly date?: string;
  /** Of a problem sheet: which one of the class set it is, in words. */
  readonly variant?: string;
  /** The variant's code, which a format that can draw one shows as a QR code. */
  readonly code?: string;
  readonly permalink?: string;
  readonly engine: string;
  readonly blocks: readonly Block[];
}
