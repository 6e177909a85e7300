// From an index expression to the matrix that spells it: contract the tree of indices.
//
//   V(i) = ⊙ of the columns at i and of M_ik V(k) for every other neighbour k; nothing there = ones.
//
// Rows and columns of the result are the two free indices; the path between them is a matrix product.
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
import {
  diagonal,
  type Extent,
  hadamard,
  isScalarShape,
  type Matrix,
  NoMatrixForm,
  ones,
  product,
  sum,
  transpose,
} from "./matrix.ts";

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

/** A factor that joins two indices. */
interface Join {
  readonly from: string;
  readonly to: string;
  readonly matrix: Matrix;
}

/** The indices of one product: what hangs at each, what joins two. */
interface Tree {
  readonly scales: readonly Expr[];
  readonly at: ReadonlyMap<string, readonly Matrix[]>;
  readonly joins: readonly Join[];
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
    return this.#contract(this.#treeOf(expr), row?.letter, column?.letter);
  }

  /** Opens every Σ and sorts the factors by the indices that they hold. */
  #treeOf(expr: Expr): Tree {
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
        const letters = this.#inOrder(freeLetters(factor));
        if (letters.length === 0) scales.push(factor);
        else if (letters.length === 1)
          at.set(letters[0]!, [...(at.get(letters[0]!) ?? []), this.#column(factor, letters[0]!)]);
        else if (letters.length === 2) joins.push(this.#join(factor, letters[0]!, letters[1]!));
        else throw new NoMatrixForm("an entry with three indices");
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

  /** A factor with one index, as a column. */
  #column(factor: Expr, letter: string): Matrix {
    return this.#entrywise(factor, letter, undefined);
  }

  #join(factor: Expr, from: string, to: string): Join {
    return { from, to, matrix: this.#entrywise(factor, from, to) };
  }

  /** A factor whose matrix is formed entry by entry from its parts. */
  #entrywise(factor: Expr, row: string, column: string | undefined): Matrix {
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

  #contract(tree: Tree, row: string | undefined, column: string | undefined): Matrix {
    const used = new Set<Join>();
    const result = this.#shape(tree, row, column, used);
    if (used.size !== tree.joins.length) throw new NoMatrixForm("indices that form a cycle");
    const factor = mul(this.#graph, tree.scales);
    if (isWhole(factor, 1)) return isScalarShape(result) && result.kind === "ones" ? scalar(factor) : result;
    if (result.kind === "ones" && result.rows === "one" && result.columns === "one") return scalar(factor);
    return { kind: "scaled", by: factor, of: result, rows: result.rows, columns: result.columns };
  }

  #shape(tree: Tree, row: string | undefined, column: string | undefined, used: Set<Join>): Matrix {
    if (row === undefined && column === undefined) return this.#scalarProduct(tree, used);
    if (column === undefined) return this.#vector(tree, row!, used);
    if (row === undefined) return transpose(this.#vector(tree, column, used));
    const direct = tree.joins.filter((join) => joinsBoth(join, row, column));
    const others: Tree = { ...tree, joins: tree.joins.filter((join) => !direct.includes(join)) };
    const detour = pathBetween(others.joins, row, column);
    if (direct.length > 0 && detour) {
      for (const join of direct) used.add(join);
      return hadamard([...direct.map((join) => oriented(join, row)), this.#along(others, row, detour, used)]);
    }
    const path = pathBetween(tree.joins, row, column);
    return path ? this.#along(tree, row, path, used) : this.#outer(tree, row, column, used);
  }

  /** Σ over everything: uᵀ v, read off at the first index. */
  #scalarProduct(tree: Tree, used: Set<Join>): Matrix {
    const pieces: Matrix[] = [];
    const reached = new Set<string>();
    for (const letter of tree.at.keys()) {
      if (reached.has(letter)) continue;
      const columns = this.#piecesAt(tree, letter, used, undefined, reached);
      const [first, ...rest] = columns.length > 0 ? columns : [ones(this.#rangeOf(letter), "one")];
      const right = rest.length > 0 ? hadamard(rest) : ones(this.#rangeOf(letter), "one");
      pieces.push(product([transpose(first!), right]));
    }
    return pieces.length === 0 ? ones("one", "one") : product(pieces);
  }

  /** V(i): a column. */
  #vector(tree: Tree, letter: string, used: Set<Join>): Matrix {
    const reached = new Set<string>();
    const vector = hadamardOr(
      this.#piecesAt(tree, letter, used, undefined, reached),
      ones(this.#rangeOf(letter), "one"),
    );
    const loose = [...tree.at.keys()].filter((other) => !reached.has(other));
    if (loose.length > 0) throw new NoMatrixForm("a sum beside the index");
    return vector;
  }

  /** What multiplies at an index, apart from what lies behind `from`. */
  #piecesAt(
    tree: Tree,
    letter: string,
    used: Set<Join>,
    from: Join | undefined,
    reached: Set<string>,
  ): readonly Matrix[] {
    reached.add(letter);
    const beyond = tree.joins.filter((join) => join !== from && (join.from === letter || join.to === letter));
    const groups = new Map<string, Join[]>();
    for (const join of beyond) {
      const other = join.from === letter ? join.to : join.from;
      groups.set(other, [...(groups.get(other) ?? []), join]);
    }
    const columns = [...groups].map(([other, joins]) => {
      if (reached.has(other)) throw new NoMatrixForm("indices that form a cycle");
      for (const join of joins) used.add(join);
      const matrix = hadamard(joins.map((join) => oriented(join, letter)));
      const vector = hadamardOr(
        this.#piecesBeyond(tree, other, used, new Set(joins), reached),
        ones(this.#rangeOf(other), "one"),
      );
      return product([matrix, vector]);
    });
    return [...(tree.at.get(letter) ?? []), ...columns];
  }

  #piecesBeyond(
    tree: Tree,
    letter: string,
    used: Set<Join>,
    without: ReadonlySet<Join>,
    reached: Set<string>,
  ): readonly Matrix[] {
    const rest: Tree = { ...tree, joins: tree.joins.filter((join) => !without.has(join)) };
    return this.#piecesAt(rest, letter, used, undefined, reached);
  }

  /** No path between rows and columns: u vᵀ. */
  #outer(tree: Tree, row: string, column: string, used: Set<Join>): Matrix {
    const reached = new Set<string>();
    const left = this.#side(tree, row, used, reached);
    const right = this.#side(tree, column, used, reached);
    return product([left, transpose(right)]);
  }

  #side(tree: Tree, letter: string, used: Set<Join>, reached: Set<string>): Matrix {
    return hadamardOr(
      this.#piecesAt(tree, letter, used, undefined, reached),
      ones(this.#rangeOf(letter), "one"),
    );
  }

  /** Along the path M_1 diag(v) M_2 …; columns at both ends scale rows and columns. */
  #along(tree: Tree, row: string, path: readonly (readonly Join[])[], used: Set<Join>): Matrix {
    const onPath = new Set(path.flat());
    for (const join of onPath) used.add(join);
    const aside: Tree = { ...tree, joins: tree.joins.filter((join) => !onPath.has(join)) };
    const reached = new Set<string>();
    const factors: Matrix[] = [];
    let here = row;
    const scaleAt = (letter: string): void => {
      const pieces = this.#piecesAt(aside, letter, used, undefined, reached);
      if (pieces.length > 0) factors.push(diagonal(hadamard(pieces)));
    };
    scaleAt(here);
    for (const joins of path) {
      factors.push(hadamard(joins.map((join) => oriented(join, here))));
      here = joins[0]!.from === here ? joins[0]!.to : joins[0]!.from;
      scaleAt(here);
    }
    return factors.length > 0 && factors.every((factor) => factor.kind === "identity")
      ? factors[0]!
      : product(factors);
  }
}

function joinsBoth({ from, to }: Join, row: string, column: string): boolean {
  return (from === row && to === column) || (from === column && to === row);
}

function oriented({ from, matrix }: Join, row: string): Matrix {
  return from === row ? matrix : transpose(matrix);
}

function hadamardOr(pieces: readonly Matrix[], otherwise: Matrix): Matrix {
  return pieces.length === 0 ? otherwise : hadamard(pieces);
}

function scalar(expr: Expr): Matrix {
  return { kind: "scalar", expr, rows: "one", columns: "one" };
}

/** The joins on the way from one index to another, parallel ones together; nothing when they are not connected. */
function pathBetween(
  joins: readonly Join[],
  start: string,
  end: string,
): readonly (readonly Join[])[] | undefined {
  const cameBy = new Map<string, { from: string; joins: Join[] }>();
  const queue = [start];
  for (const letter of queue) {
    for (const join of joins) {
      if (join.from !== letter && join.to !== letter) continue;
      const other = join.from === letter ? join.to : join.from;
      if (other === start) continue;
      const known = cameBy.get(other);
      if (!known) {
        cameBy.set(other, { from: letter, joins: [join] });
        queue.push(other);
      } else if (known.from === letter && !known.joins.includes(join)) known.joins.push(join);
    }
  }
  if (!cameBy.has(end)) return undefined;
  const steps: (readonly Join[])[] = [];
  for (let letter = end; letter !== start; letter = cameBy.get(letter)!.from)
    steps.unshift(cameBy.get(letter)!.joins);
  return steps;
}
