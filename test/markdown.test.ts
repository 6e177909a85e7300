// Escaping in Markdown, read back by the rule of CommonMark 0.31, section 2.4.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeDocument } from "../src/writers/formats.ts";
import { markdownText } from "../src/writers/markdown-text.ts";
import { example } from "./support/document.ts";
import { hostileLabels } from "./support/hostile.ts";

/** A backslash before ASCII punctuation stands for that mark. */
const readBack = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, "$1");

/** What is left of a text when its escaped characters are taken out. */
const unescapedOnly = (text: string): string => text.replace(/\\[!-/:-@[-`{-~]/g, "");

const spaced = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ");

/** Word joiners, which keep marks apart, are not seen. */
const visible = (text: string): string => text.replaceAll("\u2060", "");

const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(..."\\`*_{}[]<>()#+-.!|~$&@:^=%'\"0123w ".split("")) }),
  fc.constantFrom(...hostileLabels),
);

describe("a text of the user in Markdown", () => {
  test("reads back as it was", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(visible(readBack(markdownText(text)))).toBe(visible(spaced(text)));
      }),
    );
  });

  test("has no mark left that could act", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const rest = unescapedOnly(markdownText(text));
        expect(rest).not.toMatch(/[\\`*_{}[\]<>#|~$&@:^=%]/);
        expect(markdownText(text)).not.toMatch(/^\s*([-+]|\d{1,9}[.)])|^www\./i);
      }),
    );
  });
});

describe("formulas in Markdown", () => {
  const { document, printing } = example();
  const written = writeDocument(document, printing, "markdown");

  test("stand in fences that open and close", () => {
    expect(written.match(/^```math$/gm)?.length).toBe(written.match(/^```$/gm)?.length);
  });

  test("in running text are never touched by emphasis", () => {
    const inline = written.replace(/```math[\s\S]*?```/g, "").match(/\$[^$\n]+\$/g) ?? [];
    expect(inline.length).toBeGreaterThan(5);
    for (const formula of inline) {
      if (!formula.startsWith("$`")) expect(formula).not.toMatch(/[^A-Za-z0-9]_|\*|\\[^A-Za-z]/);
    }
  });

  test("leave the cells of a table alone", () => {
    const rows = written.split("\n").filter((line) => line.startsWith("|"));
    expect(new Set(rows.map((row) => row.replaceAll("\\|", "").split("|").length)).size).toBe(1);
  });
});
