// A text as a QR code (ISO/IEC 18004), drawn as one SVG path of modules with the quiet zone of four modules around.
import qrcode from "qrcode-generator";

/** Modules of white around the code that readers ask for. */
const quietZone = 4;

/** Bytes that the largest code, version 40 with error correction L, holds. */
const mostBytes = 2953;

/** Nothing where the text is too long for any code. */
export function qrSvg(text: string): string | undefined {
  if (Buffer.byteLength(text) > mostBytes) return undefined;
  const code = qrcode(0, "L");
  code.addData(text, "Byte");
  code.make();
  const count = code.getModuleCount();
  const size = count + 2 * quietZone;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${modules(count, (row, column) => code.isDark(row, column))}"/></svg>`;
}

/** Runs of dark modules as bars one module high: seams between single squares would show. */
function modules(count: number, isDark: (row: number, column: number) => boolean): string {
  const bars: string[] = [];
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      const start = column;
      while (column < count && isDark(row, column)) column += 1;
      const width = column - start;
      if (width > 0) bars.push(`M${start + quietZone} ${row + quietZone}h${width}v1h-${width}z`);
    }
  }
  return bars.join("");
}
