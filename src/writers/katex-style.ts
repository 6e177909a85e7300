// KaTeX's style sheet with the fonts that a page uses inlined, so that the page loads nothing.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const stylePath = createRequire(import.meta.url).resolve("katex/dist/katex.min.css");

interface Face {
  readonly file: string;
  readonly family: string;
  readonly style: "normal" | "italic";
  /** LaTeX commands that call for the font; absent: every formula does. */
  readonly commands?: readonly string[];
}

const growing = ["\\left", "\\sqrt", "\\begin"];

/** The fonts of the constructs that we print: letters, digits, and the sizes of Σ, roots, braces and brackets. */
const faces: readonly Face[] = [
  { file: "KaTeX_Main-Regular", family: "KaTeX_Main", style: "normal" },
  { file: "KaTeX_Math-Italic", family: "KaTeX_Math", style: "italic" },
  { file: "KaTeX_Size1-Regular", family: "KaTeX_Size1", style: "normal", commands: ["\\sum", ...growing] },
  { file: "KaTeX_Size2-Regular", family: "KaTeX_Size2", style: "normal", commands: ["\\sum", ...growing] },
  { file: "KaTeX_Size3-Regular", family: "KaTeX_Size3", style: "normal", commands: growing },
  { file: "KaTeX_Size4-Regular", family: "KaTeX_Size4", style: "normal", commands: growing },
];

/** Filled once per process: at most one entry for each row of `faces`, and the rules. */
const cache = new Map<string, string>();

/** The rules and fonts for formulas given as LaTeX. */
export function katexStyle(formulas: readonly string[]): string {
  if (formulas.length === 0) return "";
  const isUsed = ({ commands }: Face): boolean =>
    commands === undefined ||
    commands.some((command) => formulas.some((formula) => formula.includes(command)));
  return faces.filter(isUsed).map(fontFace).join("") + once("rules", readRules);
}

function fontFace({ file, family, style }: Face): string {
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
