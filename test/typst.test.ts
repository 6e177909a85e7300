// Formulas as data for Typst: written out again as LaTeX here, they say what the LaTeX printer says.
import { describe, expect, test } from "vitest";
import { examples, exampleText } from "../src/examples.ts";
import { greekLetters } from "../src/notation/name.ts";
import { notations } from "../src/notation/rows.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import { latexOf } from "../src/writers/print/latex.ts";
import { chain } from "../src/writers/print/line.ts";
import { type Formula, formulaOf } from "../src/writers/print/typst.ts";
import { derivedDocument, linesIn } from "./support/derived-document.ts";

/** A formula's LaTeX without anything that only moves it: characters, braces, bars, roots, rows. */
function written(formula: Formula): string {
  if (typeof formula === "string") return formula;
  const scripts = (sub: Formula | null, sup: Formula | null): string =>
    (sub === null ? "" : `_{${written(sub)}}`) + (sup === null ? "" : `^{${written(sup)}}`);
  const lines = (rows: readonly (readonly Formula[])[]): string =>
    rows.map((row) => row.map(written).join("&")).join("\\\\");
  switch (formula[0]) {
    case "row":
      return formula
        .slice(1)
        .map((part) => written(part as Formula))
        .join("");
    case "upright":
    case "operator":
      return formula[1];
    case "bold":
      return `\\mathbf{${formula[1]}}`;
    case "space":
      return "";
    case "fraction":
      return `\\frac{${written(formula[1])}}{${written(formula[2])}}`;
    case "slashed":
      return `${written(formula[1])}/${written(formula[2])}`;
    case "scripts":
      return written(formula[1]) + scripts(formula[2], formula[3]);
    case "primed":
      return `${written(formula[1])}'`;
    case "hat":
      return `\\hat{${written(formula[1])}}`;
    case "fenced":
      return formula[1] + written(formula[2]) + formula[3];
    case "root":
      return `\\sqrt{${written(formula[1])}}`;
    case "summation":
      return `∑${scripts(formula[1], formula[2])}`;
    case "matrix":
      return `\\begin{bmatrix}${lines(formula[1])}\\end{bmatrix}`;
    case "cases":
      return `\\begin{cases}${lines(formula[1].map(([value, when]) => [value!, ["row", when!]]))}\\end{cases}`;
    default:
      throw new Error(`A formula of this kind is not written out: ${JSON.stringify(formula)}`);
  }
}

/** Commands by the character that they print. */
const characters: readonly (readonly [command: string, character: string])[] = [
  ...[...greekLetters.values()].map(({ latex, plain }) => [latex, plain] as const),
  ["\\partial", "∂"],
  ["\\nabla", "∇"],
  ["\\cdots", "⋯"],
  ["\\vdots", "⋮"],
  ["\\ddots", "⋱"],
  ["\\cdot", "⋅"],
  ["\\times", "×"],
  ["\\odot", "⊙"],
  ["\\approx", "≈"],
  ["\\leftarrow", "←"],
  ["\\top", "⊤"],
  ["\\sum", "∑"],
  ["\\le", "≤"],
  ["\\lvert", "|"],
  ["\\rvert", "|"],
  ...["tanh", "exp", "ln", "sin", "cos", "tan", "max", "min"].map((word) => [`\\${word}`, word] as const),
];

function simplified(latex: string): string {
  const plain = latex
    .replace(/\\(left|right)(?![a-z])/g, "")
    .replace(/\\!|\[0\.[38]em\]|(?<!\\)\\ /g, "")
    .replace(/\\(?:mathrm|operatorname)\{([^{}]*)\}/g, "$1");
  // Longer commands first: \cdots before \cdot, \leftarrow before \le.
  const ordered = [...characters].sort(([left], [right]) => right.length - left.length);
  return ordered
    .reduce(
      (text, [command, character]) => text.replaceAll(new RegExp(`\\${command}(?![a-zA-Z])`, "g"), character),
      plain,
    )
    .replaceAll(":=", "≔")
    .replaceAll("-", "−")
    .replaceAll("*", "∗")
    .replace(/\s/g, "");
}

/** The minus of a script is a hyphen in LaTeX, too. */
const same = (text: string): string => text.replaceAll("-", "−").replace(/\s/g, "");

describe.each(examples.map(({ name }) => name))("The lines of %s", (name) => {
  test.each(Object.keys(notations) as (keyof typeof notations)[])(
    "say in %s what their LaTeX says",
    (notation) => {
      const { request } = readDerivationRequest(exampleText(name));
      const { document, printing } = derivedDocument({
        ...request,
        notation,
        forms: request.forms ?? ["chain", "delta"],
      });
      const lines = linesIn(document.blocks);
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) {
        const layout = chain(line, printing);
        expect(same(written(formulaOf(layout)))).toBe(simplified(latexOf(layout)));
      }
    },
  );
});
