// Pictures as text: what a foreign reader of each language finds is what was drawn, and no name becomes a command.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exampleText } from "../src/examples.ts";
import { derivation } from "../src/index.ts";
import type { Picture } from "../src/picture/picture.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import { withRender } from "../src/request/render.ts";
import { writeDot } from "../src/writers/picture/dot.ts";
import { writeMermaid } from "../src/writers/picture/mermaid.ts";
import { writeTikz } from "../src/writers/picture/tikz.ts";
import { example } from "./support/document.ts";
import { hostileLabels } from "./support/hostile.ts";

const { printing } = example();

/** Two nodes and an edge, all named by the same texts. */
function pictureOf(id: string, words: string): Picture {
  const label = { kind: "words", text: words } as const;
  const node = { shape: "circle", tone: "plain", label, notes: [] } as const;
  return {
    title: [{ kind: "text", text: words }],
    description: [{ kind: "text", text: words }],
    nodes: [
      { ...node, id, column: 0 },
      { ...node, id: `${id} again`, column: 1 },
    ],
    edges: [{ from: id, to: `${id} again`, tone: "plain", label }],
    ordered: true,
    paths: [],
  };
}

const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    ...hostileLabels,
    '"]; x [label="',
    "%%{init: {}}%%",
    '"]\nclick n0 "javascript:alert(1)"',
    "end",
  ),
);

describe("Graphviz DOT", () => {
  /** Statements outside of quoted strings, and the strings with their escapes taken away. */
  function read(dot: string): { readonly bare: string; readonly strings: readonly string[] } {
    const strings: string[] = [];
    const bare = dot.replace(/"((?:[^"\\]|\\.)*)"/gs, (_, inner: string) => {
      strings.push(
        inner.replace(/\\(.)/gs, (_escape, character: string) => (character === "n" ? "\n" : character)),
      );
      return "S";
    });
    return { bare, strings };
  }

  it("reads back to the same names whatever they are", () => {
    const expected = read(writeDot(pictureOf("a", "b"), printing)).bare;
    fc.assert(
      fc.property(texts, texts, (id, words) => {
        const { bare, strings } = read(writeDot(pictureOf(id, words), printing));
        const shown = (text: string) => text.replaceAll("\n", "\n").replace(/[^\P{Cc}\n]/gu, " ");
        expect(bare).toBe(expected);
        expect(strings.slice(0, 3)).toEqual([words, id, words].map(shown));
      }),
    );
  });
});

describe("Mermaid", () => {
  const decoded = (text: string) => text.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));

  it("has one line for each thing, and labels that read back to the same text", () => {
    fc.assert(
      fc.property(texts, texts, (id, words) => {
        const lines = writeMermaid(pictureOf(id, words), printing, { language: "en" }).split("\n");
        expect(lines).toHaveLength(7);
        const [, label = ""] = /^ {2}n0\(\("(.*)"\)\)$/u.exec(lines[3]!)!;
        expect(label.replace(/#\d+;/g, "")).not.toMatch(/["<>`{}[\]%;#\\|&]/);
        expect(decoded(label)).toBe(words);
        expect(lines[5]).toBe(`  n0 -->|"${label}"| n1`);
        for (const line of lines.slice(1, 3)) expect(line).not.toMatch(/[%{}"<>#;`\\]/);
      }),
    );
  });
});

const installed = spawnSync("pdflatex", ["--version"]).status === 0;

describe.skipIf(!installed)("TikZ (skipped without pdflatex)", () => {
  it("compiles, for every view and whatever the names", () => {
    const views = ["units", "detailed", "path", "messages", "graph", "steps"] as const;
    const pictures = ["classic-2-2-2", "note-000"].flatMap((name) =>
      views.map((view) => {
        const { request } = readDerivationRequest(Buffer.from(exampleText(name)));
        return derivation(withRender(request, { view, values: true }), "tikz");
      }),
    );
    const hostile = hostileLabels.map((text) => writeTikz(pictureOf(text, text), printing));
    const folder = mkdtempSync(join(tmpdir(), "handgrad-tikz-"));
    const article = [
      "\\documentclass{article}\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\usepackage{amsmath,tikz}",
      "\\begin{document}",
      ...[...pictures, ...hostile].map((picture) => `${picture}\n`),
      "\\end{document}",
    ].join("\n");
    writeFileSync(join(folder, "pictures.tex"), article);
    const { status, stdout } = spawnSync(
      "pdflatex",
      ["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "pictures.tex"],
      { cwd: folder, encoding: "utf8" },
    );
    rmSync(folder, { recursive: true });
    expect(status, stdout.slice(-1500)).toBe(0);
  });
});

describe("PNG", () => {
  it("has twice the pixels of the picture", () => {
    const { request } = readDerivationRequest(Buffer.from(exampleText("note-001")));
    const bytes = Buffer.from(derivation(request, "png"), "base64");
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(derivation(request, "svg"))!;
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    // The IHDR chunk (PNG specification, 11.2.1) begins with width and height.
    expect(Math.abs(bytes.readUInt32BE(16) - 2 * Number(width))).toBeLessThan(1.01);
    expect(Math.abs(bytes.readUInt32BE(20) - 2 * Number(height))).toBeLessThan(1.01);
  });

  /** Type and content of every chunk, each held against its checksum by zlib. */
  function chunksOf(bytes: Buffer): readonly (readonly [type: string, content: Buffer])[] {
    const chunks: [string, Buffer][] = [];
    for (let start = 8; start < bytes.length; ) {
      const end = start + 8 + bytes.readUInt32BE(start);
      expect(bytes.readUInt32BE(end)).toBe(crc32(bytes.subarray(start + 4, end)));
      chunks.push([bytes.toString("latin1", start + 4, start + 8), bytes.subarray(start + 8, end)]);
      start = end + 4;
    }
    return chunks;
  }

  it("says what is seen, in texts of its own", () => {
    const { request } = readDerivationRequest(Buffer.from(exampleText("note-001")));
    const title = "κόσμε\0tEXt</title>";
    const chunks = chunksOf(
      Buffer.from(derivation({ ...request, language: "de", render: { title } }, "png"), "base64"),
    );
    expect(chunks[0]![0]).toBe("IHDR");
    const texts = chunks.filter(([type]) => type === "iTXt").map(([, content]) => content.toString("utf8"));
    expect(texts).toHaveLength(2);
    expect(texts[0]).toBe("Title\0\0\0de\0\0κόσμε tEXt</title>");
    expect(texts[1]).toMatch(
      /^Description\0\0\0de\0\0a 1 in Schicht 2 erhält x 1 mal w 1 und x 2 mal w 3\. /,
    );
  });
});
