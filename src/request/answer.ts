// The answers as JSON Schemas, for the interface description and for the tests that replay it.
// Fields without a value are absent, never null.
import { Type } from "typebox";
import { verdicts } from "../grading/judge.ts";
import { NetworkDescription } from "./schema.ts";

const id = (what: string) => Type.String({ description: `Id of ${what}.` });
const latex = Type.String({ description: "LaTeX that KaTeX accepts in strict mode." });
const speech = Type.String({
  description: "The formula as it is read aloud, unambiguous without its commas.",
});
const spoken = (what: string) => Type.String({ description: `${what} as it is read aloud.` });
const value = Type.Optional(Type.Number({ description: "Absent without numbers." }));
const count = (what: string) =>
  Type.String({ pattern: "^[0-9]+$", description: `${what}, in decimal: it can exceed 2^53.` });

const Factor = Type.Object(
  {
    of: id("the quantity that is derived"),
    by: id("the quantity that it is derived by"),
    latex,
    speech,
    result: Type.String({ description: "LaTeX of what the local derivative evaluates to." }),
    resultSpeech: spoken("`result`"),
    worked: Type.Optional(
      Type.String({ description: "LaTeX of `result` with the derivatives of functions worked out." }),
    ),
    workedSpeech: Type.Optional(spoken("`worked`")),
    rule: Type.String({ description: "Key of the rule; the catalogue lists them." }),
    value,
  },
  { title: "Factor" },
);

const Path = Type.Object(
  {
    nodes: Type.Array(Type.String(), { description: "Ids, parameter first." }),
    latex,
    speech,
    value,
    factors: Type.Array(Factor, { description: "Loss first." }),
  },
  { title: "Path" },
);

const Check = Type.Object(
  {
    status: Type.Unsafe<string>({ type: "string", enum: ["agrees", "disagrees", "kink", "not-compared"] }),
    agrees: Type.Optional(Type.Boolean()),
    scope: Type.Optional(Type.Unsafe<string>({ type: "string", enum: ["parameter", "direction"] })),
    method: Type.Optional(Type.String()),
    reference: Type.Optional(Type.Number({ description: "The independent engine's number." })),
    relativeError: Type.Optional(Type.Number()),
    reason: Type.Optional(
      Type.String({ description: "Why nothing was compared, or what was done instead." }),
    ),
  },
  { title: "Check" },
);

const Gradient = Type.Object(
  {
    parameter: id("the parameter"),
    latex,
    speech,
    value,
    chain: Type.Optional(
      Type.Object({
        pathCount: count("Paths from the parameter to the loss"),
        complete: Type.Boolean({ description: "Whether all paths are listed." }),
        latex: Type.Optional(latex),
        speech: Type.Optional(speech),
        value,
        listedValue: Type.Optional(
          Type.Number({ description: "In place of `value` where not all paths are listed." }),
        ),
        paths: Type.Array(Path),
      }),
    ),
    delta: Type.Optional(
      Type.Object({
        latex,
        speech,
        value,
        uses: Type.Array(Type.String({ description: "Id of a stored delta." })),
      }),
    ),
    check: Type.Optional(Check),
    samples: Type.Optional(
      Type.Array(Type.Object({ value }), {
        description: "Of a batch: each sample's unreduced values, in order.",
      }),
    ),
  },
  { title: "Gradient" },
);

const Delta = Type.Object(
  {
    id: id("the adjoint"),
    symbol: Type.String({ description: "LaTeX of its name." }),
    symbolSpeech: spoken("`symbol`"),
    latex,
    speech,
    definition: Type.String({ description: "LaTeX of the sum over what it acts on." }),
    definitionSpeech: spoken("`definition`"),
    value,
    usedBy: Type.Array(Type.String(), { description: "Ids of the parameters and deltas that use it." }),
  },
  { title: "Delta" },
);

const Line = {
  id: id("what the line gives"),
  latex,
  speech,
  rule: Type.Optional(Type.String({ description: "Key of the rule." })),
};

const shape = Type.Array(Type.Union([Type.Integer(), Type.String()]), { description: "Rows and columns." });

const IndexedLine = Type.Object(
  {
    ...Line,
    free: Type.Array(Type.String(), { description: "Indices that the line holds for." }),
    bound: Type.Array(Type.String(), { description: "Indices that the line sums over." }),
  },
  { title: "IndexedLine" },
);

const MatrixLine = Type.Object(
  {
    ...Line,
    shape,
  },
  { title: "MatrixLine" },
);

