// Exports to course systems, read back by parsers that are not ours: Python's for XML, HTML, JSON and Python itself.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { NetworkDescription } from "../src/network/description.ts";
import type { WorksheetRequest } from "../src/request/schema.ts";
import { taskNames } from "../src/worksheets/task.ts";
import { worksheet, worksheetMoodle, worksheetPrairieLearn } from "../src/worksheets.ts";
import { courseWords } from "../src/writers/course-page.ts";
import { post, useApp } from "./http/requests.ts";
import { hostileLabels } from "./support/hostile.ts";
import { childrenOf, type Element, expectCategory, expectImported, fieldsOf } from "./support/moodle.ts";

const network: NetworkDescription = {
  kind: "layers",
  inputs: 2,
  naming: "by-source",
  layers: [
    { type: "dense", units: 2, activation: "sigmoid", bias: "none" },
    { type: "dense", units: 1, activation: "sigmoid", bias: "none" },
  ],
  loss: "half-squared-error",
};

const request = (task: WorksheetRequest["task"]): WorksheetRequest => ({
  network,
  task,
  seed: 3,
  count: 2,
  points: 2,
});

const python = (script: string, input: string, args: readonly string[] = [], env = {}): string =>
  execFileSync("python3", ["-c", script, ...args], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    env: { ...process.env, ...env },
  });

const readXml = (xml: string): Element =>
  JSON.parse(
    python(
      `import json, sys, xml.etree.ElementTree as tree
def plain(node): return [node.tag, node.attrib, node.text or "", [plain(child) for child in node]]
print(json.dumps(plain(tree.fromstring(sys.stdin.buffer.read()))))`,
      xml,
    ),
  ) as Element;

const childOf = (element: Element, name: string): Element => childrenOf(element, name)[0]!;
const textOf = (element: Element, ...names: readonly string[]): string => names.reduce(childOf, element)[2];

const questionsIn = (xml: string): readonly Element[] =>
  childrenOf(readXml(xml), "question").filter(([, { type }]) => type !== "category");

