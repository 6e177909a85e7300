// The columns of a picture: every node has a slot in its own, and an edge that skips columns has one in each that it
// passes, so that nothing is drawn through a node (Sugiyama, Tagawa and Toda 1981, "dummy vertices").
import type { Picture } from "../picture.ts";

/** Room around a point on the axis of its column. */
export interface Extent {
  readonly width: number;
  readonly above: number;
  readonly below: number;
}

export interface Slot extends Extent {
  readonly column: number;
  /** Absent where an edge passes. */
  readonly node?: string;
  readonly aside: boolean;
  /** Slots that edges lead from and to, one for each edge. */
  readonly before: Slot[];
  readonly after: Slot[];
}

/** The slots that an edge goes through, in its own direction. */
type Route = readonly Slot[];

export interface Slots {
  /** By column, top to bottom. */
  readonly columns: readonly (readonly Slot[])[];
  /** By edge. */
  readonly routes: readonly Route[];
}

/** Room that a passing edge keeps. */
const passing: Extent = { width: 0, above: 9, below: 9 };

/** The slots in the order of the picture's list, edges that pass above and below the nodes in turn. Linear in what it returns. */
export function slotsOf(picture: Picture, extents: ReadonlyMap<string, Extent>): Slots {
  const last = Math.max(0, ...picture.nodes.map(({ column }) => column));
  const columns = Array.from({ length: last + 1 }, (): Slot[] => []);
  const open = (column: number, extent: Extent, node: Pick<Slot, "node" | "aside">): Slot => {
    const slot: Slot = { column, ...extent, ...node, before: [], after: [] };
    columns[column]!.push(slot);
    return slot;
  };
  const byNode = new Map(
    picture.nodes.map(({ id, column, aside = false }) => {
      return [id, open(column, extents.get(id)!, { node: id, aside })] as const;
    }),
  );
  const routes = picture.edges.map(({ from, to }): Route => {
    const ends = [byNode.get(from)!, byNode.get(to)!] as const;
    const backward = ends[0].column > ends[1].column;
    const [left, right] = backward ? [ends[1], ends[0]] : ends;
    const between = Array.from({ length: Math.max(0, right.column - left.column - 1) }, (_, position) =>
      open(left.column + 1 + position, passing, { aside: false }),
    );
    const route = [left, ...between, right];
    for (const [position, slot] of route.slice(1).entries()) {
      route[position]!.after.push(slot);
      slot.before.push(route[position]!);
    }
    return backward ? route.toReversed() : route;
  });
  return { columns: columns.map((column) => passedAround(column, columns)), routes };
}

/** Edges that pass stand above or below the nodes, on the side on which they start; below all hangs what stands aside. */
function passedAround(column: readonly Slot[], columns: readonly (readonly Slot[])[]): readonly Slot[] {
  const startsAbove = (slot: Slot): boolean => {
    const origin = originOf(slot);
    const others = columns[origin.column]!.filter(({ node, aside }) => node !== undefined && !aside);
    return others.indexOf(origin) < others.length / 2 && !origin.aside;
  };
  const isNode = ({ node }: Slot) => node !== undefined;
  const upper = column.filter((slot) => !isNode(slot) && startsAbove(slot));
  return [
    ...upper,
    ...column.filter((slot) => isNode(slot) && !slot.aside),
    ...column.filter((slot) => !isNode(slot) && !upper.includes(slot)),
    ...column.filter(({ aside }) => aside),
  ];
}

/** The node at which a passing edge starts. */
function originOf(slot: Slot): Slot {
  return slot.node === undefined ? originOf(slot.before[0]!) : slot;
}
