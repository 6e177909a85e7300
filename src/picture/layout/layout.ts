// Places a picture: columns from left to right, few crossings, level middles, and labels that never meet; where they
// would, the whole picture is drawn with more room and tried again.
import type { Picture, PictureNode } from "../picture.ts";
import { curveOf, type End } from "./curves.ts";
import type {
  Box,
  Curve,
  Drawing,
  LabelPlace,
  Measure,
  PlacedEdge,
  PlacedLabel,
  PlacedNode,
  Point,
  Size,
} from "./drawing.ts";
import { heightsOf } from "./heights.ts";
import { type Fan, labelPlaces } from "./labels.ts";
import { untangled } from "./order.ts";
import { type Extent, type Slot, type Slots, slotsOf } from "./slots.ts";

/** px; chosen by eye. */
const spacing = {
  /** Between a label and the circle or box around it. */
  inside: 7,
  smallestCircle: 36,
  betweenRows: 30,
  betweenColumns: 72,
  /** Beside the label of an edge. */
  besideLabel: 30,
  belowNode: 5,
  betweenNotes: 4,
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
  const lines: Lines = { labels, fans: fansOf(picture), bows: bowsOf(picture) };
  const fitting: Try[] = [];
  for (let attempt = 0, room = 1; attempt < tries; attempt += 1, room *= growth) {
    const found = drawn(picture, sized, { columns, routes: slots.routes }, lines, room);
    if (found) fitting.push(found);
    if (fitting.length === compared || (found && found.covered <= count * tolerated)) break;
  }
  const [best] = fitting.toSorted((left, right) => left.covered - right.covered);
  if (best) return withCaptions(framed(picture, best.nodes, best.edges), measure);
  throw new RangeError(`The labels of ${picture.edges.length} edges find no place.`);
}

/** What is known of the edges whatever room there is; each list by edge. */
interface Lines {
  readonly labels: readonly (Size | undefined)[];
  readonly fans: readonly Fan[];
  readonly bows: readonly number[];
}

interface Try {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly covered: number;
}

/** The room of each node; where columns keep their order all rows are equally high, so that they meet. */
function extentsOf({ ordered }: Picture, sized: readonly SizedNode[]): ReadonlyMap<string, Extent> {
  const above = Math.max(...sized.map(({ extent }) => extent.above));
  const below = Math.max(...sized.map(({ extent }) => extent.below));
  return new Map(sized.map(({ node, extent }) => [node.id, ordered ? { ...extent, above, below } : extent]));
}

/** A node with the sizes of its parts, before it has a place. */
interface SizedNode {
  readonly node: PictureNode;
  readonly outline: Size;
  readonly label: Size;
  readonly notes: readonly Size[];
  readonly extent: Extent;
}

function sizedNode(node: PictureNode, measure: Measure): SizedNode {
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

/** The picture with this much room; nothing where the labels do not fit. */
function drawn(
  picture: Picture,
  sized: readonly SizedNode[],
  { columns, routes }: Slots,
  { labels, fans, bows }: Lines,
  room: number,
): Try | undefined {
  const heights = heightsOf(columns, spacing.betweenRows * room);
  const { middles, widths } = columnsAcross(columns, routes, { labels, bows }, heights, room);
  const at = (slot: Slot): Point => ({ x: middles[slot.column]!, y: heights.get(slot)! });
  const slotOf = new Map(
    columns.flat().flatMap((slot) => (slot.node === undefined ? [] : [[slot.node, slot]])),
  );
  const nodes = sized.map((own) => placedNode(own, at(slotOf.get(own.node.id)!)));
  const byId = new Map(nodes.map((placed) => [placed.node.id, placed]));
  const curves = picture.edges.map(({ from, to }, position): Curve => {
    const passages = routes[position]!.slice(1, -1).map((slot) => ({
      ...at(slot),
      width: widths[slot.column]!,
    }));
    return curveOf(endOf(byId.get(from)!), endOf(byId.get(to)!), passages, bows[position]!);
  });
  const obstacles = nodes.flatMap(({ node, outline, label, notes }) => [
    ...(node.shape === "bare" ? [label] : [outline]),
    ...notes,
  ]);
  const places = labelPlaces(
    curves.map((curve, position) => ({
      curve,
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
  return { nodes, edges, covered: places.covered };
}

interface Across {
  readonly middles: readonly number[];
  readonly widths: readonly number[];
}

/** The middles of the columns: room for the labels between them, and no edge too steep. */
function columnsAcross(
  columns: Slots["columns"],
  routes: Slots["routes"],
  { labels, bows }: Pick<Lines, "labels" | "bows">,
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
      const climb = Math.abs(heights.get(slot)! - heights.get(before)!) * slope;
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

const endOf = ({ node, outline }: PlacedNode): End => ({ shape: node.shape, outline });

function placedNode({ node, outline, label, notes }: SizedNode, { x, y }: Point): PlacedNode {
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

function labelAt(
  box: Box,
  label: PlacedLabel["label"],
  tone: PlacedLabel["tone"],
  place: LabelPlace,
): PlacedLabel {
  return { ...box, label, tone, place };
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
    ...edges.flatMap(({ curve, label }) => [
      ...curve.map((point) => ({ ...point, width: 0, height: 0 })),
      ...(label ? [label] : []),
    ]),
  ];
  const left = Math.min(...boxes.map(({ x, width }) => x - width / 2)) - spacing.margin;
  const top = Math.min(...boxes.map(({ y, height }) => y - height / 2)) - spacing.margin;
  const right = Math.max(...boxes.map(({ x, width }) => x + width / 2)) + spacing.margin;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height / 2)) + spacing.margin;
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