describe("Moodle's questions", () => {
  it("Are a numerical with a feedback for every misconception, and its tolerance", () => {
    const { variants } = worksheet(request("numbers")) as {
      variants: { questions: { value: number; distractors: { value: number; explanation: string }[] }[] }[];
    };
    const questions = questionsIn(worksheetMoodle(request("numbers")));
    expect(questions.length).toBe(2);
    for (const [position, question] of questions.entries()) {
      const { value, distractors } = variants[position]!.questions[0]!;
      const answers = childrenOf(question, "answer");
      expect(answers.map(([, { fraction }]) => fraction)).toEqual(["100", ...distractors.map(() => "0")]);
      // With the four digits that are asked for: Moodle shows the answer as it stands in the file.
      expect(answers.map((answer) => Number(textOf(answer, "text")))).toEqual(
        [value, ...distractors.map((each) => each.value)].map((each) => Number(each.toPrecision(4))),
      );
      expect(Number(textOf(answers[0]!, "tolerance")) / Math.abs(value)).toBeCloseTo(1 / 1000, 4);
      for (const answer of answers.slice(1)) expect(textOf(answer, "feedback", "text")).not.toBe("");
      // No wrong number lies within the tolerance of the right one.
      for (const each of distractors)
        expect(Math.abs(each.value - value)).toBeGreaterThan(Math.abs(value) / 1000);
    }
  });

  it.each([
    ["chain", ["essay", "multichoice"]],
    ["delta", ["essay", "multichoice"]],
    ["factors", ["cloze"]],
    ["numbers", ["numerical"]],
    ["mistake", ["multichoice", "essay"]],
    ["update", ["numerical", "numerical"]],
  ] as const)("Of the task %s are %s, each with name, text, feedback and an id of its own", (task, types) => {
    const questions = questionsIn(worksheetMoodle(request(task)));
    expect(questions.map(([, { type }]) => type)).toEqual([...types, ...types]);
    expect(new Set(questions.map((question) => textOf(question, "idnumber"))).size).toBe(questions.length);
    for (const question of questions) {
      for (const path of [
        ["name", "text"],
        ["questiontext", "text"],
        ["generalfeedback", "text"],
      ] as const)
        expect(textOf(question, ...path).trim()).not.toBe("");
      expect(childOf(question, "questiontext")[1]).toEqual({ format: "html" });
      expect(childrenOf(question, "defaultgrade").length).toBe(question[1].type === "cloze" ? 0 : 1);
    }
  });

  it("Have one right choice, and explanations at the wrong ones", () => {
    const [, choice] = questionsIn(worksheetMoodle(request("chain")));
    const answers = childrenOf(choice!, "answer");
    expect(answers.map(([, { fraction }]) => fraction)).toEqual(["100", "0", "0", "0", "0"]);
    expect(new Set(answers.map((answer) => textOf(answer, "text"))).size).toBe(5);
    for (const answer of answers.slice(1)) expect(textOf(answer, "feedback", "text")).toMatch(/[.?]$/);
    expect(textOf(choice!, "single")).toBe("true");
  });

  it("Give graders of an essay the solution and the key", () => {
    const [essay] = questionsIn(worksheetMoodle(request("delta")));
    const info = textOf(essay!, "graderinfo", "text");
    expect(info).toContain("delta");
    const [, key] = /<pre>([\s\S]*)<\/pre>/.exec(info)!;
    const plain = python(
      "import html, re, sys; print(html.unescape(re.sub('<[^>]*>', '', sys.stdin.read())))",
      key!,
    );
    expect(JSON.parse(plain)).toMatchObject({ target: ["w_1"], rubric: { points: 2, form: "delta" } });
  });

  const networks: Readonly<Record<string, NetworkDescription>> = {
    sigmoid: network,
    relu: {
      kind: "layers",
      inputs: 2,
      layers: [
        { type: "dense", units: 2, activation: "relu" },
        { type: "dense", units: 1, activation: "identity" },
      ],
      loss: "half-squared-error",
    },
    softmax: {
      kind: "layers",
      inputs: 2,
      layers: [{ type: "dense", units: 3, activation: "softmax" }],
      loss: "categorical-cross-entropy",
    },
    equations: { kind: "equations", equations: ["L = (w - 1)^2"], loss: "L", parameters: ["w"] },
  };
  const imports = Object.keys(networks).flatMap((name) => taskNames.map((task) => ({ name, task })));

  it.each(imports)("Are taken by the importer's rules: $name, $task", ({ name, task }) => {
    const title = `Backpropagation ${"in detail ".repeat(40)}`;
    const xml = worksheetMoodle({
      ...request(task),
      network: networks[name]!,
      points: 5,
      render: { title },
    });
    const [category, ...questions] = childrenOf(readXml(xml), "question");
    expectCategory(textOf(category!, "category", "text"));
    for (const question of questions) {
      expectImported(question);
      // However long the title is, the code tells the variants apart.
      expect(textOf(question, "name", "text")).toMatch(/ [34]-[0-9A-Z]{4} /);
    }
    const points = questions.map((question) => Number(childrenOf(question, "defaultgrade")[0]?.[2] ?? 0));
    if (task === "numbers" || task === "update")
      expect(points.reduce((sum, each) => sum + each, 0)).toBeCloseTo(2 * 5, 6);
  });

  it("Have fields that the importer reads, with what belongs into the boxes", () => {
    const questions = questionsIn(worksheetMoodle(request("factors")));
    const fields = questions.flatMap((question) => fieldsOf(textOf(question, "questiontext", "text")));
    expect(fields.length).toBeGreaterThan(8);
    const choices = fields.filter(({ type }) => type === "MULTICHOICE").flatMap(({ answers }) => answers);
    expect(choices.map(({ text }) => text)).toContain("∂a₁⁽²⁾/∂z₁⁽²⁾");
    for (const { text } of choices) expect(text).toMatch(/^∂[Eaz][₀-₉⁽⁾¹²³]*\/∂[azw][₀-₉⁽⁾¹²³]*$/);
    for (const { answers } of fields.filter(({ type }) => type === "NUMERICAL"))
      expect(answers[0]!.tolerance! / Math.abs(Number(answers[0]!.text))).toBeCloseTo(1 / 1000, 4);
  });

  it("Have no field that words open", () => {
    const words = "{1:MULTICHOICE:=a~b} {#1} ~#} \\";
    expect(fieldsOf(courseWords(words))).toEqual([]);
    expect(courseWords(words)).not.toContain("{");
  });

  it.each([...hostileLabels, "]]></text></question>", "\u0000\u0008 & \ufffe"])(
    "Keep the title %j a text",
    (title) => {
      const xml = worksheetMoodle({ ...request("numbers"), count: 1, render: { title } });
      const [question] = questionsIn(xml);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them.
      expect(textOf(question!, "name", "text")).toContain(title.replace(/[\u0000-\u0008\ufffe]/g, ""));
      expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>')).toBe(true);
    },
  );
});

