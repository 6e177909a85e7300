// Which network a page is about, where nobody says: the example that most of its equalities are about, and hold of.
import { examples, exampleText } from "../examples.ts";
import { type Assignment, assignmentOf } from "../grading/grade.ts";
import { compile } from "../network/compile.ts";
import type { NetworkDescription } from "../network/description.ts";
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

/** Examples that are judged: those in which most of the page can be read. */
const judgedExamples = 3;

/** Nothing where no example makes any equality of the page true; the earlier example wins a tie. */
export function guessNetwork(page: Page, notation: Notation | undefined): Guess | undefined {
  const candidates = exampleNetworks(notation)
    .map((candidate) => ({ ...candidate, readable: readableIn(candidate.assignment, page) }))
    .toSorted((one, other) => other.readable - one.readable)
    .slice(0, judgedExamples)
    .map(({ example, assignment }) => ({ example, assignment, report: lint(assignment, page, "en") }));
  const [best] = candidates.toSorted((one, other) => worth(other.report) - worth(one.report));
  return best && best.report.holding > 0 ? best : undefined;
}

/** What holds speaks for a network, what does not against it. */
const worth = ({ judged, holding }: LintReport): number => 2 * holding - judged;

/** Each example in its own dialect, and the usual layered ones in every other. */
function exampleNetworks(notation: Notation | undefined): readonly Candidate[] {
  return examples.flatMap(({ name }) => {
    const { network: description, notation: own } = JSON.parse(exampleText(name)) as ExampleRequest;
    const network = compile(description);
    const usual = notations[own ?? usualNotations[description.kind]];
    const spoken = notation
      ? [notation]
      : triedInAll.has(name)
        ? [usual, ...Object.values(notations).filter((other) => other !== usual)]
        : [usual];
    return spoken.map((each) => ({
      example: name,
      assignment: assignmentOf(network, undefined, {}, { notation: each }),
    }));
  });
}

/** Networks that lecture notes of all dialects are about. */
const triedInAll: ReadonlySet<string> = new Set(["note-001", "classic-2-2-2"]);

type Candidate = Pick<Guess, "example" | "assignment">;

interface ExampleRequest {
  readonly network: NetworkDescription;
  readonly notation?: NotationKey;
}
