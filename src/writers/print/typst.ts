// Layout -> formula as data for the Typst template: a tree of lists that begin with what they are. The template builds
// it with Typst's own functions, so that no text of a user is ever read as Typst.
import type { RelationSign } from "../../derivation/document.ts";
import { greekLetters, type Name, type Part, separator } from "../../notation/name.ts";
import { type Table, write } from "../table.ts";
import { bracketsOf, type FactorSign, isTall, type Layout, type Operator } from "./layout.ts";
import type { NumberText } from "./number.ts";

/** A single character is set as mathematics sets it: letters in italics, signs with the space they ask for. */
export type Formula =
  | string
  /** One after the other. */
  | readonly ["row", ...Formula[]]
  /** Digits and words, upright. */
  | readonly ["upright", string]
  | readonly ["bold", string]
  /** The name of a function, with the space that it asks for. */
  | readonly ["operator", string]
  /** A frame with a letter and room to write in. */
  | readonly ["blank", letter: string]
  /** An empty space of so many em. */
  | readonly ["space", number]
  | readonly ["fraction", top: Formula, bottom: Formula]
  /** The same in one line: ∂E/∂w. */
  | readonly ["slashed", top: Formula, bottom: Formula]
  | readonly ["scripts", base: Formula, sub: Formula | null, sup: Formula | null]
  | readonly ["primed", head: Formula]
  | readonly ["hat", letter: Formula]
  /** Brackets as tall as what they hold. */
  | readonly ["fenced", open: string, body: Formula, close: string]
  | readonly ["root", body: Formula]
  /** A Σ with its limits. */
  | readonly ["summation", under: Formula, over: Formula | null]
  /** A matrix, its rows further apart where they hold fractions. */
  | readonly ["matrix", rows: readonly (readonly Formula[])[], tall: boolean]
  | readonly ["cases", rows: readonly (readonly Formula[])[]];

/** The signs of Typst's mathematics for what stands between two factors; none for factors side by side. */
const factorSigns: Readonly<Record<FactorSign, string | undefined>> = {
  none: undefined,
  dot: "⋅",
  asterisk: "∗",
  times: "×",
  odot: "⊙",
};

export const relationFormulas: Readonly<Record<RelationSign, Formula>> = {
  "=": "=",
  "≈": "≈",
  ":=": "≔",
  "←": "←",
};

const minus = "−";

/** What opens a row that goes on with a sum or product. */
export const operatorFormulas: Readonly<Record<Operator, string | undefined>> = {
  plus: "+",
  minus,
  ...factorSigns,
};

const fences = { parentheses: ["(", ")"], bars: ["|", "|"], brackets: ["[", "]"] } as const;

/** The formula of a layout. Complexity: linear in its size. */
export function formulaOf(layout: Layout): Formula {
  return write(rows, layout);
}

/** As it stands in a line of words, where a derivative of two letters is not worth the height of a fraction. */
export function inlineFormulaOf(layout: Layout): Formula {
  const isDerivative =
    layout.kind === "fraction" && layout.top.kind === "differential" && layout.bottom.kind === "differential";
  return isDerivative ? ["slashed", formulaOf(layout.top), formulaOf(layout.bottom)] : formulaOf(layout);
}

/** Sides that share a row, with the signs between them. */
export function chainFormula(sides: readonly Formula[], signs: readonly RelationSign[]): Formula {
  return row(
    ...sides.flatMap((side, position) =>
      position === 0 ? [side] : [relationFormulas[signs[position - 1]!], side],
    ),
  );
}

const row = (...parts: readonly Formula[]): Formula => (parts.length === 1 ? parts[0]! : ["row", ...parts]);

const rows: Table<Layout, [], Formula> = {
  name: ({ name }) => nameFormula(name),
  blank: ({ letter }) => ["blank", letter],
  index: ({ text }) => scriptFormula([text]),
  number: ({ number }) => numberFormula(number),
  slash: ({ top, bottom }) => ["upright", `${top}/${bottom}`],
  sum: ({ terms }) =>
    row(
      ...terms.flatMap(({ minus: negative, body }, position): readonly Formula[] => {
        if (position === 0) return negative ? [minus, formulaOf(body)] : [formulaOf(body)];
        return [negative ? minus : "+", formulaOf(body)];
      }),
    ),
  product: ({ factors, signs }) =>
    row(
      ...factors.flatMap((factor, position) => [
        ...(position === 0 ? [] : between(factors, signs, position)),
        formulaOf(factor),
      ]),
    ),
  chain: ({ sides, signs }) => chainFormula(sides.map(formulaOf), signs),
  fraction: ({ top, bottom }) => ["fraction", formulaOf(top), formulaOf(bottom)],
  fenced: (layout) => fenced(formulaOf(layout.body), bracketsOf(layout, fences), isTall(layout)),
  power: ({ base, exponent }) => ["scripts", formulaOf(base), null, formulaOf(exponent)],
  exponential: ({ exponent }) => ["scripts", "e", null, formulaOf(exponent)],
  root: ({ body }) => ["root", formulaOf(body)],
  function: ({ spelling, operator }) => functionFormula(spelling.plain, operator === true),
  primed: ({ head }) => ["primed", formulaOf(head)],
  subscripted: ({ head, sub }) => ["scripts", formulaOf(head), formulaOf(sub), null],
  call: ({ head, before, args }) => {
    const inner = args.flatMap((arg, position) => [...(position === 0 ? [] : [","]), formulaOf(arg)]);
    const opening = before === undefined ? [] : [...before.trim()].map(characterFormula);
    return row(formulaOf(head), fenced(row(...opening, ...inner), fences.parentheses, args.some(isTall)));
  },
  summation: ({ under, from, to, body }) => {
    const index = scriptFormula([under]);
    const lower = from === undefined ? index : row(index, "=", scriptFormula([from]));
    return row(["summation", lower, to === undefined ? null : scriptFormula([to])], formulaOf(body));
  },
  transposed: ({ of }) => ["scripts", formulaOf(of), null, "⊤"],
  array: ({ rows: lines }) => ["matrix", lines.map((line) => line.map(formulaOf)), lines.flat().some(isTall)],
  differential: ({ sign, of }) => row(sign === "d" ? "d" : "∂", formulaOf(of)),
  same: ({ left, right }) => row("[", scriptFormula([left]), "=", scriptFormula([right]), "]"),
  cases: ({ cases }) => [
    "cases",
    cases.map(({ value, when }) => [
      formulaOf(value),
      row(formulaOf(when.of), when.relation, ["upright", "0"]),
    ]),
  ],
};

