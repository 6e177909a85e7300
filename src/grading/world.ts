// One binding of everything free in a network, and the ball of any expression there: defined quantities by their
// definitions, derivatives between quantities through the graph, each worked out once.
//
//   ∂u/∂v = Σ over users k of v: ∂u/∂k · ∂k/∂v, with v's own definition cut      (Bishop 2006, eq. 5.55)
import { workedOutPartial } from "../derivative/partial.ts";
import type {
  ApplyExpr,
  ComponentExpr,
  DerivativeExpr,
  Expr,
  NumberExpr,
  SymbolExpr,
} from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { isOwn, ownValue } from "../expression/own.ts";
import { instantiate } from "../expression/rewrite.ts";
import {
  add,
  type Ball,
  exactly,
  fromRational,
  isNothing,
  isZero,
  multiply,
  nothing,
  one,
  zero,
} from "../numeric/balls/ball.ts";
import { functionValue, layerValues } from "../numeric/balls/catalogue.ts";
import { power } from "../numeric/balls/elementary.ts";
import { type StandIn, standIn } from "../numeric/balls/stand-in.ts";
import { remembered } from "../remembered.ts";
import { chained, type Partials, partialsOf, type Values } from "./partials.ts";
import { spelledOut } from "./spelled.ts";
import type { Wiring } from "./wiring.ts";

/** What is drawn or given: the numbers of free quantities, and the seed of abstract functions. */
export interface Binding {
  readonly seed: number;
  readonly free: (symbol: SymbolExpr) => Ball;
}

/**
 * How derivatives are meant: where a quantity reaches another directly and on longer ways as well, on all ways
 * (`total`) or directly only (`local`); over a batch, a δ of its sample's loss or (`whole`) of the loss over all.
 */
export type Sense = "total" | "local" | "whole";

export interface WorldOptions {
  /** Claimed derivatives of the loss, which the backward recursion goes on from. */
  readonly adjoint?: (world: World, by: SymbolExpr) => Ball | undefined;
  /** Claimed derivatives of one quantity by another that its own definition names. */
  readonly local?: (world: World, of: SymbolExpr, by: SymbolExpr) => Ball | undefined;
  readonly sense?: Sense;
  /** Numbers that stand for their rounding interval here; everything else is as in `base`. */
  readonly intervals?: { readonly of: ReadonlyMap<NumberExpr, Ball>; readonly base: World };
}

/** Networks of more entries are worked out entry by entry, so that no chain of them is deeper than the stack. */
const deepNetwork = 1000;

export class World implements Values {
  readonly graph: Graph;
  readonly wiring: Wiring;
  readonly binding: Binding;
  readonly #options: WorldOptions;
  readonly #known = new Map<Expr, Ball>();
  readonly #partials = new Map<Expr, Partials>();
  readonly #totals = new Map<SymbolExpr, Map<SymbolExpr, Ball>>();
  readonly #functions = new Map<string, StandIn>();
  readonly #layers = new Map<string, readonly Ball[]>();
  readonly #open = new Set<Expr>();
  readonly #swept = new Set<SymbolExpr>();
  #isFresh: boolean;

  constructor(wiring: Wiring, binding: Binding, options: WorldOptions = {}) {
    this.#isFresh = wiring.entries.length > deepNetwork;
    this.wiring = wiring;
    this.graph = wiring.network.graph;
    this.binding = binding;
    this.#options = options;
  }

  /** The expression's number; `nothing` where it has none here or too little of it is known. */
  readonly ball = (expr: Expr): Ball => {
    if (this.#isFresh) {
      this.#isFresh = false;
      for (const entry of this.wiring.entries) this.ball(entry);
    }
    const known = this.#known.get(expr);
    if (known) return known;
    // A claimed definition may lead back to itself.
    if (this.#open.has(expr)) return nothing;
    this.#open.add(expr);
    const found = this.#compute(expr);
    this.#open.delete(expr);
    this.#known.set(expr, found);
    return found;
  };

  /** d of / d by: 1 for itself, 0 where no path leads either way, nothing where only the other way does. */
  total(of: SymbolExpr, by: SymbolExpr): Ball {
    if (of === by) return one;
    const totals = remembered(this.#totals, of, () => new Map<SymbolExpr, Ball>());
    if (this.wiring.entries.length > deepNetwork) this.#sweep(of);
    const known = totals.get(by);
    if (known) return known;
    // Claimed definitions may lead in a circle: whoever comes back here finds no value.
    totals.set(by, nothing);
    const found = this.#computeTotal(of, by);
    totals.set(by, found);
    return found;
  }

  /** All derivatives of one quantity, from itself back to the inputs. */
  #sweep(of: SymbolExpr): void {
    if (this.#swept.has(of)) return;
    this.#swept.add(of);
    for (const entry of this.wiring.entries.toReversed())
      if (this.wiring.dependsOn(of, entry)) this.total(of, entry);
  }

  readonly abstract = (name: string, args: readonly Ball[], slots: readonly number[]): Ball => {
    if (args.some(isNothing)) return nothing;
    const known = remembered(this.#functions, name, () => standIn(name, this.binding.seed));
    return known.value(args, slots);
  };

  readonly spelled = (derivative: DerivativeExpr): Expr | undefined => spelledOut(this.wiring, derivative);

  #compute(expr: Expr): Ball {
    const { intervals } = this.#options;
    switch (expr.kind) {
      case "number":
        return intervals?.of.get(expr) ?? fromRational(expr.value);
      case "symbol":
        return intervals ? intervals.base.ball(expr) : this.#symbol(expr);
      case "apply":
        return this.#apply(expr);
      case "derivative":
        return intervals ? intervals.base.ball(expr) : this.#derivative(expr);
      case "component":
        return expr.over ? this.ball(instantiate(this.graph, expr, new Map())) : this.#component(expr);
      case "sum":
        return expr.over.size === undefined ? nothing : this.ball(instantiate(this.graph, expr, new Map()));
      case "same":
        return typeof expr.a === "number" && typeof expr.b === "number"
          ? expr.a === expr.b
            ? one
            : zero
          : nothing;
      case "size":
        return expr.range.size === undefined ? nothing : exactly(expr.range.size);
    }
  }

  /** An index that is still a letter names no entry. */
  #symbol(symbol: SymbolExpr): Ball {
    if (!symbol.concrete) return nothing;
    const definition = this.wiring.definition(symbol);
    return definition ? this.ball(definition) : this.binding.free(symbol);
  }

  #apply(expr: ApplyExpr): Ball {
    const { op, args, slot } = expr;
    switch (op.kind) {
      case "sum":
        return this.#sum(args);
      case "product":
        return this.#product(args);
      case "power":
        return power(this.ball(args[0]!), this.ball(args[1]!));
      case "abstract":
        return this.abstract(op.name, args.map(this.ball), slot === undefined ? [] : [slot]);
      default:
        if (slot !== undefined) return this.ball(workedOutPartial(this.graph, op, args, slot));
        if (isOwn(op)) return this.ball(ownValue(this.graph, op, args[0]!));
        return functionValue(op, args.map(this.ball));
    }
  }

