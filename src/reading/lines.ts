// Lines of a submission -> statements, one after the other.
import { Failure } from "../failure.ts";
import { at } from "./item.ts";
import { requireNotEuler } from "./own.ts";
import { relationOf } from "./relation-meaning.ts";
import { withArgument, withArgumentWritten } from "./rules.ts";
import { readSideOf } from "./sides.ts";
import type { Statement, Unreadable } from "./statement.ts";
import type { Segment } from "./statements.ts";
import type { Reading } from "./syntax.ts";
import type { StudentLexicon } from "./tables.ts";
import type { Line } from "./taken-apart.ts";
import { attempted, isUnreadable } from "./unreadable.ts";

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
