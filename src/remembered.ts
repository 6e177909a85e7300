// A function that works out each answer once, for as long as whoever made it keeps it.

/** The function with its answers kept by the identity of the argument; it must always answer alike, and never undefined. */
export function remembered<Key, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = work(key);
    known.set(key, value);
    return value;
  };
}
