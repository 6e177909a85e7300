// Expr -> Layout: the one place that decides brackets, signs, fractions and the order of factors. How tightly each
// construct binds, and what its place asks for, stands in piece.ts.
import type { ApplyExpr, ComponentExpr, Expr, Range, SumExpr, SymbolExpr } from "../../expression/expr.ts";
import { isNegative, isOne, isWhole, negative, type Rational, rational } from "../../expression/rational.ts";
import { type Dialect, isCatalogueRow } from "../../notation/dialect.ts";
import { parseName } from "../../notation/name.ts";
import { isSamples } from "../../notation/units.ts";
import type { Operation } from "../../primitives/primitive.ts";
import { type Table, write } from "../table.ts";
import type { Layout, Term } from "./layout.ts";
import { numberText, printsAsFraction } from "./number.ts";
import { ordered } from "./order.ts";
import { factorsOf, negativeExponent, type Parts, partsOf, termsOf, withoutSingleSums } from "./parts.ts";
import {
  asks,
  atom,
  binding,
  bracketed,
  fraction,
  numberAlone,
  numberPiece,
  type Piece,
  placed,
  signed,
  whole,
} from "./piece.ts";
import { bind, resolved, type Scope, spell, withLetter } from "./scope.ts";
import { signBetween } from "./signs.ts";

/** How many terms a Σ may have to be written out when numbers are put in. */
const longestExpansion = 12;

/** The layout of an expression in its scope. */
export function layoutOf(expr: Expr, scope: Scope): Layout {
  return whole(pieceOf(expr, scope));
}

/** Pieces that no index letter can change, once for each dialect, and gone with it. */
const kept = new WeakMap<Dialect, Map<Expr, Piece>>();

/** Concrete expressions print alike wherever they stand, as long as no numbers are put in. */
function pieceOf(expr: Expr, scope: Scope): Piece {
  if (!expr.concrete || scope.values) return write(rows, expr, scope);
  const pieces = kept.get(scope.dialect) ?? new Map<Expr, Piece>();
  kept.set(scope.dialect, pieces);
  const piece = pieces.get(expr) ?? write(rows, expr, scope);
  pieces.set(expr, piece);
  return piece;
}

/** A result in the digits of the printing. */
export function layoutOfValue(value: number, digits: number): Layout {
  const number = numberText(value, digits);
  return whole(atom({ kind: "number", number: { ...number, negative: false } }, number.negative));
}

const rows: Table<Expr, [Scope], Piece> = {
  number: ({ value }) => numberPiece(value),
  symbol: symbolPiece,
  apply: (expr, scope) => write(applications, expr.op, expr, scope),
  component: (expr, scope) => atom(component(expr, scope)),
  sum: summation,
  same: ({ a, b }, scope) => atom({ kind: "same", left: spell(a, scope), right: spell(b, scope) }),
  size: ({ range }, { dialect }) => {
    const letter = isSamples(range) ? dialect.notation.reduction.count : "K";
    return atom({ kind: "index", text: range.size === undefined ? letter : String(range.size) });
  },
  derivative: ({ of, by }, scope) => {
    const sign = scope.dialect.derivativeSign;
    return fraction(differential(sign, derivedLayout(of, scope)), differential(sign, nameLayout(by, scope)));
  },
};

/** By the kind of operation. */
const applications: Table<Operation, [ApplyExpr, Scope], Piece> = {
  sum: (_, expr, scope) => sum(expr.args, scope),
  product: (_, expr, scope) => product(expr.args, scope),
  power: (_, expr, scope) => product([expr], scope),
  scalar: (_, expr, scope) => application(expr, scope),
  vector: (_, expr, scope) => application(expr, scope),
  abstract: (_, expr, scope) => application(expr, scope),
};

/** What is derived: a name, or an expression in brackets. */
function derivedLayout(of: Expr, scope: Scope): Layout {
  return of.kind === "symbol" ? nameLayout(of, scope) : bracketed(layoutOf(of, scope));
}

function differential(sign: "partial" | "d", of: Layout): Layout {
  return { kind: "differential", sign, of };
}

// Numbers and symbols

function symbolPiece(symbol: SymbolExpr, scope: Scope): Piece {
  const value = scope.values?.({ ...symbol, indices: symbol.indices.map((index) => resolved(index, scope)) });
  if (value !== undefined) {
    const number = numberText(value, scope.digits);
    const piece = numberAlone({ ...number, negative: false });
    // A number put in for a symbol keeps its own sign: 0.3 · (−0.2), 0.5 − (−1).
    return number.negative ? { minus: false, layout: whole({ ...piece, minus: true }), binds: 0 } : piece;
  }
  const layout = nameLayout(symbol, scope);
  const marked = layout.kind === "name" && layout.name.sup.length > 0;
  return { minus: false, layout, binds: marked ? binding.power : binding.atom };
}

