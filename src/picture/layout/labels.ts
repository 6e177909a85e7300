// Places for the labels of edges: on their own edge, clear of every node and of every other label, over as few foreign
// edges as possible.
import { pointAt } from "./curves.ts";
import type { Box, Curve, Size } from "./drawing.ts";
import { type Line, meet, runsBelow } from "./lines.ts";

/** Where along the edge a label may stand, most wanted first: nearer to the end at which the edges of a fan lie apart. */
const places = [0.34, 0.4, 0.28, 0.46, 0.52, 0.58, 0.64, 0.7, 0.22, 0.76, 0.82, 0.16];

/** The same of an edge that shares neither of its ends: its middle, less the arrow head. */
const placesAlone = [0.46, 0.4, 0.52, 0.34, 0.58, 0.28, 0.64, 0.7, 0.22, 0.76];

/** Room between two labels, and between a label and a node. */
const room = 4;

export type Fan = "out" | "in" | "none";

export interface Labelled {
  readonly curve: Curve;
  /** The same as straight pieces. */
  readonly line: Line;
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
  const lines = edges.map(({ line }) => line);
  const taken: Box[] = [...obstacles];
  const boxes: (Box | undefined)[] = edges.map(() => undefined);
  let hidden = 0;
  for (const [index, edge] of edges.entries()) {
    const { label } = edge;
    if (!label) continue;
    const best = bestPlace(edge, label, taken, lines);
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
  { curve, line, fan }: Labelled,
  label: Size,
  taken: readonly Box[],
  lines: readonly Line[],
): Place | undefined {
  let best: Place | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [rank, share] of (fan === "none" ? placesAlone : places).entries()) {
    if (rank >= least) break;
    const { x, y } = pointAt(curve, fan === "out" ? 1 - share : share);
    const box: Box = { x, y, width: label.width, height: label.height };
    if (taken.some((other) => meet(box, other, room))) continue;
    const below = linesBelow(box, lines, line, (least - rank) / ranksOfAnEdge);
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
