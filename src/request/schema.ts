// The requests as JSON Schemas; HTTP, command line and types all follow from these.
import { type Static, Type } from "typebox";
import { EquationsDescription, LayersDescription, UnitsDescription } from "../network/description.ts";
import { NotationDescription } from "../notation/description.ts";
import { generalNames } from "../picture/general.ts";
import { viewNames } from "../picture/views.ts";
import { taskNames } from "../worksheets/task.ts";
import { flavorNames, pictureKinds } from "../writers/markdown-flavors.ts";
import { fontSizes, mostColumns, paperNames } from "../writers/pdf/paper.ts";
import { pdfStandardNames } from "../writers/pdf/standards.ts";

const closed = { additionalProperties: false } as const;

/** `oneOf` with a discriminator, so that a validator reports the faults of the kind that was meant. */
export const NetworkDescription = Type.Unsafe<LayersDescription | UnitsDescription | EquationsDescription>({
  title: "NetworkDescription",
  type: "object",
  discriminator: { propertyName: "kind" },
  required: ["kind"],
  oneOf: [LayersDescription, UnitsDescription, EquationsDescription],
});

const literals = <const Values extends readonly string[]>(values: Values, description?: string) =>
  Type.Unsafe<Values[number]>({ type: "string", enum: [...values], ...(description && { description }) });

const Language = literals(["en", "de"]);

export const Render = Type.Object(
  {
    fragment: Type.Optional(Type.Boolean()),
    flavor: Type.Optional(literals(flavorNames)),
    frontMatter: Type.Optional(Type.Boolean()),
    pictures: Type.Optional(
      literals(
        pictureKinds,
        "Of Markdown: pictures as Mermaid, as links to their SVG, or in lines of text; absent: what the flavour's processor shows.",
      ),
    ),
    title: Type.Optional(Type.String({ maxLength: 120 })),
    author: Type.Optional(Type.String({ maxLength: 120 })),
    course: Type.Optional(Type.String({ maxLength: 120 })),
    date: Type.Optional(Type.String({ maxLength: 40 })),
    paper: Type.Optional(literals(paperNames)),
    columns: Type.Optional(Type.Integer({ minimum: 1, maximum: mostColumns, description: "Of a PDF." })),
    fontSize: Type.Optional(
      Type.Integer({
        minimum: fontSizes.least,
        maximum: fontSizes.most,
        description: "Of a PDF, in points.",
      }),
    ),
    pdf: Type.Optional(literals(pdfStandardNames)),
    view: Type.Optional(literals(viewNames)),
    parameter: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: "Of a picture: the id of the parameter that it is about.",
      }),
    ),
    frame: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: "Of the view steps: the step that stands still; absent: an animation.",
      }),
    ),
    general: Type.Optional(
      literals(
        generalNames,
        "Of the view messages: one of the diagrams of a unit in general, with indices in place of the network's own units.",
      ),
    ),
    path: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 500,
        description:
          "Of the view path: which path stands out; absent: the first; 0: none, unless it is the only one.",
      }),
    ),
    values: Type.Optional(Type.Boolean({ description: "Of a picture: whether it shows numbers." })),
    theme: Type.Optional(literals(["auto", "light", "dark"])),
  },
  { ...closed, title: "Render" },
);

export const DerivationRequest = Type.Object(
  {
    network: NetworkDescription,
    parameters: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, maxItems: 5000 }),
    ),
    forms: Type.Optional(
      Type.Array(literals(["chain", "delta", "indexed", "matrix"]), { minItems: 1, maxItems: 4 }),
    ),
    notation: Type.Optional(NotationDescription),
    detail: Type.Optional(literals(["brief", "standard", "full"])),
    digits: Type.Optional(Type.Integer({ minimum: 2, maximum: 17 })),
    check: Type.Optional(
      Type.Union([
        Type.Boolean(),
        Type.Object(
          {
            method: Type.Optional(literals(["complex-step", "central-difference"])),
            precision: Type.Optional(Type.Literal(64)),
          },
          closed,
        ),
      ]),
    ),
    update: Type.Optional(
      Type.Object(
        {
          learningRate: Type.Number({ exclusiveMinimum: 0 }),
          steps: Type.Optional(Type.Integer({ minimum: 1, maximum: 10000 })),
          only: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1 })),
        },
        closed,
      ),
    ),
    language: Type.Optional(Language),
    layout: Type.Optional(literals(["denominator", "numerator"])),
    vectorsAre: Type.Optional(literals(["columns", "rows"])),
    maxPaths: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    render: Type.Optional(Render),
  },
  { ...closed, title: "DerivationRequest" },
);

export const GradientsRequest = Type.Object(
  {
    network: NetworkDescription,
    parameters: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1 })),
    shape: Type.Optional(literals(["map", "arrays"])),
    check: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: "GradientsRequest" },
);

/** A body may be the network alone: the derivation with every default. */
export const DerivationBody = Type.Union([DerivationRequest, NetworkDescription], {
  title: "DerivationBody",
  description: "A request, or a network alone.",
});

export const TranslationRequest = Type.Object(
  {
    network: NetworkDescription,
    latex: Type.String({
      minLength: 1,
      maxLength: 4000,
      description: "A formula about the network, in LaTeX.",
    }),
    from: NotationDescription,
    to: NotationDescription,
    language: Type.Optional(Language),
  },
  { ...closed, title: "TranslationRequest" },
);

const idText = Type.String({ minLength: 1, maxLength: 64 });

/** The work of one student: text, or its lines one by one. */
const Submission = Type.Union(
  [
    Type.String({ maxLength: 60_000 }),
    Type.Array(
      Type.Union([
        Type.String({ maxLength: 60_000 }),
        Type.Object({ id: idText, latex: Type.String({ maxLength: 60_000 }) }, closed),
      ]),
      { minItems: 1, maxItems: 200 },
    ),
  ],
  { description: "A derivation as text, or a list of its lines." },
);

