// KaTeX's tree -> items: what is transparent in print (styles, sizes, braces) disappears, spaces are dropped, every
// command or character becomes what it stands for. One table row per type of node.
import { Failure } from "../failure.ts";
import { characterAtom, commandAtom, notRead } from "./characters.ts";
import { grouped } from "./group.ts";
import { type FlatAtom, type FlatItem, type Item, isRelation, type Span } from "./item.ts";
import { phrases } from "./phrases.ts";
import type { Tree, TreeNode } from "./tree.ts";

/** The items of a formula. Throws Failure "formula-syntax" for constructs that are not read. */
export function flatten(tree: Tree, span: Span): readonly Item[] {
  return itemsOf(tree.nodes, { tree, span, depth: 0 });
}

/** Where nodes without a place of their own stand, and how deep. */
interface Place {
  readonly tree: Tree;
  readonly span: Span;
  readonly depth: number;
}

/** Commands nest without braces too (`\bm\bm\bm …`), which the check of the raw text cannot see. */
const deepestNode = 400;

type Row<Type extends TreeNode["type"]> = (
  node: Extract<TreeNode, { readonly type: Type }>,
  place: Place,
) => readonly FlatItem[];

const transparent = ({ body }: { readonly body: readonly TreeNode[] }, place: Place): readonly FlatItem[] =>
  flat(body, place);

const nothing = (): readonly FlatItem[] => [];

const character = ({ text }: { readonly text: string }, { span }: Place): readonly FlatItem[] => [
  item(characterAtom(text, span), span),
];

const rows: { readonly [Type in TreeNode["type"]]: Row<Type> } = {
  mathord: character,
  textord: character,
  atom: character,
  ordgroup: decimalComma,
  styling: transparent,
  sizing: transparent,
  mclass: transparent,
  kern: ({ dimension: { number, unit } }, { span }) =>
    unit === "em" && number >= widestInside ? [item({ kind: "sign", sign: "gap" }, span)] : [],
  spacing: nothing,
  cr: (_, { span }) => [item({ kind: "sign", sign: "row" }, span)],
  supsub,
  text: ({ body }, place) => phrase(body, place),
  font: ({ font, body }, place) => inFont(font, flat([body], place), place),
  accent: ({ label, base }, place) => accented(label, flat([base], place), place),
  operatorname: ({ body }, place) => words(flat(body, place), place),
  op: ({ name, body }, place) => (name === undefined ? flat(body ?? [], place) : operator(name, place)),
  genfrac: fraction,
  sqrt: ({ body, index }, place) => [
    item(
      {
        kind: "root",
        body: itemsOf([body], place),
        ...(index && { degree: itemsOf([index], place) }),
      },
      place.span,
    ),
  ],
  leftright: fenced,
  delimsizing: ({ delim }, { span }) => [item(characterAtom(delim, span), span)],
  array: ({ body }, place) => stacked(body, place),
  tag: transparent,
  enclose: ({ label, body }, place) =>
    label === "\\fbox" ? flat([body], place) : refused(`The construct ${label}`, place.span),
  horizBrace: ({ base }, place) => flat([base], place),
  htmlmathml: ({ mathml }, place) => flat(mathml, place),
};

/** `\quad` is 1em: formulas with it between them are two. */
const widestInside = 1;

/** {,} is the comma of a decimal number; other braces show nothing. */
function decimalComma({ body }: { readonly body: readonly TreeNode[] }, place: Place): readonly FlatItem[] {
  const [only, ...others] = body;
  const isComma = only?.type === "atom" && only.text === "," && others.length === 0;
  return isComma ? [item({ kind: "digit", text: "," }, place.span)] : flat(body, place);
}

function item(atom: FlatAtom, { start, end }: Span): FlatItem {
  return { atom, primes: 0, start, end };
}

function itemsOf(nodes: readonly TreeNode[], place: Place): readonly Item[] {
  return grouped(flat(nodes, place));
}

function flat(nodes: readonly TreeNode[], place: Place): readonly FlatItem[] {
  if (place.depth > deepestNode) throw tooDeep(place.span);
  let reached = place.span.start;
  return nodes.flatMap((node) => {
    const row = Object.hasOwn(rows, node.type) ? (rows[node.type] as Row<TreeNode["type"]>) : undefined;
    const span = extentOf(node, place.tree) ?? { start: reached, end: reached };
    if (!row) return refused("A construct", span);
    const items = row(node, { tree: place.tree, span, depth: place.depth + 1 });
    reached = items.at(-1)?.end ?? span.end;
    return items;
  });
}

/** A node's own place, or that of its first part; what a macro of KaTeX adds has none. */
function extentOf(node: TreeNode, tree: Tree): Span | undefined {
  const own = tree.spanOf(node);
  if (own) return own;
  const first = firstPart(node);
  return first && tree.spanOf(first);
}

function firstPart(node: TreeNode): TreeNode | undefined {
  if ("base" in node) return node.base ?? undefined;
  if ("numer" in node) return node.numer;
  if (!("body" in node)) return undefined;
  const [first] = [node.body].flat(2);
  return first;
}

