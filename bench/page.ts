// Goal: writing a page takes hardly longer than KaTeX itself takes for the page's distinct formulas. KaTeX hands out
// strings in a thousand pieces each; reading a character joins them, as every use of them must.
import { readFileSync } from "node:fs";
import katex from "katex";
import { compose } from "../src/derivation/compose.ts";
import { derive } from "../src/derivation/derive.ts";
import { derivation } from "../src/index.ts";
import { compile } from "../src/network/compile.ts";
import { dialect } from "../src/notation/dialect.ts";
import { notations } from "../src/notation/rows.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import { writeDocument } from "../src/writers/formats.ts";
import { standardDigits } from "../src/writers/print/number.ts";
import { type Line, ratio, reading } from "./measure.ts";

const examples = ["note-001", "classic-2-2-2"];

export async function pageLines(): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const name of examples) {
    const { request } = readDerivationRequest(
      readFileSync(new URL(`../examples/${name}.json`, import.meta.url)),
    );
    const { render, ...plain } = request;
    const page = pageOf(plain);
    const formulas = formulasOf(page);
    const alone = reading(() =>
      formulas.map(({ text, options }) => katex.renderToString(text, options).charCodeAt(0)),
    );
    lines.push(
      {
        name: `writing the page against KaTeX alone: ${name}`,
        figure: await ratio(reading(page), alone),
        goal: { atMost: 1.1 },
      },
      {
        name: `deriving and writing the page against KaTeX alone: ${name}`,
        figure: await ratio(
          reading(() => derivation(plain, "html")),
          alone,
        ),
      },
    );
  }
  return lines;
}

/** Writes the page of a request that was derived before. */
function pageOf(request: DerivationRequest): () => string {
  const network = compile(request.network);
  const derived = derive(network, { maxPaths: 50, maxPathsInAll: Number.POSITIVE_INFINITY, check: {} });
  const document = compose(
    derived,
    {},
    {
      language: "en",
      detail: "standard",
      forms: new Set(["chain", "delta"]),
      notation: notations.layered,
      engine: "",
    },
  );
  return () => {
    const printing = { dialect: dialect(network, notations.layered), digits: standardDigits };
    return writeDocument(document, printing, "html", {});
  };
}

interface Formula {
  readonly text: string;
  readonly options: Parameters<typeof katex.renderToString>[1];
}

/** What the page hands to KaTeX. */
function formulasOf(page: () => string): readonly Formula[] {
  const { renderToString } = katex;
  const formulas: Formula[] = [];
  katex.renderToString = (text, options) => {
    formulas.push({ text, options });
    return renderToString(text, options);
  };
  try {
    page();
  } finally {
    katex.renderToString = renderToString;
  }
  return formulas;
}
