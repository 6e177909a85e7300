// From a matrix back to the expression of one entry: the proof that a matrix line says what its index line says.
import { add, isNumber, mul, pow, sumOver } from "../expression/build.ts";
import type { Expr, Index } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import type { Extent, Matrix } from "./matrix.ts";

/** Entry [row, column]; a single row or column has no index. */
export function lower(graph: Graph, matrix: Matrix, row?: Index, column?: Index): Expr {
  const at = (part: Matrix): Expr => lower(graph, part, row, column);
  switch (matrix.kind) {
    case "quantity":
      return graph.symbol(
        matrix.quantity,
        [row, column].filter((index) => index !== undefined).slice(0, matrix.quantity.ranges.length),
      );
    case "derivative":
      return graph.derivative(
        matrix.of,
        graph.symbol(
          matrix.by,
          [row, column].filter((index) => index !== undefined),
        ),
      );
    case "jacobian": {
      const at = (index: Index | undefined): readonly Index[] => (index === undefined ? [] : [index]);
      return graph.derivative(graph.symbol(matrix.of, at(row)), graph.symbol(matrix.by, at(column)));
    }
    case "scalar":
      return matrix.expr;
    case "ones":
      return graph.number(1);
    case "identity":
      return graph.same(row!, column!);
    case "transpose":
      return lower(graph, matrix.of, indexOf(matrix.of.rows, column), indexOf(matrix.of.columns, row));
    case "diagonal":
      return mul(graph, [graph.same(row!, column!), lower(graph, matrix.of, row)]);
    case "hadamard":
      return mul(graph, matrix.factors.map(at));
    case "sum":
      return add(graph, matrix.terms.map(at));
    case "scaled":
      return mul(graph, [matrix.by, at(matrix.of)]);
    case "power":
      return pow(graph, at(matrix.of), matrix.exponent);
    case "map":
      return graph.apply(
        matrix.op,
        matrix.args.map((arg) => (arg.kind === "scalar" ? arg.expr : at(arg))),
        matrix.slot,
      );
    case "vector":
      return lowerVector(graph, matrix, row, column);
    case "product":
      return lowerProduct(graph, matrix.factors, row, column);
  }
}

function indexOf(extent: Extent, index: Index | undefined): Index | undefined {
  return extent === "one" ? undefined : index;
}

function lowerVector(
  graph: Graph,
  matrix: Matrix & { kind: "vector" },
  row: Index | undefined,
  column: Index | undefined,
): Expr {
  const letter = graph.freshLetter();
  const inColumns = matrix.along === "columns";
  const body = inColumns ? lower(graph, matrix.of, letter, column) : lower(graph, matrix.of, row, letter);
  const over = inColumns ? matrix.rows : matrix.columns;
  if (over === "one") throw new Error("A vector function runs along a range.");
  return graph.componentOver(matrix.op, over, letter, body, (inColumns ? row : column)!);
}

/** Σ_k A_ik B_kj, from the left. */
function lowerProduct(
  graph: Graph,
  factors: readonly Matrix[],
  row: Index | undefined,
  column: Index | undefined,
): Expr {
  const [first, ...rest] = factors;
  if (rest.length === 0) return lower(graph, first!, row, column);
  const inner = first!.columns;
  if (inner === "one") {
    return mul(graph, [
      lower(graph, first!, indexOf(first!.rows, row)),
      lowerProduct(graph, rest, undefined, column),
    ]);
  }
  const letter = graph.freshLetter();
  const body = mul(graph, [
    lower(graph, first!, indexOf(first!.rows, row), letter),
    lowerProduct(graph, rest, letter, column),
  ]);
  return sumOver(graph, inner, letter, body);
}

/** Whether two expressions are the same up to the order of terms and factors. */
export function sameUpToOrder(graph: Graph, left: Expr, right: Expr): boolean {
  return left === right || keyOf(graph, left) === keyOf(graph, right);
}

/** A text that is the same for equal expressions however their sums and products are ordered. */
function keyOf(graph: Graph, expr: Expr): string {
  const key = (node: Expr): string => keyOf(graph, node);
  switch (expr.kind) {
    case "apply": {
      const parts = expr.args.map(key);
      const sorted = expr.op.kind === "sum" || expr.op.kind === "product" ? parts.toSorted() : parts;
      return `${expr.op.name}${expr.slot ?? ""}(${sorted.join(";")})`;
    }
    case "sum":
      return `Σ${expr.over.name}${expr.index}(${key(expr.body)})`;
    case "component":
      return `${expr.op.name}${expr.over?.name ?? ""}${expr.index ?? ""}(${expr.args.map(key).join(";")})@${expr.at}`;
    case "derivative":
      return `d(${key(expr.of)};${key(expr.by)})`;
    default:
      return isNumber(expr) ? `${expr.value.numerator}/${expr.value.denominator}` : `#${expr.id}`;
  }
}
