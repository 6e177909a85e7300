// A lint report as JSON, as the lines of a compiler, and as SARIF for code review tools.
import type { Language } from "../derivation/wording/wordings.ts";
import { engine } from "../engine.ts";
import type { LintFinding, LintReport } from "../lint/lint.ts";
import { namedSentences } from "./named.ts";
import type { Printing } from "./print/scope.ts";
import { textInlines } from "./text.ts";

/** A report on its way to a format. */
export interface WrittenReport {
  readonly report: LintReport;
  readonly printing: Printing;
  readonly language: Language;
  /** What the page is called in the report. */
  readonly name: string;
  /** The example that the network was guessed to be; absent where it was given. */
  readonly guessed?: string;
}

/** Each returns a text. */
export const lintFormats = {
  json: ({ report, printing, language, guessed, name }) =>
    JSON.stringify({
      name,
      network: guessed === undefined ? { given: true } : { guessed },
      notation: report.notation,
      judged: report.judged,
      holding: report.holding,
      findings: report.findings.map((finding) => ({
        rule: finding.rule,
        level: finding.level,
        title: finding.title,
        ...namedSentences("message", finding.message, printing, language),
        line: finding.start.line,
        column: finding.start.column,
        endLine: finding.end.line,
        endColumn: finding.end.column,
        source: finding.source,
      })),
    }),

  // path:line:column: level: message [rule], as the GNU coding standards have it.
  text: (written) => {
    const { report, printing, name } = written;
    const lines = report.findings.map(
      (finding) =>
        `${name}:${finding.start.line}:${finding.start.column}: ${finding.level}: ${messageOf(finding, printing)} [${finding.rule}]`,
    );
    return `${[...lines, ...summary(written)].join("\n")}\n`;
  },

  // Static Analysis Results Interchange Format 2.1.0, OASIS 2020.
  sarif: (written) => {
    const { report, printing, name } = written;
    const rules = new Map(report.findings.map(({ rule, title }) => [rule, title] as const));
    return JSON.stringify({
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: "Handgrad",
              version: engine,
              rules: [...rules].map(([id, title]) => ({ id, shortDescription: { text: title } })),
            },
          },
          results: report.findings.map((finding) => ({
            ruleId: finding.rule,
            level: finding.level,
            message: { text: messageOf(finding, printing) },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: encodeURI(name) },
                  region: {
                    startLine: finding.start.line,
                    startColumn: finding.start.column,
                    endLine: finding.end.line,
                    endColumn: finding.end.column,
                  },
                },
              },
            ],
          })),
          properties: { summary: summary(written).join(" ") },
        },
      ],
    });
  },
} as const satisfies Record<string, (written: WrittenReport) => string>;

function messageOf({ message }: LintFinding, printing: Printing): string {
  return message.map((sentence) => textInlines(sentence, printing)).join(" ");
}

/** What was compared with what. */
function summary({ report, guessed }: WrittenReport): readonly string[] {
  const { judged, holding, notation } = report;
  const network =
    guessed === undefined ? "the given network" : `the network of the example "${guessed}" (a guess)`;
  return [`${holding} of ${judged} equalities hold of ${network}, read in the dialect ${notation}.`];
}
