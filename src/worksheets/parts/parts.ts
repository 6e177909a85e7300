// What each task asks and what the answers are, as blocks: one row for each task.
import type { Block } from "../../derivation/document.ts";
import { chainLine, gradientLine, withoutNumbers } from "../../derivation/lines.ts";
import type { Variant } from "../problem.ts";
import type { TaskName } from "../task.ts";
import { derivationParts } from "./derivation.ts";
import { factorParts } from "./factors.ts";
import { mistakeParts } from "./mistake.ts";
import { numberParts } from "./numbers.ts";
import { updateParts } from "./update.ts";

export interface Parts {
  readonly problem: readonly Block[];
  readonly solution: readonly Block[];
}

const rows: Readonly<Record<TaskName, (variant: Variant) => Parts>> = {
  chain: (variant) =>
    derivationParts(variant, (gradient, lines) => chainLine(gradient, withoutNumbers(lines))),
  delta: (variant) => derivationParts(variant, gradientLine),
  factors: factorParts,
  numbers: numberParts,
  mistake: mistakeParts,
  update: updateParts,
};

export function partsOf(variant: Variant): Parts {
  return rows[variant.problem.task](variant);
}
