// Runs the code that is handed out, each language in its own engine, and reads the JSON that it prints.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Printed {
  readonly loss: number;
  readonly gradients: Readonly<Record<string, unknown>>;
  readonly check: { readonly method: string; readonly agrees: boolean };
}

/** Debian's Python, for which .ci/run installs NumPy. */
export const python = "/usr/bin/python3";

export const hasModule = (name: string): boolean =>
  spawnSync(python, ["-c", `import ${name}`], { stdio: "ignore" }).status === 0;

/** Runs every file that it is given; each prints one line. */
const all = "import runpy, sys\nfor file in sys.argv[1:]: runpy.run_path(file, run_name='__main__')";

/** What each program prints, line by line; one process runs them all. */
export function runPython(programs: readonly string[]): string {
  return inFiles(programs, "py", (files) =>
    execFileSync(python, ["-W", "error", "-c", all, ...files], { encoding: "utf8" }),
  );
}

/** Throws where Python cannot read the programs. */
export function compilePython(programs: readonly string[]): void {
  inFiles(programs, "py", (files) => execFileSync(python, ["-m", "py_compile", ...files], { stdio: "pipe" }));
}

export function runJavaScript(program: string): string {
  return execFileSync(process.execPath, ["--input-type=module", "-"], { input: program, encoding: "utf8" });
}

export function printedLines(output: string): readonly Printed[] {
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Printed);
}

function inFiles<Result>(
  texts: readonly string[],
  extension: string,
  work: (files: string[]) => Result,
): Result {
  const folder = mkdtempSync(join(tmpdir(), "handgrad-code-"));
  try {
    const files = texts.map((text, position) => {
      const file = join(folder, `${position}.${extension}`);
      writeFileSync(file, text);
      return file;
    });
    return work(files);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
