// Expressions as code: one printer, with what differs between languages in their rows.
import { factorsOf, isNegative, isNumber, isPower, mul, negate, pow } from "../expression/build.ts";
import type { Expr, Index, Quantity } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { isOwn, ownValue } from "../expression/own.ts";
import { toNumber } from "../expression/rational.ts";
import { functionName, type Language } from "./languages.ts";
import { isWhole, matrixProduct, mentions, outerProduct } from "./wholes.ts";

/** What an expression is printed with. */
export interface Code {
  readonly graph: Graph;
  readonly language: Language;
  readonly nameOf: (quantity: Quantity) => string;
  /** The code's letters of the indices that are open here. */
  readonly letters: ReadonlyMap<string, string>;
  /** Index letters that are left out, because whole arrays are computed at once. */
  readonly whole?: readonly string[];
}

/** How tightly a text holds together, from a sum to what needs no brackets anywhere. */
const binding = { sum: 1, matrix: 2, product: 3, power: 4, atom: 5 } as const;

type Binding = (typeof binding)[keyof typeof binding];

interface Printed {
  readonly text: string;
  readonly binds: Binding;
}

/** Every entry of a quantity as an array of the language; a number where it has no indices. */
export function entriesCode({ ranges, formals }: Quantity, define: Expr, code: Code): string {
  if (define.kind === "component" && define.over && define.at === formals.join())
    return vectorCode(define, code);
  if (isEntry(define, formals)) return code.nameOf(define.quantity);
  const whole = code.language.wholes && wholeCode(define, formals, code);
  if (whole) return whole;
  const nest = (axis: number, inner: Code): string =>
    axis === ranges.length
      ? expressionCode(define, inner)
      : eachCode(ranges[axis]!.size!, formals[axis]!, inner, (next) => nest(axis + 1, next));
  return ranges.length === 0 ? nest(0, code) : code.language.array(nest(0, code));
}

/** All entries at once; nothing where that cannot be said. */
function wholeCode(define: Expr, formals: readonly string[], code: Code): string | undefined {
  const { graph, language } = code;
  if (formals.length === 0 || !formals.every((formal) => mentions(define, [formal]))) return undefined;
  if (isWhole(define, formals)) return expressionCode(define, { ...code, whole: formals });
  const [to, from] = formals;
  const sides = formals.length === 2 && outerProduct(define, [to!, from!]);
  if (!sides) return undefined;
  const [left, right] = sides.map((factors, side) =>
    expressionCode(mul(graph, factors), { ...code, whole: [formals[side]!] }),
  );
  return `${language.wholes}.outer(${left}, ${right})`;
}

/** The expression on one line. */
export function expressionCode(expr: Expr, code: Code): string {
  return print(expr, code).text;
}

function print(expr: Expr, code: Code): Printed {
  const { language, nameOf } = code;
  switch (expr.kind) {
    case "number":
      return number(toNumber(expr.value));
    case "size":
      return number(expr.range.size!);
    case "symbol":
      return atom(
        code.whole && expr.indices.length > 0 && expr.indices.join() === code.whole.join()
          ? nameOf(expr.quantity)
          : language.entry(
              nameOf(expr.quantity),
              expr.indices.map((index) => indexCode(index, code)),
            ),
      );
    case "same":
      return atom(language.same(indexCode(expr.a, code), indexCode(expr.b, code)));
    case "component":
      return atom(language.entry(vectorCode(expr, code), [indexCode(expr.at, code)]));
    case "sum":
      return (language.wholes && wholeSum(expr, code)) || atom(totalCode(expr, code));
    case "apply":
      return applied(expr, code);
    case "derivative":
      throw new Error("An inert derivative has no code.");
  }
}

function totalCode({ over, index, body }: Expr & { kind: "sum" }, code: Code): string {
  const { letter, inside } = opened(index, code);
  return code.language.total(over.size!, letter, expressionCode(body, inside));
}

/** M @ v, M.T @ v, or the sum of all entries of one array. */
function wholeSum(expr: Expr & { kind: "sum" }, code: Code): Printed | undefined {
  const { graph, language, nameOf, whole: letters = [] } = code;
  const inside: Code = { ...code, whole: [expr.index] };
  if (letters.length === 1 && mentions(expr, letters)) {
    const { matrix, transposed, vector } = matrixProduct(expr, letters[0]!)!;
    const right = within(mul(graph, vector), binding.power, inside);
    return { text: `${nameOf(matrix)}${transposed ? ".T" : ""} @ ${right}`, binds: binding.matrix };
  }
  if (!mentions(expr.body, [expr.index]) || !isWhole(expr.body, [expr.index])) return undefined;
  return atom(`${language.wholes}.sum(${expressionCode(expr.body, inside)})`);
}

