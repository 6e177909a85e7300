// A class set: for each student a problem sheet, its solution and its key, and a table of who has which.
import { stringify } from "csv-stringify/sync";
import { inert } from "../classroom/summary.ts";
import { Failure } from "../failure.ts";
import type { NamedFile } from "./zip.ts";

/** The sheets of one variant as plain data, so that another process can make them. */
export interface VariantFiles {
  readonly code: string;
  readonly seed: number;
  /** What is asked, with its answer, in a few characters. */
  readonly answers: string;
  readonly files: readonly VariantFile[];
}

export interface VariantFile {
  readonly folder: "problems" | "solutions" | "keys";
  /** Without the dot. */
  readonly extension: string;
  /** In base64 where it is binary. */
  readonly content: string;
  readonly binary: boolean;
}

export interface ClassSet {
  readonly seeds: readonly number[];
  /** One for each seed, in their order; absent where the sheets belong to nobody yet. */
  readonly students?: readonly string[];
  readonly variant: (seed: number) => Promise<VariantFiles>;
}

interface Row {
  readonly number: number;
  readonly student: string;
  readonly code?: string;
  readonly seed: number;
  readonly file?: string;
  readonly answers?: string;
  readonly failure?: string;
}

/**
 * The files of a class set, variant by variant, and `index.csv` at the end. Throws Failure where the first variant
 * cannot be made; one that cannot be made later is a line of the table, and fails no other.
 */
export async function* classSetFiles({ seeds, students, variant }: ClassSet): AsyncGenerator<NamedFile> {
  const rows: Row[] = [];
  for (const [position, seed] of seeds.entries()) {
    const student = students?.[position] ?? "";
    const row = { number: position + 1, student, seed };
    try {
      const made = await variant(seed);
      const name = fileName(position, seeds.length, student);
      rows.push({ ...row, code: made.code, file: name, answers: made.answers });
      for (const file of made.files) yield { path: pathOf(file, name), bytes: bytesOf(file) };
    } catch (error) {
      if (!(error instanceof Failure) || position === 0) throw error;
      rows.push({ ...row, failure: error.message });
    }
  }
  yield { path: "index.csv", bytes: Buffer.from(indexTable(rows)) };
}

const pathOf = ({ folder, extension }: VariantFile, name: string): string => `${folder}/${name}.${extension}`;

const bytesOf = ({ content, binary }: VariantFile): Buffer =>
  Buffer.from(content, binary ? "base64" : "utf8");

function indexTable(rows: readonly Row[]): string {
  const cells = rows.map(({ student, answers, ...row }) => ({
    ...row,
    student: inert(student),
    answers: inert(answers ?? ""),
  }));
  return stringify(cells, {
    header: true,
    columns: ["number", "student", "code", "seed", "file", "answers", "failure"],
  });
}

/** Longer names are cut; the number before them keeps them apart. */
const longestName = 40;

/** 07-ada-lovelace: letters, digits and hyphens alone, which every file system takes. */
function fileName(position: number, count: number, student: string): string {
  const number = String(position + 1).padStart(String(count).length, "0");
  const plain = student
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .slice(0, longestName)
    .replace(/^-+|-+$/g, "");
  return plain === "" ? number : `${number}-${plain}`;
}
