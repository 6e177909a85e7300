// A formula in a student's handwriting: LaTeX or plain text, each time in a slightly different hand.
import type { NotationKey } from "../../../src/notation/notation.ts";
import type { Formula, Variable } from "./formula.ts";
import type { Model } from "./model.ts";
import { activationLetter, type Name, namesOf } from "./names.ts";
import type { Random } from "./random.ts";

type Medium = "latex" | "unicode" | "plain";

/** How one student writes; `random` decides where a habit leaves a choice. */
export interface Hand {
  readonly model: Model;
  readonly notation: NotationKey;
  readonly random: Random;
  readonly medium: Medium;
  readonly times: string;
  readonly derivativeSign: string;
  readonly fraction: string;
  readonly brackets: readonly (readonly [string, string])[];
  readonly scripts: "braced" | "bare" | "layer-first" | "bracketed";
  readonly spaces: string;
}

export function someHand(model: Model, notation: NotationKey, random: Random): Hand {
  const medium = random.pick(["latex", "latex", "latex", "unicode", "plain"] as const);
  const isLatex = medium === "latex";
  return {
    model,
    notation,
    random,
    medium,
    times: isLatex
      ? random.pick([" ", " ", "\\cdot ", " \\times ", "\\, ", " * "])
      : random.pick([" * ", "*", medium === "unicode" ? " · " : " * "]),
    derivativeSign: isLatex
      ? random.pick(["\\partial ", "\\partial ", "\\partial{}", "∂", "d", "\\mathrm{d}"])
      : medium === "unicode"
        ? "∂"
        : "d",
    fraction: random.pick(["\\frac", "\\frac", "\\dfrac", "\\tfrac", "over", "/"]),
    brackets: isLatex
      ? random.pick([
          [["(", ")"]],
          [["\\left(", "\\right)"]],
          [
            ["(", ")"],
            ["[", "]"],
          ],
          [
            ["\\left( ", " \\right)"],
            ["\\left[", "\\right]"],
          ],
          [["\\bigl(", "\\bigr)"]],
          [["\\big(", "\\big)"]],
        ])
      : [["(", ")"]],
    scripts: random.pick(["braced", "bare", "layer-first", "bracketed"] as const),
    spaces: random.pick(["", " ", "  "]),
  };
}

/** How tightly what is written holds together. */
const binding = { sum: 0, negative: 1, product: 2, prefix: 3, power: 4, atom: 5 } as const;
type Binding = (typeof binding)[keyof typeof binding];

interface Written {
  readonly text: string;
  readonly holds: Binding;
}

export function spell(hand: Hand, formula: Formula): string {
  return write(hand, formula).text;
}

function write(hand: Hand, formula: Formula): Written {
  switch (formula.kind) {
    case "number":
      return { text: formula.text, holds: formula.text.startsWith("-") ? binding.negative : binding.atom };
    case "symbol":
      return { text: nameOf(hand, formula), holds: binding.atom };
    case "sum":
      return { text: sumOf(hand, formula.terms), holds: binding.sum };
    case "negative":
      return { text: `-${atLeast(hand, formula.of, binding.product)}`, holds: binding.negative };
    case "product":
      return { text: productOf(hand, formula.factors), holds: binding.product };
    case "quotient":
      return quotientOf(hand, formula.over, formula.under);
    case "power":
      return powerOf(hand, formula.base, formula.exponent);
    case "call":
      return callOf(hand, formula);
    case "derivative":
      return fraction(
        hand,
        `${hand.derivativeSign}${nameOf(hand, formula.of)}`,
        `${hand.derivativeSign}${nameOf(hand, formula.by)}`,
        true,
      );
    case "total":
      return { text: totalOf(hand, formula.letter, formula.body), holds: binding.negative };
  }
}

function atLeast(hand: Hand, formula: Formula, needed: Binding): string {
  const { text, holds } = write(hand, formula);
  return holds >= needed ? text : bracketed(hand, text);
}

