// Expressions as a teacher writes them: LaTeX and plain text, expected by hand.
import fc from "fast-check";
import katex from "katex";
import { describe, expect, test } from "vitest";
import type { EquationLine } from "../src/derivation/document.ts";
import type { Expr } from "../src/expression/expr.ts";
import { rational } from "../src/expression/rational.ts";
import { notations } from "../src/notation/rows.ts";
import { primitive } from "../src/primitives/index.ts";
import { latexOf } from "../src/writers/print/latex.ts";
import { chain, latex, latexLine, plain, plainLine, rowsOf, rowsOfChain } from "../src/writers/print/line.ts";
import { exactText, numberText, plainNumber } from "../src/writers/print/number.ts";
import { plainOf } from "../src/writers/print/plain.ts";
import { widthOf } from "../src/writers/print/width.ts";
import {
  a1,
  a2,
  delta1,
  delta2,
  derivative,
  formula,
  given,
  graph,
  hidden,
  layeredNetwork,
  outputs,
  primed,
  printing,
  product,
  symbol,
  target,
  w1,
  w2,
  x,
  z1,
  z2,
} from "./support/expressions.ts";

function accepted(text: string): boolean {
  katex.renderToString(text, { strict: "error", throwOnError: true, trust: false, displayMode: true });
  return true;
}

const half = graph.number(rational(1, 2));
const reciprocal = (name: string): Expr => formula(`1/${name}`);

