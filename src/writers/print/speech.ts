// Layout -> words, to be read aloud by a screen reader or a voice. Brackets are said where a listener could group the
// words in another way, so the formula can be written down from the words alone; commas mark the breaths, and nothing
// depends on them.
//
//   closed   says where it ends: a name, a number, "the fraction … over … end fraction"
//   prefix   a function before its argument: "sigmoid of z 1", "the transpose of w"
//   open     goes on until something else comes: sums, products, powers
import type { RelationSign } from "../../derivation/document.ts";
import { type Language, spokenWords } from "../../derivation/wording/wordings.ts";
import { type Table, write } from "../table.ts";
import type { Layout, Term } from "./layout.ts";
import type { NumberText } from "./number.ts";
import { spokenName, spokenText, type Voice, voiceOf } from "./spoken-name.ts";

const voices: Readonly<Record<Language, Voice>> = {
  en: voiceOf("en", spokenWords.en),
  de: voiceOf("de", spokenWords.de),
};

/** The words of a layout. Complexity: linear in its size. */
export function speechOf(layout: Layout, language: Language): string {
  return spoken(layout, voices[language]);
}

/** The words of a relation, from those of its sides. */
export function spokenChain(
  sides: readonly string[],
  signs: readonly RelationSign[],
  language: Language,
): string {
  return chained(sides, signs, voices[language]);
}

function chained(sides: readonly string[], signs: readonly RelationSign[], { words }: Voice): string {
  return sides.reduce((before, side, position) => {
    const breath = position > 1 ? "," : "";
    return `${before}${breath} ${words.relations[signs[position - 1]!]} ${side}`;
  });
}

/** The words of a result. */
export function spokenNumber(number: NumberText, language: Language): string {
  const { words } = voices[language];
  const size = digitsOf(number, voices[language]);
  return number.negative ? `${words.minus} ${size}` : size;
}

const spoken = (layout: Layout, voice: Voice): string => write(rows, layout, voice);

