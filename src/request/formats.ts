// The formats of an answer: one row each, read by content negotiation, permalinks and the command line.
import { didYouMean, Failure } from "../failure.ts";
import type { Format } from "../index.ts";
import { type DocumentFormat, isDocumentFormat } from "../writers/formats.ts";
import { type RenderOverrides, renderOverrides } from "./render.ts";

export interface FormatRow {
  readonly mediaType: string;
  /** After the dot, in a permalink or a file name. */
  readonly extension: string;
  /** Bytes, not text: the library hands them out in base64. */
  readonly binary?: true;
}

/** In order of preference where an Accept header leaves the choice to us. */
export const formats: Readonly<Record<Format, FormatRow>> = {
  json: { mediaType: "application/json", extension: "json" },
  html: { mediaType: "text/html", extension: "html" },
  markdown: { mediaType: "text/markdown", extension: "md" },
  tex: { mediaType: "application/x-tex", extension: "tex" },
  pdf: { mediaType: "application/pdf", extension: "pdf", binary: true },
  svg: { mediaType: "image/svg+xml", extension: "svg" },
  png: { mediaType: "image/png", extension: "png", binary: true },
  tikz: { mediaType: "text/x-tikz", extension: "tikz" },
  mermaid: { mediaType: "text/vnd.mermaid", extension: "mmd" },
  dot: { mediaType: "text/vnd.graphviz", extension: "dot" },
  text: { mediaType: "text/plain", extension: "txt" },
  ipynb: { mediaType: "application/x-ipynb+json", extension: "ipynb" },
  numpy: { mediaType: "text/x-python", extension: "py" },
  pytorch: { mediaType: "text/x-pytorch", extension: "pytorch" },
  javascript: { mediaType: "text/javascript", extension: "js" },
};

/** The bytes of an answer that the library gave as text. */
export function bytesOf(answer: string, { binary }: FormatRow): Buffer {
  return Buffer.from(answer, binary ? "base64" : "utf8");
}

export const formatNames = Object.keys(formats) as Format[];

/** The formats of a text with formulas, such as feedback. */
export const documentFormats = formatNames.filter((name): name is DocumentFormat => isDocumentFormat(name));

/** A format, and the fields of `render` that were written beside it. */
export interface Wanted<Name extends string = Format> {
  readonly format: Name;
  readonly overrides: RenderOverrides;
}

/** What an Accept header asks for (RFC 9110, section 12.5.1); JSON where it has no preference.
 *  `among` are the formats that there are of the answer. Throws Failure `not-acceptable` with the list, or `invalid-request` for an unknown parameter. */
export function negotiate<Name extends Format>(
  accept: string | undefined,
  among: readonly Name[],
): Wanted<Name> {
  return negotiateAmong(accept, among, formats);
}

/** As `negotiate`, for answers with formats of their own. */
export function negotiateAmong<Name extends string>(
  accept: string | undefined,
  among: readonly Name[],
  rows: Readonly<Record<Name, FormatRow>>,
): Wanted<Name> {
  const asked = accept ?? "";
  const ranges = asked.trim() === "" ? [anything] : split(asked, ",").map(rangeOf);
  const [best] = among
    .flatMap((format) => ({ format, range: rangeFor(rows[format].mediaType, ranges) ?? nothing }))
    .filter(({ range }) => range.quality > 0)
    .sort((left, right) => byPreference(left.range, right.range));
  if (best === undefined)
    throw notAcceptable(
      asked,
      among.map((name) => rows[name].mediaType),
    );
  const named = specificity(best.range) === 2;
  return {
    format: best.format,
    overrides: named ? renderOverrides(best.range.parameters, "the Accept header") : {},
  };
}

/** The format of a permalink's or a file's extension. Throws Failure `not-found` with the list. */
export function formatOfExtension(extension: string): Format {
  const format = formatNames.find((name) => formats[name].extension === extension);
  if (format !== undefined) return format;
  const known = formatNames.map((name) => formats[name].extension);
  throw new Failure(
    "not-found",
    `There is no format ".${extension}"; the formats are ${known.map((word) => `.${word}`).join(", ")}.${didYouMean(extension, known)}`,
  );
}

/** One media range of an Accept header. */
interface Range {
  readonly type: string;
  readonly parameters: readonly (readonly [string, string])[];
  /** From 0, not wanted, to 1. */
  readonly quality: number;
  /** Place in the header, from 0. */
  readonly place: number;
}

const anything: Range = { type: "*/*", parameters: [], quality: 1, place: 0 };
const nothing: Range = { ...anything, quality: 0 };

function rangeOf(text: string, place: number): Range {
  const [type = "", ...rest] = split(text, ";");
  const parameters = rest.map((part): [string, string] => {
    const [name = "", ...value] = part.split("=");
    return [name.trim(), unquoted(value.join("=").trim())];
  });
  const quality = Number(parameters.find(([name]) => name === "q")?.[1] ?? "1");
  return {
    type: type.trim().toLowerCase(),
    parameters: parameters.filter(([name]) => name !== "q" && name !== "charset"),
    quality: quality >= 0 && quality <= 1 ? quality : 0,
    place,
  };
}

/** Parts of a header between separators that stand outside quotation marks. */
function split(text: string, separator: "," | ";"): string[] {
  const parts = [""];
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    if (letter === separator && !quoted) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

const unquoted = (text: string) => text.replace(/^"([^"]*)"$/, "$1");

/** 2 for a named type, 1 for `text/*`, 0 for anything. */
function specificity(range: Range): number {
  return range.type === "*/*" ? 0 : range.type.endsWith("/*") ? 1 : 2;
}

/** The most specific range that covers `mediaType`; of several the most wanted. */
function rangeFor(mediaType: string, ranges: readonly Range[]): Range | undefined {
  const family = `${mediaType.split("/")[0]}/*`;
  return ranges
    .filter(({ type }) => type === mediaType || type === family || type === "*/*")
    .sort((left, right) => specificity(right) - specificity(left) || byPreference(left, right))[0];
}

const byPreference = (left: Range, right: Range) =>
  right.quality - left.quality || specificity(right) - specificity(left) || left.place - right.place;

function notAcceptable(accept: string, known: readonly string[]): Failure {
  return new Failure(
    "not-acceptable",
    `The Accept header asks for ${JSON.stringify(accept.slice(0, 120))}; the formats are ${known.join(", ")}.`,
  );
}
