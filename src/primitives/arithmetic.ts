// The three operations that every formula is made of. Their derivatives are the sum, product and power rule themselves.
import type { Operation } from "./primitive.ts";

export const add: Operation = {
  name: "+",
  kind: "sum",
  spelling: { latex: "+", plain: "+", speech: "plus" },
  primed: false,
};

export const multiply: Operation = {
  name: "*",
  kind: "product",
  spelling: { latex: "\\cdot", plain: "·", speech: "times" },
  primed: false,
};

export const power: Operation = {
  name: "^",
  kind: "power",
  spelling: { latex: "^", plain: "^", speech: "to the power" },
  primed: false,
};