describe("a formula prints as a teacher writes it", () => {
  const rows: readonly (readonly [string, Expr, string, string])[] = [
    ["a weighted sum", formula("w*x + b"), "w x + b", "w x + b"],
    [
      "the half square of Bishop 2006, eq. 5.11",
      formula("(y-yhat)^2/2"),
      "\\frac{1}{2} (y - \\hat{y})^{2}",
      "1/2 · (y − ŷ)²",
    ],
    ["a minus before a bracket", formula("-(y-a)"), "-(y - a)", "−(y − a)"],
    ["a bracket before a factor", formula("(y-t)*x"), "(y - t) x", "(y − t) x"],
    ["the derivative of the sigmoid", formula("a*(1-a)"), "a (1 - a)", "a (1 − a)"],
    ["a negative quotient", formula("-t/p"), "-\\frac{t}{p}", "−t/p"],
    [
      "cross-entropy's derivative",
      formula("(1-y)/(1-a) - y/a"),
      "\\frac{1 - y}{1 - a} - \\frac{y}{a}",
      "(1 − y)/(1 − a) − y/a",
    ],
    ["softsign", formula("x/(1+abs(x))"), "\\frac{x}{1 + \\lvert x\\rvert}", "x/(1 + |x|)"],
    ["a power of e", formula("exp(-x)"), "e^{-x}", "e⁻ˣ"],
    ["the logistic function", formula("1/(1+exp(-x))"), "\\frac{1}{1 + e^{-x}}", "1/(1 + e⁻ˣ)"],
    ["a square root", formula("sqrt(x+1)"), "\\sqrt{x + 1}", "√(x + 1)"],
    ["the power one half stays a power", formula("x^0.5"), "x^{1/2}", "x^(1/2)"],
    ["a decimal coefficient", formula("0.01*x"), "0.01 x", "0.01 x"],
    ["a tiny exact coefficient", formula("0.000000001*x"), "10^{-9} x", "10⁻⁹ x"],
    ["a third", formula("x/3"), "\\frac{1}{3} x", "1/3 · x"],
    ["two thirds", formula("2/3*x"), "\\frac{2}{3} x", "2/3 · x"],
    ["a negative power", formula("x^-2"), "\\frac{1}{x^{2}}", "1/x²"],
    ["negative powers under one bar", formula("x/y/z"), "\\frac{x}{y z}", "x/(y z)"],
    ["a coefficient under the same bar", formula("x/(2*y)"), "\\frac{x}{2 y}", "x/(2 y)"],
    ["a bracket after a minus", formula("a-(b-c)"), "a - (b - c)", "a − (b − c)"],
    ["a product after a minus", formula("a-(b+c)*d"), "a - (b + c) d", "a − (b + c) d"],
    ["Greek words and digits", formula("delta_1*x_12"), "\\delta_{1} x_{12}", "δ₁ x₁₂"],
    ["a subscript below a square", formula("z_1^2"), "z_{1}^{2}", "z₁²"],
    ["a power of a power", formula("(x^y)^z"), "(x^{y})^{z}", "(xʸ)ᶻ"],
    ["a tower of powers", formula("x^y^z"), "x^{y^{z}}", "x^(yᶻ)"],
    ["minus a square", formula("-x^2"), "-x^{2}", "−x²"],
    ["the square of a negative", formula("(-x)^2"), "(-x)^{2}", "(−x)²"],
    ["the square of a quotient", formula("(a/b)^2"), "\\left(\\frac{a}{b}\\right)^{2}", "(a/b)²"],
    ["a dot before a digit", formula("2*3^x"), "2 \\cdot 3^{x}", "2 · 3ˣ"],
    ["a logarithm", formula("-t*log(p)"), "-t \\ln(p)", "−t ln(p)"],
    ["a function of two variables", formula("max(x, y)"), "\\max(x, y)", "max(x, y)"],
    [
      "the usual constant of a row is not printed",
      formula("leaky_relu(x)"),
      "\\operatorname{LReLU}(x)",
      "LReLU(x)",
    ],
    [
      "another constant is",
      formula("leaky_relu(x, 0.2)"),
      "\\operatorname{LReLU}_{0.2}(x)",
      "LReLU_{0.2}(x)",
    ],
    [
      "cases",
      formula("piecewise(x, 1, y)"),
      "\\begin{cases} 1 & x > 0 \\\\ y & x \\le 0 \\end{cases}",
      "{ 1 if x > 0; y if x ≤ 0 }",
    ],
    ["a prime", primed("sigmoid(z)"), "\\sigma'(z)", "σ′(z)"],
    ["the prime of an abstract function", primed("f(z)"), "f'(z)", "f′(z)"],
    [
      "a partial derivative of an abstract function",
      primed("f(x, y)", 1),
      "\\frac{\\partial f}{\\partial y}",
      "∂f/∂y",
    ],
    ["a tall argument", formula("sigmoid(x/y)"), "\\sigma\\!\\left(\\frac{x}{y}\\right)", "σ(x/y)"],
    [
      "words are set upright and apart",
      formula("net_h1*out_h1"),
      "\\mathrm{net}_{h1} \\ \\mathrm{out}_{h1}",
      "net_h1 out_h1",
    ],
    ["an upright subscript", symbol("E_total"), "E_{\\mathrm{total}}", "E_total"],
    ["two subscript groups", symbol("h_1_2"), "h_{1,2}", "h_{1,2}"],
    ["a layer mark", symbol("z_1^(2)"), "z_{1}^{(2)}", "z₁⁽²⁾"],
    [
      "a layer mark under a power is bracketed",
      graph.apply(primitive("tanh"), [
        graph.apply((formula("x^2") as Expr & { kind: "apply" }).op, [symbol("z_1^(2)"), graph.number(2)]),
      ]),
      "\\tanh((z_{1}^{(2)})^{2})",
      "tanh((z₁⁽²⁾)²)",
    ],
    ["an inert derivative", derivative("E", "w_5"), "\\frac{\\partial E}{\\partial w_{5}}", "∂E/∂w₅"],
    [
      "a chain product",
      product(derivative("E", "a"), derivative("a", "z"), derivative("z", "w_1")),
      "\\frac{\\partial E}{\\partial a} \\ \\frac{\\partial a}{\\partial z} \\ \\frac{\\partial z}{\\partial w_{1}}",
      "∂E/∂a · ∂a/∂z · ∂z/∂w₁",
    ],
    [
      "a chain product that is not yet shortened keeps its steps apart",
      product(graph.number(-1), symbol("t"), reciprocal("p"), symbol("p"), formula("1-p"), symbol("x")),
      "-\\frac{t}{p} p (1 - p) x",
      "−t/p · p (1 − p) x",
    ],
    ["a number before a fraction of numbers", product(graph.number(2), half), "1", "1"],
  ];

  test.each(rows)("%s", (_, expr, expectedLatex, expectedPlain) => {
    const setting = printing(notations.layered);
    expect(latex(expr, setting)).toBe(expectedLatex);
    expect(plain(expr, setting)).toBe(expectedPlain);
    expect(accepted(expectedLatex)).toBe(true);
  });
});

