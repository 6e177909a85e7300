// The one error thrown on purpose: a stable code, one full sentence, and where in the request it happened.

/** Every code with its HTTP status and title; a new kind of failure is one row. */
export const failureKinds = {
  "not-json": { status: 400, title: "The body is not JSON" },
  "duplicate-key": { status: 400, title: "A key stands twice" },
  "invalid-request": { status: 400, title: "The request does not fit its schema" },
  "not-found": { status: 404, title: "There is nothing here" },
  "method-not-allowed": { status: 405, title: "This resource does not take that method" },
  "not-acceptable": { status: 406, title: "No such format" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "url-too-long": { status: 414, title: "The URL is too long" },
  "unsupported-media-type": { status: 415, title: "This media type is not read" },
  "formula-syntax": { status: 422, title: "A formula cannot be read" },
  "unknown-name": { status: 422, title: "A name is not known" },
  "duplicate-name": { status: 422, title: "A name is used twice" },
  "invalid-name": { status: 422, title: "A name cannot be used" },
  "invalid-number": { status: 422, title: "A number cannot be used" },
  "wrong-shape": { status: 422, title: "Sizes do not fit" },
  cycle: { status: 422, title: "The network has a cycle" },
  clash: { status: 422, title: "Two things clash" },
  "not-a-number": { status: 422, title: "A quantity has no finite value" },
  "limit-exceeded": { status: 422, title: "The request is over a limit" },
  "impossible-request": { status: 422, title: "The request cannot be honoured" },
  "too-busy": { status: 503, title: "The service is busy" },
  "calculation-stopped": { status: 503, title: "The calculation was stopped" },
} as const satisfies Record<string, { status: number; title: string }>;

export type FailureCode = keyof typeof failureKinds;

export interface FailureDetails {
  /** JSON Pointer (RFC 6901) into the description or request. */
  readonly pointer?: string;
  /** UTF-16 offset, from 0, into the text at `pointer`. */
  readonly position?: number;
  /** Only for `limit-exceeded`: the limit's name, what it allows, what was measured. */
  readonly limit?: string;
  readonly allowed?: number;
  readonly measured?: number;
  /** Several mistakes found together; this failure is their summary. */
  readonly errors?: readonly Failure[];
}

export class Failure extends Error {
  readonly code: FailureCode;
  readonly details: FailureDetails;

  /** `sentence` says what was written, what was expected and what to do. */
  constructor(code: FailureCode, sentence: string, details: FailureDetails = {}) {
    super(sentence);
    this.name = "Failure";
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return failureKinds[this.code].status;
  }

  /** The same failure seen from one level further out: `prefix` is put before its pointers. */
  within(prefix: string): Failure {
    const errors = this.details.errors?.map((error) => error.within(prefix));
    const pointer = this.details.pointer === undefined ? undefined : prefix + this.details.pointer;
    return new Failure(this.code, this.message, {
      ...this.details,
      ...(pointer !== undefined && { pointer }),
      ...(errors && { errors }),
    });
  }
}

/** Refuses `measured` above `allowed`; `what` completes "The request has … ". */
export function enforceLimit(
  limit: string,
  allowed: number,
  measured: number,
  sentence: string,
  pointer?: string,
): void {
  if (measured <= allowed) return;
  throw new Failure("limit-exceeded", sentence, {
    limit,
    allowed,
    measured,
    ...(pointer !== undefined && { pointer }),
  });
}

/** The known word nearest to `written`, or nothing when none is near (Levenshtein distance at most a third). */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const word of known) {
    if (Math.abs(word.length - written.length) >= bestDistance) continue;
    const distance = editDistance(written.toLowerCase(), word.toLowerCase());
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** ` Did you mean "…"?` or nothing, to be appended to a sentence. */
export function didYouMean(written: string, known: Iterable<string>): string {
  const word = nearest(written, known);
  return word === undefined ? "" : ` Did you mean "${word}"?`;
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const substitution = previous[column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(previous[column]! + 1, current[column - 1]! + 1, substitution));
    }
    previous = current;
  }
  return previous[right.length]!;
}
