// The numbers that are drawn for what is free in a network: away from 0, small enough that nothing saturates, short
// enough to be shown as a counterexample. Each entry's number follows from its id and the seed alone.
import { termsOf } from "../expression/build.ts";
import { type Expr, entries, entryId, type SymbolExpr } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import { uniformGenerator } from "../network/random.ts";
import { add, type Ball, divide, exactly, zero } from "../numeric/balls/ball.ts";
import { hashOf } from "../numeric/balls/stand-in.ts";
import { remembered } from "../remembered.ts";
import { symbolsOf, type Wiring } from "./wiring.ts";
import type { Binding } from "./world.ts";

/** Sizes of drawn numbers. */
const smallest = 0.35;
const largest = 1.45;

/** Digits behind the point: few enough to read, enough that two numbers never agree by chance. */
const places = 1e4;

export interface Draw {
  readonly seed: number;
  /** How many of the numbers are below 0, from 0 to 1; or the row of a balanced design of signs. */
  readonly negative: number | { readonly row: number };
  /** Exponents are whole numbers, so that negative numbers have powers. */
  readonly wholeExponents?: boolean;
  /** How many times larger the numbers are; absent: once. */
  readonly scale?: number;
  /** Targets that add up to 1, also where the network does not say so. */
  readonly distribution?: boolean;
}

/** A binding of everything free, drawn on demand. */
export function drawn(wiring: Wiring, draw: Draw): Binding {
  const known = new Map<string, Ball>();
  return {
    seed: draw.seed,
    free: (symbol) => remembered(known, keyOf(symbol), () => numberOf(wiring, symbol, draw)),
  };
}

/** The learning rate is one, whoever names it. */
function keyOf({ quantity, indices }: SymbolExpr): string {
  return quantity.role === "learningRate" ? quantity.role : entryId(quantity, indices);
}

function numberOf(wiring: Wiring, symbol: SymbolExpr, draw: Draw): Ball {
  const uniform = uniformGenerator(hashOf(keyOf(symbol), draw.seed));
  switch (symbol.quantity.role) {
    case "target":
      return target(wiring.network, symbol, draw);
    case "learningRate":
      return exactly(rounded(0.05 + 0.5 * uniform()));
    default: {
      if (draw.wholeExponents && wiring.exponents.has(symbol)) return exactly(2 + Math.floor(6 * uniform()));
      const size =
        (smallest + (largest - smallest) * uniform()) * scaleOf(wiring, symbol, draw) * (draw.scale ?? 1);
      return exactly(isNegative(wiring, symbol, draw, uniform) ? -rounded(size) : rounded(size));
    }
  }
}

/**
 * In a balanced design (Hadamard's of order 8) every quantity has both signs over the rows, and so has the product of
 * any two of seven neighbours.
 */
function isNegative(wiring: Wiring, symbol: SymbolExpr, { negative }: Draw, uniform: () => number): boolean {
  if (typeof negative === "number") return uniform() < negative;
  const column = 1 + ((wiring.positionOf(symbol) ?? 0) % 7);
  return bitCount(column & negative.row) % 2 === 1;
}

function bitCount(bits: number): number {
  return (bits & 1) + ((bits >> 1) & 1) + ((bits >> 2) & 1);
}

/** Four digits, also of the small weights of a unit with many inputs. */
function rounded(size: number): number {
  const fine = size < 0.1 ? places * 100 : places;
  return Math.round(size * fine) / fine;
}

/**
 * A weight of a unit with n inputs is drawn smaller, so that the sum over them stays of size 1: by √n where the terms
 * have either sign, by n where all are positive.
 */
function scaleOf(wiring: Wiring, symbol: SymbolExpr, { negative }: Draw): number {
  if (symbol.quantity.role !== "weight") return 1;
  const [user] = wiring.users(symbol);
  const definition = user && wiring.definition(user);
  if (!definition) return 1;
  const share = typeof negative === "number" ? negative : negative.row === 0 ? 0 : 0.5;
  const inputs = termsOf(definition).length;
  return 1 / Math.sqrt(inputs * (1 + (inputs - 1) * (1 - 2 * share) ** 2));
}

/** Between 0 and 1; divided by the sum over all targets of the sample where they are a distribution. */
function target(network: Network, symbol: SymbolExpr, draw: Draw): Ball {
  const own = rawTarget(symbol, draw.seed);
  if (!draw.distribution && !symbol.quantity.sumsToOne) return own;
  const all = besides(network, symbol).map((other) => rawTarget(other, draw.seed));
  return divide(own, all.reduce(add, zero));
}

function rawTarget(symbol: SymbolExpr, seed: number): Ball {
  return exactly(rounded(0.1 + 0.8 * uniformGenerator(hashOf(keyOf(symbol), seed))()));
}

/** The targets of the same sample, the entry itself among them. */
function besides({ graph, targets }: Network, { quantity, indices }: SymbolExpr): readonly SymbolExpr[] {
  const sample = quantity.ranges.findIndex(({ name }) => name === "samples");
  return targets.flatMap((other) =>
    [...entries(other)]
      .filter((at) => sample < 0 || at[sample] === indices[sample])
      .map((at) => graph.symbol(other, at)),
  );
}

/** The free symbols that the values of expressions depend on. */
export function freeSymbols(wiring: Wiring, exprs: readonly Expr[]): readonly SymbolExpr[] {
  const found = new Set(exprs.flatMap(symbolsOf));
  for (const symbol of found) {
    const definition = wiring.definition(symbol);
    if (definition) for (const inner of symbolsOf(definition)) found.add(inner);
  }
  return [...found].filter((symbol) => !wiring.definition(symbol));
}
