// Names, calls and differentials: what a letter or a word at the cursor begins.
import { kroneckerOf, summationOf } from "./constructs.ts";
import type { Cursor } from "./cursor.ts";
import { differentialInLine, gradientOf } from "./differentials.ts";
import { isInverse, isTranspose, productOf, separated, unreadable } from "./forms.ts";
import { at, type Item, type NameStyle, signOf } from "./item.ts";
import { power } from "./powers.ts";
import { isLayerMark, isTyped, nameKeyOf, scriptText } from "./script.ts";
import type { NameKey, Reading } from "./syntax.ts";

export function named(cursor: Cursor, item: Item, base: string, style: NameStyle): Reading {
  const { vocabulary } = cursor;
  if (style === "double-stroke") return kroneckerOf(item);
  if (base === "∂" || base === "d") {
    const derivative = differentialInLine(cursor, item, base);
    if (derivative) return derivative;
  }
  if (base === "∇") return gradientOf(cursor, item);
  if (base === "Σ" && item.sub && !vocabulary.hasBase(base)) return summationOf(cursor, item);
  if (base === "Δ" && !vocabulary.hasBase(base) && !item.sub) {
    const step = difference(cursor, item);
    if (step) return step;
  }
  const whole = style === "italic" ? word(cursor, item, base) : { item, base };
  return (
    call(cursor, whole.item, whole.base, style === "upright") ??
    withoutArguments(cursor, quantity(cursor, whole.item, whole.base, style))
  );
}

/** E(w) is the loss E, with what it is a function of. */
function withoutArguments(cursor: Cursor, reading: Reading): Reading {
  const next = cursor.peek();
  if (reading.kind !== "name" || !next || !cursor.vocabulary.isLoss(reading.name)) return reading;
  const { atom, sub, sup } = next;
  if (atom.kind !== "group" || atom.fence !== "(" || sub || sup || !atom.items.every(isArgument))
    return reading;
  cursor.skip();
  return { ...reading, end: next.end };
}

function isArgument({ atom, primes }: Item): boolean {
  return primes === 0 && (atom.kind === "name" || (atom.kind === "sign" && atom.sign === ","));
}

/** The longest word that the letters from here spell: n e t_{h1} is net_{h1}. */
export function word(cursor: Cursor, first: Item, base: string): { item: Item; base: string } {
  const { longestWord } = cursor.vocabulary;
  let best = { item: first, base };
  let ahead = 0;
  for (
    let last = first, text = base;
    !last.sub && !last.sup && last.primes === 0 && text.length < longestWord;
    ahead += 1
  ) {
    const next = cursor.peek(ahead);
    if (next?.atom.kind !== "name" || next.atom.style !== "italic") break;
    text += next.atom.base;
    last = next;
    if (isWord(cursor, text, next, cursor.peek(ahead + 1)))
      best = { item: { ...next, start: first.start }, base: text };
  }
  cursor.skip([...best.base].length - [...base].length);
  return best;
}

/** A function is a word only where brackets follow: tanh(x). */
function isWord({ vocabulary }: Cursor, text: string, { sub }: Item, next: Item | undefined): boolean {
  const called = next !== undefined && isCallBracket(next);
  return vocabulary.words.has(text) || (called && vocabulary.isFunction(nameKeyOf(text, sub)));
}

// Calls

/** σ(z), σ[z]. */
function isCallBracket({ atom }: Item): boolean {
  return atom.kind === "group" && (atom.fence === "(" || atom.fence === "[");
}

/** A call, where the name is a function and something follows that it can be applied to. */
function call(cursor: Cursor, item: Item, base: string, upright: boolean): Reading | undefined {
  const head = nameKeyOf(base, item.sub);
  if (base === "e" && item.sup && !item.sub && !cursor.vocabulary.hasBase("e"))
    return exponential(cursor, item);
  if (!cursor.vocabulary.isFunction(head)) return undefined;
  const next = cursor.peek();
  // \max\{0, x\}: behind an upright name every bracket holds its arguments.
  const inBrackets =
    next?.atom.kind === "group" && (isCallBracket(next) || (upright && next.atom.fence !== "|"));
  const applied = inBrackets || (next !== undefined && upright && signOf(next) === undefined);
  if (!applied) return undefined;
  if (item.sup && isInverse(item.sup))
    throw unreadable(
      `The superscript −1 ${at(item.start)} could be an inverse function or a reciprocal; write 1/${base}(…) for the reciprocal.`,
      item,
    );
  const made = inBrackets ? appliedToGroup(cursor, item, head, next!) : appliedToFactor(cursor, item, head);
  return power(cursor, item, made);
}

