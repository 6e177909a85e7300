// Seeded choices: the same seed makes the same students everywhere.
import { uniformGenerator } from "../../../src/network/random.ts";

export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  below(count: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  shuffled<Item>(items: readonly Item[]): readonly Item[];
}

export function seeded(seed: number): Random {
  const uniform = uniformGenerator(seed);
  const below = (count: number): number => Math.floor(uniform() * count);
  return {
    uniform,
    below,
    chance: (probability) => uniform() < probability,
    pick: (items) => items[below(items.length)]!,
    shuffled: (items) => {
      const order = items.map((item) => ({ item, key: uniform() }));
      return order.sort((one, other) => one.key - other.key).map(({ item }) => item);
    },
  };
}
