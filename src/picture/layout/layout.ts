// Places a picture: columns from left to right, few crossings, level middles, and labels that never meet; where they
// would, the whole picture is drawn with more room and tried again.
import type { Picture } from "../picture.ts";
import { curveOf } from "./curves.ts";
import type {
  Box,
  Curve,
  Drawing,
  Measure,
  PlacedEdge,
  PlacedLabel,
  PlacedNode,
  Point,
  Size,
} from "./drawing.ts";
import { heightsOf } from "./heights.ts";
import { type Fan, labelPlaces } from "./labels.ts";
import { type Line, lineOf, runsThrough } from "./lines.ts";
import { endOf, labelAt, placedNode, type SizedNode, sizedNode } from "./nodes.ts";
import { withNotesAside } from "./notes.ts";
import { untangled } from "./order.ts";
import { type Extent, type Slot, type Slots, slotsOf } from "./slots.ts";

/** px; chosen by eye. */
const spacing = {
  betweenRows: 30,
  betweenColumns: 72,
  /** Beside the label of an edge. */
  besideLabel: 30,
  betweenCaptions: 9,
  margin: 14,
  /** Between edges that join the same nodes. */
  betweenParallels: 34,
  /** Of the height that an edge climbs, how much it goes sideways at least: so it clears the nodes above and below. */
  slope: 0.42,
  /** The same of edges that are bent apart. */
  bentSlope: 0.9,
};

/** Of the drawings in which every label has a place this many are compared, unless one has hardly a label over an edge. */
const compared = 4;
const tolerated = 0.1;

/** An edge behind a note or through a node disturbs as much as this many below labels. */
const worse = 3;

/** How much more room each further try has, and when to give up. */
const growth = 1.15;
const tries = 24;

/** Throws RangeError when no amount of room suffices, which no picture has needed. */
export function layOut(picture: Picture, measure: Measure): Drawing {
  const sized = picture.nodes.map((node) => sizedNode(node, measure));
  const extents = extentsOf(picture, sized);
  const slots = slotsOf(picture, extents);
  const columns = picture.ordered ? slots.columns : untangled(slots.columns);
  const labels = picture.edges.map(({ label }) => label && measure(label, "edge"));
  const count = labels.filter((label) => label).length;
  const edges: Edges = { labels, fans: fansOf(picture), bows: bowsOf(picture) };
  const fitting: Try[] = [];
  for (let attempt = 0, room = 1; attempt < tries; attempt += 1, room *= growth) {
    const found = drawn(picture, sized, { columns, routes: slots.routes }, edges, room);
    if (found) fitting.push(found);
    if (fitting.length === compared || (found?.crossed === 0 && found.covered <= count * tolerated)) break;
  }
  const flaws = ({ covered, crossed }: Try): number => covered + crossed * worse;
  const [best] = fitting.toSorted((left, right) => flaws(left) - flaws(right));
  if (best) return withCaptions(framed(picture, best.nodes, best.edges), measure);
  throw new RangeError(`The labels of ${picture.edges.length} edges find no place.`);
}

/** What is known of the edges whatever room there is; each list by edge. */
interface Edges {
  readonly labels: readonly (Size | undefined)[];
  readonly fans: readonly Fan[];
  readonly bows: readonly number[];
}

interface Try {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Edges below the labels of others. */
  readonly covered: number;
  /** Edges behind notes and through nodes. */
  readonly crossed: number;
}

/** The room of each node; where columns keep their order all rows are equally high, so that they meet. */
function extentsOf({ ordered }: Picture, sized: readonly SizedNode[]): ReadonlyMap<string, Extent> {
  const above = Math.max(...sized.map(({ extent }) => extent.above));
  const below = Math.max(...sized.map(({ extent }) => extent.below));
  return new Map(sized.map(({ node, extent }) => [node.id, ordered ? { ...extent, above, below } : extent]));
}

