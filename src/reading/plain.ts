// Plain text -> items: `dE/dw_1 = delta_1^(2) * x_1`, `sigmoid'(z_1)`, `sum_k w_kj delta_k`, δ₁⁽²⁾. Letters are items one
// by one, as in LaTeX; the reader of names joins those that are words.
import { catalogue } from "../expression/functions.ts";
import { Failure } from "../failure.ts";
import { greekLetters } from "../notation/name.ts";
import { characterAtom } from "./characters.ts";
import { grouped } from "./group.ts";
import { at, type FlatAtom, type FlatItem, type Item, type Sign } from "./item.ts";
import { type AreNames, isPhrase } from "./prose.ts";

/**
 * The items of a text from `start` on; positions count from the beginning of the whole text. `areNames` says whether the
 * letters of a run name quantities.
 */
export function plainItems(text: string, start = 0, areNames: AreNames = noNames): readonly Item[] {
  return new Lexer(text, start, areNames).items();
}

const noNames: AreNames = () => false;

const subscripts = small("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+-=()aehijklmnoprstuvx");
const superscripts = small(
  "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ",
  "0123456789+-=()abcdefghijklmnoprstuvwxyzT",
);

function small(written: string, meant: string): ReadonlyMap<string, string> {
  const letters = [...meant];
  return new Map([...written].map((character, place) => [character, letters[place]!]));
}

/** Signs of two or more characters, and those that are not the characters of LaTeX. */
const signs: readonly (readonly [text: string, sign: Sign])[] = [
  [":=", ":="],
  ["<-", "←"],
  ["=>", "⇒"],
  ["->", "→"],
  ["!=", "≠"],
  ["===", "="],
  ["==", "="],
  ["~=", "≈"],
  ["<=", "≤"],
  [">=", "≥"],
  [".*", "⊙"],
  ["@", "·"],
  ["~", "≈"],
  [";", ","],
];

/** Words that stand for a sign or letter of their own. */
const words = new Map<string, FlatAtom>([
  ["sum", { kind: "summation" }],
  ["Sum", { kind: "summation" }],
  ["partial", { kind: "name", base: "∂", style: "italic" }],
  ["grad", { kind: "name", base: "∇", style: "italic" }],
  ["nabla", { kind: "name", base: "∇", style: "italic" }],
  ["infinity", { kind: "name", base: "∞", style: "italic" }],
]);

/** Functions may stand in front of one factor without brackets: log yhat. */
const functionNames: ReadonlySet<string> = new Set([
  "ln",
  "ReLU",
  "diag",
  "sinh",
  "cosh",
  "coth",
  "sec",
  "csc",
  "cot",
  "lg",
  ...catalogue.names(),
]);

const patterns = {
  space: /\s+/y,
  decimalComma: /(?:[0-9]+\{,\}[0-9]+|0,[0-9]+|[0-9]+,[0-9]{2,})(?![0-9,])/y,
  number: /(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+(?![\p{L}0-9]))?/uy,
  letters: /(?:[A-Za-z]\u0302?|[\u0370-\u03ff]|[\u00b5\u00c0-\u024f\u1e00-\u1eff]\u0302?)+/uy,
  stop: /(?<!\s)[.:](?=\s|$)/y,
  subscriptRun: /[0-9]+(?:[,_][0-9]+)*|[\p{L}][\p{L}0-9]*(?:_[0-9]+)?/uy,
  superscriptRun: /new|old|neu|alt|[+-]?(?:[0-9]+(?:\.[0-9]+)?|\p{L}(?:[+-][0-9]+)?)|\+/uy,
  lowered: new RegExp(`[${[...subscripts.keys()].join("")}]+`, "uy"),
  raised: new RegExp(`[${[...superscripts.keys()].join("")}]+`, "uy"),
} as const;

/** The state guarded is the place reached. */
class Lexer {
  readonly #text: string;
  readonly #offset: number;
  readonly #areNames: AreNames;
  readonly #found: FlatItem[] = [];
  #position = 0;

  constructor(text: string, offset: number, areNames: AreNames) {
    this.#text = text;
    this.#offset = offset;
    this.#areNames = areNames;
  }