describe("indexed formulas take their letters and order from the dialect", () => {
  const j = "$0";
  const deltaHidden = product(
    graph.apply(primitive("sigmoid"), [graph.symbol(z1, [j])], 0),
    graph.sum(outputs, "@k", product(graph.symbol(delta2, ["@k"]), graph.symbol(w2, ["@k", j]))),
  );
  const preActivation = graph.sum(
    hidden,
    "@i",
    product(graph.symbol(w2, [j, "@i"]), graph.symbol(a1, ["@i"])),
  );
  const gradient = product(graph.symbol(delta1, [j]), graph.symbol(x, ["$1"]));
  const output = product(graph.number(2), formula("x"));

  const rows: readonly (readonly [keyof typeof notations, Expr, string])[] = [
    ["bishop", deltaHidden, "h'(a_{j}) \\sum_{k} w_{kj} \\delta_{k}"],
    ["layered", deltaHidden, "f'(z_{j}^{(2)}) \\sum_{k} \\delta_{k}^{(3)} w_{kj}^{(3)}"],
    ["from-to", deltaHidden, "\\frac{\\partial a_{j}}{\\partial z_{j}} \\sum_{k} \\delta_{k} \\cdot w_{jk}"],
    ["scalar", deltaHidden, "\\sigma'(z_{i}) \\sum_{j} \\delta_{j} w_{ji}"],
    [
      "nielsen",
      deltaHidden,
      "\\frac{\\partial a_{j}^{(2)}}{\\partial z_{j}^{(2)}} \\sum_{k} w_{kj}^{(3)} \\delta_{k}^{(3)}",
    ],
    ["net-out", deltaHidden, "\\sigma'(\\mathrm{net}_{j}) \\sum_{p} \\delta_{p} w_{pj}"],
    ["bishop", preActivation, "\\sum_{j} w_{kj} z_{j}"],
    ["nielsen", preActivation, "\\sum_{k} w_{jk}^{(3)} a_{k}^{(2)}"],
    ["from-to", preActivation, "\\sum_{i} w_{ij} \\cdot a_{i}"],
    ["bishop", gradient, "\\delta_{j} x_{i}"],
    ["nielsen", gradient, "x_{k} \\delta_{j}^{(2)}"],
    ["layered", output, "2 x"],
    ["layered", graph.same("$0", "$1"), "[j = m]"],
    [
      "layered",
      graph.componentOver(primitive("softmax"), outputs, "@m", graph.symbol(z2, ["@m"]), j),
      "\\operatorname{softmax}(z^{(3)})_{j}",
    ],
  ];

  test.each(rows)("%s: %#", (key, expr, expected) => {
    const text = latex(expr, printing(notations[key], layeredNetwork));
    expect(text).toBe(expected);
    expect(accepted(text)).toBe(true);
  });

  test("samples are counted as the dialect counts them", () => {
    const samples = { name: "samples" };
    const cost = { ...given("C"), entryNames: undefined, id: "C", ranges: [samples], formals: ["$0"] };
    const { entryNames: _, ...named } = cost;
    const mean = product(
      graph.apply((formula("x^2") as Expr & { kind: "apply" }).op, [graph.sizeOf(samples), graph.number(-1)]),
      graph.sum(samples, "@s", graph.symbol(named, ["@s"])),
    );
    expect(latex(mean, printing(notations.nielsen))).toBe("\\frac{1}{n} \\sum_{i=0}^{n-1} C_{i}");
    expect(latex(mean, printing(notations.bishop))).toBe("\\frac{1}{N} \\sum_{n=1}^{N} C_{n}");
    expect(plain(mean, printing(notations.nielsen))).toBe("1/n · Σ_{i=0..n-1} Cᵢ");
  });
});

