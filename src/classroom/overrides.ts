// Marks that a person has given: a table of student, score and comment that stays when the class is graded again.
import { parse } from "csv-parse/sync";
import { Failure } from "../failure.ts";

export interface Override {
  readonly score: number;
  readonly comment?: string;
}

/** By student. Columns `id` and `score`, and `comment` where wanted; throws Failure with the line of a mistake. */
export function readOverrides(csv: string): ReadonlyMap<string, Override> {
  const rows = rowsOf(csv);
  const overrides = new Map<string, Override>();
  for (const [position, { id, score, comment }] of rows.entries()) {
    const line = position + 2;
    if (!id) throw mistake(line, 'has no "id"; name the student as in the list of marks');
    if (overrides.has(id)) throw mistake(line, `names "${id}" a second time; keep one of the two lines`);
    overrides.set(id, { score: scoreOf(score, line), ...(comment && { comment }) });
  }
  return overrides;
}

type Row = Readonly<Record<string, string | undefined>>;

function rowsOf(csv: string): readonly Row[] {
  try {
    const rows = parse(csv, { columns: true, bom: true, trim: true, skip_empty_lines: true });
    const [first] = rows as Row[];
    if (first && !("id" in first && "score" in first))
      throw mistake(1, `has the columns ${Object.keys(first).join(", ")}; "id" and "score" are needed`);
    return rows as Row[];
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(
      "invalid-request",
      `The overrides are not a table of comma-separated values: ${(error as Error).message}. Write the columns id,score,comment.`,
    );
  }
}

function scoreOf(text: string | undefined, line: number): number {
  const score = Number(text);
  if (text === undefined || text === "" || !Number.isFinite(score) || score < 0)
    throw mistake(line, `has the score "${text ?? ""}"; a number of at least 0 is expected`);
  return score;
}

function mistake(line: number, what: string): Failure {
  return new Failure("invalid-request", `Line ${line} of the overrides ${what}.`);
}
