// A piece of a formula with how tightly it binds, and the brackets that its place asks for:
//   +, binary and leading −   1    terms 1, after a minus 2
//   product                   2    factors 2.5; Σ only last
//   Σ body                    2.5  body 2
//   fraction, power           3    a symbol with a superscript counts as 3
//   symbol, number, f(…)      4    base of a power 4; inside braces or brackets anything
import { isNegative, negative, type Rational, rational } from "../../expression/rational.ts";
import type { Layout } from "./layout.ts";
import { exactText, type NumberText, printsAsFraction } from "./number.ts";

/** How tightly a layout binds. */
export type Binding = number;

export const binding = { sum: 1, product: 2, summation: 2.5, fraction: 3, power: 3, atom: 4 } as const;

/** The places that ask for brackets. */
export const asks = { term: 1, subtrahend: 2, factor: 2.5, summand: 2, base: 4 } as const;

/** A piece of a formula, its sign kept apart so that its surroundings can write it once. */
export interface Piece {
  readonly minus: boolean;
  readonly layout: Layout;
  readonly binds: Binding;
}

export function atom(layout: Layout, minus = false): Piece {
  return { minus, layout, binds: binding.atom };
}

export function fraction(top: Layout, bottom: Layout, minus = false): Piece {
  return { minus, layout: { kind: "fraction", top, bottom }, binds: binding.fraction };
}

/** The piece with its sign written. */
export function whole({ minus, layout, binds }: Piece): Layout {
  if (!minus) return layout;
  return { kind: "sum", terms: [{ minus, body: binds < asks.subtrahend ? bracketed(layout) : layout }] };
}

/** The piece as its place asks for it; a sign always calls for brackets. */
export function placed(piece: Piece, asked: Binding): Layout {
  return piece.minus || piece.binds < asked ? bracketed(whole(piece)) : piece.layout;
}

export function bracketed(body: Layout): Layout {
  return { kind: "fenced", fence: "parentheses", body };
}

/** Two signs make one. */
export function signed(minus: boolean, piece: Piece): Piece {
  return { ...piece, minus: minus !== piece.minus };
}

export function numberPiece(value: Rational): Piece {
  const minus = isNegative(value);
  const size = minus ? negative(value) : value;
  if (!printsAsFraction(size)) return { ...numberAlone(exactText(size)), minus };
  return fraction(
    whole(numberPiece(rational(size.numerator))),
    whole(numberPiece(rational(size.denominator))),
    minus,
  );
}

/** A power of ten counts as a power: (1.2 · 10⁻⁵)². */
export function numberAlone(number: NumberText): Piece {
  const binds = number.exponent === undefined ? binding.atom : binding.power;
  return { minus: false, layout: { kind: "number", number }, binds };
}
