// Layout -> LaTeX that KaTeX accepts in strict mode and amsmath compiles. Scripts are always braced; every name is
// spelled letter by letter from its parts, so that no text of a user becomes a command.
import type { RelationSign } from "../../derivation/document.ts";
import { greekLetters, type Name, type Part, separator } from "../../notation/name.ts";
import { type Table, write } from "../table.ts";
import { bracketsOf, type FactorSign, isScripted, isTall, type Layout, type Operator } from "./layout.ts";
import type { NumberText } from "./number.ts";

const factorSigns: Readonly<Record<FactorSign, string>> = {
  none: " ",
  dot: " \\cdot ",
  asterisk: " * ",
  times: " \\times ",
  odot: " \\odot ",
};

export const relationSigns: Readonly<Record<RelationSign, string>> = {
  "=": "=",
  "≈": "\\approx",
  ":=": ":=",
  "←": "\\leftarrow",
};

/** What opens a row that goes on with a sum or product. */
export const operatorSigns: Readonly<Record<Operator, string>> = {
  plus: "+",
  minus: "-",
  none: "",
  dot: "\\cdot",
  asterisk: "*",
  times: "\\times",
  odot: "\\odot",
};

const fences = {
  parentheses: ["(", ")"],
  bars: ["\\lvert ", "\\rvert"],
  brackets: ["[", "]"],
} as const;

/** The LaTeX of a layout. Complexity: linear in its size. */
export function latexOf(layout: Layout): string {
  return write(rows, layout);
}

/** The LaTeX of sides with the signs between them. */
export function latexChain(sides: readonly string[], signs: readonly RelationSign[]): string {
  return sides.reduce((before, side, position) => `${before} ${relationSigns[signs[position - 1]!]} ${side}`);
}

/** Neighbouring rows of a matrix would touch; TeX counts this from the foot of a line of letters, which all else exceeds. */
const rowGaps = { tall: "[0.8em]", scripted: "[0.3em]", plain: "" } as const;

const rows: Table<Layout, [], string> = {
  name: ({ name }) => latexName(name),
  blank: ({ letter }) => `\\boxed{\\rule{0pt}{1.1em}_{\\text{${letter}}}\\hspace{2.5em}}`,
  index: ({ text }) => latexScript([text]),
  number: ({ number }) => latexNumber(number),
  slash: ({ top, bottom }) => `${top}/${bottom}`,
  sum: ({ terms }) =>
    terms
      .map(({ minus, body }, position) => {
        const sign = position === 0 ? (minus ? "-" : "") : minus ? " - " : " + ";
        return sign + latexOf(body);
      })
      .join(""),
  product: ({ factors, signs }) =>
    factors
      .map((factor, position) => (position === 0 ? "" : between(factors, signs, position)) + latexOf(factor))
      .join(""),
  chain: ({ sides, signs }) => latexChain(sides.map(latexOf), signs),
  fraction: ({ top, bottom }) => `\\frac{${latexOf(top)}}{${latexOf(bottom)}}`,
  fenced: (layout) => fenced(latexOf(layout.body), bracketsOf(layout, fences), isTall(layout.body)),
  power: ({ base, exponent }) => `${latexOf(base)}^{${latexOf(exponent)}}`,
  exponential: ({ exponent }) => `e^{${latexOf(exponent)}}`,
  root: ({ body }) => `\\sqrt{${latexOf(body)}}`,
  function: ({ spelling }) => spelling.latex,
  primed: ({ head }) => `${latexOf(head)}'`,
  subscripted: ({ head, sub }) => `${latexOf(head)}_{${latexOf(sub)}}`,
  call: ({ head, before = "", args }) => {
    const tall = args.some(isTall);
    return (
      latexOf(head) +
      (tall ? "\\!" : "") +
      fenced(before + args.map(latexOf).join(", "), fences.parentheses, tall)
    );
  },
  summation: ({ under, from, to, body }) => {
    const lower = from === undefined ? latexScript([under]) : `${latexScript([under])}=${from}`;
    return `\\sum_{${lower}}${to === undefined ? "" : `^{${to}}`} ${latexOf(body)}`;
  },
  transposed: ({ of }) => `${latexOf(of)}^{\\top}`,
  array: ({ rows: lines }) => {
    const entries = lines.flat();
    const gap = rowGaps[entries.some(isTall) ? "tall" : entries.some(isScripted) ? "scripted" : "plain"];
    const body = lines.map((line) => line.map(latexOf).join(" & ")).join(` \\\\${gap} `);
    return `\\begin{bmatrix} ${body} \\end{bmatrix}`;
  },
  differential: ({ sign, of }) => `${sign === "d" ? "d" : "\\partial"} ${latexOf(of)}`,
  same: ({ left, right }) => `[${latexScript([left])} = ${latexScript([right])}]`,
  cases: ({ cases }) => {
    const lines = cases.map(
      ({ value, when }) =>
        `${latexOf(value)} & ${latexOf(when.of)} ${when.relation === ">" ? ">" : "\\le"} 0`,
    );
    return `\\begin{cases} ${lines.join(" \\\\ ")} \\end{cases}`;
  },
};

