// A class graded from the command line: feedback for each student, marks, overrides, and what course systems mount.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { readOverrides } from "../src/classroom/overrides.ts";
import { runCommandLine } from "../src/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "class-"));
afterAll(() => rmSync(folder, { recursive: true }));

const example = fileURLToPath(new URL("../examples/class/", import.meta.url));
const assignment = join(example, "assignment.json");
const submissions = join(example, "submissions");

async function run(words: readonly string[]) {
  const [output, error]: string[][] = [[], []];
  const code = await runCommandLine(words, {
    input: () => Buffer.from(""),
    output: (text) => output!.push(String(text)),
    error: (text) => error!.push(text),
  });
  return { code, output: output!.join(""), error: error!.join("") };
}

interface Summary {
  readonly marks: readonly {
    readonly id: string;
    readonly score: number;
    readonly codes: readonly string[];
  }[];
  readonly misconceptions: readonly { readonly code: string; readonly students: number }[];
  readonly identical: readonly (readonly string[])[];
}

describe("A folder of submissions", () => {
  it("becomes feedback, a list of marks and a summary", async () => {
    const out = join(folder, "first");
    const { code, error } = await run(["grade", "--assignment", assignment, submissions, "--out", out]);
    expect(code).toBe(0);
    expect(error).toContain("4/4");
    const summary = JSON.parse(readFileSync(join(out, "summary.json"), "utf8")) as Summary;
    expect(summary.marks.map(({ id, score }) => [id, score])).toEqual([
      ["ada", 4],
      ["blaise", 3],
      ["carl", 3],
      ["dora", 3],
    ]);
    expect(summary.misconceptions).toEqual([
      { code: "dropped-path", students: 2 },
      { code: "wrong-sign", students: 1 },
    ]);
    expect(summary.identical).toEqual([["blaise", "dora"]]);
    expect(readFileSync(join(out, "blaise.html"), "utf8")).toContain("Score: 3 of 4 points.");
    expect(readFileSync(join(out, "marks.csv"), "utf8").split("\n")[0]).toBe(
      "id,score,max_score,needs_review,codes,computed,comment",
    );
  });

  it("keeps the marks of a person when it is graded again", async () => {
    const overrides = join(folder, "overrides.csv");
    writeFileSync(overrides, "id,score,comment\nblaise,4,saw it on the board\nzoe,2,on paper\n");
    const { output } = await run([
      "grade",
      "--assignment",
      assignment,
      submissions,
      "--overrides",
      overrides,
    ]);
    const blaise = output.split("\n").find((line) => line.startsWith("blaise"));
    expect(blaise).toBe("blaise,4,4,no,dropped-path,3,saw it on the board");
  });

  it.each([
    ["id,points\na,1\n", 'Line 1 of the overrides has the columns id, points; "id" and "score" are needed.'],
    [
      "id,score\na,many\n",
      'Line 2 of the overrides has the score "many"; a number of at least 0 is expected.',
    ],
    ["id,score\na,1\na,2\n", 'Line 3 of the overrides names "a" a second time; keep one of the two lines.'],
  ])("refuses the overrides %j", (csv, sentence) => {
    expect(() => readOverrides(csv)).toThrow(sentence);
  });

  it("keeps cells from becoming formulas of a spreadsheet", async () => {
    const hostile = join(folder, "hostile");
    mkdirSync(hostile);
    writeFileSync(join(hostile, "=cmd.tex"), "x = y");
    const { output } = await run(["grade", "--assignment", assignment, hostile]);
    expect(output.split("\n")[1]!.startsWith("'=cmd,")).toBe(true);
  });

  it("says what is wrong with a folder", async () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    const nowhere = await run(["grade", "--assignment", assignment, join(folder, "nowhere")]);
    expect([nowhere.code, nowhere.error]).toEqual([
      1,
      `The folder "${join(folder, "nowhere")}" does not exist; name the folder with the submissions.\n`,
    ]);
    const none = await run(["grade", "--assignment", assignment, empty]);
    expect(none.error).toBe(
      `The folder "${empty}" has no submissions; put one file for each student there, ending in .tex, .md, .txt.\n`,
    );
  });
});

describe("Course systems without a network", () => {
  const derivation = readFileSync(join(submissions, "blaise.tex"), "utf8");

  it("Gradescope finds its results where it looks", async () => {
    const root = join(folder, "autograder");
    mkdirSync(join(root, "submission"), { recursive: true });
    writeFileSync(join(root, "submission", "work.tex"), derivation);
    const { code } = await run(["grade", "--gradescope", root, "--assignment", assignment]);
    expect(code).toBe(0);
    const results = JSON.parse(readFileSync(join(root, "results", "results.json"), "utf8")) as object;
    expect(results).toMatchObject({ score: 3 });
  });

  it("PrairieLearn's typed answer is graded", async () => {
    const root = join(folder, "grade");
    mkdirSync(join(root, "data"), { recursive: true });
    writeFileSync(
      join(root, "data", "data.json"),
      JSON.stringify({ submitted_answers: { derivation }, params: {} }),
    );
    await run(["grade", "--prairielearn", root, "--assignment", assignment]);
    const results = JSON.parse(readFileSync(join(root, "results", "results.json"), "utf8")) as object;
    expect(results).toMatchObject({ gradable: true, score: 0.75 });
  });
});
