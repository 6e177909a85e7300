// Works out the steps of a program in one arithmetic, and derivatives by moving entries a little.
import type { Field } from "./field.ts";
import type { Functions, Scalar } from "./functions.ts";
import type { Operand, Tree } from "./tree.ts";
import type { Program, Step } from "./walk.ts";

/** Which entries are moved, and by how much for a step of 1. */
export type Direction = ReadonlyMap<string, number>;

/** A call whose argument sits where the derivative jumps: the function's key and the number of its corner. */
export interface Corner {
  readonly key: string;
  readonly corner: number;
  readonly quantity: string;
}

/**
 * Closer than this to a corner counts as on it: a sum of doubles of size 1 that should be 0 comes out
 * within 1e-13 of it for a thousand terms, while weights chosen by people keep further away.
 */
const cornerWidth = 1e-12;

/** Values by id. */
interface Reading<N> {
  get(id: string): N | undefined;
}

/** What a tree finds in its scope: v0, v1, … and the functions f_…. */
type TreeScope<N> = Map<string, N | Scalar<N>>;

/** What an evaluation tells, whatever its arithmetic. */
export type AnyEvaluation = Pick<
  Evaluation<never>,
  "values" | "loss" | "derivative" | "sampleDerivative" | "corners" | "work"
>;

/** One program in one arithmetic; guards the values worked out once for each sample. */
export class Evaluation<N> {
  readonly field: Field<N>;
  readonly #program: Program;
  readonly #functions: Functions<N>;
  readonly #base = new Map<number, ReadonlyMap<string, N>>();
  readonly #scope: TreeScope<N>;

  constructor(program: Program, field: Field<N>, functions: Functions<N>) {
    this.field = field;
    this.#program = program;
    this.#functions = functions;
    this.#scope = scopeOf(this.#functions.scalar);
  }

