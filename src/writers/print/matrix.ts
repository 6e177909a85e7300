// Matrix -> Layout: capitals for what has rows and columns, ⊙ entry by entry, products side by side.
import { isWhole } from "../../expression/build.ts";
import type { Expr, Quantity } from "../../expression/expr.ts";
import type { Matrix } from "../../matrix/matrix.ts";
import type { Name } from "../../notation/name.ts";
import { type Table, write } from "../table.ts";
import type { Layout, Term } from "./layout.ts";
import { headOf, layoutOf } from "./printer.ts";
import type { Scope } from "./scope.ts";

/** How tightly a matrix binds; a matrix product beside ⊙ reads without brackets, ⊙ inside a product does not. */
const binding = { sum: 1, hadamard: 2, product: 3, atom: 4 } as const;

interface Piece {
  readonly layout: Layout;
  readonly binds: number;
}

/** The layout of a matrix in its scope. */
export function layoutOfMatrix(matrix: Matrix, scope: Scope): Layout {
  return write(rows, matrix, scope).layout;
}

/** ∂a/∂z of whole layers. */
export function layoutOfJacobian(of: Quantity, by: Quantity, { dialect }: Scope): Layout {
  const differential = (quantity: Quantity): Layout => ({
    kind: "differential",
    sign: dialect.derivativeSign,
    of: { kind: "name", name: dialect.layerName(quantity) },
  });
  return { kind: "fraction", top: differential(of), bottom: differential(by) };
}

const atom = (layout: Layout): Piece => ({ layout, binds: binding.atom });

function placed(matrix: Matrix, asks: number, scope: Scope): Layout {
  const { layout, binds } = write(rows, matrix, scope);
  return binds < asks ? { kind: "fenced", fence: "parentheses", body: layout } : layout;
}

const rows: Table<Matrix, [Scope], Piece> = {
  quantity: (matrix, scope) => atom({ kind: "name", name: matrixName(matrix, scope) }),
  derivative: ({ of, by, rows: height, columns }, scope) => {
    const sign = scope.dialect.derivativeSign;
    const bottom: Layout = {
      kind: "name",
      name: matrixName({ kind: "quantity", quantity: by, rows: height, columns }, scope),
    };
    return atom({
      kind: "fraction",
      top: { kind: "differential", sign, of: layoutOf(of, scope) },
      bottom: { kind: "differential", sign, of: bottom },
    });
  },
  jacobian: ({ of, by }, scope) => atom(layoutOfJacobian(of, by, scope)),
  scalar: ({ expr }, scope) => atom(layoutOf(expr, scope)),
  ones: ({ rows: height, columns }) => {
    if (height !== "one") return atom(fixed.ones);
    return atom(columns === "one" ? fixed.one : { kind: "transposed", of: fixed.ones });
  },
  identity: () => atom(fixed.identity),
  transpose: ({ of }, scope) => atom({ kind: "transposed", of: superscriptable(of, scope) }),
  diagonal: ({ of }, scope) =>
    atom({ kind: "call", head: fixed.diagonal, args: [write(rows, of, scope).layout] }),
  product: ({ factors }, scope) => ({
    layout: {
      kind: "product",
      factors: factors.map((factor) => placed(factor, binding.product, scope)),
      signs: factors.slice(1).map(() => "none" as const),
    },
    binds: binding.product,
  }),
  hadamard: (matrix, scope) => ({
    layout: {
      kind: "product",
      factors: matrix.factors.map((factor) => placed(factor, binding.hadamard, scope)),
      signs: matrix.factors.slice(1).map(() => (isSingle(matrix) ? ("none" as const) : ("odot" as const))),
    },
    binds: binding.hadamard,
  }),
  sum: ({ terms }, scope) => ({
    layout: { kind: "sum", terms: terms.map((term) => termOf(term, scope)) },
    binds: binding.sum,
  }),
  scaled: ({ by, of }, scope) => scaled(by, of, scope),
  map: ({ op, args, slot }, scope) => {
    const head: Layout = headOf(op, scope);
    const inner = args.filter((arg) => arg.kind !== "scalar").map((arg) => write(rows, arg, scope).layout);
    return atom({ kind: "call", head: slot === undefined ? head : { kind: "primed", head }, args: inner });
  },
  vector: ({ op, of }, scope) =>
    atom({ kind: "call", head: headOf(op, scope), args: [write(rows, of, scope).layout] }),
  power: ({ of, exponent }, scope) => {
    const base = superscriptable(of, scope);
    const plain = layoutOf(exponent, scope);
    const raised: Layout = isSingle(of)
      ? plain
      : { kind: "product", factors: [fixed.entrywise, plain], signs: ["none"] };
    return { layout: { kind: "power", base, exponent: raised }, binds: binding.product };
  },
};

