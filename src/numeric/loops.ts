// Compiles a definition to one loop nest over typed arrays. The generated text holds only our own names: v, F3, i2, t7.
//
// Every part is computed in the outermost loop where its indices are known, once; Σ becomes an inner loop.
import { freeLetters, isWhole } from "../expression/build.ts";
import { type Expr, entryCount, type Index, type Quantity, type Range } from "../expression/expr.ts";
import { toNumber } from "../expression/rational.ts";
import type { Operation, Primitive } from "../primitives/primitive.ts";
import { cancelled, guarded } from "./stable.ts";

/** What generated code reaches besides the block `v`: functions F, vector buffers V, abstract functions A. */
export interface Surroundings {
  readonly functions: ((...args: number[]) => number)[];
  readonly buffers: Float64Array[];
  /** Abstract functions and their partial derivatives, by name and slot, as positions in `functions`. */
  readonly abstract: (name: string, slot: number | undefined) => (...args: number[]) => number;
}

/** One loop or branch being written: how it opens, its lines, its letters, what is already computed in it. */
interface Scope {
  readonly depth: number;
  readonly header: string;
  /** What is computed in a branch is not moved out of it: it may be costly, or have no value elsewhere. */
  readonly isBranch: boolean;
  readonly lines: string[];
  readonly known: Map<Expr, string>;
  readonly letters: ReadonlyMap<string, string>;
}

export class LoopWriter {
  readonly #surroundings: Surroundings;
  readonly #offsetOf: (quantity: Quantity) => number;
  readonly #functionNames = new Map<unknown, number>();
  readonly #bufferNames = new Map<string, number>();
  #names = 0;
  #scopes: Scope[] = [];

  constructor(surroundings: Surroundings, offsetOf: (quantity: Quantity) => number) {
    this.#surroundings = surroundings;
    this.#offsetOf = offsetOf;
  }

