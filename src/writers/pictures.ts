// The formats of a picture: one row each.
import type { Language } from "../derivation/wording/wordings.ts";
import type { Picture } from "../picture/picture.ts";
import type { Theme } from "./picture/colours.ts";
import { writeDot } from "./picture/dot.ts";
import { writeMermaid } from "./picture/mermaid.ts";
import { pngOf } from "./picture/png.ts";
import { writeTikz } from "./picture/tikz.ts";
import type { Printing } from "./print/scope.ts";
import { spokenInlines } from "./sentence.ts";
import { writeSvg } from "./svg.ts";

/** Significant digits of numbers in a picture, unless the request says otherwise. */
export const pictureDigits = 4;

interface PictureOptions {
  readonly theme: Theme;
  readonly language: Language;
  /** Of formats that carry a title: instead of the picture's own. */
  readonly title?: string;
  /** Of a picture in steps: the one that stands still, from 1. */
  readonly frame?: number;
}

type PictureWriter = (picture: Picture, printing: Printing, options: PictureOptions) => string;

/** A file of pixels has no theme of its own to follow, and nothing moves in it. */
const writePng: PictureWriter = (picture, printing, options) => {
  const { frames } = picture;
  const still = frames && { frame: options.frame ?? frames.length };
  const theme = options.theme === "auto" ? "light" : options.theme;
  const spoken = (inlines: Picture["title"]) => spokenInlines(inlines, printing, options.language);
  return pngOf(writeSvg(picture, printing, { ...options, theme, ...still }), {
    title: options.title ?? spoken(picture.title),
    description: spoken(picture.description),
    language: options.language,
  });
};

export const pictureWriters = {
  svg: writeSvg,
  png: writePng,
  tikz: writeTikz,
  mermaid: writeMermaid,
  dot: writeDot,
} as const satisfies Record<string, PictureWriter>;

export type PictureFormat = keyof typeof pictureWriters;

export function isPictureFormat(format: string): format is PictureFormat {
  return Object.hasOwn(pictureWriters, format);
}