function nameLayout(symbol: SymbolExpr, scope: Scope): Layout {
  const { role, entryNames } = symbol.quantity;
  if (role === "blank") return { kind: "blank", letter: entryNames![0]! };
  const indices = symbol.indices.map((index) => resolved(index, scope));
  return {
    kind: "name",
    name: scope.dialect.nameOf({ quantity: symbol.quantity, indices }, (index) => index),
  };
}

// Sums and products

/** A minus or a negative coefficient of a term is printed as subtraction. */
function sum(args: readonly Expr[], scope: Scope): Piece {
  return added(args.flatMap(termsOf).map((term) => pieceOf(term, scope)));
}

function added(pieces: readonly Piece[]): Piece {
  const terms = pieces.map((piece, position): Term => {
    const asked = piece.minus ? asks.subtrahend : position === 0 ? 0 : asks.term;
    return { minus: piece.minus, body: piece.binds < asked ? bracketed(piece.layout) : piece.layout };
  });
  return { minus: false, layout: { kind: "sum", terms }, binds: binding.sum };
}

/** One fraction, or, where a factor still stands above and below, the steps that the chain rule gave. */
function product(args: readonly Expr[], scope: Scope): Piece {
  const parts = partsOf(args);
  const shortened = parts.below.every(([base]) => !parts.above.includes(base));
  return shortened ? underOneBar(parts, scope) : stepwise(args.flatMap(factorsOf), scope);
}

/**
 * Negative powers collect under one bar, with the coefficient. A Σ or a derivative stays beside the bar:
 * (1/n) Σ_i ∂C_i/∂w.
 */
function underOneBar({ coefficient, above, below }: Parts, scope: Scope): Piece {
  const minus = isNegative(coefficient);
  const size = minus ? negative(coefficient) : coefficient;
  const factors = ordered(above, scope.dialect.notation).map((factor) => factorPiece(factor, scope));
  if (below.length === 0) return signed(minus, joined(withCoefficient(size, factors), scope));

  const onTop = printsAsFraction(size) ? rational(size.numerator) : size;
  const underneath = printsAsFraction(size) ? rational(size.denominator) : rational(1);
  const bottom = joined(
    withCoefficient(
      underneath,
      below.map(([base, exponent]) => powerPiece(base, exponent, scope)),
    ),
    scope,
  );
  if (factors.some(standsBesideBar)) {
    const front = fraction(joined(withCoefficient(onTop, []), scope).layout, whole(bottom));
    return signed(minus, joined([front, ...factors], scope));
  }
  const top = joined(withCoefficient(onTop, factors), scope);
  return fraction(whole(top), whole(bottom), minus);
}

/** -(t/p) p (1 - p): a denominator goes below the factor before it. */
function stepwise(factors: readonly Expr[], scope: Scope): Piece {
  const groups: Expr[][] = [];
  for (const factor of factors) {
    const previous = groups.at(-1);
    if (previous && negativeExponent(factor)) previous.push(factor);
    else groups.push([factor]);
  }
  const { coefficient } = partsOf(factors);
  const minus = isNegative(coefficient);
  const steps = groups
    .filter(([first]) => first!.kind !== "number")
    .map((group) => underOneBar(partsOf(group), scope));
  return signed(minus, joined(withCoefficient(minus ? negative(coefficient) : coefficient, steps), scope));
}

function standsBesideBar({ layout }: Piece): boolean {
  return layout.kind === "summation" || layout.kind === "fraction" || layout.kind === "cases";
}

/** No 1 in front of factors. */
function withCoefficient(coefficient: Rational, factors: readonly Piece[]): readonly Piece[] {
  return isOne(coefficient) && factors.length > 0 ? factors : [numberPiece(coefficient), ...factors];
}

/** A factor of a product: a power, or anything else. */
function factorPiece(expr: Expr, scope: Scope): Piece {
  if (expr.kind !== "apply" || expr.op.kind !== "power") return pieceOf(expr, scope);
  const [base, exponent] = expr.args as [Expr, Expr];
  return exponent.kind === "number"
    ? powerPiece(base, exponent.value, scope)
    : raised(pieceOf(base, scope), layoutOf(exponent, scope));
}

function powerPiece(base: Expr, exponent: Rational, scope: Scope): Piece {
  if (isOne(exponent)) return pieceOf(base, scope);
  const isEven = isWhole(exponent) && exponent.numerator % 2n === 0n;
  return raised(isEven ? residual(base, scope) : pieceOf(base, scope), exponentLayout(exponent));
}

