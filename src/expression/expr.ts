// The expression types: everything Handgrad says is a printing of one of these trees.
//
// Index notation is the source: a layer is one Quantity per kind whatever its width, its entries are reached by
// indices, and Σ binds an index. Units and equations are quantities without indices.
// (Laue, Mitterreiter, Giesen 2018: matrix notation is not closed under differentiation, index notation is.)
import type { Operation } from "../primitives/primitive.ts";
import type { Rational } from "./rational.ts";

/** What an index counts: "units of layer 2", "inputs", "samples". Identity is the object. */
export interface Range {
  readonly name: string;
  /** Of the units of no particular layer: where they lie, seen from the unit that a rule is about. */
  readonly place?: "before" | "here" | "after";
  /** Absent: a symbolic size. */
  readonly size?: number;
  /** How the size is written where a Σ states its limits: 3, or the letter n. Absent: the limits go without saying. */
  readonly limit?: string;
}

/** A concrete position (from 1), or a letter: a formal such as `$0`, or a bound index `#1` numbered by height. */
export type Index = number | string;

export type Role =
  | "input"
  | "weight"
  | "bias"
  | "parameter"
  | "constant"
  | "preActivation"
  | "activation"
  | "output"
  | "target"
  | "intermediate"
  | "outputLoss"
  | "sampleLoss"
  | "penalty"
  | "loss"
  | "delta"
  | "learningRate"
  /** A box that a reader is to fill in; its entry's name is the box's letter. */
  | "blank";

/** A named thing; scalar-valued at each entry. */
export interface Quantity {
  readonly id: string;
  readonly role: Role;
  /** Layers count from 1 at the first layer with weights; inputs are layer 0. */
  readonly layer?: number;
  /** What each index runs over, outermost first: weights are [to, from]. */
  readonly ranges: readonly Range[];
  /** The letters that `define` uses for the indices, one per range. */
  readonly formals: readonly string[];
  /** One defining expression over other quantities' entries; absent for inputs, parameters, targets. */
  readonly define?: Expr;
  /** An abstract function of whole quantities, y = f(x): no more is known of its entries than what they depend on. */
  readonly whole?: Whole;
  /** For a delta: the pre-activation whose adjoint dE/dz it abbreviates. */
  readonly adjointOf?: Quantity;
  /** The name of each entry as the user gave it, in row-major order; absent where a notation forms the names. */
  readonly entryNames?: readonly string[];
  /** In networks of single units: the user's name of the unit that this is the z, a or target of. */
  readonly unit?: string;
  /** The quantity of one sample that this one collects over all samples. */
  readonly sampleOf?: Quantity;
  /** Before or after a step of gradient descent: dialects may mark the one or the other. */
  readonly step?: "old" | "new";
  /** A property declared or true of all given samples: the entries over the first range add up to 1. */
  readonly sumsToOne?: boolean;
}

export interface Whole {
  /** Absent where every entry has a formula of its own. */
  readonly op?: Operation;
  readonly on: readonly Quantity[];
}

export type Expr =
  | NumberExpr
  | SymbolExpr
  | ApplyExpr
  | ComponentExpr
  | SumExpr
  | SameExpr
  | SizeExpr
  | DerivativeExpr;

interface Interned {
  /** Order of creation within the graph; equal structure has equal id. */
  readonly id: number;
  /** How deep Σ is nested inside: numbers the next binder. */
  readonly height: number;
  /** No index letter, Σ or Kronecker symbol inside: putting in indices and writing out leave it as it is. */
  readonly concrete: boolean;
}

export interface NumberExpr extends Interned {
  readonly kind: "number";
  readonly value: Rational;
  /** Digits behind the point, where somebody wrote the number as a decimal: 0.50 is 1/2 with two. */
  readonly decimals?: number;
}

export interface SymbolExpr extends Interned {
  readonly kind: "symbol";
  readonly quantity: Quantity;
  readonly indices: readonly Index[];
}

/** An operation applied to arguments; with `slot`, its partial derivative in that argument (from 0), kept named. */
export interface ApplyExpr extends Interned {
  readonly kind: "apply";
  readonly op: Operation;
  readonly args: readonly Expr[];
  readonly slot?: number;
}

/** Entry `at` of a vector function: of the listed `args`, or of `body` for every index of `over`. */
export interface ComponentExpr extends Interned {
  readonly kind: "component";
  readonly op: Operation;
  readonly args: readonly Expr[];
  /** Present: `args` is one body in which `index` runs over this range. */
  readonly over?: Range;
  readonly index?: string;
  readonly at: Index;
}

export interface SumExpr extends Interned {
  readonly kind: "sum";
  readonly over: Range;
  readonly index: string;
  readonly body: Expr;
}

/** 1 where both indices agree, else 0 (the Kronecker symbol). */
export interface SameExpr extends Interned {
  readonly kind: "same";
  readonly a: Index;
  readonly b: Index;
}

/** How many values an index takes. */
export interface SizeExpr extends Interned {
  readonly kind: "size";
  readonly range: Range;
}

/**
 * dE/dw written down but not worked out, as teachers write it. What is derived may be an expression, and is a
 * derivative itself where a second one is meant.
 */
export interface DerivativeExpr extends Interned {
  readonly kind: "derivative";
  readonly of: Expr;
  readonly by: SymbolExpr;
}

/** The id of one entry: `W1[2,1]`, `z1[2]`, `b1`, `delta(z1[2])`, or the user's own name. */
export function entryId(quantity: Quantity, indices: readonly Index[]): string {
  if (quantity.adjointOf) return `delta(${entryId(quantity.adjointOf, indices)})`;
  if (quantity.entryNames) return quantity.entryNames[entryOffset(quantity, indices)]!;
  return indices.length === 0 ? quantity.id : `${quantity.id}[${indices.join(",")}]`;
}

/** Row-major position of concrete indices (from 1) among the entries (from 0). */
export function entryOffset(quantity: Quantity, indices: readonly Index[]): number {
  let offset = 0;
  for (const [axis, index] of indices.entries()) {
    offset = offset * (quantity.ranges[axis]!.size ?? 0) + (index as number) - 1;
  }
  return offset;
}

/** How many entries a quantity has; ranges of symbolic size have no count. */
export function entryCount(quantity: Quantity): number {
  return quantity.ranges.reduce((count, range) => count * (range.size ?? Number.NaN), 1);
}

/** All concrete index tuples of a quantity in row-major order; none where a range has no size. */
export function* entries({ ranges }: Quantity): Generator<number[]> {
  const sizes = ranges.map((range) => range.size ?? 0);
  if (sizes.includes(0)) return;
  const indices = sizes.map(() => 1);
  let axis: number;
  do {
    yield [...indices];
    axis = sizes.length - 1;
    while (indices[axis] === sizes[axis] && axis >= 0) indices[axis--] = 1;
    if (axis >= 0) indices[axis]! += 1;
  } while (axis >= 0);
}
