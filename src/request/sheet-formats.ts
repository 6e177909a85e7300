// The formats of a worksheet: those of any document, and what holds more than one sheet.
import type { DocumentFormat } from "../writers/formats.ts";
import { documentFormats, type FormatRow, formats } from "./formats.ts";

export type SheetFormat = DocumentFormat | "zip" | "moodle" | "prairielearn";

/** In order of preference where an Accept header leaves the choice to us. */
export const sheetFormats: Readonly<Record<SheetFormat, FormatRow>> = {
  json: formats.json,
  html: formats.html,
  markdown: formats.markdown,
  tex: formats.tex,
  pdf: formats.pdf,
  text: formats.text,
  moodle: { mediaType: "application/vnd.moodle+xml", extension: "xml" },
  zip: { mediaType: "application/zip", extension: "zip", binary: true },
  prairielearn: { mediaType: "application/vnd.prairielearn+zip", extension: "zip", binary: true },
};

export const sheetFormatNames: readonly SheetFormat[] = [...documentFormats, "moodle", "zip", "prairielearn"];