const rows: Table<Layout, [Voice], string> = {
  name: ({ name }, voice) => spokenName(name, voice),
  blank: ({ letter }, { words }) => `${words.blank} ${letter}`,
  index: ({ text }, voice) => spokenText(text, voice),
  number: ({ number }, voice) => digitsOf(number, voice),
  slash: ({ top, bottom }, voice) => share(top, bottom, voice),
  sum: ({ terms }, voice) => spokenSum(terms, voice),
  product: ({ factors, signs }, voice) => {
    const [operator] = factors;
    if (operator?.kind === "function" && operator.operator)
      return `${spoken(operator, voice)} ${voice.words.of} ${operand(factors[1]!, voice)}`;
    return factors
      .map((factor) => factorOf(factor, voice))
      .reduce((before, factor, position) => {
        const { times, timesEntrywise } = voice.words;
        return spaced(before, signs[position - 1] === "odot" ? timesEntrywise : times, factor);
      });
  },
  chain: ({ sides, signs }, voice) =>
    chained(
      sides.map((side) => spoken(side, voice)),
      signs,
      voice,
    ),
  fraction: ({ top, bottom }, voice) => {
    const { words } = voice;
    if (top.kind === "differential" && bottom.kind === "differential") {
      const opening = top.sign === "d" ? words.ordinary : words.partial;
      return `${opening} ${operand(top.of, voice)} ${words.withRespectTo} ${operand(bottom.of, voice)}`;
    }
    if (top.kind === "number" && bottom.kind === "number")
      return share(digitsOf(top.number, voice), digitsOf(bottom.number, voice), voice);
    return fraction(spoken(top, voice), spoken(bottom, voice), voice);
  },
  fenced: (layout, voice) =>
    layout.fence === "bars"
      ? applied(voice.words.absolute, [layout.body], voice)
      : (negativeOf(layout, voice) ?? bracketed(layout.body, voice)),
  power: ({ base, exponent }, voice) => `${baseOf(base, voice)} ${exponentOf(exponent, voice)}`,
  exponential: ({ exponent }, voice) => applied(voice.words.exponential, [exponent], voice),
  root: ({ body }, voice) => applied(voice.words.root, [body], voice),
  function: ({ spelling }, { language }) => spelling.speech[language],
  primed: ({ head }, voice) => `${spoken(head, voice)} ${voice.words.prime}`,
  subscripted: ({ head, sub }, voice) =>
    head.kind === "call"
      ? `${voice.words.entry} ${spoken(sub, voice)} ${voice.words.of} ${spoken(head, voice)}`
      : `${spoken(head, voice)} ${voice.words.withConstant} ${operand(sub, voice)}`,
  call: ({ head, before, args }, voice) => applied(spoken(head, voice), args, voice, before),
  summation: ({ under, from, to, body }, voice) => {
    const { words } = voice;
    const start = from === undefined ? "" : ` ${words.from} ${spokenText(from, voice)}`;
    const end = to === undefined ? "" : ` ${words.to} ${spokenText(to, voice)}`;
    return `${words.sumOver} ${spokenText(under, voice)}${start}${end} ${words.of} ${spoken(body, voice)}`;
  },
  transposed: ({ of }, voice) => applied(voice.words.transpose, [of], voice),
  array: ({ rows: lines }, voice) => {
    const { words } = voice;
    const said = lines.map((line, position) => {
      const entries = line.map((entry) => spoken(entry, voice)).join(`, ${words.next}, `);
      return `${words.row} ${position + 1}, ${entries}`;
    });
    return [words.matrix, ...said, words.endMatrix].join(", ");
  },
  differential: ({ of, sign }, voice) =>
    `${sign === "d" ? voice.words.ordinary : voice.words.partial} ${operand(of, voice)}`,
  same: ({ left, right }, voice) =>
    `${voice.words.indicator} ${spokenText(left, voice)} ${voice.words.is} ${spokenText(right, voice)}`,
  cases: ({ cases }, voice) => {
    const { words } = voice;
    const said = cases.map(({ value, when }) => {
      const condition = when.relation === ">" ? words.isPositive : words.isNotPositive;
      return `${spoken(value, voice)}, ${words.if} ${spoken(when.of, voice)} ${condition}`;
    });
    return `${words.cases}, ${said.join(`, ${words.or} `)}, ${words.endCases}`;
  },
};

// Numbers

function digitsOf({ digits, exponent }: NumberText, { words }: Voice): string {
  const mantissa = digits.replace(".", words.point);
  if (exponent === undefined) return mantissa;
  const power = exponent < 0 ? `${words.minus} ${-exponent}` : String(exponent);
  return digits === "1" ? `${words.tenTo} ${power}` : `${mantissa} ${words.timesTenTo} ${power}`;
}

/** One half; other fractions of numbers as fractions. */
function share(top: string, bottom: string, voice: Voice): string {
  return voice.words.shares[`${top}/${bottom}`] ?? fraction(top, bottom, voice);
}

function fraction(top: string, bottom: string, { words }: Voice): string {
  return spaced(`${words.fraction} ${spaced(top, words.over, bottom)}`, words.endFraction);
}

/** A number in brackets for its sign's sake: 0.3 · (−0.2). */
function negativeOf(layout: Layout, voice: Voice): string | undefined {
  if (layout.kind !== "fenced" || layout.body.kind !== "sum") return undefined;
  const [first, ...others] = layout.body.terms;
  if (others.length > 0 || !first!.minus || first!.body.kind !== "number") return undefined;
  return `${voice.words.negative} ${digitsOf(first!.body.number, voice)}`;
}

// Sums, products and powers

function spokenSum(terms: readonly Term[], voice: Voice): string {
  const { words } = voice;
  return terms
    .map(({ minus, body }, position) => {
      const closing = position < terms.length - 1 && endsInSum(body) ? `, ${words.endSum}` : "";
      const sign = minus ? words.minus : position === 0 ? "" : words.plus;
      return { sign, said: spoken(body, voice) + closing };
    })
    .reduce(
      (before, { sign, said }, position) =>
        position === 0 ? [sign, said].filter(Boolean).join(" ") : spaced(before, sign, said),
      "",
    );
}

