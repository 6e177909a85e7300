// A derivation that is to be written from scratch; the answer in short is the line of each derivative.
import type { GradientDerivation } from "../../derivation/derived.ts";
import type { EquationLine } from "../../derivation/document.ts";
import type { LineContext } from "../../derivation/lines.ts";
import { equations } from "../../derivation/prose.ts";
import type { Variant } from "../problem.ts";
import { askedSentence, linesOf } from "./asked.ts";
import type { Parts } from "./parts.ts";

export function derivationParts(
  variant: Variant,
  lineOf: (gradient: GradientDerivation, lines: LineContext) => EquationLine,
): Parts {
  const lines = linesOf(variant);
  return {
    problem: [askedSentence(variant)],
    solution: [equations(variant.derived.gradients.map((gradient) => lineOf(gradient, lines)))],
  };
}
