// The wording table: every sentence in every language reads well with none, one, two and many items.
import { describe, expect, it } from "vitest";
import type { Wording } from "../src/derivation/wording/english.ts";
import { type Language, wordings } from "../src/derivation/wording/wordings.ts";
import { examples, exampleText } from "../src/examples.ts";
import { derivation } from "../src/index.ts";
import { primitives } from "../src/primitives/index.ts";
import type { DerivationRequest } from "../src/request/schema.ts";

type Sentences = {
  readonly [Key in keyof Wording as Wording[Key] extends (...args: never[]) => string
    ? Key
    : never]: Wording[Key] extends (...args: infer Args) => string ? readonly Args[] : never;
};

const counts = [0, 1, 2, 17] as const;
const one: readonly [number][] = counts.map((count) => [count]);
const pairs: readonly [number, number][] = counts.flatMap((left) =>
  counts.map((right): [number, number] => [left, right]),
);

/** Arguments for every function of the table; a function that is not listed does not compile. */
const calls: Sentences = {
  forwardSamples: one,
  overSamplesIntro: counts.flatMap((count): ["mean" | "sum", number][] => [
    ["mean", count],
    ["sum", count],
  ]),
  functionName: [["sigmoid"], ["own"]],
  activationOf: one,
  pathsListed: [
    [0n, 0],
    [1n, 1],
    [2n, 1],
    [2n, 2],
    [10n ** 30n, 50],
  ],
  localIntro: one,
  localKnown: one,
  localPartlyKnown: one,
  path: one,
  deltaFrom: one,
  usedBy: one,
  gradientFrom: one,
  gradientVector: one,
  matrixIntro: counts.flatMap((count): Parameters<Wording["matrixIntro"]>[] => [
    ["denominator", "columns", count],
    ["numerator", "rows", count],
  ]),
  matricesAgree: one,
  matricesDiffer: one,
  jacobianSize: pairs,
  batchJacobian: [
    [1, 1, 1, 1, 1],
    [4, 3, 2, 96n, 8],
  ],
  compared: [
    [true, "given", 0],
    [false, "given", 0],
    [true, "given", 1],
    [false, "seeded", 1],
    [true, "seeded", 3],
  ],
  cost: pairs,
  sameCost: one,
  checkAgrees: one,
  checkForward: pairs,
  checkDeltas: pairs,
  checkDirections: one,
  checkDisagrees: one,
  checkKink: one,
  checkMissing: one,
  how: [
    [true, "given", 0],
    [false, "given", 0],
    [true, "given", 1],
    [false, "seeded", 1],
    [true, "seeded", 3],
  ],
  refereeReason: [["Where the condition is exactly 0, the second case holds."]],
  noNumbersAbstract: one,
  noNumbersMissing: one,
  updateIntro: one,
  updateLoss: one,
  perSample: counts.flatMap((count): ["mean" | "sum", number][] => [
    ["mean", count],
    ["sum", count],
  ]),
  perSampleColumn: one,
};

/** Parts of sentences, and headings. */
const fragments: ReadonlySet<keyof Sentences> = new Set<keyof Sentences>([
  "functionName",
  "deltaFrom",
  "gradientFrom",
  "compared",
  "how",
  "perSampleColumn",
]);

const languages = Object.keys(wordings) as Language[];
const names = Object.keys(calls) as (keyof Sentences)[];

function called(language: Language, name: keyof Sentences): readonly string[] {
  const sentence = wordings[language][name] as (...args: readonly unknown[]) => string;
  return (calls[name] as readonly (readonly unknown[])[]).map((args) => sentence(...args));
}

function placesOf(sentence: string): readonly string[] {
  return [...new Set(sentence.match(/\{\w+\}/g) ?? [])].sort();
}

describe.each(languages)("The sentences in %s", (language) => {
  it.each(names)("%s reads as a sentence with none, one and several", (name) => {
    for (const sentence of called(language, name)) {
      expect(sentence).not.toMatch(/undefined|NaN|\s{2}|\s[.,:;]|\.\./);
      if (!fragments.has(name)) expect(sentence).toMatch(/^[\p{Lu}\p{N}{].*[.:]$/su);
    }
  });

  it("One of something is never in the plural", () => {
    const text = names.flatMap((name) => called(language, name)).join(" ");
    expect(text).not.toMatch(
      /(?<![\d,.])\b1 (paths|samples|numbers|multiplications|derivatives|Pfade|Datenpunkte|Zahlen|Multiplikationen|Ableitungen)\b/,
    );
  });
});

/** Arguments for functions inside other tables, by their whole name. */
const innerCalls: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  "page.copyOf": [["LaTeX"]],
  "page.variantAlt": [["7-K3QF"]],
};

function calledInside(name: string, sentence: (...args: readonly unknown[]) => string): readonly string[] {
  return innerCalls[name]!.map((args) => sentence(...args));
}