const Rubric = Type.Object(
  {
    points: Type.Optional(Type.Number({ minimum: 0, maximum: 1e6 })),
    requires: Type.Optional(
      Type.Array(
        Type.Union([
          idText,
          Type.Object({ id: idText, points: Type.Number({ minimum: 0, maximum: 1e6 }) }, closed),
        ]),
        { minItems: 1, maxItems: 60 },
      ),
    ),
    form: Type.Optional(literals(["any", "delta", "chain", "formula"])),
    explicit: Type.Optional(Type.Boolean()),
    tolerance: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    notationWeight: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  },
  { ...closed, title: "Rubric" },
);

const Target = Type.Union([idText, Type.Array(idText, { minItems: 1, maxItems: 50 })], {
  description: "The id of the parameter whose derivative is asked for, or a list of ids.",
});

/** What a submission is graded against; together with submissions it is a request. */
const assignmentFields = {
  network: NetworkDescription,
  target: Type.Optional(Target),
  notation: Type.Optional(NotationDescription),
  rubric: Type.Optional(Rubric),
  learningRate: Type.Optional(
    Type.Number({ exclusiveMinimum: 0, description: "Of update steps; without it, any rate." }),
  ),
  reveal: Type.Optional(literals(["hint", "diagnosis", "solution"])),
  format: Type.Optional(literals(["native", "gradescope", "prairielearn", "lti-score"])),
  timestamp: Type.Optional(
    Type.String({
      pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,16}(Z|[+-][0-9]{2}:[0-9]{2})$",
      description: "A moment in ISO 8601 such as 2026-03-01T12:00:00.000Z, copied to a score for LTI.",
    }),
  ),
  language: Type.Optional(literals(["en", "de"])),
};

export const GradeRequest = Type.Object(
  {
    ...assignmentFields,
    submission: Type.Optional(Submission),
    submissions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: Type.String({ minLength: 1, maxLength: 120 }),
            submission: Submission,
            seed: Type.Optional(Type.Integer({ minimum: 0 })),
          },
          closed,
        ),
        { minItems: 1, maxItems: 50 },
      ),
    ),
  },
  { ...closed, title: "GradeRequest" },
);

export const HintRequest = Type.Object(
  {
    network: NetworkDescription,
    target: Target,
    notation: Type.Optional(NotationDescription),
    submission: Type.Optional(Submission),
    language: Type.Optional(literals(["en", "de"])),
  },
  { ...closed, title: "HintRequest" },
);

export const LintRequest = Type.Object(
  {
    page: Type.String({
      minLength: 1,
      maxLength: 200_000,
      description: "A page of notes: Markdown with formulas, or LaTeX.",
    }),
    network: Type.Optional(NetworkDescription),
    notation: Type.Optional(NotationDescription),
    name: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: "What the page is called in the report." }),
    ),
    language: Type.Optional(literals(["en", "de"])),
    format: Type.Optional(literals(["json", "text", "sarif"])),
  },
  { ...closed, title: "LintRequest" },
);

export const WorksheetRequest = Type.Object(
  {
    network: NetworkDescription,
    task: literals(taskNames),
    parameters: Type.Optional(
      Type.Array(idText, {
        minItems: 1,
        maxItems: 12,
        description: "Ids of the parameters whose derivatives are asked for; absent: the first one.",
      }),
    ),
    values: Type.Optional(
      Type.Unsafe<"given" | "drawn" | "none">({
        type: "string",
        enum: ["given", "drawn", "none"],
        description:
          "Where the numbers come from. Absent: the network's own for a single variant without a seed, else drawn.",
      }),
    ),
    seed: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 4_000_000_000, description: "Of the first variant; default 1." }),
    ),
    count: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10_000, description: "Variants; each has the next seed." }),
    ),
    students: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 120 }), {
        minItems: 1,
        maxItems: 10_000,
        description: "A variant for each; they name the files of a class set.",
      }),
    ),
    misconceptions: Type.Optional(
      Type.Array(idText, {
        minItems: 1,
        maxItems: 40,
        description: "Codes of those whose results must be told apart; absent: all that can be met.",
      }),
    ),
    digits: Type.Optional(
      Type.Integer({
        minimum: 2,
        maximum: 9,
        description: "Significant digits that are asked for; default 4.",
      }),
    ),
    learningRate: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: "Default 0.5." })),
    points: Type.Optional(Type.Number({ minimum: 0, maximum: 1e6 })),
    notation: Type.Optional(NotationDescription),
    language: Type.Optional(Language),
    sheet: Type.Optional(literals(["problem", "solution"])),
    files: Type.Optional(
      Type.Array(literals(["pdf", "html", "markdown", "tex", "text", "json"]), {
        minItems: 1,
        maxItems: 6,
        description: "Formats of the sheets in a class set; default PDF.",
      }),
    ),
    render: Type.Optional(Render),
  },
  { ...closed, title: "WorksheetRequest" },
);

export const GradientsBody = Type.Union([GradientsRequest, NetworkDescription], {
  title: "GradientsBody",
  description: "A request, or a network alone.",
});

export type DerivationRequest = Static<typeof DerivationRequest>;
export type GradientsRequest = Static<typeof GradientsRequest>;
export type TranslationRequest = Static<typeof TranslationRequest>;
export type GradeRequest = Static<typeof GradeRequest>;
export type LintRequest = Static<typeof LintRequest>;
export type WorksheetRequest = Static<typeof WorksheetRequest>;
export type HintRequest = Static<typeof HintRequest>;
export type Render = Static<typeof Render>;
