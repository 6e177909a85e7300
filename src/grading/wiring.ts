// The network entry by entry at concrete indices: what each is defined by, which entries use it, what depends on what.
import { isPower, mul, nodesOf, some, subtract } from "../expression/build.ts";
import { type DerivativeExpr, type Expr, entries, type Index, type SymbolExpr } from "../expression/expr.ts";
import { instantiate } from "../expression/rewrite.ts";
import { learningRate } from "../network/learning-rate.ts";
import type { Network } from "../network/network.ts";
import type { Reach } from "./kinds.ts";

/** The symbols that an expression names, inert derivatives left aside: each once. */
export function symbolsOf(expr: Expr): readonly SymbolExpr[] {
  const found: SymbolExpr[] = [];
  for (const node of nodesOf(expr)) if (node.kind === "symbol") found.push(node);
  return found;
}

/** `own` definitions stand in for the network's, or define names that the network does not have. */
export class Wiring {
  readonly network: Network;
  /** Inert derivatives spelled out in symbols, once asked. */
  readonly spelled = new Map<DerivativeExpr, Expr | undefined>();
  /** How far agreement at drawn numbers reaches for an expression, once asked. */
  readonly reaches = new Map<Expr, Reach>();
  readonly #own: ReadonlyMap<SymbolExpr, Expr>;
  readonly #deltasOf: "a sample" | "all samples";
  readonly #definitions = new Map<SymbolExpr, Expr | undefined>();
  readonly #ancestors = new Map<SymbolExpr, ReadonlySet<SymbolExpr>>();
  #exponents: ReadonlySet<SymbolExpr> | undefined;
  #positions: ReadonlyMap<SymbolExpr, number> | undefined;
  #entries: readonly SymbolExpr[] | undefined;
  #users: ReadonlyMap<SymbolExpr, readonly SymbolExpr[]> | undefined;

  /** `deltasOf`: over a batch, whether a δ belongs to the loss of its own sample or to that of all samples. */
  constructor(
    network: Network,
    own: ReadonlyMap<SymbolExpr, Expr> = new Map(),
    deltasOf: "a sample" | "all samples" = "a sample",
  ) {
    this.network = network;
    this.#own = own;
    this.#deltasOf = deltasOf;
  }

