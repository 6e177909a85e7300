// The table of symbols: what every id of a network is called in a dialect.
import type { Language } from "../../derivation/wording/wordings.ts";
import { entries, entryCount, entryId, type Quantity, type SymbolExpr } from "../../expression/expr.ts";
import type { Network } from "../../network/network.ts";
import { indexLetters, spellings } from "./line.ts";
import type { Printing } from "./scope.ts";

export interface SymbolRow {
  readonly latex: string;
  readonly speech: string;
  readonly plain: string;
  readonly role: Quantity["role"];
  /** Letters of the indices, where the row stands for a whole layer. */
  readonly indices?: readonly string[];
}

/** Layers with more entries than this have one row, with letters for the indices: no reader wants 100,000. */
const largestListed = 250;

/** Rows by id: of every entry, or of a whole layer by the id of its quantity. Linear in the entries listed. */
export function symbolTable(
  network: Network,
  deltas: readonly Quantity[],
  printing: Printing,
  language: Language,
): Readonly<Record<string, SymbolRow>> {
  const rows = [...network.quantities, ...deltas].flatMap((quantity) =>
    rowsOf(quantity, network, printing, language),
  );
  return Object.fromEntries(rows);
}

function rowsOf(
  quantity: Quantity,
  { graph }: Network,
  printing: Printing,
  language: Language,
): readonly (readonly [id: string, row: SymbolRow])[] {
  const { role, id, formals } = quantity;
  const rowOf = (symbol: SymbolExpr): SymbolRow => {
    const { latex, speech, text } = spellings(symbol, printing, language);
    return { latex, speech, plain: text, role };
  };
  if (entryCount(quantity) <= largestListed) {
    return [...entries(quantity)].map((indices) => {
      const symbol = graph.symbol(quantity, indices);
      return [entryId(quantity, indices), rowOf(symbol)];
    });
  }
  const symbol = graph.symbol(quantity, formals);
  const { free } = indexLetters({ sides: [{ kind: "expr", expr: symbol }], signs: [] }, printing);
  return [[id, { ...rowOf(symbol), indices: free }]];
}
