// Reading -> expressions: names are looked up, index letters get their ranges, then the tree is built as it was written.
import type { RelationSign } from "../derivation/document.ts";
import { isNumber, nodesOf } from "../expression/build.ts";
import type { DerivativeExpr, Expr, Index, Range, SymbolExpr } from "../expression/expr.ts";
import { catalogue } from "../expression/functions.ts";
import type { Graph } from "../expression/graph.ts";
import { didYouMean, Failure } from "../failure.ts";
import { type Dialect, isCatalogueRow } from "../notation/dialect.ts";
import type { FactorClass } from "../notation/notation.ts";
import { primitive } from "../primitives/index.ts";
import { ordered } from "../writers/print/order.ts";
import type { Applied, FunctionTable } from "./functions.ts";
import { at, type Span } from "./item.ts";
import { type Assignment, assignments, type Letter, type Meaning, type Occurrence } from "./letters.ts";
import { keyOfName, keyText } from "./script.ts";
import type { Candidate, SymbolTable } from "./symbols.ts";
import type { NameKey, NameReading, Reading, ReadRelation } from "./syntax.ts";
import * as written from "./written.ts";

/** A relation in expressions: `sides[0] signs[0] sides[1] …`. */
export interface ReadFormula {
  readonly sides: readonly Expr[];
  readonly signs: readonly RelationSign[];
  /** The index letters that were written, with what each counts, in order of appearance. */
  readonly letters: readonly (readonly [letter: string, range: Range])[];
}

/** What the names of a network in a dialect mean. */
export interface Tables {
  readonly graph: Graph;
  readonly dialect: Dialect;
  readonly symbols: SymbolTable;
  readonly functions: FunctionTable;
}

/** A relation whose names are looked up, with every assignment of its index letters. */
export interface Resolved {
  readonly assignments: readonly Assignment[];
  readonly under: (assignment: Assignment) => ReadFormula;
}

/** At most so many assignments are looked for. Throws Failure "unknown-name", "wrong-shape" or "formula-syntax" with the position. */
export function resolve({ sides, signs }: ReadRelation, tables: Tables, most?: number): Resolved {
  const names = new Names(tables);
  for (const side of sides) names.collect(side, new Map());
  const builder = (assignment: Assignment): Builder => new Builder(tables, names, assignment);
  return {
    assignments: assignments(names.occurrences, most),
    under: (assignment) => {
      const build = builder(assignment);
      const letters = [...assignment.ranges].map(([{ text }, range]) => [text, range] as const);
      return { sides: sides.map((side) => build.expr(side)), signs, letters };
    },
  };
}

type Scope = ReadonlyMap<string, Letter>;

