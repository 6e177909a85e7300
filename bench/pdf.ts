// Goal: a worked example of some thirty steps as PDF/UA takes hardly longer than Typst takes for its pages.
import { compose } from "../src/derivation/compose.ts";
import { derive } from "../src/derivation/derive.ts";
import type { Block, DerivationDocument } from "../src/derivation/document.ts";
import { engine } from "../src/engine.ts";
import { exampleText } from "../src/examples.ts";
import { derivation } from "../src/index.ts";
import { compile } from "../src/network/compile.ts";
import { dialect } from "../src/notation/dialect.ts";
import { notations } from "../src/notation/rows.ts";
import { documentPictures } from "../src/picture/document.ts";
import { permalink } from "../src/request/permalink.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import { compilePdf } from "../src/writers/pdf/compile.ts";
import { pdfData } from "../src/writers/pdf/data.ts";
import { lookOf } from "../src/writers/pdf/paper.ts";
import { standardDigits } from "../src/writers/print/number.ts";
import { type Line, milliseconds, ratio, reading } from "./measure.ts";

/** One weight of the classic network, by both forms: thirty numbered lines on four pages. */
const parameters = ["w_1"];

/** Documents that a service has made before it counts as warm: until then V8 compiles beside it. */
const earlier = 30;

export async function pdfLines(): Promise<readonly Line[]> {
  const { request } = readDerivationRequest(exampleText("classic-2-2-2"));
  const { network, notation } = request;
  const example: DerivationRequest = { network, parameters, ...(notation && { notation }) };
  const { document, data } = pageOf(example);
  for (let count = 0; count < earlier; count += 1) requireSame(derivation(example, "pdf"), data);
  const typst = reading(() => compilePdf(data, "ua"));
  return [
    { name: `steps of the worked example`, figure: stepsIn(document.blocks) },
    {
      name: "deriving and setting a worked example as PDF/UA against Typst alone",
      figure: await ratio(
        reading(() => derivation(example, "pdf")),
        typst,
      ),
      goal: { atMost: 1.3 },
    },
    { name: "Typst alone on the worked example", figure: await milliseconds(typst), unit: "ms" },
  ];
}

/** Throws where the two sides of the comparison set different pages. */
function requireSame(pdf: string, data: object): void {
  if (compilePdf(data, "ua").bytes.toString("base64") !== pdf)
    throw new Error("Typst alone sets another document than the request asks for.");
}

/** What Typst is given for a request. */
function pageOf(request: DerivationRequest): {
  readonly document: DerivationDocument;
  readonly data: object;
} {
  const network = compile(request.network);
  const options = { parameters, maxPaths: 50, maxPathsInAll: Number.POSITIVE_INFINITY, check: {} } as const;
  const notation = notations["net-out"];
  const document = compose(
    derive(network, options),
    {},
    {
      language: "en",
      detail: "standard",
      forms: new Set(["chain", "delta"]),
      notation,
      engine,
      ...permalink(request),
      pictures: documentPictures(network, "en", parameters),
    },
  );
  const printing = { dialect: dialect(network, notation), digits: standardDigits };
  return { document, data: pdfData(document, printing, { look: lookOf(), standard: "ua" }) };
}

function stepsIn(blocks: readonly Block[]): number {
  return blocks.reduce((steps, block) => {
    if (block.kind === "equations") return steps + block.lines.length;
    return "blocks" in block ? steps + stepsIn(block.blocks) : steps;
  }, 0);
}
