// QR codes, read back by a decoder that shares nothing with the program that draws them.
import { describe, expect, it } from "vitest";
import { qrSvg } from "../src/writers/pdf/qr.ts";
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

describe("A QR code", () => {
  it.each([1, 40, 300, 1200])("Of %i characters reads back as they were", (length) => {
    const text = `https://course.example/v1/derivations/${"eNq-_0Z9".repeat(length / 8 + 1).slice(0, length)}`;
    const { bytes, side } = pixelsOf(qrSvg(text)!);
    expect(decode(bytes, side, side)?.data).toBe(text);
  });

  it("Is left out where no code is large enough", () => {
    expect(qrSvg("x".repeat(2953))).toBeDefined();
    expect(qrSvg("x".repeat(2954))).toBeUndefined();
  });
});
