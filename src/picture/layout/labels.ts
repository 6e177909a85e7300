// Places for the labels of edges: on their own edge, clear of every node and of every other label, over as few foreign
// edges as possible.
import { pointAt } from "./curves.ts";
import type { Box, Curve, Point, Size } from "./drawing.ts";

/** Where along the edge a label may stand, most wanted first: nearer to the end at which the edges of a fan lie apart. */
const places = [0.34, 0.4, 0.28, 0.46, 0.52, 0.58, 0.64, 0.7, 0.22, 0.76, 0.82, 0.16];

/** The same of an edge that shares neither of its ends: its middle, less the arrow head. */
const placesAlone = [0.46, 0.4, 0.52, 0.34, 0.58, 0.28, 0.64, 0.7, 0.22, 0.76];

/** Room between two labels, and between a label and a node. */
const room = 4;

/** Points by which a foreign edge is noticed below a label. */
const samples = 24;

export type Fan = "out" | "in" | "none";

export interface Labelled {
  readonly curve: Curve;
  /** Absent: an edge without a label. */
  readonly label?: Size;
  /** Whether more edges share its start than its end, more its end than its start, or none either of them. */
  readonly fan?: Fan;
}

/** The box of every label, in the order of the edges, and how many foreign edges run below them. */
export interface LabelPlaces {
  readonly boxes: readonly (Box | undefined)[];
  readonly covered: number;
}

/** Nothing at all where a label finds no place. */
export function labelPlaces(edges: readonly Labelled[], obstacles: readonly Box[]): LabelPlaces | undefined {
  const lines = edges.map(({ curve }) => lineOf(curve));
  const taken: Box[] = [...obstacles];
  const boxes: (Box | undefined)[] = edges.map(() => undefined);
  let hidden = 0;
  for (const [index, edge] of edges.entries()) {
    const { label } = edge;
    if (!label) continue;
    const best = bestPlace(edge, label, taken, lines, lines[index]!);
    if (!best) return undefined;
    taken.push(best.box);
    boxes[index] = best.box;
    hidden += best.below;
  }
  return { boxes, covered: hidden };
}

interface Place {
  readonly box: Box;
  /** Foreign edges below it. */
  readonly below: number;
}

/** The first of the free places that no later one can be better than. */
function bestPlace(
  { curve, fan }: Labelled,
  label: Size,
  taken: readonly Box[],
  lines: readonly Line[],
  own: Line,
): Place | undefined {
  let best: Place | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [rank, share] of (fan === "none" ? placesAlone : places).entries()) {
    if (rank >= least) break;
    const { x, y } = pointAt(curve, fan === "out" ? 1 - share : share);
    const box: Box = { x, y, width: label.width, height: label.height };
    if (taken.some((other) => meet(box, other, room))) continue;
    const below = linesBelow(box, lines, own, (least - rank) / ranksOfAnEdge);
    const cost = rank + ranksOfAnEdge * below;
    if (cost >= least) continue;
    best = { box, below };
    least = cost;
  }
  return best;
}

/** How many foreign edges run below a label, counted no further than `enough`. */
function linesBelow(box: Box, lines: readonly Line[], own: Line, enough: number): number {
  let below = 0;
  for (const line of lines) {
    if (line !== own && runsBelow(line, box)) below += 1;
    if (below >= enough) break;
  }
  return below;
}

/** An edge below a label disturbs as much as a place that stands three ranks behind. */
const ranksOfAnEdge = 3;

/** An edge as points, and the box around them. */
interface Line {
  readonly points: readonly Point[];
  readonly around: Box;
}

function lineOf(curve: Curve): Line {
  const points = Array.from({ length: samples + 1 }, (_, position) => pointAt(curve, position / samples));
  let [left, right, top, bottom] = [points[0]!.x, points[0]!.x, points[0]!.y, points[0]!.y];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  return { points, around: { ...middle, width: right - left, height: bottom - top } };
}

function runsBelow({ points, around }: Line, box: Box): boolean {
  return meet(around, box) && points.some((point) => isInside(point, box));
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
