// The pictures of a page, and which formulas point out which path in them: by class names and `:has`, without a script.
import type { PictureBlock } from "../derivation/document.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import { pictureStyle } from "./picture/colours.ts";
import { typesetter } from "./picture/typeset.ts";
import { xmlText } from "./picture/xml.ts";
import { pictureDigits } from "./pictures.ts";
import type { Printing } from "./print/scope.ts";
import { spokenInlines } from "./sentence.ts";
import { type PageLetters, writeSvg } from "./svg.ts";

/** Rules for all pictures of a page; each picture adds those that show its own paths. */
export const pagePictureStyle: string = pictureStyle("auto", ".handgrad ");

/** Pictures of paths up to this height, in px, stay in sight while their formulas are read. */
const tallestStaying = 220;

const heightOf = (svg: string): number => Number(/ height="([\d.]+)"/.exec(svg)?.[1]);

/** Counts the pictures of one page, so that each has ids of its own. */
export class PagePictures {
  readonly #printing: Printing;
  readonly #language: Language;
  readonly #prefix: string;
  /** Class of what points out a path, by the path's name. */
  readonly #classes = new Map<string, string>();
  readonly #letters: PageLetters;
  #count = 0;

  constructor(printing: Printing, language: Language, prefix: string) {
    this.#printing = { ...printing, digits: Math.min(printing.digits, pictureDigits) };
    this.#language = language;
    this.#prefix = prefix;
    this.#letters = { typeset: typesetter(this.#printing), prefix, drawn: new Set() };
  }

  get count(): number {
    return this.#count;
  }

  /** The figure with its caption; formulas of its paths that come after it point into it. */
  figure({ picture, parameter }: PictureBlock): string {
    this.#count += 1;
    const prefix = `${this.#prefix}p${this.#count}-`;
    for (const [position, { name }] of picture.paths.entries())
      this.#classes.set(name, `${prefix}to-path-${position + 1}`);
    if (parameter !== undefined) this.#classes.set(parameter, `${prefix}to-paths`);
    const svg = writeSvg(picture, this.#printing, {
      theme: "auto",
      language: this.#language,
      inline: { prefix, letters: this.#letters },
    });
    const stays = picture.paths.length > 0 && heightOf(svg) <= tallestStaying ? " stays" : "";
    const caption = xmlText(spokenInlines(picture.title, this.#printing, this.#language));
    return `<figure class="picture${stays}"><div class="scroll" tabindex="0" role="group" aria-label="${caption}">${svg}</div></figure>`;
  }

  /** The class of a formula that points out a path, if a picture before it shows that path. */
  classOf(path: readonly string[]): string | undefined {
    return this.#classes.get(path.join(" "));
  }
}
