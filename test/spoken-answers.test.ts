// Every answer in JSON, of every example: a field with LaTeX has its speech beside it, and a listener can write it down.
// Which fields have LaTeX is found by looking at what stands in them, so a new one needs no row here.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Language } from "../src/derivation/wording/wordings.ts";
import { Failure } from "../src/failure.ts";
import { catalogue, derivation, grades, hint, lintPage, translation, worksheet } from "../src/index.ts";
import { losses } from "../src/network/losses.ts";
import { primitives } from "../src/primitives/index.ts";
import type {
  DerivationRequest,
  GradeRequest,
  HintRequest,
  LintRequest,
  TranslationRequest,
  WorksheetRequest,
} from "../src/request/schema.ts";
import { taskNames } from "../src/worksheets/task.ts";
import { latexOf } from "../src/writers/print/latex.ts";
import { heard } from "./support/heard.ts";

const languages: readonly Language[] = ["en", "de"];

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));

/** What came of a request, in the language that it is said in. */
interface Answer {
  readonly from: string;
  readonly language: Language;
  readonly value: unknown;
}

/** Every form that an example has, each by itself where one of them is refused. */
const formsAsked: readonly NonNullable<DerivationRequest["forms"]>[] = [
  ["chain", "delta"],
  ["indexed"],
  ["matrix"],
];

function derivations(language: Language): readonly Answer[] {
  const names = readdirSync(new URL("../examples/", import.meta.url)).filter(
    (name) => name.endsWith(".json") && name !== "index.json",
  );
  return names.flatMap((name) => {
    const example = read(`examples/${name}`) as DerivationRequest;
    return formsAsked.flatMap((forms): readonly Answer[] => {
      try {
        const value = derivation({ ...example, forms, detail: "full", language }, "json");
        return [{ from: `${name} ${forms.join(" ")}`, language, value: JSON.parse(value) }];
      } catch (error) {
        if (error instanceof Failure) return [];
        throw error;
      }
    });
  });
}

const bodyOf = (name: string): unknown =>
  (read(`openapi/examples/${name}.json`) as { request: { body: unknown } }).request.body;

const classSet = read("examples/class-set/worksheet.json") as WorksheetRequest;

/** All other routes, with the requests of the interface description. */
function others(language: Language): readonly Answer[] {
  const grade = bodyOf("grade") as GradeRequest;
  const next = bodyOf("hint") as HintRequest;
  const wrong = { ...next, submission: grade.submission } as HintRequest;
  const answers: Readonly<Record<string, unknown>> = {
    grade: grades({ ...grade, language, reveal: "solution" }),
    "grade of lines with mistakes": grades({
      ...grade,
      language,
      submission: [
        "\\frac{\\partial E}{\\partial w_5} = out_{h1}",
        "w_1 = 0.3",
        "\\delta_{o1} = 2 \\delta_{o2}",
      ],
    }),
    hint: hint({ ...next, language }),
    "hint after a mistake": hint({ ...wrong, language }),
    translation: translation({ ...(bodyOf("translate") as TranslationRequest), language }),
    lint: JSON.parse(lintPage({ ...(bodyOf("lint") as LintRequest), language }).text),
    ...Object.fromEntries(
      taskNames.map((task) => [`worksheet ${task}`, worksheet({ ...classSet, task, language, count: 2 })]),
    ),
  };
  return Object.entries(answers).map(([from, value]) => ({ from, language, value }));
}

/** What the one who asks has written, or text for people: by itself it is no LaTeX of ours. */
const notOurs = new Set(["network", "key", "source", "text", "plain", "message", "condition", "explanation"]);

type Entry = readonly [
  field: string,
  value: unknown,
  beside: Readonly<Record<string, unknown>>,
  path: string,
];

/** Every field of every object, wherever it stands. */
function* fields(value: unknown, path = ""): Generator<Entry> {
  if (Array.isArray(value)) {
    for (const [position, inner] of value.entries()) yield* fields(inner, `${path}/${position}`);
  } else if (typeof value === "object" && value !== null) {
    const beside = value as Readonly<Record<string, unknown>>;
    for (const [field, inner] of Object.entries(beside)) {
      if (notOurs.has(field)) continue;
      yield [field, inner, beside, `${path}/${field}`];
      yield* fields(inner, `${path}/${field}`);
    }
  }
}

