// Lines of a submission -> statements, one after the other.
import type { Expr } from "../expression/expr.ts";
import { Failure } from "../failure.ts";
import type { Entry } from "./entries.ts";
import { flatten } from "./flatten.ts";
import { instancesOf } from "./instances.ts";
import type { Span } from "./item.ts";
import type { Assignment } from "./letters.ts";
import { refuse } from "./refuse.ts";
import { type Resolved, resolve } from "./resolve.ts";
import { readSideOf, withUpdate } from "./sides.ts";
import type { NotationSlip, ReadRelation, RelationReading, Statement, Unreadable } from "./statement.ts";
import { type Segment, segmentsOf } from "./statements.ts";
import type { Reading } from "./syntax.ts";
import type { StudentLexicon } from "./tables.ts";
import { treeOf } from "./tree.ts";
import { readingsIn } from "./walk.ts";

/** An entry taken apart, before any name in it is looked up. */
export interface Line extends Entry {
  readonly segments: readonly Segment[];
  /** Present: the whole line cannot be read. */
  readonly unreadable?: Unreadable;
}

export function lineOf(entry: Entry): Line {
  const { source } = entry;
  const segments = attempted({ start: 0, end: source.length }, () => {
    refuse(source);
    return segmentsOf(flatten(treeOf(source), source.length), source);
  });
  return isUnreadable(segments) ? { ...entry, segments: [], unreadable: segments } : { ...entry, segments };
}

/** The statements that a definition makes, by the segment that holds it. */
export type DefinitionsAt = ReadonlyMap<Segment, readonly Statement[]>;

/** Reads line after line; the state guarded is the last side, from which a line "= …" goes on. */
export class Lines {
  readonly #lexicon: StudentLexicon;
  readonly #definitions: DefinitionsAt;
  #last: Reading | undefined;

  constructor(lexicon: StudentLexicon, definitions: DefinitionsAt) {
    this.#lexicon = lexicon;
    this.#definitions = definitions;
  }

  statements({ segments, unreadable }: Line): readonly Statement[] {
    if (unreadable) return [unreadable];
    return segments.flatMap((segment) => {
      const made = this.#definitions.get(segment) ?? [];
      const statements = this.#segment(segment, made.length > 0, segments.length === 1);
      // Behind "since" and "for" stands prose: what is not readable there claims nothing.
      const isProse = segment.role === "reason" && statements.some(isUnreadable);
      return [...made, ...(isProse ? [] : statements)];
    });
  }

  /** `isDefinition`: the first side is an own name, which the second one defines. */
  #segment({ sides, signs }: Segment, isDefinition: boolean, isAlone: boolean): readonly Statement[] {
    const [first] = sides;
    const implicitLeft = first!.items.length === 0 && this.#last !== undefined;
    const readings = sides.map((side, position) =>
      position === 0 && implicitLeft
        ? this.#last!
        : attempted(side.span, () => readSideOf(this.#lexicon, side)),
    );
    const last = readings.at(-1)!;
    if (signs.length === 0) {
      if (isAlone && !isUnreadable(last)) this.#last = last;
      return isAlone && isUnreadable(last) ? [last] : [];
    }
    if (!isUnreadable(last)) this.#last = last;
    const lexicon = this.#lexicon;
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
      return attempted(places.right, () => ({
        kind: "relation" as const,
        sign,
        ...places,
        ...relationOf(lexicon, withUpdate(lexicon, left, right), right),
      }));
    });
    // A side that cannot be read is said once, not on both sides of it.
    return [...new Set(isDefinition ? statements.slice(1) : statements)];
  }
}

function relationOf(
  lexicon: StudentLexicon,
  left: Reading,
  right: Reading,
): Pick<ReadRelation, "readings" | "slips"> {
  const { graph } = lexicon.tables;
  const { assignments, under } = leniently(lexicon, left, right);
  const readings = assignments.map((assignment): RelationReading => {
    const { sides, letters } = under(assignment);
    const [one, other] = sides as readonly [Expr, Expr];
    return { left: one, right: other, instances: instancesOf(graph, one, other, letters) };
  });
  return { readings, slips: slipsIn([left, right], assignments[0]!) };
}

/** Indices the other way round are tried where the right order has no meaning. */
function leniently({ tables, lenient }: StudentLexicon, left: Reading, right: Reading): Resolved {
  const relation = { sides: [left, right], signs: ["="] as const };
  try {
    return resolve(relation, tables);
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.code !== "wrong-shape") throw failure;
    try {
      return resolve(relation, lenient);
    } catch {
      throw failure;
    }
  }
}

function slipsIn(sides: readonly Reading[], { meanings }: Assignment): readonly NotationSlip[] {
  const unbracketed = sides.flatMap((side) =>
    [...readingsIn(side)].flatMap((reading) =>
      reading.kind === "name" && reading.unbracketed
        ? [{ span: spanOf(reading), message: unbracketedSentence(reading) }]
        : [],
    ),
  );
  const named = [...meanings].flatMap(([{ span }, { slip }]) =>
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
