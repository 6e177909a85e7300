// Matrix arithmetic on the numbers of a network: what a matrix line is worth, by plain rows times columns.
import type { Expr, Quantity } from "../expression/expr.ts";
import type { Extent, Matrix } from "../matrix/matrix.ts";

/** Row-major numbers with their shape. */
export interface Numbers {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** What a matrix is made of: the entries of quantities, and the values of scalars. */
export interface MatrixBindings {
  readonly quantity: (quantity: Quantity) => Float64Array;
  readonly scalar: (expr: Expr) => number;
  /** The derivatives of every entry of a quantity by every entry of another, row by row. */
  readonly derivative: (of: Quantity, by: Quantity) => Float64Array;
  /** The value of an operation at numbers, or with `slot` of its derivative. */
  readonly apply: (matrix: Matrix & { kind: "map" }, args: readonly number[]) => number;
  readonly vector: (matrix: Matrix & { kind: "vector" }, args: Float64Array, into: Float64Array) => void;
}

/** The matrix's numbers; cost as written, product by product from the right. */
export function matrixNumbers(matrix: Matrix, bindings: MatrixBindings): Numbers {
  const of = (part: Matrix): Numbers => matrixNumbers(part, bindings);
  const shape = { rows: sizeOf(matrix.rows), columns: sizeOf(matrix.columns) };
  switch (matrix.kind) {
    case "quantity":
      return { ...shape, values: bindings.quantity(matrix.quantity) };
    case "derivative":
      return { ...shape, values: bindings.derivative(matrix.of.quantity, matrix.by) };
    case "jacobian":
      return { ...shape, values: bindings.derivative(matrix.of, matrix.by) };
    case "scalar":
      return { ...shape, values: Float64Array.of(bindings.scalar(matrix.expr)) };
    case "ones":
      return filled(shape, () => 1);
    case "identity":
      return filled(shape, (row, column) => (row === column ? 1 : 0));
    case "transpose":
      return transposed(of(matrix.of));
    case "diagonal": {
      const { values } = of(matrix.of);
      return filled(shape, (row, column) => (row === column ? values[row]! : 0));
    }
    case "product":
      return matrix.factors.map(of).reduceRight((right, left) => times(left, right));
    case "hadamard":
      return entrywise(shape, matrix.factors.map(of), (entries) =>
        entries.reduce((total, entry) => total * entry, 1),
      );
    case "sum":
      return entrywise(shape, matrix.terms.map(of), (entries) =>
        entries.reduce((total, entry) => total + entry, 0),
      );
    case "scaled": {
      const factor = bindings.scalar(matrix.by);
      return entrywise(shape, [of(matrix.of)], ([entry]) => factor * entry!);
    }
    case "power": {
      const exponent = bindings.scalar(matrix.exponent);
      return entrywise(shape, [of(matrix.of)], ([entry]) => entry! ** exponent);
    }
    case "map":
      return mapped(matrix, shape, bindings);
    case "vector":
      return vectorwise(matrix, of(matrix.of), bindings);
  }
}

function sizeOf(extent: Extent): number {
  return extent === "one" ? 1 : extent.size!;
}

type Dimensions = Omit<Numbers, "values">;

function filled({ rows, columns }: Dimensions, entry: (row: number, column: number) => number): Numbers {
  const values = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) values[row * columns + column] = entry(row, column);
  }
  return { rows, columns, values };
}

function transposed({ rows, columns, values }: Numbers): Numbers {
  return filled({ rows: columns, columns: rows }, (row, column) => values[column * columns + row]!);
}

/** C_ij = Σ_k A_ik B_kj */
function times(left: Numbers, right: Numbers): Numbers {
  return filled({ rows: left.rows, columns: right.columns }, (row, column) => {
    let total = 0;
    for (let inner = 0; inner < left.columns; inner += 1) {
      total += left.values[row * left.columns + inner]! * right.values[inner * right.columns + column]!;
    }
    return total;
  });
}

function entrywise(
  { rows, columns }: Dimensions,
  parts: readonly Numbers[],
  combine: (entries: readonly number[]) => number,
): Numbers {
  return {
    rows,
    columns,
    values: Float64Array.from({ length: rows * columns }, (_, place) =>
      combine(parts.map(({ values }) => values[place]!)),
    ),
  };
}

function mapped(matrix: Matrix & { kind: "map" }, shape: Dimensions, bindings: MatrixBindings): Numbers {
  const args = matrix.args.map((arg) =>
    arg.kind === "scalar" ? bindings.scalar(arg.expr) : matrixNumbers(arg, bindings),
  );
  const at = (place: number): readonly number[] =>
    args.map((arg) => (typeof arg === "number" ? arg : arg.values[place]!));
  return {
    ...shape,
    values: Float64Array.from({ length: shape.rows * shape.columns }, (_, place) =>
      bindings.apply(matrix, at(place)),
    ),
  };
}

/** The vector function of every column, or of every row. */
function vectorwise(matrix: Matrix & { kind: "vector" }, of: Numbers, bindings: MatrixBindings): Numbers {
  if (matrix.along === "columns")
    return transposed(vectorwise({ ...matrix, along: "rows" }, transposed(of), bindings));
  const values = new Float64Array(of.values.length);
  for (let row = 0; row < of.rows; row += 1) {
    const part = [row * of.columns, (row + 1) * of.columns] as const;
    bindings.vector(matrix, of.values.subarray(...part), values.subarray(...part));
  }
  return { ...of, values };
}

/** Rows of numbers, as an answer lists them. */
export function rowsOf({ rows, columns, values }: Numbers): number[][] {
  return Array.from({ length: rows }, (_, row) => [...values.subarray(row * columns, (row + 1) * columns)]);
}
