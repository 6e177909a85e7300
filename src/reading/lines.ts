// Lines of a submission -> statements, one after the other.
import type { Expr } from "../expression/expr.ts";
import { Failure } from "../failure.ts";
import { settingsOf } from "./counted-names.ts";
import { type Entry, type Formula, formulasOf } from "./entries.ts";
import { flatten } from "./flatten.ts";
import { instancesOf } from "./instances.ts";
import { at, type Item, type Span } from "./item.ts";
import type { Assignment } from "./letters.ts";
import { isOfLayers, layerReadings } from "./matrices.ts";
import { Names } from "./names.ts";
import { requireNotEuler } from "./own.ts";
import { plainItems } from "./plain.ts";
import type { AreNames } from "./prose.ts";
import { readingLimits, refuse, refusePlain } from "./refuse.ts";
import { type Resolved, resolve } from "./resolve.ts";
import { withArgument, withArgumentWritten } from "./rules.ts";
import { readSideOf, withUpdate } from "./sides.ts";
import type {
  Instance,
  NotationSlip,
  ReadRelation,
  RelationReading,
  Statement,
  Unreadable,
} from "./statement.ts";
import { type Segment, segmentsOf } from "./statements.ts";
import type { Reading } from "./syntax.ts";
import type { StudentLexicon } from "./tables.ts";
import { treeOf } from "./tree.ts";
import { asWritten } from "./turned.ts";
import { requireNumberedUnits } from "./unit-letters.ts";
import { readingsIn } from "./walk.ts";

/** An entry taken apart, before any name in it is looked up. */
export interface Line extends Entry {
  readonly segments: readonly Segment[];
  /** It stands in a text, where a formula without a relation is a mere mention. */
  readonly isText: boolean;
  /** What of it cannot be taken apart. */
  readonly unreadable: readonly Unreadable[];
  /** Text without any command can be LaTeX, too: read so where the line is not readable as plain text. */
  readonly otherwise?: () => Line;
}

function lineOf(entry: Entry, areNames: AreNames): Line {
  const formulas = formulasOf(entry.source);
  const line = takenApart(entry, formulas, areNames);
  const isPlain = formulas.every(({ style }) => style === "plain");
  const asLatex = formulas.map((formula) => ({ ...formula, style: "latex" as const }));
  return isPlain ? { ...line, otherwise: () => takenApart(entry, asLatex, areNames) } : line;
}

/**
 * The entries taken apart as far as a submission may go; those behind cannot be read. `areNames` tells letters of the
 * network from words.
 */
export function linesWithin(entries: readonly Entry[], areNames: AreNames): readonly Line[] {
  const inAll = entries.reduce((total, { source }) => total + source.length, 0);
  let characters = 0;
  let relations = 0;
  return entries.map((entry, index) => {
    characters += entry.source.length;
    if (index >= readingLimits.steps) return beyond(entry, "steps", entries.length);
    if (characters > readingLimits.charactersInAll) return beyond(entry, "characters", inAll);
    const line = lineOf(entry, areNames);
    relations += line.segments.reduce((count, { signs }) => count + signs.length, 0);
    return relations > readingLimits.relations ? beyond(entry, "relations", relations) : line;
  });
}

function beyond(entry: Entry, what: "steps" | "relations" | "characters", measured: number): Line {
  const allowed = what === "characters" ? readingLimits.charactersInAll : readingLimits[what];
  const failure = new Failure(
    "limit-exceeded",
    `The submission has ${measured} ${what}, and at most ${allowed} are read; hand in the others apart.`,
    { limit: `submission-${what}`, allowed, measured },
  );
  const span = { start: 0, end: entry.source.length };
  return { ...entry, segments: [], isText: false, unreadable: [{ kind: "unreadable", span, failure }] };
}

function takenApart(entry: Entry, formulas: readonly Formula[], areNames: AreNames): Line {
  const { source } = entry;
  const parts = formulas.map((formula) => attempted(formula, () => itemsOf(source, formula, areNames)));
  const items = parts.flatMap((part, position): readonly Item[] => {
    if (isUnreadable(part)) return [];
    const before = formulas[position - 1]?.end ?? 0;
    return [...proseBetween(source, before, formulas[position]!), ...part];
  });
  const segments = attempted({ start: 0, end: source.length }, () => segmentsOf(items, source));
  const unreadable = parts.filter(isUnreadable);
  const isText = formulas.some(({ inText }) => inText);
  return isUnreadable(segments)
    ? { ...entry, segments: [], isText, unreadable: [...unreadable, segments] }
    : { ...entry, segments, isText, unreadable };
}

function itemsOf(source: string, { style, start, end }: Formula, areNames: AreNames): readonly Item[] {
  const text = source.slice(start, end);
  if (style === "plain") {
    refusePlain(text, start);
    return plainItems(text, start, areNames);
  }
  refuse(text, start);
  return flatten(treeOf(text, start), { start, end });
}

