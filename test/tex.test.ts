// The article: escaping read back by rule, and the whole document compiled by pdflatex where it is installed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { examples, exampleText } from "../src/examples.ts";
import { Failure } from "../src/failure.ts";
import { derivation } from "../src/index.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { notations } from "../src/notation/rows.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import { taskNames } from "../src/worksheets/task.ts";
import { worksheetDocument } from "../src/worksheets.ts";
import { writeDocument } from "../src/writers/formats.ts";
import { texText } from "../src/writers/tex.ts";
import { example } from "./support/document.ts";
import { hostileLabel, hostileLabels } from "./support/hostile.ts";

/** Commands that stand for one character; everything else with a backslash would be live. */
const commands: Readonly<Record<string, string>> = {
  "\\textbackslash{}": "\\",
  "\\textasciicircum{}": "^",
  "\\textasciitilde{}": "~",
  "\\textless{}": "<",
  "\\textgreater{}": ">",
  "\\textbar{}": "|",
  "\\textquotedbl{}": '"',
  "\\textquotesingle{}": "'",
  "\\textasciigrave{}": "`",
  "\\{": "{",
  "\\}": "}",
  "\\$": "$",
  "\\&": "&",
  "\\#": "#",
  "\\_": "_",
  "\\%": "%",
  "{[}": "[",
  "{]}": "]",
  "{*}": "*",
  "{}": "",
};

function readBack(tex: string): string {
  let rest = tex;
  let text = "";
  while (rest !== "") {
    const command = Object.keys(commands).find((candidate) => rest.startsWith(candidate));
    const taken = command ?? [...rest][0]!;
    if (command === undefined && /[\\{}$&#^_~%]/.test(taken)) throw new Error(`live ${taken} in ${tex}`);
    text += command === undefined ? taken : commands[command]!;
    rest = rest.slice(taken.length);
  }
  return text;
}

describe("a text of the user in LaTeX", () => {
  const ascii = fc.string({
    unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
  });

  test("reads back as it was", () => {
    const texts = fc.oneof(ascii, fc.constantFrom(...hostileLabels));
    fc.assert(
      fc.property(texts, (text) => {
        expect(readBack(texText(text))).toBe(text);
      }),
    );
  });

  test("is set, or refused with a sentence, whatever its characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        try {
          expect(texText(text)).not.toMatch(/\^\^|\\(input|write|def)/);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      }),
    );
    expect(() => texText("Лекция")).toThrow(
      'The character "Л" (U+041B) of "Лекция" cannot be set by pdflatex; leave it out of the texts, or ask for text/html.',
    );
  });

  test("may use the signs of our own sentences and the letters of western Europe", () => {
    expect(texText("Σ δ ∂ ŷ ≈ −")).toBe(
      "\\ensuremath{\\Sigma} \\ensuremath{\\delta} \\ensuremath{\\partial} \\^{y} \\ensuremath{\\approx} \\ensuremath{-}",
    );
    expect(texText("Größe, Łódź")).toBe("Größe, Łódź");
    expect(texText("Änderung, Étude, Ñandú, Çeşme")).toBe("Änderung, Étude, Ñandú, Çeşme");
  });
});

const installed = spawnSync("pdflatex", ["--version"]).status === 0;

function compiled(tex: string): string {
  const folder = mkdtempSync(join(tmpdir(), "handgrad-tex-"));
  try {
    writeFileSync(join(folder, "page.tex"), tex);
    const options = ["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "page.tex"];
    const { status } = spawnSync("pdflatex", options, { cwd: folder });
    const log = readFileSync(join(folder, "page.log"), "latin1");
    expect(status, log.slice(-2000)).toBe(0);
    return log;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!installed)("pdflatex (skipped where it is not installed)", () => {
  test.each(Object.values(notations))("compiles the article in $key without overfull lines", (notation) => {
    const { document, printing } = example(undefined, notation);
    expect(compiled(writeDocument(document, printing, "tex"))).not.toContain("Overfull");
  });

  test.each(examples.map(({ name }) => name))(
    "compiles the example %s without overfull lines, in its own dialect and in another",
    (name) => {
      const { request } = readDerivationRequest(exampleText(name));
      for (const own of [request, { ...request, notation: "net-out" as const, language: "de" as const }])
        expect(compiled(derivation(own, "tex"))).not.toContain("Overfull");
    },
  );

  test.each(taskNames)("compiles the sheets of the task %s without overfull lines", (task) => {
    const { network } = JSON.parse(exampleText("classic-2-2-2")) as { network: NetworkDescription };
    for (const [sheet, language] of [
      ["problem", "en"],
      ["solution", "en"],
      ["solution", "de"],
    ] as const) {
      const render = {
        title: "Backpropagation in a network of two layers, worked out by hand and in full",
      };
      const tex = worksheetDocument({ network, task, sheet, language, seed: 2, render }, "tex");
      expect(compiled(tex)).not.toContain("Overfull");
    }
  });

  test("prints every character that is not refused", () => {
    const { document, printing } = example();
    const isSet = (character: string): boolean => {
      try {
        return texText(character) !== "";
      } catch {
        return false;
      }
    };
    const characters = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).filter(isSet);
    expect(characters.length).toBeGreaterThan(350);
    const blocks = characters.map(
      (text) => ({ kind: "paragraph", inlines: [{ kind: "text", text }] }) as const,
    );
    compiled(writeDocument({ ...document, blocks }, printing, "tex"));
  });

  test("compiles hostile texts as texts", () => {
    const { document, printing } = example(`${hostileLabel} é ß ŷ Σ ± … “q”`);
    expect(compiled(writeDocument(document, printing, "tex"))).not.toContain("/etc/passwd");
  });

  test("compiles hostile texts at the start of lines, items and cells", () => {
    const { document, printing } = example();
    const items = hostileLabels.map((text) => [{ kind: "text", text }] as const);
    const blocks = [
      { kind: "list", ordered: true, items },
      { kind: "table", columns: [{ title: items[0]!, align: "left" }], rows: items.map((item) => [item]) },
      ...items.map((inlines) => ({ kind: "paragraph", inlines }) as const),
    ] as const;
    compiled(writeDocument({ ...document, blocks }, printing, "tex"));
  });
});
