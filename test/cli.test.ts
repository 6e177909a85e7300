// The command line: the same answers as over HTTP, the same sentences, and exit codes that scripts can rely on.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { runCommandLine } from "../src/cli.ts";
import { engine } from "../src/engine.ts";
import { examples, exampleText } from "../src/examples.ts";
import { equations, layers, post, useApp } from "./http/requests.ts";

const folder = mkdtempSync(join(tmpdir(), "cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (body: unknown, name = "request.json") => {
  const path = join(folder, name);
  writeFileSync(path, typeof body === "string" ? body : JSON.stringify(body));
  return path;
};

async function run(words: string[], input = "") {
  const [output, error]: (string | Uint8Array)[][] = [[], []];
  const code = await runCommandLine(words, {
    input: () => Buffer.from(input),
    output: (text) => output!.push(text),
    error: (text) => error!.push(text),
  });
  return {
    code,
    output: Buffer.concat(output!.map((part) => Buffer.from(part))).toString(),
    error: error!.join(""),
  };
}

const program = fileURLToPath(new URL("../bin/handgrad.js", import.meta.url));

describe("Answers", () => {
  const { inject } = useApp();
  const mediaTypes = {
    json: "application/json",
    html: "text/html",
    markdown: "text/markdown",
    tex: "application/x-tex",
    svg: "image/svg+xml",
    png: "image/png",
    tikz: "text/x-tikz",
    mermaid: "text/vnd.mermaid",
    dot: "text/vnd.graphviz",
    text: "text/plain",
  };

  it.each(Object.entries(mediaTypes))(
    "%s is the same as over HTTP, byte for byte",
    async (format, accept) => {
      const request = exampleText("note-003");
      const { output, code } = await run(["derive", "-", "--format", format], request);
      expect(code).toBe(0);
      expect(output).toBe((await inject(post("/v1/derivations", request, { accept }))).payload);
    },
  );

  it("So are gradients", async () => {
    const { output } = await run(["gradients", "-", "--shape", "arrays"], JSON.stringify(layers));
    expect(output).toBe((await inject(post("/v1/gradients", { network: layers, shape: "arrays" }))).payload);
  });

  it("A flag for each field means what the field means, in either spelling", async () => {
    const fields = {
      notation: "bishop",
      forms: ["chain"],
      detail: "full",
      digits: 5,
      maxPaths: 3,
      parameters: ["w"],
      check: false,
      update: { learningRate: 0.5 },
      render: { title: "A title", fragment: true },
    };
    const flags =
      '--notation bishop --forms chain --detail full --digits 5 --parameters w --check false --update {"learningRate":0.5} --fragment';
    const expected = (await inject(post("/v1/derivations", { network: equations, ...fields }))).payload;
    for (const spelling of ["--max-paths", "--maxPaths"]) {
      const words = ["derive", file(equations), ...flags.split(" "), "--title", "A title", spelling, "3"];
      expect((await run(words)).output).toBe(expected);
    }
  });

  it("So are worksheets, whatever their fields are called", async () => {
    const fields = {
      task: "numbers",
      values: "given",
      parameters: ["w"],
      learningRate: 0.1,
      points: 4,
      language: "de",
      sheet: "solution",
      misconceptions: ["wrong-sign", "factor-two"],
      render: { title: "Blatt 3", course: "Netze" },
    };
    const flags =
      "--task numbers --values given --parameters w --learning-rate 0.1 --points 4 --language de --sheet solution --misconceptions wrong-sign,factor-two --course Netze";
    const words = ["worksheet", file(equations), ...flags.split(" "), "--title", "Blatt 3"];
    const asked = { network: equations, ...fields };
    for (const [format, accept] of [
      ["text", "text/plain"],
      ["moodle", "application/vnd.moodle+xml"],
    ] as const) {
      const { payload, statusCode } = await inject(post("/v1/worksheets", asked, { accept }));
      expect(statusCode, payload).toBe(200);
      expect((await run([...words, "--format", format])).output).toBe(payload);
    }
  });

  it("--out makes the folders of its file, and says why it cannot", async () => {
    const out = join(folder, "content/notes/page.md");
    const flavor = ["--flavor", "hugo", "--front-matter"];
    expect((await run(["derive", file(equations), ...flavor, "--out", out])).code).toBe(0);
    expect(readFileSync(out, "utf8")).toMatch(/^---\ntitle: "[^"]+"\nlang: "en"\nmath: true\n---\n\n## /);
    const refused = await run(["derive", file(equations), "--out", join(folder, "content")]);
    expect(refused).toEqual({
      code: 2,
      output: "",
      error: `The file "${join(folder, "content")}" is a folder; name a file for --out.\n`,
    });
  });

  it("--out writes a file, whose extension names the format", async () => {
    const out = join(folder, "answer.md");
    const { output, code } = await run(["derive", file(equations), "--out", out]);
    expect([output, code]).toEqual(["", 0]);
    expect(readFileSync(out, "utf8")).toBe(
      (await run(["derive", file(equations), "--format", "markdown"])).output,
    );
  });

  it("Examples are listed, and printed as they can be derived", async () => {
    expect((await run(["examples"])).output.trim().split("\n")).toHaveLength(examples.length);
    expect((await run(["examples", "xor"])).output).toBe(exampleText("xor"));
  });

  it("--help and --version answer", async () => {
    expect((await run(["--version"])).output).toBe(`${engine}\n`);
    for (const words of [[], ["--help"]])
      expect((await run(words)).output).toContain("handgrad derive FILE|-");
    expect((await run(["derive", "--help"])).output).toContain("--notation …");
  });
});

describe("Refusals", () => {
  it.each([
    [
      ["derivee"],
      2,
      'There is no command "derivee". Did you mean "derive"? Run handgrad --help for the list.',
    ],
    [
      ["derive"],
      2,
      "FILE is missing. Usage: handgrad derive FILE|- [--format FORMAT] [--out FILE] [--public-url ADDRESS] [field flags]",
    ],
    [
      ["derive", "nowhere.json"],
      2,
      'The file "nowhere.json" does not exist; name a JSON file, or - for standard input.',
    ],
    [["examples", "a", "b"], 2, '"b" is one word too many. Usage: handgrad examples [NAME]'],
    [["examples", "xr"], 1, 'There is no example "xr"; did you mean "xor"?'],
    [["serve", "--prot"], 2, 'There is no flag "--prot". Usage: handgrad serve [--print-config]'],
  ])("%j ends with %i", async (words, code, sentence) => {
    expect(await run(words)).toEqual({ code, output: "", error: `${sentence}\n` });
  });

  it.each([
    [["--notaton", "bishop"], 2, /^There is no flag "--notaton"\. Did you mean "--notation"\? Usage: /],
    [["--notation"], 2, /^Option '--notation <value>' argument missing\.$/],
    [["--format", "htm"], 2, /^There is no format "htm"\. Did you mean "html"\? The formats are /],
    [
      ["--notation", "bishp"],
      1,
      /^Unknown value "bishp" at \/notation; did you mean "bishop"\? The values there are "bishop", .*\.$/,
    ],
    [
      ["--flavor", "hogo"],
      1,
      /^Unknown value "hogo" at \/render\/flavor; did you mean "hugo"\? The values there are "gfm", "hugo", "jekyll", "obsidian", "quarto", "mkdocs"\.$/,
    ],
    [["--digits", "many"], 1, /^\/digits is the text "many"; a whole number is expected there\.$/],
  ])("derive FILE %j ends with %i", async (flags, code, sentence) => {
    const { error, ...rest } = await run(["derive", file(equations), ...flags]);
    expect(error.trim()).toMatch(sentence);
    expect(rest).toEqual({ code, output: "" });
  });

  it("A mistake in the network is told with its place in the file", async () => {
    const wrong = { ...layers, layers: [{ ...layers.layers[0], weights: [[1, 2]] }] };
    expect((await run(["derive", file(wrong)])).error).toMatch(/^\/layers\/0\/weights/);
    expect((await run(["derive", file({ network: wrong })])).error).toMatch(/^\/network\/layers\/0\/weights/);
  });

  it("Each of several mistakes has its line", async () => {
    const { error, code } = await run(["derive", file({ network: layers, digits: 99, detail: "ful" })]);
    expect(code).toBe(1);
    expect(error.trim().split("\n")).toHaveLength(2);
  });

  it("Nothing but memory limits the size", async () => {
    const wide = {
      ...layers,
      layers: [{ type: "dense", units: 130, activation: "tanh" }],
      samples: undefined,
    };
    const { code } = await run([
      "derive",
      file({ network: wide, detail: "brief", check: false }),
      "--format",
      "text",
    ]);
    expect(code).toBe(0);
  });
});

describe("The program", () => {
  it("Reads standard input and writes standard output", () => {
    const output = execFileSync(program, ["derive", "-", "--format", "text"], {
      input: JSON.stringify(equations),
    });
    expect(output.toString()).toContain("=");
  });

  it("Ends with 1 and a sentence where a request is refused", () => {
    const { status, stderr, stdout } = spawnSync(program, ["derive", "-"], { input: "{" });
    expect([status, stdout.toString()]).toEqual([1, ""]);
    expect(stderr.toString()).toMatch(/^character 2: The body is not JSON: /);
  });
});
