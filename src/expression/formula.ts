// Reads the formula language: text becomes a syntax tree as it was written, or a Failure that says where it stops.
//
//   sum     = [sign] product { ("+" | "-") product }        a leading minus covers its whole term: -a*b is -(a*b)
//   product = factor { ("*" | "/") factor }
//   factor  = sign factor | power
//   power   = primary { superscript } [ "^" factor ]        right-associative: a^b^c is a^(b^c), -w^2 is -(w^2)
//   primary = number | name | name "(" sum { "," sum } ")" | "(" sum ")"
import type { Failure } from "../failure.ts";
import type { BinaryOperator, EquationSyntax, Syntax } from "./syntax.ts";
import { type Language, limit, syntaxFailure, type Token, tokenize } from "./tokens.ts";

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
