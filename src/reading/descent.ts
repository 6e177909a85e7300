// Items of one side -> Reading, by recursive descent:
//
//   sum     = [sign] product { ("+" | "−") product }
//   product = factor { ["·" | "/"] factor } [Σ product]       division and juxtaposition from left to right: 1/2 x is (1/2)x
//   factor  = atom { ^ exponent }                             a bracketed superscript is a layer mark, never an exponent
//   atom    = number | name | call | (sum) | |sum| | \frac{sum}{sum} | \sqrt{sum} | ∂name/∂name | [j = k] | cases
import { Failure } from "../failure.ts";
import {
  isInverse,
  isTranspose,
  nameOnly,
  numberBehind,
  numberReading,
  productOf,
  quotient,
  refuseSecond,
  sameIndices,
  separated,
  unexpected,
  unreadable,
} from "./forms.ts";
import { at, type Fence, type Item, isRelation, type Sign, type Span, signOf } from "./item.ts";
import { readingLimits } from "./refuse.ts";
import { isLayerMark, nameKeyOf, scriptText } from "./script.ts";
import type { NameKey, NameReading, Reading, SignedReading, Vocabulary } from "./syntax.ts";

/** Σ and calls without brackets nest (`\tanh\tanh x`) where no bracket is counted. */
const deepestNesting = 2 * readingLimits.depth;

/** One list of items; the state guarded is the place reached. Throws Failure "formula-syntax" with the position. */
export class Descent {
  readonly #items: readonly Item[];
  readonly #vocabulary: Vocabulary;
  readonly #span: Span;
  #depth: number;
  #position = 0;

  constructor(items: readonly Item[], vocabulary: Vocabulary, span: Span, depth: number) {
    this.#items = items;
    this.#vocabulary = vocabulary;
    this.#span = span;
    this.#depth = depth;
  }

  /** The items as one sum; `what` names what is missing where there are none. */
  whole(what: string): Reading {
    if (this.#items.length === 0)
      throw unreadable(`Nothing stands ${at(this.#span.start)}, where ${what} was expected.`, this.#span);
    const sum = this.#sum();
    const rest = this.#peek();
    if (rest) throw unexpected(rest);
    return sum;
  }

  #peek(offset = 0): Item | undefined {
    return this.#items[this.#position + offset];
  }

  #sign(): Sign | undefined {
    const item = this.#peek();
    return item && signOf(item);
  }

