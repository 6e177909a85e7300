// The line of an edge: from the border of its first node over the places that it passes to the border of its last.
import type { Box, Curve, Point } from "./drawing.ts";

/** What an edge starts or ends at. */
export interface End {
  readonly shape: "circle" | "box" | "bare";
  readonly outline: Box;
}

/** A place that an edge passes: straight and level over the width of the column. */
export interface Passage extends Point {
  readonly width: number;
}

/** How far along a piece its control points stand. */
const reach = 0.4;

/** A straight line between neighbours, bent by `bow` px to its left; over passages a curve that is level at each. */
export function curveOf(from: End, to: End, passages: readonly Passage[], bow: number): Curve {
  const forward = from.outline.x <= to.outline.x ? 1 : -1;
  const stops = passages.flatMap(({ x, y, width }) =>
    width === 0
      ? [{ x, y }]
      : [
          { x: x - (forward * width) / 2, y },
          { x: x + (forward * width) / 2, y },
        ],
  );
  const [start, end] = [from.outline, to.outline];
  if (stops.length === 0) return bent(from, to, bow);
  const [first, last] = [stops[0]!, stops.at(-1)!];
  const leaves = border(from, first);
  const arrives = border(to, last);
  const points: Point[] = [leaves, between(start, first, reach), level(first, leaves), first];
  for (const [position, next] of stops.slice(1).entries()) {
    const before = stops[position]!;
    points.push(level(before, next), level(next, before), next);
  }
  points.push(level(last, arrives), between(end, last, reach), arrives);
  return points;
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

/** The control point of a curve that is level at `at` and comes from the side of `other`. */
const level = (at: Point, other: Point): Point => ({ x: at.x + (other.x - at.x) * reach, y: at.y });

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
  const [a, b, c, d] = curve.slice(3 * piece, 3 * piece + 4) as [Point, Point, Point, Point];
  const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3] as const;
  const mixed = (of: (point: Point) => number) =>
    of(a) * weights[0] + of(b) * weights[1] + of(c) * weights[2] + of(d) * weights[3];
  return { x: mixed((point) => point.x), y: mixed((point) => point.y) };
}
