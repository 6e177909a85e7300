// The matrix form: whole layers at once. Every line is the index line in another spelling, read back entry by entry
// before it is shown; a line without a matrix form is left to the indexed form.
import type { Adjoints, Differentiated } from "../derivative/adjoints.ts";
import { derivativeThrough } from "../derivative/through.ts";
import { cancel, shorten, workOut } from "../derivative/workout.ts";
import { add, factorsOf, isProduct, isSum, mul, termsOf } from "../expression/build.ts";
import { type Expr, entryCount, type Quantity, type Range } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { instantiate, normalise } from "../expression/rewrite.ts";
import { lower, sameUpToOrder } from "../matrix/lower.ts";
import {
  hadamard,
  type Matrix,
  NoMatrixForm,
  product,
  type Shape,
  shapeOf,
  transpose,
} from "../matrix/matrix.ts";
import { type Axes, raise } from "../matrix/raise.ts";
import { stored } from "../matrix/storage.ts";
import type { EquationLine, Side } from "./document.ts";
import { equalitySides } from "./lines.ts";

export interface MatrixOptions {
  /** Denominator: ∂E/∂W has the shape of W. Numerator: it is transposed, and δ is a row. */
  readonly layout: "denominator" | "numerator";
  /** How the vectors of one sample lie; with several samples, these are their places in a matrix. */
  readonly vectorsAre: "columns" | "rows";
}

export interface MatrixLine {
  readonly id: string;
  readonly box: "forward" | "error" | "backward" | "derivative";
  readonly quantity: Quantity;
  readonly matrices: readonly Matrix[];
  readonly shape: Shape;
  readonly line: EquationLine;
}

/** The derivative of a whole layer by another, entry by entry. */
export interface Jacobian {
  readonly of: Quantity;
  readonly by: Quantity;
  /** ∂of_k/∂by_m in row k and column m. */
  readonly matrix: Matrix;
  readonly shape: Shape;
  /** Written out for small layers. */
  readonly entries?: readonly (readonly Expr[])[];
  /** How many numbers it has, beside those of the product that replaces it. */
  readonly size: number;
  readonly productSize: number;
  /**
   * (∂of/∂by)ᵀ ∂E/∂of as it is worked out, without the Jacobian where it is diagonal. Absent where `of` has one unit,
   * and where `by` reaches the loss on other ways than through `of`.
   */
  readonly product?: Matrix;
}

/** Jacobians with more entries than this are named but not written out. */
const largestWrittenOut = 16;

const shownForward: ReadonlySet<Quantity["role"]> = new Set(["preActivation", "activation", "intermediate"]);

export function matrixLines(
  differentiated: Differentiated,
  adjoints: Adjoints,
  options: MatrixOptions,
): readonly MatrixLine[] {
  const { network, fold } = differentiated;
  const { graph, targets } = network;
  const forward = network.quantities
    .filter((quantity) => quantity.define && shownForward.has(quantity.role) && quantity.ranges.length > 0)
    .flatMap((quantity) =>
      lineOf(graph, "forward", quantity, [quantity.define!], axesOf(quantity, options), options),
    );
  const errors = adjoints.deltas
    .filter((delta) => delta.ranges.length > 0)
    .flatMap((delta) => {
      const worked = shorten(graph, cancel(graph, workOut(graph, delta.define!, fold)), targets);
      const isOutput = !mentionsDelta(delta.define!);
      return lineOf(
        graph,
        isOutput ? "error" : "backward",
        delta,
        [...new Set([delta.define!, worked])],
        errorAxes(delta, options),
        options,
      );
    });
  const derivatives = [...adjoints.gradients].flatMap(([parameter, gradient]) =>
    gradientLine(differentiated, parameter, gradient, options),
  );
  return [...forward, ...errors, ...derivatives];
}

function mentionsDelta(expr: Expr): boolean {
  return termsOf(expr).some((term) => factorsOf(term).some(holdsDelta));
}

function holdsDelta(expr: Expr): boolean {
  if (expr.kind === "symbol") return expr.quantity.role === "delta";
  if (expr.kind === "sum") return mentionsDelta(expr.body);
  return (isSum(expr) || isProduct(expr)) && expr.args.some(holdsDelta);
}

/** Rows and columns of a quantity: a lone vector is a column, or a row where vectors are rows. */
function axesOf(quantity: Quantity, { vectorsAre }: Pick<MatrixOptions, "vectorsAre">): Axes {
  const [first, second] = quantity.formals.map((letter, axis) => ({ letter, range: quantity.ranges[axis]! }));
  if (second) return { row: first!, column: second };
  return vectorsAre === "columns" ? { row: first! } : { column: first! };
}