  /** The place behind the last item read. */
  #end(): number {
    return this.#items[this.#position - 1]?.end ?? this.#span.start;
  }

  #inner(items: readonly Item[], span: Span, what: string): Reading {
    this.#deeper(span);
    const reading = new Descent(items, this.#vocabulary, span, this.#depth).whole(what);
    this.#depth -= 1;
    return reading;
  }

  #deeper({ start }: Span): void {
    this.#depth += 1;
    if (this.#depth > deepestNesting)
      throw new Failure(
        "limit-exceeded",
        `The formula nests sums and functions deeper than ${deepestNesting} levels; name a part of it.`,
        { limit: "formula-depth", allowed: deepestNesting, measured: this.#depth, position: start },
      );
  }

  #sum(): Reading {
    const start = this.#peek()!.start;
    const terms: SignedReading[] = [{ minus: this.#minus(), of: this.#product() }];
    while (this.#sign() === "+" || this.#sign() === "-")
      terms.push({ minus: this.#minus(), of: this.#product() });
    const [only] = terms;
    if (terms.length === 1 && !only!.minus) return only!.of;
    return { kind: "sum", terms, start, end: this.#end() };
  }

  /** Whether the signs in front make a minus together. */
  #minus(): boolean {
    let minus = false;
    for (let sign = this.#sign(); sign === "+" || sign === "-"; sign = this.#sign()) {
      minus = minus !== (sign === "-");
      this.#position += 1;
    }
    return minus;
  }

  // Products

  #product(): Reading {
    const { start } = this.#peek() ?? { start: this.#end() };
    let factors: Reading[] = [this.#factor()];
    for (let next = this.#peek(); next; next = this.#peek()) {
      const sign = signOf(next);
      if (sign === "·" || sign === "/") this.#position += 1;
      else if (sign !== undefined) break;
      else if (next.atom.kind === "number") throw numberBehind(next);
      const factor = sign === undefined ? this.#factor() : this.#signedFactor();
      factors =
        sign === "/" ? [quotient(productOf(factors, start, this.#end()), factor)] : [...factors, factor];
    }
    return productOf(factors, start, this.#end());
  }

  /** A sign may follow an operator: a · −b. */
  #signedFactor(): Reading {
    const start = this.#peek()?.start ?? this.#end();
    const minus = this.#minus();
    const of = this.#factor();
    return minus ? { kind: "sum", terms: [{ minus, of }], start, end: of.end } : of;
  }

  #factor(): Reading {
    const item = this.#peek();
    if (!item)
      throw unreadable(
        `Something is missing ${at(this.#end())}; write the factor or term that belongs there.`,
        { start: this.#end(), end: this.#end() },
      );
    this.#position += 1;
    const { atom } = item;
    switch (atom.kind) {
      case "sign":
        throw unexpected(item);
      case "number":
        return item.sub ? this.#kronecker(item) : this.#raised(item, numberReading(atom.digits, item));
      case "name":
        return this.#named(item, atom.base, atom.style);
      case "group":
        return this.#group(item, atom.fence, atom.items);
      case "fraction":
        return this.#fraction(item, atom.top, atom.bottom);
      case "root":
        return this.#raised(item, this.#root(item, atom));
      case "summation":
        return this.#summation(item);
      case "cases":
        return this.#raised(item, this.#cases(item, atom.rows));
    }
  }

  /** The reading with the item's superscript as its exponent. */
  #raised(item: Item, base: Reading): Reading {
    if (item.primes > 0)
      throw unreadable(
        `The prime ${at(item.start)} stands at no function; write it behind one: f'(z).`,
        item,
      );
    if (item.sub)
      throw unreadable(
        `The subscript ${at(item.start)} stands at no name; write it behind a name or a vector function.`,
        item,
      );
    return this.#power(item, base);
  }

  #power({ sup, start, end }: Item, base: Reading): Reading {
    if (!sup || sup.length === 0) return base;
    if (isLayerMark(sup))
      throw unreadable(
        `The bracketed superscript ${at(start)} is a layer mark, and what stands under it has none; write a power without brackets.`,
        { start, end },
      );
    if (isTranspose(sup) && !this.#vocabulary.hasBase("T"))
      throw unreadable(
        `The transpose ${at(start)} belongs to a matrix formula, which is not read yet; write it with indices.`,
        { start, end },
      );
    const exponent = this.#inner(sup, { start, end }, "an exponent");
    return { kind: "power", base, exponent, start: base.start, end };
  }

  // Names and calls

  #named(item: Item, base: string, style: "italic" | "upright" | "double-stroke"): Reading {
    if (style === "double-stroke") return this.#kronecker(item);
    if (base === "∂" || (base === "d" && this.#isDifferential(style))) {
      const derivative = this.#derivativeInLine(item, base);
      if (derivative) return derivative;
    }
    if (base === "∇")
      throw unreadable(
        `The gradient ∇ ${at(item.start)} is a vector, which is not read yet; write its entries as ∂E/∂w.`,
        item,
      );
    if (base === "Σ" && item.sub && !this.#vocabulary.hasBase(base)) return this.#summation(item);
    const named = style === "italic" ? this.#word(item, base) : { item, base };
    return this.#call(named.item, named.base, style === "upright") ?? this.#quantity(named.item, named.base);
  }

  /** An upright d is always the differential, an italic one unless a quantity is called d. */
  #isDifferential(style: string): boolean {
    return style === "upright" || !this.#vocabulary.hasBase("d");
  }

  /** The longest word that the letters from here spell: n e t_{h1} is net_{h1}. */
  #word(first: Item, base: string): { item: Item; base: string } {
    let best = { item: first, base };
    let ahead = 0;
    for (
      let last = first, text = base;
      !last.sub && !last.sup && last.primes === 0 && text.length < this.#vocabulary.longestWord;
      ahead += 1
    ) {
      const next = this.#peek(ahead);
      if (next?.atom.kind !== "name" || next.atom.style !== "italic") break;
      text += next.atom.base;
      last = next;
      if (this.#isWord(text, next, this.#peek(ahead + 1)))
        best = { item: { ...next, start: first.start }, base: text };
    }
    this.#position += [...best.base].length - [...base].length;
    return best;
  }

  /** A function is a word only where brackets follow: tanh(x). */
  #isWord(text: string, { sub }: Item, next: Item | undefined): boolean {
    const called = next?.atom.kind === "group" && next.atom.fence === "(";
    return this.#vocabulary.words.has(text) || (called && this.#vocabulary.isFunction(nameKeyOf(text, sub)));
  }

  /** A call, where the name is a function and something follows that it can be applied to. */
  #call(item: Item, base: string, upright: boolean): Reading | undefined {
    const head = nameKeyOf(base, item.sub);
    if (base === "e" && item.sup && !item.sub && !this.#vocabulary.hasBase("e"))
      return this.#exponential(item);
    if (!this.#vocabulary.isFunction(head)) return undefined;
    const next = this.#peek();
    const inBrackets = next?.atom.kind === "group" && next.atom.fence === "(";
    const applied = inBrackets || (next !== undefined && upright && signOf(next) === undefined);
    if (!applied) return undefined;
    if (item.sup && isInverse(item.sup))
      throw unreadable(
        `The superscript −1 ${at(item.start)} could be an inverse function or a reciprocal; write 1/${base}(…) for the reciprocal.`,
        item,
      );
    const call = inBrackets ? this.#applied(item, head, next!) : this.#appliedToFactor(item, head);
    return this.#power(item, call);
  }

  #applied(item: Item, head: NameKey, brackets: Item): Reading {
    this.#position += 1;
    const { atom, sub } = brackets;
    const args = separated(atom.kind === "group" ? atom.items : []).map((part) =>
      this.#inner(part, brackets, "an argument"),
    );
    const entry = sub && scriptText(sub);
    const call: Reading = {
      kind: "call",
      head,
      args,
      order: item.primes,
      ...(entry !== undefined && { entry }),
      start: item.start,
      end: brackets.end,
    };
    return this.#power(brackets, call);
  }

  /** `\tanh x` takes the one factor behind it. */
  #appliedToFactor(item: Item, head: NameKey): Reading {
    this.#deeper(item);
    const argument = this.#factor();
    this.#depth -= 1;
    return { kind: "call", head, args: [argument], order: item.primes, start: item.start, end: argument.end };
  }

  #exponential({ sup, primes, start, end }: Item): Reading {
    if (primes > 0 || isLayerMark(sup!))
      throw unreadable(`The superscript of e ${at(start)} is no exponent; write e^{x}.`, { start, end });
    return { kind: "exponential", exponent: this.#inner(sup!, { start, end }, "an exponent"), start, end };
  }

  /** A quantity with its layer mark, or raised to a power. */
  #quantity(item: Item, base: string): Reading {
    const { sub, sup, primes, start, end } = item;
    if (primes > 0)
      throw unreadable(
        `The prime ${at(start)} stands at "${base}", which is no function with brackets behind it; write f'(z).`,
        item,
      );
    const bare = nameKeyOf(base, sub);
    const marked = sup && this.#marked(bare, sup);
    if (marked) return { kind: "name", name: marked, start, end };
    const joined = this.#joinedWithNumber(item, bare);
    return joined ?? this.#power(item, { kind: "name", name: bare, start, end });
  }

  /** The name with its superscript, where that is a layer mark: in brackets, or the only way to know the name. */
  #marked(bare: NameKey, sup: readonly Item[]): NameKey | undefined {
    if (isLayerMark(sup)) return { ...bare, sup: scriptText(sup) + bare.sup };
    const [only] = sup;
    if (sup.length !== 1 || only!.atom.kind !== "number" || this.#vocabulary.has(bare)) return undefined;
    const marked = { ...bare, sup: `(${scriptText(sup)})${bare.sup}` };
    return this.#vocabulary.has(marked) ? marked : undefined;
  }

  /** w5 is w_5 where no w is known. */
  #joinedWithNumber(item: Item, bare: NameKey): Reading | undefined {
    const next = this.#peek();
    if (item.sub || item.sup || next?.atom.kind !== "number" || this.#vocabulary.has(bare)) return undefined;
    const name = { ...bare, sub: next.atom.digits };
    if (!this.#vocabulary.has(name)) return undefined;
    this.#position += 1;
    const span = { start: item.start, end: next.end };
    return this.#power({ ...next, ...span }, { kind: "name", name, ...span });
  }

  // Brackets, fractions, sums

  #group(item: Item, fence: Fence, items: readonly Item[]): Reading {
    if (fence === "[" && items.some(isRelation)) return this.#raised(item, sameIndices(items, item));
    const body = this.#inner(items, item, "what the brackets hold");
    return this.#raised(
      item,
      fence === "|" ? { kind: "bars", body, start: item.start, end: item.end } : body,
    );
  }

  #fraction(item: Item, top: readonly Item[], bottom: readonly Item[]): Reading {
    const derivative = this.#derivative(item, top, bottom);
    if (derivative) return this.#raised(item, derivative);
    const above = this.#inner(top, item, "a numerator");
    const below = this.#inner(bottom, item, "a denominator");
    return this.#raised(item, {
      kind: "quotient",
      top: above,
      bottom: below,
      start: item.start,
      end: item.end,
    });
  }

  #root(item: Item, atom: Extract<Item["atom"], { readonly kind: "root" }>): Reading {
    const { start, end } = item;
    const body = this.#inner(atom.body, item, "what stands under the root");
    if (!atom.degree) return { kind: "root", body, start, end };
    return {
      kind: "root",
      body,
      degree: this.#inner(atom.degree, item, "the degree of the root"),
      start,
      end,
    };
  }

  /** Σ reaches to the end of its product. */
  #summation(item: Item): Reading {
    const { sub = [], sup, start } = item;
    const relation = sub.findIndex((each) => signOf(each) === "=");
    const under = relation < 0 ? sub : sub.slice(0, relation);
    const letters = scriptText(under)
      .split(/,|(?=\p{L})/u)
      .filter((letter) => letter !== "");
    if (letters.length === 0 || !letters.every((letter) => /^\p{L}$/u.test(letter)))
      throw unreadable(`The Σ ${at(start)} needs its index letter under it; write \\sum_{k}.`, item);
    const limits = {
      ...(relation >= 0 && { from: scriptText(sub.slice(relation + 1)) }),
      ...(sup && { to: scriptText(sup) }),
    };
    if (!this.#peek())
      throw unreadable(`The Σ ${at(start)} has nothing to add up; write its terms behind it.`, item);
    this.#deeper(item);
    const body = this.#product();
    this.#depth -= 1;
    return { kind: "summation", letters, ...limits, body, start, end: body.end };
  }

  // Derivatives

  /** \frac{∂A}{∂b}; with nothing behind the upper ∂, the next factor is what is derived. */
  #derivative(item: Item, top: readonly Item[], bottom: readonly Item[]): Reading | undefined {
    const sign = this.#differentialSign(top[0]);
    if (sign === undefined || sign !== this.#differentialSign(bottom[0])) return undefined;
    const span = { start: item.start, end: item.end };
    refuseSecond(top[0]!);
    refuseSecond(bottom[0]!);
    const by = this.#differentiated(bottom.slice(1), span);
    const of = top.length > 1 ? this.#differentiated(top.slice(1), span) : nameOnly(this.#factor());
    return { kind: "derivative", of, by, ...span };
  }

  #differentialSign(item: Item | undefined): string | undefined {
    const atom = item?.atom;
    if (atom?.kind !== "name") return undefined;
    return atom.base === "∂" || (atom.base === "d" && this.#isDifferential(atom.style))
      ? atom.base
      : undefined;
  }

  #differentiated(items: readonly Item[], span: Span): NameReading {
    return nameOnly(this.#inner(items, items[0] ?? span, "a quantity"));
  }

  /** ∂A/∂b in one line, or ∂_b A. */
  #derivativeInLine(item: Item, sign: string): Reading | undefined {
    refuseSecond(item);
    if (item.sub && sign === "∂") {
      const by = this.#differentiated(item.sub, item);
      const of = nameOnly(this.#factor());
      return { kind: "derivative", of, by, start: item.start, end: of.end };
    }
    const above = this.#nameBefore(sign);
    if (!above) {
      if (sign === "d") return undefined;
      throw unreadable(
        `The ∂ ${at(item.start)} belongs to no derivative; write \\frac{\\partial E}{\\partial w}.`,
        item,
      );
    }
    const of = nameOnly(this.#quantity(above.item, above.base));
    this.#position += 2;
    const by = nameOnly(this.#factor());
    return { kind: "derivative", of, by, start: item.start, end: by.end };
  }

  /** The name from here, where `/ ∂` follows it; otherwise nothing is read. */
  #nameBefore(sign: string): { item: Item; base: string } | undefined {
    const first = this.#peek();
    if (first?.atom.kind !== "name" || this.#differentialSign(first) !== undefined) return undefined;
    const start = this.#position;
    this.#position += 1;
    const name = this.#word(first, first.atom.base);
    if (this.#sign() === "/" && this.#differentialSign(this.#peek(1)) === sign) return name;
    this.#position = start;
    return undefined;
  }

  // Kronecker symbols and cases

  /** 1_{jk}, with any 1. */
  #kronecker(item: Item): Reading {
    const { sub = [], sup, primes, start, end } = item;
    const [left, right, ...more] = scriptText(sub).split(/,|(?<=\p{L})(?=\p{L}|[0-9])|(?<=[0-9])(?=\p{L})/u);
    if (!left || !right || more.length > 0 || sup || primes > 0)
      throw unreadable(
        `The 1 with a subscript ${at(start)} is read as the Kronecker symbol, which has two indices; write 1_{jk} or [j = k].`,
        item,
      );
    return { kind: "same", left, right, start, end };
  }

  #cases(item: Item, rows: readonly (readonly (readonly Item[])[])[]): Reading {
    const [first, second, ...more] = rows;
    if (!first || !second || more.length > 0 || first.length !== 2 || second.length !== 2)
      throw unreadable(
        `The cases ${at(item.start)} have not two rows of a value and a condition; write x > 0 in the first and x \\le 0 in the second.`,
        item,
      );
    const condition = this.#compared(first[1]!, ">", item);
    const otherwise = this.#compared(second[1]!, "≤", item);
    const above = this.#inner(first[0]!, item, "a value");
    const below = this.#inner(second[0]!, item, "a value");
    return { kind: "cases", condition, otherwise, above, below, start: item.start, end: item.end };
  }

  /** The left side of `x > 0`. */
  #compared(items: readonly Item[], sign: Sign, span: Span): Reading {
    const place = items.findIndex((item) => signOf(item) === sign);
    const [zero, ...more] = items.slice(place + 1);
    const isZero = zero?.atom.kind === "number" && /^0+$/.test(zero.atom.digits) && more.length === 0;
    if (place < 0 || !isZero)
      throw unreadable(
        `A condition of the cases ${at(span.start)} is not ${sign} 0; write x > 0 in the first row and x \\le 0 in the second.`,
        span,
      );
    return this.#inner(items.slice(0, place), span, "what is compared");
  }
}
