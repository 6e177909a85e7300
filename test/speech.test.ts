// Formulas read aloud: sentences expected by hand, and a listener who writes down what was said.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Language, spokenWords } from "../src/derivation/wording/wordings.ts";
import { differentiate } from "../src/derivative/adjoints.ts";
import { workOut } from "../src/derivative/workout.ts";
import type { Expr } from "../src/expression/expr.ts";
import { Failure } from "../src/failure.ts";
import { translation } from "../src/index.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { dialect } from "../src/notation/dialect.ts";
import { parseName } from "../src/notation/name.ts";
import { notations } from "../src/notation/rows.ts";
import { primitives } from "../src/primitives/index.ts";
import { reader } from "../src/reading/read.ts";
import { latexOf } from "../src/writers/print/latex.ts";
import { chain, latex } from "../src/writers/print/line.ts";
import { layoutOf } from "../src/writers/print/printer.ts";
import { speechOf } from "../src/writers/print/speech.ts";
import { derivedDocument, linesIn } from "./support/derived-document.ts";
import { formula, primed, printing } from "./support/expressions.ts";
import { heard } from "./support/heard.ts";
import { hostileLabels } from "./support/hostile.ts";
import { meaning } from "./support/meaning.ts";
import { isTwofold, linesOf, saysSame } from "./support/network-lines.ts";
import { anyDescription, equationsDescription } from "./support/random-networks.ts";

const notationKeys = Object.keys(notations) as (keyof typeof notations)[];

const languages: readonly Language[] = ["en", "de"];

/** Fixed, so that a failure can be repeated. */
const seed = 20240501;

describe("a formula is said as a teacher says it", () => {
  const scope = { ...printing(), letters: new Map(), here: undefined };
  const rows: readonly (readonly [text: string, en: string, de: string])[] = [
    ["w*x + b", "w times x plus b", "w mal x plus b"],
    [
      "a_1*(1-a_1)",
      "a 1 times open bracket 1 minus a 1 close bracket",
      "a 1 mal Klammer auf 1 minus a 1 Klammer zu",
    ],
    ["y/(1+x)", "the fraction y over 1 plus x, end fraction", "der Bruch y durch 1 plus x, Ende Bruch"],
    [
      "(y-yhat)^2/2",
      "one half times open bracket y minus y hat close bracket squared",
      "ein halb mal Klammer auf y minus y Dach Klammer zu zum Quadrat",
    ],
    ["sigmoid(z)*W", "sigmoid of z times capital w", "Sigmoid von z mal groß w"],
    [
      "exp(-x)",
      "the exponential of open bracket minus x close bracket",
      "die Exponentialfunktion von Klammer auf minus x Klammer zu",
    ],
    [
      "log(p)^2",
      "open bracket the natural logarithm of p close bracket squared",
      "Klammer auf der natürliche Logarithmus von p Klammer zu zum Quadrat",
    ],
    [
      "f(g(x), y)",
      "f of open bracket g of x close bracket and y",
      "f von Klammer auf g von x Klammer zu und y",
    ],
    ["f(g(x, y))", "f of g of x and y", "f von g von x und y"],
    ["0.00001*x^3", "ten to the minus 5, times x cubed", "zehn hoch minus 5, mal x hoch drei"],
    ["0.25*e", "one quarter times small e", "ein Viertel mal klein e"],
    ["1.7*delta_1", "1.7 times delta 1", "1,7 mal delta 1"],
    ["times*plus", "the word times times the word plus", "times mal das Wort plus"],
  ];
  test.each(rows)("%s", (text, en, de) => {
    const layout = layoutOf(formula(text), scope);
    expect(speechOf(layout, "en")).toBe(en);
    expect(speechOf(layout, "de")).toBe(de);
  });

  test("what is added behind a sum is no part of it", () => {
    const name = (letter: string) => ({ kind: "name", name: parseName(letter) }) as const;
    const over = { kind: "summation", under: "k", body: name("x_k") } as const;
    const terms = [over, name("b")].map((body) => ({ minus: false, body }));
    expect(speechOf({ kind: "sum", terms }, "en")).toBe("the sum over k of x k, end sum, plus b");
    expect(speechOf({ kind: "sum", terms }, "de")).toBe("die Summe über k von x k, Ende Summe, plus b");
  });

  test("a derivative kept named has its prime", () => {
    const layout = layoutOf(primed("sigmoid(z)"), scope);
    expect(speechOf(layout, "en")).toBe("sigmoid prime of z");
    expect(speechOf(layout, "de")).toBe("Sigmoid Strich von z");
  });
});

