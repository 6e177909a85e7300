// Errors on the wire: problem documents (RFC 9457). A Failure carries its sentence to the sender;
// anything else is ours to repair, so it is logged in full and said in one sentence without detail.
import type { FastifyError, FastifyRequest } from "fastify";
import { Failure, failureKinds } from "../failure.ts";
import { type Allowances, limitFailure } from "../limits.ts";

/** Mistakes listed in one answer; the rest are only counted. */
const listedErrors = 20;

/** Seconds after which a busy service is worth another try. */
export const retryAfterSeconds = 5;

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly pointer?: string;
  readonly position?: number;
  readonly limit?: string;
  readonly allowed?: number;
  readonly measured?: number;
  readonly errors?: readonly ProblemEntry[];
  readonly errorCount?: number;
  readonly requestId?: string;
}

interface ProblemEntry {
  readonly code: string;
  readonly detail: string;
  readonly pointer?: string;
  readonly position?: number;
}

/** What goes wrong before a request is one, or through our own fault. */
const wireFaults = {
  "malformed-http": {
    status: 400,
    title: "The HTTP message cannot be read",
    detail: "The HTTP message is malformed; send it with an HTTP client that follows RFC 9112.",
  },
  "malformed-url": {
    status: 400,
    title: "The URL cannot be read",
    detail: "The URL has a percent sign that begins no valid escape; write %25 for a percent sign.",
  },
  "request-timeout": {
    status: 408,
    title: "The request took too long",
    detail: "The request did not arrive in time; send it again over a faster connection.",
  },
  "headers-too-large": {
    status: 431,
    title: "The headers are too large",
    detail:
      "The headers and the URL are larger than 16 KiB together; send the request with POST and fewer headers.",
  },
  internal: {
    status: 500,
    title: "The service made a mistake",
    detail: "The service made a mistake; the request itself may be fine. Tell its operator the request id.",
  },
} as const satisfies Record<string, { status: number; title: string; detail: string }>;

export type WireFault = keyof typeof wireFaults;

const typeOf = (code: string) => `urn:handgrad:problem:${code}`;

export function wireProblem(code: WireFault, requestId?: string): Problem {
  return { type: typeOf(code), ...wireFaults[code], code, ...(requestId !== undefined && { requestId }) };
}

function failureProblem(failure: Failure, requestId: string): Problem {
  const { errors, ...details } = failure.details;
  return {
    type: typeOf(failure.code),
    title: failureKinds[failure.code].title,
    status: failure.status,
    detail: failure.message,
    code: failure.code,
    ...details,
    ...(errors && { errors: errors.slice(0, listedErrors).map(entryOf), errorCount: errors.length }),
    requestId,
  };
}

function entryOf({ code, message, details: { pointer, position } }: Failure): ProblemEntry {
  return {
    code,
    detail: message,
    ...(pointer !== undefined && { pointer }),
    ...(position !== undefined && { position }),
  };
}

/** The problem that an error thrown on the way of `request` is. */
export function problemOf(error: unknown, request: FastifyRequest, allowances: Allowances): Problem {
  const failure =
    error instanceof Failure ? error : frameworkFailure(error as FastifyError, request, allowances);
  if (failure instanceof Failure) return failureProblem(failure, request.id);
  return wireProblem(failure, request.id);
}

/** Fastify's own errors by their code; what is not listed is our fault. */
function frameworkFailure(
  error: FastifyError,
  request: FastifyRequest,
  allowances: Allowances,
): Failure | WireFault {
  switch (error.code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return bodyTooLarge(request, allowances);
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
    case "FST_ERR_CTP_EMPTY_TYPE":
      return unsupportedMediaType(request);
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return new Failure(
        "not-json",
        "The body is shorter or longer than its Content-Length says; send it whole.",
      );
    case "FST_ERR_BAD_URL":
      return "malformed-url";
    case "FST_ERR_MAX_PARAM_LENGTH":
      return limitFailure("urlCharacters", allowances, request.url.length);
    default:
      return error.statusCode !== undefined && error.statusCode < 500 ? "malformed-http" : "internal";
  }
}

function bodyTooLarge(request: FastifyRequest, allowances: Allowances): Failure {
  const limit =
    request.routeOptions.bodyLimit === allowances.gradientsBodyBytes ? "gradientsBodyBytes" : "bodyBytes";
  const announced = Number(request.headers["content-length"]);
  return limitFailure(limit, allowances, Number.isFinite(announced) ? announced : allowances[limit] + 1);
}

function unsupportedMediaType(request: FastifyRequest): Failure {
  const written = request.headers["content-type"];
  const found =
    written === undefined ? "There is no Content-Type" : `The Content-Type is ${JSON.stringify(written)}`;
  return new Failure("unsupported-media-type", `${found}; send the body as application/json.`);
}

/** Refuses a body in another character set than UTF-8, or in a compressed form. */
export function refuseOtherEncodings(request: FastifyRequest): void {
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding.toLowerCase() !== "identity")
    throw new Failure(
      "unsupported-media-type",
      `The Content-Encoding is ${JSON.stringify(encoding)}; send the body as it is, without compression.`,
    );
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(request.headers["content-type"] ?? "")?.[1];
  if (charset !== undefined && charset.toLowerCase() !== "utf-8")
    throw new Failure(
      "unsupported-media-type",
      `The charset of the body is ${JSON.stringify(charset)}; send it as UTF-8.`,
    );
}