function fenced(body: Formula, [open, close]: readonly [string, string], tall: boolean): Formula {
  if (tall || open === "|") return ["fenced", open, body, close];
  return row(...[open, body, close].filter((part) => part !== ""));
}

/** em: enough that two words, or two fractions, do not read as one. */
const thinSpace = 0.17;

function between(
  factors: readonly Layout[],
  signs: readonly FactorSign[],
  position: number,
): readonly Formula[] {
  const sign = factorSigns[signs[position - 1]!];
  if (sign !== undefined) return [sign];
  const [left, right] = [factors[position - 1]!, factors[position]!];
  const isApart = ({ kind }: Layout): boolean => kind === "fraction" || kind === "blank";
  const close = isWord(left) || isWord(right) || isApart(left) || isApart(right);
  return close ? [["space", thinSpace]] : [];
}

function isWord(layout: Layout): boolean {
  return layout.kind === "name"
    ? layout.name.upright === true
    : layout.kind === "power" && isWord(layout.base);
}

/** Functions of one letter are letters; all others are words. Nabla and ⊙ stand before their operand as signs do. */
function functionFormula(plain: string, isSign: boolean): Formula {
  if (plain === "𝟏") return ["bold", "1"];
  if (/^\d$/.test(plain)) return ["upright", plain];
  if ([...plain].length === 1 || isSign) return plain;
  const [word = "", sub] = plain.split("_");
  return sub === undefined ? ["operator", word] : ["scripts", ["operator", word], ["operator", sub], null];
}

export function numberFormula({ negative, digits, exponent }: NumberText): Formula {
  const sign = negative ? [minus] : [];
  if (exponent === undefined) return row(...sign, ["upright", digits]);
  const power: Formula = [
    "scripts",
    ["upright", "10"],
    null,
    row(...(exponent < 0 ? [minus] : []), ["upright", String(Math.abs(exponent))]),
  ];
  return digits === "1" ? row(...sign, power) : row(...sign, ["upright", digits], "×", power);
}

/** A name with its scripts: δ with 1 below and (2) above. */
function nameFormula(name: Name): Formula {
  const letter = letterFormula(name.letter);
  const base: Formula = name.accent === "hat" ? ["hat", letter] : letter;
  if (name.sub.length === 0 && name.sup.length === 0) return base;
  return [
    "scripts",
    base,
    name.sub.length === 0 ? null : scriptFormula(name.sub),
    name.sup.length === 0 ? null : scriptFormula(name.sup),
  ];
}

function letterFormula(letter: string): Formula {
  const greek = greekLetters.get(letter);
  if (greek) return greek.plain;
  return /^[A-Za-z]$/.test(letter) ? letter : ["upright", [...letter].map(visible).join("")];
}

function scriptFormula(parts: readonly Part[]): Formula {
  const comma = separator(parts);
  return row(
    ...parts.flatMap((part, position) => [
      ...(position > 0 && comma ? [comma] : []),
      ...(typeof part === "string" ? partFormulas(part) : [nameFormula(part)]),
    ]),
  );
}

/** Runs of letters and digits: h1 in italics, total upright, alpha as α. */
function partFormulas(part: string): readonly Formula[] {
  const pieces = part.match(/[A-Za-z]+|[0-9]+|[^A-Za-z0-9]/gu) ?? [];
  return pieces.map((piece) => {
    if (/^[A-Za-z]/.test(piece)) return letterFormula(piece);
    return /^[0-9]/.test(piece) ? ["upright", piece] : characterFormula(piece);
  });
}

const characterFormula = (character: string): Formula =>
  /^[0-9]$/.test(character)
    ? ["upright", character]
    : scriptSigns.has(character)
      ? character
      : ["upright", visible(character)];

const scriptSigns = new Set(["(", ")", ",", "+", "-", "[", "]"]);

/** What is neither letter, digit nor Greek prints as its code point, as in LaTeX. */
function visible(character: string): string {
  if (/^[A-Za-z0-9(),+-]$/.test(character) || greekCharacters.has(character)) return character;
  return `[${character.codePointAt(0)!.toString(16).toUpperCase()}]`;
}

const greekCharacters = new Set([...greekLetters.values()].map(({ plain }) => plain));
