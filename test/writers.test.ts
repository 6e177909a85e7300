// One contract for all formats of the derivation document.
import katex from "katex";
import { describe, expect, test } from "vitest";
import type { Block, DerivationDocument, Inline } from "../src/derivation/document.ts";
import type { Expr } from "../src/expression/expr.ts";
import { notations } from "../src/notation/rows.ts";
import { type DocumentFormat, documentWriters, writeDocument } from "../src/writers/formats.ts";
import { latex, latexLine, plain } from "../src/writers/print/line.ts";
import { example } from "./support/document.ts";
import { hostileLabel } from "./support/hostile.ts";

/** PDF is no text: pdf.test.ts reads it with other programs. */
type TextFormat = Exclude<DocumentFormat, "pdf">;
const formats = Object.keys(documentWriters).filter((format) => format !== "pdf") as TextFormat[];

function* inlinesOf(blocks: readonly Block[]): Generator<Inline> {
  for (const block of blocks) {
    switch (block.kind) {
      case "section":
        yield* block.title;
        yield* inlinesOf(block.blocks);
        break;
      case "detail":
        yield* block.summary;
        yield* inlinesOf(block.blocks);
        break;
      case "paragraph":
      case "note":
        yield* block.inlines;
        break;
      case "equations":
        for (const { because = [] } of block.lines) yield* because;
        break;
      case "list":
        for (const item of block.items) yield* item;
        break;
      case "table":
        yield* block.caption ?? [];
        for (const { title } of block.columns) yield* title;
        for (const row of block.rows) for (const cell of row) yield* cell;
        break;
    }
  }
}

function* equationsOf(blocks: readonly Block[]): Generator<Block & { kind: "equations" }> {
  for (const block of blocks) {
    if (block.kind === "equations") yield block;
    if (block.kind === "section" || block.kind === "detail") yield* equationsOf(block.blocks);
  }
}

const formulasOf = (document: DerivationDocument): readonly Expr[] =>
  [...inlinesOf(document.blocks)].flatMap((inline) => (inline.kind === "formula" ? [inline.expr] : []));

describe.each(formats)("as %s", (format) => {
  const { document, printing } = example();
  const written = writeDocument(document, printing, format);

  test("every formula of the running text stands in it", () => {
    const wanted = formulasOf(document).map((expr) =>
      format === "text" ? plain(expr, printing) : latex(expr, printing),
    );
    const shown = format === "json" ? written.replaceAll("\\\\", "\\") : unescaped(written, format);
    for (const formula of wanted) expect(shown).toContain(formula);
  });

  test("every result stands in it", () => {
    for (const result of ["0.15", "0.0406811251", "1.2"]) expect(written).toContain(result);
  });

  test("every word stands in it", () => {
    for (const inline of inlinesOf(document.blocks)) {
      if (inline.kind !== "text" || inline.text.length > 60) continue;
      for (const word of inline.text.split(/[\s,.;]+/)) expect(written).toContain(word);
    }
  });

  test("nothing undefined, null or not a number is written", () => {
    const words = written.replace(/base64,[A-Za-z0-9+/=]*/g, "");
    expect(/undefined|NaN|Infinity|\[object/.exec(words)).toBeNull();
  });

  test("the same document gives the same bytes", () => {
    const again = example();
    expect(writeDocument(again.document, again.printing, format)).toBe(written);
  });

  test.each(Object.keys(notations) as (keyof typeof notations)[])("writes the dialect %s", (key) => {
    const dialect = example(undefined, notations[key]);
    expect(writeDocument(dialect.document, dialect.printing, format).length).toBeGreaterThan(1000);
  });

  test("a text of the user cannot act", () => {
    const hostile = example(hostileLabel);
    const text = writeDocument(hostile.document, hostile.printing, format);
    for (const forbidden of live[format]) expect(forbidden.exec(text)?.[0]).toBeUndefined();
  });
});

/** What must not appear in a format, whatever a user writes. */
const live: Readonly<Record<TextFormat, readonly RegExp[]>> = {
  json: [],
  html: [/<script/, /<img/, /<svg onload/, /href="javascript/],
  markdown: [/(^|[^\\])<script/, /(^|[^\\])\{\{/, /\{%/, /\[\[/, /(^|[^\\])\]\(/, /www\.a/, /http:/, /a@b/],
  tex: [/\\input/, /\\write18/, /\^\^/, /(?<!\n)\\end\{document\}/],
  text: [],
};

function unescaped(text: string, format: TextFormat): string {
  if (format !== "html") return text;
  return text
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#x27;", "'");
}

describe("JSON", () => {
  test("has LaTeX beside every line, accepted by KaTeX in strict mode", () => {
    const { document, printing } = example();
    const lines = [...equationsOf(document.blocks)].flatMap(({ lines }) => lines);
    const json = JSON.stringify(JSON.parse(writeDocument(document, printing, "json")));
    for (const line of lines) {
      const text = latexLine(line, printing);
      expect(json).toContain(JSON.stringify(text).slice(1, -1));
      expect(() => katex.renderToString(text, { strict: "error", throwOnError: true })).not.toThrow();
    }
  });
});

describe("plain text", () => {
  test("keeps to 100 columns and aligns the relations of a block", () => {
    const { document, printing } = example();
    const lines = writeDocument(document, printing, "text").split("\n");
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(100);
    const forward = lines.filter((line) => line.startsWith("    ") && line.includes(" = ")).slice(0, 5);
    expect(new Set(forward.map((line) => line.indexOf(" = "))).size).toBe(1);
  });
});
