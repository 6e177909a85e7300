// A text as a QR code (ISO/IEC 18004): its dark modules as bars, and these as an SVG path or as TikZ rectangles.
import { encodeQR } from "qr";

/** Modules of white around the code that readers ask for. */
const quietZone = 4;

/** Bytes that the largest code, version 40 with error correction L, holds. */
const mostBytes = 2953;

/** Dark modules beside each other in a row; seams would show between single squares. */
interface Bar {
  readonly row: number;
  readonly column: number;
  readonly width: number;
}

interface Code {
  /** Modules on a side, with the quiet zone on both ends. */
  readonly size: number;
  readonly bars: readonly Bar[];
}

/** Nothing where the text is too long for any code. */
function codeOf(text: string): Code | undefined {
  if (Buffer.byteLength(text) > mostBytes) return undefined;
  const rows = encodeQR(text, "raw", { ecc: "low", encoding: "byte", border: quietZone });
  return { size: rows.length, bars: rows.flatMap(barsOf) };
}

function barsOf(modules: readonly boolean[], row: number): readonly Bar[] {
  const bars: Bar[] = [];
  for (let column = 0; column < modules.length; column += 1) {
    const start = column;
    while (modules[column]) column += 1;
    const width = column - start;
    if (width > 0) bars.push({ row, column: start, width });
  }
  return bars;
}

/** `attributes` of the svg element come from us. Nothing where the text is too long for any code. */
export function qrSvg(text: string, attributes = ""): string | undefined {
  const code = codeOf(text);
  if (!code) return undefined;
  const { size, bars } = code;
  const path = bars.map(({ row, column, width }) => `M${column} ${row}h${width}v1h-${width}z`).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}"${attributes}><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
}

/** `side` in millimetres, with the quiet zone. Nothing where the text is too long for any code. */
export function qrTikz(text: string, side: number): string | undefined {
  const code = codeOf(text);
  if (!code) return undefined;
  const { size, bars } = code;
  const unit = (side / size).toFixed(tikzDecimals);
  const rectangles = bars.map(
    ({ row, column, width }) => `(${column},${row}) rectangle (${column + width},${row + 1})`,
  );
  return [
    `\\begin{tikzpicture}[x=${unit}mm,y=-${unit}mm]`,
    `\\useasboundingbox (0,0) rectangle (${size},${size});`,
    `\\fill ${rectangles.join("\n")};`,
    "\\end{tikzpicture}",
  ].join("\n");
}

/** Of the side of a module in millimetres: a thousandth on a side of 177 modules is less than a printer shows. */
const tikzDecimals = 4;
