// A class at a glance: everybody's marks, which mistakes are frequent, and who handed in the same.
import { stringify } from "csv-stringify/sync";
import type { Grade } from "../grading/grade.ts";
import { roundedPoints } from "../grading/points.ts";
import type { Override } from "./overrides.ts";

/** One student's work after it was graded. */
export interface Graded {
  readonly id: string;
  /** As it was handed in. */
  readonly source: string;
  readonly grade: Grade;
}

/** A row of the list of marks. */
interface Mark {
  readonly id: string;
  readonly score: number;
  readonly maxScore: number;
  readonly needsReview: boolean;
  /** Codes of the misconceptions met, each once. */
  readonly codes: readonly string[];
  /** What the program would have given, where a person gave the score. */
  readonly computed?: number;
  readonly comment?: string;
}

export interface Summary {
  readonly marks: readonly Mark[];
  readonly mean: number;
  /** Most frequent first: how many students show each misconception. */
  readonly misconceptions: readonly { readonly code: string; readonly students: number }[];
  /** Students whose submissions are the same but for white space. */
  readonly identical: readonly (readonly string[])[];
  /** Students in the overrides who handed in nothing. */
  readonly withoutSubmission: readonly string[];
}

export function summarise(
  graded: readonly Graded[],
  overrides: ReadonlyMap<string, Override> = new Map(),
): Summary {
  const marks = graded.map((each) => markOf(each, overrides.get(each.id)));
  const known = new Set(graded.map(({ id }) => id));
  return {
    marks,
    mean: marks.length === 0 ? 0 : roundedPoints(sum(marks.map(({ score }) => score)) / marks.length),
    misconceptions: frequencies(marks),
    identical: identicalIn(graded),
    withoutSubmission: [...overrides.keys()].filter((id) => !known.has(id)),
  };
}

function markOf({ id, grade }: Graded, override: Override | undefined): Mark {
  const codes = grade.steps.flatMap(({ findings }) =>
    findings.flatMap(({ diagnoses: [likeliest] }) => (likeliest ? [likeliest.code] : [])),
  );
  const computed = roundedPoints(grade.score);
  return {
    id,
    score: override?.score ?? computed,
    maxScore: roundedPoints(grade.maxScore),
    needsReview: override === undefined && grade.reasons.length > 0,
    codes: [...new Set(codes)],
    ...(override && { computed }),
    ...(override?.comment !== undefined && { comment: override.comment }),
  };
}

function frequencies(marks: readonly Mark[]): Summary["misconceptions"] {
  const counts = new Map<string, number>();
  for (const code of marks.flatMap(({ codes }) => codes)) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .map(([code, students]) => ({ code, students }))
    .sort((one, other) => other.students - one.students || one.code.localeCompare(other.code));
}

function identicalIn(graded: readonly Graded[]): Summary["identical"] {
  const groups = new Map<string, string[]>();
  for (const { id, source } of graded) {
    const text = source.replace(/\s+/g, "");
    groups.set(text, [...(groups.get(text) ?? []), id]);
  }
  return [...groups].filter(([text, ids]) => text !== "" && ids.length > 1).map(([, ids]) => ids);
}

/** The list of marks as comma-separated values; no cell begins as a formula of a spreadsheet would. */
export function marksTable({ marks }: Summary): string {
  return stringify(
    marks.map(({ id, score, maxScore, needsReview, codes, computed, comment }) => ({
      id: inert(id),
      score,
      max_score: maxScore,
      needs_review: needsReview ? "yes" : "no",
      codes: codes.join(" "),
      computed,
      comment: inert(comment ?? ""),
    })),
    { header: true, columns: ["id", "score", "max_score", "needs_review", "codes", "computed", "comment"] },
  );
}

/**
 * Spreadsheets run cells that begin so (OWASP, "CSV Injection"); an apostrophe makes them text. Some open the file with
 * another separator, and find a cell behind each that stands in the text.
 */
export function inert(cell: string): string {
  return cell.replace(/(^|[;|\t])(?=[=+\-@＝＋－＠])|^(?=[\t\r\n])/g, "$1'");
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
