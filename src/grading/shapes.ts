// What went wrong in a line whose shapes or indices do not fit: the ᵀ, the ⊙, the order, the layer or the index letter
// that would make it right, found by changing the text in one or two places and reading it again.
import type { Role } from "../expression/expr.ts";
import type { Notation } from "../notation/notation.ts";
import type { ReadRelation } from "../reading/statement.ts";
import { readSubmission } from "../reading/submission.ts";
import { type Diagnosis, placeOf } from "./diagnose.ts";
import type { FindingCode } from "./findings.ts";
import type { MisconceptionCode } from "./misconceptions/table.ts";
import { Probe } from "./probe.ts";
import { scriptEdits } from "./scripts.ts";
import type { Subject } from "./subject.ts";
import { targetOf } from "./target.ts";
import { type Operator, operatorsIn, regrouped, type Thing, thingsIn } from "./things.ts";

/** A side written in another way. */
interface Edit {
  readonly text: string;
  /** What the change mends, where its place alone tells. */
  readonly code?: MisconceptionCode | FindingCode;
  readonly things: readonly Thing[];
}

/** Texts of one line that are read again at most. */
const mostEdits = 300;

/** Characters of one submission that are read again at most; 25,000 took half a second. */
const mostCharacters = 25_000;

/** How much of a submission may still be read again; counted, so that the same submission has the same answer. */
export class Rereading {
  #left = mostCharacters;

  allows({ length }: string): boolean {
    this.#left -= length;
    return this.#left >= 0;
  }
}

/**
 * The misconception that the relation shows, where one change of its right side makes its shapes fit and the relation
 * true; nothing where the left side goes on from another line, or where too much has been read again.
 */
export function diagnoseShape(
  subject: Subject,
  notation: Notation,
  source: string,
  { left, right, implicitLeft }: Pick<ReadRelation, "left" | "right" | "implicitLeft">,
  rereading: Rereading,
): readonly Diagnosis[] {
  if (implicitLeft) return [];
  const probe = new Probe(subject);
  const head = source.slice(left.start, left.end);
  const side = source.slice(right.start, right.end);
  const read = (text: string): ReadRelation | undefined => onlyRelation(subject, notation, text);
  for (const edit of editsOf(side, head).slice(0, mostEdits)) {
    if (!rereading.allows(head + edit.text)) break;
    const instances = read(`${head} = ${edit.text}`)?.readings.map((reading) => reading.instances);
    const right = instances?.find((list) => list.every((one) => probe.alike(one.left, one.right)));
    const [first] = right ?? [];
    const target = first && targetOf(subject, probe, first);
    if (!target || !right!.every((one) => probe.equal(one.left, one.right))) continue;
    const at = placeOf(target);
    const roles = edit.things.map(({ text }) => roleOfThing(read(`${text} = ${text}`)));
    return [{ code: codeOf(edit, at.symbol.quantity.role, roles), at }];
  }
  return [];
}

function onlyRelation({ network }: Subject, notation: Notation, text: string): ReadRelation | undefined {
  const [step] = readSubmission(network, notation, [text]).steps;
  const [statement, ...others] = step!.statements;
  return statement?.kind === "relation" && others.length === 0 && !statement.shapeProblem
    ? statement
    : undefined;
}

function roleOfThing(read: ReadRelation | undefined): Role | "derivative" | undefined {
  const side = read?.readings[0]?.instances[0]?.left;
  return side?.kind === "symbol"
    ? side.quantity.role
    : side?.kind === "derivative"
      ? "derivative"
      : undefined;
}

function codeOf(
  edit: Edit,
  target: Role,
  roles: readonly (Role | "derivative" | undefined)[],
): MisconceptionCode | FindingCode {
  if (edit.code) return edit.code;
  if (target === "weight") return "transposed-outer-product";
  return roles.includes("weight") ? "transposed-weight" : "transposed-jacobian";
}

/** One place changed, then two transposes at once. */
function editsOf(side: string, head: string): readonly Edit[] {
  const things = thingsIn(side);
  const transposes = things.map((thing): Edit => ({ text: transposedIn(side, [thing]), things: [thing] }));
  const pairs = things.flatMap((first, position) =>
    things
      .slice(position + 1)
      .filter((second) => second.start >= first.end)
      .map((second): Edit => ({ text: transposedIn(side, [first, second]), things: [first, second] })),
  );
  const operators = [
    ...operatorsIn(side).map((operator) => exchanged(side, operator)),
    ...regrouped(side),
  ].map((text): Edit => ({ text, things: [], code: "hadamard-for-matrix-product" }));
  const whole: Edit = { text: `(${side})^T`, things: [] };
  const scripts = scriptEdits(side, head).map((edit): Edit => ({ ...edit, things: [] }));
  return [...transposes, ...operators, whole, ...scripts, ...pairs];
}

/** ⊙ for the matrix product, and the product for ⊙. */
function exchanged(side: string, { start, end, isElementwise }: Operator): string {
  return `${side.slice(0, start)} ${isElementwise ? "" : "\\odot"} ${side.slice(end)}`;
}

/** The later things first, so that the places of the earlier ones stay. */
function transposedIn(side: string, things: readonly Thing[]): string {
  return things
    .toSorted((left, right) => right.start - left.start)
    .reduce(
      (text, { start, end, text: own, without }) =>
        `${text.slice(0, start)}${without ?? `(${own})^T`}${text.slice(end)}`,
      side,
    );
}
