// How vectors are stored: as columns or as rows. The same matrix is spelled for either by moving transposes to the leaves.
import type { Role } from "../expression/expr.ts";
import { hadamard, type Matrix, product, shapeOf, sum, transpose } from "./matrix.ts";

/** The matrix with the vectors that `liesInRow` stored as rows; its own shape stays what it was. */
export function stored(matrix: Matrix, liesInRow: (role: Role) => boolean): Matrix {
  const visit = (part: Matrix): Matrix => stored(part, liesInRow);
  switch (matrix.kind) {
    case "quantity":
      return liesInRow(matrix.quantity.role) ? asRow(matrix) : matrix;
    case "derivative":
      return liesInRow("delta") ? asRow(matrix) : matrix;
    case "transpose":
      return flip(visit(matrix.of));
    case "product":
      return product(matrix.factors.map(visit));
    case "hadamard":
      return together(matrix.factors.map(visit), hadamard);
    case "sum":
      return together(matrix.terms.map(visit), sum);
    case "scaled":
      return lifted(matrix, visit(matrix.of));
    case "power":
      return lifted(matrix, visit(matrix.of));
    case "diagonal":
      return { ...matrix, of: visit(matrix.of) };
    case "map":
      return mapped(matrix, matrix.args.map(visit));
    case "vector":
      return vectorOf(matrix, visit(matrix.of));
    case "jacobian":
    case "scalar":
    case "ones":
    case "identity":
      return matrix;
  }
}

/** A column as the transpose of what is stored; anything else as it is. */
function asRow(matrix: Matrix): Matrix {
  const isColumn = matrix.columns === "one" && matrix.rows !== "one";
  return isColumn ? transpose({ ...matrix, rows: "one", columns: matrix.rows }) : matrix;
}

/** The transpose, moved inwards to the leaves. */
function flip(matrix: Matrix): Matrix {
  switch (matrix.kind) {
    case "product":
      return product(matrix.factors.toReversed().map(flip));
    case "hadamard":
      return hadamard(matrix.factors.map(flip));
    case "sum":
      return sum(matrix.terms.map(flip));
    case "scaled":
    case "power": {
      const of = flip(matrix.of);
      return { ...matrix, of, ...shapeOf(of) };
    }
    case "ones":
      return { kind: "ones", rows: matrix.columns, columns: matrix.rows };
    default:
      return transpose(matrix);
  }
}

/** Where every part is a transpose, the whole is one: aᵀ ⊙ bᵀ = (a ⊙ b)ᵀ. */
function together(parts: readonly Matrix[], join: (parts: readonly Matrix[]) => Matrix): Matrix {
  const turned = parts.filter((part) => part.kind !== "ones");
  if (turned.length === 0 || !turned.every((part) => part.kind === "transpose")) return join(parts);
  return transpose(join(parts.map(flip)));
}

function lifted(matrix: Matrix & { kind: "scaled" | "power" }, of: Matrix): Matrix {
  return of.kind === "transpose" ? transpose({ ...matrix, of: of.of, ...shapeOf(of.of) }) : { ...matrix, of };
}

function mapped(matrix: Matrix & { kind: "map" }, args: readonly Matrix[]): Matrix {
  const shaped = args.filter((arg) => arg.kind !== "scalar");
  if (!shaped.every((arg) => arg.kind === "transpose")) return { ...matrix, args };
  const inner = args.map((arg) => (arg.kind === "transpose" ? arg.of : arg));
  return transpose({ ...matrix, args: inner, rows: matrix.columns, columns: matrix.rows });
}

function vectorOf(matrix: Matrix & { kind: "vector" }, of: Matrix): Matrix {
  if (of.kind !== "transpose") return { ...matrix, of };
  const along = matrix.along === "rows" ? "columns" : "rows";
  return transpose({ ...matrix, of: of.of, along, ...shapeOf(of.of) });
}
