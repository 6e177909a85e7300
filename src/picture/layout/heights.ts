// The heights within the columns: every slot as near to the middle of its neighbours as the room of the others allows.
import type { Slot } from "./slots.ts";

/** Sweeps there and back until the heights stand still (measured: no change above half a pixel). */
const sweeps = 16;

/** The height of every slot; slots of a column keep their order and at least `gap` between them. */
export function heightsOf(columns: readonly (readonly Slot[])[], gap: number): ReadonlyMap<Slot, number> {
  const heights = new Map<Slot, number>();
  const main = columns.map((column) => column.filter(({ aside }) => !aside));
  balance(main, gap, heights);
  for (const column of columns) hang(column, gap, heights);
  return heights;
}

function balance(columns: readonly (readonly Slot[])[], gap: number, heights: Map<Slot, number>): void {
  for (const column of columns) settle(column, new Array<number>(column.length).fill(0), gap, heights);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const order = sweep % 2 === 0 ? columns : columns.toReversed();
    for (const column of order) {
      const wanted = column.map((slot) => {
        const neighbours = [...slot.before, ...slot.after].filter(({ aside }) => !aside);
        if (neighbours.length === 0) return heights.get(slot)!;
        return neighbours.reduce((total, other) => total + heights.get(other)!, 0) / neighbours.length;
      });
      settle(column, wanted, gap, heights);
    }
  }
}

/** What stands aside hangs below its column. */
function hang(column: readonly Slot[], gap: number, heights: Map<Slot, number>): void {
  for (const [position, slot] of column.entries()) {
    if (!slot.aside) continue;
    const before = column[position - 1];
    heights.set(slot, before ? heights.get(before)! + before.below + gap + slot.above : 0);
  }
}

/**
 * The heights nearest to `wanted`, least squares, with room between them: isotonic regression by pooling adjacent
 * violators (Ayer and others 1955) after the room itself is taken away.
 */
function settle(
  column: readonly Slot[],
  wanted: readonly number[],
  gap: number,
  heights: Map<Slot, number>,
): void {
  let room = 0;
  const offsets = column.map((slot, position) => {
    if (position > 0) room += column[position - 1]!.below + slot.above + gap;
    return room;
  });
  const pools: { total: number; count: number }[] = [];
  for (const [position, height] of wanted.entries()) {
    pools.push({ total: height - offsets[position]!, count: 1 });
    while (pools.length > 1 && mean(pools.at(-2)!) >= mean(pools.at(-1)!)) {
      const last = pools.pop()!;
      const pool = pools.at(-1)!;
      pool.total += last.total;
      pool.count += last.count;
    }
  }
  const settled = pools.flatMap((pool) => new Array<number>(pool.count).fill(mean(pool)));
  for (const [position, slot] of column.entries()) heights.set(slot, settled[position]! + offsets[position]!);
}

const mean = ({ total, count }: { total: number; count: number }) => total / count;
