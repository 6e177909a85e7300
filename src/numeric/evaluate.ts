// The value of one expression at given numbers, node by node: what a printed line is worth.
import { isWhole } from "../expression/build.ts";
import type { Expr, SymbolExpr } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { isOwn, ownValue } from "../expression/own.ts";
import { toNumber } from "../expression/rational.ts";
import type { Operation, Primitive } from "../primitives/primitive.ts";
import type { AbstractFunction } from "./program.ts";

/** The numbers of symbols and abstract functions. */
export interface Bindings {
  readonly graph: Graph;
  readonly symbol: (symbol: SymbolExpr) => number;
  readonly abstract: (name: string) => AbstractFunction;
}

/** Values at concrete indices, each node computed once for the same bindings. */
export class Evaluator {
  readonly #bindings: Bindings;
  readonly #known = new Map<Expr, number>();

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  value(expr: Expr): number {
    const known = this.#known.get(expr);
    if (known !== undefined) return known;
    const value = this.#compute(expr);
    this.#known.set(expr, value);
    return value;
  }

  #compute(expr: Expr): number {
    switch (expr.kind) {
      case "number":
        return toNumber(expr.value);
      case "symbol":
        return this.#bindings.symbol(expr);
      case "same":
        return expr.a === expr.b ? 1 : 0;
      case "apply":
        return this.#apply(expr);
      case "component":
        return this.#component(expr);
      case "sum":
        return this.#sum(expr);
      case "size":
        return expr.range.size!;
      case "derivative":
        throw new Error("An inert derivative has no number.");
    }
  }

  #apply({ op, args, slot }: Expr & { kind: "apply" }): number {
    switch (op.kind) {
      case "sum":
        return args.reduce((total, arg) => total + this.value(arg), 0);
      case "product":
        return this.#product(args);
      case "power":
        return this.#power(args[0]!, args[1]!);
      case "abstract":
        return this.#abstract(op, slot)(...args.map((arg) => this.value(arg)));
      default:
        if (slot !== undefined) throw new Error(`The derivative of ${op.name} is not worked out.`);
        if (isOwn(op)) return this.value(ownValue(this.#bindings.graph, op, args[0]!));
        return op.value!(...args.map((arg) => this.value(arg)));
    }
  }

  /** A factor [j = k] that is 0 ends the product: the rest may have no value there. */
  #product(factors: readonly Expr[]): number {
    if (factors.some((factor) => factor.kind === "same" && factor.a !== factor.b)) return 0;
    return factors.reduce((total, factor) => total * this.value(factor), 1);
  }

  #power(base: Expr, exponent: Expr): number {
    const value = this.value(base);
    if (isWhole(exponent, 2)) return value * value;
    if (isWhole(exponent, -1)) return 1 / value;
    return value ** this.value(exponent);
  }

  #abstract({ name }: Operation, slot: number | undefined): (...args: number[]) => number {
    const stand = this.#bindings.abstract(name);
    return slot === undefined ? stand.value : stand.partial(slot);
  }

  #component({ op, args, over, index, at }: Expr & { kind: "component" }): number {
    const entries = over ? this.#copies(over.size!, index!, args[0]!) : args;
    const into = new Float64Array(entries.length);
    (op as Primitive).values!(
      Float64Array.from(entries, (entry) => this.value(entry)),
      into,
    );
    return into[(at as number) - 1]!;
  }

  #sum({ over, index, body }: Expr & { kind: "sum" }): number {
    return this.#copies(over.size!, index, body).reduce((total, copy) => total + this.value(copy), 0);
  }

  #copies(size: number, index: string, body: Expr): readonly Expr[] {
    const { graph } = this.#bindings;
    return Array.from({ length: size }, (_, position) =>
      graph.rename(body, new Map([[index, position + 1]])),
    );
  }
}