const looksLikeLatex = /\\[A-Za-z]+|[_^]\{/;

/** A string, or strings in lists. */
const stringsIn = (value: unknown): readonly string[] =>
  typeof value === "string" ? [value] : Array.isArray(value) ? value.flatMap(stringsIn) : [];

const speechFieldOf = (field: string): string => (field === "latex" ? "speech" : `${field}Speech`);

describe("beside every field with LaTeX stands its speech", () => {
  const answers = languages.flatMap((language) => [...derivations(language), ...others(language)]);
  const entries = answers.flatMap(({ value, ...whose }) =>
    [...fields(value)].map((entry) => ({ ...whose, entry })),
  );
  const withLatex = new Set(
    entries.flatMap(({ entry: [field, value] }) =>
      stringsIn(value).some((text) => looksLikeLatex.test(text)) ? [field] : [],
    ),
  );

  test("and the fields with LaTeX are these", () => {
    expect([...withLatex].sort()).toEqual([
      "definition",
      "entries",
      "latex",
      "modelSolution",
      "result",
      "symbol",
      "worked",
    ]);
  });

  test("as many words as formulas, each in its place", () => {
    const ours = entries.filter(({ entry: [field] }) => withLatex.has(field));
    expect(ours.length).toBeGreaterThan(10_000);
    const silent = ours.filter(({ entry: [field, value, beside] }) => {
      const shape = (text: unknown): unknown => (Array.isArray(text) ? text.map(shape) : typeof text);
      return JSON.stringify(shape(value)) !== JSON.stringify(shape(beside[speechFieldOf(field)]));
    });
    expect(silent.map(({ from, entry: [, , , path] }) => `${from}${path}`)).toEqual([]);
  });

  test("and a listener can write each of them down", () => {
    const said = new Map<string, string>();
    for (const { language, from, entry } of entries) {
      const [field, , beside, path] = entry;
      if (!withLatex.has(field)) continue;
      for (const speech of stringsIn(beside[speechFieldOf(field)]))
        for (const words of speech.split("; ")) said.set(`${language} ${words}`, `${from}${path}`);
    }
    const lost = [...said].filter(([words]) => {
      try {
        heard(words.slice(3), words.slice(0, 2) as Language);
        return false;
      } catch {
        return true;
      }
    });
    expect(lost).toEqual([]);
  });

  test("sentences with formulas are said in words, too", () => {
    const told = new Set(entries.map(({ entry: [field] }) => field));
    expect([...told]).toEqual(expect.arrayContaining(["messageSpeech", "explanationSpeech"]));
    const spoken = answers.flatMap(({ value }) =>
      [...fields(value)].flatMap(([field, text]) => (/[sS]peech$/.test(field) ? stringsIn(text) : [])),
    );
    expect(spoken.filter((words) => /[\\∂₀-₉⁽⁾]/u.test(words))).toEqual([]);
  });
});

describe("the catalogue says its definitions", () => {
  /** Signs that change nothing of what a formula says, where each operation is written in one way. */
  const bare = (written: string): string =>
    written.replaceAll(/\\(?:left|right|frac|cdot|times|[lr]?vert|[,! ])|[\s(){}/]/g, "");

  /** Words that no formula of an answer needs: "at most", "otherwise", "the integral". */
  const beyondTheListener = new Set(["huber", "normal-cdf"]);

  test.each(languages)("as they are written, in %s", (language) => {
    for (const { name, definition, spokenDefinition } of [...primitives, ...losses]) {
      if (beyondTheListener.has(name)) continue;
      const written = latexOf(heard(spokenDefinition[language], language));
      expect(bare(written), name).toBe(bare(definition));
    }
  });

  test("in both languages, wherever LaTeX stands", () => {
    const found = [...fields(catalogue())].filter(([field]) => field === "latex" || field === "definition");
    expect(found.length).toBeGreaterThan(70);
    for (const [field, , beside, path] of found) {
      const words = { en: expect.stringMatching(/^\S/), de: expect.stringMatching(/^\S/) };
      expect(beside[speechFieldOf(field)], path).toEqual(words);
    }
  });
});