  #sum(terms: readonly Expr[]): Ball {
    let sum = this.ball(terms[0]!);
    for (let place = 1; place < terms.length; place += 1) sum = add(sum, this.ball(terms[place]!));
    return sum;
  }

  #product(factors: readonly Expr[]): Ball {
    let product = this.ball(factors[0]!);
    for (let place = 1; place < factors.length; place += 1)
      product = multiply(product, this.ball(factors[place]!));
    return product;
  }

  /** All outputs of a layer's function are worked out together. */
  #component({ op, args, at }: ComponentExpr): Ball {
    const key = `${op.name} ${args.map(({ id }) => id).join()}`;
    const outputs = remembered(this.#layers, key, () => layerValues(op, args.map(this.ball)));
    return typeof at === "number" ? outputs[at - 1]! : nothing;
  }

  #derivative({ of, by }: DerivativeExpr): Ball {
    if (of.kind === "symbol") {
      const local = this.#localOf(of, by);
      return local ?? this.total(of, by);
    }
    return this.#along(of, by);
  }

  /** ∂u/∂v of u's own definition alone, where that is what is meant and u's definition names v. */
  #localOf(of: SymbolExpr, by: SymbolExpr): Ball | undefined {
    if (this.#options.sense !== "local" || of === by || this.wiring.isLoss(of)) return undefined;
    const definition = this.wiring.definition(of);
    return definition && this.#partialsOf(definition).get(by);
  }

  #computeTotal(of: SymbolExpr, by: SymbolExpr): Ball {
    const claimed = this.wiring.isLoss(of) ? this.#options.adjoint?.(this, by) : undefined;
    if (claimed) return claimed;
    if (!this.wiring.dependsOn(of, by)) return this.wiring.dependsOn(by, of) ? nothing : zero;
    if (!this.wiring.isEntry(of)) return this.#along(this.wiring.definition(of)!, by);
    return this.ways(of, by).reduce(add, zero);
  }

  /** The terms ∂u/∂k · ∂k/∂v of a total derivative, one for each user k of v on a way to u. */
  ways(of: SymbolExpr, by: SymbolExpr): readonly Ball[] {
    const found: Ball[] = [];
    for (const user of this.wiring.users(by)) {
      if (!this.wiring.dependsOn(of, user)) continue;
      const partial =
        this.#options.local?.(this, user, by) ??
        this.#partialsOf(this.wiring.definition(user)!).get(by) ??
        zero;
      if (!isZero(partial)) found.push(multiply(this.total(of, user), partial));
    }
    return found;
  }

  /**
   * ∂expr/∂v = Σ over the symbols s of expr: ∂expr/∂s · ∂s/∂v. What lies above v does not move with it, as v is cut;
   * where nothing else stands in the expression, the derivative is upside down.
   */
  #along(expr: Expr, by: SymbolExpr): Ball {
    const partials = this.#partialsOf(expr);
    const symbols = [...partials.keys()];
    const isMoved = (symbol: SymbolExpr): boolean => this.wiring.dependsOn(symbol, by);
    if (!symbols.some(isMoved) && symbols.some((symbol) => this.wiring.dependsOn(by, symbol))) return nothing;
    return chained(partials, (symbol) => (isMoved(symbol) ? this.total(symbol, by) : zero));
  }

  #partialsOf(expr: Expr): Partials {
    return remembered(this.#partials, expr, () => partialsOf(this, expr));
  }
}
