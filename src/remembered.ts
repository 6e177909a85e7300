// What is worked out once and looked up from then on, for as long as whoever keeps it.

/** The value at `key`, made where it is not known yet. */
export function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** A function that answers alike whenever it is asked, and works out each answer once; equal keys have equal answers. */
export function remembering<Thing, Value>(
  work: (thing: Thing) => Value,
  keyOf: (thing: Thing) => unknown = (thing) => thing,
): (thing: Thing) => Value {
  const known = new Map<unknown, Value>();
  return (thing) => remembered(known, keyOf(thing), () => work(thing));
}
