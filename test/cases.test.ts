// Runs the case documents of test/cases: each says why it is there, what is asked, and what the answer holds.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Failure } from "../src/failure.ts";
import { derivation } from "../src/index.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import { type Case, meets, readCases } from "./support/case.ts";

/** What the rows read of an answer of `POST /v1/derivations`. */
interface Answer {
  readonly loss: { readonly value?: number };
  readonly gradients: readonly Gradient[];
  readonly deltas: readonly Valued[];
  readonly forward: readonly (Valued & { readonly definition: string })[];
  readonly equalForms: { readonly equal: boolean; readonly how: string };
  readonly cost: Readonly<Record<string, string>>;
  readonly check?: { readonly agrees: boolean };
  readonly update?: {
    readonly parameters: Readonly<Record<string, number>>;
    readonly history: readonly { readonly step: number; readonly loss: number }[];
  };
  readonly missingNumbers?: readonly string[];
}

interface Valued {
  readonly id: string;
  readonly latex: string;
  readonly definition: string;
  readonly value?: number;
  readonly samples?: readonly number[];
  readonly usedBy?: readonly string[];
}

interface Gradient {
  readonly parameter: string;
  readonly value?: number;
  readonly samples?: readonly { readonly value: number; readonly paths: readonly number[] }[];
  readonly chain: {
    readonly pathCount: string;
    readonly complete: boolean;
    readonly latex: string;
    readonly reason?: string;
    readonly paths: readonly {
      readonly nodes: readonly string[];
      readonly latex: string;
      readonly value?: number;
      readonly factors: readonly Readonly<Record<string, unknown>>[];
    }[];
  };
  readonly delta: { readonly latex: string; readonly uses: readonly string[] };
  readonly check: Readonly<Record<string, unknown>>;
}

type Reader = (answer: Answer, ...groups: string[]) => unknown;

/** What a subject names, most telling first. Samples count from 1, paths in the order listed. */
const subjects: readonly (readonly [RegExp, Reader])[] = [
  [/^loss$/, ({ loss }) => loss.value],
  [
    /^loss after step (\d+)$/,
    ({ update }, step) => update!.history.find((at) => at.step === Number(step))!.loss,
  ],
  [/^(\S+) after the update$/, ({ update }, id) => update!.parameters[id!]],
  [/^paths of (\S+)$/, (answer, id) => gradientOf(answer, id!).chain.pathCount],
  [/^listed paths of (\S+)$/, (answer, id) => gradientOf(answer, id!).chain.paths.length],
  [/^path (\d+) of (\S+)$/, (answer, path, id) => pathOf(answer, path!, id!).value],
  [/^nodes of path (\d+) of (\S+)$/, (answer, path, id) => pathOf(answer, path!, id!).nodes.join(" ")],
  [/^factors of path (\d+) of (\S+)$/, (answer, path, id) => pathOf(answer, path!, id!).factors.length],
  [
    /^(latex|result|worked|rule|value) of factor (\d+) of path (\d+) of (\S+)$/,
    (answer, field, factor, path, id) => pathOf(answer, path!, id!).factors[Number(factor) - 1]![field!],
  ],
  [/^chain latex of (\S+)$/, (answer, id) => gradientOf(answer, id!).chain.latex],
  [/^reason of (\S+)$/, (answer, id) => gradientOf(answer, id!).chain.reason],
  [/^check of (\S+)$/, (answer, id) => gradientOf(answer, id!).check.status],
  [/^check (\S+) of (\S+)$/, (answer, field, id) => gradientOf(answer, id!).check[field!]],
  [/^latex of d\S+\/d(\S+)$/, (answer, id) => gradientOf(answer, id!).delta.latex],
  [/^latex of (\S+)$/, (answer, id) => entryOf(answer, id!).latex],
  [/^definition of (\S+)$/, (answer, id) => entryOf(answer, id!).definition],
  [/^uses of (\S+)$/, (answer, id) => entryOf(answer, id!).usedBy!.join(" ")],
  [/^equal forms$/, ({ equalForms }) => equalForms.how],
  [/^missing numbers$/, ({ missingNumbers }) => missingNumbers!.join(" ")],
  [/^(chain|delta) (multiplications|additions)$/, ({ cost }, form, of) => cost[`${form}${capitalised(of!)}`]],
  [/^dE\/d(\S+)@(\d+)$/, (answer, id, sample) => gradientOf(answer, id!).samples![Number(sample) - 1]!.value],
  [/^d[A-Za-z]+\/d(\S+)$/, (answer, id) => gradientOf(answer, id!).value],
  [/^(\S+)@(\d+)$/, (answer, id, sample) => entryOf(answer, id!).samples![Number(sample) - 1]],
  [/^(\S+)$/, (answer, id) => entryOf(answer, id!).value],
];

function gradientOf({ gradients }: Answer, id: string): Gradient {
  return found(
    gradients.find(({ parameter }) => parameter === id),
    id,
  );
}

function pathOf(answer: Answer, path: string, id: string): Gradient["chain"]["paths"][number] {
  return found(gradientOf(answer, id).chain.paths[Number(path) - 1], `path ${path} of ${id}`);
}

function entryOf({ forward, deltas }: Answer, id: string): Valued {
  return found(
    [...forward, ...deltas].find((entry) => entry.id === id),
    id,
  );
}

function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`The answer has nothing named "${name}".`);
  return thing;
}

function capitalised(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}

function read(answer: Answer, subject: string): unknown {
  for (const [pattern, reader] of subjects) {
    const match = pattern.exec(subject);
    if (match) return reader(answer, ...match.slice(1));
  }
  throw new Error(`No reader knows the subject "${subject}".`);
}

/** The answer, or the Failure where a case expects one. */
function answered({ request }: Case): Answer | Failure {
  const body = JSON.parse(request) as DerivationRequest | DerivationRequest["network"];
  try {
    return JSON.parse(derivation("network" in body ? body : { network: body }, "json"));
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function expectFailure(failure: Failure, { rows }: Case): void {
  const fields: Readonly<Record<string, unknown>> = {
    failure: failure.code,
    sentence: failure.message,
    pointer: failure.details.pointer,
    position: failure.details.position,
  };
  for (const { subject, expected } of rows) expect(`\`${fields[subject]}\``, subject).toBe(expected);
}

function expectAnswer(answer: Answer, { rows }: Case): void {
  for (const { subject, expected } of rows) {
    const actual = read(answer, subject);
    expect(meets(actual, expected), `${subject}: expected ${expected}, but found ${actual}`).toBe(true);
  }
  // Whatever else a case is about, both forms are one function and the referee found nothing else.
  expect(answer.equalForms.equal).toBe(true);
  expect(answer.check?.agrees ?? true).toBe(true);
}

const folder = new URL("./cases/", import.meta.url);

for (const name of readdirSync(folder).sort()) {
  describe(name, () => {
    it.each(readCases(readFileSync(new URL(name, folder), "utf8")))("$title", (entry) => {
      const answer = answered(entry);
      if (entry.rows[0]!.subject === "failure") expectFailure(answer as Failure, entry);
      else if (answer instanceof Failure) throw answer;
      else expectAnswer(answer, entry);
    });
  });
}
