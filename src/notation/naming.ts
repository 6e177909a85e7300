// What naming starts from: the letter that each quantity has in a dialect, and what a rule of naming is.
import type { Index, Quantity, SymbolExpr } from "../expression/expr.ts";
import { bareName, type Name } from "./name.ts";
import type { Letter, LetterRole, Notation } from "./notation.ts";
import type { Nameable } from "./units.ts";

/** What is named: a symbol of an expression, or just a quantity with its indices. */
export type Entry = Pick<SymbolExpr, "quantity" | "indices">;

/** How an index that is no number is written; the printer hands in the letters of its line. */
export type SpellIndex = (index: string) => string;

/** How the entries of one quantity get their names. */
export type Naming = (indices: readonly Index[], spell: SpellIndex) => Name;

export type Role = LetterRole | "output";

/** The letter that each quantity has in a dialect; roles that have none carry their own name. */
export function letterRoles(network: Nameable, notation: Notation): (quantity: Quantity) => Role | undefined {
  const outputs = new Set(network.outputs.map(({ quantity }) => quantity));
  return (quantity) => {
    const isOutput = quantity.role === "output" || (quantity.role === "activation" && outputs.has(quantity));
    if (isOutput) return notation.letters.output ? "output" : "activation";
    if (quantity === network.loss && network.samples.count > 1) return "sampleLoss";
    return quantity.role in notation.letters ? (quantity.role as LetterRole) : undefined;
  };
}

export function letterOf(notation: Notation, role: Role): Letter {
  return role === "output"
    ? (notation.letters.output ?? notation.letters.activation)
    : notation.letters[role];
}

export function letterKey(letter: Letter): string {
  return `${letter.letter}${letter.hat ? "^" : ""}${letter.sub?.join() ?? ""}`;
}

export function letterName(letter: Letter): Name {
  return { ...bareName(letter.letter), ...(letter.hat && { accent: "hat" as const }), sub: letter.sub ?? [] };
}
