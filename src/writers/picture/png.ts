// An SVG picture as pixels.
import { Resvg } from "@resvg/resvg-js";

/** Pixels for each px of the picture: sharp on the screens of today and on paper. */
const scale = 2;

/** The bytes of the PNG file, in base64; the picture's letters are paths, so no font of the system is asked for. */
export function pngOf(svg: string): string {
  const image = new Resvg(svg, { fitTo: { mode: "zoom", value: scale }, font: { loadSystemFonts: false } });
  return image.render().asPng().toString("base64");
}
