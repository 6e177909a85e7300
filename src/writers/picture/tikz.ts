// A picture as TikZ: the places of the drawing, with formulas that LaTeX sets itself.
import type {
  Curve,
  Drawing,
  PlacedEdge,
  PlacedLabel,
  PlacedNode,
  Point,
} from "../../picture/layout/drawing.ts";
import { layOut } from "../../picture/layout/layout.ts";
import type { Picture } from "../../picture/picture.ts";
import type { Printing } from "../print/scope.ts";
import { palettes } from "./colours.ts";
import { latexOfLabel } from "./label.ts";
import { typesetter } from "./typeset.ts";

/** The text width of an A4 page with margins of 25 mm, in cm. */
const pageWidth = 16;

/** cm; at this size formulas of 10 pt fit where those of the drawing were measured. */
const pixel = 0.0265;

/** LaTeX's sizes for the labels, by place. */
const sizes: Readonly<Record<PlacedLabel["place"], string>> = {
  node: "\\normalsize",
  note: "\\footnotesize",
  edge: "\\footnotesize",
  caption: "\\normalsize",
};

/** The picture with a line break at its end; wider than a page, it is scaled as a whole. */
export function writeTikz(picture: Picture, printing: Printing): string {
  const drawing = layOut(picture, typesetter(printing).measure);
  const width = drawing.width * pixel;
  const lines = [
    `\\begin{tikzpicture}[x=${pixel}cm,y=-${pixel}cm,line width=0.6pt,inner sep=1.5pt]`,
    ...colours(),
    ...drawing.nodes.map(nodeLine),
    ...drawing.edges.map((edge) => edgeLine(edge, drawing)),
    ...labels(drawing).map((label) => labelLine(label, printing)),
    "\\end{tikzpicture}",
  ];
  const body = lines.join("\n");
  return width <= pageWidth ? `${body}\n` : `\\scalebox{${(pageWidth / width).toFixed(3)}}{%\n${body}}\n`;
}

/** The light palette under names of its own. */
function colours(): readonly string[] {
  const { line, tones } = palettes.light;
  const define = (name: string, colour: string) =>
    `\\definecolor{handgrad-${name}}{HTML}{${colour.slice(1).toUpperCase()}}`;
  return [
    define("line", line),
    ...Object.entries(tones).flatMap(([tone, { line: own, fill, ink }]) => [
      define(`${tone}-line`, own),
      define(`${tone}-fill`, fill),
      define(`${tone}-ink`, ink),
    ]),
  ];
}

function nodeLine({ node: { shape, tone }, outline }: PlacedNode): string {
  const { x, y, width, height } = outline;
  const style = `draw=handgrad-${tone}-line,fill=handgrad-${tone}-fill`;
  switch (shape) {
    case "circle":
      return `\\filldraw[${style}] ${at({ x, y })} circle[radius=${centimetres(width / 2)}];`;
    case "box":
      return `\\filldraw[${style},rounded corners=2pt] ${at({ x: x - width / 2, y: y - height / 2 })} rectangle ${at({ x: x + width / 2, y: y + height / 2 })};`;
    case "bare":
      return "";
  }
}

function edgeLine({ edge: { tone }, curve }: PlacedEdge, { picture }: Drawing): string {
  const colour = tone === "plain" ? "handgrad-line" : `handgrad-${tone}-line`;
  const strong = tone === "strong" || (tone === "backward" && !picture.frames) ? ",line width=1pt" : "";
  return `\\draw[-latex,draw=${colour}${strong}] ${path(curve)};`;
}

function path([start, ...rest]: Curve): string {
  const pieces = [at(start!)];
  for (let position = 0; position < rest.length; position += 3) {
    const [first, second, end] = rest.slice(position, position + 3) as [Point, Point, Point];
    pieces.push(`.. controls ${at(first)} and ${at(second)} .. ${at(end)}`);
  }
  return pieces.join(" ");
}

function labels({ nodes, edges }: Drawing): readonly (PlacedLabel & { readonly clear: boolean })[] {
  return [
    ...edges.flatMap(({ label }) => (label ? [{ ...label, clear: true }] : [])),
    ...nodes.flatMap(({ label, notes }) => [
      { ...label, clear: false },
      ...notes.map((note) => ({ ...note, clear: true })),
    ]),
  ];
}

function labelLine(label: PlacedLabel & { readonly clear: boolean }, printing: Printing): string {
  const style = [`text=handgrad-${label.tone}-ink`, ...(label.clear ? ["fill=white"] : [])].join(",");
  const formula = `$\\displaystyle ${latexOfLabel(label.label, printing)}$`;
  return `\\node[${style}] at ${at(label)} {${sizes[label.place]}${formula}};`;
}

const at = ({ x, y }: Point): string => `(${rounded(x)},${rounded(y)})`;

/** TikZ takes a radius without a unit by its own scale of x and y; with the two of different sign it must have one. */
const centimetres = (length: number): string => `${rounded(length * pixel * 100, 1) / 100}cm`;

function rounded(length: number, digits = 1): number {
  return Math.round(length * 10 ** digits) / 10 ** digits;
}