/** The picture with this much room; nothing where the labels do not fit. */
function drawn(
  picture: Picture,
  sized: readonly SizedNode[],
  { columns, routes }: Slots,
  { labels, fans, bows }: Edges,
  room: number,
): Try | undefined {
  const heights = heightsOf(columns, spacing.betweenRows * room);
  const { middles, widths } = columnsAcross(columns, routes, { labels, bows }, heights, room);
  const at = (slot: Slot): Point => ({ x: middles[slot.column]!, y: heights.get(slot)! });
  const slotOf = new Map(
    columns.flat().flatMap((slot) => (slot.node === undefined ? [] : [[slot.node, slot]])),
  );
  const centred = sized.map((own) => placedNode(own, at(slotOf.get(own.node.id)!)));
  const byId = new Map(centred.map((placed) => [placed.node.id, placed]));
  const curves = picture.edges.map(({ from, to }, position): Curve => {
    const passages = routes[position]!.slice(1, -1).map((slot) => ({
      ...at(slot),
      width: widths[slot.column]!,
    }));
    return curveOf(endOf(byId.get(from)!), endOf(byId.get(to)!), passages, bows[position]!);
  });
  const lines = curves.map(lineOf);
  const { nodes, covered: behindNotes } = withNotesAside(centred, lines);
  const obstacles = nodes.flatMap(({ node, outline, label, notes }) => [
    ...(node.shape === "bare" ? [label] : [outline]),
    ...notes,
  ]);
  const places = labelPlaces(
    curves.map((curve, position) => ({
      curve,
      line: lines[position]!,
      fan: fans[position]!,
      ...(labels[position] && { label: labels[position] }),
    })),
    obstacles,
  );
  if (!places) return undefined;
  const edges = picture.edges.map((edge, position): PlacedEdge => {
    const [box, { label, tone }] = [places.boxes[position], edge];
    const placed = box && label && { ...box, label, tone, place: "edge" as const };
    return { edge, curve: curves[position]!, ...(placed && { label: placed }) };
  });
  return {
    nodes,
    edges,
    covered: places.covered,
    crossed: behindNotes + crossings(picture, nodes, lines),
  };
}

/** How many edges run through nodes that they neither start nor end at. */
function crossings({ edges }: Picture, nodes: readonly PlacedNode[], lines: readonly Line[]): number {
  const drawnNodes = nodes.filter(({ node }) => node.shape !== "bare");
  return edges.reduce((total, { from, to }, position) => {
    const through = drawnNodes.filter(
      (placed) =>
        placed.node.id !== from && placed.node.id !== to && runsThrough(lines[position]!, endOf(placed)),
    );
    return total + through.length;
  }, 0);
}

interface Across {
  readonly middles: readonly number[];
  readonly widths: readonly number[];
}

/** The middles of the columns: room for the labels between them, and no edge too steep. */
function columnsAcross(
  columns: Slots["columns"],
  routes: Slots["routes"],
  { labels, bows }: Pick<Edges, "labels" | "bows">,
  heights: ReadonlyMap<Slot, number>,
  room: number,
): Across {
  const widths = columns.map((column) => Math.max(0, ...column.map(({ width }) => width)));
  const gaps = columns.map(() => spacing.betweenColumns * room);
  for (const [edge, route] of routes.entries()) {
    const own = labels[edge];
    const slope = bows[edge] === 0 ? spacing.slope : spacing.bentSlope;
    for (const [position, slot] of route.slice(1).entries()) {
      const before = route[position]!;
      const column = Math.min(slot.column, before.column);
      const climb = Math.abs(heights.get(slot)! - heights.get(before)!) * slope * room;
      const label = own && route.length === 2 ? own.width + spacing.besideLabel * room : 0;
      gaps[column] = Math.max(gaps[column]!, climb, label);
    }
  }
  let right = 0;
  const middles = widths.map((width, column) => {
    const middle = right + width / 2;
    right += width + gaps[column]!;
    return middle;
  });
  return { middles, widths };
}