function symbolOf(latex: string, plain: string, en: string, de: string): Layout & { kind: "function" } {
  return { kind: "function", spelling: { latex, plain, speech: { en, de } } };
}

const fixed = {
  one: symbolOf("1", "1", "1", "1"),
  ones: symbolOf("\\mathbf{1}", "𝟏", "ones", "Einsen"),
  identity: symbolOf("I", "I", "the identity matrix", "die Einheitsmatrix"),
  diagonal: symbolOf("\\operatorname{diag}", "diag", "the diagonal matrix", "die Diagonalmatrix"),
  entrywise: { ...symbolOf("\\odot", "⊙", "entry by entry", "eintragsweise"), operator: true },
} as const;

/** A layer's letter; a capital where it has rows and columns. */
function matrixName({ quantity }: Matrix & { kind: "quantity" }, scope: Scope): Name {
  const name = scope.dialect.layerName(quantity);
  return quantity.ranges.length < 2 ? name : { ...name, letter: capital(name.letter) };
}

/** W for w, Δ for δ; words stay words. */
function capital(letter: string): string {
  if (letter === "delta") return "Delta";
  return letter.length === 1 ? letter.toUpperCase() : letter;
}

/** Only what has no superscript of its own can carry one without brackets. */
function superscriptable(of: Matrix, scope: Scope): Layout {
  const { layout, binds } = write(rows, of, scope);
  const bare = of.kind === "quantity" || of.kind === "ones" || of.kind === "vector";
  if (bare && !hasSuperscript(layout)) return layout;
  const isFraction = of.kind === "derivative" || of.kind === "jacobian";
  return binds < binding.atom || of.kind === "map" || isFraction || hasSuperscript(layout)
    ? { kind: "fenced", fence: "parentheses", body: layout }
    : layout;
}

function hasSuperscript(layout: Layout): boolean {
  if (layout.kind === "name") return layout.name.sup.length > 0;
  return layout.kind === "transposed" || layout.kind === "power";
}

/** A layer of one unit is a number: nothing is marked entry by entry there. */
function isSingle({ rows: height, columns }: Matrix): boolean {
  return [height, columns].every((extent) => extent === "one" || extent.size === 1);
}

/** A term of a sum, its sign kept apart. */
function termOf(matrix: Matrix, scope: Scope): Term {
  if (matrix.kind !== "scaled") return { minus: false, body: placed(matrix, binding.hadamard, scope) };
  const { minus, magnitude } = signOf(matrix.by, scope);
  const body = placed(matrix.of, binding.hadamard, scope);
  return { minus, body: magnitude ? { kind: "product", factors: [magnitude, body], signs: ["none"] } : body };
}

function scaled(by: Expr, of: Matrix, scope: Scope): Piece {
  const { minus, magnitude } = signOf(by, scope);
  const inner = placed(of, binding.hadamard, scope);
  const body: Layout = magnitude ? { kind: "product", factors: [magnitude, inner], signs: ["none"] } : inner;
  return { layout: { kind: "sum", terms: [{ minus, body }] }, binds: minus ? binding.sum : binding.hadamard };
}

/** The sign of a scalar factor, and the factor without it; nothing where that is 1. */
function signOf(by: Expr, scope: Scope): { minus: boolean; magnitude?: Layout } {
  if (isWhole(by, 1)) return { minus: false };
  if (isWhole(by, -1)) return { minus: true };
  const layout = layoutOf(by, scope);
  const [first, ...others] = layout.kind === "sum" ? layout.terms : [];
  if (first && others.length === 0) return { minus: first.minus, magnitude: first.body };
  const bare = layout.kind !== "sum" && layout.kind !== "summation";
  return { minus: false, magnitude: bare ? layout : { kind: "fenced", fence: "parentheses", body: layout } };
}
