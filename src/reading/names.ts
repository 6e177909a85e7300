// The names and index letters of a formula: what each can mean, which Σ binds which letter.
import type { Quantity } from "../expression/expr.ts";
import type { Graph } from "../expression/graph.ts";
import { didYouMean, Failure } from "../failure.ts";
import type { Dialect } from "../notation/dialect.ts";
import type { FunctionTable } from "./functions.ts";
import { at, type Span } from "./item.ts";
import type { Letter, Meaning, Occurrence } from "./letters.ts";
import { keyOfName, keyText } from "./script.ts";
import type { Candidate, SymbolTable } from "./symbols.ts";
import type { NameKey, NameReading, Reading } from "./syntax.ts";

/** What the names of a network in a dialect mean. */
export interface Tables {
  readonly graph: Graph;
  readonly dialect: Dialect;
  readonly symbols: SymbolTable;
  readonly functions: FunctionTable;
  /** Whether numbers keep their digits and factors their order, as a student wrote them. */
  readonly asWritten: boolean;
  readonly loss: Quantity;
  /** Layers with weights. */
  readonly depth: number;
}

type Scope = ReadonlyMap<string, Letter>;

/** The names and index letters of a formula, found in one walk. */
export class Names {
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
      case "updated":
        visit(reading.of);
        return;
      case "hadamard":
      case "transpose":
      case "norm":
      case "entry":
      case "matrix":
        throw notScalar(reading);
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

  #isFunction(reading: Reading): boolean {
    if (reading.kind !== "name") return false;
    const { symbols, functions } = this.#tables;
    return functions.has(reading.name) && symbols.find(reading.name).length === 0;
  }

  #occurrence(reading: NameReading, scope: Scope): Occurrence {
    const { symbols } = this.#tables;
    const { name, start, end } = reading;
    if (reading.bold) throw notScalar(reading);
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

  #meaning({ indices, ...candidate }: Candidate, scope: Scope): Meaning {
    const places = indices.map((index) => (typeof index === "number" ? index : this.#letter(index, scope)));
    return { ...candidate, indices: places };
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

/** What only stands in formulas of whole layers, as the subject of a sentence. */
const matrixForms = {
  name: "The bold letter",
  hadamard: "The elementwise product",
  transpose: "The transpose",
  norm: "The norm",
  entry: "The entry of brackets",
  matrix: "The matrix",
} as const;

function notScalar({ kind, start }: Span & { readonly kind: keyof typeof matrixForms }): Failure {
  return new Failure(
    "formula-syntax",
    `${matrixForms[kind]} ${at(start)} belongs to a matrix formula, which is not read here; write it with indices.`,
    { position: start },
  );
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
