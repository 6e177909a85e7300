// Places for the notes of nodes: below their node, to the side of its middle or above it where fewer edges run behind them.
import type { Box, PlacedLabel, PlacedNode } from "./drawing.ts";
import { type Line, meet, runsBelow } from "./lines.ts";

/** Room between a note and the next label, and between it and a line; px. */
const room = 3;

export interface NotePlaces {
  readonly nodes: readonly PlacedNode[];
  /** How many edges still run behind a note. */
  readonly covered: number;
}

/** The nodes with their notes moved sideways. Complexity: notes times edges. */
export function withNotesAside(nodes: readonly PlacedNode[], lines: readonly Line[]): NotePlaces {
  const notes = new Map(nodes.flatMap((own) => own.notes.map((note) => [note, note] as const)));
  let covered = 0;
  for (const { outline, notes: own } of nodes) {
    for (const note of own) {
      const others = [...nodes.map((node) => node.outline), ...notes.values()].filter(
        (other) => other !== note && other !== outline,
      );
      const best = clearest(note, outline, others, lines);
      notes.set(note, best.note);
      covered += best.below;
    }
  }
  return {
    nodes: nodes.map((own) => ({ ...own, notes: own.notes.map((note) => notes.get(note)!) })),
    covered,
  };
}

interface Place {
  readonly note: PlacedLabel;
  readonly below: number;
}

/** The first place with the fewest edges behind it; the middle, which has its room reserved, is one of them. */
function clearest(note: PlacedLabel, outline: Box, others: readonly Box[], lines: readonly Line[]): Place {
  let best: Place | undefined;
  for (const place of placesOf(note, outline)) {
    if (best && others.some((other) => meet(place, other, room))) continue;
    const around = { ...place, width: place.width + 2 * room, height: place.height + 2 * room };
    const below = lines.filter((line) => runsBelow(line, around)).length;
    if (best === undefined || below < best.below) best = { note: place, below };
    if (below === 0) break;
  }
  return best!;
}

/** Below the node: in its middle, flush with either side of it, all to the left or to the right; then the same above. */
function placesOf(note: PlacedLabel, outline: Box): readonly PlacedLabel[] {
  const [flush, beside] = [Math.max(0, (note.width - outline.width) / 2), note.width / 2];
  const above = outline.y - outline.height / 2 - room - note.height / 2;
  return [note.y, above].flatMap((y) =>
    [0, -flush, flush, -beside, beside].map((shift) => ({ ...note, x: note.x + shift, y })),
  );
}