const Jacobian = Type.Object(
  {
    of: id("the layer or vector that is derived"),
    by: id("the one that it is derived by"),
    shape,
    latex,
    speech,
    entries: Type.Optional(
      Type.Array(Type.Array(latex), { description: "Written out row by row, where it is small." }),
    ),
    entriesSpeech: Type.Optional(Type.Array(Type.Array(speech))),
    size: Type.Union([Type.Integer(), Type.String()], {
      description: "How many numbers it has, or the product of its symbolic sizes.",
    }),
    productSize: Type.Union([Type.Integer(), Type.String()], {
      description: "How many the vector-Jacobian product has.",
    }),
  },
  { title: "Jacobian" },
);

const Symbols = Type.Record(
  Type.String(),
  Type.Object(
    {
      latex,
      speech,
      plain: Type.String({ description: "The name as Unicode text." }),
      role: Type.String({ description: "What the quantity is: weight, preActivation, delta, …" }),
      indices: Type.Optional(
        Type.Array(Type.String(), { description: "Letters of the indices, of a layer too large to list." }),
      ),
    },
    { title: "Symbol" },
  ),
  { description: "What each id is called in the notation of the answer." },
);

export const Derivation = Type.Object(
  {
    permalink: Type.Optional(
      Type.String({ description: "Path of the stateless permalink, below the service's base path." }),
    ),
    permalinkOmitted: Type.Optional(Type.String({ description: "Why there is no permalink." })),
    engine: Type.String({ description: "Version of the engine." }),
    loss: Type.Object({ id: id("the loss"), latex, speech, value }),
    gradients: Type.Array(Gradient),
    deltas: Type.Optional(Type.Array(Delta)),
    equalForms: Type.Optional(
      Type.Object({
        equal: Type.Boolean(),
        how: Type.String({ description: "How both forms were compared." }),
      }),
    ),
    cost: Type.Optional(
      Type.Object({
        chainMultiplications: Type.Optional(count("Multiplications of the chain products")),
        deltaMultiplications: Type.Optional(count("Multiplications of the delta form")),
        chainAdditions: Type.Optional(count("Additions of the chain products")),
        deltaAdditions: Type.Optional(count("Additions of the delta form")),
      }),
    ),
    indexed: Type.Optional(Type.Object({ lines: Type.Array(IndexedLine) })),
    matrix: Type.Optional(
      Type.Object({
        lines: Type.Array(MatrixLine),
        jacobians: Type.Optional(Type.Array(Jacobian)),
      }),
    ),
    symbols: Type.Optional(Symbols),
    graph: Type.Optional(
      Type.Object({ nodes: Type.Array(Type.Object({})), edges: Type.Array(Type.Object({})) }),
    ),
    derivation: Type.Object(
      { kind: Type.Literal("derivation"), blocks: Type.Array(Type.Object({})) },
      { description: "The derivation document that all formats print." },
    ),
    update: Type.Optional(
      Type.Object({
        learningRate: Type.Number(),
        parameters: Type.Record(Type.String(), Type.Number()),
        history: Type.Array(Type.Object({}), { description: "The loss after each step." }),
      }),
    ),
    network: NetworkDescription,
  },
  { title: "Derivation" },
);

/** A tensor of numbers, nested as deep as it has dimensions. */
const Tensor = Type.Union([
  Type.Number(),
  Type.Array(Type.Union([Type.Number(), Type.Array(Type.Number())])),
]);

export const Gradients = Type.Object(
  {
    loss: Type.Number(),
    gradients: Type.Record(Type.String(), Tensor, {
      description: 'By id; with `"shape": "arrays"` by tensor.',
    }),
    check: Type.Optional(Check),
  },
  { title: "Gradients" },
);

export const Translation = Type.Object(
  { latex: Type.String({ description: "The formula in the other notation." }), speech },
  { title: "Translation" },
);

const place = (what: string) =>
  Type.Array(Type.Integer(), {
    minItems: 2,
    maxItems: 2,
    description: `Of ${what}: from the first UTF-16 unit of \`source\` to the one behind the last.`,
  });

const verdict = Type.Unsafe<string>({
  type: "string",
  enum: [...verdicts],
});

const verdictOfStep = Type.Optional(
  Type.Unsafe<string>({
    type: "string",
    enum: [...verdicts],
    description:
      "The gravest of its relations'. Absent where the line says nothing that could be true or false.",
  }),
);

