// A grade as a document: line by line what was read, whether it holds, where to look, and what each line is worth.
import type { Block, DerivationDocument, Inline } from "../derivation/document.ts";
import { code, columnOf, equations, note, paragraph, section, text } from "../derivation/prose.ts";
import type { JudgedRelation } from "./credit.ts";
import type { Grade, GradedStep } from "./grade.ts";
import { isWrong } from "./judge.ts";
import { pointsText } from "./points.ts";
import { remarksOn, type Telling } from "./remarks.ts";
import type { Award } from "./score.ts";
import type { GradingWording } from "./wording/english.ts";
import { gradingWordings } from "./wording/wordings.ts";

export interface FeedbackOptions extends Telling {
  readonly engine: string;
  readonly title?: string;
}

export function feedback(grade: Grade, options: FeedbackOptions): DerivationDocument {
  const words = gradingWordings[options.language];
  return {
    kind: "derivation",
    title: options.title ?? words.title,
    language: options.language,
    engine: options.engine,
    blocks: [
      paragraph(words.score(pointsText(grade.score), pointsText(grade.maxScore))),
      ...reviewBlocks(grade, words),
      ...grade.steps.map((step) => stepSection(step, options, words)),
      rubricSection(grade.awards, words),
    ],
  };
}

/** Why a person should look, one sentence for each line. */
export function reasonSentence({ kind, step = 0 }: Grade["reasons"][number], words: GradingWording): string {
  return words.reasons[kind](step + 1);
}

function reviewBlocks({ reasons }: Grade, words: GradingWording): readonly Block[] {
  if (reasons.length === 0) return [];
  const items = reasons.map((reason) => [text(reasonSentence(reason, words))]);
  return [paragraph([{ kind: "strong", text: words.review }]), { kind: "list", ordered: false, items }];
}

function stepSection(graded: GradedStep, options: FeedbackOptions, words: GradingWording): Block {
  const { step, relations, points, maxPoints, findings } = graded;
  const worth = maxPoints === 0 ? "" : ` · ${words.points(pointsText(points), pointsText(maxPoints))}`;
  const unread = step.statements.filter((statement) => statement.kind === "unreadable");
  return section(`line-${step.index + 1}`, `${words.line(step.index + 1)}${worth}`, [
    paragraph([text(`${words.written} `), code(step.source)]),
    ...relations.flatMap((judged, position): readonly Block[] => [
      ...readLines(judged),
      note(toneOf(judged), joined(remarksOn(judged, findings[position]!, options))),
    ]),
    ...unread.map(({ failure }) => note("remark", `${words.verdicts.unreadable} ${failure.message}`)),
    ...(relations.length + unread.length === 0 ? [paragraph(words.notRead)] : []),
  ]);
}

/** The relation as it was understood, so that a misreading shows. */
function readLines({ judged, relation }: JudgedRelation): readonly Block[] {
  if (!judged) return [];
  const { left, right } = judged.reading;
  const sign = relation.sign === "≠" ? "=" : relation.sign;
  return [equations([{ sides: [left, right].map((expr) => ({ kind: "expr", expr })), signs: [sign] }])];
}

function toneOf(judged: JudgedRelation): "agrees" | "warning" | "remark" {
  if (isWrong(judged) || judged.trivial) return "warning";
  return judged.verdict === "true" ? "agrees" : "remark";
}

const joined = (sentences: readonly (readonly Inline[])[]): readonly Inline[] =>
  sentences.flatMap((sentence, position) => (position === 0 ? sentence : [text(" "), ...sentence]));

function rubricSection(awards: readonly Award[], words: GradingWording): Block {
  const { requirement, points, step } = words.rubricColumns;
  return section("rubric", words.rubric, [
    {
      kind: "table",
      columns: [columnOf(requirement, "left"), columnOf(points, "right"), columnOf(step, "left")],
      rows: awards.map((award) => [
        [text(words.requirements[award.requirement.kind])],
        [text(`${pointsText(award.points)} / ${pointsText(award.requirement.maxPoints)}`)],
        [text(words.lines([...new Set(award.shares.map((share) => share.step + 1))]))],
      ]),
    },
  ]);
}
