// From the syntax of a formula to an expression of the graph: every name is looked up, nothing is guessed.
import { didYouMean, Failure } from "../failure.ts";
import { multiply, power as powerOperation, add as sumOperation } from "../primitives/arithmetic.ts";
import type { Operation } from "../primitives/primitive.ts";
import { divide, factorsOf, isNumber, isWhole, mul, negate, termsOf } from "./build.ts";
import type { Expr, Index } from "./expr.ts";
import type { Graph } from "./graph.ts";
import * as exact from "./rational.ts";
import type { Syntax } from "./syntax.ts";

/** What the names of a formula mean here. */
export interface Scope {
  /** The value of a name, or nothing. */
  readonly value: (name: string) => Expr | undefined;
  /** The names that may be used, for "did you mean". */
  readonly names: Iterable<string>;
  /** A function by its name, with the constants that complete its arguments. */
  readonly call: (name: string, args: readonly Expr[], position: number) => Expr;
  /** Entries of the output and Kronecker symbols, only in the partials of vector rows. */
  readonly entry?: (name: string, index: Index) => Expr;
}

/** The expression as the author wrote it: order and brackets are kept, only constants are folded. */
export function toExpr(graph: Graph, syntax: Syntax, scope: Scope): Expr {
  const visit = (node: Syntax): Expr => toExpr(graph, node, scope);
  switch (syntax.kind) {
    case "number":
      return graph.number(syntax.value);
    case "name":
      return scope.value(syntax.name) ?? unknownName(syntax.name, syntax.position, scope.names);
    case "negative":
      return negateAsWritten(graph, visit(syntax.of));
    case "call":
      return scope.call(syntax.name, syntax.args.map(visit), syntax.position);
    case "entry":
      return scope.entry!(syntax.name, syntax.index);
    case "binary":
      return combine[syntax.operator](graph, visit(syntax.left), visit(syntax.right));
  }
}

const combine: Record<
  (Syntax & { kind: "binary" })["operator"],
  (graph: Graph, left: Expr, right: Expr) => Expr
> = {
  "+": (graph, left, right) => foldedSum(graph, [...termsOf(left), ...termsOf(right)]),
  "-": (graph, left, right) => foldedSum(graph, [...termsOf(left), negateAsWritten(graph, right)]),
  "*": (graph, left, right) => foldedProduct(graph, [...factorsOf(left), ...factorsOf(right)]),
  "/": (graph, left, right) => divideAsWritten(graph, left, right),
  "^": (graph, left, right) => powerAsWritten(graph, left, right),
};

function foldedSum(graph: Graph, terms: readonly Expr[]): Expr {
  if (!terms.every((term) => isNumber(term))) return graph.apply(sumOperation, terms);
  return graph.number(
    terms.reduce((total, term) => exact.plus(total, (term as Expr & { kind: "number" }).value), exact.zero),
  );
}

function foldedProduct(graph: Graph, factors: readonly Expr[]): Expr {
  return factors.every((factor) => isNumber(factor)) ? mul(graph, factors) : graph.apply(multiply, factors);
}

function negateAsWritten(graph: Graph, expr: Expr): Expr {
  if (isNumber(expr)) return negate(graph, expr);
  return graph.apply(multiply, [graph.number(-1), ...factorsOf(expr)]);
}

function divideAsWritten(graph: Graph, top: Expr, bottom: Expr): Expr {
  if (isNumber(bottom) && exact.isZero(bottom.value))
    throw new Failure(
      "formula-syntax",
      "A formula divides by the constant 0; write a divisor that is not zero.",
    );
  if (isNumber(top) && isNumber(bottom)) return divide(graph, top, bottom);
  if (isNumber(bottom))
    return graph.apply(multiply, [divide(graph, graph.number(1), bottom), ...factorsOf(top)]);
  const inverse = graph.apply(powerOperation, [bottom, graph.number(-1)]);
  return isWhole(top, 1) ? inverse : graph.apply(multiply, [...factorsOf(top), inverse]);
}

function powerAsWritten(graph: Graph, base: Expr, exponent: Expr): Expr {
  if (isNumber(base) && isNumber(exponent)) {
    const folded = exact.power(base.value, exponent.value);
    if (folded) return graph.number(folded);
  }
  return graph.apply(powerOperation, [base, exponent]);
}

/** The call of a catalogue function or one of `own`, with its arity checked and missing constants filled in. */
export function callIn(
  graph: Graph,
  own: ReadonlyMap<string, Operation>,
  catalogue: Catalogue,
): Scope["call"] {
  return (name, args, position) => {
    const op = own.get(name) ?? catalogue.find(name);
    if (!op) return unknownFunction(name, position, [...own.keys(), ...catalogue.names()]);
    const completed = [
      ...args,
      ...catalogue.constantsFor(op, args.length).map((constant) => graph.number(constant)),
    ];
    const arity = catalogue.arity(op);
    if (arity !== undefined && completed.length !== arity) {
      throw new Failure(
        "formula-syntax",
        `The function "${name}" at character ${position + 1} takes ${arity} argument${arity === 1 ? "" : "s"}, not ${args.length}.`,
        { position },
      );
    }
    return graph.apply(op, completed);
  };
}

/** What `callIn` asks of the catalogue of functions. */
export interface Catalogue {
  readonly find: (name: string) => Operation | undefined;
  readonly names: () => Iterable<string>;
  /** The constants that complete a call with so many arguments (leaky-relu's alpha). */
  readonly constantsFor: (op: Operation, given: number) => readonly exact.Rational[];
  /** How many arguments it takes; nothing for abstract functions, which take any number. */
  readonly arity: (op: Operation) => number | undefined;
}

function unknownName(name: string, position: number, known: Iterable<string>): never {
  throw new Failure(
    "unknown-name",
    `Unknown name "${name}" at character ${position + 1}; declare it under parameters or constants, or define it by an equation.${didYouMean(name, known)}`,
    { position },
  );
}

function unknownFunction(name: string, position: number, known: Iterable<string>): never {
  throw new Failure(
    "unknown-name",
    `Unknown function "${name}" at character ${position + 1}; use a function of the catalogue or declare it under functions.${didYouMean(name, known)}`,
    { position },
  );
}
