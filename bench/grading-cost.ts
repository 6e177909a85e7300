// What reading and judging cost: against the bare evaluation of the same lines, and at the limits of a submission.
import { assignmentOf, grade } from "../src/grading/grade.ts";
import { Subject } from "../src/grading/subject.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { notations } from "../src/notation/rows.ts";
import { seeded } from "../test/support/students/random.ts";
import { verdictsOf } from "../test/support/students/verdicts.ts";
import { linesByHand, type Point } from "./by-hand-lines.ts";
import { cpuTime, type Line, milliseconds, ratio, reading } from "./measure.ts";

/** Students of one assignment, who write the same lines. */
const students = 20;

/** Points at which a line is evaluated by hand. */
const pointCount = 8;

const classic: NetworkDescription = {
  kind: "layers",
  inputs: 2,
  naming: "by-target",
  layers: [
    { type: "dense", units: 2, activation: "sigmoid", bias: "shared" },
    { type: "dense", units: 2, activation: "sigmoid", bias: "shared" },
  ],
  loss: "half-squared-error",
};

export async function costLines(): Promise<readonly Line[]> {
  const points = somePoints();
  const judged = reading(judgeClass);
  const byHand = reading(() => evaluateClass(points));
  const lineCount = students * linesByHand.length;
  return [
    {
      name: "reading and judging a line / both sides by hand at 8 points",
      figure: await ratio(judged, byHand),
      goal: { atMost: 5 },
    },
    {
      name: "reading and judging a line",
      figure: ((await milliseconds(judged)) * 1000) / lineCount,
      unit: "µs",
    },
    ...worstLines(),
  ];
}

/** Worlds and all that an assignment keeps are made anew for each class. */
function judgeClass(): void {
  const subject = new Subject(compile(classic));
  for (let student = 0; student < students; student += 1)
    for (const { text } of linesByHand) {
      const verdicts = verdictsOf(subject, notations.layered, text);
      if (verdicts.join() !== "true") throw new Error(`${text} is judged ${verdicts.join()}.`);
    }
}

function evaluateClass(points: readonly Point[]): void {
  for (let student = 0; student < students; student += 1)
    for (const { text, gap } of linesByHand)
      for (const point of points) if (Math.abs(gap(point)) > 1e-12) throw new Error(`${text} does not hold.`);
}

function somePoints(): readonly Point[] {
  const { uniform } = seeded(8);
  const two = (): readonly number[] => [uniform() - 0.5, uniform() - 0.5];
  return Array.from({ length: pointCount }, () => ({
    x: two(),
    y: two(),
    hidden: [two(), two()],
    output: [two(), two()],
    biases: two(),
  }));
}

/** The most that one submission may hold. */
const mostLines = 60;
const longestLine = 4000;

/** Submissions as heavy as the limits allow, each with what makes it heavy. */
function worstLines(): readonly Line[] {
  return Object.entries(heavySubmissions).map(([name, line]) => {
    const assignment = assignmentOf(compile(classic), "w_1", {}, { notation: notations.layered });
    const start = cpuTime();
    grade(
      assignment,
      Array.from({ length: mostLines }, (_, position) => line(position)),
    );
    return {
      name: `a submission of ${name}`,
      figure: (cpuTime() - start) / 1000,
      unit: "s",
      goal: { atMost: 2 },
    };
  });
}

/** As many parts as fit into a line. */
function filled(head: string, part: (position: number) => string, end = ""): string {
  let line = head;
  for (let position = 0; ; position += 1) {
    const next = part(position);
    if (line.length + next.length + end.length > longestLine) return line + end;
    line += next;
  }
}

const weightOf = (position: number): string => `w_${(position % 8) + 1}`;

const heavySubmissions: Readonly<Record<string, (line: number) => string>> = {
  "long true sums": (line) =>
    filled(`z_1^{(2)} = w_1 x_1 + w_2 x_2 + b_1 + ${line}`, () => "+ w_1 - w_1", `- ${line}`),
  "long false sums": (line) =>
    filled(`z_1^{(2)} = ${line} x_1`, (position) => `+ ${weightOf(position)} a_1^{(${(position % 3) + 1})}`),
  "long products": (line) =>
    filled(`\\delta_1^{(2)} = ${line + 2} x_1`, (position) => ` ${weightOf(position)} (1 - a_1^{(2)})`),
  "chains of equalities": (line) =>
    filled(`w_1 x_1`, (position) => ` = x_1 (w_1 + ${position + line} - ${position + line})`),
  "powers of sums": (line) =>
    filled(
      `E = `,
      (position) =>
        `${position === 0 ? "" : " + "}(x_1 + ${weightOf(position)} + ${line})^{${20 + position}}`,
    ),
  "functions of functions": () => `a_1^{(2)} = ${"f(".repeat(50)}z_1^{(2)}${")".repeat(50)}`,
  "exponentials of exponentials": () => `a_1^{(2)} = ${"e^{".repeat(50)}z_1^{(2)}${"}".repeat(50)}`,
  "chain products": (line) =>
    filled(
      `\\frac{\\partial E}{\\partial w_1} = ${line + 1} \\frac{\\partial E}{\\partial w_1}`,
      () =>
        ` + \\frac{\\partial E}{\\partial a_1^{(3)}} \\frac{\\partial a_1^{(3)}}{\\partial z_1^{(3)}} \\frac{\\partial z_1^{(3)}}{\\partial w_1}`,
    ),
  "wrong derivatives": (line) =>
    `\\frac{\\partial E}{\\partial w_${(line % 8) + 1}} = (a_1^{(3)} - y_1) f(z_1^{(3)}) w_6 f'(a_1^{(2)}) x_2 + ${line} \\delta_2^{(3)}`,
  "sums over units": (line) =>
    filled(`E = ${line}`, () => " + \\sum_j \\sum_k \\sum_i \\delta_j^{(2)} \\delta_k^{(3)} x_i"),
  numbers: (line) =>
    filled(`E = 0.${line + 10}`, (position) => ` + 0.${position + 100} \\cdot 1.${position + 37}`),
};
