// How wide a formula is in Computer Modern, the face of PDFs and of LaTeX, near enough to decide where lines break.
import type { Layout } from "./layout.ts";
import { type Formula, formulaOf } from "./typst.ts";

/** A digit is half an em wide. */
export const digitsInEm = 2;

/** The width of a layout in digits: what line breaking counts in. */
export const digitsWide = (layout: Layout): number => digitsInEm * widthOfFormula(formulaOf(layout));

/** Advance widths in thousandths of the font size, of New Computer Modern Math 7.0: single characters of formulas. */
const advances: ReadonlyMap<string, number> = tableOf(
  "a529 b443 c458 d544 e466 f580 g502 h576 i345 j425 k536 l298 m878 n600 o497 p518 q480 r464 s469 t361 u572 v496 w719 x572 y518 z495",
  "A750 B784 C788 D832 E792 F777 G786 H909 I525 J661 K917 L681 M1072 N909 O768 P782 Q791 R783 S673 T732 U788 V797 W1076 X879 Y790 Z751",
  "α640 β602 γ571 δ480 ε466 ζ502 η524 θ483 ι354 κ576 λ583 μ603 ν552 ξ474 π595 ρ530 σ595 τ539 υ552 φ654 χ626 ψ663 ω632",
  "Γ625 Δ833 Θ778 Λ694 Ξ667 Π750 Σ722 Υ778 Φ722 Ψ778 Ω722 ∂594 ∇833 ⊤778 ⋯776 ⋮218 ⋱613 ′311",
  "(389 )389 [284 ]278 |278 ,278 -333 +778 −778 =778 ≈773 ≔906 ←1000 >778 ≤778 ⋅278 ∗500 ×778 ⊙782",
);

/** Upright letters and signs, as words and numbers are set. */
const upright: ReadonlyMap<string, number> = tableOf(
  "a500 b556 c444 d556 e444 f306 g500 h556 i278 j306 k528 l278 m833 n556 o500 p556 q528 r392 s394 t389 u556 v528 w722 x528 y528 z444",
  "A750 B708 C722 D764 E681 F653 G785 H750 I361 J514 K778 L625 M917 N750 O778 P681 Q778 R736 S556 T722 U750 V750 W1028 X750 Y750 Z611",
  "0500 1500 2500 3500 4500 5500 6500 7513 8500 9500 .278 ,278 /500",
);

function tableOf(...lines: readonly string[]): ReadonlyMap<string, number> {
  const entries = lines
    .flatMap((line) => line.split(" "))
    .map((entry): [string, number] => {
      const [character = "", ...advance] = entry;
      return [character, Number(advance.join("")) / 1000];
    });
  return new Map(entries);
}

/** Wider than most: what is not listed is rare. */
const unlisted = 0.8;

/** The space that a sign asks for on both sides together, in em (TeXbook, chapter 18); none within scripts. */
const spaces: ReadonlyMap<string, number> = new Map([
  ...[..."=≈≔←>≤"].map((sign): [string, number] => [sign, 10 / 18]),
  ...[..."+−⋅∗×⊙"].map((sign): [string, number] => [sign, 8 / 18]),
  [",", 3 / 18],
]);

/** Of scripts, and of fractions that do not stand by themselves. */
const scriptScale = 0.7;

/** em; around what is under a bar, a root or brackets that grow. */
const [barSpace, rootSign, tallBracket, columnGap, matrixBrackets, limitSign, primeMark] = [
  0.2, 0.85, 0.67, 0.5, 0.75, 1.25, 0.3,
];

/** em; the frame that the template draws. */
const blankWidth = 3.4;

/** em. Complexity: linear in the formula. */
export function widthOfFormula(formula: Formula): number {
  return width(formula, false);
}

/** Scripts are measured at their own size. */
function width(formula: Formula, isScript: boolean): number {
  if (typeof formula === "string")
    return (advances.get(formula) ?? unlisted) + (isScript ? 0 : (spaces.get(formula) ?? 0));
  switch (formula[0]) {
    case "row":
      return total(
        formula.slice(1).map((part, position) =>
          // A sign that opens a row is the sign of what follows.
          position === 0 && typeof part === "string"
            ? (advances.get(part) ?? unlisted)
            : width(part as Formula, isScript),
        ),
      );
    case "upright":
    case "bold":
      return wordWidth(formula[1]);
    case "operator":
      return wordWidth(formula[1]) + 3 / 18;
    case "blank":
      return blankWidth;
    case "space":
      return formula[1];
    case "fraction":
    case "slashed":
      return formula[0] === "slashed"
        ? width(formula[1], isScript) + width(formula[2], isScript) + 0.5
        : Math.max(width(formula[1], isScript), width(formula[2], isScript)) + barSpace;
    case "scripts":
      return (
        width(formula[1], isScript) +
        Math.max(script(formula[2], isScript), script(formula[3], isScript)) +
        0.06
      );
    case "primed":
      return width(formula[1], isScript) + primeMark;
    case "hat":
      return width(formula[1], isScript);
    case "fenced":
      return width(formula[2], isScript) + 2 * tallBracket;
    case "root":
      return width(formula[1], isScript) + rootSign;
    case "summation":
      return Math.max(limitSign, script(formula[1], isScript), script(formula[2], isScript)) + 3 / 18;
    case "matrix":
    case "cases": {
      const columns = formula[1][0]?.length ?? 0;
      const widest = Array.from({ length: columns }, (_, column) =>
        Math.max(...formula[1].map((line) => width(line[column]!, isScript))),
      );
      return total(widest) + columnGap * (columns - 1) + matrixBrackets;
    }
  }
}

/** A script beside what is measured; within scripts they have its size. */
function script(part: Formula | null, isScript: boolean): number {
  return part === null ? 0 : width(part, true) * (isScript ? 1 : scriptScale);
}

const total = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width, 0);

const wordWidth = (word: string): number =>
  total([...word].map((character) => upright.get(character) ?? advances.get(character) ?? unlisted));
