// A formula of whole layers worked out to the grid of its entries, once it is chosen which layer each name means.
import type { Expr, Quantity, SymbolExpr } from "../expression/expr.ts";
import { Failure } from "../failure.ts";
import { isSamples } from "../notation/units.ts";
import { primitive } from "../primitives/index.ts";
import {
  type Grid,
  grid,
  isSingle,
  mapped,
  multiplied,
  onlyEntry,
  shape,
  shapeFailure,
  single,
  squareSum,
  together,
  transposed,
  zipped,
} from "./grid.ts";
import { at, type Span } from "./item.ts";
import { resolve } from "./resolve.ts";
import { ofOneSample, withSample } from "./samples.ts";
import { keyText } from "./script.ts";
import type { NameReading, Reading } from "./syntax.ts";
import type { StudentLexicon } from "./tables.ts";
import { readingsOutside } from "./walk.ts";
import * as written from "./written.ts";

/** Every reading inside, but for the vector in an entry of a vector function, softmax(z)_k, which is a number. */
export function partsOfLayers(side: Reading): readonly Reading[] {
  return readingsOutside(side, (reading) => reading.kind === "call" && reading.entry !== undefined);
}

const forms: ReadonlySet<Reading["kind"]> = new Set(["hadamard", "transpose", "norm", "entry", "matrix"]);

export function isForm({ kind }: Reading): boolean {
  return forms.has(kind);
}

/** Which layer each name means; where layers have no marks, one name can mean several in one formula. */
export type Choice = ReadonlyMap<Reading, Quantity>;

/** How a layer of one unit is derived by a layer: as a Jacobian, which is a row, or as any number, in the layer's shape. */
export type Layout = "jacobian" | "gradient";

/** Evaluates for one sample, under one choice of layers and one layout of derivatives. */
export class Layers {
  readonly #lexicon: StudentLexicon;
  readonly #choice: Choice;
  readonly #sample: number;
  readonly #layout: Layout;

  constructor(lexicon: StudentLexicon, choice: Choice, sample: number, layout: Layout) {
    this.#lexicon = lexicon;
    this.#choice = choice;
    this.#sample = sample;
    this.#layout = layout;
  }