function refused(what: string, span: Span): never {
  throw notRead(what, span);
}

function tooDeep({ start }: Span): Failure {
  return new Failure(
    "limit-exceeded",
    `The formula nests commands deeper than ${deepestNode} levels; write it with fewer of them.`,
    { limit: "latex-commands", allowed: deepestNode, measured: deepestNode + 1, position: start },
  );
}

// Scripts

/** Scripts belong to the last item of their base; primes among them are counted. */
function supsub(node: Extract<TreeNode, { readonly type: "supsub" }>, place: Place): readonly FlatItem[] {
  const base = node.base ? flat([node.base], place) : [item({ kind: "prime" }, place.span)];
  // A mark over a relation sign says why it holds: \overset{(1)}{=}.
  if (node.base?.type === "op" && base.length === 1 && isRelation(base[0]!)) return base;
  const upper = node.sup ? flat([node.sup], place) : [];
  if (!node.base && upper[0]?.atom.kind !== "prime") return refused("A script without a base", place.span);
  const written = node.base ? upper : upper.slice(1);
  const primes = written.findIndex(({ atom }) => atom.kind !== "prime");
  const count = primes < 0 ? written.length : primes;
  const above = written.slice(count);
  if (node.base && node.base.type === "horizBrace") return base;
  const last = base.at(-1);
  if (!last) return refused("A script without a base", place.span);
  const scripts = {
    ...(node.sub && { sub: itemsOf([node.sub], place) }),
    ...(above.length > 0 && { sup: grouped(above) }),
  };
  return [...base.slice(0, -1), withScripts(last, scripts, count)];
}

function withScripts(base: FlatItem, scripts: Pick<FlatItem, "sub" | "sup">, primes: number): FlatItem {
  const ends = [...(scripts.sub ?? []), ...(scripts.sup ?? [])].map(({ end }) => end);
  const end = Math.max(base.end, ...ends);
  const taken = (base.sub && scripts.sub) || (base.sup && scripts.sup);
  if (!taken) return { ...base, ...scripts, primes: base.primes + primes, end };
  // {z^{(2)}}^2: the braces keep the two superscripts apart.
  const inner = grouped([base]);
  return { atom: { kind: "group", fence: "{", items: inner }, ...scripts, primes, start: base.start, end };
}

// Names

/** `\text{net}` is a name, `\text{for all }` a phrase; formulas inside are read. */
function phrase(body: readonly TreeNode[], place: Place): readonly FlatItem[] {
  const parts: FlatItem[] = [];
  let text = "";
  const flush = (): void => {
    const trimmed = text.trim();
    const isPhrase = /[\p{L}\p{N}]/u.test(trimmed);
    const isName = /^\p{L}[\p{L}\p{N}]*$/u.test(trimmed) && !phrases.has(trimmed.toLowerCase());
    if (isPhrase && isName && trimmed === text)
      parts.push(item({ kind: "name", base: trimmed, style: "upright" }, place.span));
    else if (isPhrase) parts.push(item({ kind: "words", text: trimmed }, place.span));
    else if (/[,;]/.test(trimmed)) parts.push(item({ kind: "sign", sign: "," }, place.span));
    text = "";
  };
  for (const node of body) {
    if (node.type === "textord") text += node.text;
    else if (node.type === "spacing") text += " ";
    else {
      flush();
      parts.push(...flat([node], place));
    }
  }
  flush();
  return parts;
}

/** `\mathrm{net}`: letters and digits join to one upright word. */
function words(items: readonly FlatItem[], place: Place): readonly FlatItem[] {
  if (items.length === 0) return [];
  const text = items.map(({ atom }) => wordPart(atom)).join("");
  const joined = items.every(({ atom, sub, sup }) => wordPart(atom) !== "" && !sub && !sup);
  if (joined && /^\p{L}/u.test(text))
    return [item({ kind: "name", base: text, style: "upright" }, spanOf(items))];
  if (items.length === 1) return items;
  return refused("Text", place.span);
}

function wordPart(atom: FlatAtom): string {
  return atom.kind === "name" ? atom.base : atom.kind === "digit" ? atom.text : "";
}

function spanOf(items: readonly FlatItem[]): Span {
  return { start: items[0]!.start, end: items.at(-1)!.end };
}

/** Fonts that change nothing but the look of a letter. */
const plainFonts: ReadonlySet<string> = new Set(["mathit", "mathnormal", "mathcal", "mathscr"]);
const boldFonts: ReadonlySet<string> = new Set(["mathbf", "boldsymbol", "textbf"]);
const wordFonts: ReadonlySet<string> = new Set(["mathrm", "mathsf", "mathtt"]);

function inFont(font: string, items: readonly FlatItem[], place: Place): readonly FlatItem[] {
  if (plainFonts.has(font)) return items;
  const [only] = items;
  if (wordFonts.has(font)) return everyLetter(items) ? words(items, place) : items;
  if (font === "mathbb" && only?.atom.kind === "digit" && only.atom.text === "1")
    return [{ ...only, atom: { kind: "name", base: "1", style: "double-stroke" } }];
  if (boldFonts.has(font)) return items.map(inBold);
  return refused("A letter in this font", place.span);
}

