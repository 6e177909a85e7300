// The order within the columns: the barycentre heuristic (Sugiyama, Tagawa and Toda 1981), the best of several sweeps.
import type { Slot } from "./slots.ts";

type Columns = readonly (readonly Slot[])[];

/** Sweeps there and back; more bring nothing at the sizes that fit on a page (measured at 30 units). */
const sweeps = 12;

/** The columns with their slots in an order in which few edges cross. */
export function untangled(columns: Columns): Columns {
  let best = columns;
  let fewest = crossings(columns);
  let current = columns;
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    current = swept(current, sweep % 2 === 0);
    const found = crossings(current);
    if (found < fewest) {
      best = current;
      fewest = found;
    }
  }
  return best;
}

/** Each column sorted by the mean place of its neighbours in the column that was sorted before it. */
function swept(columns: Columns, forward: boolean): Columns {
  const result = [...columns];
  const order = [...columns.keys()];
  const place = new Map(
    columns.flatMap((column) => column.map((slot, position) => [slot, position] as const)),
  );
  for (const index of forward ? order : order.toReversed()) {
    const mean = (slot: Slot): number => {
      const neighbours = forward ? slot.before : slot.after;
      if (neighbours.length === 0) return place.get(slot)!;
      return neighbours.reduce((total, other) => total + place.get(other)!, 0) / neighbours.length;
    };
    const means = new Map(result[index]!.map((slot) => [slot, mean(slot)]));
    result[index] = result[index]!.toSorted((left, right) =>
      left.aside === right.aside ? means.get(left)! - means.get(right)! : left.aside ? 1 : -1,
    );
    for (const [position, slot] of result[index]!.entries()) place.set(slot, position);
  }
  return result;
}

/** Pairs of edges between neighbouring columns that cross, of nodes aside not counted. Quadratic in the edges of a column. */
function crossings(columns: Columns): number {
  let total = 0;
  for (const [index, column] of columns.entries()) {
    const next = new Map(columns[index + 1]?.map((slot, position) => [slot, position]));
    const edges = column
      .filter(({ aside }) => !aside)
      .map(({ after }) => after.map((other) => next.get(other)!));
    for (const [upper, upperEnds] of edges.entries())
      for (const lowerEnds of edges.slice(upper + 1))
        for (const upperEnd of upperEnds)
          for (const lowerEnd of lowerEnds) if (upperEnd > lowerEnd) total += 1;
  }
  return total;
}
