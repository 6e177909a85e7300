// From an index expression to the matrix that spells it: each factor is the matrix of its indices, and the product is
// what contracting the indices leaves. Rows and columns of the result are the two free indices.
import {
  factorsOf,
  freeLetters,
  isNumber,
  isPower,
  isProduct,
  isSum,
  isWhole,
  mul,
} from "../expression/build.ts";
import type { Expr, Quantity, Range } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { open } from "../expression/rewrite.ts";
import { contracted, type Indices, type Join } from "./contract.ts";
import { type Extent, isScalarShape, type Matrix, NoMatrixForm, sum, transpose } from "./matrix.ts";

/** A free index of the result and what it counts; absent for a single row or column. */
interface Axis {
  readonly letter: string;
  readonly range: Range;
}

export interface Axes {
  readonly row?: Axis;
  readonly column?: Axis;
}

/** Throws NoMatrixForm where an entry has three indices, or its indices form a cycle. */
export function raise(graph: Graph, expr: Expr, { row, column }: Axes): Matrix {
  const raising = new Raising(graph);
  return raising.matrix(expr, row, column);
}

/** The factors of one product: numbers in front, and what holds indices. */
interface Factors extends Omit<Indices, "rangeOf"> {
  readonly scales: readonly Expr[];
}

class Raising {
  readonly #graph: Graph;
  readonly #ranges = new Map<string, Range>();
  /** A sum beside the free indices is a number in front; only a scalar result is itself such a sum. */
  #isScalar = false;
  #row: string | undefined;
  #columnLetter: string | undefined;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  matrix(expr: Expr, row?: Axis, column?: Axis): Matrix {
    this.#isScalar = row === undefined && column === undefined;
    this.#row = row?.letter;
    this.#columnLetter = column?.letter;
    for (const axis of [row, column]) if (axis) this.#ranges.set(axis.letter, axis.range);
    if (isSum(expr)) return sum(expr.args.map((term) => this.matrix(term, row, column)));
    const { scales, ...indices } = this.#factorsOf(expr);
    const shape = contracted(
      { ...indices, rangeOf: (letter) => this.#rangeOf(letter) },
      row?.letter,
      column?.letter,
    );
    return scaled(mul(this.#graph, scales), shape);
  }

  /** Opens every Σ and sorts the factors by the indices that they hold. */
  #factorsOf(expr: Expr): Factors {
    const scales: Expr[] = [];
    const at = new Map<string, Matrix[]>();
    const joins: Join[] = [];
    const waiting = [expr];
    for (let factor = waiting.shift(); factor; factor = waiting.shift()) {
      if (isProduct(factor)) waiting.unshift(...factorsOf(factor));
      else if (factor.kind === "sum" && (this.#isScalar || freeLetters(factor).size > 0)) {
        const { letter, body } = open(this.#graph, factor.index, factor.body);
        this.#ranges.set(letter, factor.over);
        at.set(letter, at.get(letter) ?? []);
        waiting.unshift(body);
      } else {
        const [from, to, third] = this.#inOrder(freeLetters(factor));
        if (third !== undefined) throw new NoMatrixForm("an entry with three indices");
        if (from === undefined) scales.push(factor);
        else if (to === undefined) at.set(from, [...(at.get(from) ?? []), this.#entrywise(factor, from)]);
        else joins.push({ from, to, matrix: this.#entrywise(factor, from, to) });
      }
    }
    return { scales, at, joins };
  }

  /** The result's row first and its column last, so that parts lie as the whole does. */
  #inOrder(letters: ReadonlySet<string>): readonly string[] {
    const place = (letter: string): number =>
      letter === this.#row ? 0 : letter === this.#columnLetter ? 2 : 1;
    return [...letters].toSorted((left, right) => place(left) - place(right));
  }

  #rangeOf(letter: string): Range {
    const range = this.#ranges.get(letter);
    if (!range) throw new NoMatrixForm("an index that is not bound");
    return range;
  }

  /** The matrix of a factor, formed entry by entry from its parts: a column where it has one index. */
  #entrywise(factor: Expr, row: string, column?: string): Matrix {
    const shape = {
      rows: this.#rangeOf(row),
      columns: column === undefined ? ("one" as const) : this.#rangeOf(column),
    };
    switch (factor.kind) {
      case "symbol":
        return this.#quantity(factor, row, column);
      case "same":
        return { kind: "identity", ...shape };
      case "component":
        return this.#vectorFunction(factor, row, column);
      case "derivative":
        return this.#derivative(factor, row, column);
      case "apply": {
        const part = (arg: Expr): Matrix => this.#part(arg, row, column);
        if (isSum(factor)) return sum(factor.args.map(part));
        if (isProduct(factor))
          return this.matrix(factor, this.#axis(row), column === undefined ? undefined : this.#axis(column));
        if (isPower(factor) && freeLetters(factor.args[1]!).size > 0)
          throw new NoMatrixForm("an exponent for each entry");
        if (isPower(factor))
          return { kind: "power", of: part(factor.args[0]!), exponent: factor.args[1]!, ...shape };
        const args = factor.args.map((arg) => (isNumber(arg) ? scalar(arg) : part(arg)));
        return {
          kind: "map",
          op: factor.op,
          args,
          ...(factor.slot !== undefined && { slot: factor.slot }),
          ...shape,
        };
      }
      default:
        throw new NoMatrixForm(`a ${factor.kind}`);
    }
  }

  #axis(letter: string): Axis {
    return { letter, range: this.#rangeOf(letter) };
  }

  /** A part in the shape of the whole: what lacks an index is repeated along it. */
  #part(arg: Expr, row: string, column: string | undefined): Matrix {
    return this.matrix(arg, this.#axis(row), column === undefined ? undefined : this.#axis(column));
  }

  #quantity(symbol: Expr & { kind: "symbol" }, row: string, column: string | undefined): Matrix {
    const { quantity, indices } = symbol;
    if (indices.some((index) => typeof index === "number"))
      throw new NoMatrixForm("a single entry of a larger quantity");
    const own: Matrix = {
      kind: "quantity",
      quantity,
      rows: quantity.ranges[0]!,
      columns: quantity.ranges[1] ?? "one",
    };
    if (column === undefined) {
      if (indices.length !== 1) throw new NoMatrixForm("a diagonal of a matrix");
      return own;
    }
    return indices[0] === row ? own : transpose(own);
  }

  /** ∂L/∂y as a column, ∂y/∂x as a matrix, whichever of its indices is the row. */
  #derivative({ of, by }: Expr & { kind: "derivative" }, row: string, column: string | undefined): Matrix {
    if (of.kind !== "symbol") throw new NoMatrixForm("a derivative of more than a symbol");
    const indices = [...of.indices, ...by.indices];
    if (indices.some((index) => typeof index === "number") || of.indices.length > 1 || by.indices.length > 1)
      throw new NoMatrixForm("a derivative by a single entry");
    const extent = ({ ranges }: Quantity): Extent => ranges[0] ?? "one";
    if (of.indices.length === 0 && column === undefined)
      return { kind: "derivative", of, by: by.quantity, rows: extent(by.quantity), columns: "one" };
    const jacobian: Matrix = {
      kind: "jacobian",
      of: of.quantity,
      by: by.quantity,
      rows: extent(of.quantity),
      columns: extent(by.quantity),
    };
    return of.indices[0] === row ? jacobian : transpose(jacobian);
  }

  /** softmax of a whole vector, or of every row or column of a batch. */
  #vectorFunction(factor: Expr & { kind: "component" }, row: string, column: string | undefined): Matrix {
    if (factor.over === undefined || typeof factor.at === "number")
      throw new NoMatrixForm("a single output of a vector function");
    const { letter, body } = open(this.#graph, factor.index!, factor.args[0]!);
    this.#ranges.set(letter, factor.over);
    const swap = (written: string | undefined): string | undefined =>
      written === factor.at ? letter : written;
    const of = this.#part(body, swap(row)!, swap(column));
    const shape = { rows: of.rows, columns: of.columns };
    return { kind: "vector", op: factor.op, of, along: factor.at === row ? "columns" : "rows", ...shape };
  }
}

/** A matrix with a number in front; the number alone where all that is left of the matrix is 1. */
function scaled(factor: Expr, of: Matrix): Matrix {
  const isOne = of.kind === "ones" && isScalarShape(of);
  if (isOne) return scalar(factor);
  return isWhole(factor, 1) ? of : { kind: "scaled", by: factor, of, rows: of.rows, columns: of.columns };
}

function scalar(expr: Expr): Matrix {
  return { kind: "scalar", expr, rows: "one", columns: "one" };
}