  /** Lines under each other are rows. */
  items(): readonly Item[] {
    while (this.#position < this.#text.length) this.#next();
    return grouped(this.#found);
  }

  #next(): void {
    const start = this.#position;
    const space = this.#match("space");
    if (space?.includes("\n")) this.#push({ kind: "sign", sign: "row" }, start);
    if (space !== undefined) return;
    const stop = this.#match("stop");
    const comma = stop === undefined ? this.#match("decimalComma") : undefined;
    const isRead = stop !== undefined || comma !== undefined;
    const number = isRead ? undefined : this.#match("number");
    const letters = isRead || number !== undefined ? undefined : this.#match("letters");
    if (stop !== undefined) this.#push({ kind: "sign", sign: "," }, start);
    else if (comma !== undefined) this.#push({ kind: "digit", text: comma.replace(/[{}]/g, "") }, start);
    else if (number !== undefined) this.#push({ kind: "number", digits: number }, start);
    else if (letters !== undefined) this.#word(letters, start);
    else if (!this.#script()) this.#sign(start);
  }

  #match(pattern: keyof typeof patterns): string | undefined {
    const expression = patterns[pattern];
    expression.lastIndex = this.#position;
    const text = expression.exec(this.#text)?.[0];
    if (text !== undefined) this.#position += text.length;
    return text;
  }

  #push(atom: FlatAtom, start: number, end = this.#position): void {
    this.#found.push({ atom, primes: 0, start: start + this.#offset, end: end + this.#offset });
  }

  #sign(start: number): void {
    const known = signs.find(([text]) => this.#text.startsWith(text, start));
    this.#position += known ? known[0].length : [...this.#text.slice(start, start + 2)][0]!.length;
    if (known) this.#push({ kind: "sign", sign: known[1] }, start);
    else if (this.#text[start] === "√") this.#push({ kind: "name", base: "sqrt", style: "upright" }, start);
    else {
      const span = { start: start + this.#offset, end: this.#position + this.#offset };
      this.#push(characterAtom(this.#text.slice(start, this.#position), span), start);
    }
  }

  // Words

  /** A run of letters: a phrase, a word of its own, or letters one by one; `yhat` is ŷ, `dnet` d and net. */
  #word(run: string, start: number): void {
    const behind = this.#text[this.#position] ?? " ";
    const around = { before: this.#text.slice(0, start), after: this.#text.slice(this.#position) };
    if (isPhrase(run, around, this.#areNames)) this.#push({ kind: "words", text: run }, start);
    else if (run === "hat" && behind === "(") this.#hatted(start);
    else if (functionNames.has(run)) this.#push({ kind: "name", base: run, style: "upright" }, start);
    else
      for (const { base, offset, length } of partsOfWord(run, this.#areNames))
        this.#push(words.get(base) ?? letter(base), start + offset, start + offset + length);
    if (this.#text.startsWith("_hat", this.#position)) this.#hatBehind();
  }

  /** y_hat */
  #hatBehind(): void {
    this.#position += 4;
    const last = this.#found.pop()!;
    const atom =
      last.atom.kind === "name" ? { ...last.atom, base: `${last.atom.base}${combiningHat}` } : last.atom;
    this.#found.push({ ...last, atom, end: this.#position + this.#offset });
  }

  /** hat(y) */
  #hatted(start: number): void {
    const inside = /^\((\p{L})\)/u.exec(this.#text.slice(this.#position));
    if (!inside) {
      for (const [place, base] of [..."hat"].entries())
        this.#push(letter(base), start + place, start + place + 1);
      return;
    }
    this.#position += inside[0].length;
    this.#push(letter(inside[1]! + combiningHat), start);
  }

  // Scripts

  /** A script behind the last item; it becomes a part of that item. */
  #script(): boolean {
    const start = this.#position;
    const lowered = this.#match("lowered");
    if (lowered !== undefined) return this.#attach("sub", this.#smallItems(lowered, subscripts, start));
    const raised = this.#match("raised");
    if (raised !== undefined) return this.#attach("sup", this.#smallItems(raised, superscripts, start));
    if (this.#text[start] === "_") return this.#attach("sub", this.#scriptItems(1, "subscriptRun", false));
    if (this.#text.startsWith("**", start))
      return this.#attach("sup", this.#scriptItems(2, "superscriptRun", true));
    if (this.#text[start] === "^") return this.#attach("sup", this.#scriptItems(1, "superscriptRun", true));
    return false;
  }

  #attach(script: "sub" | "sup", items: readonly Item[]): true {
    const base = this.#found.pop();
    const end = this.#position + this.#offset;
    if (!base || base.atom.kind === "sign")
      throw unreadable(`The script ${at(end - 1)} stands at nothing; write it behind a name.`, end - 1);
    const known = base[script] ?? [];
    const isTower = script === "sup" && known.length > 0;
    this.#found.push({ ...base, [script]: isTower ? onTop(known, items) : [...known, ...items], end });
    return true;
  }

  #smallItems(run: string, meant: ReadonlyMap<string, string>, start: number): readonly Item[] {
    const text = [...run].map((character) => meant.get(character)!).join("");
    const span = { start: start + this.#offset, end: this.#position + this.#offset };
    return plainItems(text).map((item) => ({ ...item, ...span }));
  }

  /** Behind `_` or `^`: brackets, or as many characters as one script can have. */
  #scriptItems(marks: number, run: "subscriptRun" | "superscriptRun", isSup: boolean): readonly Item[] {
    this.#position += marks;
    const open = this.#text[this.#position] ?? "";
    if (open === "{" || open === "(") return this.#bracketed(open, isSup);
    const start = this.#position;
    const text = this.#match(run);
    if (text === undefined)
      throw unreadable(
        `Nothing stands ${at(start + this.#offset)}, where a script was expected; write _{…} or ^{…}.`,
        start + this.#offset,
      );
    return plainItems(
      text.replaceAll("_", isSup ? "_" : /^[0-9]/.test(text) ? "," : ""),
      start + this.#offset,
    );
  }

  /** ^(2) is a layer mark where a name has one, ^(x + 1) an exponent. */
  #bracketed(open: "{" | "(", isSup: boolean): readonly Item[] {
    const start = this.#position;
    const end = closingPlace(this.#text, start);
    if (end < 0)
      throw unreadable(
        `The bracket ${open} ${at(start + this.#offset)} is never closed; close it by ${open === "{" ? "}" : ")"}.`,
        start + this.#offset,
      );
    this.#position = end + 1;
    const items = plainItems(this.#text.slice(start + 1, end), start + 1 + this.#offset);
    const base = this.#found.at(-1);
    const isMark = /^\s*(?:[0-9]+|\p{L}(?:\s*[+-]\s*[0-9]+)?)\s*$/u.test(this.#text.slice(start + 1, end));
    const canMark = base?.atom.kind === "name" && base.atom.base !== "e";
    if (!isSup || open === "{" || !isMark || !(canMark || isNumber(base))) return items;
    const span = { start: start + this.#offset, end: end + 1 + this.#offset };
    return [{ atom: { kind: "group", fence: "(", items, typed: true }, primes: 0, ...span }];
  }
}

/** w5^(2): the number is part of a name. */
function isNumber(item: FlatItem | undefined): boolean {
  return item?.atom.kind === "number";
}

/** a^b^c is a^(b^c). */
function onTop(exponent: readonly Item[], items: readonly Item[]): readonly Item[] {
  const last = exponent.at(-1)!;
  const raised = { ...last, sup: last.sup ? onTop(last.sup, items) : items };
  return [...exponent.slice(0, -1), raised];
}

function closingPlace(text: string, start: number): number {
  let depth = 0;
  for (let place = start; place < text.length; place += 1) {
    if ("({".includes(text[place]!)) depth += 1;
    else if (")}".includes(text[place]!)) depth -= 1;
    if (depth === 0) return place;
  }
  return -1;
}

const combiningHat = "\u0302";

function letter(base: string): FlatAtom {
  const decomposed = base.normalize("NFD");
  const isHatted = decomposed.length === 2 && decomposed.endsWith(combiningHat);
  return { kind: "name", base: isHatted ? decomposed : base.normalize("NFC"), style: "italic" };
}

interface WordPart {
  readonly base: string;
  readonly offset: number;
  readonly length: number;
}

/**
 * A Greek word, a word with a sign of its own, a letter with a hat; behind a d they are what is derived. Where p and i are
 * names and π is none, pi is their product.
 */
function partsOfWord(run: string, areNames: AreNames): readonly WordPart[] {
  const sign = wholeWord(run);
  const whole = sign !== undefined && areNames(run) && !areNames(sign) ? undefined : sign;
  if (whole !== undefined) return [{ base: whole, offset: 0, length: run.length }];
  const rest = run.startsWith("d") ? wholeWord(run.slice(1)) : undefined;
  if (rest !== undefined)
    return [
      { base: "d", offset: 0, length: 1 },
      { base: rest, offset: 1, length: run.length - 1 },
    ];
  return lettersOf(run);
}

function lettersOf(run: string): readonly WordPart[] {
  let offset = 0;
  return (run.match(/.\u0302?/gu) ?? []).map((base) => {
    const part = { base: base === "µ" ? "μ" : base, offset, length: base.length };
    offset += base.length;
    return part;
  });
}

function wholeWord(run: string): string | undefined {
  if (words.has(run)) return run;
  const hatted = /^(\p{L})hat$/u.exec(run);
  if (hatted) return hatted[1]! + combiningHat;
  return greekLetters.get(run)?.plain;
}

function unreadable(sentence: string, position: number): Failure {
  return new Failure("formula-syntax", sentence, { position });
}
