// A place in a list of items, and how deep it is nested: what the rules of the grammar read from.
import { Failure } from "../failure.ts";
import { unexpected, unreadable } from "./forms.ts";
import { type Item, type Sign, type Span, signOf } from "./item.ts";
import { readingLimits } from "./refuse.ts";
import type { Reading, Vocabulary } from "./syntax.ts";

/** Σ and calls without brackets nest (`\tanh\tanh x`) where no bracket is counted. */
const deepestNesting = 2 * readingLimits.depth;

/** The rules that others lean on; each reads from the cursor on and leaves it behind what it has read. */
interface Grammar {
  readonly sum: (cursor: Cursor) => Reading;
  readonly product: (cursor: Cursor) => Reading;
  readonly factor: (cursor: Cursor) => Reading;
}

/** The state guarded is the place reached. */
export class Cursor {
  readonly vocabulary: Vocabulary;
  readonly #items: readonly Item[];
  readonly #span: Span;
  readonly #grammar: Grammar;
  #depth: number;
  #position = 0;

  constructor(items: readonly Item[], vocabulary: Vocabulary, grammar: Grammar, span: Span, depth = 0) {
    this.#items = items.filter((item) => signOf(item) !== "gap");
    this.vocabulary = vocabulary;
    this.#grammar = grammar;
    this.#span = span;
    this.#depth = depth;
  }

  peek(offset = 0): Item | undefined {
    return this.#items[this.#position + offset];
  }

  sign(offset = 0): Sign | undefined {
    const item = this.peek(offset);
    return item && signOf(item);
  }

  skip(count = 1): void {
    this.#position += count;
  }

  /** Where the cursor is, to come back to. */
  get place(): number {
    return this.#position;
  }

  back(place: number): void {
    this.#position = place;
  }

  /** The place in the text behind the last item read. */
  end(): number {
    return this.#items[this.#position - 1]?.end ?? this.#span.start;
  }

  /** The items as one sum; `what` names what is missing where there are none. */
  whole(what: string): Reading {
    if (this.#items.length === 0)
      throw unreadable(
        `Nothing stands at character ${this.#span.start + 1}, where ${what} was expected.`,
        this.#span,
      );
    const sum = this.#grammar.sum(this);
    const rest = this.peek();
    if (rest) throw unexpected(rest);
    return sum;
  }

  /** Other items as one sum, one level deeper. */
  inner(items: readonly Item[], span: Span, what: string): Reading {
    return this.deeper(span, () =>
      new Cursor(items, this.vocabulary, this.#grammar, span, this.#depth).whole(what),
    );
  }

  factor(): Reading {
    return this.#grammar.factor(this);
  }

  product(): Reading {
    return this.#grammar.product(this);
  }

  /** What `read` reads, one level deeper. */
  deeper<Result>({ start }: Span, read: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > deepestNesting)
      throw new Failure(
        "limit-exceeded",
        `The formula nests sums and functions deeper than ${deepestNesting} levels; name a part of it.`,
        { limit: "formula-depth", allowed: deepestNesting, measured: this.#depth, position: start },
      );
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }
}
