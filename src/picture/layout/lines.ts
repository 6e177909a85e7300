// Edges as points: whether one runs behind a label or through a node.
import { type End, pointAt } from "./curves.ts";
import type { Box, Curve, Point } from "./drawing.ts";

/** Pieces that a curve is cut into: none is further from the curve than a line is thick. */
const pieces = 24;

/** An edge as points that straight pieces join, and the box around them. */
export interface Line {
  readonly points: readonly Point[];
  readonly around: Box;
}

export function lineOf(curve: Curve): Line {
  const points = Array.from({ length: pieces + 1 }, (_, position) => pointAt(curve, position / pieces));
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

/** Whether a line runs behind a box. */
export function runsBelow(line: Line, box: Box): boolean {
  return meet(line.around, box) && hasPiece(line, (from, to) => crosses(from, to, box));
}

/** Nearer than this a line seems to touch a circle or box; px. */
const touching = 3;

/** Whether a line meets a circle or box that it neither starts nor ends at. */
export function runsThrough(line: Line, { shape, outline }: End): boolean {
  const { width, height } = outline;
  const around = { ...outline, width: width + 2 * touching, height: height + 2 * touching };
  if (shape !== "circle") return runsBelow(line, around);
  const reach = width / 2 + touching;
  return meet(line.around, around) && hasPiece(line, (from, to) => distance(outline, from, to) < reach);
}

function hasPiece({ points }: Line, holds: (from: Point, to: Point) => boolean): boolean {
  for (let position = 1; position < points.length; position += 1)
    if (holds(points[position - 1]!, points[position]!)) return true;
  return false;
}

/** Whether a straight piece enters a box: no axis lies between them, neither the box's two nor the one across the piece. */
function crosses(from: Point, to: Point, { x, y, width, height }: Box): boolean {
  const [right, down] = [width / 2, height / 2];
  if (Math.max(from.x, to.x) <= x - right || Math.min(from.x, to.x) >= x + right) return false;
  if (Math.max(from.y, to.y) <= y - down || Math.min(from.y, to.y) >= y + down) return false;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return Math.abs((x - from.x) * dy - (y - from.y) * dx) < right * Math.abs(dy) + down * Math.abs(dx);
}

/** How far a point is from a straight piece. */
function distance({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1);
  const nearest = Math.min(1, Math.max(0, share));
  return Math.hypot(x - from.x - nearest * dx, y - from.y - nearest * dy);
}

/** Whether two boxes are nearer to each other than `apart`. */
export function meet(left: Box, right: Box, apart = 0): boolean {
  return (
    Math.abs(left.x - right.x) < (left.width + right.width) / 2 + apart &&
    Math.abs(left.y - right.y) < (left.height + right.height) / 2 + apart
  );
}
