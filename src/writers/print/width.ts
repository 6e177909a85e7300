// Layout -> width in characters of ordinary text, near enough to decide where lines break.
import type { Name, Part } from "../../notation/name.ts";
import { greekLetters } from "../../notation/name.ts";
import { type Table, write } from "../table.ts";
import type { Layout } from "./layout.ts";

/** Scripts are set at about seven tenths of the size. */
const scriptScale = 0.7;

/** ` + ` and ` = `. */
const operatorWidth = 3;

/** A box with its letter and room to write in. */
const blankWidth = 5;

export function widthOf(layout: Layout): number {
  return write(rows, layout);
}

const total = (widths: readonly number[]): number => widths.reduce((left, right) => left + right, 0);

const rows: Table<Layout, [], number> = {
  name: ({ name }) => nameWidth(name),
  blank: () => blankWidth,
  index: ({ text }) => text.length * scriptScale,
  number: ({ number }) => number.digits.length + (number.exponent === undefined ? 0 : 5),
  slash: ({ top, bottom }) => top.length + bottom.length + 1,
  sum: ({ terms }) =>
    total(terms.map(({ body }) => widthOf(body))) +
    operatorWidth * (terms.length - 1) +
    (terms[0]!.minus ? 1 : 0),
  product: ({ factors, signs }) =>
    total(factors.map(widthOf)) + total(signs.map((sign) => (sign === "none" ? 0.5 : operatorWidth - 1))),
  chain: ({ sides }) => total(sides.map(widthOf)) + operatorWidth * (sides.length - 1),
  fraction: ({ top, bottom }) => Math.max(widthOf(top), widthOf(bottom)) + 0.5,
  fenced: ({ body }) => widthOf(body) + 1,
  power: ({ base, exponent }) => widthOf(base) + widthOf(exponent) * scriptScale,
  exponential: ({ exponent }) => 1 + widthOf(exponent) * scriptScale,
  root: ({ body }) => widthOf(body) + 1.5,
  function: ({ spelling }) => spelling.plain.length,
  primed: ({ head }) => widthOf(head) + 0.5,
  subscripted: ({ head, sub }) => widthOf(head) + widthOf(sub) * scriptScale,
  call: ({ head, before = "", args }) =>
    widthOf(head) + before.length + 1 + total(args.map(widthOf)) + 2 * (args.length - 1),
  summation: ({ body }) => 2.5 + widthOf(body),
  transposed: ({ of }) => widthOf(of) + scriptScale,
  array: ({ rows: lines }) =>
    Math.max(...lines.map((line) => total(line.map(widthOf)) + 2 * line.length)) + 2,
  differential: ({ of }) => 1 + widthOf(of),
  same: ({ left, right }) => left.length + right.length + 4,
  cases: ({ cases }) => 6 + Math.max(...cases.map(({ value, when }) => widthOf(value) + widthOf(when.of))),
};

function nameWidth({ letter, sub, sup }: Name): number {
  const base = greekLetters.has(letter) ? 1 : letter.length;
  return base + Math.max(scriptWidth(sub), scriptWidth(sup)) * scriptScale;
}

function scriptWidth(parts: readonly Part[]): number {
  return total(parts.map((part) => (typeof part === "string" ? part.length : nameWidth(part))));
}
