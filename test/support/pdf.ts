// A PDF as other programs read it: Poppler its words, boxes and fonts, qpdf its objects.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a program prints about the file; `{}` among its words is the file. */
function about(pdf: Uint8Array, program: string, words: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "handgrad-pdf-"));
  try {
    const file = join(folder, "page.pdf");
    writeFileSync(file, pdf);
    const filled = words.map((word) => (word === "{}" ? file : word));
    const { error, status, stdout, stderr } = spawnSync(program, filled, { maxBuffer: 2 ** 28 });
    if (error) throw error;
    if (status !== 0) throw new Error(`${program} ends with ${status}: ${stderr}${stdout}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The words in reading order; parts of words that a line end separates stay apart. */
export const textOf = (pdf: Uint8Array): string => about(pdf, "pdftotext", ["{}", "-"]).toString("utf8");

/** Throws unless qpdf finds the file without errors and warnings. */
export function expectClean(pdf: Uint8Array): void {
  about(pdf, "qpdf", ["--check", "{}"]);
}

export interface Font {
  readonly name: string;
  readonly embedded: boolean;
}

export function fontsOf(pdf: Uint8Array): readonly Font[] {
  const [, rule = "", ...lines] = about(pdf, "pdffonts", ["{}"]).toString("utf8").split("\n");
  const widths = rule.split(" ").map((dashes) => dashes.length + 1);
  const starts = widths.map((_, column) => widths.slice(0, column).reduce((sum, width) => sum + width, 0));
  return lines
    .filter((line) => line !== "")
    .map((line) => ({
      name: line.slice(0, starts[1]).trim(),
      embedded: line.slice(starts[3], starts[4]).trim() === "yes",
    }));
}

/** In points, from the top left corner of the page. */
export interface WordBox {
  readonly word: string;
  readonly page: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** Where each word stands. */
export function boxesOf(pdf: Uint8Array): {
  readonly pages: readonly PageSize[];
  readonly words: readonly WordBox[];
} {
  const xml = about(pdf, "pdftotext", ["-bbox", "{}", "-"]).toString("utf8");
  const pages: PageSize[] = [];
  const words: WordBox[] = [];
  for (const [, width, height, left, top, right, bottom, word] of xml.matchAll(
    /<page width="([\d.]+)" height="([\d.]+)">|<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g,
  )) {
    if (width !== undefined) pages.push({ width: Number(width), height: Number(height) });
    else {
      const place = { left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) };
      words.push({ word: word!, page: pages.length, ...place });
    }
  }
  return { pages, words };
}

/** Punctuation may hang into the margin beside it by this share of the size of its letters. */
const hanging = 0.3;

/** em; the first and last line between the margins reach so far beyond its letters, with scripts. */
const rising = 1;

/**
 * The words and figures that stand outside of the margins, but for one line above and one below them. `margin` is in
 * millimetres, `fontSize` in points.
 */
export function beyondMargins(pdf: Uint8Array, margin: number, fontSize: number): readonly string[] {
  const { pages, words } = boxesOf(pdf);
  const { width, height } = pages[0]!;
  const edge = (margin * 72) / 25.4;
  const [beside, above] = [edge - hanging * fontSize, edge - rising * fontSize];
  const isBeside = (left: number, right: number): boolean => left < beside || right > width - beside;
  const isBetween = (top: number, bottom: number): boolean => top > above && bottom < height - above;
  const isHead = (top: number, bottom: number): boolean => top > 0 && bottom < edge;
  const isFoot = (top: number, bottom: number): boolean => top > height - edge && bottom < height;
  const outside = words.filter(
    ({ left, right, top, bottom }) =>
      isBeside(left, right) || !(isBetween(top, bottom) || isHead(top, bottom) || isFoot(top, bottom)),
  );
  const figures = figureBoxesOf(pdf).filter(
    ([left, bottom, right, top]) => isBeside(left!, right!) || !isBetween(bottom!, top!),
  );
  return [
    ...outside.map(({ word, page }) => `${word} on page ${page}`),
    ...marginLines(words, pages, edge),
    ...figures.map((box) => `a figure at ${box.join(", ")}`),
  ];
}

/** Pages with more than one line in a margin: what should stand between the margins has run into it. */
function marginLines(words: readonly WordBox[], pages: readonly PageSize[], edge: number): readonly string[] {
  return pages.flatMap(({ height }, position) => {
    const own = words.filter(({ page }) => page === position + 1);
    const linesOf = (line: readonly WordBox[]): number =>
      new Set(line.map(({ bottom }) => Math.round(bottom))).size;
    const head = linesOf(own.filter(({ bottom }) => bottom < edge));
    const foot = linesOf(own.filter(({ top }) => top > height - edge));
    return [
      ...(head > 1 ? [`${head} lines above page ${position + 1}`] : []),
      ...(foot > 1 ? [`${foot} lines below page ${position + 1}`] : []),
    ];
  });
}

/** An element of the structure tree: what it is, and what it says to who does not see it. */
export interface Element {
  readonly kind: string;
  readonly alt?: string;
  /** Of the head of a table: what it is the head of. */
  readonly scope?: string;
}

type Dictionary = Readonly<Record<string, unknown>>;

function objectsOf(pdf: Uint8Array): readonly Dictionary[] {
  const json = JSON.parse(about(pdf, "qpdf", ["--json=2", "--json-key=qpdf", "{}"]).toString("utf8"));
  const objects = Object.values(json.qpdf[1]) as { value?: unknown; stream?: { dict: Dictionary } }[];
  return objects
    .map(({ value, stream }) => value ?? stream?.dict)
    .filter(
      (value): value is Dictionary => typeof value === "object" && value !== null && !Array.isArray(value),
    );
}

/** Texts of PDF stand behind "u:" in qpdf's JSON. */
const textIn = (value: unknown): string => String(value).replace(/^u:/, "");

export function elementsOf(pdf: Uint8Array): readonly Element[] {
  return objectsOf(pdf)
    .filter((object) => "/S" in object && "/P" in object)
    .map((object) => ({
      kind: String(object["/S"]).slice(1),
      ...("/Alt" in object && { alt: textIn(object["/Alt"]) }),
      ...scopeIn(object["/A"]),
    }));
}

function scopeIn(attributes: unknown): { readonly scope?: string } {
  const scopes = [attributes].flat().map((own) => (own as Dictionary | undefined)?.["/Scope"]);
  const scope = scopes.find((own) => typeof own === "string");
  return scope === undefined ? {} : { scope: String(scope).slice(1) };
}

/** Whether a reader shows the title in place of the name of the file. */
export function isTitleShown(pdf: Uint8Array): boolean {
  return objectsOf(pdf).some((object) => {
    const preferences = object["/ViewerPreferences"] ?? object;
    return (preferences as Dictionary)["/DisplayDocTitle"] === true;
  });
}

/** Left, bottom, right and top of every figure, in points from the lower left corner of its page. */
export function figureBoxesOf(pdf: Uint8Array): readonly (readonly number[])[] {
  return objectsOf(pdf)
    .flatMap((object) => ("/A" in object ? [object["/A"]].flat() : []))
    .map((attributes) => (attributes as Dictionary)?.["/BBox"])
    .filter((box): box is number[] => Array.isArray(box));
}

/** The pixels of a page, four bytes each, as a scanner with `resolution` dots per inch sees them. */
export function scanned(
  pdf: Uint8Array,
  page: number,
  resolution: number,
): { readonly bytes: Uint8ClampedArray; readonly width: number; readonly height: number } {
  const place = ["-r", String(resolution), "-f", String(page), "-l", String(page)];
  const image = about(pdf, "pdftoppm", [...place, "{}"]);
  // The head of a PPM file: P6, width, height, the largest value of a colour.
  const [, width, height] = image.toString("latin1", 0, 40).split(/\s+/).map(Number) as [
    number,
    number,
    number,
  ];
  const colours = image.subarray(image.length - width * height * 3);
  const bytes = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    bytes.set(colours.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  return { bytes, width, height };
}

/** The language of the document, as its catalogue says it. */
export function languageOf(pdf: Uint8Array): string {
  return textIn(objectsOf(pdf).find((object) => object["/Type"] === "/Catalog")?.["/Lang"]);
}

/** The XMP metadata, which claim the standards that the file keeps. */
export function metadataOf(pdf: Uint8Array): string {
  return about(pdf, "pdfinfo", ["-meta", "{}"]).toString("utf8");
}
