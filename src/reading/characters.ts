// What each character or command of one sign stands for, in LaTeX and in plain text alike.
import { Failure } from "../failure.ts";
import { greekLetters } from "../notation/name.ts";
import { at, type FlatAtom, type Item, type Sign, type Span } from "./item.ts";

const characters = new Map<string, FlatAtom>([
  ...signs("+", "+"),
  ...signs("-", "-", "−", "–"),
  ...signs("·", "\\cdot", "·", "⋅", "•", "*", "∗", "\\ast", "\\times", "×", "\\cdotp"),
  ...signs("/", "/", "\\div", "÷", "∕"),
  ...signs(",", ",", ";"),
  ...signs(":", ":"),
  ...signs("=", "=", "\\equiv", "≡"),
  ...signs("≈", "\\approx", "≈"),
  ...signs(":=", "≔", "\\triangleq", "≜", "\\coloneqq", "\\coloneq"),
  ...signs("←", "\\leftarrow", "\\gets", "←"),
  ...signs("→", "\\to", "\\rightarrow", "\\longrightarrow", "\\mapsto", "→", "⟶", "↦"),
  ...signs("<", "<", "\\lt"),
  ...signs(">", ">", "\\gt"),
  ...signs("≤", "\\le", "\\leq", "\\leqslant", "≤"),
  ...signs("≥", "\\ge", "\\geq", "\\geqslant", "≥"),
  ...signs("⊙", "\\odot", "⊙", "\\circ", "∘"),
  ...signs("≠", "≠", "\\neq", "\\ne"),
  ...signs("not", "\u0338"),
  ...signs(
    "⇒",
    "\\Rightarrow",
    "\\Longrightarrow",
    "⇒",
    "⟹",
    "\\therefore",
    "∴",
    "\\Leftrightarrow",
    "⇔",
    "⟺",
    "\\Longleftrightarrow",
  ),
  // Marks of a finished line say nothing.
  ...["\\checkmark", "✓", "✔", "\\square", "\\blacksquare", "□", "∎"].map((text): [string, FlatAtom] => [
    text,
    { kind: "words", text: "done" },
  ]),
  ...fences("open", "(", "(", "\\lparen"),
  ...fences("close", "(", ")", "\\rparen"),
  ...fences("open", "[", "[", "\\lbrack"),
  ...fences("close", "[", "]", "\\rbrack"),
  ...fences("open", "{", "\\{", "\\lbrace"),
  ...fences("close", "{", "\\}", "\\rbrace"),
  ...bars("|", "|", "\\vert", "\\mid", "∣", "\\lvert", "\\rvert"),
  ...bars("‖", "\\|", "\\Vert", "∥", "‖", "\\lVert", "\\rVert", "\\parallel"),
  ...["\\prime", "′", "'"].map((text): [string, FlatAtom] => [text, { kind: "prime" }]),
  ...["∑", "\\sum"].map((text): [string, FlatAtom] => [text, { kind: "summation" }]),
]);

/** Letters that are commands, or written in more than one way. */
const letters = new Map<string, string>([
  ...[...greekLetters].flatMap(([word, { latex, plain }]) => [
    [`\\${word}`, plain] as const,
    [latex, plain] as const,
  ]),
  ["\\epsilon", "ε"],
  ["\\varepsilon", "ε"],
  ["ϵ", "ε"],
  ["\\phi", "φ"],
  ["ϕ", "φ"],
  ["\\vartheta", "θ"],
  ["ϑ", "θ"],
  ["µ", "μ"],
  ["\\partial", "∂"],
  ["\\nabla", "∇"],
  ["\\ell", "ℓ"],
  ["\\top", "⊤"],
  ["\\intercal", "⊤"],
]);

const fractions = new Map([
  ["½", ["1", "2"]],
  ["⅓", ["1", "3"]],
  ["⅔", ["2", "3"]],
  ["¼", ["1", "4"]],
  ["¾", ["3", "4"]],
] as const);

function signs(sign: Sign, ...texts: readonly string[]): [string, FlatAtom][] {
  return texts.map((text) => [text, { kind: "sign", sign }]);
}

function fences(
  kind: "open" | "close",
  fence: "(" | "[" | "{",
  ...texts: readonly string[]
): [string, FlatAtom][] {
  return texts.map((text) => [text, { kind, fence }]);
}

function bars(fence: "|" | "‖", ...texts: readonly string[]): [string, FlatAtom][] {
  return texts.map((text) => [text, { kind: "bar", fence }]);
}

/** The atom of a character or command; what is not read is an atom that says so where it is reached. */
export function characterAtom(text: string, span: Span): FlatAtom {
  const known = characters.get(text);
  if (known) return known;
  if (/^[0-9.]$/.test(text)) return { kind: "digit", text };
  const common = fractions.get(text as "½");
  if (common)
    return { kind: "fraction", top: numberItems(common[0], span), bottom: numberItems(common[1], span) };
  const letter = letters.get(text) ?? text;
  if (/^[\p{L}∂∇⊤]$/u.test(letter)) return { kind: "name", base: letter.normalize("NFC"), style: "italic" };
  return { kind: "unread", failure: notRead(`The sign ${text}`, span) };
}

/** The sign that an operator command is; nothing for words such as \\tanh. */
export function commandAtom(name: string): FlatAtom | undefined {
  return characters.get(name);
}

function numberItems(digits: string, { start, end }: Span): readonly Item[] {
  return [{ atom: { kind: "number", digits }, primes: 0, start, end }];
}

export function notRead(what: string, { start }: Span): Failure {
  return new Failure(
    "formula-syntax",
    `${what} ${at(start)} is not read in a formula; use names, numbers, + − · / ^, fractions, functions, Σ, ∂ and relations.`,
    { position: start },
  );
}