/** The words in front of a formula, which say what it is; in front of a formula that is the whole there are none. */
function proseBetween(source: string, before: number, { start }: Formula): readonly Item[] {
  if (start === 0) return [];
  const [between] = source.slice(before, start).match(/(?<=^[$\s\\)\]]*)[=≈](?=[$\s\\([]*$)/) ?? [];
  if (between === "=" || between === "≈")
    return [{ atom: { kind: "sign", sign: between }, primes: 0, start: before, end: start }];
  const text = source
    .slice(before, start)
    .replace(/[^\p{L}\s.]/gu, " ")
    .trim();
  return [{ atom: { kind: "words", text }, primes: 0, start: before, end: start }];
}

/** Words in plain text, and nothing that could be meant as a formula. */
function isProse(source: string): boolean {
  return /^[\p{L}\s.,:;!?’'()-]+$/u.test(source) && /\p{L}{3}.*\s.*\p{L}|\p{L}.*\s.*\p{L}{3}/u.test(source);
}

/** Delimiters with nothing between them. */
function withoutFormula(source: string): readonly Unreadable[] {
  const start = source.search(/\S/);
  if (start < 0 || !/^[\s$\\()[\]{}]+$/.test(source)) return [];
  const sentence = `The formula ${at(start)} is empty; write a relation, such as \\frac{\\partial E}{\\partial w} = \\delta x.`;
  const failure = new Failure("formula-syntax", sentence, { position: start });
  return [{ kind: "unreadable", span: { start, end: source.length }, failure }];
}

/** The statements that a definition makes, by the segment that holds it. */
export type DefinitionsAt = ReadonlyMap<Segment, readonly Statement[]>;

/** Reads line after line; the state guarded is the last side, from which a line "= …" goes on. */
export class Lines {
  readonly #lexiconAt: (line: Line) => StudentLexicon;
  readonly #definitions: DefinitionsAt;
  #last: Reading | undefined;

  constructor(lexiconAt: (line: Line) => StudentLexicon, definitions: DefinitionsAt) {
    this.#lexiconAt = lexiconAt;
    this.#definitions = definitions;
  }

  statements(line: Line): readonly Statement[] {
    const before = this.#last;
    const lexicon = this.#lexiconAt(line);
    const plain = this.#read(line, lexicon);
    if (!line.otherwise || !plain.some(isUnreadable)) return plain;
    const after = this.#last;
    this.#last = before;
    const latex = this.#read(line.otherwise(), lexicon);
    if (!latex.some(isUnreadable)) return latex;
    this.#last = after;
    return plain;
  }

  #read({ source, segments, isText, unreadable }: Line, known: StudentLexicon): readonly Statement[] {
    const isAlone = segments.length === 1 && !isText && !isProse(source);
    const read = segments.map((segment) => {
      const made = this.#definitions.get(segment) ?? [];
      return { segment, made, statements: this.#segment(segment, known, made.length > 0, isAlone) };
    });
    const told = read.flatMap(({ segment: { role }, made, statements }) =>
      // Behind "since" and "for" stands prose: what is not readable there claims nothing.
      role === "reason" && statements.some(isUnreadable) ? made : [...made, ...statements],
    );
    const all = [...unreadable, ...told];
    if (all.length > 0) return all;
    // A line is never passed over: what claims nothing beside a claim is what there is to be read of it.
    const passedOver = read.flatMap(({ statements }) => statements);
    return passedOver.length > 0 ? passedOver : withoutFormula(source);
  }

  /** `isDefinition`: the first side is an own name, which the second one defines. */
  #segment(
    { sides: written, signs }: Segment,
    known: StudentLexicon,
    isDefinition: boolean,
    isAlone: boolean,
  ): readonly Statement[] {
    const sides = withArgumentWritten(written, known.vocabulary);
    const [first] = sides;
    const lexicon = withArgument(known, sides);
    const implicitLeft = first!.items.length === 0 && this.#last !== undefined;
    const readings = sides.map((side, position) =>
      position === 0 && implicitLeft ? this.#last! : attempted(side.span, () => readSideOf(lexicon, side)),
    );
    const last = readings.at(-1)!;
    if (signs.length === 0) {
      if (isAlone && !isUnreadable(last)) this.#last = last;
      return isAlone && isUnreadable(last) ? [last] : [];
    }
    if (!isUnreadable(last)) this.#last = last;
    const statements = signs.map((sign, position): Statement => {
      const [left, right] = [readings[position]!, readings[position + 1]!];
      if (isUnreadable(left)) return left;
      if (isUnreadable(right)) return right;
      const implicit = implicitLeft && position === 0;
      const places = {
        left: sides[position]!.span,
        right: sides[position + 1]!.span,
        implicitLeft: implicit,
      };
      return attempted(places.right, () => {
        requireNotEuler(sides[position]!, sides[position + 1]!, lexicon);
        return { kind: "relation" as const, sign, ...places, ...relationOf(lexicon, left, right) };
      });
    });
    // A side that cannot be read is said once, not on both sides of it.
    return [...new Set(isDefinition ? statements.slice(1) : statements)];
  }
}

