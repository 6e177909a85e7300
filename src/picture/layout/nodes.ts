// A node and its parts: its outline around the label, and its notes below.
import type { PictureNode } from "../picture.ts";
import type { End } from "./curves.ts";
import type { Box, LabelPlace, Measure, PlacedLabel, PlacedNode, Point, Size } from "./drawing.ts";
import type { Extent } from "./slots.ts";

/** px; chosen by eye. */
const spacing = {
  /** Between a label and the circle or box around it. */
  inside: 7,
  smallestCircle: 36,
  belowNode: 5,
  betweenNotes: 4,
} as const;

/** A node with the sizes of its parts, before it has a place. */
export interface SizedNode {
  readonly node: PictureNode;
  readonly outline: Size;
  readonly label: Size;
  readonly notes: readonly Size[];
  readonly extent: Extent;
}

export function sizedNode(node: PictureNode, measure: Measure): SizedNode {
  const label = measure(node.label, "node");
  const notes = node.notes.map((note) => measure(note.label, "note"));
  const outline = outlineAround(node.shape, label);
  const below = notes.reduce((total, { height }) => total + spacing.betweenNotes + height, 0);
  const width = Math.max(outline.width, ...notes.map((note) => note.width));
  const room = notes.length > 0 ? spacing.belowNode : 0;
  const extent = { width, above: outline.height / 2, below: outline.height / 2 + room + below };
  return { node, outline, label, notes, extent };
}

function outlineAround(shape: PictureNode["shape"], { width, height }: Size): Size {
  if (shape === "bare") return { width: width + 6, height: height + 6 };
  if (shape === "box")
    return { width: width + 2 * spacing.inside + 2, height: Math.max(26, height + 2 * spacing.inside) };
  const diameter = Math.max(spacing.smallestCircle, Math.hypot(width, height) + spacing.inside);
  return { width: diameter, height: diameter };
}

/** The node at a point; its notes in a column below it. */
export function placedNode({ node, outline, label, notes }: SizedNode, { x, y }: Point): PlacedNode {
  let top = y + outline.height / 2 + spacing.belowNode;
  const placedNotes = notes.map((size, position): PlacedLabel => {
    const note = node.notes[position]!;
    top += spacing.betweenNotes;
    const placed = labelAt({ x, y: top + size.height / 2, ...size }, note.label, note.tone, "note");
    top += size.height;
    return placed;
  });
  return {
    node,
    outline: { x, y, ...outline },
    label: labelAt({ x, y, ...label }, node.label, node.tone, "node"),
    notes: placedNotes,
  };
}

export function labelAt(
  box: Box,
  label: PlacedLabel["label"],
  tone: PlacedLabel["tone"],
  place: LabelPlace,
): PlacedLabel {
  return { ...box, label, tone, place };
}

/** What an edge starts or ends at. */
export const endOf = ({ node, outline }: PlacedNode): End => ({ shape: node.shape, outline });
