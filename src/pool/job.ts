// A calculation as it is handed to this process or to a child: plain data in, the answer's text out.
import { Failure, type FailureCode, type FailureDetails } from "../failure.ts";
import {
  costEstimate,
  derivation,
  type Format,
  gradeFeedback,
  grades,
  gradients,
  hint,
  lintPage,
  translation,
  variantFiles,
  worksheet,
  worksheetDocument,
  worksheetMoodle,
  worksheetPrairieLearn,
} from "../index.ts";
import type { Allowances, LimitName } from "../limits.ts";
import type {
  DerivationRequest,
  GradeRequest,
  GradientsRequest,
  HintRequest,
  LintRequest,
  TranslationRequest,
  WorksheetRequest,
} from "../request/schema.ts";
import type { SheetFormat } from "../request/sheet-formats.ts";
import type { DocumentFormat } from "../writers/formats.ts";

export type Job =
  | {
      readonly task: "derivation";
      readonly request: DerivationRequest;
      readonly format: Format;
      readonly publicUrl?: string;
    }
  | { readonly task: "gradients"; readonly request: GradientsRequest }
  | { readonly task: "translation"; readonly request: TranslationRequest }
  | { readonly task: "hint"; readonly request: HintRequest }
  | { readonly task: "lint"; readonly request: LintRequest }
  | {
      readonly task: "worksheet";
      readonly request: WorksheetRequest;
      readonly format: Exclude<SheetFormat, "zip">;
    }
  | { readonly task: "variant"; readonly request: WorksheetRequest; readonly seed: number }
  | { readonly task: "grade"; readonly request: GradeRequest; readonly format: DocumentFormat };

/** The limits that hold while a child works. */
export interface JobLimits {
  /** Inside the child, between two steps of JavaScript. */
  readonly deadline: LimitName;
  readonly kill: LimitName;
  readonly memory: LimitName;
}

const usualLimits: JobLimits = { deadline: "deadlineMs", kill: "killMs", memory: "workerMegabytes" };
const pdfLimits: JobLimits = { deadline: "pdfDeadlineMs", kill: "pdfKillMs", memory: "pdfMegabytes" };

export function jobLimits(job: Job): JobLimits {
  const isTypeset = job.task === "variant" || ("format" in job && job.format === "pdf");
  return isTypeset ? pdfLimits : usualLimits;
}

/** Expected CPU time in milliseconds. */
export function jobCost(job: Job): number {
  switch (job.task) {
    case "derivation":
      return costEstimate(job.request, job.format);
    case "grade":
      return judgingMs * linesIn(job.request) + (job.format === "pdf" ? typesettingMs : 0);
    case "hint":
      return judgingMs * linesIn(job.request);
    case "variant":
      return variantMs;
    case "worksheet":
      return variantMs * (job.request.count ?? job.request.students?.length ?? 1);
    case "lint":
      return (
        judgingMs * (job.request.page.match(/\n/g)?.length ?? 1) + (job.request.network ? 0 : guessingMs)
      );
    default:
      return costEstimate(job.request);
  }
}

/** Reading and judging a line, with what is made once for a network; ten times the median of the examples. */
const judgingMs = 10;

/** A short document in Typst: native code, which belongs into a child. */
const typesettingMs = 60;

/** Drawing, deriving and printing one variant of a course network. */
const variantMs = 80;

/** Trying the examples on a page. */
const guessingMs = 500;

function linesIn(request: GradeRequest | HintRequest): number {
  const submissions = [
    request.submission ?? [],
    ...("submissions" in request ? (request.submissions ?? []).map(({ submission }) => submission) : []),
  ];
  return submissions.reduce<number>(
    (total, submission) =>
      total + (typeof submission === "string" ? submission.split("\n").length : submission.length),
    1,
  );
}

/** The text of the answer. Throws Failure for a request that cannot be honoured, or that is over a limit. */
export function runJob(job: Job, allowances: Allowances): string {
  try {
    switch (job.task) {
      case "derivation":
        return derivation(job.request, job.format, {
          allowances,
          ...(job.publicUrl !== undefined && { publicUrl: job.publicUrl }),
        });
      case "gradients":
        return JSON.stringify(gradients(job.request));
      case "translation":
        return JSON.stringify(translation(job.request));
      case "hint":
        return JSON.stringify(hint(job.request));
      case "lint":
        return lintPage(job.request).text;
      case "variant":
        return JSON.stringify(variantFiles(job.request, job.seed, allowances));
      case "worksheet":
        return worksheetText(job.request, job.format, allowances);
      case "grade":
        return job.format === "json"
          ? JSON.stringify(grades(job.request))
          : gradeFeedback(job.request, job.format);
    }
  } catch (error) {
    throw isStackOverflow(error)
      ? new Failure(
          "limit-exceeded",
          "The network is nested too deeply to be derived; send a shallower one.",
          {
            pointer: "/network",
          },
        )
      : error;
  }
}

/** The text of a worksheet; a folder as the list of its files. */
function worksheetText(
  request: WorksheetRequest,
  format: Exclude<SheetFormat, "zip">,
  allowances: Allowances,
): string {
  switch (format) {
    case "json":
      return JSON.stringify(worksheet(request, allowances));
    case "moodle":
      return worksheetMoodle(request, allowances);
    case "prairielearn":
      return JSON.stringify(worksheetPrairieLearn(request, allowances));
    default:
      return worksheetDocument(request, format, allowances);
  }
}

const isStackOverflow = (error: unknown) =>
  error instanceof RangeError && error.message === "Maximum call stack size exceeded";

/** A Failure as plain data, for the way between two processes. */
export interface PackedFailure {
  readonly code: FailureCode;
  readonly message: string;
  readonly details: Omit<FailureDetails, "errors">;
  readonly errors?: readonly PackedFailure[];
}

export function pack(failure: Failure): PackedFailure {
  const { errors, ...details } = failure.details;
  return {
    code: failure.code,
    message: failure.message,
    details,
    ...(errors && { errors: errors.map(pack) }),
  };
}

export function unpack({ code, message, details, errors }: PackedFailure): Failure {
  return new Failure(code, message, { ...details, ...(errors && { errors: errors.map(unpack) }) });
}
