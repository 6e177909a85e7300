// The program behind the command `handgrad`.
import { readFileSync } from "node:fs";
import { runCommandLine } from "./cli.ts";

process.exitCode = await runCommandLine(process.argv.slice(2), {
  input: () => readFileSync(0),
  output: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
});