describe("a gradient is said as a teacher says it", () => {
  const network: NetworkDescription = {
    kind: "layers",
    inputs: 2,
    naming: "by-source",
    layers: [
      { type: "dense", units: 2, activation: "sigmoid", bias: "none" },
      { type: "dense", units: 1, activation: "sigmoid", bias: "none" },
    ],
    loss: "half-squared-error",
  };
  const gradientOfW5 = (language: Language): string => {
    const compiled = compile(network);
    const how = { dialect: dialect(compiled, notations.layered), digits: 9 };
    const gradients = linesOf(compiled).filter(({ what }) => what === "gradient");
    const [left, right] = gradients.find(({ sides: [own] }) => latex(own!, how).includes("w_{5}"))!.sides;
    const sides = [left!, workOut(compiled.graph, right!, differentiate(compiled).fold)];
    return speechOf(
      chain({ sides: sides.map((expr) => ({ kind: "expr", expr })), signs: ["="] }, how),
      language,
    );
  };

  test("of the network of note 001, in English and German", () => {
    expect(gradientOfW5("en")).toBe(
      "the partial derivative of E with respect to w 5 equals delta 1 of layer 3, times a 1 of layer 2",
    );
    expect(gradientOfW5("de")).toBe(
      "die partielle Ableitung von E nach w 5 ist gleich delta 1 in Schicht 3, mal a 1 in Schicht 2",
    );
  });

  test("with matrices", () => {
    const { document, printing: how } = derivedDocument({ network, forms: ["matrix"] });
    const lines = linesIn(document.blocks).map((line) => speechOf(chain(line, how), "en"));
    const [back] = lines.filter((line) => line.startsWith("delta of layer 2 equals"));
    expect(back).toContain(
      "f prime of z of layer 2, times entry by entry open bracket the transpose of capital w of layer 3, times delta of layer 3 close bracket",
    );
  });
});

describe("no two things sound alike", () => {
  test.each(languages)("functions in %s", (language) => {
    const spelled = new Map(primitives.map(({ spelling }) => [spelling.speech[language], spelling.latex]));
    for (const { spelling } of primitives)
      expect(spelled.get(spelling.speech[language])).toBe(spelling.latex);
  });

  test.each(languages)("words in %s", (language) => {
    const words = Object.values(spokenWords[language]).filter((word) => typeof word === "string");
    expect(new Set(words).size).toBe(words.length);
  });

  test("names, whatever a user calls a thing", () => {
    const texts = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1 }),
      fc.string({ unit: fc.constantFrom(..."aAeEwWhat_1()^, ".split("")), minLength: 1 }),
      fc.constantFrom(
        ...hostileLabels,
        "of",
        "the",
        "layer",
        "Of",
        "capital",
        "mal",
        "small_e",
        "net_h1",
        "yhat",
      ),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(...languages), (text, language) => {
        const layout = { kind: "name", name: parseName(text) } as const;
        const words = speechOf(layout, language);
        expect(words).not.toMatch(/[<>&"'`$\\{}[\]\p{Cc}]/u);
        expect(latexOf(heard(words, language))).toBe(latexOf(layout));
      }),
      { seed, numRuns: 1000 },
    );
  });
});

