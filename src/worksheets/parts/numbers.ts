// Numbers that are to be computed: everything on the way to the loss, the errors, and the derivatives.
import type { Block, Inline } from "../../derivation/document.ts";
import { equality } from "../../derivation/lines.ts";
import { equations, formula, paragraph, value } from "../../derivation/prose.ts";
import type { Expr } from "../../expression/expr.ts";
import type { Variant } from "../problem.ts";
import { sheetWordings } from "../wording/wordings.ts";
import { askedSentence, place, tableOf } from "./asked.ts";
import type { Parts } from "./parts.ts";

export function numberParts(variant: Variant): Parts {
  const { columns } = sheetWordings[variant.problem.language];
  const titles = [columns.quantity, columns.value];
  const asked = quantitiesOf(variant);
  const table = (cell: (number: number) => readonly Inline[]) =>
    tableOf(
      titles,
      asked.map(([expr, number]) => [[formula(expr)], cell(number)]),
    );
  return {
    problem: [askedSentence(variant), ...errors(variant), table(() => place)],
    solution: [table((number) => [value(number)])],
  };
}

/** What the δ's of the table stand for: δ = ∂E/∂z. */
function errors({ derived: { deltas }, problem: { language } }: Variant): readonly Block[] {
  if (deltas.length === 0) return [];
  return [
    paragraph(sheetWordings[language].errors),
    equations(deltas.map(({ symbol, meaning }) => equality([symbol, meaning]))),
  ];
}

/** In the order in which they are computed. */
function quantitiesOf({ derived }: Variant): readonly (readonly [Expr, number])[] {
  const { forward, deltas, gradients } = derived;
  return [
    ...forward.map(({ symbol, values }) => [symbol, values[0]!] as const),
    ...deltas.map(({ symbol, values }) => [symbol, values[0]!] as const),
    ...gradients.map(({ derivative, values }) => [derivative, values[0]!] as const),
  ];
}
