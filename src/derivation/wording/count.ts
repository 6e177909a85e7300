// Counting in sentences, alike in all languages; the words come from the tables.

/** How many of something: path counts can exceed 2^53, and sizes may be symbolic, such as n · n. */
export type Count = number | bigint | string;

export function isOne(count: Count): boolean {
  return typeof count !== "string" && BigInt(count) === 1n;
}

/** "1 path", "3 paths". */
export function counted(count: Count, one: string, many: string): string {
  return `${count} ${isOne(count) ? one : many}`;
}