/** What is added behind a Σ must not be taken for a part of it. */
function endsInSum(layout: Layout): boolean {
  if (layout.kind === "summation") return true;
  return layout.kind === "product" && endsInSum(layout.factors.at(-1)!);
}

function factorOf(factor: Layout, voice: Voice): string {
  return factor.kind === "sum" || factor.kind === "product" || factor.kind === "chain"
    ? bracketed(factor, voice)
    : spoken(factor, voice);
}

function baseOf(base: Layout, voice: Voice): string {
  if (base.kind === "fenced" && base.fence === "parentheses") return bracketed(base.body, voice);
  const single = base.kind === "name" || base.kind === "index" || base.kind === "number";
  return single ? spoken(base, voice) : bracketed(base, voice);
}

function exponentOf(exponent: Layout, voice: Voice): string {
  const { words } = voice;
  if (exponent.kind === "product") {
    const [entrywise, own] = exponent.factors;
    if (entrywise?.kind === "function" && entrywise.operator)
      return `${exponentOf(own!, voice)} ${spoken(entrywise, voice)}`;
  }
  if (exponent.kind === "number" && exponent.number.exponent === undefined) {
    if (exponent.number.digits === "2") return words.squared;
    if (exponent.number.digits === "3") return words.cubed;
  }
  return `${words.toThePower} ${operand(exponent, voice)}`;
}

// Functions and brackets

const open: ReadonlySet<Layout["kind"]> = new Set(["sum", "product", "power", "summation", "chain"]);
const prefix: ReadonlySet<Layout["kind"]> = new Set([
  "call",
  "root",
  "exponential",
  "transposed",
  "subscripted",
  "primed",
]);

/** A function and what it is applied to; several arguments stand between "and", each saying where it ends. */
function applied(head: string, args: readonly Layout[], voice: Voice, before?: string): string {
  const { words } = voice;
  const first = before === undefined ? [] : [before.replace(/\D/g, "")];
  const [only] = args;
  const single = args.length + first.length === 1;
  const said = single ? [operand(only!, voice)] : args.map((arg) => closed(arg, voice));
  return `${head} ${words.of} ${[...first, ...said].join(` ${words.and} `)}`;
}

/** What stands behind "of": closed, or a function of its own. */
function operand(layout: Layout, voice: Voice): string {
  if (layout.kind === "fenced" && layout.fence === "parentheses") {
    const { body } = layout;
    return body.kind === "name" || isDerivative(body) ? spoken(body, voice) : spoken(layout, voice);
  }
  return open.has(layout.kind) ? bracketed(layout, voice) : spoken(layout, voice);
}

function closed(layout: Layout, voice: Voice): string {
  const isPrefix = prefix.has(layout.kind) || (layout.kind === "fenced" && layout.fence === "bars");
  return isPrefix ? bracketed(layout, voice) : operand(layout, voice);
}

function isDerivative(layout: Layout): boolean {
  return layout.kind === "fraction" && layout.top.kind === "differential";
}

function bracketed(body: Layout, voice: Voice): string {
  const { openBracket, closeBracket } = voice.words;
  return `${openBracket} ${spoken(body, voice)} ${closeBracket}`;
}

/** More words than these in a row take a breath before the next operation. */
const longestBreath = 3;

function isLong(words: string): boolean {
  let space = -1;
  for (let word = 0; word < longestBreath; word += 1) {
    space = words.indexOf(" ", space + 1);
    if (space < 0) return false;
  }
  return true;
}

/** `before operation after`, with a comma where what stands before is long. */
function spaced(before: string, operation: string, after?: string): string {
  const start = `${before}${isLong(before) ? "," : ""} ${operation}`;
  return after === undefined ? start : `${start} ${after}`;
}
