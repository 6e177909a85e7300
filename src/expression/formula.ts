// Reads the formula language: text becomes a syntax tree as it was written, or a Failure that says where it stops.
//
//   sum     = [sign] product { ("+" | "-") product }        a leading minus covers its whole term: -a*b is -(a*b)
//   product = factor { ("*" | "/") factor }
//   factor  = sign factor | power
//   power   = primary { superscript } [ "^" factor ]        right-associative: a^b^c is a^(b^c), -w^2 is -(w^2)
//   primary = number | name | name "(" sum { "," sum } ")" | "(" sum ")"
import { enforceLimit, Failure } from "../failure.ts";
import { parseRational, type Rational } from "./rational.ts";
import type { BinaryOperator, EquationSyntax, Syntax } from "./syntax.ts";

export const formulaLimits = { characters: 2000, tokens: 500, depth: 64, nameLength: 32 } as const;

type Token = { readonly position: number; readonly text: string } & (
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

/** The tree of a formula. Throws Failure "formula-syntax" with the position, or "limit-exceeded". */
export function parseFormula(text: string): Syntax {
  return new Parser(text, "formula").whole();
}

/** As `parseFormula`, and entries `y[k]` besides: the language of the partials of vector primitives. */
export function parsePartial(text: string): Syntax {
  return new Parser(text, "partial").whole();
}

/** `name = formula`; the left side may carry a layer mark, which then belongs to the name: `a_1^(2) = …`. */
export function parseEquation(text: string): EquationSyntax {
  return new Parser(text, "equation").equation();
}

/** The names that stand for quantities, in order of appearance; names of called functions are not among them. */
export function syntaxNames(syntax: Syntax): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (node: Syntax): void => {
    if (node.kind === "name" || node.kind === "entry") names.add(node.name);
    children(node).forEach(collect);
  };
  collect(syntax);
  return names;
}

