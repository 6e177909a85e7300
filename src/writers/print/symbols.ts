// The table of symbols: what every id of a network is called in a dialect.
import { entries, entryCount, entryId, type Quantity } from "../../expression/expr.ts";
import type { Network } from "../../network/network.ts";
import { indexLetters, latex, plain } from "./line.ts";
import type { Printing } from "./scope.ts";

export interface SymbolRow {
  readonly latex: string;
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
): Readonly<Record<string, SymbolRow>> {
  const rows = [...network.quantities, ...deltas].flatMap((quantity) => rowsOf(quantity, network, printing));
  return Object.fromEntries(rows);
}

function rowsOf(
  quantity: Quantity,
  { graph }: Network,
  printing: Printing,
): readonly (readonly [id: string, row: SymbolRow])[] {
  const { role, id, formals } = quantity;
  if (entryCount(quantity) <= largestListed) {
    return [...entries(quantity)].map((indices) => {
      const symbol = graph.symbol(quantity, indices);
      return [
        entryId(quantity, indices),
        { latex: latex(symbol, printing), plain: plain(symbol, printing), role },
      ];
    });
  }
  const symbol = graph.symbol(quantity, formals);
  const { free } = indexLetters({ sides: [{ kind: "expr", expr: symbol }], signs: [] }, printing);
  return [[id, { latex: latex(symbol, printing), plain: plain(symbol, printing), role, indices: free }]];
}
