// What is worked out once and looked up from then on, for as long as whoever keeps it.

/** The value at `key`, made where it is not known yet. */
export function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** A function that answers alike whenever it is asked, and works out each answer once. */
export function remembering<Key, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => remembered(known, key, () => work(key));
}
