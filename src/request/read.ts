// Reads a request from its text: the one way in for HTTP, for permalinks and for the command line.
import { Failure, type FailureDetails } from "../failure.ts";
import { type Allowances, defaultAllowances } from "../limits.ts";
import type { NetworkDescription as Description } from "../network/description.ts";
import { type Check, checkOf } from "./check.ts";
import { parseJson } from "./json.ts";
import {
  type DerivationRequest as DerivationBody,
  DerivationRequest,
  type GradeRequest as GradeBody,
  GradeRequest,
  type GradientsRequest as GradientsBody,
  GradientsRequest,
  type HintRequest as HintBody,
  HintRequest,
  type LintRequest as LintBody,
  LintRequest,
  NetworkDescription,
  type TranslationRequest as TranslationBody,
  TranslationRequest,
  type WorksheetRequest as WorksheetBody,
  WorksheetRequest,
} from "./schema.ts";

/** A request, and whether the body was a bare network: then pointers count from the network. */
export interface Reading<Request> {
  readonly request: Request;
  readonly bare: boolean;
}

const checkNetwork = checkOf<Description>(NetworkDescription);
const checkDerivation = checkOf<DerivationBody>(DerivationRequest);
const checkGradients = checkOf<GradientsBody>(GradientsRequest);
const checkGrade = checkOf<GradeBody>(GradeRequest);
const checkHint = checkOf<HintBody>(HintRequest);
const checkLint = checkOf<LintBody>(LintRequest);
const checkWorksheet = checkOf<WorksheetBody>(WorksheetRequest);
const checkTranslation = checkOf<TranslationBody>(TranslationRequest);

export type Reader<Request> = (body: Uint8Array | string, allowances?: Allowances) => Reading<Request>;

/** Reads the body of POST /v1/derivations. Throws Failure with every mistake found. */
export const readDerivationRequest: Reader<DerivationBody> = (body, allowances = defaultAllowances) =>
  reading(checkDerivation, parseJson(body, allowances), body.length);

/** Reads the body of POST /v1/gradients. Throws Failure with every mistake found. */
export const readGradientsRequest: Reader<GradientsBody> = (body, allowances = defaultAllowances) =>
  reading(checkGradients, parseJson(body, allowances), body.length);

/** Reads the body of POST /v1/translations. Throws Failure with every mistake found. */
export const readTranslationRequest: Reader<TranslationBody> = (body, allowances = defaultAllowances) =>
  reading(checkTranslation, parseJson(body, allowances), body.length);

/** Reads the body of POST /v1/grades, or an assignment. Throws Failure with every mistake found. */
export const readGradeRequest: Reader<GradeBody> = (body, allowances = defaultAllowances) =>
  reading(checkGrade, parseJson(body, allowances), body.length);

/** Reads the body of POST /v1/hints. Throws Failure with every mistake found. */
export const readHintRequest: Reader<HintBody> = (body, allowances = defaultAllowances) =>
  reading(checkHint, parseJson(body, allowances), body.length);

/** Reads the body of POST /v1/worksheets. Throws Failure with every mistake found. */
export const readWorksheetRequest: Reader<WorksheetBody> = (body, allowances = defaultAllowances) =>
  reading(checkWorksheet, parseJson(body, allowances), body.length);

/** Reads the body of POST /v1/lint. Throws Failure with every mistake found. */
export const readLintRequest: Reader<LintBody> = (body, allowances = defaultAllowances) =>
  reading(checkLint, parseJson(body, allowances), body.length);

/** The derivation request that a JSON value is; `bytes` is the size of its text. */
export const derivationReading = (value: unknown, bytes: number) => reading(checkDerivation, value, bytes);

/** Checks a request that was put together from parts, such as a body and parameters of the URL. */
export const checkDerivationRequest = (value: unknown): DerivationBody => checkDerivation(value, 0);

/** As `checkDerivationRequest`, for gradients. */
export const checkGradientsRequest = (value: unknown): GradientsBody => checkGradients(value, 0);

/** As `checkDerivationRequest`, for grades. */
export const checkGradeRequest = (value: unknown): GradeBody => checkGrade(value, 0);

/** As `checkDerivationRequest`, for hints. */
export const checkHintRequest = (value: unknown): HintBody => checkHint(value, 0);

/** A worksheet's request of which `complete` makes the whole; the body may be a network alone. */
export function readWorksheetWith(
  body: Uint8Array | string,
  allowances: Allowances,
  complete: (request: object) => object,
): WorksheetBody {
  const plain = settled(parseJson(body, allowances));
  const request = isBareNetwork(plain) ? { network: plain } : plain;
  return checkWorksheet(typeof request === "object" && request !== null ? complete(request) : request, 0);
}

/** As `checkDerivationRequest`, for worksheets. */
export const checkWorksheetRequest = (value: unknown): WorksheetBody => checkWorksheet(value, 0);

/** As `checkDerivationRequest`, for pages. */
export const checkLintRequest = (value: unknown): LintBody => checkLint(value, 0);

function reading<Request>(check: Check<Request>, value: unknown, bytes: number): Reading<Request> {
  const plain = settled(value);
  if (!isBareNetwork(plain)) return { request: check(plain, bytes), bare: false };
  const network = checkNetwork(plain, bytes);
  return { request: check({ network }, bytes), bare: true };
}

function isBareNetwork(value: unknown): value is { kind: unknown } {
  return typeof value === "object" && value !== null && "kind" in value && !("network" in value);
}

/** The value with negative zeros as zeros and keys in natural order (x_2 before x_10), so that a request means
 *  the same in whatever order it was written; permalinks sort their keys too. */
function settled(value: unknown): unknown {
  if (Object.is(value, -0)) return 0;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) value[index] = settled(entry);
    return value;
  }
  const entries = Object.entries(value).sort(([left], [right]) => naturalOrder.compare(left, right));
  return Object.fromEntries(entries.map(([key, entry]) => [key, settled(entry)]));
}

const naturalOrder = new Intl.Collator("en", { numeric: true, sensitivity: "variant" });

/** Runs `compile` on a request's network; its failures get pointers that count from the request. */
export function inNetwork<Result>(compile: () => Result): Result {
  try {
    return compile();
  } catch (error) {
    throw error instanceof Failure ? error.within("/network") : error;
  }
}

/** The failure as the sender of `reading` sees it: with a bare network, pointers count from the network. */
export function asSent(failure: Failure, { bare }: Pick<Reading<unknown>, "bare">): Failure {
  if (!bare) return failure;
  const { pointer, errors, ...rest } = failure.details;
  const details: FailureDetails = {
    ...rest,
    ...(pointer !== undefined && { pointer: pointer.replace(/^\/network(?=\/|$)/, "") }),
    ...(errors && { errors: errors.map((error) => asSent(error, { bare })) }),
  };
  return new Failure(failure.code, failure.message, details);
}
