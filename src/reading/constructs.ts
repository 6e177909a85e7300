// Brackets, fractions, roots, Σ, Kronecker symbols, cases and matrices.
import type { Failure } from "../failure.ts";
import type { Cursor } from "./cursor.ts";
import { derivativeOfFraction } from "./differentials.ts";
import { sameIndices, unreadable } from "./forms.ts";
import { at, type Fence, type Item, isRelation, type Sign, type Span, signOf } from "./item.ts";
import { raised } from "./powers.ts";
import { scriptText } from "./script.ts";
import type { Reading } from "./syntax.ts";

type Rows = readonly (readonly (readonly Item[])[])[];

export function groupOf(cursor: Cursor, item: Item, fence: Fence, items: readonly Item[]): Reading {
  if (fence === "[" && items.some(isRelation)) return raised(cursor, item, sameIndices(items, item));
  const body = cursor.inner(items, item, "what the brackets hold");
  const { start, end } = item;
  if (fence === "|") return raised(cursor, item, { kind: "bars", body, start, end });
  if (fence === "‖") return raised(cursor, item, { kind: "norm", body, start, end });
  return raised(cursor, item, body);
}

export function fractionOf(
  cursor: Cursor,
  item: Item,
  top: readonly Item[],
  bottom: readonly Item[],
): Reading {
  const derivative = derivativeOfFraction(cursor, item, top, bottom);
  if (derivative) return raised(cursor, item, derivative);
  const above = cursor.inner(top, item, "a numerator");
  const below = cursor.inner(bottom, item, "a denominator");
  const { start, end } = item;
  return raised(cursor, item, { kind: "quotient", top: above, bottom: below, start, end });
}

export function rootOf(
  cursor: Cursor,
  { start, end }: Span,
  atom: Extract<Item["atom"], { readonly kind: "root" }>,
): Reading {
  const span = { start, end };
  const body = cursor.inner(atom.body, span, "what stands under the root");
  if (!atom.degree) return { kind: "root", body, ...span };
  return { kind: "root", body, degree: cursor.inner(atom.degree, span, "the degree of the root"), ...span };
}

/** Σ reaches to the end of its product. */
export function summationOf(cursor: Cursor, item: Item): Reading {
  const { sub = [], sup, start } = item;
  const relation = sub.findIndex((each) => signOf(each) === "=");
  const under = relation < 0 ? sub : sub.slice(0, relation);
  const letters = scriptText(under)
    .split(/,|(?=\p{L})/u)
    .filter((letter) => letter !== "");
  if (letters.length === 0 || !letters.every((letter) => /^\p{L}$/u.test(letter)))
    throw unreadable(`The Σ ${at(start)} needs its index letter under it; write \\sum_{k}.`, item);
  const limits = {
    ...(relation >= 0 && { from: scriptText(sub.slice(relation + 1)) }),
    ...(sup && { to: scriptText(sup) }),
  };
  if (!cursor.peek())
    throw unreadable(`The Σ ${at(start)} has nothing to add up; write its terms behind it.`, item);
  const body = cursor.deeper(item, () => cursor.product());
  return { kind: "summation", letters, ...limits, body, start, end: body.end };
}

/** 1_{jk}, with any 1. */
export function kroneckerOf(item: Item): Reading {
  const { sub = [], sup, primes, start, end } = item;
  const [left, right, ...more] = scriptText(sub).split(/,|(?<=\p{L})(?=\p{L}|[0-9])|(?<=[0-9])(?=\p{L})/u);
  if (!left || !right || more.length > 0 || sup || primes > 0)
    throw unreadable(
      `The 1 with a subscript ${at(start)} is read as the Kronecker symbol, which has two indices; write 1_{jk} or [j = k].`,
      item,
    );
  return { kind: "same", left, right, start, end };
}

/** Two rows: the value where something is above 0, and the value elsewhere, in either order. */
export function casesOf(cursor: Cursor, item: Item, rows: Rows): Reading {
  const [first, second, ...more] = rows.map((row) => row.map(withoutWords));
  if (!first || !second || more.length > 0 || first.length !== 2 || second.length !== 2)
    throw unreadable(
      `The cases ${at(item.start)} have not two rows of a value and a condition; write x > 0 in the first and x \\le 0 in the second.`,
      item,
    );
  const one = comparison(cursor, first[1]!, item);
  const other =
    second[1]!.length === 0 ? { of: one.of, above: !one.above } : comparison(cursor, second[1]!, item);
  if (one.above === other.above) throw noComparison(item);
  const values = [first[0]!, second[0]!].map((cell) => cursor.inner(cell, item, "a value"));
  const [above, below] = one.above ? values : values.toReversed();
  const { start, end } = item;
  return { kind: "cases", condition: one.of, otherwise: other.of, above: above!, below: below!, start, end };
}

/** \text{if } and \text{otherwise} say nothing that the rows do not. */
function withoutWords(items: readonly Item[]): readonly Item[] {
  return items.filter(({ atom }, position) => {
    const isComma = atom.kind === "sign" && atom.sign === "," && position === items.length - 1;
    return atom.kind !== "words" && !isComma && !(atom.kind === "sign" && atom.sign === "gap");
  });
}

const comparisons = new Map<Sign | undefined, boolean>([
  [">", true],
  ["≥", true],
  ["<", false],
  ["≤", false],
]);

/** The left side of `x > 0`; at 0 itself a convention decides, so that > and ≥ are one. */
function comparison(
  cursor: Cursor,
  items: readonly Item[],
  span: Span,
): { readonly of: Reading; readonly above: boolean } {
  const place = items.findIndex((item) => comparisons.has(signOf(item)));
  const [zero, ...more] = items.slice(place + 1);
  const isZero = zero?.atom.kind === "number" && /^0+$/.test(zero.atom.digits) && more.length === 0;
  if (place < 0 || !isZero) throw noComparison(span);
  const above = comparisons.get(signOf(items[place]!))!;
  return { of: cursor.inner(items.slice(0, place), span, "what is compared"), above };
}

function noComparison(span: Span): Failure {
  return unreadable(
    `The conditions of the cases ${at(span.start)} are not one above 0 and one below; write x > 0 in the first row and x \\le 0 in the second.`,
    span,
  );
}

/** A matrix written out entry by entry; all rows are equally long. */
export function matrixOf(cursor: Cursor, item: Item, rows: Rows): Reading {
  const width = rows[0]?.length ?? 0;
  const uneven = rows.findIndex((row) => row.length !== width);
  if (uneven >= 0)
    throw unreadable(
      `Row ${uneven + 1} of the matrix ${at(item.start)} has ${rows[uneven]!.length} entries, and the first row ${width}; write as many in each.`,
      item,
    );
  const entries = rows.map((row) => row.map((cell) => cursor.inner(cell, cell[0] ?? item, "an entry")));
  return { kind: "matrix", rows: entries, start: item.start, end: item.end };
}