function bracketed({ random, brackets }: Hand, text: string): string {
  const [open, close] = random.pick(brackets);
  return `${open}${text}${close}`;
}

function sumOf(hand: Hand, terms: readonly Formula[]): string {
  const { spaces } = hand;
  return terms
    .map((term, position) => {
      if (term.kind === "negative") {
        const text = atLeast(hand, term.of, binding.product);
        return position === 0 ? `-${text}` : `${spaces}-${spaces}${text}`;
      }
      const text = atLeast(hand, term, term.kind === "total" ? binding.negative : binding.product);
      return position === 0 ? text : `${spaces}+${spaces}${text}`;
    })
    .join("");
}

function productOf(hand: Hand, factors: readonly Formula[]): string {
  const texts = factors.map((factor, position) => {
    // A Σ reaches to the end of its product, so it stands last or in brackets.
    const isLast = position === factors.length - 1;
    const needed = factor.kind === "total" && isLast ? binding.negative : binding.prefix;
    return atLeast(hand, factor, needed);
  });
  return texts.reduce((before, text) => `${before}${signBetween(hand, before, text)}${text}`);
}

/** Factors may stand side by side unless two numbers, or a name and a bracket that would look like a call, would meet. */
function signBetween(hand: Hand, before: string, after: string): string {
  const isDigit = /[0-9.]$/.test(before.trim()) && /^[0-9.]/.test(after.trim());
  const isNumberAfter = /^[0-9.]/.test(after.trim());
  const isSlash = before.includes("/") && hand.medium === "latex" && /\/[^)]*$/.test(before);
  const needsSign = isDigit || isNumberAfter || isSlash;
  if (hand.medium !== "latex") return hand.times;
  if (needsSign) return " \\cdot ";
  return hand.times;
}

function quotientOf(hand: Hand, over: Formula, under: Formula): Written {
  const [top, bottom] = [write(hand, over), write(hand, under)];
  return isSlashed(hand)
    ? {
        text: `${atLeast(hand, over, binding.prefix)}${hand.random.pick(["/", " / "])}${atLeast(hand, under, binding.power)}`,
        holds: binding.product,
      }
    : fraction(hand, top.text, bottom.text, false);
}

const isSlashed = ({ medium, fraction: habit }: Hand): boolean => medium !== "latex" || habit === "/";

function fraction(hand: Hand, over: string, under: string, isDerivative: boolean): Written {
  if (isSlashed(hand)) {
    const text = `${over}/${under}`;
    // (∂E/∂z) (∂z/∂w) is safer with brackets; many students leave them out where a sign stands between.
    return isDerivative && hand.times.trim() !== ""
      ? { text, holds: binding.prefix }
      : { text: `(${text})`, holds: binding.atom };
  }
  if (hand.fraction === "over") return { text: `{${over} \\over ${under}}`, holds: binding.prefix };
  return { text: `${hand.fraction}{${over}}{${under}}`, holds: binding.prefix };
}

