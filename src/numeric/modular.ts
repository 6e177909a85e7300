// Symbolic equality by exact arithmetic: two rational expressions in the same opaque parts are evaluated at random
// residues modulo a prime. Unequal ones agree by chance with probability below degree / p (Schwartz 1980; Zippel 1979).
import type { Expr, SymbolExpr } from "../expression/expr.ts";
import { isWhole } from "../expression/rational.ts";

/** The Mersenne prime 2^61 - 1. */
const prime = 2n ** 61n - 1n;

/** Residues of expressions; what is no sum, product or whole power stands for itself, by its place in the graph. */
export class Residues {
  readonly #known = new Map<Expr, bigint | undefined>();
  readonly #definition: (symbol: SymbolExpr) => Expr | undefined;
  readonly #given: (symbol: SymbolExpr) => bigint | undefined;

  /**
   * `definition` gives the expression behind a δ, `given` a residue fixed beforehand (targets that add up to 1).
   */
  constructor(
    definition: (symbol: SymbolExpr) => Expr | undefined,
    given: (symbol: SymbolExpr) => bigint | undefined,
  ) {
    this.#definition = definition;
    this.#given = given;
  }

  /** Nothing where a division by 0 or a fractional power leaves the question open. */
  of(expr: Expr): bigint | undefined {
    if (this.#known.has(expr)) return this.#known.get(expr);
    const value = this.#compute(expr);
    this.#known.set(expr, value);
    return value;
  }

  #compute(expr: Expr): bigint | undefined {
    if (expr.kind === "number") return ratio(expr.value.numerator, expr.value.denominator);
    if (expr.kind === "symbol") {
      const definition = this.#definition(expr);
      return definition ? this.of(definition) : (this.#given(expr) ?? randomResidue(expr.id));
    }
    if (expr.kind !== "apply") return randomResidue(expr.id);
    switch (expr.op.kind) {
      case "sum":
        return this.#fold(expr.args, 0n, (total, value) => total + value);
      case "product":
        return this.#fold(expr.args, 1n, (total, value) => total * value);
      case "power":
        return this.#power(expr.args[0]!, expr.args[1]!);
      default:
        return randomResidue(expr.id);
    }
  }

  #fold(
    parts: readonly Expr[],
    start: bigint,
    combine: (total: bigint, value: bigint) => bigint,
  ): bigint | undefined {
    let total = start;
    for (const part of parts) {
      const value = this.of(part);
      if (value === undefined) return undefined;
      total = reduce(combine(total, value));
    }
    return total;
  }

  #power(base: Expr, exponent: Expr): bigint | undefined {
    const value = this.of(base);
    if (exponent.kind !== "number" || !isWhole(exponent.value) || value === undefined) return undefined;
    const { numerator } = exponent.value;
    const positive = powerOf(value, numerator < 0n ? -numerator : numerator);
    return numerator < 0n ? ratio(1n, positive) : positive;
  }
}

export function reduce(value: bigint): bigint {
  const rest = value % prime;
  return rest < 0n ? rest + prime : rest;
}

function ratio(top: bigint, bottom: bigint): bigint | undefined {
  const divisor = reduce(bottom);
  return divisor === 0n ? undefined : reduce(top * powerOf(divisor, prime - 2n));
}

function powerOf(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = reduce(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = reduce(result * square);
    square = reduce(square * square);
  }
  return result;
}

/** A fixed scramble of a node's number (SplitMix64, Steele, Lea and Flood 2014). */
export function randomResidue(number: number): bigint {
  let mixed = BigInt.asUintN(64, (BigInt(number) + 1n) * 0x9e3779b97f4a7c15n);
  mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
  mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
  return reduce(mixed ^ (mixed >> 31n));
}
