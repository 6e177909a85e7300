// Each flavour of Markdown, read back by the program that it is written for.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import katex from "katex";
import { describe, expect, test } from "vitest";
import type { Block, Inline } from "../src/derivation/document.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import { writeDocument } from "../src/writers/formats.ts";
import { type FlavorName, flavorNames, flavors } from "../src/writers/markdown-flavors.ts";
import { latexNumber } from "../src/writers/print/latex.ts";
import { latex } from "../src/writers/print/line.ts";
import { numberText } from "../src/writers/print/number.ts";
import type { Printing } from "../src/writers/print/scope.ts";
import { type DerivedDocument, derivedDocument } from "./support/derived-document.ts";
import { example } from "./support/document.ts";
import { hostileLabel, hostileLabels } from "./support/hostile.ts";
import { frontMatterOf, type Processed, processors } from "./support/processors.ts";

const folder = fileURLToPath(new URL("../examples", import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "index.json");

/** Every example, and the hostile one. */
const documents: readonly DerivedDocument[] = [
  ...names.map((name) =>
    derivedDocument(JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as DerivationRequest),
  ),
  example(hostileLabel),
];

/** The formulas of running text, in order. */
function inlineFormulas(blocks: readonly Block[], printing: Printing): readonly string[] {
  return blocks.flatMap((block) => inlineFormulasOf(block, printing));
}

function inlineFormulasOf(block: Block, printing: Printing): readonly string[] {
  const of = (list: readonly Inline[] = []): readonly string[] =>
    list.flatMap((inline) => {
      if (inline.kind === "formula") return [latex(inline.expr, printing)];
      return inline.kind === "value" ? [latexNumber(numberText(inline.value, printing.digits))] : [];
    });
  switch (block.kind) {
    case "section":
      return [...of(block.title), ...inlineFormulas(block.blocks, printing)];
    case "detail":
      return [...of(block.summary), ...inlineFormulas(block.blocks, printing)];
    case "paragraph":
    case "note":
      return of(block.inlines);
    case "equations":
      return block.lines.flatMap(({ because }) => of(because));
    case "list":
      return block.items.flatMap(of);
    case "table":
      return [block.caption, ...block.columns.map(({ title }) => title), ...block.rows.flat()].flatMap(
        (list) => of(list),
      );
    // A diagram has no formula of running text.
    case "picture":
    case "space":
      return [];
  }
}

/** Spaces between braces, and how < and > are written, change no formula. */
const plainly = (formula: string): string =>
  formula
    .replaceAll("\\lt ", "<")
    .replaceAll("\\gt ", ">")
    .replace(/\s+/g, " ")
    .replaceAll("{ {", "{{")
    .trim();

/** Quotation marks and dashes that a site sets as a printer would. */
const untypeset = (text: string): string =>
  text
    .replaceAll("\u2060", "")
    .replace(/[“”„]/g, '"')
    .replace(/[‘’]/g, "'")
    .replaceAll("—", "---")
    .replaceAll("–", "--")
    .replaceAll("…", "...")
    .replace(/\s+/g, " ")
    .trim();

const pagesIn = (flavor: FlavorName, frontMatter = true): readonly string[] =>
  documents.map(({ document, printing }) =>
    writeDocument(document, printing, "markdown", { flavor, frontMatter }),
  );

const readers = processors.flatMap(({ reads, ...processor }) =>
  reads.map((flavor) => ({ flavor, ...processor })),
);
const installed = readers.filter(({ isInstalled }) => isInstalled);

/** Texts that begin with what a line may not begin with, and marks in any order. */
const texts: readonly string[] = [
  ...hostileLabels,
  "!!! note",
  '??? "more"',
  "::: module",
  "{: .class}",
  "{% include x %} {{ site.x }}",
  "{{< env HOME >}} {{% raw %}}",
  "%% hidden %% ==marked== ^block",
  "`= 1 + 1` `r 1 + 1`",
  "++ctrl+alt++ ^^up^^ ~~out~~ {++in++}",
  '--8<-- "file"',
  "a | b",
  "[%|\\']",
  "[x] (y)",
  "*[HTML]: text",
  "term\n: definition",
  ...fc
    .sample(
      fc.string({ unit: fc.constantFrom(..."\\`*_{}[]<>()#+-.!|~$&@:^=%?'\"01w ".split("")), maxLength: 24 }),
      {
        seed: 20240501,
        numRuns: 300,
      },
    )
    .filter((text) => text.trim() !== ""),
];

describe("the table of flavours", () => {
  test("has the six that course sites are made with", () => {
    expect(flavorNames).toEqual(["gfm", "hugo", "jekyll", "obsidian", "quarto", "mkdocs"]);
  });

  test("has a program for each flavour", () => {
    for (const flavor of flavorNames) expect(readers.some((reader) => reader.flavor === flavor)).toBe(true);
  });
});

describe.each(installed)("$flavor, read by $name", ({ flavor, read }) => {
  test("has every formula of every example as it was", { timeout: 120_000 }, () => {
    const processed = read(pagesIn(flavor));
    for (const [position, { document, printing }] of documents.entries()) {
      const { inline, displays } = processed[position]!;
      expect(inline.map(plainly)).toEqual(inlineFormulas(document.blocks, printing).map(plainly));
      expect(displays.map(plainly)).toEqual(displaysIn(position).map(plainly));
    }
  });

  test("shows a user's words and nothing else", { timeout: 120_000 }, () => {
    const pages = texts.map((text) => `${flavors[flavor].text(text)}\n`);
    for (const [position, { paragraphs, marks, inline, displays }] of read(pages).entries()) {
      expect([...inline, ...displays], texts[position]).toEqual([]);
      expect(livelyOf(marks), texts[position]).toEqual([]);
      if (paragraphs.length > 0) expect(paragraphs.map(untypeset)).toEqual([untypeset(texts[position]!)]);
    }
  });

  test("keeps a title in its front matter", { timeout: 120_000 }, () => {
    const titles = [
      ...hostileLabels,
      "Title: with colon",
      "a: [b",
      "yes",
      "2024-01-01",
      "'",
      "\u0085\u2028\ufeff",
      "# x",
    ];
    const pages = titles.map((title) => {
      const { document, printing } = example(title);
      return writeDocument(document, printing, "markdown", { flavor, frontMatter: true });
    });
    const processed = read(pages);
    for (const [position, page] of pages.entries()) {
      const fields = frontMatterOf(page);
      const title = titles[position]!.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ");
      expect(Object.keys(fields)).toEqual([
        "title",
        "author",
        flavor === "quarto" ? "subtitle" : "course",
        "lang",
        "math",
      ]);
      expect(fields.title).toBe(flavors[flavor].frontMatterText(title));
      expect(fields.title).not.toMatch(flavor === "quarto" ? /(?<!\\)<(?!!--)/ : /\\[([]|\$\$/);
      const shown = processed[position]!.title;
      if (shown !== undefined) expect(untypeset(shown)).toBe(untypeset(title));
    }
  });
});

/** The displays of a document as they stand in GitHub's fences, which no rule of Markdown touches. */
function displaysIn(position: number): readonly string[] {
  const { document, printing } = documents[position]!;
  const page = writeDocument(document, printing, "markdown");
  return [...page.matchAll(/^```math\n([\s\S]*?)\n```$/gm)].map(([, formula = ""]) => formula);
}

/** Kinds of nodes and tags that words alone never give. */
function livelyOf(marks: Processed["marks"]): readonly string[] {
  const quiet = new Set([
    "root",
    "paragraph",
    "text",
    "p",
    "Para",
    "Str",
    "Space",
    "SoftBreak",
    "MetaInlines",
    "MetaBool",
    "article",
    "span",
  ]);
  const tokens = new Set([
    "paragraph_open",
    "paragraph_close",
    "inline",
    "text",
    "text_special",
    "RawInline",
  ]);
  return [...marks].filter((mark) => !quiet.has(mark) && !tokens.has(mark));
}

describe("displays", () => {
  test("are accepted by KaTeX as they stand", () => {
    for (const position of documents.keys())
      for (const formula of displaysIn(position))
        expect(() =>
          katex.renderToString(formula, { displayMode: true, strict: "error", maxExpand: 100_000 }),
        ).not.toThrow();
  });
});

describe("front matter", () => {
  const { document, printing } = example("Title");
  const written = (flavor: FlavorName, date: string): string =>
    writeDocument({ ...document, date }, printing, "markdown", { flavor, frontMatter: true });

  test("holds a date that a generator can read, and leaves others in the page", () => {
    expect(frontMatterOf(written("hugo", "2026-05-01")).date).toBe("2026-05-01");
    expect(frontMatterOf(written("hugo", "1 May 2026")).date).toBeUndefined();
    expect(written("quarto", "1 May 2026")).toContain("\n\n1 May 2026\n\n");
    expect(written("quarto", "2026-05-01")).not.toContain("\n\n2026-05-01\n\n");
  });

  test("takes the title's place where the site shows it", () => {
    for (const flavor of flavorNames) {
      const isShown = (["hugo", "jekyll", "quarto"] as const).some((name) => name === flavor);
      expect(/^# Title$/m.test(written(flavor, "2026-05-01"))).toBe(!isShown);
      expect(writeDocument(document, printing, "markdown", { flavor })).toMatch(/^# Title\n/);
    }
  });
});
