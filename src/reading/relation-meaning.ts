// What a relation between two sides says: its readings in the graph, the slips of notation in it, shapes that do not fit.
import type { Expr } from "../expression/expr.ts";
import { Failure } from "../failure.ts";
import { settingsOf } from "./counted-names.ts";
import { instancesOf } from "./instances.ts";
import type { Assignment } from "./letters.ts";
import { isOfLayers, layerReadings } from "./matrices.ts";
import { Names } from "./names.ts";
import { type Resolved, resolve } from "./resolve.ts";
import { withUpdate } from "./sides.ts";
import type { Instance, NotationSlip, ReadRelation, RelationReading } from "./statement.ts";
import type { Reading } from "./syntax.ts";
import type { StudentLexicon } from "./tables.ts";
import { asWritten } from "./turned.ts";
import { requireNumberedUnits } from "./unit-letters.ts";
import { spanOf } from "./unreadable.ts";
import { readingsIn } from "./walk.ts";

export type Meaning = Pick<ReadRelation, "readings" | "slips" | "shapeProblem">;

/** What has no meaning because of its shapes or indices is a relation that cannot be true. */
export function relationOf(lexicon: StudentLexicon, left: Reading, right: Reading): Meaning {
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
