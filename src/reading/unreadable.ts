// What cannot be read is no end of the reading: it becomes a statement of its own, with the sentence that says why.
import { Failure } from "../failure.ts";
import type { Span } from "./item.ts";
import type { Unreadable } from "./statement.ts";

/** What `read` reads, or its failure as a statement about the span. */
export function attempted<Result>(span: Span, read: () => Result): Result | Unreadable {
  try {
    return read();
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return { kind: "unreadable", span: spanOf(span), failure };
  }
}

export function isUnreadable(thing: object): thing is Unreadable {
  return "failure" in thing;
}

export function spanOf({ start, end }: Span): Span {
  return { start, end };
}