/** The names and index letters of a formula, found in one walk. */
class Names {
  readonly #tables: Tables;
  readonly #known = new Map<string, Occurrence>();
  readonly #free = new Map<string, Letter>();
  readonly #occurrenceAt = new Map<Reading, Occurrence>();
  readonly #lettersAt = new Map<Reading, readonly Letter[]>();
  readonly #indicesAt = new Map<Reading, readonly (number | Letter)[]>();

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  get occurrences(): readonly Occurrence[] {
    return [...this.#known.values()];
  }

  /** The occurrence of a name, or of the vector in an entry of a vector function. */
  occurrenceAt(reading: Reading): Occurrence | undefined {
    return this.#occurrenceAt.get(reading);
  }

  /** The letters that a Σ binds. */
  lettersAt(reading: Reading): readonly Letter[] {
    return this.#lettersAt.get(reading)!;
  }

  /** The indices of a Kronecker symbol. */
  indicesAt(reading: Reading): readonly (number | Letter)[] {
    return this.#indicesAt.get(reading)!;
  }

  collect(reading: Reading, scope: Scope): void {
    const visit = (part: Reading): void => this.collect(part, scope);
    switch (reading.kind) {
      case "number":
        return;
      case "name":
        this.#occurrenceAt.set(reading, this.#occurrence(reading, scope));
        return;
      case "sum":
        for (const { of } of reading.terms) visit(of);
        return;
      case "product":
        reading.factors.forEach(visit);
        return;
      case "quotient":
        [reading.top, reading.bottom].forEach(visit);
        return;
      case "power":
        [reading.base, reading.exponent].forEach(visit);
        return;
      case "exponential":
        visit(reading.exponent);
        return;
      case "root":
        [reading.body, ...(reading.degree ? [reading.degree] : [])].forEach(visit);
        return;
      case "bars":
        visit(reading.body);
        return;
      case "call":
        if (!this.#isEntryOfVector(reading, scope)) reading.args.forEach(visit);
        return;
      case "summation":
        this.#sum(reading, scope);
        return;
      case "derivative":
        if (!this.#isFunction(reading.of)) visit(reading.of);
        visit(reading.by);
        return;
      case "same":
        this.#indicesAt.set(
          reading,
          [reading.left, reading.right].map((text) => this.#index(text, scope, reading)),
        );
        return;
      case "cases":
        [reading.condition, reading.otherwise, reading.above, reading.below].forEach(visit);
        return;
    }
  }

  #sum(reading: Extract<Reading, { readonly kind: "summation" }>, scope: Scope): void {
    const { graph } = this.#tables;
    const letters = reading.letters.map(
      (text): Letter => ({ text, index: graph.freshLetter(), bound: true }),
    );
    this.#lettersAt.set(reading, letters);
    this.collect(
      reading.body,
      new Map([...scope, ...letters.map((letter) => [letter.text, letter] as const)]),
    );
  }

  #isFunction({ name }: NameReading): boolean {
    const { symbols, functions } = this.#tables;
    return functions.has(name) && symbols.find(name).length === 0;
  }

  #occurrence({ name, start, end }: NameReading, scope: Scope): Occurrence {
    const { symbols } = this.#tables;
    const inScope = [...name.sub].map((character) => scope.get(character)?.index ?? "").join();
    return this.#once(`${keyText(name)} ${inScope}`, () => {
      const candidates = preferNumbers(symbols.find(name));
      if (candidates.length === 0) throw unknownName(name, start, symbols);
      const meanings = candidates.map((candidate) => this.#meaning(candidate, scope));
      return { name, span: { start, end }, meanings };
    });
  }

  #once(key: string, make: () => Occurrence): Occurrence {
    const occurrence = this.#known.get(key) ?? make();
    this.#known.set(key, occurrence);
    return occurrence;
  }

  #meaning({ quantity, indices, rank }: Candidate, scope: Scope): Meaning {
    const places = indices.map((index) => (typeof index === "number" ? index : this.#letter(index, scope)));
    return { quantity, indices: places, rank };
  }

  #letter(text: string, scope: Scope): Letter {
    const letter = scope.get(text) ?? this.#free.get(text) ?? { text, index: `$${text}`, bound: false };
    if (!letter.bound) this.#free.set(text, letter);
    return letter;
  }

  #index(text: string, scope: Scope, { start }: Span): number | Letter {
    if (/^[0-9]+$/.test(text)) return Number(text);
    if (isLetter(text)) return this.#letter(text, scope);
    throw new Failure("formula-syntax", `"${text}" ${at(start)} is no index; write a number or one letter.`, {
      position: start,
    });
  }

  /** softmax(z)_k: the name of a layer as a whole, its entry behind the bracket. */
  #isEntryOfVector(reading: Extract<Reading, { readonly kind: "call" }>, scope: Scope): boolean {
    const { dialect, symbols, functions } = this.#tables;
    const [argument, ...others] = reading.args;
    const { entry } = reading;
    if (entry === undefined || argument?.kind !== "name" || others.length > 0) return false;
    const bodies = functions.components.flatMap(({ over, args: [body] }) =>
      over && body!.kind === "symbol" ? [body!] : [],
    );
    const layers = bodies.filter((body) => sameKey(keyOfName(dialect.vectorOf(body)), argument.name));
    const meanings = layers.flatMap(({ quantity }): Meaning[] => {
      const [unit] = symbols.unitsAt(quantity.ranges[0]!, entry);
      const index = unit ?? (isLetter(entry) ? this.#letter(entry, scope) : undefined);
      return index === undefined ? [] : [{ quantity, indices: [index], rank: 0 }];
    });
    if (meanings.length === 0) return false;
    const key = `${keyText(argument.name)} ${meanings.map(({ indices: [index] }) => (typeof index === "number" ? index : index!.index)).join()} entry`;
    const { name, start, end } = argument;
    this.#occurrenceAt.set(
      reading,
      this.#once(key, () => ({ name, span: { start, end }, meanings })),
    );
    return true;
  }
}

