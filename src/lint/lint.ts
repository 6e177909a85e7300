// A page of lecture notes held against a network: every equality judged by itself, with line and column.
import type { Inline } from "../derivation/document.ts";
import { text } from "../derivation/prose.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import { add } from "../expression/build.ts";
import { type Expr, entryId } from "../expression/expr.ts";
import { claimOf } from "../grading/claim.ts";
import { compare } from "../grading/compare.ts";
import { type JudgedRelation, type JudgedStep, judgeSteps } from "../grading/credit.ts";
import { type Assignment, findingOf } from "../grading/grade.ts";
import { misconceptionOf } from "../grading/misconceptions/table.ts";
import { remarksOn } from "../grading/remarks.ts";
import type { Span } from "../reading/item.ts";
import { readingLimits } from "../reading/refuse.ts";
import type { ReadStep, SubmissionEntry } from "../reading/statement.ts";
import { readSubmission } from "../reading/submission.ts";
import type { Page, Position } from "./page.ts";
import { type Level, type LintRule, lintRules } from "./rules.ts";

export interface LintFinding {
  /** A rule of the table, or the code of a misconception. */
  readonly rule: string;
  readonly level: Level;
  readonly title: string;
  /** Sentence by sentence. */
  readonly message: readonly (readonly Inline[])[];
  readonly start: Position;
  readonly end: Position;
  /** What stands there. */
  readonly source: string;
}

export interface LintReport {
  /** In the order of the page. */
  readonly findings: readonly LintFinding[];
  /** How many equalities were judged, and how many of them hold. */
  readonly judged: number;
  readonly holding: number;
  /** Key of the dialect that the page was read in. */
  readonly notation: string;
}

/** Reports on a page; deterministic, and linear in its formulas. */
export function lint(assignment: Assignment, page: Page, language: Language): LintReport {
  const { steps, notation } = readPage(assignment, page);
  const judged = judgeSteps(assignment.subject, steps, { following: false });
  const relations = judged.flatMap((step) => step.relations);
  const findings = judged.flatMap((step, position) => {
    const placed = { page, offset: page.lines[position]!.start };
    return [
      ...step.relations.flatMap((relation) => aboutRelation(assignment, relation, placed, language)),
      ...unreadableIn(step, placed),
    ];
  });
  return {
    findings: [...findings, ...definedTwice(judged, page)].toSorted(inOrder),
    judged: relations.length,
    holding: relations.filter(({ verdict }) => verdict === "true").length,
    notation,
  };
}

/** Lines of a page that tell what it is about. */
const tellingLines = 12;

/** How many equalities at the beginning of the page can be read. */
export function readableIn(assignment: Assignment, page: Page): number {
  const { steps } = readPage(assignment, { ...page, lines: page.lines.slice(0, tellingLines) });
  return steps.flatMap(({ statements }) => statements).filter(({ kind }) => kind === "relation").length;
}

/** In portions that the reader takes at once. */
function readPage(
  { network, notation }: Assignment,
  { lines }: Page,
): { steps: ReadStep[]; notation: string } {
  const steps: ReadStep[] = [];
  let key = notation?.key ?? "";
  for (const portion of portionsOf(lines)) {
    const read = readSubmission(network, notation, portion);
    steps.push(...read.steps);
    key ||= read.notation;
  }
  return { steps, notation: key };
}

/** Cut at headings where the sections fit: what a section calls its own is meant in all of it. */
function portionsOf(lines: Page["lines"]): readonly (readonly SubmissionEntry[])[] {
  const sections = [...new Set(lines.map(({ section }) => section))].map((section) =>
    lines.filter((line) => line.section === section).map(({ source }) => ({ latex: source, section })),
  );
  const portions: SubmissionEntry[][] = [[]];
  for (const section of sections) {
    if (!fits([...portions.at(-1)!, ...section])) portions.push([]);
    for (const entry of section) {
      if (!fits([...portions.at(-1)!, entry])) portions.push([]);
      portions.at(-1)!.push(entry);
    }
  }
  return portions;
}