function applied(expr: Expr & { kind: "apply" }, code: Code): Printed {
  const { op, args, slot } = expr;
  switch (op.kind) {
    case "sum":
      return sum(args, code);
    case "product":
      return product(expr, code);
    case "power":
      return isReciprocal(expr) ? product(expr, code) : power(args[0]!, args[1]!, code);
    default:
      if (slot !== undefined) throw new Error(`The derivative of ${op.name} is not worked out.`);
      return isOwn(op) ? print(ownValue(code.graph, op, args[0]!), code) : call(op.name, args, code);
  }
}

function call(name: string, args: readonly Expr[], code: Code): Printed {
  const { key, argument } = code.language;
  const texts = args.map((arg) => {
    const text = expressionCode(arg, code);
    return isNumber(arg) ? argument(text) : text;
  });
  return atom(`${functionName(key, name)}(${texts.join(", ")})`);
}

function power(base: Expr, exponent: Expr, code: Code): Printed {
  return {
    text: `${within(base, binding.atom, code)} ** ${within(exponent, binding.atom, code)}`,
    binds: binding.power,
  };
}

/** a - b + c */
function sum(terms: readonly Expr[], code: Code): Printed {
  const signed = terms.map((term, position) => {
    const isMinus = isNegative(term);
    const text = within(isMinus ? negate(code.graph, term) : term, binding.matrix, code);
    if (position === 0) return isMinus ? `-${text}` : text;
    return isMinus ? ` - ${text}` : ` + ${text}`;
  });
  return { text: signed.join(""), binds: binding.sum };
}

/** a * b / (c * d) */
function product(expr: Expr, code: Code): Printed {
  const { graph } = code;
  if (isNegative(expr))
    return { text: `-${within(negate(graph, expr), binding.product, code)}`, binds: binding.sum };
  const factors = factorsOf(expr);
  const above = factors
    .filter((factor) => !isReciprocal(factor))
    .map((factor) => within(factor, binding.power, code));
  const below = factors
    .filter(isReciprocal)
    .map(({ args: [base, exponent] }) =>
      within(pow(graph, base!, negate(graph, exponent!)), binding.power, code),
    );
  const top = above.length === 0 ? "1" : above.join(" * ");
  if (below.length === 0) return { text: top, binds: binding.product };
  return {
    text: `${top} / ${below.length === 1 ? below[0] : `(${below.join(" * ")})`}`,
    binds: binding.product,
  };
}

function isReciprocal(expr: Expr): expr is Expr & { kind: "apply" } {
  return isPower(expr) && isNegative(expr.args[1]!);
}

/** All outputs of a vector function. */
function vectorCode({ op, over, index, args }: Expr & { kind: "component" }, code: Code): string {
  const { language } = code;
  if (over && isEntry(args[0]!, [index!]))
    return `${functionName(language.key, op.name)}(${code.nameOf(args[0].quantity)})`;
  const entries = over
    ? eachCode(over.size!, index!, code, (inside) => expressionCode(args[0]!, inside))
    : `[${args.map((arg) => expressionCode(arg, code)).join(", ")}]`;
  return `${functionName(language.key, op.name)}(${language.array(entries)})`;
}

/** Entry j of a quantity for every j: the quantity itself. */
function isEntry(expr: Expr | undefined, letters: readonly string[]): expr is Expr & { kind: "symbol" } {
  return expr?.kind === "symbol" && letters.length > 0 && expr.indices.join() === letters.join();
}

function eachCode(size: number, index: string, code: Code, entry: (inside: Code) => string): string {
  const { letter, inside } = opened(index, code);
  return code.language.each(size, letter, entry(inside));
}

/** Letters as the sources use them: j where it goes to, i where it comes from. */
const codeLetters = ["j", "i", "k", "l", "m", "n"];

function opened(index: string, code: Code): { letter: string; inside: Code } {
  const letter = codeLetters[code.letters.size]!;
  return { letter, inside: { ...code, letters: new Map([...code.letters, [index, letter]]) } };
}

/** Languages count from 0. */
function indexCode(index: Index, { letters }: Code): string {
  return typeof index === "number" ? String(index - 1) : letters.get(index)!;
}

function within(expr: Expr, least: Binding, code: Code): string {
  const { text, binds } = print(expr, code);
  return binds < least ? `(${text})` : text;
}

const atom = (text: string): Printed => ({ text, binds: binding.atom });

const number = (value: number): Printed => ({
  text: String(value),
  binds: value < 0 ? binding.sum : binding.atom,
});
