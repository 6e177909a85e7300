// Both forms of equations whose vectors are put together, or declared by their shapes: what is about a whole vector, the
// Jacobians, and the products that replace them.
//
//   ∂L/∂x_i = Σ_j ∂L/∂y_j ∂y_j/∂x_i,   ∂L/∂x = (∂y/∂x)ᵀ ∂L/∂y      (Goodfellow, Bengio and Courville 2016, eq. 6.45, 6.46)
import { adjoints, type Differentiated, differentiate } from "../derivative/adjoints.ts";
import { isNumber, isProduct, isSum } from "../expression/build.ts";
import type { Expr, Quantity } from "../expression/expr.ts";
import { toNumber } from "../expression/rational.ts";
import { Failure } from "../failure.ts";
import type { Matrix } from "../matrix/matrix.ts";
import type { Grouped, Network } from "../network/network.ts";
import type { MatrixBindings, Numbers } from "../numeric/matrices.ts";
import {
  type LocalDerivatives,
  localDerivatives,
  type WholeNumbers,
  wholeNumbers,
} from "../numeric/wholes.ts";
import type { Side } from "./document.ts";
import { type IndexedLine, indexedLines, passedOn, statement } from "./indexed.ts";
import { type Jacobian, jacobians } from "./jacobians.ts";
import { equalitySides } from "./lines.ts";
import { type MatrixLine, type MatrixOptions, matrixLines, wholeMatrix } from "./matrix-form.ts";
import { checked, type ValuedLine, valued } from "./matrix-numbers.ts";

/** The definitions, then every derivative by a whole, with the sum over all that it reaches. */
export function indexedWholes(network: Network): readonly IndexedLine[] {
  const differentiated = differentiatedWholes(network);
  const lines = indexedLines(differentiated, adjoints(differentiated));
  const telling = lines.filter(({ line, box }) => line.sides.length > 1 && box !== "forward");
  return [...definitionsOf(network), ...passedOn(differentiated, () => true), ...telling];
}

function differentiatedWholes(network: Network): Differentiated {
  const differentiated = differentiate(network.grouped?.network ?? network, "as wholes");
  requireOneMeaning(differentiated);
  return differentiated;
}

/**
 * ∂L/∂y stands for all that L owes to y, and for the derivative of L = L(u, y) by its own y: where u depends on y, these
 * are two things with one name. Throws Failure `impossible-request`. Complexity: quadratic in the number of wholes.
 */
function requireOneMeaning({ network, active }: Differentiated): void {
  const reached = new Map<Quantity, ReadonlySet<Quantity>>();
  for (const of of active) {
    const on = (of.whole?.on ?? []).filter((each) => active.includes(each));
    for (const by of on) {
      const way = on.find((other) => reached.get(other)?.has(by));
      if (!way) continue;
      throw new Failure(
        "impossible-request",
        `"${of.id}" depends on "${by.id}" by itself and through "${way.id}", so that ∂${of.id}/∂${by.id} has two meanings; give the direct way an equation of its own, such as s = s(${by.id}), and use s for "${by.id}" in the equation of "${of.id}".`,
        { pointer: network.kind === "equations" ? "/network/equations" : "/network" },
      );
    }
    reached.set(of, new Set(on.flatMap((each) => [each, ...(reached.get(each) ?? [])])));
  }
}

/** Every equation as it was written: y_i = exp(x_i), or y = f(x). */
function definitionsOf({ graph, quantities }: Network): readonly IndexedLine[] {
  return quantities.flatMap((quantity) => {
    const whole = wholeMatrix(graph, quantity, { vectorsAre: "columns" });
    if (whole) return [wholeDefinition(quantity, whole)];
    const symbol = graph.symbol(quantity, quantity.formals);
    return quantity.define ? [statement("forward", quantity, "definition", [symbol, quantity.define])] : [];
  });
}

function wholeDefinition(quantity: Quantity, matrices: readonly Matrix[]): IndexedLine {
  const sides = matrices.map((matrix): Side => ({ kind: "matrix", matrix }));
  const line = equalitySides(sides, { rule: "definition", id: `definition-${quantity.id}` });
  return { box: "forward", about: quantity, sides: [], line };
}

interface MatrixWholes {
  readonly network: Network;
  readonly lines: readonly ValuedLine[];
  readonly jacobians: readonly Jacobian[];
}

export function matrixWholes(network: Network, options: MatrixOptions): MatrixWholes {
  const differentiated = differentiatedWholes(network);
  const walked = adjoints(differentiated);
  const lines = matrixLines(differentiated, walked, options);
  const { grouped } = network;
  if (!grouped) {
    const telling = lines.filter((line) => !repeatsItself(line));
    return {
      network,
      lines: network.values ? valued(network, differentiated, walked, telling) : telling,
      jacobians: jacobians(differentiated, options),
    };
  }
  const local = localDerivatives(network, grouped);
  const all = [
    ...entriesLines(network, grouped, options),
    ...lines.map((line) => withEntries(line, grouped, local, options)),
  ];
  return {
    network: grouped.network,
    lines: network.values ? numbered(all, wholeNumbers(network, grouped, local)) : all,
    jacobians: jacobians(differentiated, options, local),
  };
}

