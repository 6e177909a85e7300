// Derivatives as they are written: \frac{∂A}{∂b}, \frac{∂}{∂b} A, ∂A/∂b, ∂_b A, \frac{∂²A}{∂b∂c}, ∇_b A. A is a quantity or
// an expression, b a quantity.
import { attempt } from "./attempt.ts";
import type { Cursor } from "./cursor.ts";
import { unreadable } from "./forms.ts";
import { at, type Item, type Span, signOf } from "./item.ts";
import { scriptText } from "./script.ts";
import type { NameReading, Reading } from "./syntax.ts";
import { quantity, word } from "./words.ts";

/** Whether d is also a quantity of the network: an italic d is then the differential where it is one above and below. */
function isQuantity({ vocabulary }: Cursor, { atom }: Item): boolean {
  return atom.kind === "name" && atom.style === "italic" && vocabulary.hasBase(atom.base);
}

/** The ∂ or d that an item is or can be. */
function signOfDifferential(item: Item | undefined): "∂" | "d" | undefined {
  const atom = item?.atom;
  if (atom?.kind !== "name") return undefined;
  return atom.base === "∂" || (atom.base === "d" && !item?.sub) ? atom.base : undefined;
}

/** What can stand behind the d of a derivative: a name or brackets, side by side with it. */
function isOperand(item: Item | undefined): boolean {
  return item?.atom.kind === "name" || item?.atom.kind === "group" || item?.atom.kind === "fraction";
}

/** \frac{∂A}{∂b}; with nothing behind the upper ∂, the next factor is what is derived. */
export function derivativeOfFraction(
  cursor: Cursor,
  item: Item,
  top: readonly Item[],
  bottom: readonly Item[],
): Reading | undefined {
  const sign = signOfDifferential(top[0]);
  if (sign === undefined || sign !== signOfDifferential(bottom[0])) return undefined;
  if (isQuotientOfWords(cursor, top, bottom)) return undefined;
  const read = (): Reading => derivativeAboveBelow(cursor, item, top, bottom, sign);
  if (!isQuantity(cursor, top[0]!)) return read();
  const isPair = (top.length === 1 || isOperand(top[1])) && isOperand(bottom[1]);
  return isPair ? attempted(cursor, read) : undefined;
}

/** What is read, and nothing where it cannot be: d is a factor then. */
function attempted(cursor: Cursor, read: () => Reading | undefined): Reading | undefined {
  const { place } = cursor;
  const reading = attempt(read);
  if (!reading) cursor.back(place);
  return reading;
}

/** da and db can be names themselves: \frac{da}{db} is then their quotient. */
function isQuotientOfWords(cursor: Cursor, top: readonly Item[], bottom: readonly Item[]): boolean {
  return [top, bottom].every((items) => {
    const base = items.map(({ atom }) => (atom.kind === "name" ? atom.base : " ")).join("");
    return cursor.vocabulary.words.has(base);
  });
}

function derivativeAboveBelow(
  cursor: Cursor,
  item: Item,
  top: readonly Item[],
  bottom: readonly Item[],
  sign: string,
): Reading {
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
  // In dd the second d is what is derived by.
  const starts: number[] = [];
  for (const [position, item] of bottom.entries())
    if (signOfDifferential(item) === sign && (starts.at(-1) ?? -2) < position - 1) starts.push(position);
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
  if (sign === "d" && isQuotientOfWordsInLine(cursor, item)) return undefined;
  const read = (): Reading | undefined => overSlash(cursor, item, sign);
  if (isQuantity(cursor, item)) return isPairInLine(cursor) ? attempted(cursor, read) : undefined;
  return read() ?? withoutPartner(item, sign);
}

/** d with something side by side, or d alone, in front of the slash: d/da (a + b), dc/da. */
function isPairInLine(cursor: Cursor): boolean {
  const next = cursor.peek();
  return next !== undefined && (isOperand(next) || signOf(next) === "/");
}

/** da/db, where both are names; the d of the first is `item`. */
function isQuotientOfWordsInLine(cursor: Cursor, item: Item): boolean {
  const upper = lengthOfWord(cursor, item, 0);
  const slash = upper - 1;
  const lower = cursor.peek(slash + 1);
  return (
    upper > 0 &&
    cursor.sign(slash) === "/" &&
    lower !== undefined &&
    lengthOfWord(cursor, lower, slash + 2) > 0
  );
}

/** How many letters a declared word has that begins with `first`; 0 where none does. */
function lengthOfWord(cursor: Cursor, first: Item, behind: number): number {
  const { words, longestWord } = cursor.vocabulary;
  const letters: string[] = [];
  for (let item: Item | undefined = first; item?.atom.kind === "name"; ) {
    if (item.atom.style !== "italic" || letters.length === longestWord) break;
    letters.push(item.atom.base);
    if (item.sub || item.sup || item.primes > 0) break;
    item = cursor.peek(behind + letters.length - 1);
  }
  return (
    letters.findLastIndex((_, place) => place > 0 && words.has(letters.slice(0, place + 1).join(""))) + 1
  );
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
  const of = cursor.sign() === "/" ? undefined : derivedInLine(cursor, item, sign);
  if (cursor.sign() !== "/" || !lowerDifferential(cursor, item, sign)) {
    cursor.back(start);
    return undefined;
  }
  cursor.skip();
  const by = variablesInLine(cursor, sign, order);
  if (by.length !== order)
    throw unreadable(
      `The derivative ${at(item.start)} is of order ${order} above the bar and ${by.length} below it; write ∂²E/∂w² for a second one.`,
      item,
    );
  const whole = of ?? cursor.deeper(item, () => cursor.factor());
  return derived(whole, by, item.start, cursor.end());
}

/** Behind the slash stands a ∂, or brackets that begin with one: ∂²E/(∂w ∂v). */
function lowerDifferential(cursor: Cursor, upper: Item, sign: string): boolean {
  const next = cursor.peek(1);
  const [first, second] = next?.atom.kind === "group" ? next.atom.items : [next, cursor.peek(2)];
  return signOfDifferential(first) === sign && (!isQuantity(cursor, upper) || isOperand(second));
}

/** ∂x ∂y, ∂x², or brackets around them; as many as the order says. */
function variablesInLine(cursor: Cursor, sign: string, order: number): readonly NameReading[] {
  const item = cursor.peek()!;
  cursor.skip();
  if (item.atom.kind === "group") return variables(cursor, item.atom.items, sign, item);
  const inner = cursor.factor();
  const isPower = inner.kind === "power" && inner.exponent.kind === "number";
  const times = isPower && inner.exponent.kind === "number" ? Number(inner.exponent.value.numerator) : 1;
  const variable = nameOnly(isPower ? inner.base : inner);
  const first = Array.from({ length: Math.min(times, 4) }, () => variable);
  const goesOn = first.length < order && signOfDifferential(cursor.peek()) === sign;
  return goesOn ? [...first, ...variablesInLine(cursor, sign, order - first.length)] : first;
}

/** What stands between the upper ∂ and the slash: a name or brackets. */
function derivedInLine(cursor: Cursor, upper: Item, sign: string): Reading | undefined {
  const first = cursor.peek();
  if (first?.atom.kind === "group") return cursor.factor();
  if (first?.atom.kind !== "name") return undefined;
  const isName = isQuantity(cursor, first) || lengthOfWord(cursor, first, 1) > 0;
  if (signOfDifferential(first) !== undefined && !isName) return undefined;
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
  if (cursor.sign() === "/" && lowerDifferential(cursor, upper, sign))
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
