// The three operations that every formula is made of. Their derivatives are the sum, product and power rule themselves.
import type { Operation } from "./primitive.ts";

export const add: Operation = {
  name: "+",
  kind: "sum",
  spelling: { latex: "+", plain: "+", speech: { en: "plus", de: "plus" } },
  primed: false,
};

export const multiply: Operation = {
  name: "*",
  kind: "product",
  spelling: { latex: "\\cdot", plain: "·", speech: { en: "times", de: "mal" } },
  primed: false,
};

export const power: Operation = {
  name: "^",
  kind: "power",
  spelling: { latex: "^", plain: "^", speech: { en: "to the power", de: "hoch" } },
  primed: false,
};
