// What a student handed in -> steps of statements: the relations to be judged, each with every way in which its index
// letters can be meant, and what could not be read, with its place.
import type { Network } from "../network/network.ts";
import type { Notation } from "../notation/notation.ts";
import { notations, usualNotations } from "../notation/rows.ts";
import { definitionsOf } from "./definitions.ts";
import { entriesOf } from "./entries.ts";
import { Lines } from "./lines.ts";
import { withOwnNames } from "./own.ts";
import type { AreNames } from "./prose.ts";
import type { ReadStep, Submission, SubmissionEntry } from "./statement.ts";
import { type StudentLexicon, studentLexicon } from "./tables.ts";
import { type Line, linesWithin } from "./taken-apart.ts";

/**
 * The submission as statements; no text makes it throw. Without a notation, the one in which most of it is readable,
 * the network's usual one first. Complexity: linear in the length of the text but for index letters, which are tried
 * against the layers, and Σ, which are written out.
 */
export function readSubmission(
  network: Network,
  notation: Notation | undefined,
  submission: string | readonly SubmissionEntry[],
): Submission {
  const usual = notations[usualNotations[network.kind]];
  const lines = linesWithin(entriesOf(submission), namesIn(studentLexicon(network, notation ?? usual)));
  if (notation) return readIn(network, notation, lines);
  const others = Object.values(notations).filter((other) => other !== usual);
  let best = readIn(network, usual, lines);
  for (const other of others) {
    if (faultsIn(best) === 0) break;
    const read = readIn(network, other, lines);
    if (faultsIn(read) < faultsIn(best)) best = read;
  }
  return best;
}

/** Whether a run of letters is a name, or a product of names. */
function namesIn({ vocabulary }: StudentLexicon): AreNames {
  const isName = (base: string): boolean => vocabulary.has({ base, sub: "", sup: "" });
  return (run) => vocabulary.words.has(run) || (run.match(/.\u0302?/gu) ?? []).every(isName);
}

function readIn(network: Network, notation: Notation, lines: readonly Line[]): Submission {
  const lexicon = studentLexicon(network, notation);
  const definitions = definitionsOf(lexicon, lines);
  const reading = new Lines((line) => withOwnNames(lexicon, definitions.namesAt(line)), definitions.at);
  const steps = lines.map((line, index): ReadStep => {
    const { id, source } = line;
    return { index, ...(id !== undefined && { id }), source, statements: reading.statements(line) };
  });
  return { steps, notation: notation.key };
}

/** What a notation does not read counts far more than what it reads with a slip. */
const faultOfUnreadable = 1000;

function faultsIn({ steps }: Submission): number {
  return steps
    .flatMap(({ statements }) => statements)
    .reduce((faults, statement) => {
      if (statement.kind === "unreadable") return faults + faultOfUnreadable;
      return faults + (statement.kind === "relation" ? statement.slips.length : 0);
    }, 0);
}