  /** Values of all entries for one sample (from 1), as doubles. */
  values(sample: number): ReadonlyMap<string, number> {
    return new Map([...this.#baseOf(sample)].map(([id, value]) => [id, this.field.real(value)]));
  }

  /** The loss over all samples: Σ E or (1/n) Σ E. */
  loss(): number {
    return this.field.real(this.#reduced((sample) => this.#baseOf(sample)));
  }

  /** d loss / d direction, over all samples. */
  derivative(direction: Direction): number {
    return this.field.derivative((step) => this.#reduced((sample) => this.#moved(sample, direction, step)));
  }

  /** d E / d direction for one sample. */
  sampleDerivative(direction: Direction, sample: number): number {
    return this.field.derivative((step) => this.#moved(sample, direction, step).get(this.#program.loss)!);
  }

  /** Every call that sits at a corner, over all samples. */
  corners(): readonly Corner[] {
    const found = new Map<string, Corner>();
    for (let sample = 1; sample <= this.#program.samples.length; sample += 1) {
      for (const step of this.#program.steps) {
        if (step.kind !== "formula") continue;
        for (const corner of this.#cornersOf(step.tree, step.ids[0], this.#baseOf(sample))) {
          found.set(`${corner.key} ${corner.corner} ${corner.quantity}`, corner);
        }
      }
    }
    return [...found.values()];
  }

  /** How many products and how many formulas or vector entries the derivative by one entry takes, for one sample. */
  work(id: string): { readonly products: number; readonly formulas: number } {
    let [products, formulas] = [0, 0];
    for (const position of this.#cone([id])) {
      const step = this.#program.steps[position]!;
      if (step.kind === "sum") products += step.products.length;
      else formulas += step.ids.length;
    }
    return { products, formulas };
  }

  #baseOf(sample: number): ReadonlyMap<string, N> {
    const known = this.#base.get(sample);
    if (known) return known;
    const values = new Map<string, N>();
    for (const given of [this.#program.given, this.#program.samples[sample - 1]!]) {
      for (const [id, value] of given) values.set(id, this.field.number(value));
    }
    for (const step of this.#program.steps) this.#run(step, values, values);
    this.#base.set(sample, values);
    return values;
  }

  #reduced(valuesOf: (sample: number) => Reading<N>): N {
    const { field } = this;
    const { samples, reduction, loss } = this.#program;
    const sum = samples
      .map((_, index) => valuesOf(index + 1).get(loss) as N)
      .reduce((a, b) => field.add(a, b));
    return reduction === "mean" ? field.divide(sum, field.number(samples.length)) : sum;
  }

  /** All values after the entries of `direction` moved by `step`; only what depends on them is worked out again. */
  #moved(sample: number, direction: Direction, step: N): Reading<N> {
    const { field } = this;
    const base = this.#baseOf(sample);
    const moved = new Map<string, N>();
    for (const [id, share] of direction) {
      const value = base.get(id);
      if (value === undefined) throw new Error(`The referee has no entry "${id}".`);
      moved.set(id, field.add(value, field.multiply(field.number(share), step)));
    }
    const values = { get: (id: string) => moved.get(id) ?? base.get(id) };
    for (const position of this.#cone([...direction.keys()])) {
      this.#run(this.#program.steps[position]!, values, moved);
    }
    return values;
  }

  /** Positions of the steps that depend on any of `ids`, in order. */
  #cone(ids: readonly string[]): readonly number[] {
    const cone = new Set<number>();
    const reached = [...ids];
    for (let id = reached.pop(); id !== undefined; id = reached.pop()) {
      for (const position of this.#program.readers.get(id) ?? []) {
        if (cone.has(position)) continue;
        cone.add(position);
        reached.push(...this.#program.steps[position]!.ids);
      }
    }
    return [...cone].sort((a, b) => a - b);
  }

  #run(step: Step, values: Reading<N>, into: Map<string, N>): void {
    switch (step.kind) {
      case "sum":
        into.set(step.ids[0], this.#sum(step.products, values));
        return;
      case "formula":
        into.set(step.ids[0], this.#tree(step.tree, values, this.#scope));
        return;
      case "vector": {
        const results = this.#functions.vector.get(step.key)!(step.args.map((id) => values.get(id)!));
        step.ids.forEach((id, index) => {
          into.set(id, results[index]!);
        });
      }
    }
  }

  #sum(products: readonly (readonly Operand[])[], values: Reading<N>): N {
    const { add, multiply, number } = this.field;
    let sum = number(0);
    for (const [first, ...rest] of products) {
      let product = this.#value(first!, values);
      for (const operand of rest) product = multiply(product, this.#value(operand, values));
      sum = add(sum, product);
    }
    return sum;
  }

  /** The tree's value, with its variables put into `scope`, which holds the functions. */
  #tree(tree: Tree, values: Reading<N>, scope: TreeScope<N>): N {
    for (const [index, operand] of tree.operands.entries())
      scope.set(`v${index}`, this.#value(operand, values));
    return tree.code.evaluate(scope) as N;
  }

  #value(operand: Operand, values: Reading<N>): N {
    if (typeof operand !== "string") return this.field.number(operand);
    const value = values.get(operand);
    if (value === undefined) throw new Error(`The referee has no value for "${operand}".`);
    return value;
  }

  #cornersOf(tree: Tree, quantity: string, values: Reading<N>): readonly Corner[] {
    const found: Corner[] = [];
    const scope = scopeOf(this.#functions.scalar);
    for (const key of tree.functions) {
      const corners = this.#functions.corners.get(key);
      const plain = this.#functions.scalar.get(key)!;
      if (corners === undefined) continue;
      scope.set(`f_${key}`, (...args: N[]) => {
        for (const [corner, distance] of corners(...args).entries()) {
          if (Math.abs(this.field.real(distance)) <= cornerWidth) found.push({ key, corner, quantity });
        }
        return plain(...args);
      });
    }
    this.#tree(tree, values, scope);
    return found;
  }
}

function scopeOf<N>(functions: ReadonlyMap<string, Scalar<N>>): TreeScope<N> {
  return new Map([...functions].map(([key, spelled]) => [`f_${key}`, spelled]));
}