describe("a line", () => {
  const numbers: Readonly<Record<string, number>> = { y: 0.5, yhat: -0.25, x: 2, w: 0.3, delta: 1.2e-7 };
  const values = ({ quantity }: { quantity: { id: string } }) => numbers[quantity.id];
  const line = (text: string): EquationLine => ({
    sides: [
      { kind: "expr", expr: formula(text) },
      { kind: "digits", expr: formula(text), values },
    ],
    signs: ["="],
  });

  const rows: readonly (readonly [string, string, string])[] = [
    ["w*x", "w x = 0.3 \\cdot 2", "w x = 0.3 · 2"],
    ["y - yhat", "y - \\hat{y} = 0.5 - (-0.25)", "y − ŷ = 0.5 − (−0.25)"],
    ["y + yhat", "y + \\hat{y} = 0.5 + (-0.25)", "y + ŷ = 0.5 + (−0.25)"],
    ["yhat + y", "\\hat{y} + y = -0.25 + 0.5", "ŷ + y = −0.25 + 0.5"],
    ["yhat*x", "\\hat{y} x = (-0.25) \\cdot 2", "ŷ x = (−0.25) · 2"],
    ["yhat^2", "\\hat{y}^{2} = (-0.25)^{2}", "ŷ² = (−0.25)²"],
    [
      "2*(y-yhat)*x",
      "2 (y - \\hat{y}) x = 2 \\cdot (0.5 - (-0.25)) \\cdot 2",
      "2 (y − ŷ) x = 2 · (0.5 − (−0.25)) · 2",
    ],
    ["y/yhat", "\\frac{y}{\\hat{y}} = \\frac{0.5}{-0.25}", "y/ŷ = 0.5/(−0.25)"],
    ["delta*x", "\\delta x = 1.2 \\times 10^{-7} \\cdot 2", "δ x = 1.2·10⁻⁷ · 2"],
    ["sigmoid(yhat)", "\\sigma(\\hat{y}) = \\sigma(-0.25)", "σ(ŷ) = σ(−0.25)"],
  ];

  test.each(rows)("%s with its numbers put in", (text, expectedLatex, expectedPlain) => {
    expect(latexLine(line(text), printing())).toBe(expectedLatex);
    expect(plainLine(line(text), printing())).toBe(expectedPlain);
  });

  test("puts numbers in for every term of a sum over a layer", () => {
    const body = graph.sum(hidden, "@i", product(graph.symbol(w1, ["@i", 1]), graph.symbol(a1, ["@i"])));
    const digits: EquationLine = {
      sides: [{ kind: "digits", expr: body, values: ({ indices }) => Number(indices[0]) / 10 }],
      signs: [],
    };
    expect(plainLine(digits, printing(notations.layered, layeredNetwork))).toBe(
      "0.1 · 0.1 + 0.2 · 0.2 + 0.3 · 0.3",
    );
  });

  test("breaks a long sum between its terms, with the sign in front", () => {
    const long: EquationLine = {
      sides: [
        { kind: "expr", expr: symbol("g") },
        { kind: "expr", expr: formula("alpha*beta*gamma + theta*lambda*mu - xi*rho*tau") },
      ],
      signs: ["="],
    };
    const rows = rowsOf(long, printing(), 12);
    expect(rows.map(({ sign, continues, right }) => [sign ?? continues, latexOf(right)])).toEqual([
      ["=", "\\alpha \\beta \\gamma"],
      ["plus", "\\theta \\lambda \\mu"],
      ["minus", "\\xi \\rho \\tau"],
    ]);
  });

  test("breaks a sum in brackets where a page asks for it; factors that fit stand behind the bracket that closes", () => {
    const long: EquationLine = {
      sides: [
        { kind: "expr", expr: symbol("g") },
        { kind: "expr", expr: formula("(alpha*beta + gamma*delta - xi*rho)*chi*zeta") },
      ],
      signs: ["="],
    };
    const written = (brackets: boolean) =>
      rowsOfChain(chain(long, printing()), 17, widthOf, brackets).map(({ sign, continues, right }) => [
        sign ?? continues,
        plainOf(right),
      ]);
    expect(written(true)).toEqual([
      ["=", "(α β + γ δ"],
      ["minus", "ξ ρ) χ ζ"],
    ]);
    expect(written(false)).toEqual([
      ["=", "(α β + γ δ − ξ ρ)"],
      ["none", "χ ζ"],
    ]);
  });

  test("breaks a term that is longer than the line between its factors, its sign before the first of them", () => {
    const long: EquationLine = {
      sides: [
        { kind: "expr", expr: symbol("g") },
        { kind: "expr", expr: formula("-(alpha*beta*gamma*delta*zeta) - xi*rho*tau*kappa*chi") },
      ],
      signs: ["="],
    };
    const rows = rowsOf(long, printing(), 10);
    expect(rows.map(({ sign, continues, right }) => [sign ?? continues, latexOf(right)])).toEqual([
      ["=", "-\\alpha \\beta \\gamma"],
      ["none", "\\delta \\zeta"],
      ["minus", "\\xi \\rho \\tau"],
      ["none", "\\kappa \\chi"],
    ]);
  });
});

