// Writes down a formula that is read aloud: words -> layout. Commas are dropped first, for nobody hears them for sure.
// It shares the words with the speaking side, and nothing else: the grammar below is a listener's.
import type { RelationSign } from "../../src/derivation/document.ts";
import type { SpokenWords } from "../../src/derivation/wording/spoken.ts";
import { type Language, spokenWords } from "../../src/derivation/wording/wordings.ts";
import type { Name, Part } from "../../src/notation/name.ts";
import { primitives } from "../../src/primitives/index.ts";
import type { Spelling } from "../../src/primitives/primitive.ts";
import type { FactorSign, Layout, Term } from "../../src/writers/print/layout.ts";

/** Symbols of matrices that are no rows of the catalogue, by what is heard. Which way dots run is not said. */
const symbols: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    ones: "\\mathbf{1}",
    "the identity matrix": "I",
    "the diagonal matrix": "\\operatorname{diag}",
    "and so on": "\\cdots",
    zero: "0",
  },
  de: {
    Einsen: "\\mathbf{1}",
    "die Einheitsmatrix": "I",
    "die Diagonalmatrix": "\\operatorname{diag}",
    "und so weiter": "\\cdots",
    null: "0",
  },
};
const entrywise = { en: "entry by entry", de: "eintragsweise" } as const;
const gradient = { en: "the gradient", de: "der Gradient" } as const;

/** The formula that these words say; throws where they say none. */
export function heard(text: string, language: Language): Layout {
  return new Listener(text, language).formula();
}

class Listener {
  readonly #tokens: readonly string[];
  readonly #words: SpokenWords;
  readonly #language: Language;
  readonly #functions: readonly (readonly [phrase: string, spelling: Spelling])[];
  readonly #reserved: ReadonlySet<string>;
  #at = 0;

  constructor(text: string, language: Language) {
    this.#tokens = text.replaceAll(/,(?=\s|$)/g, "").split(" ");
    this.#language = language;
    this.#words = spokenWords[language];
    const rows = primitives.map(({ spelling }) => [spelling.speech[language], spelling] as const);
    const fixed = Object.entries(symbols[language]).map(
      ([phrase, latex]) => [phrase, spellingOf(latex)] as const,
    );
    this.#functions = [...rows, ...fixed].sort(([left], [right]) => right.length - left.length);
    this.#reserved = new Set(
      [...phrases(this.#words), ...primitives.map(({ spelling }) => spelling.speech[language])].flatMap(
        (phrase) => phrase.split(" "),
      ),
    );
  }

