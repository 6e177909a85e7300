// Reading -> expressions: the tree is built as it was written, with the meanings that its names have been given.
import type { Expr, Index, Range, SymbolExpr } from "../expression/expr.ts";
import { catalogue } from "../expression/functions.ts";
import type { Graph } from "../expression/graph.ts";
import { didYouMean, Failure } from "../failure.ts";
import { isCatalogueRow } from "../notation/dialect.ts";
import { primitive } from "../primitives/index.ts";
import { asConstructed, namedDerivatives } from "./construction.ts";
import type { Applied, FunctionTable } from "./functions.ts";
import { at, type Span } from "./item.ts";
import type { Assignment, Letter, Meaning } from "./letters.ts";
import type { Names, Tables } from "./names.ts";
import { keyText } from "./script.ts";
import type { SymbolTable } from "./symbols.ts";
import type { Reading } from "./syntax.ts";
import * as written from "./written.ts";

/** The expressions of a formula under one assignment. */
export class Expressions {
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
        return graph.number(reading.value, this.#tables.asWritten ? reading.decimals : undefined);
      case "name":
        return this.#symbol(reading);
      case "sum":
        return written.sum(
          graph,
          reading.terms.map((term) => (term.minus ? written.negative(graph, of(term.of)) : of(term.of))),
        );
      case "product":
        return this.#product(reading.factors.map(of));
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
      case "updated":
        return this.#updated(reading);
      case "hadamard":
      case "transpose":
      case "norm":
      case "entry":
      case "matrix":
        throw new Error(`A ${reading.kind} has passed the walk over the names.`);
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

  #product(factors: readonly Expr[]): Expr {
    const tables = this.#tables;
    if (tables.asWritten) return written.product(this.#graph, factors);
    return written.product(this.#graph, asConstructed(namedDerivatives(factors, tables), tables));
  }

  /** The parameter after a step, or the step alone. */
  #updated({ of, what }: Extract<Reading, { readonly kind: "updated" }>): Expr {
    const parameter = this.#symbol(of);
    const step = written.descentStep(this.#graph, this.#tables.loss, parameter);
    return what === "difference" ? step : written.sum(this.#graph, [parameter, step]);
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
    const [argument, ...others] = found.args;
    const slope = this.#graph.apply(found.op, found.args, 0);
    if (reading.order === 1 && reading.args.length === 1) return slope;
    if (argument?.kind === "symbol" && others.length === 0)
      return this.#repeated(slope, argument, reading.order - 1);
    throw new Failure(
      "formula-syntax",
      `The primes ${at(reading.start)} are read at functions of one variable, and more than one only at a quantity; write \\frac{\\partial f}{\\partial x} for a function of several.`,
      { position: reading.start },
    );
  }

  /** f″(z) is the derivative of f′(z) by z. */
  #repeated(expr: Expr, by: SymbolExpr, times: number): Expr {
    return times === 0 ? expr : this.#repeated(this.#graph.derivative(expr, by), by, times - 1);
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
    if (of.kind !== "name" || this.#meaning(of))
      return this.#graph.derivative(this.expr(of), this.#symbol(by));
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
    const alone = found.size === 0 ? this.#tables.functions.find(of.name, [argument]) : undefined;
    if (alone?.args.length === 1) return this.#graph.apply(alone.op, alone.args, 0);
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
  if (!isNumber(to) && (from === "0" || from === "1" || first.includes(1))) return "all";
  if (from === "0" && Number(to) === size - 1) return "all"; // counted from 0
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
