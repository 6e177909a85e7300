// The formats of a document: one row each.
import type { DerivationDocument } from "../derivation/document.ts";
import { writeHtml } from "./html.ts";
import { writeJson } from "./json.ts";
import { writeMarkdown } from "./markdown.ts";
import { writePdf } from "./pdf.ts";
import type { Printing } from "./print/scope.ts";
import { writeTex } from "./tex.ts";
import { writeText } from "./text.ts";
import type { DocumentWriter, RenderOptions } from "./writing.ts";

export const documentWriters = {
  json: writeJson,
  html: writeHtml,
  markdown: writeMarkdown,
  tex: writeTex,
  pdf: writePdf,
  text: writeText,
} as const satisfies Record<string, DocumentWriter>;

export type DocumentFormat = keyof typeof documentWriters;

export function isDocumentFormat(format: string): format is DocumentFormat {
  return Object.hasOwn(documentWriters, format);
}

/**
 * The document in one format, ending with a line break except for JSON. Throws Failure `impossible-request` where the
 * format cannot show a text of the user, `not-a-number` where a value is not finite.
 */
export function writeDocument(
  document: DerivationDocument,
  printing: Printing,
  format: DocumentFormat,
  render: RenderOptions = {},
): string {
  return documentWriters[format](document, printing, render);
}