function isLetter(text: string): boolean {
  return /^\p{L}$/u.test(text);
}

function sameKey(left: NameKey, right: NameKey): boolean {
  return keyText(left) === keyText(right);
}

/** A name that stands for one entry is not read as a letter's index besides. */
function preferNumbers(candidates: readonly Candidate[]): readonly Candidate[] {
  const concrete = candidates.filter(
    ({ indices, rank }) => rank === 0 && indices.every((index) => typeof index === "number"),
  );
  return concrete.length > 0 ? concrete : candidates;
}

function unknownName(name: NameKey, position: number, symbols: SymbolTable): Failure {
  const text = keyText(name);
  // Every letter is near to every other one: only longer names have neighbours.
  const near = text.length > 1 ? didYouMean(text, symbols.known()) : "";
  return new Failure(
    "unknown-name",
    `Unknown name "${text}" ${at(position)}; the network has nothing of this name in this notation.${near}`,
    { position },
  );
}

/** The expressions of a formula under one assignment. */
class Builder {
  readonly #tables: Tables;
  readonly #names: Names;
  readonly #assignment: Assignment;

  constructor(tables: Tables, names: Names, assignment: Assignment) {
    this.#tables = tables;
    this.#names = names;
    this.#assignment = assignment;
  }

  get #graph(): Graph {
    return this.#tables.graph;
  }

  expr(reading: Reading): Expr {
    const graph = this.#graph;
    const of = (part: Reading): Expr => this.expr(part);
    switch (reading.kind) {
      case "number":
        return graph.number(reading.value);
      case "name":
        return this.#symbol(reading);
      case "sum":
        return written.sum(
          graph,
          reading.terms.map((term) => (term.minus ? written.negative(graph, of(term.of)) : of(term.of))),
        );
      case "product":
        return written.product(
          graph,
          asConstructed(namedDerivatives(reading.factors.map(of), this.#tables), this.#tables),
        );
      case "quotient":
        return this.#quotient(of(reading.top), of(reading.bottom), reading.bottom);
      case "power":
        return written.power(graph, of(reading.base), of(reading.exponent));
      case "exponential":
        return graph.apply(primitive("exp"), [of(reading.exponent)]);
      case "root":
        return this.#root(of(reading.body), reading.degree && of(reading.degree), reading);
      case "bars":
        return graph.apply(primitive("abs"), [of(reading.body)]);
      case "call":
        return this.#call(reading);
      case "summation":
        return this.#sum(reading);
      case "derivative":
        return this.#derivative(reading);
      case "same": {
        const [left, right] = this.#names.indicesAt(reading).map(indexOf);
        return graph.same(left!, right!);
      }
      case "cases":
        return this.#cases(reading);
    }
  }

  #symbol(reading: Reading): SymbolExpr {
    const { quantity, indices } = this.#meaning(reading)!;
    return this.#graph.symbol(quantity, indices.map(indexOf));
  }

  #meaning(reading: Reading): Meaning | undefined {
    const occurrence = this.#names.occurrenceAt(reading);
    return occurrence && this.#assignment.meanings.get(occurrence);
  }

  #quotient(top: Expr, bottom: Expr, { start }: Span): Expr {
    const quotient = written.quotient(this.#graph, top, bottom);
    if (quotient) return quotient;
    throw new Failure(
      "formula-syntax",
      `The formula divides by 0 ${at(start)}; write a divisor that is not zero.`,
      { position: start },
    );
  }

  #root(body: Expr, degree: Expr | undefined, span: Span): Expr {
    if (!degree) return this.#graph.apply(primitive("sqrt"), [body]);
    return written.power(this.#graph, body, this.#quotient(this.#graph.number(1), degree, span));
  }

  #cases(reading: Extract<Reading, { readonly kind: "cases" }>): Expr {
    const condition = this.expr(reading.condition);
    if (this.expr(reading.otherwise) !== condition)
      throw new Failure(
        "formula-syntax",
        `The two conditions of the cases ${at(reading.start)} compare different things with 0; write the same one in both rows.`,
        { position: reading.start },
      );
    return this.#graph.apply(primitive("piecewise"), [
      condition,
      this.expr(reading.above),
      this.expr(reading.below),
    ]);
  }

  // Functions

  #call(reading: Extract<Reading, { readonly kind: "call" }>): Expr {
    const vector = this.#meaning(reading);
    const args = vector ? [] : reading.args.map((arg) => this.expr(arg));
    const found = this.#tables.functions.find(reading.head, args);
    if (!found) throw unknownFunction(reading, this.#tables.functions);
    if (found.op.kind === "vector") return this.#entry(reading, found, vector);
    if (reading.entry !== undefined)
      throw new Failure(
        "formula-syntax",
        `The subscript behind ${keyText(reading.head)}(…) ${at(reading.start)} has no meaning: the function has one value.`,
        { position: reading.start },
      );
    requireArity(found, reading);
    if (reading.order === 0) return this.#graph.apply(found.op, found.args);
    if (reading.order === 1 && reading.args.length === 1) return this.#graph.apply(found.op, found.args, 0);
    throw new Failure(
      "formula-syntax",
      `The primes ${at(reading.start)} are read once and at functions of one variable only; write \\frac{\\partial f}{\\partial x} for a function of several.`,
      { position: reading.start },
    );
  }

  #entry(
    reading: Extract<Reading, { readonly kind: "call" }>,
    { op, args }: Applied,
    vector: Meaning | undefined,
  ): Expr {
    const graph = this.#graph;
    if (reading.order > 0 || reading.entry === undefined)
      throw new Failure(
        "formula-syntax",
        `${keyText(reading.head)} ${at(reading.start)} has one value for each unit; write the entry as a subscript: ${keyText(reading.head)}(z)_k.`,
        { position: reading.start },
      );
    if (vector) {
      const { quantity, indices } = vector;
      const letter = graph.freshLetter();
      return graph.componentOver(
        op,
        quantity.ranges[0]!,
        letter,
        graph.symbol(quantity, [letter]),
        indexOf(indices[0]!),
      );
    }
    const entry = Number(reading.entry);
    if (Number.isInteger(entry) && entry >= 1 && entry <= args.length)
      return graph.component(op, args, entry);
    throw new Failure(
      "wrong-shape",
      `The entry ${reading.entry} of ${keyText(reading.head)} ${at(reading.start)} is none of its ${args.length}; count them from 1.`,
      { position: reading.start },
    );
  }

  // Derivatives

  #derivative({ of, by, start }: Extract<Reading, { readonly kind: "derivative" }>): Expr {
    if (this.#meaning(of)) return this.#graph.derivative(this.#symbol(of), this.#symbol(by));
    const argument = this.expr(by);
    const found = new Map<Expr, Expr>();
    for (const application of this.#tables.functions.applications) {
      const { op } = application;
      const slot = application.args.indexOf(argument);
      const isIt = this.#tables.functions.find(of.name, application.args)?.op === op;
      if (isIt && slot >= 0) found.set(application, this.#graph.apply(op, application.args, slot));
    }
    const [only, ...others] = found.values();
    if (only && others.length === 0) return only;
    throw new Failure(
      "formula-syntax",
      `The derivative of "${keyText(of.name)}" ${at(start)} does not say at which arguments; the network applies it to this one ${found.size} times.`,
      { position: start },
    );
  }

  // Sums

  #sum(reading: Extract<Reading, { readonly kind: "summation" }>): Expr {
    const body = this.expr(reading.body);
    return this.#names
      .lettersAt(reading)
      .reduceRight((inner: Expr, letter) => this.#overRange(reading, letter, inner), body);
  }

  /** Limits that leave out units give the terms one by one. */
  #overRange(reading: Extract<Reading, { readonly kind: "summation" }>, letter: Letter, body: Expr): Expr {
    const graph = this.#graph;
    const range = this.#assignment.ranges.get(letter);
    if (!range)
      throw new Failure(
        "formula-syntax",
        `Nothing behind the Σ ${at(reading.start)} shows what ${letter.text} counts; write ${letter.text} as an index of its terms.`,
        { position: reading.start },
      );
    const units = unitsWithin(range, reading, this.#tables.symbols);
    if (units === "all") return graph.sum(range, letter.index, body);
    return written.sum(
      graph,
      units.map((unit) => graph.rename(body, new Map([[letter.index, unit]]))),
    );
  }
}

