// A hint as JSON: a question, then the rule, then the formula, to be shown one after the other.
import type { Inline } from "../../derivation/document.ts";
import { fill, formula, text } from "../../derivation/prose.ts";
import { wordings } from "../../derivation/wording/wordings.ts";
import { entryId } from "../../expression/expr.ts";
import type { Hint, NextStep } from "../../grading/hint.ts";
import { looking, type Telling } from "../../grading/remarks.ts";
import { gradingWordings } from "../../grading/wording/wordings.ts";
import { lineAloud, plainLine } from "../print/line.ts";
import type { Printing } from "../print/scope.ts";
import { spokenInlines } from "../sentence.ts";
import { textInlines } from "../text.ts";

/** `status` is `next`, `look-again` or `done`; `series` has what to show, the least telling first. */
export function hintAnswer(hint: Hint, printing: Printing, telling: Telling): object {
  const words = gradingWordings[telling.language];
  switch (hint.kind) {
    case "done":
      return {
        status: "done",
        series: [{ kind: "message", ...told([text(words.done)], printing, telling) }],
      };
    case "look-again":
      return { status: "look-again", step: hint.step, series: lookAgain(hint, printing, telling) };
    case "next":
      return {
        status: "next",
        requirement: hint.requirement,
        about: entryId(hint.node.symbol.quantity, hint.node.symbol.indices),
        series: seriesOf(hint, printing, telling),
      };
  }
}

function seriesOf(
  { requirement, head, node, rule, formula: line }: NextStep,
  printing: Printing,
  telling: Telling,
): readonly object[] {
  const words = gradingWordings[telling.language];
  const slots = { head: [formula(head)], by: [formula(node.symbol)] };
  const named = { rule: [text(rule === "chain" ? words.chainRule : wordings[telling.language].rules[rule])] };
  return [
    { kind: "question", ...told(fill(words.questions[requirement], slots), printing, telling) },
    { kind: "rule", rule, ...told(fill(words.rule, named), printing, telling) },
    { kind: "formula", ...lineAloud(line, printing, telling.language), text: plainLine(line, printing) },
  ];
}

function lookAgain(
  hint: Hint & { kind: "look-again" },
  printing: Printing,
  telling: Telling,
): readonly object[] {
  const { language } = telling;
  const words = gradingWordings[language];
  const [diagnosis] = hint.grade.steps[hint.step]!.findings.flatMap(({ diagnoses }) => diagnoses);
  return [
    { kind: "message", ...told([text(words.lookAgain(hint.step + 1))], printing, telling) },
    ...(diagnosis ? [{ kind: "question", ...told(looking(diagnosis, language), printing, telling) }] : []),
  ];
}

/** A sentence with its formulas as Unicode text, and as it is read aloud. */
function told(sentence: readonly Inline[], printing: Printing, { language }: Telling): object {
  return {
    text: textInlines(sentence, printing),
    speech: spokenInlines(sentence, printing, language),
  };
}
