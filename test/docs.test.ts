// The README's snippets and every command of docs/points.md are run as they stand, against a service of their own.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
/** No command takes longer, even on a busy machine. */
const patience = 120_000;

let service: ChildProcess;
let port = 0;

beforeAll(async () => {
  port = await freePort();
  service = spawn(process.execPath, ["--import", "tsx", "src/server.ts"], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: String(port), LOG_LEVEL: "silent" },
    stdio: "ignore",
  });
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});

afterAll(() => void service?.kill("SIGKILL"));

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port: free } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return free;
}

/** What a command prints, on both channels; the service's port and the program's own path are put in. */
function outputOf(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: root, maxBuffer: 2 ** 27, timeout: patience }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

function atHome(text: string): string {
  return text
    .replaceAll("localhost:8080", `127.0.0.1:${port}`)
    .replaceAll("npx handgrad", `${process.execPath} bin/handgrad.js`);
}

/** Fenced blocks of a language, in order. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    (match) => match[1]!,
  );
}

const page = readFileSync(join(root, "docs/points.md"), "utf8");
const steps = page
  .split(/^(?=```sh$)/m)
  .slice(1)
  .map((part) => ({ command: blocks(part, "sh")[0]!, seen: blocks(part, "text")[0] ?? "" }));

describe("docs/points.md", () => {
  it("Has a command and what is seen for each point", () => {
    expect(steps.length).toBeGreaterThan(20);
    for (const { seen } of steps) expect(seen.trim()).not.toBe("");
  });

  it.each(steps)("$command", async ({ command, seen }) => {
    const output = await outputOf("bash", ["-c", atHome(command)]);
    for (const line of seen.trim().split("\n")) expect(output).toContain(line);
  });
});

describe("The README's snippets", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const snippet = (name: string, language: string): string =>
    blocks(readme.slice(readme.indexOf(`<!-- runs: ${name} -->`)), language)[0]!;
  const folder = mkdtempSync(join(tmpdir(), "handgrad-"));

  it("From the shell: the classic network's derivation as text", async () => {
    expect(await outputOf("bash", ["-c", atHome(snippet("shell", "sh"))])).toContain("0.0821670406");
  });

  it("On paper: a PDF with the gradient of the classic network", async () => {
    const command = atHome(snippet("pdf", "sh")).replace("gradient.pdf", join(folder, "gradient.pdf"));
    await outputOf("bash", ["-c", command]);
    expect(await outputOf("pdftotext", [join(folder, "gradient.pdf"), "-"])).toContain("0.0821670406");
  });

  it("From JavaScript: every gradient agrees with the referee", async () => {
    const file = join(folder, "snippet.mjs");
    writeFileSync(file, atHome(snippet("javascript", "js")));
    const lines = (await outputOf(process.execPath, [file])).trim().split("\n");
    expect(lines).toHaveLength(9);
    for (const line of lines) expect(line).toMatch(/ agrees$/);
  });

  it("From Python: note 003's numbers", async () => {
    const file = join(folder, "snippet.py");
    writeFileSync(file, atHome(snippet("python", "python")));
    const output = await outputOf("python3", [file]);
    expect(output).toContain("w 0.0776734032");
    expect(output).toContain("b 0.0597487717");
  });
});
