// Layout -> plain Unicode text, for terminals, results files and alt text. Fractions lie on one line here, so this
// table adds the brackets that a fraction bar makes unnecessary.
import { greekLetters, type Name, type Part, separator } from "../../notation/name.ts";
import { type Table, write } from "../table.ts";
import { bracketsOf, type FactorSign, type Layout } from "./layout.ts";
import { plainNumber } from "./number.ts";

const factorSigns: Readonly<Record<FactorSign, string>> = {
  none: " ",
  dot: " · ",
  asterisk: " * ",
  times: " × ",
  odot: " ⊙ ",
};

const fences = { parentheses: ["(", ")"], bars: ["|", "|"], brackets: ["[", "]"] } as const;

const subscripts = charactersOf("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ");
const superscripts = charactersOf(
  "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
  "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
);

/** Longer scripts than this are easier to read behind _ or ^ than as small letters. */
const longestSmallScript = 4;

/** Letters that have a precomposed form with a hat; all others take the combining one. */
const hats = charactersOf("aceghijosuwyzACEGHIJOSUWYZ", "âĉêĝĥîĵôŝûŵŷẑÂĈÊĜĤÎĴÔŜÛŴŶẐ");
const combiningHat = "\u0302";

/** The plain text of a layout. Complexity: linear in its size. */
export function plainOf(layout: Layout): string {
  return write(rows, layout);
}

const rows: Table<Layout, [], string> = {
  name: ({ name }) => plainName(name),
  blank: ({ letter }) => `[${letter}]`,
  index: ({ text }) => text,
  number: ({ number }) => plainNumber(number),
  slash: ({ top, bottom }) => `${top}/${bottom}`,
  sum: ({ terms }) =>
    terms
      .map(({ minus, body }, position) => {
        const sign = position === 0 ? (minus ? "−" : "") : minus ? " − " : " + ";
        return sign + plainOf(body);
      })
      .join(""),
  product: ({ factors, signs }) =>
    factors
      .map((factor, position) => (position === 0 ? "" : between(factors, signs, position)) + plainOf(factor))
      .join(""),
  chain: ({ sides, signs }) =>
    sides
      .map((side, position) => (position === 0 ? "" : ` ${signs[position - 1]!} `) + plainOf(side))
      .join(""),
  fraction: ({ top, bottom }) =>
    `${top.kind === "sum" ? `(${plainOf(top)})` : plainOf(top)}/${isOneSymbol(bottom) ? plainOf(bottom) : `(${plainOf(bottom)})`}`,
  fenced: (layout) => bracketsOf(layout, fences).join(plainOf(layout.body)),
  power: ({ base, exponent }) => plainOf(base) + raised(plainOf(exponent)),
  exponential: ({ exponent }) => `e${raised(plainOf(exponent))}`,
  root: ({ body }) => `√(${plainOf(body)})`,
  function: ({ spelling }) => spelling.plain,
  primed: ({ head }) => `${plainOf(head)}′`,
  subscripted: ({ head, sub }) => plainOf(head) + lowered(plainOf(sub)),
  call: ({ head, before = "", args }) => `${plainOf(head)}(${before}${args.map(plainOf).join(", ")})`,
  summation: ({ under, from, to, body }) => {
    const limits =
      from === undefined ? lowered(under) : `_{${under}=${from}${to === undefined ? "" : `..${to}`}}`;
    return `Σ${limits} ${plainOf(body)}`;
  },
  transposed: ({ of }) => `${plainOf(of)}ᵀ`,
  array: ({ rows: lines }) => `[${lines.map((line) => line.map(plainOf).join(", ")).join("; ")}]`,
  differential: ({ sign, of }) => `${sign === "d" ? "d" : "∂"}${plainOf(of)}`,
  same: ({ left, right }) => `[${left} = ${right}]`,
  cases: ({ cases }) =>
    `{ ${cases.map(({ value, when }) => `${plainOf(value)} if ${plainOf(when.of)} ${when.relation} 0`).join("; ")} }`,
};

/** A dot beside a fraction: ∂E/∂a · ∂a/∂z, where a mere space would leave the bar's reach in doubt. */
function between(factors: readonly Layout[], signs: readonly FactorSign[], position: number): string {
  const sign = signs[position - 1]!;
  const beside = factors[position - 1]!.kind === "fraction" || factors[position]!.kind === "fraction";
  return sign === "none" && beside ? factorSigns.dot : factorSigns[sign];
}

/** What may stand behind a slash without brackets. */
function isOneSymbol(layout: Layout): boolean {
  switch (layout.kind) {
    case "name":
    case "index":
    case "fenced":
    case "call":
    case "root":
    case "differential":
      return true;
    case "number":
      return layout.number.exponent === undefined;
    case "power":
      return isOneSymbol(layout.base);
    default:
      return false;
  }
}

/** A name as text: δ₁⁽²⁾, net_h1, ŷ. */
export function plainName(name: Name): string {
  const letter = greekLetters.get(name.letter)?.plain ?? printable(name.letter);
  const accented = name.accent === "hat" ? (hats.get(letter) ?? letter + combiningHat) : letter;
  const script = plainScript(name.sub);
  // Small letters behind a word would be lost: net_h1.
  const sub = script === "" ? "" : name.upright ? behindLine(script) : lowered(script);
  const sup = name.sup.length === 0 ? "" : raised(plainScript(name.sup));
  return accented + sub + sup;
}

function plainScript(parts: readonly Part[]): string {
  return parts
    .map((part) => (typeof part === "string" ? printable(part) : plainName(part)))
    .join(separator(parts));
}

/** Greek words as letters; control characters, line breaks and bidirectional marks as their code points. */
function printable(text: string): string {
  const greek = greekLetters.get(text);
  if (greek) return greek.plain;
  return text.replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `[${character.codePointAt(0)!.toString(16).toUpperCase()}]`,
  );
}

function lowered(text: string): string {
  return small(text, subscripts) ?? behindLine(text);
}

function behindLine(text: string): string {
  return /^[\p{L}\p{N}]+$/u.test(text) ? `_${text}` : `_{${text}}`;
}

function raised(text: string): string {
  return small(text, superscripts) ?? (/^[A-Za-z0-9]$/.test(text) ? `^${text}` : `^(${text})`);
}

function small(text: string, letters: ReadonlyMap<string, string>): string | undefined {
  const characters = [...text];
  if (characters.length > longestSmallScript || !characters.every((character) => letters.has(character)))
    return undefined;
  return characters.map((character) => letters.get(character)).join("");
}

function charactersOf(from: string, to: string): ReadonlyMap<string, string> {
  const targets = [...to];
  return new Map([...from].map((character, position) => [character, targets[position]!]));
}
