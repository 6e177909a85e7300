// The indices of a product contracted to a matrix: a tree whose edges are matrices and whose leaves are columns.
//
//   V(i) = ⊙ of the columns at i and of M_ik V(k) for every other neighbour k; nothing there = ones.
//
// The path between rows and columns of the result is a matrix product, with V at its stations as diagonals.
import type { Range } from "../expression/expr.ts";
import { diagonal, hadamard, type Matrix, NoMatrixForm, ones, product, transpose } from "./matrix.ts";

/** A factor that joins two indices. */
export interface Join {
  readonly from: string;
  readonly to: string;
  readonly matrix: Matrix;
}

/** The indices of one product: what hangs at each, what joins two, and what each counts. */
export interface Indices {
  readonly at: ReadonlyMap<string, readonly Matrix[]>;
  readonly joins: readonly Join[];
  readonly rangeOf: (letter: string) => Range;
}

/** What is left when all indices but the row and the column are summed over. Throws NoMatrixForm for a cycle. */
export function contracted(indices: Indices, row: string | undefined, column: string | undefined): Matrix {
  const contraction = new Contraction(indices);
  const matrix = contraction.between(row, column);
  if (!contraction.isComplete) throw cycle();
  return matrix;
}

const cycle = (): NoMatrixForm => new NoMatrixForm("indices that form a cycle");

/** One contraction; the state guarded are the joins that it has gone over, which must be all of them in the end. */
class Contraction {
  readonly #indices: Indices;
  readonly #used = new Set<Join>();

  constructor(indices: Indices) {
    this.#indices = indices;
  }

  get isComplete(): boolean {
    return this.#used.size === this.#indices.joins.length;
  }

  between(row: string | undefined, column: string | undefined): Matrix {
    if (row === undefined)
      return column === undefined ? this.#scalarProduct() : transpose(this.#column(column));
    if (column === undefined) return this.#column(row);
    const { joins } = this.#indices;
    const direct = joins.filter((join) => joinsBoth(join, row, column));
    const others = joins.filter((join) => !direct.includes(join));
    const detour = pathBetween(others, row, column);
    if (direct.length > 0 && detour) {
      this.#use(direct);
      return hadamard([...direct.map((join) => oriented(join, row)), this.#along(others, row, detour)]);
    }
    const path = pathBetween(joins, row, column);
    return path ? this.#along(joins, row, path) : this.#outer(row, column);
  }

  #use(joins: Iterable<Join>): void {
    for (const join of joins) this.#used.add(join);
  }

  #ones(letter: string): Matrix {
    return ones(this.#indices.rangeOf(letter), "one");
  }

  /** Σ over everything: uᵀ v, read off at the first index. */
  #scalarProduct(): Matrix {
    const { at, joins } = this.#indices;
    const pieces: Matrix[] = [];
    const reached = new Set<string>();
    for (const letter of at.keys()) {
      if (reached.has(letter)) continue;
      const [first = this.#ones(letter), ...rest] = this.#piecesAt(letter, joins, reached);
      pieces.push(product([transpose(first), hadamardOr(rest, this.#ones(letter))]));
    }
    return pieces.length === 0 ? ones("one", "one") : product(pieces);
  }

  /** V(i): a column. */
  #column(letter: string): Matrix {
    const reached = new Set<string>();
    const column = this.#columnAt(letter, this.#indices.joins, reached);
    const isLoose = [...this.#indices.at.keys()].some((other) => !reached.has(other));
    if (isLoose) throw new NoMatrixForm("a sum beside the index");
    return column;
  }

  #columnAt(letter: string, joins: readonly Join[], reached: Set<string>): Matrix {
    return hadamardOr(this.#piecesAt(letter, joins, reached), this.#ones(letter));
  }

  /** What multiplies at an index: its columns, and what lies behind it over these joins. */
  #piecesAt(letter: string, joins: readonly Join[], reached: Set<string>): readonly Matrix[] {
    reached.add(letter);
    const neighbours = new Map<string, Join[]>();
    for (const join of joins.filter(({ from, to }) => from === letter || to === letter)) {
      const other = otherEnd(join, letter);
      neighbours.set(other, [...(neighbours.get(other) ?? []), join]);
    }
    const beyond = [...neighbours].map(([other, over]) => {
      if (reached.has(other)) throw cycle();
      this.#use(over);
      const matrix = hadamard(over.map((join) => oriented(join, letter)));
      const rest = joins.filter((join) => !over.includes(join));
      return product([matrix, this.#columnAt(other, rest, reached)]);
    });
    return [...(this.#indices.at.get(letter) ?? []), ...beyond];
  }

  /** No path between rows and columns: u vᵀ. */
  #outer(row: string, column: string): Matrix {
    const { joins } = this.#indices;
    const reached = new Set<string>();
    const left = this.#columnAt(row, joins, reached);
    return product([left, transpose(this.#columnAt(column, joins, reached))]);
  }

  /** Along the path M_1 diag(v) M_2 …; columns at both ends scale rows and columns. */
  #along(joins: readonly Join[], row: string, path: readonly (readonly Join[])[]): Matrix {
    const onPath = new Set(path.flat());
    this.#use(onPath);
    const aside = joins.filter((join) => !onPath.has(join));
    const reached = new Set<string>();
    const scaleAt = (letter: string): readonly Matrix[] => {
      const pieces = this.#piecesAt(letter, aside, reached);
      return pieces.length > 0 ? [diagonal(hadamard(pieces))] : [];
    };
    const factors = [...scaleAt(row)];
    let here = row;
    for (const parallel of path) {
      const from = here;
      factors.push(hadamard(parallel.map((join) => oriented(join, from))));
      here = otherEnd(parallel[0]!, here);
      factors.push(...scaleAt(here));
    }
    const [first] = factors;
    return first && factors.every(({ kind }) => kind === "identity") ? first : product(factors);
  }
}

function joinsBoth({ from, to }: Join, row: string, column: string): boolean {
  return (from === row && to === column) || (from === column && to === row);
}

const otherEnd = ({ from, to }: Join, end: string): string => (from === end ? to : from);

function oriented({ from, matrix }: Join, row: string): Matrix {
  return from === row ? matrix : transpose(matrix);
}

function hadamardOr(pieces: readonly Matrix[], otherwise: Matrix): Matrix {
  return pieces.length === 0 ? otherwise : hadamard(pieces);
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
      const other = otherEnd(join, letter);
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
