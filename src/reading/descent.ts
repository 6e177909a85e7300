// Items of one side -> Reading, by recursive descent:
//
//   sum     = [sign] product { ("+" | "−") product }
//   product = term { "⊙" term }
//   term    = factor { ["·" | "/"] factor } [Σ product]       from left to right: 1/2 x is (1/2)x
//   factor  = atom { ^ exponent }                             a bracketed superscript is a layer mark, never an exponent
//   atom    = number | name | call | (sum) | |sum| | \frac{sum}{sum} | \sqrt{sum} | ∂sum/∂name | [j = k] | cases | matrix
import { casesOf, fractionOf, groupOf, kroneckerOf, matrixOf, rootOf, summationOf } from "./constructs.ts";
import { Cursor } from "./cursor.ts";
import { numberBehind, numberReading, productOf, quotient, unexpected, unreadable } from "./forms.ts";
import { at, type Item, type Span, signOf } from "./item.ts";
import { raised } from "./powers.ts";
import type { Reading, SignedReading, Vocabulary } from "./syntax.ts";
import { named } from "./words.ts";

/** The items as one sum. Throws Failure "formula-syntax" or "limit-exceeded" with the position. */
export function readSide(items: readonly Item[], vocabulary: Vocabulary, span: Span): Reading {
  return new Cursor(items, vocabulary, { sum, product, factor }, span).whole("a side of the relation");
}

function sum(cursor: Cursor): Reading {
  const { start } = cursor.peek()!;
  const terms: SignedReading[] = [];
  do terms.push({ minus: minus(cursor), of: product(cursor) });
  while (cursor.sign() === "+" || cursor.sign() === "-");
  const [only] = terms;
  if (terms.length === 1 && !only!.minus) return only!.of;
  return { kind: "sum", terms, start, end: cursor.end() };
}

/** Whether the signs in front make a minus together. */
function minus(cursor: Cursor): boolean {
  let negative = false;
  for (let sign = cursor.sign(); sign === "+" || sign === "-"; sign = cursor.sign()) {
    negative = negative !== (sign === "-");
    cursor.skip();
  }
  return negative;
}

/** ⊙ binds less than what stands side by side: a ⊙ Wᵀδ is a ⊙ (Wᵀδ). */
function product(cursor: Cursor): Reading {
  const factors = [plainProduct(cursor)];
  while (cursor.sign() === "⊙") {
    cursor.skip();
    factors.push(plainProduct(cursor));
  }
  const [first] = factors;
  return factors.length === 1
    ? first!
    : { kind: "hadamard", factors, start: first!.start, end: factors.at(-1)!.end };
}

function plainProduct(cursor: Cursor): Reading {
  const start = cursor.peek()?.start ?? cursor.end();
  let factors: readonly Reading[] = [factor(cursor)];
  for (let next = cursor.peek(); next; next = cursor.peek()) {
    const sign = signOf(next);
    if (sign === "·" || sign === "/") cursor.skip();
    else if (sign !== undefined || next.atom.kind === "words") break;
    else if (next.atom.kind === "number") throw numberBehind(next);
    const before = cursor.end();
    const other = sign === undefined ? factor(cursor) : signedFactor(cursor);
    factors = sign === "/" ? [quotient(productOf(factors, start, before), other)] : [...factors, other];
  }
  return productOf(factors, start, cursor.end());
}

/** A sign may follow an operator: a · −b. */
function signedFactor(cursor: Cursor): Reading {
  const start = cursor.peek()?.start ?? cursor.end();
  const negative = minus(cursor);
  const of = factor(cursor);
  return negative ? { kind: "sum", terms: [{ minus: true, of }], start, end: of.end } : of;
}

function factor(cursor: Cursor): Reading {
  const item = cursor.peek();
  if (!item) {
    const end = cursor.end();
    throw unreadable(`Something is missing ${at(end)}; write the factor or term that belongs there.`, {
      start: end,
      end,
    });
  }
  cursor.skip();
  const { atom } = item;
  switch (atom.kind) {
    case "sign":
      throw unexpected(item);
    case "number":
      return item.sub ? kroneckerOf(item) : raised(cursor, item, numberReading(atom.digits, item));
    case "name":
      return named(cursor, item, atom.base, atom.style);
    case "group":
      return groupOf(cursor, item, atom.fence, atom.items);
    case "fraction":
      return fractionOf(cursor, item, atom.top, atom.bottom);
    case "root":
      return raised(cursor, item, rootOf(cursor, item, atom));
    case "summation":
      return summationOf(cursor, item);
    case "cases":
      return raised(cursor, item, casesOf(cursor, item, atom.rows));
    case "matrix":
      return raised(cursor, item, matrixOf(cursor, item, atom.rows));
    case "unread":
      throw atom.failure;
    case "words":
      throw unreadable(
        `The words "${atom.text}" ${at(item.start)} stand where a factor or term was expected.`,
        item,
      );
  }
}
