// A hint as JSON: a question, then the rule, then the formula, to be shown one after the other.
import { fill, formula, text } from "../../derivation/prose.ts";
import { wordings } from "../../derivation/wording/wordings.ts";
import { entryId } from "../../expression/expr.ts";
import type { Hint, NextStep } from "../../grading/hint.ts";
import { looking, type Telling } from "../../grading/remarks.ts";
import { gradingWordings } from "../../grading/wording/wordings.ts";
import { lineAloud, plainLine } from "../print/line.ts";
import type { Printing } from "../print/scope.ts";
import { textInlines } from "../text.ts";

/** `status` is `next`, `look-again` or `done`; `series` has what to show, the least telling first. */
export function hintAnswer(hint: Hint, printing: Printing, telling: Telling): object {
  const words = gradingWordings[telling.language];
  switch (hint.kind) {
    case "done":
      return { status: "done", series: [{ kind: "message", text: words.done }] };
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
    { kind: "question", text: textInlines(fill(words.questions[requirement], slots), printing) },
    { kind: "rule", rule, text: textInlines(fill(words.rule, named), printing) },
    { kind: "formula", ...lineAloud(line, printing, telling.language), text: plainLine(line, printing) },
  ];
}

function lookAgain(
  hint: Hint & { kind: "look-again" },
  printing: Printing,
  { language }: Telling,
): readonly object[] {
  const words = gradingWordings[language];
  const [diagnosis] = hint.grade.steps[hint.step]!.findings.flatMap(({ diagnoses }) => diagnoses);
  return [
    { kind: "message", text: words.lookAgain(hint.step + 1) },
    ...(diagnosis ? [{ kind: "question", text: textInlines(looking(diagnosis, language), printing) }] : []),
  ];
}
