// Prints each figure with its goal; `npm run bench -- http` runs one group alone. Ratios hold within one run only.
import { classSetLines } from "./class-set.ts";
import { deltaFormLines } from "./delta-form.ts";
import { evaluatorLines } from "./evaluator.ts";
import { gradingLines } from "./grading.ts";
import { graphSizeLines } from "./graph-size.ts";
import { httpLines } from "./http.ts";
import type { Goal, Line } from "./measure.ts";
import { pageLines } from "./page.ts";
import { pdfLines } from "./pdf.ts";
import { pictureLines } from "./picture.ts";
import { sweepLines } from "./sweep.ts";

const groups: Readonly<Record<string, () => readonly Line[] | Promise<readonly Line[]>>> = {
  "delta-form": deltaFormLines,
  "graph-size": graphSizeLines,
  sweep: sweepLines,
  evaluator: evaluatorLines,
  page: pageLines,
  grading: gradingLines,
  "class-set": classSetLines,
  picture: pictureLines,
  pdf: pdfLines,
  http: httpLines,
};

function printed({ name, figure, unit, goal }: Line): string {
  const value = `${figure.toPrecision(3)}${unit ? ` ${unit}` : ""}`;
  return [
    name.padEnd(76),
    value.padStart(9),
    ...(goal ? [goalText(goal).padEnd(12), isMet(figure, goal) ? "met" : "not met"] : []),
  ].join("  ");
}

const goalText = (goal: Goal): string =>
  "atMost" in goal ? `goal ≤ ${goal.atMost}` : `goal ≥ ${goal.atLeast}`;
const isMet = (figure: number, goal: Goal): boolean =>
  "atMost" in goal ? figure <= goal.atMost : figure >= goal.atLeast;

async function main(wanted: readonly string[]): Promise<void> {
  for (const [group, lines] of Object.entries(groups)) {
    if (wanted.length > 0 && !wanted.includes(group)) continue;
    for (const line of await lines()) console.log(printed(line));
  }
}

await main(process.argv.slice(2));