function indexOf(index: number | Letter): Index {
  return typeof index === "number" ? index : index.index;
}

/** The units from one limit to the other; limits in letters (n, K) stand for the whole range. */
function unitsWithin(
  range: Range,
  { from, to, letters, start }: Extract<Reading, { readonly kind: "summation" }>,
  { unitsAt }: SymbolTable,
): readonly number[] | "all" {
  const isNumber = (text: string | undefined): text is string => text !== undefined && /^[0-9]+$/.test(text);
  const size = range.size ?? Number.POSITIVE_INFINITY;
  const first = isNumber(from) ? unitsAt(range, from) : [1];
  const last = isNumber(to) ? unitsAt(range, to) : [size];
  if (!isNumber(to) && (from === "0" || first.includes(1))) return "all";
  for (const low of first) {
    for (const high of last) {
      if (low === 1 && high === size) return "all";
    }
  }
  const [low] = first;
  const [high] = last;
  if (low !== undefined && high !== undefined && low <= high && Number.isFinite(high))
    return Array.from({ length: high - low + 1 }, (_, position) => low + position);
  throw new Failure(
    "wrong-shape",
    `The limits of the Σ ${at(start)} do not fit: ${letters.join(",")} counts the ${range.size ?? ""} ${range.name}.`,
    { position: start },
  );
}