type Meaning = Pick<ReadRelation, "readings" | "slips" | "shapeProblem">;

/** What has no meaning because of its shapes or indices is a relation that cannot be true. */
function relationOf(lexicon: StudentLexicon, left: Reading, right: Reading): Meaning {
  try {
    return meaningOf(lexicon, left, right);
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.code !== "wrong-shape") throw failure;
    return { readings: [], slips: [], shapeProblem: failure.message };
  }
}

/** The relation must hold at every layer and every name that a letter can stand for. */
function meaningOf(lexicon: StudentLexicon, left: Reading, right: Reading): Meaning {
  requireNumberedUnits([left, right], lexicon);
  const settings = settingsOf([left, right], lexicon);
  if (settings.length === 0)
    for (const side of [left, right]) new Names(lexicon.tables).collect(side, new Map());
  const meanings = settings.map(({ sides, at }) => {
    const [first, other] = sides as readonly [Reading, Reading];
    const one = withUpdate(lexicon, first, other);
    const meaning = sides.some((side) => isOfLayers(side, lexicon))
      ? { readings: layerReadings(one, other, lexicon), slips: slipsIn(sides, undefined) }
      : ofEntries(lexicon, one, other);
    return { ...meaning, readings: meaning.readings.map((reading) => withSetting(reading, at)) };
  });
  return meanings.reduce((all, { readings, slips }) => ({
    readings: all.readings.flatMap((one) => readings.map((other) => both(one, other))).slice(0, mostReadings),
    slips: all.slips.length > 0 ? all.slips : slips,
  }));
}

/** Ways to read a relation that are handed on; two or three are usual. */
const mostReadings = 64;

function both(one: RelationReading, other: RelationReading): RelationReading {
  return { ...one, instances: [...one.instances, ...other.instances] };
}

function withSetting(reading: RelationReading, at: Instance["at"]): RelationReading {
  const instances = reading.instances.map((instance) => ({ ...instance, at: [...at, ...instance.at] }));
  return { ...reading, instances };
}

function ofEntries(lexicon: StudentLexicon, left: Reading, right: Reading): Meaning {
  const { graph } = lexicon.tables;
  const { assignments, under } = leniently(lexicon, left, right);
  const readings = assignments.map((assignment): RelationReading => {
    const { sides, letters } = under(assignment);
    const [one, other] = sides as readonly [Expr, Expr];
    return { left: one, right: other, instances: instancesOf(graph, one, other, letters) };
  });
  const distinct = readings.filter(
    ({ left: one, right: other }, position) =>
      readings.findIndex((reading) => reading.left === one && reading.right === other) === position,
  );
  return { readings: distinct, slips: slipsIn([left, right], assignments[0]!) };
}

/** Indices the other way round are tried where the right order has no meaning. */
function leniently({ tables, lenient }: StudentLexicon, left: Reading, right: Reading): Resolved {
  const relation = { sides: [left, right], signs: ["="] as const };
  try {
    return resolve(relation, tables);
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.code !== "wrong-shape") throw failure;
    try {
      const { assignments, under } = resolve(relation, lenient);
      return { assignments: assignments.map((assignment) => asWritten(assignment, tables)), under };
    } catch {
      throw failure;
    }
  }
}

function slipsIn(sides: readonly Reading[], assignment: Assignment | undefined): readonly NotationSlip[] {
  const unbracketed = sides.flatMap((side) =>
    readingsIn(side).flatMap((reading) =>
      reading.kind === "name" && reading.unbracketed
        ? [{ span: spanOf(reading), message: unbracketedSentence(reading) }]
        : [],
    ),
  );
  const named = [...(assignment?.meanings ?? [])].flatMap(([{ span }, { slip }]) =>
    slip === undefined ? [] : [{ span: spanOf(span), message: slip }],
  );
  return [...unbracketed, ...named];
}

function unbracketedSentence({
  name: { base, sub, sup },
}: Extract<Reading, { readonly kind: "name" }>): string {
  const script = sub === "" ? "" : `_${sub}`;
  return `${base}${script}^${sup.replace(/[()]/g, "")} is read as ${base}${script}^${sup}: a layer mark stands in brackets, or it is a power.`;
}

function attempted<Result>(span: Span, read: () => Result): Result | Unreadable {
  try {
    return read();
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return { kind: "unreadable", span: spanOf(span), failure };
  }
}

function isUnreadable(thing: object): thing is Unreadable {
  return "failure" in thing;
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
