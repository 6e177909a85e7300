// Reads the hand-written corpus: Markdown with a JSON block that says the network, and tables of what students write.
import { readFileSync } from "node:fs";
import type { NetworkDescription } from "../../../src/network/description.ts";
import type { NotationKey } from "../../../src/notation/notation.ts";

/** What a document says of the network that its lines are about. */
interface Setting {
  readonly network: NetworkDescription;
  readonly notation: NotationKey;
  readonly learningRate?: number;
}

interface CorpusLine {
  readonly line: string;
  /** Each list of verdicts that is right; one verdict for each equality sign. */
  readonly verdicts: readonly (readonly string[])[];
  /** Misconceptions of which one is to be named, where the row says. */
  readonly codes: readonly string[];
}

export interface LinesDocument extends Setting {
  readonly title: string;
  readonly rows: readonly CorpusLine[];
}

/** A title, a sentence, a JSON block, and a table | line | verdicts | code |. */
export function readLines(document: string): LinesDocument {
  const [before = "", json = "", table = ""] = document.split(/^```(?:json)?$/m);
  const rows = rowsOf(table).map(([line = "", verdicts = "", codes = ""]): CorpusLine => {
    return {
      line,
      verdicts: alternatives(verdicts).map((list) => list.split(" ")),
      codes: alternatives(codes),
    };
  });
  return { title: titleOf(before), ...settingOf(JSON.parse(json)), rows };
}

interface DerivationStep {
  readonly line: string;
  readonly verdicts: readonly string[];
  readonly follows: boolean;
}

export interface DerivationCase extends Setting {
  readonly title: string;
  readonly target: string;
  readonly points: number;
  readonly needsReview: boolean;
  /** Handed in as one text instead of a list of lines. */
  readonly isText: boolean;
  readonly steps: readonly DerivationStep[];
  /** Nothing where reasonable markers differ. */
  readonly marks?: { readonly score: number; readonly of: number };
}

/** Sections of a title, a sentence, a JSON block, a table | line | verdict | follows |, and their marks. */
export function readDerivations(document: string): readonly DerivationCase[] {
  return document
    .split(/^## /m)
    .slice(1)
    .map((section): DerivationCase => {
      const [before = "", json = "", after = ""] = section.split(/^```(?:json)?$/m);
      const asked = JSON.parse(json);
      const marks = /^Marks: (\S+) of (\S+)$/m.exec(after);
      return {
        title: titleOf(before),
        ...settingOf(asked),
        target: asked.target,
        points: asked.points,
        needsReview: asked.needsReview ?? false,
        isText: asked.text ?? false,
        steps: rowsOf(after).map(([line = "", verdicts = "", follows = ""]) => ({
          line,
          verdicts: alternatives(verdicts),
          follows: follows === "follows",
        })),
        ...(marks && { marks: { score: Number(marks[1]), of: Number(marks[2]) } }),
      };
    });
}

interface AlgebraPair {
  /** In the formula language. */
  readonly network: string;
  /** As a student writes it. */
  readonly submission: string;
  readonly verdicts: readonly string[];
}

/** A table | network | submission | verdict |. */
export function readPairs(document: string): readonly AlgebraPair[] {
  return rowsOf(document).map(([network = "", submission = "", verdicts = ""]) => ({
    network,
    submission: submission.replace(/^`(.*)`$/, "$1"),
    verdicts: alternatives(verdicts),
  }));
}

/** Rows that begin with a formula in backquotes; a formula may hold the sign |. */
function rowsOf(table: string): readonly (readonly string[])[] {
  return table
    .split("\n")
    .filter((row) => row.startsWith("| `"))
    .map((row) => {
      const cells = row.slice(1, row.lastIndexOf("|")).split(/(?<=`) \| | \| (?=`)| \| (?=[^`]*$)/);
      return cells.map((cell) =>
        cell
          .trim()
          .replace(/^`(.*)`$/, "$1")
          .trim(),
      );
    });
}

const alternatives = (cell: string): readonly string[] =>
  cell
    .split(" or ")
    .map((each) => each.trim())
    .filter((each) => each !== "");

const titleOf = (text: string): string => text.trimStart().split("\n")[0]!.replace(/^#+ /, "");

interface Asked {
  readonly example?: string;
  readonly network?: NetworkDescription;
  readonly notation: NotationKey;
  readonly learningRate?: number;
}

function settingOf({ example, network, notation, learningRate }: Asked): Setting {
  return {
    network: network ?? exampleNetwork(example!),
    notation,
    ...(learningRate !== undefined && { learningRate }),
  };
}

function exampleNetwork(name: string): NetworkDescription {
  const file = new URL(`../../../examples/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).network;
}
