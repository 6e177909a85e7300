// For whoever marks the sheets: the numbers that misconceptions lead to, each with the question that leads back.
import type { Block, Inline } from "../derivation/document.ts";
import {
  columnOf,
  formula,
  note,
  paragraph,
  type SectionBlock,
  section,
  text,
  value,
} from "../derivation/prose.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import type { Expr } from "../expression/expr.ts";
import { misconceptionOf } from "../grading/misconceptions/table.ts";
import { looking } from "../grading/remarks.ts";
import type { Alternative, Question } from "./alternatives.ts";
import type { Variant } from "./problem.ts";
import { numberAt } from "./suitable.ts";
import { sheetWordings } from "./wording/wordings.ts";

/** Rows of one question; the rest stand in the JSON. */
const mostRows = 40;

export function wrongResultsSection(variant: Variant): SectionBlock {
  const { problem, world } = variant;
  const words = sheetWordings[problem.language];
  if (!world) return section("wrong-results", words.wrongResults, []);
  const { result, code, look } = words.columns;
  return section("wrong-results", words.wrongResults, [
    paragraph(words.wrongResultsIntro),
    ...variant.questions
      .filter(({ alternatives }) => alternatives.length > 0)
      .flatMap((question): readonly Block[] => {
        const rows = question.alternatives
          .slice(0, mostRows)
          .map((alternative) => [
            [value(numberAt(world, alternative.formula))],
            [text(alternative.codes.map((each) => misconceptionOf(each).id).join(", "))],
            explanation(alternative, problem.language),
          ]);
        return [
          {
            kind: "table",
            caption: [formula(askedOf(variant, question))],
            columns: [columnOf(result, "right"), columnOf(code, "left"), columnOf(look, "left")],
            rows,
          },
          ...unseenBlocks(question, problem.language),
        ];
      }),
    ...catalogueBlocks(variant),
  ]);
}

/** The names of the misconceptions that the tables have by their numbers. */
function catalogueBlocks({ questions, problem }: Variant): readonly Block[] {
  const codes = questions.flatMap(({ alternatives, unseen }) => [
    ...alternatives.slice(0, mostRows).flatMap((alternative) => alternative.codes),
    ...unseen,
  ]);
  if (codes.length === 0) return [];
  const names = [...new Set(codes)].map((code) => `${misconceptionOf(code).id}\u00a0${code}`).toSorted();
  return [paragraph(sheetWordings[problem.language].catalogue.replace("{codes}", names.join(", ")))];
}

function unseenBlocks({ unseen }: Question, language: Language): readonly Block[] {
  if (unseen.length === 0) return [];
  const codes = unseen.map((code) => misconceptionOf(code).id).join(", ");
  return [note("remark", sheetWordings[language].unseen.replace("{codes}", codes))];
}

/** The derivative, or the parameter after the step. */
export function askedOf({ network: { graph, loss } }: Variant, { node, kind }: Question): Expr {
  const { symbol } = node;
  if (kind === "derivative") return graph.derivative(graph.symbol(loss), symbol);
  return graph.symbol({ ...symbol.quantity, step: "new" }, symbol.indices);
}

/** What to look at, for a student who has come to this result. */
export function explanation({ codes: [code], slip }: Alternative, language: Language): readonly Inline[] {
  const { at, factor } = slip;
  return looking({ code: code!, at, ...(factor && { factor }) }, language);
}
