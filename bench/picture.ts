// Goal: a picture of 20 circles and 80 labels takes a few times as long as KaTeX takes for its labels alone.
import katex from "katex";
import { derivation } from "../src/index.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import { cpuTime, type Line, ratio, reading } from "./measure.ts";

/** Four inputs and four layers of four units: 64 weights and 16 biases. */
const request: DerivationRequest = {
  network: {
    kind: "layers",
    inputs: 4,
    layers: Array.from({ length: 4 }, () => ({ type: "dense", units: 4, activation: "tanh" }) as const),
    loss: "half-squared-error",
  },
};

export async function pictureLines(): Promise<readonly Line[]> {
  const draw = () => derivation(request, "svg");
  const labels = Array.from(
    { length: 80 },
    (_, position) => `w_{${(position % 16) + 1}}^{(${position >> 4})}`,
  );
  const alone = () => labels.map((latex) => katex.renderToString(latex, { output: "html" }).charCodeAt(0));
  draw();
  const start = cpuTime();
  const bytes = draw().length;
  return [
    { name: "drawing 20 units with 80 labels, second time", figure: cpuTime() - start, unit: "ms" },
    { name: "drawing 20 units with 80 labels: size", figure: bytes / 1024, unit: "kB" },
    { name: "drawing against KaTeX on 80 labels", figure: await ratio(reading(draw), reading(alone)) },
  ];
}
