// A picture as SVG: letters are paths, nothing is loaded or run, and title and description say what is seen.
import type { Language } from "../derivation/wording/wordings.ts";
import type {
  Box,
  Curve,
  Drawing,
  PlacedEdge,
  PlacedLabel,
  PlacedNode,
  Point,
} from "../picture/layout/drawing.ts";
import { layOut } from "../picture/layout/layout.ts";
import type { Picture, PictureGroup, PictureNode } from "../picture/picture.ts";
import type { FormulaBoxes } from "./katex-boxes.ts";
import { pictureStyle, type Theme } from "./picture/colours.ts";
import { fontSizes, type Typesetter, typesetter } from "./picture/typeset.ts";
import { xmlText } from "./picture/xml.ts";
import type { Printing } from "./print/scope.ts";
import { spokenInlines } from "./sentence.ts";

export interface SvgOptions {
  readonly theme: Theme;
  readonly language: Language;
  /** Instead of the picture's own title. */
  readonly title?: string;
  /** Laid out labels that the pictures of a document share. */
  readonly typeset?: Typesetter;
  /** Inside a page: the page has the style sheet, and ids of its own. */
  readonly inline?: Inline;
  /** Of a picture in steps: the one that stands still, from 1; absent: all after each other. */
  readonly frame?: number;
}

interface Inline {
  /** Of the ids of this picture. */
  readonly prefix: string;
  /** Laid out labels and letters, which all pictures of a page share; absent: the picture is the only one. */
  readonly letters?: PageLetters;
}

/** What the pictures of one page share. */
export interface PageLetters {
  readonly typeset: Typesetter;
  /** Of the ids of the letters. */
  readonly prefix: string;
  /** Letters that an earlier picture of the page has drawn. */
  readonly drawn: Set<string>;
}

/** The picture as a file, or as an element to stand in a page. */
export function writeSvg(picture: Picture, printing: Printing, options: SvgOptions): string {
  const { prefix = "", letters: shared } = options.inline ?? {};
  const letters = shared ?? {
    typeset: options.typeset ?? typesetter(printing),
    prefix,
    drawn: new Set(),
  };
  const drawing = layOut(picture, letters.typeset.measure);
  const page: Page = { letters, used: new Map() };
  const edges = drawing.edges.map((edge) => edgeLine(edge));
  const labels = drawing.edges.flatMap(({ label }) => (label ? [labelGroup(label, page, true)] : []));
  const nodes = drawing.nodes.map((node) => nodeGroup(node, page));
  const overlays = overlaysOf(drawing, page, options);
  const words = (inlines: Picture["title"]) => xmlText(spokenInlines(inlines, printing, options.language));
  const [width, height] = [drawing.width, drawing.height].map(rounded);
  const ids = ["title", "desc"].map((id) => `${prefix}${id}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="hgp${picture.frames ? " steps" : ""}" role="img" lang="${options.language}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${options.inline ? ` style="--width:${width}"` : ""} aria-labelledby="${ids.join(" ")}">`,
    `<title id="${ids[0]}">${options.title === undefined ? words(picture.title) : xmlText(options.title)}</title>`,
    `<desc id="${ids[1]}">${words(picture.description)}</desc>`,
    options.inline
      ? pointing(picture, options.inline.prefix)
      : `<style>${pictureStyle(options.theme)}${moving(drawing, options)}</style>`,
    definitions(page),
    options.inline ? "" : `<rect class="paper" width="${width}" height="${height}"/>`,
    ...edges,
    ...overlays.map(({ lines }) => lines),
    ...labels,
    ...nodes,
    ...overlays.map(({ marks }) => marks),
    "</svg>",
  ].join("");
}

interface Page {
  readonly letters: PageLetters;
  /** Path data of the letters that this picture is the first to use, by key. */
  readonly used: Map<string, string>;
}

/** Rules that show a path while something of its class is pointed at or focused in the section around the picture. */
function pointing({ paths }: Picture, prefix: string): string {
  if (paths.length === 0) return "";
  const shown = (marks: string, path: string) =>
    `.handgrad section:has(.${prefix}${marks}:is(:hover,:focus-within)) .${prefix}${path}{visibility:visible}`;
  const rules = paths.map((_, position) => shown(`to-path-${position + 1}`, `path-${position + 1}`));
  return `<style>${rules.join("")}${shown("to-paths", "path")}</style>`;
}

