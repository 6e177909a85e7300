// Goal: naming every factor and its rule costs at most ten times the bare sweep. Beside it, for comparison, how long
// mathjs takes for the derivative of one weight when the loss is written out as one expression.
import { derivative, parse } from "mathjs";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { bareNet, sweep } from "./bare-sweep.ts";
import { cpuTime, type Line, ratio } from "./measure.ts";
import { asLayers, asUnits } from "./nets.ts";
import { everyFactor } from "./scalar-form.ts";

const shape = { width: 4, depth: 8 };

/** Longer than this, and the deeper nets are left out. */
const patience = 2000;

export async function sweepLines(): Promise<readonly Line[]> {
  return [
    {
      name: "every factor and rule against a bare sweep, 4 wide, 8 deep: layers",
      figure: await againstBare(asLayers(shape)),
      goal,
    },
    {
      name: "every factor and rule against a bare sweep, 4 wide, 8 deep: units",
      figure: await againstBare(asUnits(shape)),
      goal,
    },
    ...mathjsLines(),
  ];
}

const goal = { atMost: 10 };

/** Both sweep a network that was built before the clock starts, for a graph keeps what was swept. */
const againstBare = (description: NetworkDescription): Promise<number> =>
  ratio(
    sweepsOf(() => compile(description), everyFactor),
    sweepsOf(() => bareNet(shape), sweep),
    25,
  );

/** Milliseconds of one sweep, each over a network of its own. */
function sweepsOf<Net>(build: () => Net, work: (net: Net) => unknown): () => number {
  const networks = 32;
  return () => {
    const built = Array.from({ length: networks }, build);
    const start = cpuTime();
    for (const net of built) work(net);
    return (cpuTime() - start) / networks;
  };
}

function mathjsLines(): readonly Line[] {
  const lines: Line[] = [];
  for (let depth = 1; depth <= 8; depth += 1) {
    const loss = parse(substitutedLoss(depth));
    const start = performance.now();
    derivative(loss, "w_1_1_1");
    const figure = performance.now() - start;
    lines.push({
      name: `mathjs: one derivative of the substituted loss, 2 wide, ${depth} deep`,
      figure,
      unit: "ms",
    });
    if (figure > patience) break;
  }
  return lines;
}

/** The loss of a net of two units in each layer as one expression in weights and inputs. */
function substitutedLoss(depth: number): string {
  let outputs = ["x_1", "x_2"];
  for (let layer = 1; layer <= depth; layer += 1) {
    const below = outputs;
    outputs = [1, 2].map((to) => {
      const products = below.map((source, from) => `w_${layer}_${to}_${from + 1} * ${source}`);
      return `(1 / (1 + exp(-(${products.join(" + ")} + b_${layer}_${to}))))`;
    });
  }
  return outputs.map((output, unit) => `(${output} - y_${unit + 1})^2 / 2`).join(" + ");
}