  /** Lines that compute every entry of `quantity` as `define` and store it (`=`) or add it (`+=`). */
  assign(quantity: Quantity, define: Expr, sign: "=" | "+="): string {
    this.#scopes = [];
    this.#open("", new Map());
    const whole = this.#wholeVector(quantity, define);
    if (whole) return whole;
    for (const [axis, formal] of quantity.formals.entries()) this.#openLoop(quantity.ranges[axis]!, formal);
    const value = this.#emit(define);
    this.#scope.lines.push(`${this.#place(quantity, quantity.formals)} ${sign} ${value};`);
    while (this.#scopes.length > 1) this.#close();
    return this.#scopes[0]!.lines.join("\n");
  }

  /** A whole softmax layer is computed by one call. */
  #wholeVector(quantity: Quantity, define: Expr): string | undefined {
    if (define.kind !== "component" || define.over === undefined || define.at !== quantity.formals.join())
      return undefined;
    const buffer = this.#fill(define);
    const start = this.#offsetOf(quantity);
    this.#scope.lines.push(
      `for (let i = 0; i < ${entryCount(quantity)}; i++) v[${start} + i] = ${buffer}[i];`,
    );
    return this.#scopes[0]!.lines.join("\n");
  }

  get #scope(): Scope {
    return this.#scopes.at(-1)!;
  }

  #fresh(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  #openLoop(range: Range, letter: string): void {
    const name = this.#fresh("i");
    const letters = new Map([...this.#scope.letters, [letter, name]]);
    this.#open(`for (let ${name} = 0; ${name} < ${range.size!}; ${name}++) {`, letters);
  }

  #open(header: string, letters: ReadonlyMap<string, string>, isBranch = false): void {
    this.#scopes.push({ depth: this.#scopes.length, header, isBranch, lines: [], known: new Map(), letters });
  }

  /** Puts the finished loop after everything that was moved out of it. */
  #close(): void {
    const { header, lines } = this.#scopes.pop()!;
    this.#scope.lines.push(header, ...lines, "}");
  }

  /** The text of a value that is computed where its indices are first known. */
  #emit(expr: Expr): string {
    if (expr.kind === "number") return literal(toNumber(expr.value));
    const home = this.#homeOf(expr);
    const known = home.known.get(expr);
    if (known !== undefined) return known;
    const inner = this.#scopes.splice(home.depth + 1);
    const text = this.#compute(expr);
    const name = isAtom(text) ? text : this.#fresh("t");
    if (name !== text) home.lines.push(`const ${name} = ${text};`);
    home.known.set(expr, name);
    this.#scopes.push(...inner);
    return name;
  }

  /** The outermost open scope that knows every free index of the expression; a branch is not left. */
  #homeOf(expr: Expr): Scope {
    const letters = freeLetters(expr);
    const floor = this.#scopes.findLastIndex((scope) => scope.isBranch);
    const level = this.#scopes.findIndex((scope) =>
      [...letters].every((letter) => scope.letters.has(letter)),
    );
    return this.#scopes[Math.max(level, floor, 0)]!;
  }

  #compute(expr: Expr): string {
    switch (expr.kind) {
      case "number":
        return literal(toNumber(expr.value));
      case "symbol":
        return this.#place(expr.quantity, expr.indices);
      case "same":
        return `(${this.#index(expr.a)} === ${this.#index(expr.b)} ? 1 : 0)`;
      case "sum":
        return this.#sum(expr);
      case "component":
        return `${this.#fill(expr)}[${this.#index(expr.at)}]`;
      case "apply":
        return this.#apply(expr);
      case "size":
        return String(expr.range.size!);
      case "derivative":
        throw new Error("An inert derivative has no number.");
    }
  }

  #sum(expr: Expr & { kind: "sum" }): string {
    const total = this.#fresh("t");
    this.#scope.lines.push(`let ${total} = 0;`);
    this.#openLoop(expr.over, expr.index);
    this.#scope.lines.push(`${total} += ${this.#emit(expr.body)};`);
    this.#close();
    return total;
  }

  #apply(expr: Expr & { kind: "apply" }): string {
    const { op, args, slot } = expr;
    switch (op.kind) {
      case "sum":
        return args.map((arg) => this.#emit(arg)).join(" + ");
      case "product":
        return this.#product(args);
      case "power":
        return this.#power(args[0]!, args[1]!);
      case "abstract":
        return this.#call(`${op.name}/${slot ?? ""}`, this.#surroundings.abstract(op.name, slot), args);
      default:
        if (slot !== undefined) throw new Error(`The derivative of ${op.name} is not worked out.`);
        return op === guarded ? this.#guard(args[0]!, args[1]!) : this.#call(op, op.value!, args);
    }
  }

  /** A factor [j = k] decides whether the rest is computed at all. */
  #product(factors: readonly Expr[]): string {
    const switches = factors.filter((factor) => factor.kind === "same");
    const rest = factors.filter((factor) => factor.kind !== "same");
    if (switches.length === 0) return rest.map((factor) => this.#emit(factor)).join(" * ");
    const conditions = switches.map((factor) => this.#emit(factor)).join(" && ");
    return this.#branch(conditions, "0", () => rest.map((factor) => this.#emit(factor)).join(" * "));
  }

  #guard(direct: Expr, stable: Expr): string {
    const value = this.#emit(direct);
    return this.#branch(`Math.abs(${value}) <= ${cancelled}`, value, () => this.#emit(stable));
  }

  #branch(condition: string, otherwise: string, work: () => string): string {
    const result = this.#fresh("t");
    this.#scope.lines.push(`let ${result} = ${otherwise};`);
    this.#open(`if (${condition}) {`, this.#scope.letters, true);
    this.#scope.lines.push(`${result} = ${work()};`);
    this.#close();
    return result;
  }

  #power(base: Expr, exponent: Expr): string {
    const value = this.#emit(base);
    for (const [whole, text] of shortPowers) if (isWhole(exponent, whole)) return text(value);
    return `Math.pow(${value}, ${this.#emit(exponent)})`;
  }

  #call(key: unknown, work: (...args: number[]) => number, args: readonly Expr[]): string {
    let position = this.#functionNames.get(key);
    if (position === undefined) {
      position = this.#surroundings.functions.push(work) - 1;
      this.#functionNames.set(key, position);
    }
    return `F${position}(${args.map((arg) => this.#emit(arg)).join(", ")})`;
  }

  /** Computes all outputs of a vector function into a buffer of its own and returns the buffer's name. */
  #fill(expr: Expr & { kind: "component" }): string {
    const key = `${expr.op.name}:${expr.over ? "over" : "list"}:${expr.args.map((arg) => arg.id).join()}`;
    const size = expr.over?.size ?? expr.args.length;
    const known = this.#bufferNames.get(key);
    const input =
      known ?? this.#surroundings.buffers.push(new Float64Array(size), new Float64Array(size)) - 2;
    this.#bufferNames.set(key, input);
    const output = `V${input + 1}`;
    if (expr.over) {
      this.#openLoop(expr.over, expr.index!);
      const position = this.#index(expr.index!);
      this.#scope.lines.push(`V${input}[${position}] = ${this.#emit(expr.args[0]!)};`);
      this.#close();
    } else {
      const values = expr.args.map((arg) => this.#emit(arg));
      this.#scope.lines.push(...values.map((value, position) => `V${input}[${position}] = ${value};`));
    }
    this.#scope.lines.push(`${this.#vectorCall(expr.op)}(V${input}, ${output});`);
    return output;
  }

  #vectorCall(op: Operation): string {
    const { values } = op as Primitive;
    let position = this.#functionNames.get(op);
    if (position === undefined) {
      position = this.#surroundings.functions.push(values as unknown as (...args: number[]) => number) - 1;
      this.#functionNames.set(op, position);
    }
    return `F${position}`;
  }

  /** The entry's place in the block, e.g. `v[12 + i1 * 4 + i2]`. */
  #place(quantity: Quantity, indices: readonly Index[]): string {
    let place = String(this.#offsetOf(quantity));
    let stride = entryCount(quantity);
    for (const [axis, index] of indices.entries()) {
      stride /= quantity.ranges[axis]!.size!;
      place += ` + ${this.#index(index)}${stride === 1 ? "" : ` * ${stride}`}`;
    }
    return `v[${place}]`;
  }

  #index(index: Index): string {
    if (typeof index === "number") return String(index - 1);
    const name = this.#scope.letters.get(index);
    if (name === undefined) throw new Error(`The index ${index} is not bound here.`);
    return name;
  }
}

const shortPowers: readonly (readonly [number, (value: string) => string])[] = [
  [2, (value) => `${value} * ${value}`],
  [3, (value) => `${value} * ${value} * ${value}`],
  [-1, (value) => `1 / ${value}`],
  [-2, (value) => `1 / (${value} * ${value})`],
];

function literal(value: number): string {
  return value < 0 || Object.is(value, -0) ? `(${value})` : String(value);
}

function isAtom(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]*$/.test(text);
}