  formula(): Layout {
    const sides = [this.#sum()];
    const signs: RelationSign[] = [];
    const relations = Object.entries(this.#words.relations) as [RelationSign, string][];
    for (;;) {
      const relation = relations.find(([, phrase]) => this.#take(phrase));
      if (!relation) break;
      signs.push(relation[0]);
      sides.push(this.#sum());
    }
    if (this.#at < this.#tokens.length) throw this.#lost("the end");
    return signs.length === 0 ? sides[0]! : { kind: "chain", sides, signs };
  }

  #sum(): Layout {
    const { plus, minus } = this.#words;
    const terms: Term[] = [{ minus: this.#take(minus), body: this.#product() }];
    for (;;) {
      const sign = this.#take(plus) ? plus : this.#take(minus) ? minus : undefined;
      if (sign === undefined) break;
      terms.push({ minus: sign === minus, body: this.#product() });
    }
    return terms.length === 1 && !terms[0]!.minus ? terms[0]!.body : { kind: "sum", terms };
  }

  #product(): Layout {
    const { times, timesEntrywise } = this.#words;
    const factors = [this.#power()];
    const signs: FactorSign[] = [];
    for (;;) {
      const sign = this.#take(timesEntrywise) ? "odot" : this.#take(times) ? "times" : undefined;
      if (sign === undefined) break;
      signs.push(sign);
      factors.push(this.#power());
    }
    return factors.length === 1 ? factors[0]! : { kind: "product", factors, signs };
  }

  #power(): Layout {
    const base = this.#operand();
    const { squared, cubed, toThePower } = this.#words;
    const exponent = this.#take(squared)
      ? digits("2")
      : this.#take(cubed)
        ? digits("3")
        : this.#take(toThePower)
          ? this.#operand()
          : undefined;
    if (exponent === undefined) return base;
    const whole = this.#take(entrywise[this.#language]) ? product([fixed("\\odot"), exponent]) : exponent;
    return { kind: "power", base, exponent: whole };
  }

  /** What stands behind "of", or on either side of an operation. */
  #operand(): Layout {
    const words = this.#words;
    if (this.#take(words.openBracket)) {
      const body = this.#sum();
      this.#expect(words.closeBracket);
      return { kind: "fenced", fence: "parentheses", body };
    }
    if (this.#take(words.negative)) {
      const body = this.#number();
      return { kind: "fenced", fence: "parentheses", body: { kind: "sum", terms: [{ minus: true, body }] } };
    }
    if (this.#take(words.fraction)) {
      const top = this.#sum();
      this.#expect(words.over);
      const bottom = this.#sum();
      this.#expect(words.endFraction);
      return { kind: "fraction", top, bottom };
    }
    for (const [value, phrase] of Object.entries(words.shares)) {
      if (!this.#take(phrase)) continue;
      const [top = "", bottom = ""] = value.split("/");
      return { kind: "fraction", top: digits(top), bottom: digits(bottom) };
    }
    if (this.#take(words.partial)) return this.#derivative("partial");
    if (this.#take(words.ordinary)) return this.#derivative("d");
    if (this.#take(words.sumOver)) return this.#summation();
    if (this.#take(words.transpose)) return { kind: "transposed", of: this.#behindOf() };
    if (this.#take(gradient[this.#language])) return product([fixed("\\nabla"), this.#behindOf()]);
    if (this.#takesFunction(words.exponential)) return { kind: "exponential", exponent: this.#behindOf() };
    if (this.#takesFunction(words.root)) return { kind: "root", body: this.#behindOf() };
    if (this.#takesFunction(words.absolute)) return { kind: "fenced", fence: "bars", body: this.#behindOf() };
    if (this.#take(words.entry)) {
      const sub: Layout = { kind: "index", text: this.#script() };
      this.#expect(words.of);
      return { kind: "subscripted", head: this.#operand(), sub };
    }
    if (this.#take(words.matrix)) return this.#matrix();
    if (this.#take(words.blank)) return { kind: "blank", letter: this.#tokens[this.#at++]! };
    if (this.#take(words.indicator)) {
      const left = this.#script();
      this.#expect(words.is);
      return { kind: "same", left, right: this.#script() };
    }
    if (this.#take(words.cases)) return this.#cases();
    if (this.#isNumber()) return this.#number();
    return this.#called();
  }

  #behindOf(): Layout {
    this.#expect(this.#words.of);
    return this.#operand();
  }

  #derivative(sign: "partial" | "d"): Layout {
    const of = this.#operand();
    this.#expect(this.#words.withRespectTo);
    const by = this.#operand();
    return {
      kind: "fraction",
      top: { kind: "differential", sign, of },
      bottom: { kind: "differential", sign, of: by },
    };
  }

  #summation(): Layout {
    const { from, to, of, endSum } = this.#words;
    const under = this.#script();
    const start = this.#take(from) ? this.#script() : undefined;
    const end = this.#take(to) ? this.#script() : undefined;
    this.#expect(of);
    const body = this.#product();
    this.#take(endSum);
    return {
      kind: "summation",
      under,
      ...(start !== undefined && { from: start }),
      ...(end !== undefined && { to: end }),
      body,
    };
  }

  #matrix(): Layout {
    const { row, next, endMatrix } = this.#words;
    const rows: Layout[][] = [];
    while (this.#take(row)) {
      if (this.#tokens[this.#at++] !== String(rows.length + 1)) throw this.#lost("the number of a row");
      const entries = [this.#sum()];
      while (this.#take(next)) entries.push(this.#sum());
      rows.push(entries);
    }
    this.#expect(endMatrix);
    return { kind: "array", rows };
  }

  #cases(): Layout {
    const words = this.#words;
    const cases: (Layout & { kind: "cases" })["cases"][number][] = [];
    do {
      const value = this.#sum();
      this.#expect(words.if);
      const of = this.#sum();
      const relation = this.#take(words.isNotPositive) ? "≤" : ">";
      if (relation === ">") this.#expect(words.isPositive);
      cases.push({ value, when: { of, relation } });
    } while (this.#take(words.or));
    this.#expect(words.endCases);
    return { kind: "cases", cases };
  }

  /** A name, or a function with its arguments. */
  #called(): Layout {
    const { withConstant, prime, of, and } = this.#words;
    const known = this.#functions.find(([phrase]) => this.#take(phrase));
    let head: Layout = known
      ? { kind: "function", spelling: known[1] }
      : { kind: "name", name: this.#name() };
    if (this.#take(withConstant)) head = { kind: "subscripted", head, sub: this.#operand() };
    if (this.#take(prime)) head = { kind: "primed", head };
    if (!this.#take(of)) return head;
    const args = [this.#operand()];
    while (this.#take(and)) args.push(this.#operand());
    return { kind: "call", head, args };
  }

  // Numbers

  #isNumber(): boolean {
    return /^[0-9]/.test(this.#tokens[this.#at] ?? "") || this.#hears(this.#words.tenTo);
  }

  #number(): Layout {
    const { point, minus, tenTo, timesTenTo } = this.#words;
    if (this.#take(tenTo)) return digits("1", this.#exponent(minus));
    const mantissa = this.#tokens[this.#at++]!.replace(point, ".");
    return this.#take(timesTenTo) ? digits(mantissa, this.#exponent(minus)) : digits(mantissa);
  }

  #exponent(minus: string): number {
    return (this.#take(minus) ? -1 : 1) * Number(this.#tokens[this.#at++]);
  }

  // Names

  #name(): Name {
    const { hat, ofLayer, marked } = this.#words;
    const letter = this.#letter();
    if (letter === undefined) throw this.#lost("a name");
    const accent = this.#take(hat);
    const sub = this.#parts();
    const sup: Part[] = [];
    for (;;) {
      if (this.#take(ofLayer)) sup.push(`(${this.#script()})`);
      else if (this.#take(marked)) sup.push(this.#script());
      else break;
    }
    return { letter, ...(accent && { accent: "hat" as const }), sub, sup };
  }

  /** Parts of a subscript: "j i" are two, "h 1" is one, "comma" stands between. */
  #parts(): Part[] {
    const { at, endName } = this.#words;
    const parts: Part[] = [];
    let joins = false;
    for (;;) {
      if (this.#take(at)) {
        const before = parts.at(-1);
        if (typeof before === "string") parts[parts.length - 1] = before.replace(/,$/, "");
        parts.push(this.#name());
        this.#take(endName);
        joins = this.#take(this.#words.scriptMarks[","]);
        if (!joins) return parts;
        joins = false;
        continue;
      }
      const piece = this.#piece();
      if (piece === undefined) return parts;
      const before = parts.at(-1);
      const splits = typeof before !== "string" || (/\p{L}$/u.test(before) && /^\p{L}/u.test(piece));
      if (splits) parts.push(piece);
      else parts[parts.length - 1] = before + piece;
    }
  }

  #script(): string {
    let text = "";
    for (;;) {
      const piece = this.#piece();
      if (piece === undefined) return text;
      text += piece;
    }
  }

  #piece(): string | undefined {
    const token = this.#tokens[this.#at] ?? "";
    const mark = Object.entries(this.#words.scriptMarks).find(([, phrase]) => this.#take(phrase));
    if (mark) return mark[0];
    if (/^[0-9]+$/.test(token)) {
      this.#at++;
      return token;
    }
    return this.#letter();
  }

  #letter(): string | undefined {
    const { capital, small, word, letters, endLetters } = this.#words;
    if (this.#take(capital)) {
      const next = this.#tokens[this.#at++]!;
      return next.charAt(0).toUpperCase() + next.slice(1);
    }
    if (this.#take(small) || this.#take(word)) return this.#tokens[this.#at++]!;
    if (this.#take(letters)) {
      let spelled = "";
      while (!this.#take(endLetters)) spelled += this.#piece() ?? "";
      return spelled;
    }
    const token = this.#tokens[this.#at] ?? "";
    const code = /^U\+([0-9A-F]+)$/.exec(token)?.[1];
    if (code === undefined && (!/^\p{L}+$/u.test(token) || this.#reserved.has(token))) return undefined;
    this.#at++;
    return code === undefined ? token : String.fromCodePoint(Number.parseInt(code, 16));
  }

  // Phrases

  #hears(phrase: string): boolean {
    return phrase.split(" ").every((token, ahead) => this.#tokens[this.#at + ahead] === token);
  }

  #take(phrase: string): boolean {
    const hears = this.#hears(phrase);
    if (hears) this.#at += phrase.split(" ").length;
    return hears;
  }

  #takesFunction(phrase: string): boolean {
    return this.#hears(`${phrase} ${this.#words.of}`) && this.#take(phrase);
  }

  #expect(phrase: string): void {
    if (!this.#take(phrase)) throw this.#lost(`"${phrase}"`);
  }

  #lost(wanted: string): Error {
    const [before, after] = [this.#tokens.slice(0, this.#at), this.#tokens.slice(this.#at)];
    return new Error(`Expected ${wanted} after "${before.join(" ")}", heard "${after.join(" ")}".`);
  }
}

function phrases(table: object): readonly string[] {
  return Object.values(table).flatMap((entry: string | object) =>
    typeof entry === "string" ? [entry] : phrases(entry),
  );
}

function digits(text: string, exponent?: number): Layout {
  return {
    kind: "number",
    number: { negative: false, digits: text, ...(exponent !== undefined && { exponent }) },
  };
}

function spellingOf(latex: string): Spelling {
  return { latex, plain: latex, speech: { en: latex, de: latex } };
}

function fixed(latex: string): Layout {
  return { kind: "function", spelling: spellingOf(latex) };
}

function product(factors: readonly Layout[]): Layout {
  return { kind: "product", factors, signs: factors.slice(1).map(() => "none" as const) };
}
