// An SVG picture as pixels.
import { Resvg } from "@resvg/resvg-js";
import type { Language } from "../../derivation/wording/wordings.ts";
import { withText } from "./png-text.ts";

/** Pixels for each px of the picture: sharp on the screens of today and on paper. */
const scale = 2;

interface Words {
  readonly title: string;
  readonly description: string;
  readonly language: Language;
}

/** The bytes of the PNG file, in base64; the picture's letters are paths, so no font of the system is asked for. */
export function pngOf(svg: string, { title, description, language }: Words): string {
  const image = new Resvg(svg, { fitTo: { mode: "zoom", value: scale }, font: { loadSystemFonts: false } });
  const png = image.render().asPng();
  return withText(png, { Title: title, Description: description }, language).toString("base64");
}
