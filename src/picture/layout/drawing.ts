// A picture with everything at its place; lengths in px, y downwards.
import type { Label, Picture, PictureEdge, PictureNode, Tone } from "../picture.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle by its centre. */
export interface Box extends Point, Size {}

export interface PlacedLabel extends Box {
  readonly label: Label;
  readonly tone: Tone;
  /** Where it belongs, which decides its font size. */
  readonly place: LabelPlace;
}

export type LabelPlace = "node" | "note" | "edge" | "caption";

export interface PlacedNode {
  readonly node: PictureNode;
  /** The circle or box itself. */
  readonly outline: Box;
  readonly label: PlacedLabel;
  readonly notes: readonly PlacedLabel[];
}

/** Cubic Bézier curves: a start, then two control points and an end for each. */
export type Curve = readonly Point[];

export interface PlacedEdge {
  readonly edge: PictureEdge;
  readonly curve: Curve;
  readonly label?: PlacedLabel;
}

export interface Drawing extends Size {
  readonly picture: Picture;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Of each frame, below the picture. */
  readonly captions: readonly (readonly PlacedLabel[])[];
}

/** How large a label is printed. */
export type Measure = (label: Label, place: LabelPlace) => Size;
