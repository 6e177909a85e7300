// The answers given last, so that a permalink embedded in a page that a whole course opens is derived once.

/** The bytes of an answer with their entity tag. */
export interface Representation {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly mediaType: string;
}

/** Keeps the entries used last, up to a number of bytes in all. */
export class ByteCache {
  readonly #entries = new Map<string, Representation>();
  readonly #most: number;
  #held = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): Representation | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  set(key: string, entry: Representation): void {
    this.#remove(key);
    this.#entries.set(key, entry);
    this.#held += weight(key, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#held <= this.#most) break;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#held -= weight(key, entry);
  }
}

const weight = (key: string, entry: Representation) => key.length + entry.bytes.length;
