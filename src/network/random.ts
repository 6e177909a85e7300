// Reproducible random numbers, fixed by test vectors: Mulberry32 (Tommy Ettinger 2017), two draws for a double.

/** Uniform doubles in [0, 1) with 53 random bits; the same seed gives the same sequence everywhere. */
export function uniformGenerator(seed: number): () => number {
  let state = seed >>> 0;
  const next32 = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return () => (next32() * 2 ** 21 + (next32() >>> 11)) / 2 ** 53;
}

/** Standard normal numbers from uniform ones (Box and Muller 1958), one of each pair. */
export function normalGenerator(uniform: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
