// Goal: writing a page takes hardly longer than KaTeX itself takes for the page's distinct formulas. KaTeX hands out
// strings in a thousand pieces each; reading a character joins them, as every use of them must.
import { readFileSync } from "node:fs";
import katex from "katex";
import { compose } from "../src/derivation/compose.ts";
import { derive } from "../src/derivation/derive.ts";
import { differentiate } from "../src/derivative/adjoints.ts";
import { scalarGraph } from "../src/derivative/scalar.ts";
import { derivation } from "../src/index.ts";
import { compile } from "../src/network/compile.ts";
import { dialect } from "../src/notation/dialect.ts";
import { notations } from "../src/notation/rows.ts";
import { type DocumentPictures, documentPictures } from "../src/picture/document.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import { writeDocument } from "../src/writers/formats.ts";
import { standardDigits } from "../src/writers/print/number.ts";
import { writeSvg } from "../src/writers/svg.ts";
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
    const { drawn, pictures } = picturesOf(plain);
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
        name: `writing the page with pictures against KaTeX and the pictures alone: ${name}`,
        figure: await ratio(
          reading(pageOf(plain, pictures)),
          reading(() => [
            formulas.map(({ text, options }) => katex.renderToString(text, options).charCodeAt(0)),
            drawn(),
          ]),
        ),
        goal: { atMost: 1.6 },
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
function pageOf(request: DerivationRequest, pictures?: DocumentPictures): () => string {
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
      ...(pictures && { pictures }),
    },
  );
  return () => {
    const printing = { dialect: dialect(network, notations.layered), digits: standardDigits };
    return writeDocument(document, printing, "html", {});
  };
}

/** The pictures of a request's page, and what draws them by themselves. */
function picturesOf(request: DerivationRequest): {
  readonly pictures: DocumentPictures;
  readonly drawn: () => readonly string[];
} {
  const network = compile(request.network);
  const ids = scalarGraph(differentiate(network)).nodes.filter(({ symbol }) =>
    network.parameters.includes(symbol.quantity),
  );
  const pictures = documentPictures(
    network,
    "en",
    ids.map(({ id }) => id),
  );
  const printing = { dialect: dialect(network, notations.layered), digits: standardDigits };
  const blocks = [
    ...pictures.network(),
    ...pictures.messages(),
    ...ids.flatMap(({ id }) => pictures.paths(id)),
  ];
  const options = { theme: "auto", language: "en", inline: { prefix: "" } } as const;
  return { pictures, drawn: () => blocks.map(({ picture }) => writeSvg(picture, printing, options)) };
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
