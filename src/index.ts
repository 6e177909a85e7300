// The library's whole surface: HTTP, the command line and the benchmarks call these functions and nothing else.
import { type CodeFormat, codeFile, codeFormats, isLanguage } from "./code/formats.ts";
import { writeNotebook } from "./code/notebook.ts";
import { type ComposeOptions, compose, type Form } from "./derivation/compose.ts";
import { type DeriveOptions, derive, whyNoNumbers } from "./derivation/derive.ts";
import type { PictureBlock } from "./derivation/document.ts";
import { layerForms } from "./derivation/layers.ts";
import { notComparedSentence } from "./derivation/sentences.ts";
import { differentiate } from "./derivative/adjoints.ts";
import { rules } from "./derivative/rules.ts";
import { engine } from "./engine.ts";
import { entries, entryId, entryOffset, type Quantity } from "./expression/expr.ts";
import { Failure } from "./failure.ts";
import { misconceptions } from "./grading/misconceptions/table.ts";
import { type Allowances, networkSize, unlimited } from "./limits.ts";
import { compile } from "./network/compile.ts";
import type { NetworkDescription } from "./network/description.ts";
import { losses } from "./network/losses.ts";
import type { Network, Values } from "./network/network.ts";
import { chosenNotation } from "./notation/custom.ts";
import { type Dialect, dialect } from "./notation/dialect.ts";
import { printedDeltas } from "./notation/names.ts";
import { notations, usualNotations } from "./notation/rows.ts";
import { program } from "./numeric/program.ts";
import { accumulate } from "./numeric/run.ts";
import { verifyGradients } from "./numeric/verify.ts";
import { documentPictures } from "./picture/document.ts";
import type { Picture } from "./picture/picture.ts";
import { drawView, sceneOf, usualView, viewNames } from "./picture/views.ts";
import { primitives } from "./primitives/index.ts";
import { deltasOf } from "./reading/symbols.ts";
import { translate } from "./reading/translate.ts";
import { requestDefaults } from "./request/defaults.ts";
import { requireLayoutShown } from "./request/layout.ts";
import { type Permalink, permalink } from "./request/permalink.ts";
import { inNetwork } from "./request/read.ts";
import type { DerivationRequest, GradientsRequest, TranslationRequest } from "./request/schema.ts";
import { answer } from "./writers/answer.ts";
import { type DocumentFormat, documentWriters, writeDocument } from "./writers/formats.ts";
import { isPictureFormat, type PictureFormat, pictureDigits, pictureWriters } from "./writers/pictures.ts";
import { type Aloud, layoutAloud } from "./writers/print/line.ts";
import { standardDigits } from "./writers/print/number.ts";
import type { Printing } from "./writers/print/scope.ts";
import { symbolTable } from "./writers/print/symbols.ts";

export { isLanguage } from "./code/formats.ts";
export { costEstimate } from "./cost.ts";
export { gradeFeedback, grades, hint } from "./grades.ts";
export { lintPage } from "./linting.ts";
export {
  seedsOf,
  variantFiles,
  worksheet,
  worksheetDocument,
  worksheetMoodle,
  worksheetPrairieLearn,
} from "./worksheets.ts";
export { isPictureFormat } from "./writers/pictures.ts";

export type Format = DocumentFormat | PictureFormat | CodeFormat;

/** Derives, explains and checks; answers in one of the formats. Throws Failure for a request that cannot be honoured. */
export function derivation(
  asked: DerivationRequest,
  format: Format,
  { allowances = unlimited, ...outside }: Outside = {},
): string {
  const request = { ...requestDefaults, ...asked };
  requireLayoutShown(request);
  const network = compiled(request.network, allowances);
  if (isLanguage(format)) return codeFile(network, format, titled(request));
  const deltas = printedDeltas(deltasOf(network));
  const notation = chosenNotation(network, deltas, request.notation ?? usualNotations[network.kind]);
  if (isPictureFormat(format)) return picture(request, format, network, dialect(network, notation));
  const forms = new Set<Form>(request.forms);
  const layers = layerForms(network, forms, request);
  const derived =
    forms.has("chain") || forms.has("delta")
      ? derive(network, deriveOptions(request, allowances))
      : undefined;
  const printing = { dialect: dialect(network, notation), digits: request.digits ?? standardDigits };
  const link = permalink(asked);
  const pictures = documentPictures(
    network,
    request.language,
    forms.has("chain") && derived ? derived.gradients.map(({ id }) => id) : [],
  );
  const document = compose(derived, layers, {
    ...frameOf(request, format === "json" ? link : publicly(link, outside)),
    forms,
    notation,
    pictures,
  });
  if (format === "json") {
    return JSON.stringify({
      ...answer(network, derived, layers, document, printing, { engine, permalink: link, forms }),
      symbols: symbolTable(network, deltas, printing, request.language),
    });
  }
  const written = { ...request.render, allowances };
  if (format === "ipynb") return writeNotebook(network, derived, document, printing, written);
  const pictureAddress = (block: PictureBlock) => addressOf(block, asked, printing, outside);
  return writeDocument(document, printing, format, { ...written, pictureAddress });
}