const Diagnosis = Type.Object(
  {
    code: Type.Optional(
      Type.String({ description: "Of the misconception; the catalogue lists them. Absent in a hint." }),
    ),
    message: Type.Optional(Type.String({ description: "What to look at." })),
    at: Type.Optional(id("the quantity to look at")),
    messageSpeech: Type.Optional(spoken("`message`")),
    missing: Type.Optional(Type.Array(Type.String(), { description: "Ids along a path that was left out." })),
    latex: Type.Optional(Type.String({ description: "The factor that is missing, too many or misplaced." })),
    speech: Type.Optional(speech),
    together: Type.Optional(
      Type.Boolean({
        description: "It explains the line only with the other one; else each does by itself.",
      }),
    ),
  },
  { title: "Diagnosis" },
);

const GradedRelation = Type.Object(
  {
    left: place("the left side"),
    right: place("the right side"),
    verdict,
    followThrough: Type.Boolean({
      description: "False of the network, and right of the student's own earlier results.",
    }),
    message: Type.String({ description: "The feedback on this relation." }),
    messageSpeech: spoken("`message`"),
    condition: Type.Optional(Type.String({ description: "Under which the relation is true." })),
    conditionSpeech: Type.Optional(spoken("`condition`")),
    diagnosis: Type.Optional(Diagnosis),
    alternatives: Type.Optional(
      Type.Array(Diagnosis, { description: "Other misconceptions that explain the relation as well." }),
    ),
    counterexample: Type.Optional(
      Type.Object({
        bindings: Type.Record(Type.String(), Type.Number()),
        left: Type.Number(),
        right: Type.Number(),
      }),
    ),
  },
  { title: "GradedRelation" },
);

const GradedStep = Type.Object(
  {
    index: Type.Integer({ description: "From 0." }),
    id: Type.Optional(Type.String()),
    source: Type.String({ description: "The line as it was handed in." }),
    latex: Type.Optional(Type.String({ description: "What was read of it, in the same notation." })),
    speech: Type.Optional(speech),
    points: Type.Number(),
    maxPoints: Type.Number(),
    verdict: verdictOfStep,
    followThrough: Type.Boolean(),
    relations: Type.Array(GradedRelation),
    unreadable: Type.Optional(
      Type.Array(Type.Object({ span: place("what could not be read"), message: Type.String() })),
    ),
  },
  { title: "GradedStep" },
);

const Grade = Type.Object(
  {
    id: Type.Optional(Type.String({ description: "Of the submission." })),
    score: Type.Number({ description: "Sum of the points of the rubric, and of the steps." }),
    maxScore: Type.Number(),
    needsReview: Type.Boolean({ description: "Whether a person should look." }),
    reasons: Type.Array(Type.String(), { description: "Why a person should look." }),
    notation: Type.String({ description: "Key of the dialect that was declared or inferred." }),
    steps: Type.Array(GradedStep),
    rubric: Type.Array(
      Type.Object({
        id: Type.String(),
        points: Type.Number(),
        maxPoints: Type.Number(),
        met: Type.Boolean(),
      }),
    ),
  },
  { title: "Grade" },
);

const otherFormat = Type.Object(
  {},
  { additionalProperties: true, description: "A result for Gradescope, PrairieLearn or LTI." },
);

export const Grades = Type.Union(
  [Grade, Type.Object({ results: Type.Array(Type.Union([Grade, otherFormat])) }), otherFormat],
  { title: "Grades" },
);

export const Hint = Type.Object(
  {
    status: Type.Unsafe<string>({
      type: "string",
      enum: ["next", "look-again", "done"],
      description: "`look-again`: a line does not hold; `step` is its index.",
    }),
    step: Type.Optional(Type.Integer()),
    requirement: Type.Optional(Type.String({ description: "Id of the requirement that is open." })),
    about: Type.Optional(id("the quantity by which the next derivative is taken")),
    series: Type.Array(
      Type.Object({
        kind: Type.Unsafe<string>({ type: "string", enum: ["message", "question", "rule", "formula"] }),
        text: Type.String(),
        latex: Type.Optional(latex),
        speech: spoken("The formula or the sentence"),
        rule: Type.Optional(Type.String({ description: "Key of the rule." })),
      }),
      { description: "To be shown one after the other, the least telling first." },
    ),
  },
  { title: "Hint" },
);

