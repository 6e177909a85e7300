// The labels of pictures laid out as boxes, each distinct formula once, and how large they are printed.
import type { LabelPlace, Measure } from "../../picture/layout/drawing.ts";
import type { Label } from "../../picture/picture.ts";
import { remembering } from "../../remembered.ts";
import { type FormulaBoxes, formulaBoxes } from "../katex-boxes.ts";
import type { Printing } from "../print/scope.ts";
import { latexOfLabel } from "./label.ts";

/** px; a formula in a circle is read first, what stands at the edges and below the circles second. */
export const fontSizes: Readonly<Record<LabelPlace, number>> = {
  node: 17,
  note: 13,
  edge: 13.5,
  caption: 16,
};

export interface Typesetter {
  readonly boxesOf: (label: Label) => FormulaBoxes;
  readonly measure: Measure;
}

export function typesetter(printing: Printing): Typesetter {
  const boxesOfLatex = remembering(formulaBoxes);
  // A label is measured several times before it is drawn.
  const boxesOf = remembering((label: Label) =>
    boxesOfLatex(`\\displaystyle ${latexOfLabel(label, printing)}`),
  );
  const measure: Measure = (label, place) => {
    const { width, height, depth } = boxesOf(label);
    const size = fontSizes[place];
    return { width: width * size, height: (height + depth) * size };
  };
  return { boxesOf, measure };
}
