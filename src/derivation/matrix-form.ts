// The matrix form: whole layers at once. Every line is the index line in another spelling, read back entry by entry
// before it is shown; a line without a matrix form is left to the indexed form.
import type { Adjoints, Differentiated } from "../derivative/adjoints.ts";
import { cancel, shorten, workOut } from "../derivative/workout.ts";
import { factorsOf, isProduct, isSum, termsOf } from "../expression/build.ts";
import type { Expr, Quantity, Role } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { normalise } from "../expression/rewrite.ts";
import { lower, sameUpToOrder } from "../matrix/lower.ts";
import { type Matrix, NoMatrixForm, type Shape, shapeOf } from "../matrix/matrix.ts";
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

const shownForward: ReadonlySet<Quantity["role"]> = new Set(["preActivation", "activation", "intermediate"]);

export function matrixLines(
  differentiated: Differentiated,
  adjoints: Adjoints,
  options: MatrixOptions,
): readonly MatrixLine[] {
  const { network, fold } = differentiated;
  const { graph, targets } = network;
  const forward = network.quantities.flatMap((quantity) => {
    const whole = wholeMatrix(graph, quantity, options);
    if (whole) return [assembled("forward", quantity, whole)];
    const isShown = quantity.define && shownForward.has(quantity.role) && quantity.ranges.length > 0;
    return isShown
      ? lineOf(graph, "forward", quantity, [quantity.define!], axesOf(quantity, options), options)
      : [];
  });
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

/** y and f(x), for an abstract function of whole quantities. */
export function wholeMatrix(
  graph: Graph,
  quantity: Quantity,
  options: Pick<MatrixOptions, "vectorsAre">,
): readonly Matrix[] | undefined {
  if (!quantity.whole?.op) return undefined;
  const { op, on } = quantity.whole;
  const left = nameOf(graph, quantity, options);
  const args = on.map((each) => nameOf(graph, each, options));
  return [left, { kind: "map", op, args, ...shapeOf(left) }];
}

function nameOf(graph: Graph, quantity: Quantity, options: Pick<MatrixOptions, "vectorsAre">): Matrix {
  return quantity.ranges.length === 0
    ? { kind: "scalar", expr: graph.symbol(quantity), rows: "one", columns: "one" }
    : named(quantity, axesOf(quantity, options));
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
function liesInRow({ layout, vectorsAre }: MatrixOptions): (role: Role) => boolean {
  return (role) => vectorsAre === "rows" || (layout === "numerator" && role === "delta");
}

function assembled(box: MatrixLine["box"], quantity: Quantity, matrices: readonly Matrix[]): MatrixLine {
  const shape = shapeOf(matrices[1]!);
  const sides = matrices.map((matrix): Side => ({ kind: "matrix", matrix }));
  const id = `${box}-${quantity.id}`;
  return { id, box, quantity, matrices, shape, line: equalitySides(sides, { id, rule: box }) };
}

/** The matrix of an index expression, if it has one and reads back as what it came from. */
export function spelled(graph: Graph, expr: Expr, axes: Axes, options: MatrixOptions): Matrix | undefined {
  try {
    const matrix = stored(raise(graph, expr, axes), liesInRow(options));
    const back = lower(graph, matrix, axes.row?.letter, axes.column?.letter);
    return sameUpToOrder(graph, back, normalise(graph, expr)) ? matrix : undefined;
  } catch (error) {
    if (error instanceof NoMatrixForm) return undefined;
    throw error;
  }
}
