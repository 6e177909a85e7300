// Where each index range lies in a network, and what a dialect calls its n-th unit.
import type { Quantity, Range } from "../expression/expr.ts";
import type { Notation } from "./notation.ts";

/** The part of a network that names depend on. */
export interface Nameable {
  readonly quantities: readonly Quantity[];
  readonly outputs: readonly { readonly quantity: Quantity }[];
  readonly loss: Quantity;
  readonly samples: { readonly count: number };
}

/** A layer of units: the range that counts them, its number (inputs are 0), and how many units come before. */
export interface UnitLayer {
  readonly layer: number;
  readonly before: number;
  /** Units before it that carry the same letter in `unitNames`. */
  readonly sameLetterBefore: number;
  readonly unitName: string;
  readonly isLast: boolean;
}

/** The ranges that count units of layers. Complexity: linear in the number of layers. */
export function unitLayers(network: Nameable, notation: Notation): ReadonlyMap<Range, UnitLayer> {
  const ranges = new Map<number, Range>();
  for (const { role, layer, ranges: own } of network.quantities) {
    const range = own.find((each) => !isSamples(each));
    if (layer !== undefined && range && isUnitRole(role)) ranges.set(layer, range);
  }
  const depth = Math.max(0, ...ranges.keys());
  const layers = new Map<Range, UnitLayer>();
  const counts = new Map<string, number>();
  let before = 0;
  for (const [layer, range] of [...ranges].sort(([left], [right]) => left - right)) {
    const unitName = unitNameOf(notation, layer, depth);
    const sameLetterBefore = counts.get(unitName) ?? 0;
    layers.set(range, { layer, before, sameLetterBefore, unitName, isLast: layer === depth });
    before += range.size ?? 0;
    counts.set(unitName, sameLetterBefore + (range.size ?? 0));
  }
  return layers;
}

/** Ranges over samples are told by their name: they belong to no layer. */
export function isSamples(range: Range): boolean {
  return range.name === "samples";
}

function isUnitRole(role: Quantity["role"]): boolean {
  return role === "input" || role === "preActivation" || role === "activation" || role === "output";
}

/** `unitNames` is stretched over the network: its ends are the inputs and the outputs, its middle the hidden layers. */
function unitNameOf(notation: Notation, layer: number, depth: number): string {
  const names = notation.unitNames;
  if (!names) return "";
  if (layer === 0) return names[0]!;
  return layer === depth ? names[names.length - 1]! : names[Math.min(layer, names.length - 2)]!;
}

/**
 * The text of one index. With layer marks units count from 1 in each layer; without, they are numbered through the
 * network, inputs first; with `unitNames` they are h1, h2, … A letter stands for itself.
 */
export function indexText(
  index: number | string,
  range: Range | undefined,
  layers: ReadonlyMap<Range, UnitLayer>,
  notation: Notation,
): string {
  const unit = range && layers.get(range);
  if (!unit || typeof index === "string") return String(index);
  if (notation.unitNames) return `${unit.unitName}${index + unit.sameLetterBefore}`;
  return String(notation.layerMark === "none" ? index + unit.before : index);
}
