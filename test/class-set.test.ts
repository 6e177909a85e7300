// Class sets: an archive that another reader opens, with the same bytes for the same seed, whoever the students are.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../src/cli.ts";
import { classSetFiles, type VariantFiles } from "../src/exports/class-set.ts";
import { zipped } from "../src/exports/zip.ts";
import { Failure } from "../src/failure.ts";
import { grades } from "../src/grades.ts";
import { post, useApp } from "./http/requests.ts";

const { inject } = useApp();

const request = {
  network: {
    kind: "layers",
    inputs: 2,
    naming: "by-source",
    layers: [
      { type: "dense", units: 2, activation: "sigmoid", bias: "none" },
      { type: "dense", units: 1, activation: "sigmoid", bias: "none" },
    ],
    loss: "half-squared-error",
  },
  task: "numbers",
  files: ["markdown"],
};

const archiveOf = (body: object) => inject(post("/v1/worksheets", body, { accept: "application/zip" }));

/** The files of an archive as Python's zipfile reads them, in base64. */
function filesIn(bytes: Buffer): ReadonlyMap<string, string> {
  const file = join(mkdtempSync(join(tmpdir(), "handgrad-zip-")), "set.zip");
  writeFileSync(file, bytes);
  const script = `import base64, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps([[entry.filename, base64.b64encode(archive.read(entry)).decode()] for entry in archive.infolist()]))`;
  const listed = execFileSync("python3", ["-c", script, file], { encoding: "utf8", maxBuffer: 2 ** 26 });
  const entries = JSON.parse(listed) as readonly (readonly [string, string])[];
  return new Map(entries.map(([path, content]) => [path, Buffer.from(content, "base64").toString("utf8")]));
}

interface IndexRow {
  readonly answers: string;
  readonly student: string;
  readonly code: string;
  readonly seed: string;
  readonly file: string;
  readonly failure: string;
}

const indexOf = (files: ReadonlyMap<string, string>): readonly IndexRow[] =>
  parse(files.get("index.csv")!, { columns: true }) as IndexRow[];

describe("A class set", () => {
  it("Has a problem, a solution and a key for each variant, and a table of them", async () => {
    const answer = await archiveOf({ ...request, seed: 40, count: 3 });
    expect(answer.headers["content-type"]).toBe("application/zip");
    expect(answer.headers["content-disposition"]).toBe('attachment; filename="worksheets.zip"');
    const files = filesIn(answer.rawPayload);
    expect([...files.keys()]).toEqual([
      ...["1", "2", "3"].flatMap((name) => [
        `problems/${name}.md`,
        `solutions/${name}.md`,
        `keys/${name}.json`,
      ]),
      "index.csv",
    ]);
    expect(indexOf(files).map(({ seed }) => seed)).toEqual(["40", "41", "42"]);
    for (const { file, code } of indexOf(files))
      expect(files.get(`problems/${file}.md`)).toContain(`Variant ${code}`);
    const numbers = indexOf(files).flatMap(({ answers }) =>
      answers.split("; ").map((each) => each.split(": ")[1]),
    );
    expect(numbers.length).toBeGreaterThan(2);
    for (const number of numbers) expect(Number(number), number).not.toBeNaN();
  });

  it("Has keys that grade", async () => {
    const files = filesIn((await archiveOf({ ...request, seed: 2, count: 1, points: 3 })).rawPayload);
    const key = JSON.parse(files.get("keys/1.json")!) as Parameters<typeof grades>[0];
    const [, answer] = /dE\/dw_1: ([^;]*)/.exec(files.get("index.csv")!)!;
    const submission = [`\\frac{\\partial E}{\\partial w_1} = ${answer!.trim().replace(/,$/, "")}`];
    expect(grades({ ...key, submission })).toMatchObject({ score: 3, maxScore: 3 });
  });

  it("Has the same bytes for the same seed, over HTTP and from the command line", async () => {
    const body = { ...request, seed: 9, count: 2 };
    const first = (await archiveOf(body)).rawPayload;
    expect((await archiveOf(body)).rawPayload.equals(first)).toBe(true);
    const folder = mkdtempSync(join(tmpdir(), "handgrad-set-"));
    writeFileSync(join(folder, "request.json"), JSON.stringify(body));
    const silent = {
      input: () => Buffer.alloc(0),
      output: () => {},
      error: (text: string) => expect(text).toBe(""),
    };
    const out = join(folder, "set.zip");
    expect(await runCommandLine(["worksheet", join(folder, "request.json"), "--out", out], silent)).toBe(0);
    expect(readFileSync(out).equals(first)).toBe(true);
  });

  /** No cell that a spreadsheet would run, whichever separator it opens the file with. */
  const inText: Readonly<Record<string, string>> = {
    "=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0",
    "x;=1+1": "x;'=1+1",
    "＝1+1": "'＝1+1",
  };

  it("Names its files after the students, in letters that every file system takes", async () => {
    const students = [
      "Ada Lovelace",
      "=cmd|' /C calc'!A0",
      "../../etc/passwd",
      "Łukasz Ñandú",
      "数学",
      "CON",
      "x;=1+1",
      "＝1+1",
      "x".repeat(120),
    ];
    const files = filesIn((await archiveOf({ ...request, students })).rawPayload);
    for (const path of files.keys())
      expect(path).toMatch(/^((problems|solutions|keys)\/\d(-[A-Za-z0-9]+)*\.(md|json)|index\.csv)$/);
    expect(indexOf(files).map(({ student }) => student)).toEqual(
      students.map((student) => inText[student] ?? student),
    );
  });

  it("Tells of a variant that cannot be made in the table, and makes the others", async () => {
    const variant = async (seed: number): Promise<VariantFiles> => {
      if (seed === 2) throw new Failure("impossible-request", "No numbers were found.");
      return { code: `${seed}-X`, seed, answers: "", files: [] };
    };
    const pieces: Buffer[] = [];
    for await (const piece of zipped(classSetFiles({ seeds: [1, 2, 3], variant })))
      pieces.push(piece as Buffer);
    const rows = indexOf(filesIn(Buffer.concat(pieces)));
    expect(rows.map(({ code, failure }) => [code, failure])).toEqual([
      ["1-X", ""],
      ["", "No numbers were found."],
      ["3-X", ""],
    ]);
  });
});

describe("What no class set is made of", () => {
  it.each([
    [
      { ...request, count: 501 },
      "The class set would have 501 variants, and at most 500 are made at once; ask for the others with a later seed.",
    ],
    [
      { ...request, count: 2, students: ["Ada"] },
      'There are 1 "students", and "count" asks for 2 variants; leave "count" out.',
    ],
    [
      { ...request, task: "mistake", misconceptions: ["transposed-jacobian"], count: 2 },
      'None of the "misconceptions" goes wrong in a single line of the derivation by "w_1"; list others, or leave "misconceptions" out.',
    ],
  ])("%o", async (body, sentence) => {
    const answer = await archiveOf(body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().detail).toBe(sentence);
  });

  it("A single document shows no several variants, and JSON not too many", async () => {
    const page = await inject(post("/v1/worksheets", { ...request, count: 2 }, { accept: "text/html" }));
    expect(page.json().detail).toBe(
      'A document is one sheet, and 2 variants are asked for; ask for application/zip or application/json, or leave "count" and "students" out.',
    );
    const list = await inject(post("/v1/worksheets", { ...request, count: 21 }));
    expect(list.json().detail).toBe(
      "The answer would hold 21 variants, and at most 20 stand in one JSON document; ask for application/zip, which takes more.",
    );
  });
});
