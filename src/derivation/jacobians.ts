// Jacobians: the derivative of a whole layer or vector by another, and the product with the error that replaces it.
//
//   ∂E/∂x = (∂y/∂x)ᵀ ∂E/∂y; where the Jacobian is diagonal, f'(x) ⊙ ∂E/∂y   (Goodfellow, Bengio, Courville 2016, eq. 6.46)
import type { Differentiated } from "../derivative/adjoints.ts";
import { derivativeThrough } from "../derivative/through.ts";
import { add, factorsOf, isSum, isWhole, mul, termsOf } from "../expression/build.ts";
import { type Expr, entryCount, type Quantity, type Range } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { instantiate, normalise } from "../expression/rewrite.ts";
import { lower } from "../matrix/lower.ts";
import { hadamard, type Matrix, product, type Shape, shapeOf, transpose } from "../matrix/matrix.ts";
import type { LocalDerivatives } from "../numeric/wholes.ts";
import type { Dotted } from "./document.ts";
import { type MatrixOptions, spelled } from "./matrix-form.ts";
import type { Count } from "./wording/count.ts";

/** The derivative of a whole layer by another, entry by entry. */
export interface Jacobian {
  readonly of: Quantity;
  readonly by: Quantity;
  /** ∂of_k/∂by_m in row k and column m. */
  readonly matrix: Matrix;
  readonly shape: Shape;
  /** Written out for small layers. */
  readonly entries?: readonly (readonly Expr[])[];
  /** Written out with dots, where it is diagonal and its size symbolic. */
  readonly dotted?: Dotted;
  /** Zero everywhere but where row and column agree. */
  readonly isDiagonal: boolean;
  /** How many numbers it has, beside those of the product that replaces it; of symbolic sizes, their product. */
  readonly size: Count;
  readonly productSize: Count;
  /**
   * (∂of/∂by)ᵀ ∂E/∂of as it is worked out, without the Jacobian where it is diagonal. Absent where `of` has one unit,
   * and where `by` reaches the loss on other ways than through `of`.
   */
  readonly product?: Matrix;
}

/** Jacobians with more entries than this are named but not written out. */
const largestWrittenOut = 16;

/**
 * ∂a/∂z of every layer's activations by its pre-activations, and ∂z/∂a by the activations of the layer before; of every
 * vector of equations by those that it is worked out from. `local` has the entries where each has its own formula.
 */
export function jacobians(
  differentiated: Differentiated,
  options: MatrixOptions,
  local?: LocalDerivatives,
): readonly Jacobian[] {
  const { network, occurrences } = differentiated;
  const isLayer = ({ role, ranges }: Quantity): boolean =>
    ranges.length === 1 &&
    (network.kind === "equations" || role === "activation" || role === "preActivation");
  return network.quantities.filter(isLayer).flatMap((of) => {
    const used = new Set((occurrences.get(of) ?? []).map(({ symbol }) => symbol.quantity));
    return [...used].filter(isLayer).flatMap((by) => jacobianOf(differentiated, of, by, options, local));
  });
}

function jacobianOf(
  differentiated: Differentiated,
  of: Quantity,
  by: Quantity,
  options: MatrixOptions,
  local: LocalDerivatives | undefined,
): readonly Jacobian[] {
  const { graph } = differentiated.network;
  const row = { letter: graph.freshLetter(), range: of.ranges[0]! };
  const column = { letter: by.formals[0]!, range: by.ranges[0]! };
  const entry = spread(
    graph,
    derivativeThrough(differentiated, of, [row.letter], by),
    row.letter,
    column.letter,
  );
  const matrix = spelled(graph, entry, { row, column }, options);
  if (!matrix) return [];
  const isSmall = entryCount(of) * entryCount(by) <= largestWrittenOut;
  const entries = isSmall ? (local?.(of, by) ?? ownEntries(graph, matrix, entry, row, column)) : undefined;
  const worked = entryCount(of) === 1 ? undefined : productOf(differentiated, of, by, matrix);
  const onDiagonal = diagonalOf(matrix);
  const isDiagonal =
    onDiagonal !== undefined || (entries !== undefined && of !== by && isZeroBesides(entries));
  return [
    {
      of,
      by,
      matrix,
      shape: shapeOf(matrix),
      isDiagonal,
      size: numbersIn([of, by]),
      productSize: numbersIn([by]),
      ...(entries && { entries }),
      ...(onDiagonal && row.range.size === undefined && { dotted: dottedOf(graph, onDiagonal, row) }),
      ...(worked && { product: worked }),
    },
  ];
}