describe("numbers", () => {
  const rows: readonly (readonly [number, number, string])[] = [
    [0, 9, "0"],
    [-0, 9, "0"],
    [0.755, 9, "0.755"],
    [0.7550000000000001, 9, "0.755"],
    [0.0406811251, 3, "0.0407"],
    [1e-4, 9, "0.0001"],
    [0.000099, 9, "9.9·10⁻⁵"],
    [-1.2e-5, 2, "−1.2·10⁻⁵"],
    [0.30000000000000004, 17, "0.30000000000000004"],
    [999.96, 4, "1000"],
    [9999.6, 4, "10⁴"],
    [123456789, 9, "123456789"],
    [1234567891, 9, "1.23456789·10⁹"],
    [-2, 2, "−2"],
    [5e-324, 3, "4.94·10⁻³²⁴"],
    [1.7976931348623157e308, 5, "1.7977·10³⁰⁸"],
    // 0.15 is stored as 0.1499999999999999944, 2.5 exactly.
    [0.15, 1, "0.1"],
    [2.5, 1, "3"],
  ];
  test.each(rows)("%d in %d digits is %s", (value, digits, expected) => {
    expect(plainNumber(numberText(value, digits))).toBe(expected);
  });

  test("are refused when they are not finite", () => {
    expect(() => numberText(Number.NaN)).toThrow(
      "The number NaN cannot be printed; only finite numbers are results.",
    );
  });

  test("round to the nearest: the printed decimal is within half a unit of its last digit", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
        fc.integer({ min: 2, max: 17 }),
        (value, digits) => {
          const { negative, digits: text, exponent = 0 } = numberText(value, digits);
          const printed = Number(`${negative ? "-" : ""}${text}e${exponent}`);
          expect(text).not.toMatch(/\.\d*0$|\.$|^0\d/);
          expect(Math.abs(printed - value)).toBeLessThanOrEqual(
            Math.abs(value) * 10 ** (1 - digits) * 0.5000001,
          );
        },
      ),
    );
  });

  test("that are exact print exactly", () => {
    expect(plainNumber(exactText(rational(1, 8)))).toBe("0.125");
    expect(plainNumber(exactText(rational(10n ** 30n)))).toBe("10³⁰");
    expect(latex(graph.number(rational(-7, 3)), printing())).toBe("-\\frac{7}{3}");
    expect(latex(graph.number(rational(3, 4)), printing())).toBe("\\frac{3}{4}");
    expect(latex(graph.number(rational(3, 5)), printing())).toBe("0.6");
  });
});