/** Below an even power a difference with the target stands in the dialect's order: (y - a)² or (a - y)². */
function residual(base: Expr, scope: Scope): Piece {
  const terms = termsOf(base);
  const target = terms.findIndex(isTarget);
  if (terms.length !== 2 || target < 0) return pieceOf(base, scope);
  const pieces = terms.map((term) => pieceOf(term, scope));
  if (pieces[0]!.minus === pieces[1]!.minus) return pieceOf(base, scope);
  const leading = scope.dialect.notation.residual === "target-minus-output" ? target : 1 - target;
  return added([
    { ...pieces[leading]!, minus: false },
    { ...pieces[1 - leading]!, minus: true },
  ]);
}

/** y, or -y. */
function isTarget(term: Expr): boolean {
  const factors = factorsOf(term).filter(({ kind }) => kind !== "number");
  const [only] = factors;
  return factors.length === 1 && only!.kind === "symbol" && only!.quantity.role === "target";
}

function exponentLayout(exponent: Rational): Layout {
  if (isWhole(exponent) || isNegative(exponent)) return whole(numberPiece(exponent));
  return { kind: "slash", top: String(exponent.numerator), bottom: String(exponent.denominator) };
}

function raised(base: Piece, exponent: Layout): Piece {
  return {
    minus: false,
    layout: { kind: "power", base: placed(base, asks.base), exponent },
    binds: binding.power,
  };
}

/** Factors side by side; a Σ reaches to the end of its product, so only the last one stands without brackets. */
function joined(pieces: readonly Piece[], scope: Scope): Piece {
  const [only] = pieces;
  if (pieces.length === 1) return only!;
  const last = pieces.length - 1;
  const factors = pieces.map((piece, position) =>
    piece.layout.kind === "summation" && position < last
      ? bracketed(piece.layout)
      : placed(piece, asks.factor),
  );
  const signs = factors.slice(1).map((right, position) => signBetween(factors[position]!, right, scope));
  return { minus: false, layout: { kind: "product", factors, signs }, binds: binding.product };
}

// Functions

function application(expr: ApplyExpr, scope: Scope): Piece {
  const { op, args, slot } = expr;
  if (slot !== undefined && scope.values === undefined) {
    const activation =
      scope.dialect.notation.primeOrFraction === "fraction" && scope.dialect.activationOf(expr);
    if (activation) {
      const sign = scope.dialect.derivativeSign;
      const by = args[0] as SymbolExpr;
      return fraction(
        differential(sign, nameLayout(activation, scope)),
        differential(sign, nameLayout(by, scope)),
      );
    }
    if (variablesOf(op, args).length > 1) return partialOf(expr, args[slot]!, scope);
  }
  const shape = slot === undefined && isCatalogueRow(op) ? op.spelling.shape : undefined;
  if (shape) return shapes[shape](args, scope);
  return atom(call(op, args, scope, slot !== undefined));
}

/**
 * ∂f/∂y; where the function is the quantity's own, ∂L/∂y(u, y): of L as a function of u and y, which is not all that L
 * owes to y where u depends on y, too.
 */
function partialOf({ op, args }: ApplyExpr, by: Expr, scope: Scope): Piece {
  const bare = fraction(
    differential("partial", headOf(op, scope)),
    differential("partial", layoutOf(by, scope)),
  );
  if (!scope.dialect.isQuantity(op.name)) return bare;
  return atom({ kind: "call", head: bare.layout, args: args.map((arg) => layoutOf(arg, scope)) });
}

const shapes: Readonly<
  Record<NonNullable<Operation["spelling"]["shape"]>, (args: readonly Expr[], scope: Scope) => Piece>
> = {
  root: ([body], scope) => atom({ kind: "root", body: layoutOf(body!, scope) }),
  bars: ([body], scope) => atom({ kind: "fenced", fence: "bars", body: layoutOf(body!, scope) }),
  exponential: ([exponent], scope) => ({
    minus: false,
    layout: { kind: "exponential", exponent: layoutOf(exponent!, scope) },
    binds: binding.power,
  }),
  cases: ([condition, above, below], scope) => {
    const of = layoutOf(condition!, scope);
    return atom({
      kind: "cases",
      cases: [
        { value: layoutOf(above!, scope), when: { of, relation: ">" } },
        { value: layoutOf(below!, scope), when: { of, relation: "≤" } },
      ],
    });
  },
};

function call(op: Operation, args: readonly Expr[], scope: Scope, primed: boolean): Layout {
  const head = withConstants(headOf(op, scope), op, args, scope);
  const variables = variablesOf(op, args).map((arg) => layoutOf(arg, scope));
  const before = isCatalogueRow(op) ? op.spelling.before : undefined;
  return {
    kind: "call",
    head: primed ? { kind: "primed", head } : head,
    ...(before && { before }),
    args: variables,
  };
}