/** Of edges with labels: whether more of them leave the node that it comes from, or enter the one that it leads to. */
function fansOf({ edges }: Picture): readonly Fan[] {
  const labelled = edges.filter(({ label }) => label);
  const leaving = counted(labelled.map(({ from }) => from));
  const entering = counted(labelled.map(({ to }) => to));
  return edges.map(({ from, to }): Fan => {
    const [starts, ends] = [leaving.get(from) ?? 0, entering.get(to) ?? 0];
    return starts === 1 && ends === 1 ? "none" : starts > ends ? "out" : "in";
  });
}

function counted(ids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Edges that join the same two nodes are bent apart. */
function bowsOf({ edges }: Picture): readonly number[] {
  const pairs = new Map<string, number[]>();
  for (const [position, { from, to }] of edges.entries()) {
    const pair = JSON.stringify([from, to].toSorted());
    pairs.set(pair, [...(pairs.get(pair) ?? []), position]);
  }
  const bows = edges.map(() => 0);
  for (const positions of pairs.values())
    for (const [rank, position] of positions.entries()) {
      const { from, to } = edges[position]!;
      const side = [from, to].toSorted()[0] === from ? 1 : -1;
      bows[position] = side * (rank - (positions.length - 1) / 2) * spacing.betweenParallels;
    }
  return bows;
}

/** The captions of all frames at the same place, below everything else; the picture grows by the largest. */
function withCaptions(drawing: Drawing, measure: Measure): Drawing {
  const { frames = [] } = drawing.picture;
  if (frames.length === 0) return drawing;
  const sizes = frames.map(({ captions }) => captions.map((label) => measure(label, "caption")));
  const width = Math.max(drawing.width, ...sizes.flat().map((size) => size.width + 2 * spacing.margin));
  let bottom = drawing.height;
  const captions = frames.map((frame, position) => {
    let y = drawing.height;
    const placed = frame.captions.map((label, line): PlacedLabel => {
      const size = sizes[position]![line]!;
      y += spacing.betweenCaptions + size.height;
      const middle = { x: spacing.margin + size.width / 2, y: y - size.height / 2 };
      return labelAt({ ...middle, ...size }, label, "plain", "caption");
    });
    bottom = Math.max(bottom, y + spacing.margin);
    return placed;
  });
  return { ...moved(drawing, (width - drawing.width) / 2, 0), width, height: bottom, captions };
}

/** Everything moved so that the picture begins at 0 and ends at its size, with a margin all around. */
function framed(picture: Picture, nodes: readonly PlacedNode[], edges: readonly PlacedEdge[]): Drawing {
  const boxes: readonly Box[] = [
    ...nodes.flatMap(({ outline, label, notes }) => [outline, label, ...notes]),
    ...edges.flatMap(({ label }) => label ?? []),
  ];
  const points = edges.flatMap(({ curve }) => curve);
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const left = Math.min(...xs, ...boxes.map(({ x, width }) => x - width / 2)) - spacing.margin;
  const top = Math.min(...ys, ...boxes.map(({ y, height }) => y - height / 2)) - spacing.margin;
  const right = Math.max(...xs, ...boxes.map(({ x, width }) => x + width / 2)) + spacing.margin;
  const bottom = Math.max(...ys, ...boxes.map(({ y, height }) => y + height / 2)) + spacing.margin;
  const size = { width: right - left, height: bottom - top };
  return moved({ ...size, picture, captions: [], nodes, edges }, -left, -top);
}

/** Nodes and edges moved to the right and down. */
function moved({ nodes, edges, ...drawing }: Drawing, right: number, down: number): Drawing {
  const move = <Place extends Point>(place: Place): Place => ({
    ...place,
    x: place.x + right,
    y: place.y + down,
  });
  return {
    ...drawing,
    nodes: nodes.map(({ node, outline, label, notes }) => ({
      node,
      outline: move(outline),
      label: move(label),
      notes: notes.map(move),
    })),
    edges: edges.map(({ edge, curve, label }) => ({
      edge,
      curve: curve.map(move),
      ...(label && { label: move(label) }),
    })),
  };
}
