// Derivatives as they are written: \frac{∂A}{∂b}, \frac{∂}{∂b} A, ∂A/∂b, ∂_b A, \frac{∂²A}{∂b∂c}, ∇_b A. A is a quantity or
// an expression, b a quantity.
import type { Cursor } from "./cursor.ts";
import { unreadable } from "./forms.ts";
import { at, type Item, type NameStyle, type Span, signOf } from "./item.ts";
import { scriptText } from "./script.ts";
import type { NameReading, Reading } from "./syntax.ts";
import { quantity, word } from "./words.ts";

/** An upright d is always the differential, an italic one unless a quantity is called d. */
export function isDifferential({ vocabulary }: Cursor, style: NameStyle): boolean {
  return style === "upright" || !vocabulary.hasBase("d");
}

/** The ∂ or d that an item is. */
function signOfDifferential(cursor: Cursor, item: Item | undefined): string | undefined {
  const atom = item?.atom;
  if (atom?.kind !== "name") return undefined;
  return atom.base === "∂" || (atom.base === "d" && isDifferential(cursor, atom.style))
    ? atom.base
    : undefined;
}

/** \frac{∂A}{∂b}; with nothing behind the upper ∂, the next factor is what is derived. */
export function derivativeOfFraction(
  cursor: Cursor,
  item: Item,
  top: readonly Item[],
  bottom: readonly Item[],
): Reading | undefined {
  const sign = signOfDifferential(cursor, top[0]);
  if (sign === undefined || sign !== signOfDifferential(cursor, bottom[0])) return undefined;
  const span = { start: item.start, end: item.end };
  const order = orderOf(top[0]!);
  const by = variables(cursor, bottom, sign, span);
  if (by.length !== order)
    throw unreadable(
      `The derivative ${at(item.start)} is of order ${order} above the bar and ${by.length} below it; write \\frac{\\partial^2 E}{\\partial w^2} for a second one.`,
      span,
    );
  const of =
    top.length > 1
      ? cursor.inner(top.slice(1), top[1]!, "a quantity")
      : cursor.deeper(item, () => cursor.factor());
  return derived(of, by, span.start, Math.max(span.end, of.end));
}

/** ∂/∂b of ∂/∂c of A, the last variable innermost. */
function derived(of: Reading, by: readonly NameReading[], start: number, end: number): Reading {
  return by.reduceRight<Reading>(
    (inner, variable) => ({ kind: "derivative", of: inner, by: variable, start, end }),
    of,
  );
}

/** The order that stands at a ∂: 1 without a superscript. */
function orderOf({ sup, start, end }: Item): number {
  if (!sup) return 1;
  const order = /^[1-4]$/.test(scriptText(sup)) ? Number(scriptText(sup)) : undefined;
  if (order === undefined)
    throw unreadable(
      `The superscript of the ∂ ${at(start)} is no order of a derivative; write \\partial^2.`,
      { start, end },
    );
  return order;
}

/** What stands behind each ∂ below the bar; ∂w² counts twice. */
function variables(
  cursor: Cursor,
  bottom: readonly Item[],
  sign: string,
  span: Span,
): readonly NameReading[] {
  const starts = bottom.flatMap((item, position) =>
    signOfDifferential(cursor, item) === sign ? [position] : [],
  );
  return starts.flatMap((from, place) => {
    const items = bottom
      .slice(from + 1, starts[place + 1] ?? bottom.length)
      .filter((item) => signOf(item) !== "·");
    const inner = cursor.inner(items, items[0] ?? span, "a quantity");
    const isPower = inner.kind === "power" && inner.exponent.kind === "number";
    const times = isPower && inner.exponent.kind === "number" ? Number(inner.exponent.value.numerator) : 1;
    const variable = nameOnly(isPower ? inner.base : inner);
    return Array.from({ length: Math.min(times, 4) }, () => variable);
  });
}

function nameOnly(reading: Reading): NameReading {
  if (reading.kind === "name") return reading;
  throw unreadable(
    `The derivative ${at(reading.start)} is not by one quantity; write each factor as \\frac{\\partial E}{\\partial w}.`,
    reading,
  );
}

