// Where the numbers of a network lie: one block of doubles, each quantity's entries together in row-major order.
import { entryCount, entryOffset, type Index, type Quantity } from "../expression/expr.ts";
import type { Values } from "../network/network.ts";

export class Memory {
  readonly #offsets = new Map<Quantity, number>();
  readonly #block: Float64Array;

  constructor(quantities: readonly Quantity[]) {
    let size = 0;
    for (const quantity of quantities) {
      this.#offsets.set(quantity, size);
      size += entryCount(quantity);
    }
    this.#block = new Float64Array(size);
  }

  get block(): Float64Array {
    return this.#block;
  }

  /** Position of a quantity's first entry in the block. */
  offsetOf(quantity: Quantity): number {
    return this.#offsets.get(quantity)!;
  }

  has(quantity: Quantity): boolean {
    return this.#offsets.has(quantity);
  }

  /** The quantity's own part of the block, not a copy. */
  of(quantity: Quantity): Float64Array {
    const start = this.offsetOf(quantity);
    return this.#block.subarray(start, start + entryCount(quantity));
  }

  /** One entry, at concrete indices. */
  at(quantity: Quantity, indices: readonly Index[]): number {
    return this.#block[this.offsetOf(quantity) + entryOffset(quantity, indices)]!;
  }

  load(values: Values): void {
    for (const [quantity, numbers] of values) if (this.has(quantity)) this.of(quantity).set(numbers);
  }
}
