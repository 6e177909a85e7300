// Collects the numbers that a description gives, checks their shapes, and knows which are missing.
import { entries, entryCount, entryId, type Quantity } from "../expression/expr.ts";
import { Failure } from "../failure.ts";
import type { NumberLike } from "./description.ts";
import type { Values } from "./network.ts";
import { readNumber } from "./numbers.ts";

/** How many ids of missing numbers are listed. */
const listedMissing = 20;

export class NumberTable {
  readonly #values = new Map<Quantity, Float64Array>();
  readonly #samples: Map<Quantity, Float64Array>[] = [];

  /** `rows` is [units][inputs]. */
  matrix(quantity: Quantity, rows: readonly (readonly NumberLike[])[], pointer: string): void {
    const [height, width] = quantity.ranges.map((range) => range.size!) as [number, number];
    expectCount(rows.length, height, `rows of ${quantity.id}, one for each of the layer's units`, pointer);
    for (const [row, numbers] of rows.entries()) {
      expectCount(
        numbers.length,
        width,
        `numbers in row ${row + 1} of ${quantity.id}, one for each unit below`,
        `${pointer}/${row}`,
      );
    }
    const flat = rows.flatMap((numbers, row) =>
      numbers.map((number, column) => readNumber(number, `${pointer}/${row}/${column}`)),
    );
    this.#values.set(quantity, Float64Array.from(flat));
  }

  vector(quantity: Quantity, numbers: readonly NumberLike[], pointer: string): void {
    this.#values.set(quantity, readVector(quantity, numbers, pointer));
  }

  set(quantity: Quantity, values: Float64Array): void {
    this.#values.set(quantity, values);
  }

  get(quantity: Quantity): Float64Array | undefined {
    return this.#values.get(quantity);
  }

  sampleVector(sample: number, quantity: Quantity, numbers: readonly NumberLike[], pointer: string): void {
    this.setSample(sample, quantity, readVector(quantity, numbers, pointer));
  }

  setSample(sample: number, quantity: Quantity, values: Float64Array): void {
    while (this.#samples.length <= sample) this.#samples.push(new Map());
    this.#samples[sample]!.set(quantity, values);
  }

  get values(): Values {
    return this.#values;
  }

  get samples(): readonly Values[] {
    return this.#samples;
  }

  /** The first `count` samples; one without numbers of its own is empty. */
  samplesUpTo(count: number): readonly Values[] {
    return Array.from({ length: count }, (_, sample) => this.#samples[sample] ?? new Map());
  }

  /** Whether any number was given for one of these quantities. */
  any(quantities: readonly Quantity[]): boolean {
    return (
      quantities.some((quantity) => this.#values.has(quantity)) ||
      this.#samples.some((sample) => sample.size > 0)
    );
  }

  /** Ids of entries without a number: fixed quantities once, those of samples as `id@sample`. */
  missing(fixed: readonly Quantity[], sampled: readonly Quantity[], sampleCount: number): readonly string[] {
    const ids = fixed
      .filter((quantity) => !this.#values.has(quantity))
      .flatMap((quantity) => idsOf(quantity, ""));
    for (let sample = 0; sample < sampleCount && ids.length < listedMissing; sample += 1) {
      const given = this.#samples[sample];
      for (const quantity of sampled) {
        if (!given?.has(quantity)) ids.push(...idsOf(quantity, sampleCount === 1 ? "" : `@${sample + 1}`));
      }
    }
    return ids.slice(0, listedMissing);
  }
}

function idsOf(quantity: Quantity, suffix: string): string[] {
  const ids: string[] = [];
  for (const indices of entries(quantity)) {
    if (ids.length >= listedMissing) break;
    ids.push(entryId(quantity, indices) + suffix);
  }
  return ids;
}

function readVector(quantity: Quantity, numbers: readonly NumberLike[], pointer: string): Float64Array {
  expectCount(numbers.length, entryCount(quantity), `numbers for ${quantity.id}`, pointer);
  return Float64Array.from(numbers, (number, position) => readNumber(number, `${pointer}/${position}`));
}

function expectCount(measured: number, expected: number, what: string, pointer: string): void {
  if (measured === expected) return;
  throw new Failure("wrong-shape", `Expected ${expected} ${what}, but found ${measured}.`, { pointer });
}