function appliedToGroup(cursor: Cursor, item: Item, head: NameKey, brackets: Item): Reading {
  cursor.skip();
  const { atom, sub } = brackets;
  const args = separated(atom.kind === "group" ? atom.items : []).map((part) =>
    cursor.inner(part, brackets, "an argument"),
  );
  const entry = sub && scriptText(sub);
  const made: Reading = {
    kind: "call",
    head,
    args,
    order: item.primes,
    ...(entry !== undefined && { entry }),
    start: item.start,
    end: brackets.end,
  };
  return power(cursor, brackets, made);
}

/** `\tanh x` takes the one factor behind it, `\sin 2x` a number with the names behind it. */
function appliedToFactor(cursor: Cursor, item: Item, head: NameKey): Reading {
  const isNumber = cursor.peek()?.atom.kind === "number";
  const factors = [cursor.deeper(item, () => cursor.factor())];
  while (isNumber && isNameFactor(cursor)) factors.push(cursor.deeper(item, () => cursor.factor()));
  const argument = productOf(factors, factors[0]!.start, cursor.end());
  return { kind: "call", head, args: [argument], order: item.primes, start: item.start, end: argument.end };
}

function isNameFactor(cursor: Cursor): boolean {
  const next = cursor.peek();
  return next?.atom.kind === "name" && next.atom.style === "italic" && !"∂∇Σ".includes(next.atom.base);
}

function exponential(cursor: Cursor, { sup, primes, start, end }: Item): Reading {
  if (primes > 0 || isLayerMark(sup!))
    throw unreadable(`The superscript of e ${at(start)} is no exponent; write e^{x}.`, { start, end });
  return { kind: "exponential", exponent: cursor.inner(sup!, { start, end }, "an exponent"), start, end };
}

// Quantities

/** A quantity with its layer mark, or raised to a power. */
export function quantity(cursor: Cursor, item: Item, base: string, style: NameStyle = "italic"): Reading {
  const { sub, sup, primes, start, end } = item;
  if (primes > 0)
    throw unreadable(
      `The prime ${at(start)} stands at "${base}", which is no function with brackets behind it; write f'(z).`,
      item,
    );
  if (sup && sup.length > 1 && isTranspose(sup.slice(-1)) && !cursor.vocabulary.hasBase("T")) {
    // W^{(2)T} is the transpose of W^{(2)}.
    const of = quantity(cursor, { ...item, sup: sup.slice(0, -1) }, base, style);
    return { kind: "transpose", of, start, end };
  }
  const stepped = sup && stepMark(sup);
  if (stepped) return atStep(cursor, stepped === "old" ? without(item) : item, base, stepped, style);
  const below = sub && stepBelow(cursor, item, base);
  if (below) return atStep(cursor, below.item, base, below.step, style);
  const bare = nameKeyOf(base, sub);
  const bold = style === "bold" ? { bold: true } : {};
  const marked = sup && layerMarked(cursor, bare, sup);
  if (marked) return { kind: "name", ...marked, ...bold, start, end };
  const joined = joinedWithNumber(cursor, item, bare);
  return joined ?? power(cursor, item, { kind: "name", name: bare, ...bold, start, end });
}

const stepMarks: ReadonlyMap<string, "new" | "old"> = new Map([
  ["+", "new"],
  ["new", "new"],
  ["neu", "new"],
  ["t+1", "new"],
  ["(t+1)", "new"],
  ["(new)", "new"],
  ["old", "old"],
  ["alt", "old"],
  ["t", "old"],
  ["(t)", "old"],
  ["(old)", "old"],
]);

/** w^{+} and w^{new} are the parameter after a step, w^{old} is the one before. */
function stepMark(sup: readonly Item[]): "new" | "old" | undefined {
  return sup.every(isMarkPart) ? stepMarks.get(scriptText(sup)) : undefined;
}

