// Derivations as the service gives them: derived, explained, checked, and written in one of the formats.
import { networkOf, notationOf } from "./asked.ts";
import { type CodeFormat, codeFile, isLanguage } from "./code/formats.ts";
import { writeNotebook } from "./code/notebook.ts";
import { type ComposeOptions, compose, type Form } from "./derivation/compose.ts";
import { type DeriveOptions, derive } from "./derivation/derive.ts";
import type { PictureBlock } from "./derivation/document.ts";
import { layerForms } from "./derivation/layers.ts";
import { engine } from "./engine.ts";
import { Failure } from "./failure.ts";
import { type Allowances, unlimited } from "./limits.ts";
import type { Network } from "./network/network.ts";
import { type Dialect, dialect } from "./notation/dialect.ts";
import { printedDeltas } from "./notation/names.ts";
import { usualNotations } from "./notation/rows.ts";
import { documentPictures } from "./picture/document.ts";
import type { Picture } from "./picture/picture.ts";
import { drawView, sceneOf, usualView } from "./picture/views.ts";
import { deltasOf } from "./reading/symbols.ts";
import { requestDefaults } from "./request/defaults.ts";
import { requireLayoutShown } from "./request/layout.ts";
import { type Permalink, permalink } from "./request/permalink.ts";
import type { DerivationRequest } from "./request/schema.ts";
import { answer } from "./writers/answer.ts";
import { type DocumentFormat, writeDocument } from "./writers/formats.ts";
import { isPictureFormat, type PictureFormat, pictureDigits, pictureWriters } from "./writers/pictures.ts";
import { standardDigits } from "./writers/print/number.ts";
import type { Printing } from "./writers/print/scope.ts";
import { symbolTable } from "./writers/print/symbols.ts";

export type Format = DocumentFormat | PictureFormat | CodeFormat;

/** Derives, explains and checks; answers in one of the formats. Throws Failure for a request that cannot be honoured. */
export function derivation(
  asked: DerivationRequest,
  format: Format,
  { allowances = unlimited, ...outside }: Outside = {},
): string {
  const request = { ...requestDefaults, ...asked };
  requireLayoutShown(request);
  const network = networkOf(request.network, allowances);
  if (isLanguage(format)) return codeFile(network, format, titled(request));
  const notation = notationOf(network, request.notation ?? usualNotations[network.kind]);
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
      symbols: symbolTable(network, printedDeltas(deltasOf(network)), printing, request.language),
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

/** In a document no path stands out before it is pointed at. */
const noPath = { path: 0 } as const;

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
  const render = {
    view,
    ...(parameter !== undefined && { parameter }),
    ...(view === "path" && noPath),
    ...(general && { general }),
  };
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
    ...(path > 0 && { path }),
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

function checkOptions(
  check: DerivationRequest["check"],
): false | { method?: "complex-step" | "central-difference" } {
  if (check === undefined || check === true) return {};
  if (check === false) return false;
  if (check.method === undefined)
    return check.precision === undefined ? {} : { method: "central-difference" };
  return { method: check.method };
}