describe("what is said can be written down again", () => {
  /** What a listener writes down otherwise than it was printed: empty where the law holds. */
  function misheard(network: NetworkDescription, language: Language): readonly string[] {
    const forms =
      network.kind === "layers"
        ? (["chain", "delta", "indexed", "matrix"] as const)
        : (["chain", "delta"] as const);
    return notationKeys.flatMap((key) => {
      const { document, printing: how } = derivedDocument({
        network,
        notation: key,
        language,
        forms: [...forms],
        detail: "full",
        check: false,
      });
      return linesIn(document.blocks).flatMap((line) => {
        const layout = chain(line, how);
        const words = speechOf(layout, language);
        return meaning(heard(words, language)) === meaning(layout) ? [] : [`${latexOf(layout)}: ${words}`];
      });
    });
  }

  /** Formulas of the catalogue's functions and of abstract ones, nested at will. */
  const { tree } = fc.letrec<{ tree: string }>((tie) => {
    const part = tie("tree");
    const call = (...names: string[]) => fc.constantFrom(...names);
    return {
      tree: fc.oneof(
        { maxDepth: 5, depthSize: "small", withCrossShrink: true },
        fc.constantFrom("x", "y_1", "W", "e", "delta", "yhat", "of", "net_h1", "2", "0.5", "0.00001", "1/7"),
        fc
          .tuple(part, fc.constantFrom("+", "-", "*", "/"), part)
          .map(([a, sign, b]) => `((${a}) ${sign} (${b}))`),
        fc
          .tuple(part, fc.constantFrom("2", "3", "0.5", "-1", "(1/3)", "x", "(x+1)"))
          .map(([a, n]) => `(${a})^${n}`),
        fc
          .tuple(call("f", "g", "sigmoid", "exp", "sqrt", "abs", "log", "softplus"), part)
          .map(([f, a]) => `${f}(${a})`),
        fc.tuple(call("f", "g", "max", "min"), part, part).map(([f, a, b]) => `${f}(${a}, ${b})`),
        fc.tuple(part, part, part).map(([a, b, c]) => `piecewise(${a}, ${b}, ${c})`),
        part.map((a) => `-(${a})`),
      ),
    };
  });

  /** Nothing for what no formula may say, such as a division by the constant 0. */
  function formulaOf(text: string): Expr | undefined {
    try {
      return formula(text);
    } catch (error) {
      if (error instanceof Failure) return undefined;
      throw error;
    }
  }

  test("random formulas", () => {
    const scope = { ...printing(), letters: new Map(), here: undefined };
    fc.assert(
      fc.property(tree, fc.constantFrom(...languages), (text, language) => {
        const expr = formulaOf(text);
        fc.pre(expr !== undefined);
        const layout = layoutOf(expr, scope);
        const words = speechOf(layout, language);
        expect(meaning(heard(words, language)), words).toBe(meaning(layout));
      }),
      { seed, numRuns: 2000 },
    );
  });

  test("every line of a derivation, numbers and matrices among them", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyDescription, fc.constantFrom(...languages), (network, language) => {
        expect(misheard(network, language)).toEqual([]);
      }),
      { seed, numRuns: 12 },
    );
  });

  test("as the same expression of the network, in six dialects", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.oneof(anyDescription, equationsDescription),
        fc.constantFrom(...languages),
        (description, language) => {
          const network = compile(description);
          for (const notation of Object.values(notations)) {
            const how = { dialect: dialect(network, notation), digits: 9 };
            const { readings } = reader(network, notation);
            for (const line of linesOf(network).filter((own) => !isTwofold(own, network, notation))) {
              const sides = line.sides.map((expr) => ({ kind: "expr", expr }) as const);
              const words = speechOf(
                chain({ sides, signs: sides.slice(1).map(() => "=" as const) }, how),
                language,
              );
              const written = latexOf(heard(words, language));
              const same = readings(written).some((reading) => saysSame(line, reading, network.graph));
              expect(same ? "" : `${notation.key}: ${words}`).toBe("");
            }
          }
        },
      ),
      { seed, numRuns: 8 },
    );
  });
});

test("a translation says the formula in the other notation", () => {
  const { latex, speech } = translation({
    network: {
      kind: "layers",
      inputs: 1,
      layers: [{ type: "dense", units: 2, activation: "tanh" }],
      loss: "half-squared-error",
    },
    latex: "\\frac{\\partial E}{\\partial z_1^{(2)}} = \\delta_1^{(2)}",
    from: "layered",
    to: "nielsen",
    language: "de",
  });
  expect(latex).toBe("\\frac{\\partial C}{\\partial z_{1}} = \\delta_{1}");
  expect(speech).toBe("die partielle Ableitung von C nach z 1 ist gleich delta 1");
});
