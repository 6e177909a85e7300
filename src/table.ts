// Looking up a key that a user wrote: what every JavaScript object inherits is in no table.

/** The table's own row; undefined for a key such as "constructor", which plain indexing would find in any object. */
export function rowOf<Row>(table: Readonly<Record<string, Row>>, key: string): Row | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