const grader = {
  HANDGRAD: `${process.execPath} ${fileURLToPath(new URL("../bin/handgrad.js", import.meta.url))}`,
};

interface Played {
  readonly score?: number;
  readonly formatErrors: object;
  readonly partialScores: object;
}

/** Generates, answers and grades a variant of a question folder as PrairieLearn does. */
const played = (
  folder: string,
  seed: number,
  answer: string,
  environment: Readonly<Record<string, string>> = grader,
): Played =>
  JSON.parse(
    python(
      `import ast, json, os, sys
folder, seed, answer = sys.argv[1], int(sys.argv[2]), sys.argv[3]
source = open(os.path.join(folder, "server.py"), encoding="utf-8").read()
ast.parse(source)
program = {}
exec(source, program)
data = {"variant_seed": seed, "params": {}, "correct_answers": {}, "submitted_answers": {}, "partial_scores": {},
        "format_errors": {}, "feedback": {}, "options": {"question_path": folder}}
program["generate"](data)
variant = program["variants"](data)[data["params"]["chosen"]]
if answer == "right" and not variant["derivation"]:
    data["submitted_answers"] = dict(data["correct_answers"])
elif answer == "wrong":
    data["submitted_answers"] = {name: -value for name, value in data["correct_answers"].items()}
else:
    data["submitted_answers"] = {"derivation": answer}
program["grade"](data)
print(json.dumps({"score": data.get("score"), "formatErrors": data["format_errors"], "partialScores": data["partial_scores"]}))`,
      "",
      [folder, String(seed), answer],
      environment,
    ),
  ) as Played;

/** What PrairieLearn's test of a question compares, for each type of test: what was foretold, and what grading gave. */
const tested = (folder: string): Readonly<Record<string, readonly [object, object]>> =>
  JSON.parse(
    python(
      `import copy, json, os, sys
program = {}
exec(open(os.path.join(sys.argv[1], "server.py"), encoding="utf-8").read(), program)
def told(data): return {key: data.get(key) for key in ("score", "partial_scores")} | {"invalid": sorted(data["format_errors"])}
answer = {}
for kind in ("correct", "incorrect", "invalid"):
    data = {"variant_seed": 1, "params": {}, "correct_answers": {}, "options": {"question_path": sys.argv[1]}}
    program["generate"](data)
    data |= {"raw_submitted_answers": {}, "format_errors": {}, "partial_scores": {}, "feedback": {}, "test_type": kind}
    foretold = copy.deepcopy(data)
    program["test"](foretold)
    data["submitted_answers"] = foretold["raw_submitted_answers"]
    program["grade"](data)
    answer[kind] = [told(foretold), told(data)]
print(json.dumps(answer))`,
      "",
      [folder],
      grader,
    ),
  ) as Readonly<Record<string, readonly [object, object]>>;

/** Elements and attributes of PrairieLearn (apps/prairielearn/elements/*\/schemas) that the page uses. */
const elements: Readonly<Record<string, readonly string[]>> = {
  "pl-question-panel": [],
  "pl-submission-panel": [],
  "pl-answer-panel": [],
  "pl-number-input": ["answers-name", "aria-label", "comparison", "rtol", "atol"],
  "pl-string-input": ["answers-name", "aria-label", "multiline", "size", "remove-leading-trailing"],
};

function folderOf(asked: WorksheetRequest): string {
  const root = mkdtempSync(join(tmpdir(), "handgrad-pl-"));
  const files = worksheetPrairieLearn(asked);
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return join(root, dirname(files[0]!.path));
}