/** In numerator layout errors are rows. */
function errorAxes(delta: Quantity, { layout, vectorsAre }: MatrixOptions): Axes {
  const turned = layout === "numerator" && delta.ranges.length === 1;
  return axesOf(delta, { vectorsAre: turned ? "rows" : vectorsAre });
}

function lineOf(
  graph: Graph,
  box: MatrixLine["box"],
  quantity: Quantity,
  exprs: readonly Expr[],
  axes: Axes,
  options: MatrixOptions,
): readonly MatrixLine[] {
  const matrices = exprs.flatMap((expr) => spelled(graph, expr, axes, options) ?? []);
  if (matrices.length === 0) return [];
  return [assembled(box, quantity, [named(quantity, axes), ...matrices])];
}

/** ∂E/∂W = δ aᵀ */
function gradientLine(
  { network }: Differentiated,
  parameter: Quantity,
  gradient: Expr,
  options: MatrixOptions,
): readonly MatrixLine[] {
  const { graph, loss } = network;
  const own = axesOf(parameter, options);
  const axes: Axes = options.layout === "numerator" ? turnedAxes(own) : own;
  const matrix = spelled(graph, gradient, axes, options);
  if (!matrix) return [];
  const left: Matrix = { kind: "derivative", of: graph.symbol(loss), by: parameter, ...shapeOf(matrix) };
  return [assembled("derivative", parameter, [left, matrix])];
}

function turnedAxes({ row, column }: Axes): Axes {
  return { ...(column && { row: column }), ...(row && { column: row }) };
}

/** The quantity under its own name: a vector lies as the axes say. */
function named(quantity: Quantity, { row }: Axes): Matrix {
  const [first, second] = quantity.ranges;
  if (second) return { kind: "quantity", quantity, rows: first!, columns: second };
  return row
    ? { kind: "quantity", quantity, rows: first!, columns: "one" }
    : { kind: "quantity", quantity, rows: "one", columns: first! };
}

/** Which vectors lie in rows. */
function liesInRow({ layout, vectorsAre }: MatrixOptions): (quantity: Quantity) => boolean {
  return ({ role }) => vectorsAre === "rows" || (layout === "numerator" && role === "delta");
}

function assembled(box: MatrixLine["box"], quantity: Quantity, matrices: readonly Matrix[]): MatrixLine {
  const shape = shapeOf(matrices[1]!);
  const sides = matrices.map((matrix): Side => ({ kind: "matrix", matrix }));
  const id = `${box}-${quantity.id}`;
  return { id, box, quantity, matrices, shape, line: equalitySides(sides, { id, rule: box }) };
}

/** The matrix of an index expression, if it has one and reads back as what it came from. */
function spelled(graph: Graph, expr: Expr, axes: Axes, options: MatrixOptions): Matrix | undefined {
  try {
    const matrix = stored(raise(graph, expr, axes), liesInRow(options));
    const back = lower(graph, matrix, axes.row?.letter, axes.column?.letter);
    return sameUpToOrder(graph, back, normalise(graph, expr)) ? matrix : undefined;
  } catch (error) {
    if (error instanceof NoMatrixForm) return undefined;
    throw error;
  }
}

/** ∂a/∂z of every layer's activations by its pre-activations, and ∂z/∂a by the activations of the layer before. */
export function jacobians(differentiated: Differentiated, options: MatrixOptions): readonly Jacobian[] {
  const { network, occurrences } = differentiated;
  const isLayer = ({ role, ranges }: Quantity): boolean =>
    (role === "activation" || role === "preActivation") && ranges.length === 1;
  return network.quantities.filter(isLayer).flatMap((of) => {
    const used = new Set((occurrences.get(of) ?? []).map(({ symbol }) => symbol.quantity));
    return [...used].filter(isLayer).flatMap((by) => jacobianOf(differentiated, of, by, options));
  });
}

function jacobianOf(
  differentiated: Differentiated,
  of: Quantity,
  by: Quantity,
  options: MatrixOptions,
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
  const size = entryCount(of) * entryCount(by);
  const entries = size <= largestWrittenOut ? { entries: writtenOut(graph, entry, row, column) } : {};
  const worked = entryCount(of) > 1 ? productOf(differentiated, of, by, matrix) : undefined;
  return [
    {
      of,
      by,
      matrix,
      shape: shapeOf(matrix),
      size,
      productSize: entryCount(by),
      ...entries,
      ...(worked && { product: worked }),
    },
  ];
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
  return jacobian.kind === "diagonal"
    ? hadamard([jacobian.of, error])
    : product([transpose(jacobian), error]);
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
  row: { letter: string; range: Range },
  column: { letter: string; range: Range },
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