function powerOf(hand: Hand, base: Formula, exponent: number): Written {
  const { medium, random } = hand;
  const inner = atLeast(hand, base, binding.atom);
  // A name with a script gets brackets, so that its power is nobody's layer.
  const safe =
    /[\^_⁽₀-₉¹-⁹]/.test(inner) && !/^[([\\]/.test(inner.replace(/^\\(?!left|big)/, ""))
      ? bracketed(hand, inner)
      : inner;
  if (medium === "unicode" && exponent === 2) return { text: `${safe}²`, holds: binding.power };
  const written =
    medium === "latex"
      ? exponent < 0 || random.chance(0.5)
        ? `{${exponent}}`
        : exponent
      : exponent < 0
        ? `(${exponent})`
        : exponent;
  return { text: `${safe}^${written}`, holds: binding.power };
}

function callOf(hand: Hand, { name, primes, argument }: Extract<Formula, { kind: "call" }>): Written {
  const { random, medium } = hand;
  const inner = write(hand, argument).text;
  if (name === "exp") return exponential(hand, inner);
  const letter = functionName(hand, name);
  const mark =
    primes === 0
      ? ""
      : medium === "latex"
        ? random.pick(["'", "'", "^{\\prime}", "^\\prime", "^{'}"])
        : medium === "unicode"
          ? "′"
          : "'";
  return { text: `${letter}${mark}${bracketed(hand, inner)}`, holds: binding.prefix };
}

function exponential({ medium, random }: Hand, inner: string): Written {
  if (medium !== "latex")
    return { text: random.chance(0.5) ? `exp(${inner})` : `e^(${inner})`, holds: binding.prefix };
  return random.chance(0.75)
    ? { text: `${random.pick(["e", "e", "\\mathrm{e}"])}^{${inner}}`, holds: binding.prefix }
    : { text: `\\exp\\left(${inner}\\right)`, holds: binding.prefix };
}

function functionName(
  { medium, notation, model }: Hand,
  name: "activation" | "sigmoid" | "tanh" | "log",
): string {
  const word =
    name === "activation"
      ? activationLetter(model, notation)
      : name === "sigmoid"
        ? "sigma"
        : name === "log"
          ? "ln"
          : name;
  if (word.length === 1) return word;
  if (medium === "latex") return `\\${word}`;
  return word === "sigma" ? (medium === "unicode" ? "σ" : "sigmoid") : word;
}

function totalOf(hand: Hand, letter: string, body: Formula): string {
  const inner = atLeast(hand, body, binding.product);
  if (hand.medium === "latex") return `\\sum_${hand.random.chance(0.5) ? letter : `{${letter}}`} ${inner}`;
  return hand.medium === "unicode" ? `Σ_${letter} ${inner}` : `sum_${letter} ${inner}`;
}

/** Words are set in one piece, letters in LaTeX by their command. */
const words = new Set(["net", "out", "target"]);

function nameOf(hand: Hand, symbol: Variable): string {
  const name = hand.random.pick(namesOf(hand.model, hand.notation, symbol));
  return hand.medium === "latex" ? latexName(hand, name) : plainName(hand, name);
}

function latexName({ scripts, random }: Hand, { base, hat, sub, layer }: Name): string {
  const letter = words.has(base)
    ? random.pick([base, `\\mathrm{${base}}`, `\\text{${base}}`])
    : base === "delta"
      ? "\\delta"
      : base;
  const head = hat ? random.pick([`\\hat{${letter}}`, `\\hat ${letter}`]) : letter;
  const below =
    sub === undefined
      ? ""
      : sub.length === 1 && scripts !== "braced"
        ? `_${sub}`
        : `_{${sub === "total" ? random.pick(["total", "\\text{total}", "\\mathrm{total}"]) : sub}}`;
  const above =
    layer === undefined ? "" : scripts === "bracketed" ? `^{\\left(${layer}\\right)}` : `^{(${layer})}`;
  return scripts === "layer-first" ? `${head}${above}${below}` : `${head}${below}${above}`;
}

const lowered = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCodePoint(0x2080 + Number(digit)));
const raised = (layer: number): string => `⁽${[..."⁰¹²³⁴⁵⁶⁷⁸⁹"][layer]}⁾`;

function plainName({ medium, random }: Hand, { base, hat, sub, layer }: Name): string {
  if (medium === "unicode" && !words.has(base) && sub !== "total") {
    const head = base === "delta" ? "δ" : hat ? "ŷ" : base;
    const below = sub === undefined ? "" : /^[0-9]+$/.test(sub) ? lowered(sub) : `_${braced(sub)}`;
    return `${head}${below}${layer === undefined ? "" : raised(layer)}`;
  }
  const head = hat ? `${base}hat` : base;
  const below = sub === undefined ? "" : random.chance(0.5) || sub.length > 1 ? `_${braced(sub)}` : `_${sub}`;
  return `${head}${below}${layer === undefined ? "" : `^(${layer})`}`;
}

const braced = (sub: string): string => (/^[A-Za-z]*[0-9]*$/.test(sub) ? sub : `{${sub}}`);
