// Building blocks of the parts: the sentence that sets the task, and a table with places to fill in.
import type { Block, Inline } from "../../derivation/document.ts";
import { type LineContext, lineContext } from "../../derivation/lines.ts";
import { columnOf, fill, paragraph, text } from "../../derivation/prose.ts";
import { askedDerivatives } from "../network-section.ts";
import type { Variant } from "../problem.ts";
import { tasks } from "../task.ts";
import { sheetWordings } from "../wording/wordings.ts";

export function askedSentence(variant: Variant): Block {
  const { task, language } = variant.problem;
  return paragraph(fill(sheetWordings[language].asked[task], { derivatives: askedDerivatives(variant) }));
}

/** How many digits numbers are to have. Nothing where none are asked for. */
export function digitsSentence({ problem: { task, source, digits, language } }: Variant): string | undefined {
  return tasks[task].asksNumbers && source !== "none" ? sheetWordings[language].digits(digits) : undefined;
}

/** What the lines of a variant need besides their expressions. */
export function linesOf({ derived, problem: { notation } }: Variant): LineContext {
  return lineContext(derived, notation);
}

/** A place to write a number. */
export const place: readonly Inline[] = [text("______________")];

export function tableOf(titles: readonly string[], rows: readonly (readonly (readonly Inline[])[])[]): Block {
  return {
    kind: "table",
    columns: titles.map((title, position) => columnOf(title, position === 0 ? "left" : "right")),
    rows,
  };
}
