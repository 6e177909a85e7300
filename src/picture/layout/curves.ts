// The line of an edge: from the border of its first node over the places that it passes to the border of its last.
import type { Box, Curve, Point } from "./drawing.ts";

/** What an edge starts or ends at. */
export interface End {
  readonly shape: "circle" | "box" | "bare";
  readonly outline: Box;
}

/** A place that an edge passes: straight over the width of the column. */
export interface Passage extends Point {
  readonly width: number;
}

/** How far along a piece its control points stand. */
const reach = 0.4;

/** How far a line may rise or fall over half the width of a column that it passes, px: less than the room that it has. */
const mostRise = 6;

/** A point of the line, and how steep the line is there. */
interface Stop extends Point {
  readonly slope: number;
}

/** A straight line between neighbours, bent by `bow` px to its left; over passages a curve without waves. */
export function curveOf(from: End, to: End, passages: readonly Passage[], bow: number): Curve {
  if (passages.length === 0) return bent(from, to, bow);
  const forward = from.outline.x <= to.outline.x ? 1 : -1;
  const places = [from.outline, ...passages, to.outline];
  const stops = passages.flatMap((passage, position): readonly Stop[] => {
    const slope = slopeAt(passage, places[position]!, places[position + 2]!);
    const half = (forward * passage.width) / 2;
    const at = (x: number): Stop => ({ x: passage.x + x, y: passage.y + slope * x, slope });
    return passage.width === 0 ? [at(0)] : [at(-half), at(half)];
  });
  const [first, last] = [stops[0]!, stops.at(-1)!];
  const leaves = border(from, first);
  const arrives = border(to, last);
  const points: Point[] = [leaves, between(from.outline, first, reach), along(first, leaves), first];
  for (const [position, next] of stops.slice(1).entries()) {
    const before = stops[position]!;
    points.push(along(before, next), along(next, before), next);
  }
  points.push(along(last, arrives), between(to.outline, last, reach), arrives);
  return points;
}

/** As steep as the flatter of its two sides, and level where it turns: a line that rises all the way has no waves. */
function slopeAt({ x, y, width }: Passage, before: Point, after: Point): number {
  const [left, right] = [(y - before.y) / (x - before.x), (after.y - y) / (after.x - x)];
  if (left * right <= 0) return 0;
  const steepest = mostRise / Math.max(width / 2, 1);
  return Math.sign(left) * Math.min(Math.abs(left), Math.abs(right), steepest);
}

function bent(from: End, to: End, bow: number): Curve {
  const [start, end] = [from.outline, to.outline];
  const length = Math.hypot(end.x - start.x, end.y - start.y) || 1;
  const side = { x: ((end.y - start.y) / length) * bow, y: (-(end.x - start.x) / length) * bow };
  const [near, far] = [border(from, end), border(to, start)];
  const beside = (share: number): Point => {
    const { x, y } = between(near, far, share);
    return { x: x + side.x, y: y + side.y };
  };
  const [leaves, arrives] = [border(from, beside(1 / 3)), border(to, beside(2 / 3))];
  if (bow === 0) return [leaves, between(leaves, arrives, 1 / 3), between(leaves, arrives, 2 / 3), arrives];
  return [leaves, beside(1 / 3), beside(2 / 3), arrives];
}

/** The control point of a curve as steep as `at` says, on the side of `other`. */
const along = (at: Stop, other: Point): Point => {
  const x = (other.x - at.x) * reach;
  return { x: at.x + x, y: at.y + at.slope * x };
};

const between = (from: Point, to: Point, share: number): Point => ({
  x: from.x + (to.x - from.x) * share,
  y: from.y + (to.y - from.y) * share,
});

/** Where the line from the middle of a node towards a point leaves the node. */
function border({ shape, outline }: End, towards: Point): Point {
  const [dx, dy] = [towards.x - outline.x, towards.y - outline.y];
  const length = Math.hypot(dx, dy) || 1;
  const share =
    shape === "circle"
      ? outline.width / 2 / length
      : Math.min(outline.width / 2 / (Math.abs(dx) || 1e-9), outline.height / 2 / (Math.abs(dy) || 1e-9));
  return { x: outline.x + dx * share, y: outline.y + dy * share };
}

/** The point of a curve at `share` of its pieces, from 0 to 1. */
export function pointAt(curve: Curve, share: number): Point {
  const pieces = (curve.length - 1) / 3;
  const piece = Math.min(pieces - 1, Math.floor(share * pieces));
  const t = share * pieces - piece;
  const rest = 1 - t;
  const [start, leaving, arriving, end] = curve.slice(3 * piece, 3 * piece + 4) as [
    Point,
    Point,
    Point,
    Point,
  ];
  const [first, second, third, fourth] = [
    rest * rest * rest,
    3 * t * rest * rest,
    3 * t * t * rest,
    t * t * t,
  ];
  return {
    x: first * start.x + second * leaving.x + third * arriving.x + fourth * end.x,
    y: first * start.y + second * leaving.y + third * arriving.y + fourth * end.y,
  };
}