/** Entries of a formula for all of them; those of an abstract function have none. */
function ownEntries(
  graph: Graph,
  matrix: Matrix,
  entry: Expr,
  row: IndexedRange,
  column: IndexedRange,
): readonly (readonly Expr[])[] | undefined {
  return matrix.kind === "jacobian" ? undefined : writtenOut(graph, entry, row, column);
}

/** Whether a square of more than one entry has zeros everywhere but on its diagonal. */
function isZeroBesides(entries: readonly (readonly Expr[])[]): boolean {
  const isSquare = entries.length > 1 && entries.every((row) => row.length === entries.length);
  return (
    isSquare && entries.every((row, at) => row.every((entry, place) => place === at || isWhole(entry, 0)))
  );
}

function dottedOf(graph: Graph, diagonal: Matrix, { letter, range }: IndexedRange): Dotted {
  return {
    form: "diagonal",
    entry: lower(graph, diagonal, letter),
    index: letter,
    last: range.limit ?? range.name,
  };
}

/** How many numbers the quantities have together: 6, or n · n. */
function numbersIn(quantities: readonly Quantity[]): Count {
  const ranges = quantities.flatMap((quantity) => quantity.ranges);
  if (ranges.some(({ size }) => size === undefined))
    return ranges.map(({ size, limit, name }) => limit ?? size ?? name).join(" · ");
  return ranges.reduce((count, { size }) => count * size!, 1);
}

interface IndexedRange {
  readonly letter: string;
  readonly range: Range;
}

/** (∂a/∂z)ᵀ ∂E/∂a = f'(z) ⊙ ∂E/∂a, vectors being columns. */
function productOf(
  { network: { graph, loss }, uses }: Differentiated,
  of: Quantity,
  by: Quantity,
  jacobian: Matrix,
): Matrix | undefined {
  if ((uses.get(by) ?? []).some((use) => use.of !== of)) return undefined;
  const error: Matrix = {
    kind: "derivative",
    of: graph.symbol(loss),
    by: of,
    rows: of.ranges[0]!,
    columns: "one",
  };
  const onDiagonal = diagonalOf(jacobian);
  return onDiagonal ? hadamard([onDiagonal, error]) : product([transpose(jacobian), error]);
}

/** v of diag(v), or of a number times that. */
function diagonalOf(matrix: Matrix): Matrix | undefined {
  if (matrix.kind === "diagonal") return matrix.of;
  if (matrix.kind !== "scaled" || matrix.of.kind !== "diagonal") return undefined;
  return { kind: "scaled", by: matrix.by, of: matrix.of.of, ...shapeOf(matrix.of.of) };
}

/**
 * The terms of an entry apart, each with a Kronecker symbol at the row: p_k ([k = m] - p_m) is [k = m] p_k - p_k p_m,
 * which reads diag(p) - p pᵀ, and [k = m] f'(z_m) is [k = m] f'(z_k).
 */
function spread(graph: Graph, entry: Expr, row: string, column: string): Expr {
  const factors = factorsOf(entry);
  const bracket = factors.findIndex((factor) => isSum(factor) && factor.args.some(hasKronecker));
  const terms =
    bracket < 0 ? [entry] : termsOf(factors[bracket]!).map((term) => mul(graph, factors.with(bracket, term)));
  return add(
    graph,
    terms.map((term) => (hasKronecker(term) ? atRow(graph, term, row, column) : term)),
  );
}

function hasKronecker(term: Expr): boolean {
  return factorsOf(term).some(({ kind }) => kind === "same");
}

function atRow(graph: Graph, term: Expr, row: string, column: string): Expr {
  const letters = new Map([[column, row]]);
  return mul(
    graph,
    factorsOf(term).map((factor) => (factor.kind === "same" ? factor : graph.rename(factor, letters))),
  );
}

function writtenOut(
  graph: Graph,
  entry: Expr,
  row: IndexedRange,
  column: IndexedRange,
): readonly (readonly Expr[])[] {
  return Array.from({ length: row.range.size! }, (_, k) =>
    Array.from({ length: column.range.size! }, (_, m) =>
      normalise(
        graph,
        instantiate(
          graph,
          entry,
          new Map([
            [row.letter, k + 1],
            [column.letter, m + 1],
          ]),
        ),
      ),
    ),
  );
}
