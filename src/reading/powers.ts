// What a superscript behind something means: a power, a transpose, a layer mark.
import type { Cursor } from "./cursor.ts";
import { isTranspose, unreadable } from "./forms.ts";
import { at, type Item, signOf } from "./item.ts";
import { isLayerMark, isTyped, scriptText } from "./script.ts";
import type { Reading } from "./syntax.ts";

/** The reading with the item's superscript as its exponent, and its subscript as the entry that is meant. */
export function raised(cursor: Cursor, item: Item, base: Reading): Reading {
  if (item.primes > 0)
    throw unreadable(`The prime ${at(item.start)} stands at no function; write it behind one: f'(z).`, item);
  return power(cursor, item, item.sub ? entryOf(item, base) : base);
}

/** (W x)_j: one entry of what the brackets hold. */
function entryOf({ atom, sub, start, end }: Item, of: Reading): Reading {
  if (sub!.some((item) => signOf(item) === "="))
    throw unreadable(
      `What is put in at a bar ${at(start)}, as in |_{w=0.6}, is not read; write the derivative alone: numbers are compared at the values that are given.`,
      { start, end },
    );
  if (atom.kind !== "group" && atom.kind !== "matrix")
    throw unreadable(
      `The subscript ${at(start)} stands at no name; write it behind a name or a vector function.`,
      { start, end },
    );
  const entry = scriptText(sub!);
  if (!/[\p{L}0-9]/u.test(entry))
    throw unreadable(
      `The subscript ${entry} ${at(start)} stands behind brackets and is no index; write \\max(0, x) for a positive part.`,
      { start, end },
    );
  return { kind: "entry", of, at: entry, start: of.start, end };
}

export function power(cursor: Cursor, { sup, start, end }: Item, base: Reading): Reading {
  if (!sup || sup.length === 0) return base;
  if (isLayerMark(sup) && !isTyped(sup))
    throw unreadable(
      `The bracketed superscript ${at(start)} is a layer mark, and what stands under it has none; write a power without brackets.`,
      { start, end },
    );
  if (isTranspose(sup) && !cursor.vocabulary.hasBase("T"))
    return { kind: "transpose", of: base, start: base.start, end };
  const exponent = cursor.inner(sup, { start, end }, "an exponent");
  return { kind: "power", base, exponent, start: base.start, end };
}
