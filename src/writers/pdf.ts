// The document as a PDF, typeset by Typst from data.
import { unlimited, within } from "../limits.ts";
import { compilePdf } from "./pdf/compile.ts";
import { pdfData } from "./pdf/data.ts";
import { lookOf } from "./pdf/paper.ts";
import type { DocumentWriter } from "./writing.ts";

/** The bytes of the file, in base64. Throws Failure `limit-exceeded` for too many pages. */
export const writePdf: DocumentWriter = (document, printing, render) => {
  const { paper, fontSize, columns, pdf = "ua", allowances = unlimited } = render;
  const data = pdfData(document, printing, {
    look: lookOf(paper, fontSize, columns),
    standard: pdf,
  });
  const { pages, bytes } = compilePdf(data, pdf);
  within("pdfPages", allowances, pages);
  return bytes.toString("base64");
};