/** What stands out at times: its lines lie below the labels, its rings around the nodes. */
interface Overlay {
  readonly lines: string;
  readonly marks: string;
}

/** Chain products to be pointed at inside a page, and the frames of steps; each drawn over the picture. */
function overlaysOf(drawing: Drawing, page: Page, { frame, inline }: SvgOptions): readonly Overlay[] {
  const { paths, frames = [] } = drawing.picture;
  const shown = [...frames.keys()].filter((position) => frame === undefined || frame === position + 1);
  const last = shown.at(-1);
  const prefix = inline?.prefix ?? "";
  return [
    ...(inline ? paths : []).map((group, position) =>
      overlay(group, drawing, `class="o ${prefix}path ${prefix}path-${position + 1}"`, ""),
    ),
    ...shown.map((position) => {
      const captions = drawing.captions[position]!.map((label) => labelGroup(label, page, false)).join("");
      const time =
        frame === undefined
          ? `class="f${position === last ? " last" : ""}" style="animation-delay:${position * frameSeconds}s"`
          : 'class="f still"';
      return overlay(frames[position]!, drawing, time, captions);
    }),
  ];
}

function overlay(
  { nodes, edges }: Omit<PictureGroup, "name">,
  drawing: Drawing,
  attributes: string,
  captions: string,
): Overlay {
  const lines = edges.map((position) => {
    const { curve } = drawing.edges[position]!;
    return `<path class="e strong" d="${pathOf(curve)}"/><path class="h strong" d="${head(curve)}"/>`;
  });
  const rings = drawing.nodes
    .filter(({ node }) => nodes.includes(node.id))
    .map(({ node, outline }) => ring(node, outline));
  return {
    lines: `<g ${attributes}>${lines.join("")}</g>`,
    marks: `<g ${attributes}>${rings.join("")}${captions}</g>`,
  };
}

/** The outline of a node, thicker. */
function ring({ shape }: PictureNode, { x, y, width, height }: Box): string {
  if (shape === "circle")
    return `<circle class="ring" cx="${rounded(x)}" cy="${rounded(y)}" r="${rounded(width / 2)}"/>`;
  return `<rect class="ring" x="${rounded(x - width / 2)}" y="${rounded(y - height / 2)}" width="${rounded(width)}" height="${rounded(height)}" rx="6"/>`;
}

/** Time to read a step. */
const frameSeconds = 3;

/** Frames take turns; who wants no motion, and who prints, sees the last one. */
function moving({ picture: { frames = [] } }: Drawing, { frame }: SvgOptions): string {
  if (frames.length === 0 || frame !== undefined) return "";
  const turn = `@keyframes turn{0%{visibility:visible}${rounded(100 / frames.length)}%{visibility:hidden}100%{visibility:hidden}}`;
  const still = ".hgp .f{animation:none}.hgp .f.last{visibility:visible}";
  return `${turn}.hgp .f{visibility:hidden;animation:turn ${frames.length * frameSeconds}s step-end infinite}@media (prefers-reduced-motion:reduce){${still}}@media print{${still}}`;
}

function definitions({ used, letters: { prefix } }: Page): string {
  if (used.size === 0) return "";
  const shapes = [...used].map(([key, path]) => `<path id="${prefix}${key}" d="${path}"/>`);
  return `<defs>${shapes.join("")}</defs>`;
}

function edgeLine({ edge, curve }: PlacedEdge): string {
  const ends = `data-from="${xmlText(edge.from)}" data-to="${xmlText(edge.to)}"`;
  return `<path class="e ${edge.tone}" ${ends} d="${pathOf(curve)}"/><path class="h ${edge.tone}" d="${head(curve)}"/>`;
}

