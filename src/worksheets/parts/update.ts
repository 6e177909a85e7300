// One step of gradient descent: the derivative by each parameter, and the parameter after the step.
import { formula, value } from "../../derivation/prose.ts";
import { entryOffset } from "../../expression/expr.ts";
import type { Variant } from "../problem.ts";
import { sheetWordings } from "../wording/wordings.ts";
import { askedSentence, place, tableOf } from "./asked.ts";
import type { Parts } from "./parts.ts";

export function updateParts(variant: Variant): Parts {
  const { columns } = sheetWordings[variant.problem.language];
  const { gradients, update } = variant.derived;
  const titles = [columns.parameter, columns.derivative, columns.updated];
  const updated = gradients.map(
    ({ symbol: { quantity, indices } }) => update!.parameters.get(quantity)![entryOffset(quantity, indices)]!,
  );
  return {
    problem: [
      askedSentence(variant),
      tableOf(
        titles,
        gradients.map(({ symbol }) => [[formula(symbol)], place, place]),
      ),
    ],
    solution: [
      tableOf(
        titles,
        gradients.map(({ symbol, values }, position) => [
          [formula(symbol)],
          [value(values[0]!)],
          [value(updated[position]!)],
        ]),
      ),
    ],
  };
}