/** What a file of code says of itself. */
function titled({ render: { title } = {} }: CompleteRequest): { engine: string; title?: string } {
  return { engine, ...(title !== undefined && { title }) };
}

/** The permalink as readers of a document can follow it. */
function publicly(link: Permalink, { publicUrl = "" }: Outside): Permalink {
  return "permalink" in link ? { permalink: publicUrl + link.permalink } : link;
}

/** What an answer has around it. */
export interface Outside {
  readonly allowances?: Allowances;
  /** Address of the service as its readers know it; links to permalinks begin with it. */
  readonly publicUrl?: string;
  /** Keeps an SVG beside the answer, and returns the address that the answer finds it by. */
  readonly keepPicture?: (svg: string) => string;
}

/** Where a picture of the document is: in a file of its own, at its permalink, or nowhere. */
function addressOf(
  { view, parameter, general, picture }: PictureBlock,
  { language = requestDefaults.language, ...asked }: DerivationRequest,
  { dialect, digits }: Printing,
  { publicUrl, keepPicture }: Omit<Outside, "allowances">,
): string | undefined {
  if (keepPicture) {
    const printing = { dialect, digits: Math.min(digits, pictureDigits) };
    return keepPicture(`${pictureWriters.svg(picture, printing, { theme: "auto", language })}\n`);
  }
  if (publicUrl === undefined) return undefined;
  const render = { view, ...(parameter !== undefined && { parameter }), ...(general && { general }) };
  const link = permalink({ ...asked, language, render });
  return "permalink" in link ? `${publicUrl}${link.permalink}.svg` : undefined;
}

/** The picture that `render` asks for. */
function picture(
  request: CompleteRequest,
  format: PictureFormat,
  network: Network,
  letters: Dialect,
): string {
  const {
    view,
    parameter,
    general,
    path = 1,
    frame,
    values = false,
    theme = "auto",
    title,
  } = request.render ?? {};
  const { language, digits = pictureDigits } = request;
  const scene = sceneOf(network, {
    values,
    language,
    path,
    ...(parameter !== undefined && { parameter }),
    ...(general && { general }),
  });
  const drawn = drawView(view ?? usualView(network), scene);
  const printing = { dialect: letters, digits };
  return pictureWriters[format](drawn, printing, {
    theme,
    language,
    ...(title !== undefined && { title }),
    ...(frame !== undefined && { frame: frameWithin(drawn, frame) }),
  });
}

/** Throws Failure `impossible-request` for a step that the picture does not have. */
function frameWithin({ frames = [] }: Picture, frame: number): number {
  if (frame <= frames.length) return frame;
  const sentence =
    frames.length === 0
      ? 'Only the view "steps" has frames; leave "frame" out or ask for that view.'
      : `There is no frame ${frame}; the frames are numbered from 1 to ${frames.length}.`;
  throw new Failure("impossible-request", sentence, { pointer: "/render/frame" });
}

/** A request with everything said that it leaves open. */
type CompleteRequest = DerivationRequest & Required<Pick<DerivationRequest, keyof typeof requestDefaults>>;

function deriveOptions(request: CompleteRequest, allowances: Allowances): DeriveOptions {
  return {
    ...(request.parameters && { parameters: request.parameters }),
    maxPaths: request.maxPaths,
    maxPathsInAll: allowances.pathsPerAnswer,
    check: checkOptions(request.check),
    ...(request.update && { update: request.update }),
  };
}

/** What a document says besides the derivation. */
function frameOf(
  { render = {}, detail, language }: CompleteRequest,
  link: Permalink,
): Omit<ComposeOptions, "forms" | "notation" | "pictures"> {
  const { title, author, course, date } = render;
  return {
    language,
    detail,
    engine,
    ...(title !== undefined && { title }),
    ...(author !== undefined && { author }),
    ...(course !== undefined && { course }),
    ...(date !== undefined && { date }),
    ...("permalink" in link && { permalink: link.permalink }),
  };
}

/** Failures of the description point into the request. */
function compiled(description: NetworkDescription, allowances: Allowances): Network {
  return inNetwork(() => compile(description, allowances.graphNodes));
}

function checkOptions(
  check: DerivationRequest["check"],
): false | { method?: "complex-step" | "central-difference" } {
  if (check === undefined || check === true) return {};
  if (check === false) return false;
  if (check.method === undefined)
    return check.precision === undefined ? {} : { method: "central-difference" };
  return { method: check.method };
}

/** Above this many parameters the numbers are checked only when asked. */
const checkedByDefault = 5000;

