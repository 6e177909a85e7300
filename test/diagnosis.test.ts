// Runs the case documents of test/grading: a network, a dialect, a line, and what the diagnosis of that line is.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Diagnosis, diagnose } from "../src/grading/diagnose.ts";
import { misconceptionOf, misconceptions } from "../src/grading/misconceptions/table.ts";
import { saturatedAt } from "../src/grading/saturation.ts";
import { diagnoseShape, Rereading } from "../src/grading/shapes.ts";
import { Subject } from "../src/grading/subject.ts";
import { overSamples } from "../src/network/batch.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { notations } from "../src/notation/rows.ts";
import { readSubmission } from "../src/reading/submission.ts";
import { meets, readCases } from "./support/case.ts";
import { networkNamed } from "./support/networks.ts";

interface Request {
  readonly network: string | NetworkDescription;
  readonly notation: keyof typeof notations;
  readonly line: string;
  /** Over all samples, which are an index then. */
  readonly samples?: "rows" | "columns";
}

/** What a row of a case reads of the diagnoses; the first is the likeliest. */
const subjects: Readonly<Record<string, (found: readonly Diagnosis[]) => string | undefined>> = {
  codes: (found) => found.map(({ code }) => code).join(" "),
  together: (found) => found.map(({ code, together }) => (together ? code : "")).join(" "),
  code: ([first]) => first?.code,
  at: ([first]) => first?.at.id,
  look: ([first]) => first && misconceptionOf(first.code).look.en.replace("{at}", first.at.id),
  missing: ([first]) => first?.missing?.map(({ id }) => id).join(" "),
};

/** The diagnosis of the first relation and instance that is not true. */
function diagnosed({ network, notation, line, samples }: Request): readonly Diagnosis[] {
  const single = compile(typeof network === "string" ? networkNamed(network) : network);
  const compiled = samples ? overSamples(single, samples) : single;
  const subject = new Subject(compiled);
  const { steps } = readSubmission(compiled, notations[notation], [line]);
  for (const statement of steps.flatMap(({ statements }) => statements)) {
    if (statement.kind !== "relation") throw new Error(`The line ${line} is not read as relations.`);
    if (statement.shapeProblem)
      return diagnoseShape(subject, notations[notation], line, statement, new Rereading());
    const [reading] = statement.readings;
    for (const { left, right } of reading!.instances) {
      const found = diagnose(subject, { left, right, written: reading! });
      if (found.length > 0) return found;
    }
  }
  return [];
}

const folder = new URL("./grading/", import.meta.url);
const documents = readdirSync(folder)
  .sort()
  .map((name) => ({ name, cases: readCases(readFileSync(new URL(name, folder), "utf8")) }));

for (const { name, cases } of documents) {
  describe(name, () => {
    it.each(cases)("$title", ({ request, rows }) => {
      const found = diagnosed(JSON.parse(request) as Request);
      for (const { subject, expected } of rows) {
        const actual = subjects[subject]!(found);
        expect(meets(actual, expected), `${subject}: expected ${expected}, but found ${actual}`).toBe(true);
      }
    });
  });
}

describe("a flat activation", () => {
  const saturated = (weight: number, line: string): string | undefined => {
    const network = compile({
      kind: "layers",
      inputs: 1,
      layers: [
        { type: "dense", units: 1, activation: "sigmoid", weights: [[weight]], biases: [0] },
        { type: "dense", units: 1, activation: "identity", weights: [[2]], biases: [0] },
      ],
      loss: "half-squared-error",
      samples: [{ inputs: [1], targets: [1] }],
    });
    const [statement] = readSubmission(network, notations.bishop, [line]).steps[0]!.statements;
    if (statement?.kind !== "relation") throw new Error(`The line ${line} is not read as a relation.`);
    return saturatedAt(new Subject(network), statement.readings[0]!.instances[0]!.left)?.id;
  };

  it("is where a derivative of 0 is no error", () => {
    expect(saturated(20, "\\delta_2 = 0.0000000041")).toBe("z1[1]");
  });

  it("is nowhere where the unit is alive, or where nothing is derived", () => {
    expect(saturated(1, "\\delta_2 = 0.18")).toBeUndefined();
    expect(saturated(20, "a_2 = 20")).toBeUndefined();
  });

  it("has a row that says so, and no wrong value", () => {
    const row = misconceptions.find(({ code }) => code === "saturation-is-no-error")!;
    expect(row.sentence).toBe(
      "Where the activation is flat, f′(z) is 0 or nearly so, and the gradient with it. This is right, not a slip.",
    );
    expect("slips" in row).toBe(false);
  });
});

describe("the table of misconceptions", () => {
  it("has a number and a code for each row, once", () => {
    for (const key of ["id", "code"] as const)
      expect(new Set(misconceptions.map((row) => row[key])).size).toBe(misconceptions.length);
  });

  it("names no place that a sentence does not have", () => {
    for (const { look } of misconceptions)
      for (const sentence of Object.values(look))
        expect(sentence.replaceAll("{at}", "").includes("{")).toBe(false);
  });
});