describe("any expression", () => {
  const leaves: fc.Arbitrary<Expr> = fc.oneof(
    fc.constantFrom("x", "w_1", "yhat", "delta_12", "net_h1", "z_1^(2)", "lambda").map(symbol),
    fc
      .constantFrom([1, 2], [-3, 1], [-1, 1], [1, 2], [-2, 3], [7, 10], [1, 1000000])
      .map(([top, bottom]) => graph.number(rational(top!, bottom))),
    fc.constant(derivative("E", "w_1")),
    fc.constantFrom<Expr>(graph.symbol(a1, [2]), graph.symbol(target, [1]), graph.symbol(a2, ["$0"])),
  );
  const sumOperation = (formula("x+y") as Expr & { kind: "apply" }).op;
  const powerOperation = (formula("x^y") as Expr & { kind: "apply" }).op;
  const { expression } = fc.letrec<{ expression: Expr }>((tie) => {
    const inner = tie("expression");
    return {
      expression: fc.oneof(
        { maxDepth: 5, depthIdentifier: "expression" },
        leaves,
        fc.array(inner, { minLength: 2, maxLength: 4 }).map((terms) => graph.apply(sumOperation, terms)),
        fc.array(inner, { minLength: 2, maxLength: 4 }).map((factors) => product(...factors)),
        fc
          .tuple(inner, fc.constantFrom(2, -1, -2))
          .map(([base, exponent]) => graph.apply(powerOperation, [base, graph.number(exponent)])),
        fc.tuple(inner, inner).map(([base, exponent]) => graph.apply(powerOperation, [base, exponent])),
        fc
          .tuple(fc.constantFrom("sigmoid", "exp", "abs", "sqrt", "log", "positive-part"), inner)
          .map(([name, arg]) => graph.apply(primitive(name), [arg])),
        inner.map((body) => graph.sum(outputs, "$0", body)),
        fc
          .tuple(inner, inner)
          .map(([above, below]) => graph.apply(primitive("piecewise"), [symbol("x"), above, below])),
      ),
    };
  });

  test("is accepted by KaTeX, with balanced brackets and one sign at a time, in every dialect", () => {
    fc.assert(
      fc.property(expression, fc.constantFrom(...Object.values(notations)), (expr, notation) => {
        const setting = printing(notation, layeredNetwork);
        const text = latex(expr, setting);
        expect(accepted(text)).toBe(true);
        expect(text.match(/.{0,20}([-+] ?[-+]|(^|[ {(])1 \\,|\(\)|\{\}).{0,20}/)).toBeNull();
        for (const written of [text, plain(expr, setting)]) expect(balance(written)).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  function balance(text: string): number {
    let depth = 0;
    for (const character of text) {
      if (character === "(") depth += 1;
      if (character === ")") depth -= 1;
      if (depth < 0) return depth;
    }
    return depth;
  }
});

describe("a user's name", () => {
  test.each([
    "\\input{x}",
    "a$b",
    "x}^{2",
    "w_{1}",
    "<b>",
    "%",
    "é",
    "名",
    "^^5c",
    "a b",
    "",
    "__proto__",
    "\u202e",
  ])("%j stays inert", (name) => {
    const text = latex(graph.symbol(given(name)), printing());
    expect(accepted(text === "" ? "{}" : text)).toBe(true);
    expect(text.replace(/\\mathrm\{|\\(delta|hat\{)/g, "")).not.toMatch(/\\|\$|%|#|&|~|\^\^|</);
  });
});
