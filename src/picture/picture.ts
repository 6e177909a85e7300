// A picture before anything is measured or placed: nodes in columns, edges between them, and labels that hold
// expressions, never LaTeX. Views make it, the layout places it, writers print it.
import type { Inline, RelationSign, Side } from "../derivation/document.ts";
import type { SymbolExpr } from "../expression/expr.ts";
import type { Operation } from "../primitives/primitive.ts";

/** What stands at a node or an edge. Texts of users occur only inside expressions. */
export type Label =
  | { readonly kind: "formula"; readonly sides: readonly Side[]; readonly signs: readonly RelationSign[] }
  /** The name of a function without its argument: σ. */
  | { readonly kind: "function"; readonly op: Operation }
  /** A multiplication by an expression: × w. */
  | { readonly kind: "times"; readonly by: Side }
  | { readonly kind: "sign"; readonly sign: "sum" | "dots" | "one" }
  /** Our own words. */
  | { readonly kind: "words"; readonly text: string };

/** What a part of the picture is about; it decides the colour. */
export type Tone = "plain" | "input" | "parameter" | "loss" | "backward" | "strong";

export interface PictureNode {
  readonly id: string;
  /** Columns run from the inputs on the left, from 0, to the loss. */
  readonly column: number;
  readonly shape: "circle" | "box" | "bare";
  readonly tone: Tone;
  readonly label: Label;
  /** What the node stands for; absent for dots, constants and operations. */
  readonly symbol?: SymbolExpr;
  /** Stands below the others of its column and is left out of account where they find their places. */
  readonly aside?: true;
  /** Values, δ's and gradients, below the node. */
  readonly notes: readonly Note[];
}

export interface Note {
  readonly label: Label;
  readonly tone: Tone;
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  /** Of several edges between the same nodes the labels tell them apart. */
  readonly label?: Label;
  /** Id of the weight or bias of a connection. */
  readonly parameter?: string;
  readonly tone: Tone;
}

/** Nodes and edges that belong together: one chain product, one step of the backward pass. */
export interface PictureGroup {
  readonly name: string;
  readonly nodes: readonly string[];
  /** Positions among the picture's edges. */
  readonly edges: readonly number[];
}

/** One step: what stands out, and what is said below the picture. */
export interface Frame extends Omit<PictureGroup, "name"> {
  readonly captions: readonly Label[];
}

export interface Picture {
  /** One line: what is shown. */
  readonly title: readonly Inline[];
  /** The picture in words, for those who do not see it. */
  readonly description: readonly Inline[];
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** Whether the nodes of a column stand in the order of the list; else they are put where fewest edges cross. */
  readonly ordered: boolean;
  /** The chain products, each to be shown by itself. */
  readonly paths: readonly PictureGroup[];
  /** What is shown one after the other; absent: a picture that stands still. */
  readonly frames?: readonly Frame[];
}