function requireArity(
  { op, args }: Applied,
  { head, args: given, start }: Extract<Reading, { readonly kind: "call" }>,
): void {
  const arity = op.kind === "abstract" ? undefined : isCatalogueRow(op) ? catalogue.arity(op) : 1;
  if (arity === undefined || arity === args.length) return;
  throw new Failure(
    "formula-syntax",
    `The function ${keyText(head)} ${at(start)} takes ${arity - (args.length - given.length)} argument${arity === 1 ? "" : "s"}, not ${given.length}.`,
    { position: start },
  );
}

function unknownFunction(
  { head, start }: Extract<Reading, { readonly kind: "call" }>,
  { known }: FunctionTable,
): Failure {
  return new Failure(
    "unknown-name",
    `Unknown function "${keyText(head)}" ${at(start)}.${didYouMean(keyText(head), known)}`,
    { position: start },
  );
}

/**
 * In a dialect that writes f′(z) as ∂a/∂z, such a fraction is f′(z) in a product, unless it is a link of a chain:
 * unless another derivative beside it is by a or of z.
 */
function namedDerivatives(factors: readonly Expr[], { dialect, graph }: Tables): readonly Expr[] {
  if (dialect.notation.primeOrFraction !== "fraction" || factors.length < 2) return factors;
  const links = factors.flatMap((factor) => [...nodesOf(factor)]).filter(isDerivative);
  return factors.map((factor) => {
    const named = isDerivative(factor) ? primeOf(factor, graph) : undefined;
    return named &&
      !links.some(({ of, by }) => isDerivative(factor) && (by === factor.of || of === factor.by))
      ? named
      : factor;
  });
}

function isDerivative(expr: Expr): expr is DerivativeExpr {
  return expr.kind === "derivative";
}

/** The order of factors in which derivatives are built: the loss first, a δ before its weight. */
const constructionRank: readonly FactorClass[] = ["delta", "weight", "prime", "other"];

/** The factors in the order of construction, from which every dialect makes its own again; a coefficient stays in front. */
function asConstructed(factors: readonly Expr[], { dialect: { notation } }: Tables): readonly Expr[] {
  const end = factors.findIndex((factor) => !isNumber(factor));
  if (end < 0) return factors;
  const { factorRank, ...direction } = notation;
  const rank = factorRank && { factorRank: constructionRank };
  return [...factors.slice(0, end), ...ordered(factors.slice(end), { ...direction, ...rank })];
}

/** f′(z) for ∂a/∂z, where a is f(z). */
function primeOf({ of, by }: DerivativeExpr, graph: Graph): Expr | undefined {
  const { define, formals } = of.quantity;
  if (define?.kind !== "apply" || !define.op.primed) return undefined;
  const letters = new Map(formals.map((formal, axis) => [formal, of.indices[axis]!]));
  const application = graph.rename(define, letters);
  if (application.kind !== "apply" || application.args[0] !== by) return undefined;
  return graph.apply(application.op, application.args, 0);
}
