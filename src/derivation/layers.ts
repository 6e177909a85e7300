// Both forms of whole layers, indexed and matrix, with the numbers of every matrix line checked against the loops'.
import { adjoints, differentiate } from "../derivative/adjoints.ts";
import { overSamples } from "../network/batch.ts";
import type { Network } from "../network/network.ts";
import { type GeneralForm, generalForm } from "./general.ts";
import { type IndexedLine, indexedLines, passedOn, sampleLines } from "./indexed.ts";
import { type Jacobian, jacobians } from "./jacobians.ts";
import { type MatrixOptions, matrixLines } from "./matrix-form.ts";
import { type ValuedLine, valued } from "./matrix-numbers.ts";
import { requireForms } from "./possible-forms.ts";
import { indexedWholes, matrixWholes } from "./wholes.ts";

export interface IndexedForm {
  readonly lines: readonly IndexedLine[];
  /** How the losses and gradients of the samples are put together; empty for a single sample. */
  readonly samples: readonly IndexedLine[];
  /** What the rules are about; absent: units of layers, or units in general. */
  readonly about?: "vectors";
  /** Present where the rules are about any unit rather than about the units of a layer. */
  readonly pivot?: GeneralForm["pivot"];
  /** What a layer's activations pass on: the error at them, summed over all units that use them. */
  readonly passedOn: readonly IndexedLine[];
}

export interface LayerForms {
  readonly indexed?: IndexedForm;
  readonly matrix?: {
    /** The network that the lines are about: with an index for samples where there are several. */
    readonly network: Network;
    readonly samples: number;
    readonly options: MatrixOptions;
    readonly lines: readonly ValuedLine[];
    readonly jacobians: readonly Jacobian[];
  };
}

/** Throws Failure for forms that the network does not have. */
export function layerForms(network: Network, forms: ReadonlySet<string>, options: MatrixOptions): LayerForms {
  requireForms(network, forms);
  return {
    ...(forms.has("indexed") && { indexed: indexedForm(network) }),
    ...(forms.has("matrix") && { matrix: matrixForm(network, options) }),
  };
}

function indexedForm(network: Network): IndexedForm {
  if (network.kind === "units") return { ...generalForm(network), passedOn: [] };
  if (network.kind === "equations")
    return { about: "vectors", lines: indexedWholes(network), samples: [], passedOn: [] };
  const differentiated = differentiate(network);
  return {
    lines: indexedLines(differentiated, adjoints(differentiated)),
    samples: sampleLines(network),
    passedOn: passedOn(differentiated),
  };
}

function matrixForm(network: Network, options: MatrixOptions): NonNullable<LayerForms["matrix"]> {
  if (network.kind === "equations") return { samples: 1, options, ...matrixWholes(network, options) };
  const whole = network.samples.count > 1 ? overSamples(network, options.vectorsAre) : network;
  const differentiated = differentiate(whole);
  const walked = adjoints(differentiated);
  const lines = matrixLines(differentiated, walked, options);
  return {
    network: whole,
    samples: network.samples.count,
    options,
    lines: network.values ? valued(network, differentiated, walked, lines) : lines,
    jacobians: network.samples.count > 1 ? [] : jacobians(differentiated, options),
  };
}
