// The section about Jacobians: each written out where it is small, and the product with the error that replaces it.
import type { Expr, Quantity } from "../expression/expr.ts";
import { shapeText } from "../matrix/matrix.ts";
import type { Network } from "../network/network.ts";
import type { Block, Inline, Side } from "./document.ts";
import type { Jacobian } from "./jacobians.ts";
import type { LayerForms } from "./layers.ts";
import { equalitySides } from "./lines.ts";
import { equations, fill, formula, paragraph, section, text } from "./prose.ts";
import type { Wording } from "./wording/english.ts";

/** Products are shown for column vectors in denominator layout, where they read (∂y/∂x)ᵀ ∂L/∂y. */
export function jacobianSection(
  { jacobians, network, options }: NonNullable<LayerForms["matrix"]>,
  words: Wording,
): readonly Block[] {
  if (jacobians.length === 0) return [];
  const { jacobianOf } = network.kind === "equations" ? words.vectors : words;
  const columns = options.layout === "denominator" && options.vectorsAre === "columns";
  return [
    section("jacobians", words.jacobians, [
      paragraph(jacobianOf),
      ...jacobians.flatMap((jacobian) => [
        ...jacobianBlocks(jacobian, network, words),
        ...(columns && jacobian.product ? productBlocks(jacobian, network, words) : []),
      ]),
    ]),
  ];
}

function jacobianBlocks(jacobian: Jacobian, network: Network, words: Wording): readonly Block[] {
  const { of, by, matrix, shape, entries, dotted, size, productSize, isDiagonal } = jacobian;
  const isWhole = matrix.kind === "jacobian";
  const sides: readonly Side[] = [
    { kind: "layers", of, by },
    ...(isWhole ? inertSides(jacobian, network) : [{ kind: "matrix" as const, matrix }]),
    ...(entries ? [{ kind: "entries" as const, rows: entries }] : []),
    ...(dotted ? [{ kind: "dottedProduct" as const, factors: [dotted] }] : []),
  ];
  const line = equalitySides(sides, { rule: "jacobian", id: `jacobian-${of.id}-${by.id}` });
  const diagonal = isDiagonal ? `${words.jacobianDiagonal} ` : "";
  return [
    equations([{ ...line, because: [text(shapeText(shape))] }]),
    paragraph(`${diagonal}${words.jacobianSize(size, productSize)}`),
  ];
}

/** ∂y_j/∂x_i in row j and column i, where each entry has a formula of its own. */
function inertSides({ of, by, entries }: Jacobian, network: Network): readonly Side[] {
  if (!entries) return [];
  const rows = indices(of).map((row) => indices(by).map((column) => local(of, row, by, column, network)));
  return [{ kind: "entries", rows }];
}

function indices({ ranges }: Quantity): readonly number[] {
  return Array.from({ length: ranges[0]!.size! }, (_, position) => position + 1);
}

function local(of: Quantity, row: number, by: Quantity, column: number, { graph }: Network): Expr {
  return graph.derivative(graph.symbol(of, [row]), graph.symbol(by, [column]));
}

/** The error at the layer below as the transposed Jacobian times the error above: named, written out, and as it is computed. */
function productBlocks(jacobian: Jacobian, network: Network, words: Wording): readonly Block[] {
  const { of, by } = jacobian;
  const { graph, loss } = network;
  const sides: readonly Side[] = [
    { kind: "layers", of: loss, by },
    { kind: "vectorJacobian", loss, of, by },
    ...writtenOut(jacobian, network),
    ...asComputed(jacobian, network),
  ];
  const line = equalitySides(sides, { rule: "vector-jacobian", id: `vjp-${of.id}-${by.id}` });
  const at = (quantity: Quantity): readonly Inline[] => [formula(graph.symbol(quantity, quantity.formals))];
  return [paragraph(fill(words.jacobianProduct, { above: at(of), below: at(by) })), equations([line])];
}

/** The transposed Jacobian beside the column of errors, entry by entry. A diagonal one shows the zeros that it is about. */
function writtenOut({ of, by, entries, dotted, isDiagonal }: Jacobian, network: Network): readonly Side[] {
  const { graph, loss } = network;
  const errorAt = (index: number | string): Expr =>
    graph.derivative(graph.symbol(loss), graph.symbol(of, [index]));
  if (dotted) {
    const { index, last } = dotted;
    return [
      { kind: "dottedProduct", factors: [dotted, { form: "column", entry: errorAt(index), index, last }] },
    ];
  }
  if (!entries) return [];
  const inert = indices(by).map((column) => indices(of).map((row) => local(of, row, by, column, network)));
  const left = isDiagonal ? entries : inert;
  return [{ kind: "entriesProduct", factors: [left, indices(of).map((unit) => [errorAt(unit)])] }];
}

/** Without the Jacobian where it is diagonal: f'(x) ⊙ ∂L/∂y. */
function asComputed(
  { of, by, entries, product, isDiagonal, matrix }: Jacobian,
  network: Network,
): readonly Side[] {
  if (matrix.kind !== "jacobian") return product ? [{ kind: "matrix", matrix: product }] : [];
  if (!entries || !isDiagonal) return [];
  const { graph, loss } = network;
  const errors = indices(of).map((row) => [graph.derivative(graph.symbol(loss), graph.symbol(of, [row]))]);
  const column = (entryAt: (at: number) => Expr): readonly (readonly Expr[])[] =>
    indices(by).map((index) => [entryAt(index)]);
  const named = column((index) => local(of, index, by, index, network));
  const worked = column((index) => entries[index - 1]![index - 1]!);
  return [named, worked].map((factor) => ({
    kind: "entriesProduct",
    factors: [factor, errors],
    entrywise: true,
  }));
}
