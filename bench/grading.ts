// How often the grader is wrong about lines that a generator knows the truth of, and what a line costs.
import { Subject } from "../src/grading/subject.ts";
import { compile } from "../src/network/compile.ts";
import { notations } from "../src/notation/rows.ts";
import { numericStudentLines, type StudentLine, studentLines } from "../test/support/students/lines.ts";
import type { Model } from "../test/support/students/model.ts";
import { models } from "../test/support/students/networks.ts";
import { canHaveNumbers, numbered } from "../test/support/students/numeric.ts";
import { seeded } from "../test/support/students/random.ts";
import { verdictsOf } from "../test/support/students/verdicts.ts";
import { costLines } from "./grading-cost.ts";
import type { Line } from "./measure.ts";

/** Lines of each kind about each network; together more than 10,000. */
const linesEach = { formulas: 850, numbers: 150 } as const;

/** How many of them hold one mistake. */
const shareWrong = 0.5;

const seed = 20_260;

export async function gradingLines(): Promise<readonly Line[]> {
  return [...accuracyLines(), ...(await costLines())];
}

/** One relation whose verdict is not the one it deserves. */
interface Miss {
  readonly line: StudentLine;
  readonly expected: string;
  readonly got: string;
}

function accuracyLines(): readonly Line[] {
  const batches = [
    ...models.map((model) => studentLines(model, seed, linesEach.formulas, shareWrong)),
    ...models.filter(canHaveNumbers).map((model) => {
      const given = numbered(model, seeded(seed));
      return numericStudentLines(given, seed, linesEach.numbers, shareWrong);
    }),
  ];
  const misses = batches.flatMap(missesOf);
  for (const { line, expected, got } of misses)
    console.log(`${line.model.title}, ${line.notation}: ${line.text}  expected ${expected}, got ${got}`);
  const count = batches.reduce((all, lines) => all + lines.length, 0);
  const which = (expected: string, got: readonly string[]): number =>
    misses.filter((miss) => miss.expected === expected && got.includes(miss.got)).length;
  const perThousand = (figure: number): number => (figure * 1000) / count;
  return [
    { name: "generated lines that are graded", figure: count, goal: { atLeast: 10_000 } },
    { name: "false relations accepted", figure: which("false", ["true", "notation"]), goal: { atMost: 0 } },
    { name: "true relations refused", figure: which("true", ["false", "notation"]), goal: { atMost: 0 } },
    {
      name: "undecided or conditional, per 1,000 lines",
      figure: perThousand(misses.filter(({ got }) => got === "undecided" || got === "conditional").length),
      goal: { atMost: 1 },
    },
    {
      name: "unreadable, per 1,000 lines",
      figure: perThousand(misses.filter(({ got }) => got === "unreadable").length),
      goal: { atMost: 1 },
    },
  ];
}

function missesOf(lines: readonly StudentLine[]): readonly Miss[] {
  const subject = subjectOf(lines[0]!.model);
  return lines.flatMap((line) => {
    const got = verdictsOf(subject, notations[line.notation], line.text);
    if (got.includes("unreadable")) return [{ line, expected: line.expected.join(), got: "unreadable" }];
    return line.expected.flatMap((expected, position) => {
      const verdict = got[position] ?? "unreadable";
      return verdict === expected ? [] : [{ line, expected, got: verdict }];
    });
  });
}

const subjectOf = (model: Model): Subject => new Subject(compile(model.description));