function inBold(each: FlatItem): FlatItem {
  if (each.atom.kind === "name") return { ...each, atom: { ...each.atom, style: "bold" } };
  const isOne = each.atom.kind === "digit" && each.atom.text === "1";
  return isOne ? { ...each, atom: { kind: "name", base: "1", style: "bold" } } : each;
}

/** `\rm d x` sets all that follows upright; only letters side by side are one word. */
function everyLetter(items: readonly FlatItem[]): boolean {
  return items.every(
    (each, position) =>
      wordPart(each.atom) !== "" &&
      !each.sub &&
      !each.sup &&
      (position === 0 || items[position - 1]!.end >= each.start),
  );
}

const combiningHat = "\u0302";
const hats: ReadonlySet<string> = new Set(["\\hat", "\\widehat", "\\^"]);

/** Marks of a vector. */
const arrows: ReadonlySet<string> = new Set(["\\vec", "\\overrightarrow", "\\underline"]);

function accented(label: string, items: readonly FlatItem[], { span }: Place): readonly FlatItem[] {
  const [only] = items;
  if (arrows.has(label)) return items.map(inBold);
  if (!hats.has(label) || items.length !== 1 || only!.atom.kind !== "name")
    return refused(`The accent ${label}`, span);
  return [{ ...only!, ...span, atom: { ...only!.atom, base: only!.atom.base + combiningHat } }];
}

/** `\tanh` is the word tanh. */
function operator(name: string, { span }: Place): readonly FlatItem[] {
  const known = commandAtom(name);
  return [item(known ?? { kind: "name", base: name.replace(/^\\/, ""), style: "upright" }, span)];
}

// Constructs

function fraction(
  { numer, denom, hasBarLine, leftDelim }: Extract<TreeNode, { readonly type: "genfrac" }>,
  place: Place,
): readonly FlatItem[] {
  if (!hasBarLine || leftDelim !== null) return refused("A binomial", place.span);
  const [top, bottom] = [itemsOf([numer], place), itemsOf([denom], place)];
  // KaTeX says where a fraction begins, but not that it ends behind its denominator.
  const end = Math.max(place.span.end, bottom.at(-1)?.end ?? 0);
  return [item({ kind: "fraction", top, bottom }, { start: place.span.start, end })];
}

function fenced(
  { left, right, body }: Extract<TreeNode, { readonly type: "leftright" }>,
  place: Place,
): readonly FlatItem[] {
  const [only] = body;
  if (only?.type === "array" && body.length === 1) {
    if (right === ".") return casesOrSystem(only.body, place);
    return [item({ kind: "matrix", rows: cellsOf(only.body, place) }, place.span)];
  }
  if (right === "." || left === ".") return halfFenced(left, right, flat(body, place), place);
  const inner = flat(body, place);
  return [
    edge(left, place.span.start, place.span),
    ...inner,
    edge(right, inner.at(-1)?.end ?? place.span.end, place.span),
  ];
}

function edge(delimiter: string, start: number, span: Span): FlatItem {
  const atom = characterAtom(delimiter, span);
  const isBracket = atom.kind === "open" || atom.kind === "close" || atom.kind === "bar";
  return isBracket ? item(atom, { start, end: start }) : refused(`The bracket ${delimiter}`, span);
}

/** `\left.` shows nothing; a bracket that stands alone at the other side is read where it is a brace or a bar. */
function halfFenced(
  left: string,
  right: string,
  inner: readonly FlatItem[],
  { span }: Place,
): readonly FlatItem[] {
  if (left === "." && right === ".") return inner;
  const alone = left === "." ? right : left;
  return ["\\{", "\\lbrace", "\\}", "\\rbrace", "|", "\\vert"].includes(alone)
    ? inner
    : refused(`The bracket ${alone} without its partner`, span);
}

/** Rows with a relation in their first cell are formulas under each other, held together by a brace. */
function casesOrSystem(body: readonly (readonly TreeNode[])[], place: Place): readonly FlatItem[] {
  const rows = cellsOf(body, place);
  const isSystem = rows.every((row) => row.some((cell) => cell.some(isRelation)));
  return isSystem ? stacked(body, place) : [item({ kind: "cases", rows }, place.span)];
}

function cellsOf(
  body: readonly (readonly TreeNode[])[],
  place: Place,
): readonly (readonly (readonly Item[])[])[] {
  return body.map((row) => row.map((cell) => itemsOf([cell], place)));
}

/** The rows of an alignment one after the other. */
function stacked(body: readonly (readonly TreeNode[])[], place: Place): readonly FlatItem[] {
  return body.flatMap((row, position) => {
    const items = flat(row, place);
    return position === 0 || items.length === 0
      ? items
      : [item({ kind: "sign", sign: "row" }, { start: items[0]!.start, end: items[0]!.start }), ...items];
  });
}