describe("PrairieLearn's question folder", () => {
  it("Has the files that a question is made of", () => {
    const files = new Map(
      worksheetPrairieLearn(request("numbers")).map(({ path, text }) => [path.split("/")[1]!, text]),
    );
    expect([...files.keys()]).toEqual(["info.json", "question.html", "server.py", "variants.json"]);
    expect(JSON.parse(files.get("info.json")!)).toMatchObject({
      uuid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      title: "Backpropagation in numbers",
      type: "v3",
    });
    expect(JSON.parse(files.get("variants.json")!)).toHaveLength(2);
    expect(worksheetPrairieLearn(request("numbers"))).toEqual(worksheetPrairieLearn(request("numbers")));
  });

  it("Has a page whose elements close, whatever the title", () => {
    const title = "</pl-question-panel>{{{params.solution}}} $x$ \\(y\\)";
    const variants = worksheetPrairieLearn({ ...request("chain"), render: { title } }).find(({ path }) =>
      path.endsWith("variants.json"),
    )!;
    const [{ problem }] = JSON.parse(variants.text) as [{ problem: string }];
    const open = python(
      `import html.parser, json, sys
class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(); self.open = []; self.names = set()
    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        if tag not in ("img", "br"): self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
reader = Reader(); reader.feed(sys.stdin.read())
print(json.dumps([reader.open, sorted(reader.names)]))`,
      problem,
    );
    const [left, names] = JSON.parse(open) as [string[], string[]];
    expect(left).toEqual([]);
    expect(names.filter((name) => name.startsWith("pl-"))).toEqual([]);
    expect(problem).not.toMatch(/\{\{|\}\}/);
  });

  it("Grades numbers with the command line", () => {
    const folder = folderOf(request("update"));
    expect(played(folder, 1, "right").score).toBe(1);
    expect(played(folder, 1, "wrong").score).toBe(0);
  });

  it("Uses elements and attributes that there are, and a file that says what its schema asks for", () => {
    const files = new Map(
      worksheetPrairieLearn(request("numbers")).map(({ path, text }) => [path.split("/")[1]!, text]),
    );
    const tags = JSON.parse(
      python(
        `import html.parser, json, sys
class Reader(html.parser.HTMLParser):
    found = []
    def handle_starttag(self, tag, attributes): self.found.append([tag, [name for name, _ in attributes]])
reader = Reader(); reader.feed(sys.stdin.read())
print(json.dumps(reader.found))`,
        files.get("question.html")!,
      ),
    ) as readonly (readonly [string, readonly string[]])[];
    for (const [tag, attributes] of tags.filter(([name]) => name.startsWith("pl-")))
      for (const attribute of attributes) expect(elements[tag], tag).toContain(attribute);
    // apps/prairielearn/src/schemas/schemas/infoQuestion.json: these are required, others have a closed list.
    const info = JSON.parse(files.get("info.json")!) as object;
    expect(Object.keys(info).toSorted()).toEqual(["tags", "title", "topic", "type", "uuid"]);
  });

  it.each(["chain", "delta", "factors", "mistake"] as const)(
    "Passes PrairieLearn's own test of a question: %s",
    (task) => {
      for (const [foretold, graded] of Object.values(tested(folderOf(request(task)))))
        expect(graded).toEqual(foretold);
    },
  );

  it("Gives each number the mark of its field", () => {
    const { partialScores } = played(folderOf(request("update")), 1, "right");
    expect(partialScores).toEqual({});
  });

  it.each([
    "$(touch /tmp/x); `id` \"'\\",
    "{{{params.solution}}} ]]> </pre><script>",
    "∂E/∂w_1 = 🙂".repeat(900),
  ])("Takes no attempt for %.30j", (answer) => {
    expect(Object.keys(played(folderOf(request("chain")), 4, answer).formatErrors)).toEqual(["derivation"]);
  });

  it("Says where the command is missing", () => {
    const folder = folderOf(request("chain"));
    expect(() => played(folder, 1, "x", { HANDGRAD: "/nowhere/handgrad" })).toThrow(
      "The command /nowhere/handgrad cannot be run where this question is graded: install Handgrad there, or set the environment variable HANDGRAD to the command.",
    );
  });

  it("Grades a derivation, and takes no attempt for what cannot be read", () => {
    const folder = folderOf(request("chain"));
    const { variants } = worksheet(request("chain")) as { variants: { modelSolution: string[] }[] };
    expect(played(folder, 4, variants[0]!.modelSolution.join("\n")).score).toBe(1);
    expect(Object.keys(played(folder, 4, "I do not know").formatErrors)).toEqual(["derivation"]);
  });
});

describe("Over HTTP", () => {
  const { inject } = useApp();

  it.each([
    ["application/vnd.moodle+xml", "application/vnd.moodle+xml; charset=utf-8", "<?xml"],
    ["application/vnd.prairielearn+zip", "application/vnd.prairielearn+zip", "PK"],
  ])("%s is an answer like any other", async (accept, type, opening) => {
    const answer = await inject(post("/v1/worksheets", request("numbers"), { accept }));
    expect(answer.headers["content-type"]).toBe(type);
    expect(answer.payload.startsWith(opening)).toBe(true);
  });
});
