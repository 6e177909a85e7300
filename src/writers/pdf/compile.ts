// Runs Typst on the one template: data in, the bytes of the PDF out. Nothing is read from disk but the template, and
// nothing from the network; a compilation is native code that only the end of its process stops.
import { createRequire } from "node:module";
import type { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { Failure } from "../../failure.ts";
import { packageFile, packagePath } from "../../package-files.ts";
import { type PdfStandard, pdfStandards } from "./standards.ts";

export interface Pdf {
  readonly bytes: Buffer;
  readonly pages: number;
}

/** A folder that does not exist: the template has nothing beside its own files to read. */
const workspace = "/nonexistent";
const [template, ...imported] = [
  "handgrad.typ",
  "look.typ",
  "words.typ",
  "formula.typ",
  "equations.typ",
  "table.typ",
  "blocks.typ",
  "colophon.typ",
] as const;

/** Made for the first PDF of a process, which takes 20 ms, and kept for its fonts. */
let kept: NodeCompiler | undefined;

/**
 * The same data give the same bytes: no date, and ids made from the content. Throws where the template does not
 * compile, with diagnostics that are no sentence for a user.
 */
export function compilePdf(data: object, standard: PdfStandard): Pdf {
  kept ??= newCompiler();
  try {
    const compiled = kept.compile({
      mainFilePath: `${workspace}/${template}`,
      inputs: { document: JSON.stringify(data) },
    });
    const { result } = compiled;
    if (!result) {
      const faults = compiled.takeDiagnostics()?.shortDiagnostics ?? [];
      throw new Error(`Typst does not compile the template: ${JSON.stringify(faults)}`);
    }
    return {
      bytes: kept.pdf(result, { pdfStandard: pdfStandards[standard] }),
      pages: result.numOfPages,
    };
  } finally {
    // What it remembers of a document is of no use to the next one, and grows.
    kept.evictCache(0);
  }
}

function newCompiler(): NodeCompiler {
  const { NodeCompiler: Compiler } = typst();
  const compiler = withoutSystemFonts(() => Compiler.create({ workspace }));
  for (const file of [template, ...imported])
    compiler.addSource(`${workspace}/${file}`, packageFile(`src/writers/pdf/${file}`));
  return compiler;
}

/** Loaded only where a PDF is made: 50 MB of native code, and not built for every platform. */
function typst(): typeof import("@myriaddreamin/typst-ts-node-compiler") {
  try {
    return createRequire(import.meta.url)("@myriaddreamin/typst-ts-node-compiler");
  } catch {
    throw new Failure(
      "impossible-request",
      `PDFs are typeset by Typst, which does not run on this machine (${process.platform} ${process.arch}); ask for text/html or application/x-tex.`,
    );
  }
}

/** Fonts of the system come before Typst's own of the same name; where fontconfig names the folders, it names none. */
function withoutSystemFonts<Value>(work: () => Value): Value {
  const { FONTCONFIG_FILE: before } = process.env;
  process.env.FONTCONFIG_FILE = packagePath("src/writers/pdf/fonts.conf");
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env.FONTCONFIG_FILE;
    else process.env.FONTCONFIG_FILE = before;
  }
}