/** w_{new}, w_{1,new} and w_{t+1}: the mark below a parameter, where nothing is called so. */
function stepBelow(
  { vocabulary }: Cursor,
  { sub, ...item }: Item,
  base: string,
): { readonly item: Item; readonly step: "new" | "old" } | undefined {
  const text = markedText(sub!);
  const [, indices = "", mark = ""] = /^(?:(.*),)?(new|neu|old|alt|t\+1|t)$/.exec(text) ?? [];
  const step = stepMarks.get(mark);
  const unmarked = { base, sub: indices, sup: "" };
  if (!step || vocabulary.has({ base, sub: text, sup: "" }) || !vocabulary.isParameter(unmarked))
    return undefined;
  const kept =
    indices === ""
      ? []
      : sub!.slice(
          0,
          sub!.findLastIndex((each) => signOf(each) === ","),
        );
  return { item: kept.length > 0 ? { ...item, sub: kept } : item, step };
}

/** Nothing for subscripts with brackets and the like. */
function markedText(sub: readonly Item[]): string {
  return sub.every(({ atom: { kind } }) => kind !== "unread" && kind !== "group") ? scriptText(sub) : "";
}

function isMarkPart({ atom }: Item): boolean {
  if (atom.kind === "group") return atom.fence === "(" && atom.items.every(isMarkPart);
  return atom.kind === "name" || atom.kind === "number" || (atom.kind === "sign" && atom.sign === "+");
}

function without({ sup: _mark, ...item }: Item): Item {
  return item;
}

function atStep(cursor: Cursor, item: Item, base: string, step: "new" | "old", style: NameStyle): Reading {
  const { start, end } = item;
  const of = quantity(cursor, without(item), base, style);
  if (step === "old" || of.kind !== "name") return of;
  return { kind: "updated", of, what: "new", start, end };
}

/** Δw is what a step adds to w. */
function difference(cursor: Cursor, { start }: Item): Reading | undefined {
  const next = cursor.peek();
  if (next?.atom.kind !== "name") return undefined;
  cursor.skip();
  const of = quantity(cursor, next, next.atom.base, next.atom.style);
  if (of.kind !== "name")
    throw unreadable(`The Δ ${at(start)} stands at no parameter; write \\Delta w.`, next);
  return { kind: "updated", of, what: "difference", start, end: of.end };
}

/** The name with its superscript, where that is a layer mark: in brackets, or the only way to know the name. */
function layerMarked(
  { vocabulary }: Cursor,
  bare: NameKey,
  sup: readonly Item[],
): { readonly name: NameKey; readonly unbracketed?: true } | undefined {
  if (isLayerMark(sup)) {
    const name = { ...bare, sup: scriptText(sup) + bare.sup };
    return isTyped(sup) && !vocabulary.has(name) && vocabulary.has(bare) ? undefined : { name };
  }
  const layer = layerLetter(sup);
  if (layer !== undefined && !vocabulary.hasBase(layer[0]!) && !vocabulary.has(bare))
    return { name: { ...bare, sup: `(${layer})${bare.sup}` } };
  const [only] = sup;
  if (sup.length !== 1 || only!.atom.kind !== "number" || vocabulary.has(bare)) return undefined;
  const name = { ...bare, sup: `(${scriptText(sup)})${bare.sup}` };
  return vocabulary.has(name) ? { name, unbracketed: true } : undefined;
}

/** z^l, δ^{l+1}, a^L: the letter of a layer without its brackets. */
function layerLetter(sup: readonly Item[]): string | undefined {
  const text = sup
    .map(({ atom }) =>
      atom.kind === "name"
        ? atom.base
        : atom.kind === "number"
          ? atom.digits
          : atom.kind === "sign"
            ? atom.sign
            : "?",
    )
    .join("");
  return /^[lL](?:[+-][0-9]+)?$/.test(text) ? text : undefined;
}

/** w5 is w_5 where no w is known. */
function joinedWithNumber(cursor: Cursor, item: Item, bare: NameKey): Reading | undefined {
  const { vocabulary } = cursor;
  const next = cursor.peek();
  if (item.sub || item.sup || next?.atom.kind !== "number" || vocabulary.has(bare)) return undefined;
  const name = { ...bare, sub: next.atom.digits };
  const span = { start: item.start, end: next.end };
  const marked = next.sup && layerMarked(cursor, name, next.sup);
  if (!marked && !vocabulary.has(name)) return undefined;
  cursor.skip();
  if (marked) return { kind: "name", ...marked, ...span };
  return power(cursor, { ...next, ...span }, { kind: "name", name, ...span });
}
