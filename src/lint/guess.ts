// Which network a page is about, where nobody says: the example that most of its equalities are about, and hold of.
import { examples, exampleText } from "../examples.ts";
import { entries } from "../expression/expr.ts";
import { type Assignment, assignmentOf } from "../grading/grade.ts";
import { compile } from "../network/compile.ts";
import type { NetworkDescription } from "../network/description.ts";
import { nameText } from "../notation/name.ts";
import { names } from "../notation/names.ts";
import type { Notation, NotationKey } from "../notation/notation.ts";
import { notations, usualNotations } from "../notation/rows.ts";
import { type LintReport, lint, readableIn } from "./lint.ts";
import type { Page } from "./page.ts";

export interface Guess {
  /** Name of the example. */
  readonly example: string;
  readonly assignment: Assignment;
  readonly report: LintReport;
}

/** Examples that are read: those whose names the page mentions most. */
const readExamples = 8;

/** Examples that are judged: those in which most of the page can be read. */
const judgedExamples = 3;

/** Nothing where no example makes any equality of the page true; the earlier example wins a tie. */
export function guessNetwork(page: Page, notation: Notation | undefined): Guess | undefined {
  const plain = withoutMarkup(page.text);
  const candidates = exampleNetworks(notation)
    .map((candidate) => ({ ...candidate, mentioned: mentionedIn(plain, candidate) }))
    .toSorted((one, other) => other.mentioned - one.mentioned)
    .slice(0, readExamples)
    .map((candidate) => ({ ...candidate, readable: readableIn(candidate.assignment, page) }))
    .toSorted((one, other) => other.readable - one.readable)
    .slice(0, judgedExamples)
    .map(({ example, assignment }) => ({ example, assignment, report: lint(assignment, page, "en") }));
  const [best] = candidates.toSorted((one, other) => worth(other.report) - worth(one.report));
  return best && best.report.holding > 0 ? best : undefined;
}

/** How many names of the network stand on the page, and how many of its letters with any index. */
function mentionedIn(plain: string, { assignment, notation }: Candidate): number {
  const { network } = assignment;
  const nameOf = names(network, notation);
  const written = network.quantities.flatMap((quantity) =>
    [...entries(quantity)].slice(0, mostEntries).map((indices) => nameOf({ quantity, indices })),
  );
  const looked = new Set(written.flatMap((name) => [nameText(name), `${name.letter}_`]));
  return [...looked].filter((text) => plain.includes(text)).length;
}

/** Entries of a quantity that are looked for; examples are small. */
const mostEntries = 12;

/** As names are written in sentences: z_1^(2) for z_{1}^{(2)}, out_h1 for \mathrm{out}_{h1}. */
function withoutMarkup(page: string): string {
  return page.replace(/\\(?:mathrm|text|mathit|large|Large)(?![a-zA-Z])|[{}\s]|\\(?=[a-zA-Z])/g, "");
}

/** What holds speaks for a network, what does not against it. */
const worth = ({ judged, holding }: LintReport): number => 2 * holding - judged;

/** Each example in its own dialect, and the usual layered ones in every other. */
function exampleNetworks(notation: Notation | undefined): readonly Candidate[] {
  return examples.flatMap(({ name }) => {
    const { network: description, notation: own } = JSON.parse(exampleText(name)) as ExampleRequest;
    const network = compile(description);
    // Entries of symbolic size cannot be compared.
    if (network.quantities.some(({ ranges }) => ranges.some(({ size }) => size === undefined))) return [];
    const usual = notations[own ?? usualNotations[description.kind]];
    const spoken = notation
      ? [notation]
      : triedInAll.has(name)
        ? [usual, ...Object.values(notations).filter((other) => other !== usual)]
        : [usual];
    return spoken.map((each) => ({
      example: name,
      notation: each,
      assignment: assignmentOf(network, undefined, {}, { notation: each }),
    }));
  });
}

/** Networks that lecture notes of all dialects are about. */
const triedInAll: ReadonlySet<string> = new Set(["note-001", "classic-2-2-2"]);

interface Candidate extends Pick<Guess, "example" | "assignment"> {
  readonly notation: Notation;
}

interface ExampleRequest {
  readonly network: NetworkDescription;
  readonly notation?: NotationKey;
}
