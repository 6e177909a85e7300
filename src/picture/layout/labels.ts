// Places for the labels of edges: on their own edge, clear of every node and of every other label, over as few foreign
// edges as possible.
import { pointAt } from "./curves.ts";
import type { Box, Curve, Point, Size } from "./drawing.ts";

/** Where along the edge a label may stand, most wanted first: near its start, where the edges of a fan lie apart. */
const places = [0.34, 0.4, 0.28, 0.46, 0.52, 0.58, 0.64, 0.7, 0.22, 0.76, 0.82, 0.16];

/** Room between two labels, and between a label and a node. */
const room = 4;

/** Points by which a foreign edge is noticed below a label. */
const samples = 24;

export interface Labelled {
  readonly curve: Curve;
  /** Absent: an edge without a label. */
  readonly label?: Size;
}

/** The box of every label, in the order of the edges, and how many foreign edges run below them. */
export interface LabelPlaces {
  readonly boxes: readonly (Box | undefined)[];
  readonly covered: number;
}

/** Nothing at all where a label finds no place. */
export function labelPlaces(edges: readonly Labelled[], obstacles: readonly Box[]): LabelPlaces | undefined {
  const points = edges.map(({ curve }) =>
    Array.from({ length: samples + 1 }, (_, position) => pointAt(curve, position / samples)),
  );
  const taken: Box[] = [...obstacles];
  const boxes: (Box | undefined)[] = edges.map(() => undefined);
  let hidden = 0;
  for (const [index, { curve, label }] of edges.entries()) {
    if (!label) continue;
    const best = places
      .map((share): Box => ({ ...pointAt(curve, share), ...label }))
      .filter((candidate) => taken.every((other) => !meet(candidate, other, room)))
      .map((box, rank) => ({ box, rank, below: covered(box, points, index) }))
      .toSorted((left, right) => costOf(left) - costOf(right))[0];
    if (!best) return undefined;
    taken.push(best.box);
    boxes[index] = best.box;
    hidden += best.below;
  }
  return { boxes, covered: hidden };
}

/** An edge below a label disturbs as much as a place that stands three ranks behind. */
const costOf = ({ rank, below }: { rank: number; below: number }) => rank + 3 * below;

/** How many foreign edges run below a box. */
function covered(box: Box, points: readonly (readonly Point[])[], own: number): number {
  return points.filter((line, index) => index !== own && line.some((point) => isInside(point, box))).length;
}

function isInside({ x, y }: Point, box: Box): boolean {
  return Math.abs(x - box.x) < box.width / 2 && Math.abs(y - box.y) < box.height / 2;
}

/** Whether two boxes are nearer to each other than `apart`. */
function meet(left: Box, right: Box, apart = 0): boolean {
  return (
    Math.abs(left.x - right.x) < (left.width + right.width) / 2 + apart &&
    Math.abs(left.y - right.y) < (left.height + right.height) / 2 + apart
  );
}
