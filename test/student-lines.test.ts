// What students write, judged: a corpus written by hand, and lines of a generator that shares nothing with the reader.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Assignment, assignmentOf, type Grade, grade } from "../src/grading/grade.ts";
import { Subject } from "../src/grading/subject.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { notations } from "../src/notation/rows.ts";
import { readDerivations, readLines, readPairs } from "./support/students/corpus.ts";
import { numericStudentLines, type StudentLine, studentLines } from "./support/students/lines.ts";
import { models } from "./support/students/networks.ts";
import { canHaveNumbers, numbered } from "./support/students/numeric.ts";
import { seeded } from "./support/students/random.ts";
import { verdictsIn, verdictsOf } from "./support/students/verdicts.ts";

const folder = new URL("students/", import.meta.url);
const document = (name: string): string => readFileSync(new URL(name, folder), "utf8");

describe("each line of the corpus has the verdict that was decided by hand", () => {
  const names = readdirSync(new URL("lines/", folder)).sort();
  const documents = names.map((name) => readLines(document(`lines/${name}`)));

  test("there are hundreds of them", () => {
    expect(documents.flatMap(({ rows }) => rows).length).toBeGreaterThan(400);
  });

  test.each(documents)("$title", ({ network, notation, learningRate, rows }) => {
    const assignment = assignmentOf(
      compile(network),
      undefined,
      {},
      {
        notation: notations[notation],
        ...(learningRate !== undefined && { learningRate }),
      },
    );
    const misses = rows.flatMap(({ line, verdicts, codes }) => {
      const graded = grade(assignment, [line]);
      const got = verdictsIn(graded.steps[0]!);
      if (!verdicts.some((list) => list.join() === got.join())) return [`${line}: ${got.join(" ")}`];
      const named = codesOf(graded);
      return codes.length > 0 && !codes.some((code) => named.includes(code))
        ? [`${line}: ${named.join(", ")}`]
        : [];
    });
    expect(misses).toEqual([]);
  });
});

const codesOf = ({ steps }: Grade): readonly string[] =>
  steps.flatMap(({ findings }) => findings.flatMap(({ diagnoses }) => diagnoses.map(({ code }) => code)));

describe("each pair of plain formulas", () => {
  const documents = [
    { name: "algebra.md", head: "L", least: 130 },
    { name: "calculus.md", head: "\\frac{dL}{dx}", least: 40 },
  ];
  test.each(documents)("of $name", ({ name, head, least }) => {
    const pairs = readPairs(document(name));
    expect(pairs.length).toBeGreaterThan(least);
    const misses = pairs.flatMap(({ network, submission, verdicts }) => {
      const names = new Set([...network.matchAll(/\b[a-z]\b/g)].map(([letter]) => letter));
      const description: NetworkDescription = {
        kind: "equations",
        equations: [`L = ${network}`],
        loss: "L",
        parameters: [...names],
      };
      const [got] = verdictsOf(
        new Subject(compile(description)),
        notations.scalar,
        `${head} = ${submission}`,
      );
      return verdicts.includes(got!) ? [] : [`${network} | ${submission}: ${got}`];
    });
    expect(misses).toEqual([]);
  });
});

describe("each derivation has its verdicts and its marks", () => {
  const cases = readDerivations(document("derivations.md"));

  test("there are more than two dozen", () => {
    expect(cases.length).toBeGreaterThan(25);
  });

  test.each(cases)("$title", ({ network, notation, target, points, steps, marks, isText, needsReview }) => {
    const options = { notation: notations[notation] };
    const assignment: Assignment = assignmentOf(compile(network), target, { points }, options);
    const lines = steps.map(({ line }) => line);
    const graded = grade(assignment, isText ? lines.join("\n") : lines);
    expect(graded.steps).toHaveLength(steps.length);
    for (const [position, { line, verdicts, follows }] of steps.entries()) {
      const { verdict, followThrough } = graded.steps[position]!;
      expect(verdicts, line).toContain(verdict);
      expect(followThrough, line).toBe(follows);
    }
    if (marks) expect({ score: graded.score, of: graded.maxScore }).toEqual(marks);
    if (needsReview) expect(graded.reasons).not.toEqual([]);
  });
});

describe("generated lines", () => {
  /** A sample of what `npm run bench -- grading` tries. */
  const [lineCount, numericCount, seed] = [25, 15, 5];

  test.each(models)("about $title", (model) => {
    expect(missesOf(studentLines(model, seed, lineCount, 0.5))).toEqual([]);
  });

  test.each(models.filter(canHaveNumbers))("of numbers about $title", (model) => {
    const given = numbered(model, seeded(seed));
    expect(missesOf(numericStudentLines(given, seed, numericCount, 0.5))).toEqual([]);
  });

  function missesOf(lines: readonly StudentLine[]): readonly string[] {
    const subject = new Subject(compile(lines[0]!.model.description));
    return lines.flatMap(({ notation, text, expected }) => {
      const got = verdictsOf(subject, notations[notation], text);
      return got.join() === expected.join()
        ? []
        : [`${notation}: ${text}: ${got.join(" ")}, not ${expected.join(" ")}`];
    });
  }
});
