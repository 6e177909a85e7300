// QR codes, read back by a decoder that shares nothing with the program that draws them.
import { describe, expect, it } from "vitest";
import type { WorksheetRequest } from "../src/request/schema.ts";
import { worksheet, worksheetDocument } from "../src/worksheets.ts";
import { qrSvg } from "../src/writers/qr.ts";
import { decode } from "./support/qr.ts";

/** Pixels for each module: decoders want a few. */
const scale = 4;

/** The picture's bars on a white ground, as a camera would see them: four bytes for each pixel. */
function pixelsOf(svg: string): { readonly bytes: Uint8ClampedArray; readonly side: number } {
  const side = Number(/ width="(\d+)"/.exec(svg)![1]) * scale;
  const bytes = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1)
      for (let column = Number(x) * scale; column < (Number(x) + Number(width)) * scale; column += 1)
        bytes.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
  return { bytes, side };
}

/** The same of TikZ: rectangles of modules, from the top left corner. */
function pixelsOfTikz(tikz: string): ReturnType<typeof pixelsOf> {
  const side = Number(/useasboundingbox \(0,0\) rectangle \((\d+),\1\)/.exec(tikz)![1]) * scale;
  const bytes = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const corners of tikz
    .slice(tikz.indexOf("\\fill"))
    .matchAll(/\((\d+),(\d+)\) rectangle \((\d+),(\d+)\)/g)) {
    const [left, top, right, bottom] = corners.slice(1).map((corner) => Number(corner) * scale);
    for (let row = top!; row < bottom!; row += 1)
      for (let column = left!; column < right!; column += 1)
        bytes.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
  }
  return { bytes, side };
}

const sheet: WorksheetRequest = {
  network: {
    kind: "layers",
    inputs: 1,
    layers: [{ type: "dense", units: 1, activation: "sigmoid" }],
    loss: "half-squared-error",
  },
  task: "numbers",
  seed: 3,
};

describe("The code on a sheet", () => {
  const [{ code }] = (worksheet(sheet) as { variants: [{ code: string }] }).variants;

  it("Is the one that JSON says", () => {
    expect(code).toMatch(/^3-[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it("Is drawn in HTML, and said", () => {
    const html = worksheetDocument(sheet, "html");
    const [svg] = /<svg[^>]* class="code".*?<\/svg>/.exec(html)!;
    const { bytes, side } = pixelsOf(svg);
    expect(decode(bytes, side, side)?.data).toBe(code);
    expect(svg).toContain(` role="img" aria-label="QR code of the variant ${code}"`);
  });

  it("Is drawn in TeX, without a package of its own", () => {
    const tex = worksheetDocument(sheet, "tex");
    const [tikz] = /\\begin\{tikzpicture\}.*?\\end\{tikzpicture\}/s.exec(tex)!;
    const { bytes, side } = pixelsOfTikz(tikz);
    expect(decode(bytes, side, side)?.data).toBe(code);
    expect([...tex.matchAll(/\\usepackage(?:\[.*?\])?\{(.*?)\}/g)].map(([, name]) => name)).not.toContain(
      "qrcode",
    );
  });

  it("Stands as text in Markdown and in text", () => {
    for (const format of ["markdown", "text"] as const)
      expect(worksheetDocument(sheet, format)).toContain(`Variant ${code}`);
  });
});

describe("A QR code", () => {
  it.each([1, 40, 300, 1200])("Of %i characters reads back as they were", (length) => {
    const text = `https://course.example/v1/derivations/${"eNq-_0Z9".repeat(length / 8 + 1).slice(0, length)}`;
    const { bytes, side } = pixelsOf(qrSvg(text)!);
    expect(decode(bytes, side, side)?.data).toBe(text);
  });

  it("Of letters beyond ASCII reads back as they were", () => {
    const text = "Übung δ – 3-K7Q2";
    const { bytes, side } = pixelsOf(qrSvg(text)!);
    expect(decode(bytes, side, side)?.data).toBe(text);
  });

  it("Is left out where no code is large enough", () => {
    expect(qrSvg("x".repeat(2953))).toBeDefined();
    expect(qrSvg("x".repeat(2954))).toBeUndefined();
  });
});