function fits(entries: readonly SubmissionEntry[]): boolean {
  const { steps, charactersInAll } = readingLimits;
  const characters = entries.reduce(
    (total, entry) => total + (typeof entry === "string" ? entry : entry.latex).length,
    0,
  );
  return entries.length <= steps && characters <= charactersInAll;
}

/** Where on the page a line begins. */
interface Placed {
  readonly page: Page;
  readonly offset: number;
}

type Message = LintFinding["message"];

function findingAt(
  rule: LintRule,
  message: Message,
  { start, end }: Span,
  { page, offset }: Placed,
): LintFinding {
  return {
    rule,
    ...lintRules[rule],
    message,
    start: page.positionOf(offset + start),
    end: page.positionOf(offset + end),
    source: page.text.slice(offset + start, offset + end),
  };
}

function aboutRelation(
  assignment: Assignment,
  judged: JudgedRelation,
  placed: Placed,
  language: Language,
): readonly LintFinding[] {
  const { verdict, relation, consequence } = judged;
  if (verdict === "true" || consequence) return [];
  const span = { start: Math.min(relation.left.start, relation.right.start), end: relation.right.end };
  const found = findingOf(assignment, judged);
  const message = remarksOn(judged, found, { language, reveal: "diagnosis" });
  const [likeliest] = found.diagnoses;
  const finding = findingAt(ruleOf(assignment, judged), message, span, placed);
  if (finding.rule !== "false-equality" || likeliest === undefined) return [finding];
  return [{ ...finding, rule: likeliest.code, title: misconceptionOf(likeliest.code).title }];
}

function ruleOf(assignment: Assignment, judged: JudgedRelation): LintRule {
  const { verdict, relation } = judged;
  if (verdict === "conditional" || verdict === "notation" || verdict === "undecided") return verdict;
  if (relation.shapeProblem !== undefined) return "wrong-shape";
  return lacksBias(assignment, judged) ? "missing-bias" : "false-equality";
}

/** z = Σ w a where the network's unit has a bias as well. */
function lacksBias({ network, subject }: Assignment, { judged }: JudgedRelation): boolean {
  if (!judged) return false;
  const { left, right } = judged.instance;
  const claim = claimOf(network, left);
  if (claim?.kind !== "value") return false;
  const biases = subject.scalar.byId
    .get(entryId(claim.of.quantity, claim.of.indices))
    ?.uses.filter(({ by }) => by.symbol.quantity.role === "bias");
  return (biases ?? []).some(
    ({ by }) => compare(subject, left, add(network.graph, [right, by.symbol])).verdict === "true",
  );
}

function unreadableIn({ step }: JudgedStep, placed: Placed): readonly LintFinding[] {
  return step.statements.flatMap((statement) => {
    if (statement.kind !== "unreadable") return [];
    const { span, failure } = statement;
    const isMarkup =
      failure.code === "formula-syntax" && failure.message.startsWith("The formula is not LaTeX");
    return [findingAt(isMarkup ? "broken-markup" : "unreadable", [[text(failure.message)]], span, placed)];
  });
}

/** Names of the page's own that are given a second, other meaning behind the same heading. */
function definedTwice(steps: readonly JudgedStep[], page: Page): readonly LintFinding[] {
  const known = new Map<string, Expr>();
  return steps.flatMap(({ step }, position) =>
    step.statements.flatMap((statement) => {
      if (statement.kind !== "definition") return [];
      const { quantity, value, span } = statement;
      const { section, start } = page.lines[position]!;
      const name = `${section} ${quantity.id}`;
      const before = known.get(name);
      if (before === undefined) known.set(name, value);
      if (before === undefined || before === value) return [];
      const sentence = `${quantity.id} has been defined in another way before.`;
      return [findingAt("defined-twice", [[text(sentence)]], span, { page, offset: start })];
    }),
  );
}

function inOrder(one: LintFinding, other: LintFinding): number {
  return one.start.line - other.start.line || one.start.column - other.start.column;
}