const Distractor = Type.Object(
  {
    codes: Type.Array(Type.String(), { description: "Every misconception that gives this result." }),
    at: id("the quantity at which it goes wrong"),
    latex,
    speech,
    value: Type.Optional(Type.Number()),
    explanation: Type.String({ description: "What to ask a student who has come to it." }),
    explanationSpeech: spoken("`explanation`"),
  },
  { title: "Distractor" },
);

const WorksheetVariant = Type.Object(
  {
    code: Type.String({
      description:
        "The seed, and four characters that belong to the problem: what the QR code on the sheets says.",
    }),
    seed: Type.Integer(),
    network: Type.Object(
      {},
      { additionalProperties: true, description: "The description with its numbers." },
    ),
    questions: Type.Array(
      Type.Object({
        id: id("a parameter"),
        kind: Type.Unsafe<string>({
          type: "string",
          enum: ["derivative", "update"],
          description: "The derivative by the parameter, or the parameter after the step.",
        }),
        latex,
        speech,
        value: Type.Optional(Type.Number()),
        distractors: Type.Array(Distractor),
        unseen: Type.Array(Type.String(), {
          description: "Misconceptions that give the right number at these numbers.",
        }),
      }),
    ),
    problem: Type.Object({}, { additionalProperties: true, description: "The problem sheet as a document." }),
    solution: Type.Object({}, { additionalProperties: true, description: "The solution sheet." }),
    key: Type.Object(
      {},
      {
        additionalProperties: true,
        description: "An assignment: with a submission it is a request of POST /v1/grades.",
      },
    ),
    modelSolution: Type.Array(latex, { description: "Lines that earn every point of the key." }),
    modelSolutionSpeech: Type.Array(speech),
  },
  { title: "WorksheetVariant" },
);

export const Worksheet = Type.Object(
  { engine: Type.String(), task: Type.String(), variants: Type.Array(WorksheetVariant) },
  { title: "Worksheet" },
);

export const Lint = Type.Object(
  {
    name: Type.String(),
    network: Type.Object({
      given: Type.Optional(Type.Boolean()),
      guessed: Type.Optional(
        Type.String({ description: "Name of the example that the page was held against." }),
      ),
    }),
    notation: Type.String({ description: "Key of the dialect that the page was read in." }),
    judged: Type.Integer({ description: "Equalities that were judged." }),
    holding: Type.Integer({ description: "Those of them that hold." }),
    findings: Type.Array(
      Type.Object({
        rule: Type.String({ description: "A rule of the linter, or the code of a misconception." }),
        level: Type.Unsafe<string>({ type: "string", enum: ["error", "warning", "note"] }),
        title: Type.String(),
        message: Type.String(),
        messageSpeech: spoken("`message`"),
        line: Type.Integer(),
        column: Type.Integer(),
        endLine: Type.Integer(),
        endColumn: Type.Integer(),
        source: Type.String({ description: "What stands there." }),
      }),
    ),
  },
  { title: "Lint" },
);

export const Catalogue = Type.Object(
  {
    limits: Type.Array(
      Type.Object({ name: Type.String(), allowed: Type.Number(), unit: Type.String() }, { title: "Limit" }),
    ),
  },
  { title: "Catalogue", additionalProperties: true, description: "The tables of the engine themselves." },
);

export const ExampleList = Type.Object(
  {
    examples: Type.Array(
      Type.Object(
        { name: Type.String(), title: Type.String(), summary: Type.String(), href: Type.String() },
        { title: "ExampleEntry" },
      ),
    ),
  },
  { title: "ExampleList" },
);

export const Health = Type.Object({ status: Type.Literal("ok"), engine: Type.String() }, { title: "Health" });

const ProblemEntry = Type.Object(
  {
    code: Type.String(),
    detail: Type.String(),
    pointer: Type.Optional(Type.String()),
    position: Type.Optional(Type.Integer()),
  },
  { title: "ProblemEntry" },
);

export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: "What was written, what was expected, what to do." }),
    code: Type.String({ description: "Stable; programs may rely on it." }),
    pointer: Type.Optional(Type.String({ description: "JSON Pointer into the request." })),
    position: Type.Optional(
      Type.Integer({ description: "UTF-16 offset, from 0, into the text at the pointer." }),
    ),
    limit: Type.Optional(Type.String()),
    allowed: Type.Optional(Type.Number()),
    measured: Type.Optional(Type.Number()),
    errors: Type.Optional(Type.Array(ProblemEntry, { maxItems: 20 })),
    errorCount: Type.Optional(Type.Integer()),
    requestId: Type.Optional(Type.String()),
  },
  { title: "Problem", description: "A problem document (RFC 9457)." },
);