function fenced(body: string, [open, close]: readonly [string, string], tall: boolean): string {
  return tall ? `\\left${open || "."}${body}\\right${close || "."}` : `${open}${body}${close}`;
}

/**
 * Words set upright, and fractions, need a space to their like, or two of them read as one. It is the control space:
 * KaTeX counts a thin space as several macros, and refuses a line of some hundred of them at its default settings.
 */
function between(factors: readonly Layout[], signs: readonly FactorSign[], position: number): string {
  const sign = signs[position - 1]!;
  const [left, right] = [factors[position - 1]!, factors[position]!];
  const close =
    isWord(left) ||
    isWord(right) ||
    [left, right].every(({ kind }) => kind === "fraction" || kind === "blank");
  return sign === "none" && close ? " \\ " : factorSigns[sign];
}

function isWord(layout: Layout): boolean {
  return layout.kind === "name"
    ? layout.name.upright === true
    : layout.kind === "power" && isWord(layout.base);
}

export function latexNumber({ negative, digits, exponent }: NumberText): string {
  const power = exponent === undefined ? "" : `10^{${exponent}}`;
  const mantissa = power === "" ? digits : digits === "1" ? "" : `${digits} \\times `;
  return `${negative ? "-" : ""}${mantissa}${power}`;
}

/** A name with its scripts: `\delta_{1}^{(2)}`, `\mathrm{net}_{h1}`. */
export function latexName(name: Name): string {
  const letter = latexLetter(name.letter);
  const base = name.accent === "hat" ? `\\hat{${letter}}` : letter;
  const sub = name.sub.length === 0 ? "" : `_{${latexScript(name.sub)}}`;
  const sup = name.sup.length === 0 ? "" : `^{${latexScript(name.sup)}}`;
  return base + sub + sup;
}

function latexLetter(letter: string): string {
  const greek = greekLetters.get(letter);
  if (greek) return greek.latex;
  return [...letter].length === 1 && isPlain(letter)
    ? letter
    : `\\mathrm{${[...letter].map(latexCharacter).join("")}}`;
}

function latexScript(parts: readonly Part[]): string {
  return parts
    .map((part) => (typeof part === "string" ? latexPart(part) : latexName(part)))
    .join(separator(parts));
}

/** Runs of letters and digits: h1 in italics, total upright, alpha as α. */
function latexPart(part: string): string {
  const pieces = part.match(/[A-Za-z]+|[0-9]+|[^A-Za-z0-9]/gu) ?? [];
  return pieces
    .map((piece) => (/^[A-Za-z]/.test(piece) ? latexLetter(piece) : [...piece].map(latexCharacter).join("")))
    .join("");
}

function isPlain(character: string): boolean {
  return /^[A-Za-z0-9(),+-]$/.test(character);
}

/** Greek letters as commands; what is neither letter nor digit prints as its code point, which no TeX acts upon. */
function latexCharacter(character: string): string {
  if (isPlain(character)) return character;
  const greek = greekByCharacter.get(character);
  return greek ?? `[${character.codePointAt(0)!.toString(16).toUpperCase()}]`;
}

const greekByCharacter = new Map([...greekLetters.values()].map(({ plain, latex }) => [plain, `${latex}{}`]));