/** The name `a^(2)` when `syntax`, read from `text`, is a name with one whole number in parentheses as its exponent. */
export function layerMark(syntax: Syntax, text: string): string | undefined {
  if (syntax.kind !== "binary" || syntax.operator !== "^") return undefined;
  if (syntax.left.kind !== "name" || syntax.right.kind !== "number") return undefined;
  if (!/\^\s*\(\s*$/.test(text.slice(0, syntax.right.position))) return undefined;
  const { numerator, denominator } = syntax.right.value;
  return denominator === 1n ? `${syntax.left.name}^(${numerator})` : undefined;
}

function children(syntax: Syntax): readonly Syntax[] {
  switch (syntax.kind) {
    case "number":
    case "name":
    case "entry":
      return [];
    case "binary":
      return [syntax.left, syntax.right];
    case "negative":
      return [syntax.of];
    case "call":
      return syntax.args;
  }
}

type Language = "formula" | "partial" | "equation";

/** Recursive descent over the tokens; the state guarded is the place reached and how deep the nesting is there. */
class Parser {
  private readonly tokens: readonly Token[];
  private readonly language: Language;
  private place = 0;
  private depth = 0;

  constructor(text: string, language: Language) {
    this.tokens = tokenize(text, language);
    this.language = language;
  }

  whole(): Syntax {
    const syntax = this.sum();
    if (this.next.kind !== "end") throw this.unexpectedAfterValue();
    return syntax;
  }

  equation(): EquationSyntax {
    const first = this.next;
    if (first.kind !== "name")
      throw this.unexpected('the name on the left of "="', "an equation reads name = formula");
    this.place += 1;
    const mark = this.leftLayerMark();
    if (!this.take("=")) throw this.unexpected('"="', "an equation has one name on its left: name = formula");
    return { name: first.name + mark, position: first.position, right: this.whole() };
  }

  private get next(): Token {
    return this.tokens[this.place]!;
  }

  private take(mark: string): boolean {
    const found = this.sees(mark);
    if (found) this.place += 1;
    return found;
  }

  private sees(mark: string): boolean {
    return this.next.kind === "mark" && this.next.text === mark;
  }

  private leftLayerMark(): string {
    if (!this.take("^")) return "";
    const hint = "on the left of an equation only a layer mark such as a^(2) may follow the name";
    if (!this.take("(")) throw this.unexpected('"("', hint);
    const layer = this.next;
    if (layer.kind !== "number" || layer.value.denominator !== 1n)
      throw this.unexpected("a whole number", hint);
    this.place += 1;
    if (!this.take(")")) throw this.unexpected('")"', hint);
    return `^(${layer.value.numerator})`;
  }

  private sum(): Syntax {
    let left = this.signed(() => this.product());
    for (let operator = this.operator("+", "-"); operator; operator = this.operator("+", "-")) {
      left = binary(operator, left, this.product());
    }
    return left;
  }

  private product(): Syntax {
    let left = this.factor();
    for (let operator = this.operator("*", "/"); operator; operator = this.operator("*", "/")) {
      left = binary(operator, left, this.factor());
    }
    return left;
  }

  private factor(): Syntax {
    return this.signed(() => this.power());
  }

  private power(): Syntax {
    let base = this.primary();
    for (let token = this.next; token.kind === "superscript"; token = this.next) {
      this.place += 1;
      base = binary("^", base, { kind: "number", value: token.value, position: token.position });
    }
    return this.take("^")
      ? binary(
          "^",
          base,
          this.nested(() => this.factor()),
        )
      : base;
  }

  /** What `read` reads, behind any number of signs. */
  private signed(read: () => Syntax): Syntax {
    const { position } = this.next;
    if (this.take("+")) return this.nested(() => this.signed(read));
    if (this.take("-")) return { kind: "negative", of: this.nested(() => this.signed(read)), position };
    return read();
  }

  private operator(...among: readonly BinaryOperator[]): BinaryOperator | undefined {
    return among.find((operator) => this.take(operator));
  }

  private primary(): Syntax {
    const token = this.next;
    const { position } = token;
    if (token.kind === "number") {
      this.place += 1;
      return { kind: "number", value: token.value, position };
    }
    if (token.kind === "name") {
      this.place += 1;
      return this.named(token.name, position);
    }
    if (this.take("(")) return this.group(position);
    throw this.unexpected('a number, a name or "("', hintFor(token));
  }

  private named(name: string, position: number): Syntax {
    const open = this.next.position;
    if (this.take("(")) return { kind: "call", name, args: this.args(open), position };
    if (this.language === "partial" && this.take("["))
      return { kind: "entry", name, index: this.index(), position };
    return { kind: "name", name, position };
  }

  private group(open: number): Syntax {
    const inside = this.nested(() => this.sum());
    this.close(")", open);
    return inside;
  }

  private args(open: number): readonly Syntax[] {
    const args = [this.nested(() => this.sum())];
    while (this.take(",")) args.push(this.nested(() => this.sum()));
    this.close(")", open);
    return args;
  }

  private index(): string {
    const open = this.next.position - 1;
    const token = this.next;
    if (token.kind !== "name") throw this.unexpected("an index letter", "an entry reads y[k]");
    this.place += 1;
    this.close("]", open);
    return token.name;
  }

  private close(mark: string, open: number): void {
    if (this.take(mark)) return;
    if (this.next.kind !== "end") throw this.unexpectedAfterValue();
    throw syntaxFailure(
      `Expected "${mark}" at the end for the bracket opened at character ${open + 1}; close it.`,
      this.next.position,
    );
  }

  private nested(read: () => Syntax): Syntax {
    this.depth += 1;
    limit("depth", "nested levels", this.depth, "split the formula into several equations");
    const syntax = read();
    this.depth -= 1;
    return syntax;
  }

  /** A value is complete, and what follows neither joins it to another nor ends the formula. */
  private unexpectedAfterValue(): Failure {
    const before = this.tokens[this.place - 1]!;
    const token = this.next;
    const startsValue = token.kind === "number" || token.kind === "name" || this.sees("(");
    if (!startsValue) return this.unexpected("an operator or the end", hintFor(token));
    const product = `${before.text}*${token.text}`;
    return syntaxFailure(
      `"${before.text}" and "${token.text}" stand side by side at character ${token.position + 1}, but a product ` +
        `is written with "*"; write "${product}", or put the sign that you mean between them.`,
      token.position,
    );
  }

  private unexpected(expected: string, hint: string): Failure {
    const { kind, text, position } = this.next;
    if (kind !== "end") {
      return syntaxFailure(
        `Expected ${expected} at character ${position + 1}, but found "${text}"; ${hint}.`,
        position,
      );
    }
    const what = this.place === 0 ? "is empty" : "ends there";
    return syntaxFailure(
      `Expected ${expected} at character ${position + 1}, but the ${this.noun} ${what}; ${hint}.`,
      position,
    );
  }

  private get noun(): string {
    return this.language === "equation" ? "equation" : "formula";
  }
}

function binary(operator: BinaryOperator, left: Syntax, right: Syntax): Syntax {
  return { kind: "binary", operator, left, right, position: left.position };
}

const hints = new Map([
  ["*", 'a power is written with "^", a product with one "*"'],
  ["/", 'write "/" once, between two values'],
  ["^", 'write "^" once, between a base and its exponent'],
  ["=", 'only an equation has "=", and only one'],
  [")", 'something is missing before ")", or its "(" is'],
  [",", "a comma only separates the arguments of a function; decimals take a point"],
  ["", "write what should stand there, for example 2*x + 1"],
]);

function hintFor(token: Token): string {
  return (
    hints.get(token.kind === "end" ? "" : token.text) ?? "write what should stand there or remove the sign"
  );
}

function tokenize(text: string, language: Language): readonly Token[] {
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

function syntaxFailure(sentence: string, position: number): Failure {
  return new Failure("formula-syntax", sentence, { pointer: "", position });
}

function limit(which: "characters" | "tokens" | "depth", noun: string, measured: number, hint: string): void {
  const allowed = formulaLimits[which];
  const sentence = `The formula has more than ${allowed} ${noun}, which is the most allowed; ${hint}.`;
  enforceLimit(`formula ${which}`, allowed, measured, sentence, "");
}