/** Numbers only, for any size; the answer is a JSON value. Throws Failure when a number is missing. */
export function gradients(request: GradientsRequest): object {
  const network = compiled(request.network, unlimited);
  if (!network.values)
    throw new Failure(
      "impossible-request",
      `Gradients need numbers. ${notComparedSentence(whyNoNumbers(network))}`,
      {
        pointer: "/network",
      },
    );
  const run = accumulate(network, program(differentiate(network)));
  const chosen = chosenIds(network, request.parameters);
  const wanted = request.check ?? networkSize(request.network).parameters <= checkedByDefault;
  return {
    loss: run.loss,
    gradients: request.shape === "arrays" ? arrays(run.gradients) : byId(run.gradients, chosen),
    ...(wanted && { check: verifyGradients(network, run) }),
  };
}

/** A formula about the network from one notation to another. Throws Failure with positions in the formula. */
export function translation({
  network: description,
  latex,
  from,
  to,
  language = requestDefaults.language,
}: TranslationRequest): Aloud {
  const network = compiled(description, unlimited);
  const deltas = printedDeltas(deltasOf(network));
  const read = chosenNotation(network, deltas, from, "/from");
  const printed = chosenNotation(network, deltas, to, "/to");
  try {
    return layoutAloud(translate(network, latex, read, printed).layout, language);
  } catch (error) {
    throw error instanceof Failure
      ? new Failure(error.code, error.message, { ...error.details, pointer: "/latex" })
      : error;
  }
}

function chosenIds(network: Network, ids: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (ids === undefined) return undefined;
  const known = new Set(
    network.parameters.flatMap((parameter) =>
      [...entries(parameter)].map((indices) => entryId(parameter, indices)),
    ),
  );
  const unknown = ids.findIndex((id) => !known.has(id));
  if (unknown >= 0) {
    throw new Failure("unknown-name", `"${ids[unknown]}" is not a parameter of the network.`, {
      pointer: `/parameters/${unknown}`,
    });
  }
  return new Set(ids);
}

function byId(values: Values, chosen: ReadonlySet<string> | undefined): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [quantity, own] of values) {
    for (const indices of entries(quantity)) {
      const id = entryId(quantity, indices);
      if (!chosen || chosen.has(id)) numbers[id] = own[entryOffset(quantity, indices)]!;
    }
  }
  return numbers;
}

/** Each parameter as a number, a list or a list of rows. */
function arrays(values: Values): Record<string, unknown> {
  return Object.fromEntries([...values].map(([quantity, own]) => [quantity.id, nested(quantity, own)]));
}

function nested({ ranges }: Quantity, values: Float64Array): unknown {
  if (ranges.length === 0) return values[0];
  if (ranges.length === 1) return [...values];
  const width = ranges[1]!.size!;
  return Array.from({ length: ranges[0]!.size! }, (_, row) => [
    ...values.subarray(row * width, (row + 1) * width),
  ]);
}

/** The tables themselves: activations, functions, losses, notations, formats, misconceptions, rules. */
export function catalogue(): object {
  const functions = primitives.map(
    ({
      name,
      spelling,
      definition,
      spokenDefinition,
      partials,
      kinks,
      domain,
      constants,
      activation,
      source,
    }) => ({
      name,
      latex: spelling.latex,
      speech: spelling.speech,
      definition,
      definitionSpeech: spokenDefinition,
      ...(partials && { derivatives: partials }),
      ...(constants && { constants }),
      ...(domain && { domain }),
      ...(kinks && { kinks }),
      activation,
      source,
    }),
  );
  return {
    activations: functions.filter(({ activation }) => activation),
    functions: functions.filter(({ activation }) => !activation),
    losses: losses.map(({ name, definition, spokenDefinition, formula, aggregate, constants, source }) => ({
      name,
      latex: definition,
      speech: spokenDefinition,
      formula,
      aggregate,
      ...(constants && { constants }),
      source,
    })),
    layerTypes: [
      {
        name: "dense",
        definition: "z_j = \\sum_i w_{ji} a_i + b_j,\\quad a_j = f(z_j)",
        definitionSpeech: {
          en: "z j equals the sum over i of w j i times a i, end sum, plus b j; a j equals f of z j",
          de: "z j ist gleich die Summe über i von w j i mal a i, Ende Summe, plus b j; a j ist gleich f von z j",
        },
      },
    ],
    notations: Object.values(notations).map(({ key, title, source }) => ({ key, title, source })),
    formats: [...Object.keys(documentWriters), ...Object.keys(pictureWriters), ...codeFormats],
    views: viewNames,
    misconceptions: misconceptions.map(({ id, code, title, sentence, source }) => ({
      id,
      code,
      title,
      sentence,
      source,
    })),
    rules: Object.entries(rules).map(([key, { title, statement }]) => ({ key, title, statement })),
  };
}
