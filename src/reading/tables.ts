// What a reader must know of one network in one notation; made once for both, however many formulas are read.
import type { Quantity } from "../expression/expr.ts";
import { learningRate } from "../network/learning-rate.ts";
import type { Network } from "../network/network.ts";
import { dialect } from "../notation/dialect.ts";
import { printedDeltas } from "../notation/names.ts";
import type { Notation } from "../notation/notation.ts";
import { functionTable } from "./functions.ts";
import type { Tables } from "./names.ts";
import { namesOfOneSample, ofOneSample, samplesOf } from "./samples.ts";
import { slipsOf } from "./slips.ts";
import { isSpelledFunction } from "./spelled-functions.ts";
import { deltasOf, type SymbolTable, symbolTable } from "./symbols.ts";
import type { NameKey, Vocabulary } from "./syntax.ts";
import { type VectorTable, vectorTable } from "./vectors.ts";

export interface Lexicon {
  readonly tables: Tables;
  readonly vocabulary: Vocabulary;
}

/** `deltas`: the δ quantities that the names of δ's stand for. */
export function lexicon(
  network: Network,
  notation: Notation,
  deltas: readonly Quantity[] = deltasOf(network),
): Lexicon {
  const spoken = dialect(network, notation);
  const tables: Tables = {
    graph: network.graph,
    dialect: spoken,
    symbols: symbolTable(network, notation, [...deltas, learningRate]),
    functions: functionTable(network, spoken),
    loss: network.loss,
    depth: network.depth,
    asWritten: false,
  };
  return { tables, vocabulary: vocabularyOf(tables) };
}

/** A lexicon that also knows names with a slip of notation, and names of whole layers. */
export interface StudentLexicon extends Lexicon {
  readonly vectors: VectorTable;
  /** How many samples the network has; 1 where it is of one sample. */
  readonly samples: number;
  /** The same tables with weights whose indices stand the other way round. */
  readonly lenient: Tables;
}

const students = new WeakMap<Network, Map<Notation, StudentLexicon>>();

/** The lexicon with other tables of symbols, own names among them; `isOwn` tells those. */
export function withSymbols(
  lexicon: StudentLexicon,
  change: (symbols: SymbolTable) => SymbolTable,
  isOwn: (name: NameKey) => boolean,
): StudentLexicon {
  const { tables, lenient, vocabulary } = lexicon;
  const changed = { ...tables, symbols: change(tables.symbols) };
  return {
    ...lexicon,
    tables: changed,
    lenient: { ...lenient, symbols: change(lenient.symbols) },
    vocabulary: vocabularyOfStudents(changed, (name) => vocabulary.has(name) || isOwn(name)),
  };
}

/** What students may write of a network; kept as long as the network is. */
export function studentLexicon(network: Network, notation: Notation): StudentLexicon {
  const known = students.get(network) ?? new Map<Notation, StudentLexicon>();
  students.set(network, known);
  const made = known.get(notation) ?? madeForStudents(network, notation);
  known.set(notation, made);
  return made;
}

function madeForStudents(network: Network, notation: Notation): StudentLexicon {
  const deltas = deltasOf(network);
  const { tables } = lexicon(network, notation, deltas);
  const { symbols } = tables;
  const slips = slipsOf(network, notation, [...deltas, learningRate]);
  const words = new Set([...symbols.words, ...slips.words]);
  const { letter } = tables.dialect.notation.reduction;
  const ofSample = namesOfOneSample(network, notation, letter);
  const findOwn: SymbolTable["find"] = (name) => {
    const own = symbols.find(name);
    const sampled = own.filter(({ quantity }) => ofOneSample(quantity));
    // y_1 is unit 1 of any sample before it is the y of sample 1.
    const isOfOneSample = sampled.some(({ indices }) => indices.every(isNumber));
    if (own.length === 0 || isOfOneSample) return orElse(ofSample(name), own);
    // L_i is the loss of unit i as well as of sample i, unless i is the letter of the samples.
    const isOfAny = sampled.some(({ indices }) =>
      indices.some((index) => !isNumber(index) && index !== letter),
    );
    return isOfAny
      ? [...own, ...ofSample(name).map((candidate) => ({ ...candidate, rank: 0 as const }))]
      : own;
  };
  const withForeign: SymbolTable = {
    ...symbols,
    words,
    find: (name) => {
      const own = findOwn(name);
      const isOfOtherUnits = own.length > 0 && own.every(({ rank }) => rank === 2);
      return isOfOtherUnits ? orElse(slips.turned(name), own) : orElse(own, slips.foreign(name));
    },
  };
  const withTurned: SymbolTable = {
    ...withForeign,
    find: (name) => [...withForeign.find(name), ...slips.turned(name)],
  };
  const student = { ...tables, symbols: withForeign, asWritten: true };
  return {
    tables: student,
    samples: samplesOf(network)?.size ?? network.samples.count,
    vectors: vectorTable(network, notation, [...network.quantities, ...printedDeltas(deltas)]),
    lenient: { ...student, symbols: withTurned },
    vocabulary: vocabularyOfStudents(student, (name) => findOwn(name).length > 0),
  };
}

function orElse<Thing>(things: readonly Thing[], others: readonly Thing[]): readonly Thing[] {
  return things.length > 0 ? things : others;
}

/** Besides the network's functions and the catalogue's: those that are spelled out, and \operatorname{diag} of a vector. */
function vocabularyOfStudents(tables: Tables, has: Vocabulary["has"]): Vocabulary {
  const vocabulary = vocabularyOf(tables);
  const isFunction: Vocabulary["isFunction"] = (name) =>
    name.base === "diag" ||
    vocabulary.isFunction(name) ||
    (isSpelledFunction(name) && !tables.symbols.hasBase(name.base));
  return { ...vocabulary, has, isFunction };
}

function isNumber(index: number | string): boolean {
  return typeof index === "number";
}

const parameterRoles: ReadonlySet<Quantity["role"]> = new Set(["weight", "bias", "parameter"] as const);

function vocabularyOf({ symbols, functions }: Tables): Vocabulary {
  return {
    has: (name) => symbols.find(name).length > 0,
    hasBase: symbols.hasBase,
    isFunction: (name) => functions.isOwn(name) || (functions.has(name) && !symbols.hasBase(name.base)),
    isLoss: (name) =>
      symbols.find(name).some(({ quantity: { role } }) => role === "loss" || role === "sampleLoss"),
    isParameter: (name) => symbols.find(name).some(({ quantity: { role } }) => parameterRoles.has(role)),
    words: symbols.words,
    longestWord: Math.max(...[...symbols.words, ...functions.known].map(({ length }) => length)),
  };
}