/** x = (x_1, x_2)ᵀ, y = (f_1(x_1, x_2), …)ᵀ */
function entriesLines(
  { graph }: Network,
  { network, members }: Grouped,
  options: MatrixOptions,
): readonly MatrixLine[] {
  return network.quantities
    .filter(({ ranges }) => ranges.length === 1)
    .map((quantity): MatrixLine => {
      const entries = members.get(quantity)!.map((entry): Expr => entry.define ?? graph.symbol(entry));
      const isColumn = options.vectorsAre === "columns";
      const [range] = quantity.ranges as readonly [Quantity["ranges"][0]];
      const shape = isColumn
        ? ({ rows: range, columns: "one" } as const)
        : ({ rows: "one", columns: range } as const);
      const named: Matrix = { kind: "quantity", quantity, ...shape };
      const sides: readonly Side[] = [
        { kind: "matrix", matrix: named },
        { kind: "entries", rows: isColumn ? entries.map((entry) => [entry]) : [entries] },
      ];
      const id = `forward-${quantity.id}`;
      return {
        id,
        box: "forward",
        quantity,
        matrices: [named],
        shape,
        line: equalitySides(sides, { id, rule: "forward" }),
      };
    });
}

/** ∂L/∂y where the loss is worked out from y: each entry by its own formula, too. */
function withEntries(
  line: MatrixLine,
  { network: { loss } }: Grouped,
  local: LocalDerivatives,
  { layout, vectorsAre }: MatrixOptions,
): MatrixLine {
  const { quantity, box } = line;
  if (box !== "error" && !repeatsItself(line)) return line;
  const [row] = local(loss, quantity.adjointOf ?? quantity);
  const isRow = layout === "numerator" || vectorsAre === "rows";
  const entries: Side = { kind: "entries", rows: isRow ? [row!] : row!.map((entry) => [entry]) };
  const { sides: all } = line.line;
  const sides = repeatsItself(line) ? all.slice(0, 1) : all;
  const signs = line.line.signs.slice(0, sides.length - 1);
  return { ...line, line: { ...line.line, sides: [...sides, entries], signs: [...signs, "="] } };
}

/** ∂L/∂x = ∂L/∂x, where the loss is worked out from x directly. */
function repeatsItself({ box, matrices }: MatrixLine): boolean {
  return box === "derivative" && matrices.at(-1)!.kind === "derivative";
}

/** The lines worked out with the numbers of the entries, beside what the walk over single entries found. */
function numbered(lines: readonly MatrixLine[], found: WholeNumbers): readonly ValuedLine[] {
  const valuesOf = (quantity: Quantity): Float64Array =>
    quantity.adjointOf ? found.adjoints(quantity.adjointOf) : found.values(quantity);
  const bindings: MatrixBindings = {
    quantity: valuesOf,
    derivative: found.derivative,
    scalar: (expr) => scalarValue(expr, valuesOf, found.derivative),
    apply: noFunction,
    vector: noFunction,
  };
  return lines.map((line) => {
    const { quantity, box } = line;
    const values = box === "derivative" ? found.adjoints(quantity) : bindings.quantity(quantity);
    const { rows, columns } = line.shape;
    const own: Numbers = {
      rows: rows === "one" ? 1 : rows.size!,
      columns: columns === "one" ? 1 : columns.size!,
      values,
    };
    return checked(line, bindings, own);
  });
}

/** Scalars beside wholes: numbers, single quantities, their derivatives, and what they add up and multiply to. */
function scalarValue(
  expr: Expr,
  valuesOf: WholeNumbers["values"],
  derivative: WholeNumbers["derivative"],
): number {
  const visit = (node: Expr): number => scalarValue(node, valuesOf, derivative);
  if (isNumber(expr)) return toNumber(expr.value);
  if (isSum(expr)) return expr.args.reduce((total, term) => total + visit(term), 0);
  if (isProduct(expr)) return expr.args.reduce((total, factor) => total * visit(factor), 1);
  if (expr.kind === "symbol") return valuesOf(expr.quantity)[0]!;
  if (expr.kind === "derivative" && expr.of.kind === "symbol")
    return derivative(expr.of.quantity, expr.by.quantity)[0]!;
  throw new Error(`A ${expr.kind} does not stand between wholes.`);
}

function noFunction(): never {
  throw new Error("Between wholes there are products and sums, no functions.");
}