  get #graph(): StudentLexicon["tables"]["graph"] {
    return this.#lexicon.tables.graph;
  }

  grid(reading: Reading): Grid {
    const graph = this.#graph;
    const of = (part: Reading): Grid => this.grid(part);
    if (!this.#speaksOfLayers(reading)) return single(this.#scalar(reading), reading.kind === "number");
    switch (reading.kind) {
      case "name":
        return this.#layer(reading);
      case "sum": {
        const terms = reading.terms.map((term) =>
          term.minus ? mapped(of(term.of), (entry) => written.negative(graph, entry)) : of(term.of),
        );
        return zipped(together(terms, "added", reading), (entries) => written.sum(graph, entries), reading);
      }
      case "product":
        return reading.factors.map(of).reduce((left, right) => multiplied(graph, left, right, reading));
      case "hadamard": {
        const factors = together(reading.factors.map(of), "multiplied entry by entry", reading);
        return zipped(factors, (entries) => written.product(graph, entries), reading);
      }
      case "quotient":
        return this.#quotient(of(reading.top), of(reading.bottom), reading);
      case "power":
        return this.#power(reading);
      case "transpose":
        return transposed(of(reading.of));
      case "norm":
        return single(graph.apply(primitive("sqrt"), [squareSum(graph, of(reading.body))]));
      case "bars":
        return mapped(of(reading.body), (entry) => graph.apply(primitive("abs"), [entry]));
      case "exponential":
        return mapped(of(reading.exponent), (entry) => graph.apply(primitive("exp"), [entry]));
      case "entry":
        return this.#entry(of(reading.of), reading);
      case "matrix":
        return this.#matrix(reading);
      case "call":
        return this.#call(reading);
      case "derivative":
        return this.#derivative(reading);
      case "updated":
        return this.#updated(reading);
      default:
        throw new Failure(
          "formula-syntax",
          `The construct ${at(reading.start)} is not read with whole layers inside; write it with indices.`,
          { position: reading.start },
        );
    }
  }

  #speaksOfLayers(reading: Reading): boolean {
    return partsOfLayers(reading).some((part) => isForm(part) || this.#choice.has(part));
  }

  #scalar(reading: Reading): Expr {
    const { assignments, under } = resolve({ sides: [reading], signs: [] }, this.#lexicon.tables, 2);
    const { sides, letters: all } = under(assignments[0]!);
    const letters = all.filter(([, range]) => !isSamples(range));
    const [free] = sides;
    const graph = this.#graph;
    const samples = all
      .filter(([, range]) => isSamples(range))
      .map(([letter]) => [`$${letter}`, this.#sample] as const);
    const expr = graph.rename(free!, new Map(samples));
    if (letters.length === 0 || expr.concrete) return expr;
    throw new Failure(
      "formula-syntax",
      `The index ${letters[0]![0]} ${at(reading.start)} stands beside whole layers; write numbers for indices, or the whole formula with indices.`,
      { position: reading.start },
    );
  }

  #layer(reading: NameReading): Grid {
    const quantity = this.#choice.get(reading);
    if (quantity?.ranges.some(({ size }) => size === undefined)) throw withoutSize(reading);
    if (!quantity) return single(this.#scalar(reading));
    return grid(...sizesOf(quantity), (row, column) => this.#symbol(quantity, row, column), reading);
  }

  #symbol(quantity: Quantity, row: number, column: number): SymbolExpr {
    const single = ofOneSample(quantity);
    if (!single) return this.#graph.symbol(quantity, [row + 1, column + 1].slice(0, quantity.ranges.length));
    return this.#graph.symbol(quantity, withSample(quantity, this.#sample, [row + 1]));
  }

  #quotient(top: Grid, bottom: Grid, span: Span): Grid {
    const divisor = onlyEntry(bottom, "What is divided by", span);
    return mapped(top, (entry) => {
      const quotient = written.quotient(this.#graph, entry, divisor);
      if (quotient) return quotient;
      throw new Failure(
        "formula-syntax",
        `The formula divides by 0 ${at(span.start)}; write a divisor that is not zero.`,
        {
          position: span.start,
        },
      );
    });
  }

  /** ‖v‖² is the sum of the squares; a vector has no power. */
  #power({ base, exponent, start, end }: Extract<Reading, { readonly kind: "power" }>): Grid {
    const isSquare = exponent.kind === "number" && exponent.value.numerator === 2n;
    if (base.kind === "norm" && isSquare) return single(squareSum(this.#graph, this.grid(base.body)));
    const raised = onlyEntry(this.grid(base), "What is raised to a power", { start, end });
    const power = onlyEntry(this.grid(exponent), "The exponent", exponent);
    return single(written.power(this.#graph, raised, power));
  }

  #entry(of: Grid, { at: script, start, end }: Extract<Reading, { readonly kind: "entry" }>): Grid {
    const indices = (script.includes(",") ? script.split(",") : [...script]).map(Number);
    const [row = 1, column = 1] = of.rows === 1 && indices.length === 1 ? [1, indices[0]!] : indices;
    const entry = of.entries[row - 1]?.[column - 1];
    if (entry) return single(entry);
    throw shapeFailure(
      `The entry ${script} ${at(start)} is none of what is ${shape(of)}; write numbers from 1.`,
      { start, end },
    );
  }

  #matrix({ rows, start, end }: Extract<Reading, { readonly kind: "matrix" }>): Grid {
    const width = rows[0]?.length ?? 0;
    const span = { start, end };
    return grid(
      rows.length,
      width,
      (row, column) =>
        onlyEntry(this.grid(rows[row]![column]!), "An entry of the matrix", rows[row]![column]!),
      span,
    );
  }

  /** Functions act entry by entry; softmax on the whole; diag makes a matrix of a vector. */
  #call(reading: Extract<Reading, { readonly kind: "call" }>): Grid {
    const graph = this.#graph;
    const { functions } = this.#lexicon.tables;
    const args = reading.args.map((arg) => this.grid(arg));
    const [first] = args;
    if (reading.head.base === "diag" && first?.columns === 1)
      return grid(
        first.rows,
        first.rows,
        (row, column) => (row === column ? first.entries[row]![0]! : graph.number(0)),
        reading,
      );
    const found = first && functions.find(reading.head, first.entries.flat().slice(0, 1));
    if (!found || args.length > 1 || reading.order > 1)
      throw new Failure(
        "formula-syntax",
        `${keyText(reading.head)} ${at(reading.start)} is not read of whole layers; write it with indices.`,
        { position: reading.start },
      );
    const all = first.entries.flat();
    const slot = reading.order === 1 ? 0 : undefined;
    if (found.op.kind === "vector")
      return grid(
        first.rows,
        first.columns,
        (row, column) => graph.component(found.op, all, row + column + 1),
        reading,
      );
    return mapped(first, (entry) => graph.apply(found.op, functions.find(reading.head, [entry])!.args, slot));
  }

  // Derivatives

  /** By a layer: as many derivatives as it has entries, in its shape; of a layer by a layer: a row for each entry of the first. */
  #derivative({ of, by, start, end }: Extract<Reading, { readonly kind: "derivative" }>): Grid {
    const graph = this.#graph;
    const span = { start, end };
    const top = this.grid(of);
    const bottom = this.grid(by);
    const by1 = (row: number, column: number): SymbolExpr => bottom.entries[row]![column] as SymbolExpr;
    const isLayer = this.#layout === "jacobian" && this.#speaksOfLayers(of);
    if (isSingle(top) && !(isLayer && bottom.columns === 1))
      return grid(
        bottom.rows,
        bottom.columns,
        (row, column) => graph.derivative(top.entries[0]![0]!, by1(row, column)),
        span,
      );
    if (isSingle(bottom)) return mapped(top, (entry) => graph.derivative(entry, by1(0, 0)));
    if (top.columns === 1 && bottom.columns === 1)
      return grid(
        top.rows,
        bottom.rows,
        (row, column) => graph.derivative(top.entries[row]![0]!, by1(column, 0)),
        span,
      );
    throw new Failure(
      "formula-syntax",
      `The derivative ${at(start)} of what is ${shape(top)} by what is ${shape(bottom)} is no matrix; write it with indices.`,
      { position: start },
    );
  }

  #updated({ of, what }: Extract<Reading, { readonly kind: "updated" }>): Grid {
    const graph = this.#graph;
    return mapped(this.#layer(of), (entry) => {
      const step = written.descentStep(graph, this.#lexicon.tables.loss, entry as SymbolExpr);
      return what === "difference" ? step : written.sum(graph, [entry, step]);
    });
  }
}

function withoutSize({ name, start }: NameReading): Failure {
  return new Failure(
    "formula-syntax",
    `${keyText(name)} ${at(start)} has a symbolic size, so that its entries cannot be compared; give its size as a number.`,
    { position: start },
  );
}

function sizesOf(quantity: Quantity): readonly [rows: number, columns: number] {
  const [rows, columns] = (ofOneSample(quantity) ?? quantity).ranges;
  return [rows!.size ?? 0, columns ? (columns.size ?? 0) : 1];
}
