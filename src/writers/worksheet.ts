// A variant in JSON: its code, its numbers, what is asked with the wrong results to expect, both sheets and the key.
import type { NotationDescription } from "../notation/description.ts";
import type { Question } from "../worksheets/alternatives.ts";
import { markingOf, modelSolution } from "../worksheets/key.ts";
import type { Variant } from "../worksheets/problem.ts";
import { type Frame, problemSheet, solutionSheet } from "../worksheets/sheet.ts";
import { numberAt } from "../worksheets/suitable.ts";
import { askedOf, explanation } from "../worksheets/wrong-results.ts";
import { jsonDocument } from "./json.ts";
import { namedList, namedSentences } from "./named.ts";
import { aloud, lineAloud } from "./print/line.ts";
import { standardDigits } from "./print/number.ts";
import type { Printing } from "./print/scope.ts";

interface Sheet {
  readonly variant: Variant;
  readonly frame: Frame;
  readonly notation: NotationDescription | undefined;
}

export function sheetAnswer({ variant, frame, notation }: Sheet, printing: Printing): object {
  const exact = { ...printing, digits: standardDigits };
  return {
    code: frame.code,
    seed: variant.seed,
    network: variant.description,
    questions: variant.questions.map((question) => questionAnswer(variant, question, printing)),
    problem: jsonDocument(problemSheet(variant, frame), printing),
    solution: jsonDocument(solutionSheet(variant, frame), printing),
    key: keyOf(variant, frame, notation),
    ...namedList(
      "modelSolution",
      modelSolution(variant).map((line) => lineAloud(line, exact, variant.problem.language)),
    ),
  };
}

/** An assignment for POST /v1/grades. */
export function keyOf(
  variant: Variant,
  { points }: Frame,
  notation: NotationDescription | undefined,
): object {
  return {
    network: variant.description,
    notation: notation ?? variant.problem.notation.key,
    ...markingOf(variant, points),
    language: variant.problem.language,
  };
}

function questionAnswer(variant: Variant, question: Question, printing: Printing): object {
  const { world, problem } = variant;
  const { language } = problem;
  return {
    id: question.node.id,
    kind: question.kind,
    ...aloud(askedOf(variant, question), printing, language),
    ...(world && { value: numberAt(world, question.truth) }),
    distractors: question.alternatives.map((alternative) => ({
      codes: alternative.codes,
      at: alternative.slip.at.id,
      ...aloud(alternative.formula, printing, language),
      ...(world && { value: numberAt(world, alternative.formula) }),
      ...namedSentences("explanation", [explanation(alternative, language)], printing, language),
    })),
    unseen: question.unseen,
  };
}
