// What a student handed in -> steps of statements: the relations to be judged, each with every way in which its index
// letters can be meant, and what could not be read, with its place.
import type { Expr } from "../expression/expr.ts";
import { Failure } from "../failure.ts";
import type { Network } from "../network/network.ts";
import type { Notation } from "../notation/notation.ts";
import { notations, usualNotations } from "../notation/rows.ts";
import { Descent } from "./descent.ts";
import { flatten } from "./flatten.ts";
import { instancesOf } from "./instances.ts";
import type { Span } from "./item.ts";
import { Names } from "./names.ts";
import { refuse } from "./refuse.ts";
import { resolve } from "./resolve.ts";
import type {
  ReadRelation,
  ReadStep,
  RelationReading,
  Statement,
  Submission,
  SubmissionEntry,
  Unreadable,
} from "./statement.ts";
import { type Chain, chainsOf, type Side } from "./statements.ts";
import type { Reading } from "./syntax.ts";
import { type Lexicon, lexicon } from "./tables.ts";
import { treeOf } from "./tree.ts";

/**
 * The submission as statements; no text makes it throw. Complexity: linear in the length of the text but for index
 * letters, which are tried against the layers, and Σ, which are written out.
 */
export function readSubmission(
  network: Network,
  notation: Notation | undefined,
  submission: string | readonly SubmissionEntry[],
): Submission {
  const spoken = notation ?? notations[usualNotations[network.kind]];
  const line = new Lines(lexicon(network, spoken, { keepsDecimals: true }));
  const steps = entriesOf(submission).map((entry, index): ReadStep => {
    const { id, latex: source } = typeof entry === "string" ? { id: undefined, latex: entry } : entry;
    return { index, ...(id !== undefined && { id }), source, statements: line.statements(source) };
  });
  return { steps, notation: spoken.key };
}

function entriesOf(submission: string | readonly SubmissionEntry[]): readonly SubmissionEntry[] {
  if (typeof submission !== "string") return submission;
  return submission.split("\n").filter((line) => line.trim() !== "");
}

/** Reads line after line; the state guarded is the last side, from which a line "= …" goes on. */
class Lines {
  readonly #lexicon: Lexicon;
  #last: Reading | undefined;

  constructor(known: Lexicon) {
    this.#lexicon = known;
  }

  statements(source: string): readonly Statement[] {
    const whole = { start: 0, end: source.length };
    const chains = attempted(whole, () => {
      refuse(source);
      return chainsOf(flatten(treeOf(source), source.length), source);
    });
    return "failure" in chains ? [chains] : chains.flatMap((chain) => this.#chain(chain));
  }

  #chain({ sides, signs }: Chain): readonly Statement[] {
    const [first] = sides;
    const implicitLeft = first!.items.length === 0 && this.#last !== undefined;
    const readings = sides.map((side, position) =>
      position === 0 && implicitLeft ? this.#last! : attempted(side.span, () => this.#side(side)),
    );
    const last = readings.at(-1)!;
    if (!("failure" in last)) this.#last = last;
    if (signs.length === 0) return "failure" in last ? [last] : [];
    const statements = signs.map((sign, position): Statement => {
      const [left, right] = [readings[position]!, readings[position + 1]!];
      if ("failure" in left) return left;
      if ("failure" in right) return right;
      const implicit = implicitLeft && position === 0;
      return attempted(
        sides[position + 1]!.span,
        (): ReadRelation => ({
          kind: "relation",
          sign,
          left: sides[position]!.span,
          right: sides[position + 1]!.span,
          implicitLeft: implicit,
          readings: this.#readings(left, right),
          slips: [],
        }),
      );
    });
    // A side that cannot be read is said once, not on both sides of it.
    return [...new Set(statements)];
  }

  #side({ items, span }: Side): Reading {
    const { vocabulary, tables } = this.#lexicon;
    const reading = new Descent(items, vocabulary, span, 0).whole("a side of the relation");
    new Names(tables).collect(reading, new Map());
    return reading;
  }

  #readings(left: Reading, right: Reading): readonly RelationReading[] {
    const { tables } = this.#lexicon;
    const { assignments, under } = resolve({ sides: [left, right], signs: ["="] }, tables);
    return assignments.map((assignment) => {
      const { sides, letters } = under(assignment);
      const [one, other] = sides as readonly [Expr, Expr];
      return { left: one, right: other, instances: instancesOf(tables.graph, one, other, letters) };
    });
  }
}

function attempted<Result>(span: Span, read: () => Result): Result | Unreadable {
  try {
    return read();
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return { kind: "unreadable", span, failure };
  }
}
