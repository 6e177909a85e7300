// Scripts as texts: `\delta_{1^{(2)}}`, `\delta_1^{(2)}` and δ₁⁽²⁾ all give the same key.
import { Failure } from "../failure.ts";
import { greekLetters, type Name, type Part, separator } from "../notation/name.ts";
import { at, type Item } from "./item.ts";
import type { NameKey } from "./syntax.ts";

interface Script {
  readonly text: string;
  /** Bracketed superscripts inside, without their place. */
  readonly mark: string;
}

const empty: Script = { text: "", mark: "" };

/** The key of a base with its scripts; `sup` is a layer mark. */
export function nameKeyOf(base: string, sub: readonly Item[] = [], sup: readonly Item[] = []): NameKey {
  const below = scriptOf(sub);
  const above = scriptOf(sup);
  return { base, sub: below.text, sup: above.text + above.mark + below.mark };
}

/** The text of a script. Throws Failure "formula-syntax" for what no script can hold. */
export function scriptText(items: readonly Item[]): string {
  return scriptOf(items).text;
}

function scriptOf(items: readonly Item[]): Script {
  return items.map(partOf).reduce(joined, empty);
}

function joined(left: Script, right: Script): Script {
  return { text: left.text + right.text, mark: left.mark + right.mark };
}

function partOf(item: Item): Script {
  const scripts = scriptOf(item.sub ?? []);
  const above = scriptOf(item.sup ?? []);
  return [{ text: textOf(item), mark: "" }, scripts, { text: "", mark: above.text + above.mark }].reduce(
    joined,
  );
}

function textOf({ atom, start, primes }: Item): string {
  if (primes === 0) {
    if (atom.kind === "name") return atom.base;
    if (atom.kind === "number") return atom.digits;
    // z^{[2]} is the z^{(2)} of other courses.
    if (atom.kind === "group" && (atom.fence === "(" || atom.fence === "["))
      return `(${scriptText(atom.items)})`;
    if (atom.kind === "fraction") return `${scriptText(atom.top)}/${scriptText(atom.bottom)}`;
    if (atom.kind === "sign" && /^[,+/-]$/.test(atom.sign)) return atom.sign;
  }
  if (atom.kind === "unread") throw atom.failure;
  throw new Failure(
    "formula-syntax",
    `The script ${at(start)} is no index; write letters, numbers and commas in subscripts, and a layer as ^{(2)}.`,
    { position: start },
  );
}

/**
 * Whether a superscript stands in parentheses: then it is a layer mark and never a power, unless it is worked out of
 * numbers, as in w^{(1-1)}.
 */
export function isLayerMark(sup: readonly Item[]): boolean {
  const [only] = sup;
  return (
    sup.length === 1 &&
    only!.atom.kind === "group" &&
    (only!.atom.fence === "(" || only!.atom.fence === "[") &&
    !isArithmetic(only!.atom.items) &&
    !only!.sup &&
    !only!.sub
  );
}

function isArithmetic(items: readonly Item[]): boolean {
  const isPart = ({ atom }: Item): boolean =>
    atom.kind === "number" || (atom.kind === "sign" && /^[-+·/]$/.test(atom.sign));
  return items.length > 1 && items.every(isPart);
}

/** Brackets behind ^ in plain text: an exponent where no layer of that number has such a name. */
export function isTyped([only]: readonly Item[]): boolean {
  return only?.atom.kind === "group" && only.atom.typed === true;
}

/** The key that a name of a notation has when it is printed and read again. */
export function keyOfName(name: Name): NameKey {
  const below = scriptOfParts(name.sub);
  const above = scriptOfParts(name.sup);
  return { base: baseOf(name), sub: below.text, sup: above.text + above.mark + below.mark };
}

const combiningHat = "\u0302";

function baseOf({ letter, accent }: Name): string {
  return (greekLetters.get(letter)?.plain ?? letter) + (accent === "hat" ? combiningHat : "");
}

function scriptOfParts(parts: readonly Part[]): Script {
  const scripts = parts.map((part) =>
    typeof part === "string" ? { text: spelled(part), mark: "" } : nested(part),
  );
  return {
    text: scripts.map(({ text }) => text).join(separator(parts)),
    mark: scripts.map(({ mark }) => mark).join(""),
  };
}

function nested(name: Name): Script {
  const { base, sub, sup } = keyOfName(name);
  return { text: base + sub, mark: sup };
}

/** Runs of letters that are Greek words stand for the letter. */
function spelled(part: string): string {
  return part.replace(/[A-Za-z]+/g, (run) => greekLetters.get(run)?.plain ?? run);
}

/** As a reader types it: `z_1^(2)`. */
export function keyText({ base, sub, sup }: NameKey): string {
  return base + (sub === "" ? "" : `_${sub}`) + (sup === "" ? "" : `^${sup}`);
}