/** ∂A/∂b in one line, or ∂_b A. */
export function differentialInLine(cursor: Cursor, item: Item, sign: string): Reading | undefined {
  if (item.sub && sign === "∂") {
    const by = nameOnly(cursor.inner(item.sub, item, "a quantity"));
    const of = cursor.deeper(item, () => cursor.factor());
    return { kind: "derivative", of, by, start: item.start, end: of.end };
  }
  return overSlash(cursor, item, sign) ?? withoutPartner(item, sign);
}

function withoutPartner(item: Item, sign: string): undefined {
  if (sign === "d") return undefined;
  throw unreadable(
    `The ∂ ${at(item.start)} belongs to no derivative; write \\frac{\\partial E}{\\partial w}.`,
    item,
  );
}

/** From behind the upper ∂: `A/∂b`, or `/∂b A`; nothing is read where no `/∂` follows. */
function overSlash(cursor: Cursor, item: Item, sign: string): Reading | undefined {
  const start = cursor.place;
  const order = orderOf(item);
  const of = cursor.sign() === "/" ? undefined : derivedInLine(cursor, sign);
  if (cursor.sign() !== "/" || !lowerDifferential(cursor, sign)) {
    cursor.back(start);
    return undefined;
  }
  cursor.skip();
  const by = variablesInLine(cursor, sign);
  if (by.length !== order)
    throw unreadable(
      `The derivative ${at(item.start)} is of order ${order} above the bar and ${by.length} below it; write ∂²E/∂w² for a second one.`,
      item,
    );
  const whole = of ?? cursor.deeper(item, () => cursor.factor());
  return derived(whole, by, item.start, cursor.end());
}

/** Behind the slash stands a ∂, or brackets that begin with one: ∂²E/(∂w ∂v). */
function lowerDifferential(cursor: Cursor, sign: string): boolean {
  const next = cursor.peek(1);
  const first = next?.atom.kind === "group" ? next.atom.items[0] : next;
  return signOfDifferential(cursor, first) === sign;
}

function variablesInLine(cursor: Cursor, sign: string): readonly NameReading[] {
  const item = cursor.peek()!;
  cursor.skip();
  if (item.atom.kind === "group") return variables(cursor, item.atom.items, sign, item);
  const inner = cursor.factor();
  if (inner.kind === "power" && inner.exponent.kind === "number") {
    const variable = nameOnly(inner.base);
    return Array.from({ length: Math.min(Number(inner.exponent.value.numerator), 4) }, () => variable);
  }
  return [nameOnly(inner)];
}

/** What stands between the upper ∂ and the slash: a name or brackets. */
function derivedInLine(cursor: Cursor, sign: string): Reading | undefined {
  const first = cursor.peek();
  if (first?.atom.kind === "group") return cursor.factor();
  if (first?.atom.kind !== "name" || signOfDifferential(cursor, first) !== undefined) return undefined;
  const start = cursor.place;
  cursor.skip();
  const whole =
    first.atom.style === "italic"
      ? word(cursor, first, first.atom.base)
      : { item: first, base: first.atom.base };
  const called = cursor.peek();
  if (called?.atom.kind === "group" && signOf(cursor.peek(1) ?? called) === "/") {
    cursor.back(start);
    return cursor.factor();
  }
  if (cursor.sign() === "/" && lowerDifferential(cursor, sign))
    return quantity(cursor, whole.item, whole.base);
  cursor.back(start);
  return undefined;
}

/** ∇_w E, or ∇E: the derivatives by all entries. */
export function gradientOf(cursor: Cursor, item: Item): Reading {
  if (!item.sub)
    throw unreadable(`The gradient ∇ ${at(item.start)} does not say by what; write \\nabla_{w} E.`, item);
  const by = nameOnly(cursor.inner(item.sub, item, "a quantity"));
  const of = cursor.deeper(item, () => cursor.factor());
  return { kind: "derivative", of, by, start: item.start, end: of.end };
}