function pathOf([start, ...rest]: Curve): string {
  const pieces: string[] = [`M${spelled(start!)}`];
  for (let position = 0; position < rest.length; position += 3)
    pieces.push(
      `C${rest
        .slice(position, position + 3)
        .map(spelled)
        .join(" ")}`,
    );
  return pieces.join("");
}

/** px */
const headLength = 8;
const headWidth = 6.4;

/** An arrow head whose tip is the end of the curve. */
function head(curve: Curve): string {
  const tip = curve.at(-1)!;
  const before = curve.at(-2)!;
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const along = { x: (tip.x - before.x) / length, y: (tip.y - before.y) / length };
  const foot = { x: tip.x - along.x * headLength, y: tip.y - along.y * headLength };
  const side = { x: (-along.y * headWidth) / 2, y: (along.x * headWidth) / 2 };
  const wings = [
    { x: foot.x + side.x, y: foot.y + side.y },
    { x: foot.x - side.x, y: foot.y - side.y },
  ];
  return `M${[tip, ...wings].map(spelled).join("L")}Z`;
}

function nodeGroup({ node, outline, label, notes }: PlacedNode, page: Page): string {
  const { x, y, width, height } = outline;
  const shapes = {
    circle: `<circle class="n ${node.tone}" cx="${rounded(x)}" cy="${rounded(y)}" r="${rounded(width / 2)}"/>`,
    box: `<rect class="n ${node.tone}" x="${rounded(x - width / 2)}" y="${rounded(y - height / 2)}" width="${rounded(width)}" height="${rounded(height)}" rx="6"/>`,
    bare: "",
  };
  const texts = [
    labelGroup(label, page, node.shape === "bare"),
    ...notes.map((note) => labelGroup(note, page, true)),
  ];
  return `<g data-node="${xmlText(node.id)}">${shapes[node.shape]}${texts.join("")}</g>`;
}

/** Room around the letters that lines do not enter. */
const halo = 2;

function labelGroup(placed: PlacedLabel, page: Page, clear: boolean): string {
  const { x, y, width, height, tone } = placed;
  const boxes = page.letters.typeset.boxesOf(placed.label);
  const size = fontSizes[placed.place];
  const [left, top] = [x - width / 2, y - height / 2];
  const corner = (grow: number) =>
    `x="${rounded(left - grow)}" y="${rounded(top - grow)}" width="${rounded(width + 2 * grow)}" height="${rounded(height + 2 * grow)}"`;
  const origin = { x: left, y: top + boxes.height * size };
  return [
    `<g class="t ${tone}" data-label="${placed.place}">`,
    clear ? `<rect class="halo" ${corner(halo)}/>` : "",
    letters(boxes, origin, size, page),
    "</g>",
  ].join("");
}

function letters({ glyphs, bars, signs }: FormulaBoxes, origin: Point, size: number, page: Page): string {
  const at = (x: number, y: number): Point => ({ x: origin.x + x * size, y: origin.y + y * size });
  const { prefix, drawn } = page.letters;
  const uses = glyphs.map(({ key, outline, x, y, size: own }) => {
    if (!drawn.has(key)) page.used.set(key, outline.path);
    drawn.add(key);
    const place = at(x, y);
    return `<use href="#${prefix}${key}" transform="translate(${spelled(place)})scale(${thousandths(own * size)})"/>`;
  });
  const area = ({ x, y, width, height }: FormulaBoxes["bars"][number]): string => {
    const place = at(x, y);
    return `x="${rounded(place.x)}" y="${rounded(place.y)}" width="${rounded(width * size)}" height="${rounded(height * size)}"`;
  };
  return [
    ...uses,
    ...bars.map((bar) => `<rect ${area(bar)}/>`),
    ...signs.map(
      (sign) =>
        `<svg ${area(sign)} viewBox="${sign.viewBox}" preserveAspectRatio="xMinYMin slice"><path d="${sign.path}"/></svg>`,
    ),
  ].join("");
}

const rounded = (length: number): string => String(Math.round(length * 100) / 100);
const spelled = ({ x, y }: Point): string => `${rounded(x)} ${rounded(y)}`;

/** A font size in px as the factor of outlines in thousandths. */
const thousandths = (size: number): string => String(Math.round(size * 100) / 100_000);
