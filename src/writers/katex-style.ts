// KaTeX's style sheet with the fonts that a page uses inlined, so that the page loads nothing.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const stylePath = createRequire(import.meta.url).resolve("katex/dist/katex.min.css");

/** Each font file with the CSS family and style it serves, and how its use shows in the HTML. */
const faces: readonly {
  readonly file: string;
  readonly family: string;
  readonly style: string;
  readonly use: RegExp;
}[] = [
  { file: "KaTeX_Main-Regular", family: "KaTeX_Main", style: "normal", use: /class="katex"/ },
  { file: "KaTeX_Math-Italic", family: "KaTeX_Math", style: "italic", use: /mathnormal/ },
  { file: "KaTeX_Size1-Regular", family: "KaTeX_Size1", style: "normal", use: /small-op|delim-size1|size1/ },
  { file: "KaTeX_Size2-Regular", family: "KaTeX_Size2", style: "normal", use: /large-op|delimsizing size2/ },
  { file: "KaTeX_Size3-Regular", family: "KaTeX_Size3", style: "normal", use: /delimsizing size3/ },
  {
    file: "KaTeX_Size4-Regular",
    family: "KaTeX_Size4",
    style: "normal",
    use: /delim-size4|delimsizing size4/,
  },
  { file: "KaTeX_AMS-Regular", family: "KaTeX_AMS", style: "normal", use: /amsrm/ },
];

/** Filled once per process: at most one entry for each row of `faces`, and the rules. */
const cache = new Map<string, string>();

/** The rules and fonts for the formulas in `html`. */
export function katexStyle(html: string): string {
  if (!html.includes('class="katex"')) return "";
  return (
    faces
      .filter(({ use }) => use.test(html))
      .map(fontFace)
      .join("") + once("rules", readRules)
  );
}

function fontFace({ file, family, style }: (typeof faces)[number]): string {
  return once(file, () => {
    const data = readFileSync(stylePath.replace("katex.min.css", `fonts/${file}.woff2`)).toString("base64");
    return `@font-face{font-family:${family};font-style:${style};font-weight:400;font-display:block;src:url(data:font/woff2;base64,${data}) format("woff2")}`;
  });
}

/** All rules but the fonts, and but the one that counts equations on the host page's body. */
function readRules(): string {
  return readFileSync(stylePath, "utf8")
    .replace(/@font-face\{[^}]*\}/g, "")
    .replace(/body\{[^}]*\}/g, "");
}

function once(key: string, compute: () => string): string {
  const known = cache.get(key) ?? compute();
  cache.set(key, known);
  return known;
}
