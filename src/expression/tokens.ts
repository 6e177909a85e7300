// The signs, names and numbers that formula text is made of, with the places where they stand.
import { enforceLimit, Failure } from "../failure.ts";
import { parseRational, type Rational } from "./rational.ts";

export const formulaLimits = { characters: 2000, tokens: 500, depth: 64, nameLength: 32 } as const;

export type Token = { readonly position: number; readonly text: string } & (
  | { readonly kind: "number" | "superscript"; readonly value: Rational }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "mark" | "end" }
);

/** Signs pasted from typeset text, and the sign of the language that each stands for. */
const markOf = new Map([
  ...[..."+-*/^(),="].map((mark) => [mark, mark] as const),
  ["−", "-"],
  ["×", "*"],
  ["·", "*"],
  ["⋅", "*"],
  ["∗", "*"],
]);

/** Greek letters and the words they are short for; capitals that look like Latin letters are left out. */
const greekWords = new Map(
  Object.entries({
    α: "alpha",
    β: "beta",
    γ: "gamma",
    δ: "delta",
    ε: "epsilon",
    ϵ: "epsilon",
    ζ: "zeta",
    η: "eta",
    θ: "theta",
    ϑ: "theta",
    ι: "iota",
    κ: "kappa",
    λ: "lambda",
    μ: "mu",
    µ: "mu",
    ν: "nu",
    ξ: "xi",
    ο: "omicron",
    π: "pi",
    ρ: "rho",
    σ: "sigma",
    τ: "tau",
    υ: "upsilon",
    φ: "phi",
    ϕ: "phi",
    χ: "chi",
    ψ: "psi",
    ω: "omega",
    Γ: "Gamma",
    Δ: "Delta",
    Θ: "Theta",
    Λ: "Lambda",
    Ξ: "Xi",
    Π: "Pi",
    Σ: "Sigma",
    Φ: "Phi",
    Ψ: "Psi",
    Ω: "Omega",
  }),
);

const subscriptDigits = "₀₁₂₃₄₅₆₇₈₉";
const superscriptDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const combiningHat = "\u0302";

const space = /\s+/y;
const number = /(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const superscript = /[⁰¹²³⁴⁵⁶⁷⁸⁹]+/y;
// A letter is Latin, Greek, or Latin with a hat; which Greek and which accents are known is asked afterwards.
const letter =
  "(?:[A-Za-z]\u0302?|[\u00b5\u0370-\u03ff]|[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f\u1e00-\u1eff])";
const name = new RegExp(`${letter}(?:${letter}|[0-9])*(?:_(?:${letter}|[0-9])+|[₀-₉]+)*`, "y");

/** What is read: a formula, the partial of a primitive, which has entries y[k] besides, or an equation. */
export type Language = "formula" | "partial" | "equation";

/** The tokens of a text, with one for its end. Throws Failure "formula-syntax" with the position, or "limit-exceeded". */
export function tokenize(text: string, language: Language): readonly Token[] {
  limit("characters", "characters", text.length, "shorten it or split it into several equations");
  const tokens: Token[] = [];
  let position = skipSpace(text, 0);
  while (position < text.length) {
    const token = tokenAt(text, position, language);
    tokens.push(token);
    limit("tokens", "signs, names and numbers", tokens.length, "split it into several equations");
    position = skipSpace(text, position + token.text.length);
  }
  return [...tokens, { kind: "end", text: "", position: text.length }];
}

function skipSpace(text: string, position: number): number {
  return position + (matchAt(space, text, position)?.length ?? 0);
}

function matchAt(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
}

function tokenAt(text: string, position: number, language: Language): Token {
  const digits = matchAt(number, text, position);
  if (digits !== undefined)
    return { kind: "number", value: numberValue(digits, position), text: digits, position };
  const raised = matchAt(superscript, text, position);
  if (raised !== undefined)
    return { kind: "superscript", value: raisedValue(raised), text: raised, position };
  const written = matchAt(name, text, position);
  if (written !== undefined)
    return { kind: "name", name: nameFrom(written, position), text: written, position };
  const character = text[position]!;
  const mark = language === "partial" && "[]".includes(character) ? character : markOf.get(character);
  if (mark !== undefined) return { kind: "mark", text: mark, position };
  throw unknownCharacter(text, position);
}

function numberValue(text: string, position: number): Rational {
  const value = parseRational(text);
  if (value !== undefined) return value;
  throw syntaxFailure(
    `The number ${text.slice(0, 20)}… at character ${position + 1} is outside the range that is calculated with; ` +
      "use at most 400 digits and exponents up to 400.",
    position,
  );
}

function raisedValue(text: string): Rational {
  const digits = [...text].map((character) => superscriptDigits.indexOf(character)).join("");
  return parseRational(digits)!;
}

/** The name in the letters of the language: Greek letters as words, hats as `hat`, subscript digits after `_`. */
function nameFrom(written: string, position: number): string {
  const plain = [...written]
    .map((character, offset) => plainCharacter(character, written, offset, position))
    .join("");
  const grouped = plain.replace(
    /[₀-₉]+/g,
    (run) => `_${[...run].map((digit) => subscriptDigits.indexOf(digit)).join("")}`,
  );
  if (grouped.length <= formulaLimits.nameLength) return grouped;
  throw syntaxFailure(
    `The name "${grouped}" at character ${position + 1} has ${grouped.length} characters, but a name has at most ` +
      `${formulaLimits.nameLength}; choose a shorter one.`,
    position,
  );
}

function plainCharacter(character: string, written: string, offset: number, position: number): string {
  if (/[A-Za-z0-9_₀-₉]/.test(character)) return character;
  const word = greekWords.get(character);
  if (word !== undefined) return word;
  const [base = "", accent, ...more] = character.normalize("NFD");
  if (character === combiningHat || (/[A-Za-z]/.test(base) && accent === combiningHat && more.length === 0)) {
    return character === combiningHat ? "hat" : `${base}hat`;
  }
  throw unknownCharacter(written, offset, position);
}

/** Characters that can be shown in a sentence; controls, direction marks and halves of pairs cannot. */
const visible = /^[\p{L}\p{N}\p{P}\p{S}]$/u;

function unknownCharacter(text: string, offset: number, start = 0): Failure {
  const codePoint = text.codePointAt(offset)!;
  const code = codePoint.toString(16).toUpperCase().padStart(4, "0");
  const position = start + offset;
  const shown = visible.test(String.fromCodePoint(codePoint)) ? `"${String.fromCodePoint(codePoint)}" ` : "";
  return syntaxFailure(
    `The character ${shown}(U+${code}) at character ${position + 1} is not part of the ` +
      "formula language; use Latin or Greek letters, digits, _ and + - * / ^ ( ) ,.",
    position,
  );
}

export function syntaxFailure(sentence: string, position: number): Failure {
  return new Failure("formula-syntax", sentence, { pointer: "", position });
}

/** Throws Failure "limit-exceeded" where a formula is larger than is read. */
export function limit(
  which: "characters" | "tokens" | "depth",
  noun: string,
  measured: number,
  hint: string,
): void {
  const allowed = formulaLimits[which];
  const sentence = `The formula has more than ${allowed} ${noun}, which is the most allowed; ${hint}.`;
  enforceLimit(`formula ${which}`, allowed, measured, sentence, "");
}
