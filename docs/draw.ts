// Draws the pictures of the README from the examples; `--check` compares instead. Run by `npm run pictures`.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { exampleText } from "../src/examples.ts";
import { derivation } from "../src/index.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import { withRender } from "../src/request/render.ts";

const pictures = [
  {
    file: "path.svg",
    example: "classic-2-2-2",
    render: { view: "path", parameter: "w_1", path: 2, values: true },
  },
  { file: "steps.svg", example: "note-001", render: { view: "steps", values: true } },
] as const;

for (const { file, example, render } of pictures) {
  const { request } = readDerivationRequest(exampleText(example));
  const drawn = `${derivation(withRender(request, render), "svg")}\n`;
  const target = new URL(file, import.meta.url);
  if (!process.argv.includes("--check")) writeFileSync(target, drawn);
  else if (readFileSync(target, "utf8") !== drawn) {
    process.stderr.write(`docs/${file} is not what the examples give; run npm run pictures.\n`);
    process.exitCode = 1;
  }
}

/** One page of a PDF as pixels. They depend on the version of Poppler, so that they are drawn here and compared nowhere. */
if (!process.argv.includes("--check")) {
  const { request } = readDerivationRequest(exampleText("classic-2-2-2"));
  const course = withRender({ ...request, parameters: ["w_1"] }, { course: "Neural networks, week 3" });
  const pdf = Buffer.from(derivation(course, "pdf"), "base64");
  const page = ["-png", "-r", "80", "-f", "3", "-l", "3", "-singlefile"];
  const { error } = spawnSync("pdftoppm", [...page, "-", fileURLToPath(new URL("page", import.meta.url))], {
    input: pdf,
  });
  if (error) throw error;
}
