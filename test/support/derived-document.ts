// The derivation document of a request, before it is written in any format.
import { compose, type Form } from "../../src/derivation/compose.ts";
import { derive } from "../../src/derivation/derive.ts";
import type { Block, DerivationDocument, EquationLine } from "../../src/derivation/document.ts";
import { layerForms } from "../../src/derivation/layers.ts";
import { compile } from "../../src/network/compile.ts";
import { chosenNotation } from "../../src/notation/custom.ts";
import { dialect } from "../../src/notation/dialect.ts";
import { printedDeltas } from "../../src/notation/names.ts";
import { usualNotations } from "../../src/notation/rows.ts";
import { deltasOf } from "../../src/reading/symbols.ts";
import { requestDefaults } from "../../src/request/defaults.ts";
import type { DerivationRequest } from "../../src/request/schema.ts";
import type { Printing } from "../../src/writers/print/scope.ts";

export interface DerivedDocument {
  readonly document: DerivationDocument;
  readonly printing: Printing;
}

export function derivedDocument(asked: DerivationRequest): DerivedDocument {
  const request = { ...requestDefaults, ...asked };
  const network = compile(request.network);
  const deltas = printedDeltas(deltasOf(network));
  const notation = chosenNotation(network, deltas, request.notation ?? usualNotations[network.kind]);
  const forms = new Set<Form>(request.forms);
  const layers = layerForms(network, forms, request);
  const { maxPaths, check, update, language, detail } = request;
  const derived =
    forms.has("chain") || forms.has("delta")
      ? derive(network, {
          maxPaths,
          maxPathsInAll: 500,
          check: check === false ? false : {},
          ...(update && { update }),
        })
      : undefined;
  return {
    document: compose(derived, layers, { language, detail, forms, notation, engine: "1.0.0" }),
    printing: { dialect: dialect(network, notation), digits: 9 },
  };
}

/** Every line of equations, in order. */
export function linesIn(blocks: readonly Block[]): readonly EquationLine[] {
  return blocks.flatMap((block) => {
    if (block.kind === "equations") return block.lines;
    return "blocks" in block ? linesIn(block.blocks) : [];
  });
}
