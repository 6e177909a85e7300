// The formula language: what a text means, what is refused and how, and that printing and parsing are inverse.
import fc from "fast-check";
import { all, create } from "mathjs";
import { describe, expect, it } from "vitest";
import {
  layerMark,
  parseEquation,
  parseFormula,
  parsePartial,
  syntaxNames,
} from "../src/expression/formula.ts";
import { toDecimalText, toNumber } from "../src/expression/rational.ts";
import type { BinaryOperator, Syntax } from "../src/expression/syntax.ts";
import { formulaLimits } from "../src/expression/tokens.ts";
import { Failure } from "../src/failure.ts";

/** The tree with every bracket written, so that grouping can be read off. */
function bracketed(syntax: Syntax): string {
  switch (syntax.kind) {
    case "number":
      return toDecimalText(syntax.value);
    case "name":
      return syntax.name;
    case "entry":
      return `${syntax.name}[${syntax.index}]`;
    case "negative":
      return `(-${bracketed(syntax.of)})`;
    case "call":
      return `${syntax.name}(${syntax.args.map(bracketed).join(",")})`;
    case "binary":
      return `(${bracketed(syntax.left)}${syntax.operator}${bracketed(syntax.right)})`;
  }
}

function failureOf(read: () => unknown): Failure {
  try {
    read();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("a formula", () => {
  it.each([
    ["w*x + b", "((w*x)+b)"],
    ["a - b - c", "((a-b)-c)"],
    ["a / b * c", "((a/b)*c)"],
    ["a^b^c", "(a^(b^c))"],
    ["-w^2", "(-(w^2))"],
    ["-a*b", "(-(a*b))"],
    ["a*-b*c", "((a*(-b))*c)"],
    ["--a", "(-(-a))"],
    ["+a + +b", "(a+b)"],
    ["2^-3", "(2^(-3))"],
    ["2^-x^2", "(2^(-(x^2)))"],
    ["(y - yhat)^2 / 2", "(((y-yhat)^2)/2)"],
    ["0.1 + .5 + 2. + 1e-3", "(((0.1+0.5)+2)+0.001)"],
    ["sigmoid(w_1*x_1)", "sigmoid((w_1*x_1))"],
    ["max(a, min(b, c))", "max(a,min(b,c))"],
    ["a_1^(2)", "(a_1^2)"],
    ["h_out_2 + e + i + pi + E + d + dz + delta_1", "(((((((h_out_2+e)+i)+pi)+E)+d)+dz)+delta_1)"],
  ])("%s groups as %s", (text, expected) => {
    expect(bracketed(parseFormula(text))).toBe(expected);
  });

  it.each([
    ["a − b × c · d ⋅ e", "(a-(((b*c)*d)*e))"],
    ["x²", "(x^2)"],
    ["x²³", "(x^23)"],
    ["-x² + 1", "((-(x^2))+1)"],
    ["x²^3", "((x^2)^3)"],
    ["a\u00a0+\u2009b", "(a+b)"],
    ["w₁₂*x₁", "(w_12*x_1)"],
    ["ŷ - y\u0302", "(yhat-yhat)"],
    ["σ(ω) + δ₁ + µ + Δ", "(((sigma(omega)+delta_1)+mu)+Delta)"],
    ["x×y", "(x*y)"],
  ])("%s, pasted from typeset text, reads as %s", (text, expected) => {
    expect(bracketed(parseFormula(text))).toBe(expected);
  });

  it("keeps numbers exact", () => {
    expect(parseFormula("0.1")).toEqual({
      kind: "number",
      value: { numerator: 1n, denominator: 10n },
      position: 0,
    });
  });

  it("remembers where each part stands", () => {
    const syntax = parseFormula("a + f(b)");
    expect(syntax.kind === "binary" && syntax.right.position).toBe(4);
  });

  it("names its quantities, not its functions", () => {
    expect([...syntaxNames(parseFormula("f(w*x) + w"))]).toEqual(["w", "x"]);
  });
});

describe("an equation", () => {
  it.each([
    ["z = w*x + b", "z", "((w*x)+b)"],
    ["x = x(t)", "x", "x(t)"],
    ["a_1^(2) = sigma(z_1^(2))", "a_1^(2)", "sigma((z_1^2))"],
    ["ŷ = a", "yhat", "a"],
  ])("%s defines %s", (text, name, right) => {
    const equation = parseEquation(text);
    expect([equation.name, bracketed(equation.right)]).toEqual([name, right]);
  });

  it("tells a layer mark from a power by its parentheses", () => {
    const marks = ["a^(2)", "a ^ ( 2 )", "a^2", "a^(n)", "(a+b)^(2)", "a²"].map((text) =>
      layerMark(parseFormula(text), text),
    );
    expect(marks).toEqual(["a^(2)", "a^(2)", undefined, undefined, undefined, undefined]);
  });
});

describe("a partial", () => {
  it("may name entries of its output", () => {
    expect(bracketed(parsePartial("y[k] * (same(k, m) - y[m])"))).toBe("(y[k]*(same(k,m)-y[m]))");
  });
});

const refusals: readonly (readonly [text: string, position: number, sentence: string])[] = [
  [
    "",
    0,
    'Expected a number, a name or "(" at character 1, but the formula is empty; write what should stand there, for example 2*x + 1.',
  ],
  [
    "a +",
    3,
    'Expected a number, a name or "(" at character 4, but the formula ends there; write what should stand there, for example 2*x + 1.',
  ],
  [
    "x**2",
    2,
    'Expected a number, a name or "(" at character 3, but found "*"; a power is written with "^", a product with one "*".',
  ],
  [
    "2x",
    1,
    '"2" and "x" stand side by side at character 2, but a product is written with "*"; write "2*x", or put the sign that you mean between them.',
  ],
  [
    "x y",
    2,
    '"x" and "y" stand side by side at character 3, but a product is written with "*"; write "x*y", or put the sign that you mean between them.',
  ],
  [
    "(a)(b)",
    3,
    '")" and "(" stand side by side at character 4, but a product is written with "*"; write ")*(", or put the sign that you mean between them.',
  ],
  [
    "a + b)",
    5,
    'Expected an operator or the end at character 6, but found ")"; something is missing before ")", or its "(" is.',
  ],
  ["(a + b", 6, 'Expected ")" at the end for the bracket opened at character 1; close it.'],
  [
    "f()",
    2,
    'Expected a number, a name or "(" at character 3, but found ")"; something is missing before ")", or its "(" is.',
  ],
  [
    "1,5 + a",
    1,
    'Expected an operator or the end at character 2, but found ","; a comma only separates the arguments of a function; decimals take a point.',
  ],
  [
    "a = b",
    2,
    'Expected an operator or the end at character 3, but found "="; only an equation has "=", and only one.',
  ],
  [
    "a + р",
    4,
    'The character "р" (U+0440) at character 5 is not part of the formula language; use Latin or Greek letters, digits, _ and + - * / ^ ( ) ,.',
  ],
  [
    "a\u202e",
    1,
    "The character (U+202E) at character 2 is not part of the formula language; use Latin or Greek letters, digits, _ and + - * / ^ ( ) ,.",
  ],
  [
    "f'(z)",
    1,
    'The character "\'" (U+0027) at character 2 is not part of the formula language; use Latin or Greek letters, digits, _ and + - * / ^ ( ) ,.',
  ],
  [
    "y[k]",
    1,
    'The character "[" (U+005B) at character 2 is not part of the formula language; use Latin or Greek letters, digits, _ and + - * / ^ ( ) ,.',
  ],
  [
    "xé",
    1,
    'The character "é" (U+00E9) at character 2 is not part of the formula language; use Latin or Greek letters, digits, _ and + - * / ^ ( ) ,.',
  ],
  [
    "1e9999",
    0,
    "The number 1e9999… at character 1 is outside the range that is calculated with; use at most 400 digits and exponents up to 400.",
  ],
];

describe("a refusal", () => {
  it.each(refusals)("of %j points at %i", (text, position, sentence) => {
    const failure = failureOf(() => parseFormula(text));
    expect([failure.code, failure.details.position, failure.message]).toEqual([
      "formula-syntax",
      position,
      sentence,
    ]);
  });

  it("of an equation without a name on the left says so", () => {
    expect(failureOf(() => parseEquation("2*x = y")).message).toBe(
      'Expected the name on the left of "=" at character 1, but found "2"; an equation reads name = formula.',
    );
    expect(failureOf(() => parseEquation("a + b = y")).message).toBe(
      'Expected "=" at character 3, but found "+"; an equation has one name on its left: name = formula.',
    );
  });

  it.each([
    ["characters", `a${" ".repeat(2000)}`, 2001],
    ["tokens", `a${"+a".repeat(250)}`, 501],
    ["depth", `${"(".repeat(65)}a${")".repeat(65)}`, 65],
    ["depth", `${"-".repeat(65)}a`, 65],
    ["depth", `a${"^a".repeat(65)}`, 65],
  ] as const)("names the limit on %s", (which, text, measured) => {
    const { code, details } = failureOf(() => parseFormula(text));
    expect([code, details.allowed, details.measured]).toEqual([
      "limit-exceeded",
      formulaLimits[which],
      measured,
    ]);
  });
});

const operators: readonly BinaryOperator[] = ["+", "-", "*", "/", "^"];

const formulaText = fc.letrec<{ sum: string }>((tie) => ({
  sum: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom("a", "b_1", "0.5", "3"),
    fc
      .tuple(tie("sum"), fc.constantFrom(...operators), tie("sum"))
      .map(([left, sign, right]) => left + sign + right),
    tie("sum").map((inside) => `(${inside})`),
    fc.constantFrom("a", "b_1").map((inside) => `(-${inside})`),
    tie("sum").map((inside) => `exp(${inside})`),
  ),
})).sum;

function evaluate(syntax: Syntax, scope: ReadonlyMap<string, number>): number {
  switch (syntax.kind) {
    case "number":
      return toNumber(syntax.value);
    case "name":
      return scope.get(syntax.name)!;
    case "negative":
      return -evaluate(syntax.of, scope);
    case "call":
      return Math.exp(evaluate(syntax.args[0]!, scope));
    case "entry":
      throw new Error("no entries here");
    case "binary": {
      const left = evaluate(syntax.left, scope);
      const right = evaluate(syntax.right, scope);
      return {
        "+": left + right,
        "-": left - right,
        "*": left * right,
        "/": left / right,
        "^": left ** right,
      }[syntax.operator];
    }
  }
}

describe("random formulas", () => {
  it("mean the same when every bracket is written", () => {
    fc.assert(
      fc.property(formulaText, (text) => {
        const syntax = parseFormula(text);
        expect(bracketed(parseFormula(bracketed(syntax)))).toBe(bracketed(syntax));
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it("have the value that a foreign parser gives them", () => {
    const foreign = create(all, { predictable: true });
    const scope = new Map([
      ["a", 0.7],
      ["b_1", -1.3],
    ]);
    fc.assert(
      fc.property(formulaText, (text) => {
        expect(evaluate(parseFormula(text), scope)).toEqual(foreign.parse(text).evaluate(new Map(scope)));
      }),
      { numRuns: 200, seed: 2 },
    );
  });
});
