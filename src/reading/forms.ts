// The small forms that the descent is made of, and what it says about those that cannot be read.
import { parseRational } from "../expression/rational.ts";
import { Failure } from "../failure.ts";
import { at, type Item, isRelation, type Sign, type Span, signOf } from "./item.ts";
import { scriptText } from "./script.ts";
import type { Reading } from "./syntax.ts";

export function unreadable(sentence: string, { start }: Span): Failure {
  return new Failure("formula-syntax", sentence, { position: start });
}

/** What stands where something else was expected, by its sign. */
const signSentences: Partial<Readonly<Record<Sign, string>>> = {
  "≠": "is no relation that is read; write =, ≈, := or ←",
  "<": "is no relation that is read; write =, ≈, := or ←",
  ">": "is no relation that is read; write =, ≈, := or ←",
  "≤": "is no relation that is read; write =, ≈, := or ←",
  "≥": "is no relation that is read; write =, ≈, := or ←",
};

export function unexpected({ atom, start, end }: Item): Failure {
  const sign = atom.kind === "sign" ? atom.sign : undefined;
  const because = (sign && signSentences[sign]) ?? "stands where a factor or term was expected";
  return unreadable(`The sign ${sign ?? ""} ${at(start)} ${because}.`, { start, end });
}

export function numberBehind({ atom, start, end }: Item): Failure {
  const digits = atom.kind === "number" ? atom.digits : "";
  return unreadable(
    `The number ${digits} ${at(start)} stands behind a factor without a sign; write _{…} around a subscript of several digits, or \\cdot between factors.`,
    { start, end },
  );
}

export function numberReading(digits: string, { start, end }: Span): Reading {
  const value = parseRational(digits);
  if (!value)
    throw unreadable(`The number ${at(start)} is too long; write it with fewer digits.`, { start, end });
  return { kind: "number", value, ...decimalsOf(digits), start, end };
}

/** 0.50 has two digits behind the point, 1.2e-5 six. */
function decimalsOf(digits: string): { readonly decimals?: number } {
  const [mantissa = "", exponent = "0"] = digits.toLowerCase().split("e");
  const point = mantissa.indexOf(".");
  if (point < 0) return {};
  return { decimals: Math.max(0, mantissa.length - point - 1 - Number(exponent)) };
}

export function productOf(factors: readonly Reading[], start: number, end: number): Reading {
  return factors.length === 1 ? factors[0]! : { kind: "product", factors, start, end };
}

export function quotient(top: Reading, bottom: Reading): Reading {
  return { kind: "quotient", top, bottom, start: top.start, end: bottom.end };
}

/** The parts between commas. */
export function separated(items: readonly Item[]): readonly (readonly Item[])[] {
  const commas = items.flatMap((item, position) => (signOf(item) === "," ? [position] : []));
  const edges = [-1, ...commas, items.length];
  return edges.slice(1).map((edge, part) => items.slice(edges[part]! + 1, edge));
}

/** [j = k] */
export function sameIndices(items: readonly Item[], span: Span): Reading {
  const relation = items.findIndex(isRelation);
  const left = scriptText(items.slice(0, relation));
  const right = scriptText(items.slice(relation + 1));
  if (left === "" || right === "" || signOf(items[relation]!) !== "=")
    throw unreadable(
      `The brackets ${at(span.start)} hold a relation without two indices; write [j = k].`,
      span,
    );
  return { kind: "same", left, right, start: span.start, end: span.end };
}

export function isTranspose(sup: readonly Item[]): boolean {
  const [only] = sup;
  return sup.length === 1 && only!.atom.kind === "name" && ["T", "⊤"].includes(only!.atom.base);
}

export function isInverse(sup: readonly Item[]): boolean {
  return (
    sup.length === 2 &&
    signOf(sup[0]!) === "-" &&
    sup[1]!.atom.kind === "number" &&
    sup[1]!.atom.digits === "1"
  );
}
