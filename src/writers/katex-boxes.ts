// The boxes of a formula: where KaTeX puts every letter, line and root sign. KaTeX lays a formula out as nested elements
// for its style sheet; here the same rules of that sheet (katex.scss 0.19) are followed with numbers, so that a picture's
// formulas look as they do in the page, without fonts, style sheet or browser.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import katex from "katex";
import { type Outline, type TrueTypeFont, trueTypeFont } from "./typeset/true-type.ts";

/** A letter at its place; all lengths in em of the formula, y downwards from the base line. */
interface Glyph {
  /** Font and code point: equal keys are equal shapes. */
  readonly key: string;
  readonly outline: Outline;
  readonly x: number;
  readonly y: number;
  /** Font size. */
  readonly size: number;
}

/** A fraction bar. */
interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A root sign or a tall bracket: a path in a view box of its own, cut off at its right edge. */
interface Sign extends Bar {
  readonly viewBox: string;
  readonly path: string;
}

/** A formula laid out; `height` and `depth` reach from the base line to the ink. */
export interface FormulaBoxes {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly glyphs: readonly Glyph[];
  readonly bars: readonly Bar[];
  readonly signs: readonly Sign[];
}

/** What KaTeX's tree of elements consists of, as far as it is read here. */
interface TreeNode {
  readonly classes?: readonly string[];
  readonly children?: readonly TreeNode[];
  readonly style?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Of letters. */
  readonly text?: string;
  readonly italic?: number;
  /** Of the path of a root sign. */
  readonly toMarkup: () => string;
}

/** A function of KaTeX's that its types leave out: the tree that it writes its HTML from. */
interface KatexTree {
  readonly __renderToHTMLTree: (text: string, options: object) => TreeNode;
}

/** The boxes of a formula in LaTeX that KaTeX accepts in strict mode. Linear in its letters. */
export function formulaBoxes(latex: string): FormulaBoxes {
  const { __renderToHTMLTree: layOut } = katex as unknown as KatexTree;
  const tree = layOut(latex, { strict: "error", trust: false, maxExpand: 100_000, maxSize: 20, macros: {} });
  const ink: Ink = { glyphs: [], bars: [], signs: [] };
  const width = place(tree, { x: 0, y: 0, size: 1, font: plainFont, align: "left" }, ink);
  const tops = [
    ...ink.glyphs.map(({ y, size, outline }) => (outline.height * size) / 1000 - y),
    ...[...ink.bars, ...ink.signs].map(({ y }) => -y),
  ];
  const bottoms = [
    ...ink.glyphs.map(({ y, size, outline }) => (outline.depth * size) / 1000 + y),
    ...[...ink.bars, ...ink.signs].map(({ y, height }) => y + height),
  ];
  return { width, height: Math.max(0, ...tops), depth: Math.max(0, ...bottoms), ...ink };
}

interface Ink {
  readonly glyphs: Glyph[];
  readonly bars: Bar[];
  readonly signs: Sign[];
}

interface Face {
  readonly family: string;
  readonly bold: boolean;
  readonly italic: boolean;
}

const plainFont: Face = { family: "Main", bold: false, italic: false };

type Align = "left" | "center" | "right";

/** What an element is placed in: the pen, the size of an em there, what it inherits. */
interface Pen {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly font: Face;
  readonly align: Align;
}

/** Classes that change the font, as the style sheet has them. */
const fonts: Readonly<Record<string, Partial<Face>>> = {
  mathnormal: { family: "Math", italic: true },
  mathit: { family: "Main", italic: true },
  mathrm: { italic: false },
  textrm: { family: "Main" },
  mainrm: { family: "Main", italic: false },
  mathbf: { family: "Main", bold: true },
  textbf: { bold: true },
  boldsymbol: { family: "Math", bold: true, italic: true },
  amsrm: { family: "AMS" },
  mathcal: { family: "Caligraphic" },
  "small-op": { family: "Size1" },
  "large-op": { family: "Size2" },
  "delim-size1": { family: "Size1" },
  "delim-size4": { family: "Size4" },
};

/** Classes that say where the shorter parts of a stack stand. */
const alignments: Readonly<Record<string, Align>> = {
  mfrac: "center",
  "op-limits": "center",
  "katex-accent": "center",
  "col-align-c": "center",
  "col-align-l": "left",
  "col-align-r": "right",
  msupsub: "left",
  "svg-align": "left",
};

/** Sizes of the classes size1 to size11, in em of the formula. */
const sizes = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.44, 1.728, 2.074, 2.488];

/** Numbers 1 to 11 of the classes that begin so. */
const numbered = (start: string): Readonly<Record<string, number>> =>
  Object.fromEntries(sizes.map((_, position) => [`${start}${position + 1}`, position + 1]));

/** The size that an element changes to, and the one that it changes from. */
const [sizeClasses, resetClasses] = [numbered("size"), numbered("reset-size")];

/** Elements without width: they give lines their height. */
const struts: ReadonlySet<string> = new Set(["katex-strut", "strut", "pstrut", "vlist-s"]);

/** The space of a missing bracket, in em. */
const nullDelimiter = 0.12;

/** Places an element and what is in it; returns how far the pen moves. */
function place(node: TreeNode, pen: Pen, ink: Ink): number {
  const classes = node.classes ?? [];
  if (classes.some((name) => struts.has(name))) return 0;
  const { x, y, size, font, align } = entered(classes, pen);
  if (classes.includes("nulldelimiter")) return nullDelimiter * size;
  if (classes.includes("arraycolsep")) return size * em(node, "width");
  const before = size * em(node, "marginLeft") + size * em(node, "paddingLeft");
  const at = { x: x + before + size * em(node, "left"), y: y + size * em(node, "top"), size, font, align };
  const inner = classes.includes("vlist-t")
    ? stack(node, at, ink)
    : content(node, at, ink, size * em(node, "height"));
  const width = classes.includes("accent-body") ? 0 : Math.max(inner, size * em(node, "width"));
  return before + width + size * em(node, "marginRight");
}