/** All texts of a table with their keys, those of functions at their first arguments. */
function textsOf(table: object, language: Language, prefix = ""): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [key, entry] of Object.entries(table)) {
    const name = `${prefix}${key}`;
    if (typeof entry === "string") found.set(name, entry);
    else if (typeof entry === "function") {
      const texts = prefix === "" ? called(language, key as keyof Sentences) : calledInside(name, entry);
      for (const [position, text] of texts.entries()) found.set(`${name}(${position})`, text);
    } else for (const [inner, text] of textsOf(entry as object, language, `${name}.`)) found.set(inner, text);
  }
  return found;
}

describe("The languages", () => {
  const english = textsOf(wordings.en, "en");

  it.each(languages)("%s says everything, with the same places for formulas", (language) => {
    const own = textsOf(wordings[language], language);
    expect([...own.keys()]).toEqual([...english.keys()]);
    for (const [key, text] of own) expect(placesOf(text), key).toEqual(placesOf(english.get(key)!));
  });

  it("German sentences are not the English ones", () => {
    const own = textsOf(wordings.de, "de");
    const shared = [...own].filter(([key, text]) => text === english.get(key)).map(([, text]) => text);
    // The same word in both languages, and the user's own function.
    expect(new Set(shared)).toEqual(
      new Set(["own", "Definition", "Parameter", "Permalink"].filter((word) => shared.includes(word))),
    );
  });

  it("Every convention at a kink has its German sentence", () => {
    for (const { name, kinks = [] } of primitives)
      for (const { convention } of kinks)
        expect(wordings.de.refereeReason(convention), name).not.toBe(convention);
  });
});

/** Words that no German sentence has. */
const englishWords =
  /\b(the|of|and|is|are|were|with|by|from|each|every|which|its|this|that|sum|loss|layer|unit|units|weight|sample|samples|rule|used|times|value)\b/i;

interface JsonBlock {
  readonly [key: string]: unknown;
}

/** Every piece of running text of a document; formulas and names given by the user are left out. */
function* wordsOf(part: unknown): Generator<string> {
  if (Array.isArray(part)) for (const inner of part) yield* wordsOf(inner);
  else if (typeof part === "object" && part !== null) {
    const { kind, text } = part as JsonBlock;
    if ((kind === "text" || kind === "strong") && typeof text === "string") yield text;
    else for (const inner of Object.values(part)) yield* wordsOf(inner);
  }
}

describe("German documents", () => {
  const forms = {
    layers: ["chain", "delta", "indexed", "matrix"],
    units: ["chain", "delta", "indexed"],
  } as const;

  it.each(examples.map(({ name }) => name))("%s has no English words", (name) => {
    const request = JSON.parse(exampleText(name)) as DerivationRequest;
    const { kind } = request.network;
    const all = kind === "equations" ? {} : { forms: [...forms[kind]] };
    for (const detail of ["brief", "standard", "full"] as const) {
      const answer = JSON.parse(derivation({ ...request, ...all, detail, language: "de" }, "json")) as {
        derivation: { language: string; blocks: unknown };
      };
      expect(answer.derivation.language).toBe("de");
      for (const words of wordsOf(answer.derivation.blocks)) expect(words).not.toMatch(englishWords);
    }
  });

  const relu: DerivationRequest["network"] = {
    kind: "layers",
    inputs: 1,
    layers: [{ type: "dense", units: 1, activation: "relu", bias: "none", weights: [[1]] }],
    loss: "squared-error",
    samples: [{ inputs: [0], targets: [1] }],
  };
  const unreached: DerivationRequest["network"] = {
    kind: "equations",
    equations: ["u = v^2", "L = w^2"],
    loss: "L",
    parameters: ["w", "v"],
  };

  it.each<readonly [string, DerivationRequest, readonly string[]]>([
    [
      "a kink",
      { network: relu },
      [
        "symbolisch und numerisch",
        "Die Ableitung von ReLU bei 0 wird als 0 vereinbart (PyTorch, TensorFlow, JAX).",
      ],
    ],
    [
      "no numbers, and a parameter without a path",
      { network: unreached },
      [
        "symbolisch und numerisch bei drei ausgelosten Belegungen",
        "Das Netz ist ohne Zahlen gegeben.",
        "Von diesem Parameter führt kein Pfad zum Verlust, also ist die Ableitung 0.",
      ],
    ],
    ["no check", { network: relu, check: false }, ["Die Anfrage verlangte keine Probe."]],
  ])("The answer beside the document, too: %s", (_, request, sentences) => {
    const { equalForms, gradients } = JSON.parse(derivation({ ...request, language: "de" }, "json")) as {
      equalForms: { how: string };
      gradients: { check: { reason?: string }; chain: { reason?: string } }[];
    };
    const said = [equalForms.how, ...gradients.flatMap(({ check, chain }) => [check.reason, chain.reason])];
    for (const sentence of sentences) expect(said).toContain(sentence);
    for (const sentence of said) expect(sentence ?? "").not.toMatch(englishWords);
  });

  it("The page says which language it is in", () => {
    const request = JSON.parse(exampleText("note-003")) as DerivationRequest;
    expect(derivation({ ...request, language: "de" }, "html")).toContain('<html lang="de">');
  });
});
