// Numbers and names of a description as the referee takes them.
import { parseFormula } from "../../expression/formula.ts";
import { fromNumber, parseRational } from "../../expression/rational.ts";
import type { NumberLike } from "../../network/description.ts";
import type { Given } from "./field.ts";

export function exact(value: NumberLike): Given {
  return typeof value === "number" ? value : exactRational(value);
}

export function exactRational(value: NumberLike) {
  const read = typeof value === "number" ? fromNumber(value) : parseRational(value);
  if (read === undefined) throw new Error(`"${value}" is not a number.`);
  return read;
}

export function plainName(text: string): string {
  const syntax = parseFormula(text);
  if (syntax.kind !== "name") throw new Error(`"${text}" is not a name.`);
  return syntax.name;
}

export function namedNumbers(numbers: Readonly<Record<string, NumberLike>> = {}): [string, Given][] {
  return Object.entries(numbers).map(([name, value]) => [plainName(name), exact(value)]);
}