/** A length of an element's own style. */
function em({ style }: TreeNode, name: string): number {
  const length = style?.[name];
  return length ? Number.parseFloat(length) : 0;
}

function content(node: TreeNode, pen: Pen, ink: Ink, height: number): number {
  if (node.text !== undefined) return letters(node, node.text, pen, ink);
  const [first] = node.children ?? [];
  const viewBox = first?.attributes?.viewBox;
  if (viewBox !== undefined) {
    const path = / d=["']([^"']*)["']/.exec(first!.toMarkup())?.[1] ?? "";
    ink.signs.push({ x: pen.x, y: pen.y - height, width: 0, height, viewBox, path });
    return 0;
  }
  let width = 0;
  for (const child of node.children ?? []) width += place(child, { ...pen, x: pen.x + width }, ink);
  return width;
}

function firstIn(classes: readonly string[], numbers: Readonly<Record<string, number>>): number | undefined {
  for (const name of classes) if (numbers[name] !== undefined) return numbers[name];
  return undefined;
}

/** What an element's classes change. */
function entered(classes: readonly string[], pen: Pen): Pen {
  let { size, font, align } = pen;
  const to = firstIn(classes, sizeClasses);
  const from = firstIn(classes, resetClasses);
  if (to !== undefined && from !== undefined) size *= sizes[to - 1]! / sizes[from - 1]!;
  else if (to !== undefined && classes.includes("delimsizing")) font = { ...font, family: `Size${to}` };
  for (const name of classes) {
    if (fonts[name]) font = { ...font, ...fonts[name] };
    align = alignments[name] ?? align;
  }
  return { x: pen.x, y: pen.y, size, font, align };
}

/** Parts above each other: each is placed at its own height, the narrower ones aligned, lines as wide as the widest. */
function stack(node: TreeNode, pen: Pen, ink: Ink): number {
  const parts = (node.children?.[0]?.children?.[0]?.children ?? []).map((wrapper) => {
    const strut = wrapper.children?.find(({ classes }) => classes?.includes("pstrut"));
    const height =
      Number.parseFloat(strut?.style?.height ?? "0") + Number.parseFloat(wrapper.style?.top ?? "0");
    const part: Ink = { glyphs: [], bars: [], signs: [] };
    const inner = (wrapper.children ?? []).filter((child) => child !== strut);
    const { classes = [], style, toMarkup } = wrapper;
    const moved: TreeNode = { classes, style: { ...style, top: "0em" }, children: inner, toMarkup };
    const width = place(moved, { ...pen, y: pen.y + height * pen.size }, part);
    const line = inner.find(({ classes }) => classes?.includes("frac-line"))?.style?.borderBottomWidth;
    return { part, width, line, y: pen.y + height * pen.size };
  });
  const total = Math.max(0, ...parts.map(({ width }) => width));
  for (const { part, width, line, y } of parts) {
    const shift = { left: 0, center: (total - width) / 2, right: total - width }[pen.align];
    ink.glyphs.push(
      ...(shift === 0 ? part.glyphs : part.glyphs.map((glyph) => ({ ...glyph, x: glyph.x + shift }))),
    );
    ink.bars.push(...part.bars.map((bar) => ({ ...bar, x: bar.x + shift })));
    // A sign without a width of its own is as wide as what stands below it.
    ink.signs.push(...part.signs.map((sign) => ({ ...sign, width: sign.width || width || total })));
    if (line !== undefined) {
      const height = Number.parseFloat(line) * pen.size;
      ink.bars.push({ x: pen.x, y: y - height, width: total, height });
    }
  }
  return total;
}

function letters(node: TreeNode, text: string, pen: Pen, ink: Ink): number {
  let width = 0;
  for (const letter of text) {
    const { outline, key } = shapeOf(letter, pen.font);
    if (outline.path !== "") ink.glyphs.push({ key, outline, x: pen.x + width, y: pen.y, size: pen.size });
    width += (outline.advance / 1000) * pen.size;
  }
  return width + (node.italic ?? 0) * pen.size;
}

interface Shape {
  readonly key: string;
  readonly outline: Outline;
}

const nothing: Outline = { path: "", advance: 0, height: 0, depth: 0 };

/** The letter in its font, or in the plain one, where the browser would look next; invisible letters have no shape. */
function shapeOf(letter: string, face: Face): Shape {
  const code = letter.codePointAt(0)!;
  for (const candidate of [face, plainFont, amsFont]) {
    const name = fileOf(candidate);
    const outline = fontNamed(name)?.outlineOf(code);
    if (outline) return { key: `${name}-${code.toString(16)}`, outline };
  }
  return { key: "none", outline: nothing };
}

const amsFont: Face = { family: "AMS", bold: false, italic: false };

function fileOf({ family, bold, italic }: Face): string {
  if (family === "Math") return `Math-${bold ? "BoldItalic" : "Italic"}`;
  if (family !== "Main") return `${family}-Regular`;
  return `Main-${bold ? (italic ? "BoldItalic" : "Bold") : italic ? "Italic" : "Regular"}`;
}

const resolve = createRequire(import.meta.url).resolve;

/** Fonts that were read; a dozen files at most. */
const read = new Map<string, TrueTypeFont>();

function fontNamed(name: string): TrueTypeFont {
  const known = read.get(name);
  if (known) return known;
  const font = trueTypeFont(readFileSync(resolve(`katex/dist/fonts/KaTeX_${name}.ttf`)));
  read.set(name, font);
  return font;
}
