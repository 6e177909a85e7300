// What a reader must know of one network in one notation; made once for both, however many formulas are read.
import type { Quantity } from "../expression/expr.ts";
import type { Network } from "../network/network.ts";
import { dialect } from "../notation/dialect.ts";
import type { Notation } from "../notation/notation.ts";
import { functionTable } from "./functions.ts";
import type { Tables } from "./names.ts";
import { deltasOf, symbolTable } from "./symbols.ts";
import type { Vocabulary } from "./syntax.ts";

export interface Lexicon {
  readonly tables: Tables;
  readonly vocabulary: Vocabulary;
}

interface LexiconOptions {
  readonly deltas?: readonly Quantity[];
  readonly keepsDecimals?: boolean;
}

/** `deltas`: the δ quantities that the names of δ's stand for; `keepsDecimals`: numbers remember their digits. */
export function lexicon(
  network: Network,
  notation: Notation,
  { deltas = deltasOf(network), keepsDecimals = false }: LexiconOptions = {},
): Lexicon {
  const spoken = dialect(network, notation);
  const symbols = symbolTable(network, notation, deltas);
  const functions = functionTable(network, spoken);
  const tables = { graph: network.graph, dialect: spoken, symbols, functions, keepsDecimals };
  return { tables, vocabulary: vocabularyOf(tables) };
}

function vocabularyOf({ symbols, functions }: Tables): Vocabulary {
  return {
    has: (name) => symbols.find(name).length > 0,
    hasBase: symbols.hasBase,
    isFunction: (name) => functions.isOwn(name) || (functions.has(name) && !symbols.hasBase(name.base)),
    words: symbols.words,
    longestWord: Math.max(...[...symbols.words, ...functions.known].map(({ length }) => length)),
  };
}
