// Linting as it is asked for: the network given or guessed, the page judged, the report written in its format.
import { networkOf, notationOf } from "./asked.ts";
import { requireSizes } from "./derivation/possible-forms.ts";
import type { Language } from "./derivation/wording/wordings.ts";
import { Failure } from "./failure.ts";
import { assignmentOf } from "./grading/grade.ts";
import { guessNetwork } from "./lint/guess.ts";
import { type LintReport, lint } from "./lint/lint.ts";
import { pageOf } from "./lint/page.ts";
import type { NetworkDescription } from "./network/description.ts";
import type { Network } from "./network/network.ts";
import { dialect } from "./notation/dialect.ts";
import type { Notation } from "./notation/notation.ts";
import { notations } from "./notation/rows.ts";
import type { LintRequest } from "./request/schema.ts";
import { lintFormats, type WrittenReport } from "./writers/lint.ts";
import { standardDigits } from "./writers/print/number.ts";

/** A report as text in its format, and whether it has an error. */
export interface Linted {
  readonly text: string;
  readonly hasErrors: boolean;
}

/** Throws Failure where no network is given and none can be guessed. */
export function lintPage(request: LintRequest): Linted {
  const written = request.network ? ofGiven(request, request.network) : ofGuessed(request);
  return {
    text: lintFormats[request.format ?? "json"](written),
    hasErrors: written.report.findings.some(({ level }) => level === "error"),
  };
}

function ofGiven(
  { page, notation, language = "en", name }: LintRequest,
  description: NetworkDescription,
): WrittenReport {
  const network = networkOf(description);
  requireSizes(network, "Lint compares");
  const declared = notation && notationOf(network, notation);
  const assignment = assignmentOf(network, undefined, {}, declared ? { notation: declared } : {});
  return written(assignment.network, lint(assignment, pageOf(page), language), language, declared, name);
}

function ofGuessed({ page, notation, language = "en", name }: LintRequest): WrittenReport {
  if (typeof notation === "object")
    throw new Failure(
      "impossible-request",
      "A notation of one's own needs the network that it is for; give the network, or name one of the six dialects.",
      { pointer: "/notation" },
    );
  const read = pageOf(page);
  const guess = guessNetwork(read, notation && notations[notation]);
  if (guess === undefined)
    throw new Failure(
      "impossible-request",
      "No example network makes an equality of this page true, so it is not clear what it is about; give the network.",
      { pointer: "/network" },
    );
  const report = language === "en" ? guess.report : lint(guess.assignment, read, language);
  return { ...written(guess.assignment.network, report, language, undefined, name), guessed: guess.example };
}

function written(
  network: Network,
  report: LintReport,
  language: Language,
  declared: Notation | undefined,
  name = "page.md",
): WrittenReport {
  const spoken = declared ?? notations[report.notation as keyof typeof notations];
  return { report, printing: { dialect: dialect(network, spoken), digits: standardDigits }, language, name };
}