  /** What a symbol stands for: the own definition, a derivative for a δ, a step for w⁺; nothing for free quantities. */
  definition(symbol: SymbolExpr): Expr | undefined {
    if (this.#definitions.has(symbol)) return this.#definitions.get(symbol);
    const found = this.#own.get(symbol) ?? this.#meaning(symbol);
    this.#definitions.set(symbol, found);
    return found;
  }

  /** The entries whose definition names this one. */
  users(symbol: SymbolExpr): readonly SymbolExpr[] {
    this.#users ??= this.#allUsers();
    return this.#users.get(symbol) ?? [];
  }

  /** Everything that a path leads to from an entry, itself among them. */
  dependents(of: SymbolExpr): ReadonlySet<SymbolExpr> {
    const found = new Set([of]);
    for (const symbol of found) for (const user of this.users(symbol)) found.add(user);
    return found;
  }

  /** Whether a path leads from `by` to `of`; every symbol depends on itself. */
  dependsOn(of: SymbolExpr, by: SymbolExpr): boolean {
    if (of === by) return true;
    let known = this.#ancestors.get(of);
    if (!known) {
      known = this.#ancestorsOf(of);
      this.#ancestors.set(of, known);
    }
    return known.has(by);
  }

  /** The place of an entry among all of the network; nothing for names of a student's own. */
  positionOf(symbol: SymbolExpr): number | undefined {
    this.#positions ??= new Map([...this.entries].map((entry, position) => [entry, position]));
    return this.#positions.get(symbol);
  }

  /** Whether derivatives of it go from user to user: not of a δ, of w⁺, or of an own name that stands for a derivative. */
  isEntry(symbol: SymbolExpr): boolean {
    const own = this.#own.get(symbol);
    return own
      ? !some(own, ({ kind }) => kind === "derivative")
      : this.network.quantities.includes(symbol.quantity);
  }

  /** The loss that the entry's δ belongs to: of its own sample where samples are an index, else of the network. */
  lossOf({ quantity, indices }: SymbolExpr): SymbolExpr {
    const { graph, loss, quantities } = this.network;
    if (this.#deltasOf === "all samples") return graph.symbol(loss);
    const ofSample = quantities.find(({ role }) => role === "sampleLoss");
    const axis = quantity.ranges.findIndex((range) => ofSample?.ranges.includes(range));
    return ofSample && axis >= 0 ? graph.symbol(ofSample, [indices[axis]!]) : graph.symbol(loss);
  }

  /** Whether the symbol is the loss, of one sample or of all. */
  isLoss({ quantity }: SymbolExpr): boolean {
    return quantity.role === "loss" || quantity.role === "sampleLoss";
  }

  /** All entries of the network, each after what it is defined by. */
  get entries(): readonly SymbolExpr[] {
    const { graph, quantities } = this.network;
    this.#entries ??= quantities.flatMap((quantity) =>
      [...entries(quantity)].map((indices) => graph.symbol(quantity, indices)),
    );
    return this.#entries;
  }

  /** The free entries that stand in an exponent: of a negative base only whole ones have a power. */
  get exponents(): ReadonlySet<SymbolExpr> {
    this.#exponents ??= new Set(
      this.entries
        .flatMap((entry) => this.definition(entry) ?? [])
        .flatMap((definition) => [...nodesOf(definition)])
        .filter(isPower)
        .flatMap(({ args }) => symbolsOf(args[1]!))
        .filter((symbol) => !this.definition(symbol)),
    );
    return this.#exponents;
  }

  #meaning(symbol: SymbolExpr): Expr | undefined {
    const { quantity, indices } = symbol;
    if (quantity.adjointOf) {
      const entry = this.network.graph.symbol(quantity.adjointOf, indices);
      return this.network.graph.derivative(this.lossOf(entry), entry);
    }
    if (quantity.step === "new") return this.#updated(symbol);
    if (quantity.step === "old") return this.#current(symbol);
    if (!quantity.define) return undefined;
    const letters = new Map<string, Index>(quantity.formals.map((formal, axis) => [formal, indices[axis]!]));
    return instantiate(this.network.graph, quantity.define, letters);
  }

  /** The parameter that w⁺ or w^old is a step's end of. */
  #current({ quantity, indices }: SymbolExpr): SymbolExpr | undefined {
    const parameter = this.network.parameters.find(({ id }) => id === quantity.id);
    return parameter && this.network.graph.symbol(parameter, indices);
  }

  /** w⁺ = w − η dE/dw */
  #updated(symbol: SymbolExpr): Expr | undefined {
    const { graph, loss } = this.network;
    const current = this.#current(symbol);
    if (!current) return undefined;
    const gradient = graph.derivative(graph.symbol(loss), current);
    return subtract(graph, current, mul(graph, [graph.symbol(learningRate), gradient]));
  }

  #allUsers(): ReadonlyMap<SymbolExpr, readonly SymbolExpr[]> {
    const users = new Map<SymbolExpr, SymbolExpr[]>();
    for (const of of new Set([...this.entries, ...this.#own.keys()])) {
      const definition = this.definition(of);
      if (!definition) continue;
      for (const by of symbolsOf(definition)) {
        const known = users.get(by);
        if (known) known.push(of);
        else users.set(by, [of]);
      }
    }
    return users;
  }

  #ancestorsOf(of: SymbolExpr): ReadonlySet<SymbolExpr> {
    const found = new Set([of]);
    for (const symbol of found) {
      const definition = this.definition(symbol);
      if (definition) for (const by of symbolsOf(definition)) found.add(by);
    }
    return found;
  }
}