/** The dialect's f, a trusted spelling of the catalogue, or the name that the user gave. */
export function headOf(op: Operation, { dialect }: Scope): Layout {
  const name = dialect.functionName(op);
  if (name) return { kind: "name", name };
  return isCatalogueRow(op)
    ? { kind: "function", spelling: op.spelling }
    : { kind: "name", name: parseName(op.name) };
}

/** The arguments without the constants of a row: leaky-relu is a function of one variable. */
function variablesOf(op: Operation, args: readonly Expr[]): readonly Expr[] {
  const constants = constantsOf(op, args);
  return args.slice(0, args.length - constants.length);
}

function constantsOf(op: Operation, args: readonly Expr[]): readonly Expr[] {
  const count = isCatalogueRow(op) ? (op.constants?.length ?? 0) : 0;
  const constants = count === 0 ? [] : args.slice(args.length - count);
  return constants.every(({ kind }) => kind === "number") ? constants : [];
}

/** Constants other than the catalogue's own stand as a subscript. */
function withConstants(head: Layout, op: Operation, args: readonly Expr[], scope: Scope): Layout {
  const constants = constantsOf(op, args);
  const usual = isCatalogueRow(op) ? (op.constants ?? []) : [];
  const changed = constants.some(
    (constant, position) => plainValue(constant) !== Number(usual[position]!.value),
  );
  if (!changed || head.kind === "name") return head;
  return { kind: "subscripted", head, sub: layoutOf(constants.at(-1)!, scope) };
}

function plainValue(expr: Expr): number {
  return expr.kind === "number" ? Number(expr.value.numerator) / Number(expr.value.denominator) : Number.NaN;
}

/** softmax(z)_k: the layer as a whole, then the entry. */
function component(expr: ComponentExpr, scope: Scope): Layout {
  const head = headOf(expr.op, scope);
  const [body] = expr.args;
  const args: readonly Layout[] =
    expr.over === undefined || scope.values
      ? listedArguments(expr, scope)
      : [
          body!.kind === "symbol"
            ? { kind: "name", name: scope.dialect.vectorOf(body) }
            : familyOf(expr, scope),
        ];
  const at = resolved(expr.at, scope);
  const sub: Layout = { kind: "index", text: scope.dialect.indexText(at, expr.over) };
  return { kind: "subscripted", head: { kind: "call", head, args }, sub };
}

/** The arguments one by one; of a range, each entry in turn. */
function listedArguments(expr: ComponentExpr, scope: Scope): readonly Layout[] {
  if (expr.over === undefined) return expr.args.map((arg) => layoutOf(arg, scope));
  if (!expr.over.size || expr.over.size > longestExpansion) return [familyOf(expr, scope)];
  return expansionOf(expr.over, expr.index!, scope).map((inner) => layoutOf(expr.args[0]!, inner));
}

/** A body with its own index letter, where it is more than a symbol. */
function familyOf(expr: ComponentExpr, scope: Scope): Layout {
  return layoutOf(expr.args[0]!, bind(expr.index!, expr.over!, scope).scope);
}

// Σ and its letters

function summation(expr: SumExpr, scope: Scope): Piece {
  const single = withoutSingleSums(expr);
  if (single !== expr) return pieceOf(single, scope);
  if (scope.values && expr.over.size && expr.over.size <= longestExpansion) return expanded(expr, scope);
  const { letter, scope: bound } = bind(expr.index, expr.over, scope);
  const inner = { ...bound, here: scope.here ?? expr.over };
  const body = placed(pieceOf(expr.body, inner), asks.summand);
  const limits = isSamples(expr.over) ? sampleLimits(expr.over, scope) : statedLimits(expr.over);
  return {
    minus: false,
    layout: { kind: "summation", under: letter, ...limits, body },
    binds: binding.summation,
  };
}

/** Entries of vectors are counted from 1: Σ_{j=1}^{3}, Σ_{i=1}^{n}. Of units of layers that goes without saying. */
function statedLimits({ limit }: Range): { from?: string; to?: string } {
  return limit === undefined ? {} : { from: "1", to: limit };
}

/** Samples are counted from the dialect's first number: Σ_{n=1}^{N}, Σ_{i=0}^{n−1}. */
function sampleLimits(range: Range, { dialect }: Scope): { from: string; to: string } {
  const { from, count } = dialect.notation.reduction;
  const known = range.size === undefined ? undefined : String(range.size - 1 + from);
  return { from: String(from), to: known ?? (from === 0 ? `${count}-1` : count) };
}

/** Σ written out term by term, where numbers are put in. */
function expanded(expr: SumExpr, scope: Scope): Piece {
  return added(expansionOf(expr.over, expr.index, scope).map((inner) => pieceOf(expr.body, inner)));
}

function expansionOf(range: Range, index: string, scope: Scope): readonly Scope[] {
  return Array.from({ length: range.size! }, (_, position) => withLetter(scope, index, position + 1));
}
