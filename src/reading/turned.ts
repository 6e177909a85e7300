// Weights whose index letters stand the other way round: w_kj for w_jk.
import type { Assignment, Meaning, Occurrence } from "./letters.ts";
import type { Tables } from "./names.ts";

/**
 * The assignment as the letters were written. Between layers of equal width w_kj is another weight than w_jk, and a
 * relation with it says something else; between others it can only be a slip of notation.
 */
export function asWritten({ meanings, ranges }: Assignment, tables: Tables): Assignment {
  const kept = [...meanings].map(([occurrence, meaning]): [Occurrence, Meaning] => {
    const { quantity, indices, rank } = meaning;
    return [
      occurrence,
      isOtherWeight(occurrence, meaning, tables)
        ? { quantity, indices: indices.toReversed(), rank }
        : meaning,
    ];
  });
  return { meanings: new Map(kept), ranges };
}

function isOtherWeight({ name }: Occurrence, { quantity, slip }: Meaning, { symbols }: Tables): boolean {
  const [to, from] = quantity.ranges;
  const isSquare = to?.size !== undefined && to.size === from?.size;
  const isKnown = symbols.find(name).some((candidate) => candidate.quantity === quantity);
  return slip !== undefined && isSquare && isKnown;
}
