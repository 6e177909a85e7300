// What a calculation will cost, told from the request before anything is built from it. An answer's cost follows the
// factors that it prints; path counts come from one walk over the description, as in the derivation itself.
import { isLanguage } from "./code/formats.ts";
import type { Format } from "./index.ts";
import { mostEntries, networkSize } from "./limits.ts";
import type {
  EquationsDescription,
  LayersDescription,
  NetworkDescription,
  UnitsDescription,
} from "./network/description.ts";
import { requestDefaults } from "./request/defaults.ts";
import type { DerivationRequest, GradientsRequest } from "./request/schema.ts";
import type { DocumentFormat } from "./writers/formats.ts";
import { isPictureFormat, type PictureFormat } from "./writers/pictures.ts";

/** CPU milliseconds on one of two shared cores, the program warm; each from a fit over the examples and dense nets. */
const milliseconds = {
  /** Of any answer. */
  answer: 2,
  /** Of a page: fonts and style sheet. */
  page: 2,
  /** A document in Typst, which native code typesets: in a child, where it can be stopped. */
  typeset: 60,
  /** A factor of a listed path, derived and printed. */
  factor: {
    json: 0.1,
    html: 0.4,
    markdown: 0.1,
    tex: 0.1,
    pdf: 0.4,
    text: 0.08,
    ipynb: 0.15,
  } satisfies Record<DocumentFormat | "ipynb", number>,
  /** A connection of the graph, differentiated and printed. */
  edge: {
    json: 0.08,
    html: 0.3,
    markdown: 0.08,
    tex: 0.08,
    pdf: 0.3,
    text: 0.07,
    ipynb: 0.1,
  } satisfies Record<DocumentFormat | "ipynb", number>,
  /** An edge of a picture with its label, and a pair of them that may meet. */
  drawn: 0.4,
  tried: 0.01,
  /** A picture drawn as pixels, which native code does: in a child, where it can be stopped. */
  pixels: 60,
  /** A connection of single units or a letter of a formula, compiled to loops. */
  compiled: 0.06,
  /** A parameter drawn and written as JSON. */
  parameter: 0.002,
  /** A multiplication of the loops, forward and backward. */
  product: 0.00001,
  /** A product and a function of the referee, for one derivative and for the values in 64 digits. */
  referee: { product: 0.0005, unit: 0.01, exactProduct: 0.005, exactUnit: 0.5 },
} as const;

/** What the referee takes of its own estimates, which are made for the slowest functions. */
const refereeShare = 0.4;

/** By its own estimates the referee spends at most this on comparing digits, and this on derivatives. */
const mostForDigits = 250;
const mostForDerivatives = 1000;

/** Expected CPU milliseconds of a derivation in `format`, or of gradients where there is none; linear in the request. */
export function costEstimate(request: DerivationRequest | GradientsRequest, format?: Format): number {
  if (format === undefined) return gradientsCost(request as GradientsRequest);
  return derivationCost(request as DerivationRequest, format);
}

function gradientsCost({ network, check }: GradientsRequest): number {
  const { parameters } = networkSize(network);
  const wanted = check ?? parameters <= 5000;
  return milliseconds.answer + numbersCost(network, 1) + (wanted ? checkCost(network, parameters) : 0);
}

/** A picture shows a few units of each layer; its labels are set and each is tried at several places. */
function pictureCost({ network, render }: DerivationRequest, format: PictureFormat): number {
  const shown = network.kind === "layers" ? drawnEdges(network) : edgesOf(network);
  const numbers = render?.values === true ? numbersCost(network, 1) : 0;
  const pixels = format === "png" ? milliseconds.pixels : 0;
  return (
    milliseconds.answer + milliseconds.drawn * shown + milliseconds.tried * shown ** 2 + numbers + pixels
  );
}

/** Edges of the picture: wide layers are abbreviated. */
function drawnEdges({ inputs, layers }: LayersDescription): number {
  const widths = [typeof inputs === "number" ? inputs : inputs.length, ...layers.map(({ units }) => units)];
  const drawn = widths.map((width) => Math.min(width, 6) + 1);
  return drawn.reduce((total, width, layer) => total + width * (drawn[layer + 1] ?? 1), 0);
}

function derivationCost(request: DerivationRequest, format: Format): number {
  if (isPictureFormat(format)) return pictureCost(request, format);
  if (isLanguage(format)) return codeCost(request);
  const { network, update, check, forms } = request;
  const size = networkSize(network);
  const listed = forms && !forms.includes("chain") ? 0 : listedFactors(request);
  const derived = request.parameters?.length ?? size.parameters;
  const deltas = size.units;
  return (
    milliseconds.answer +
    (format === "html" ? milliseconds.page : 0) +
    (format === "pdf" ? milliseconds.typeset : 0) +
    milliseconds.factor[format] * (listed + derived) +
    milliseconds.edge[format] * edgesOf(network) +
    numbersCost(network, 1 + (update ? (update.steps ?? 1) : 0)) +
    (check === false ? 0 : checkCost(network, derived + deltas))
  );
}

/** Code has no numbers but the given ones. */
function codeCost({ network }: DerivationRequest): number {
  const { parameters } = networkSize(network);
  const compiled = network.kind === "layers" ? 0 : edgesOf(network);
  return milliseconds.answer + milliseconds.compiled * compiled + milliseconds.parameter * parameters;
}

/** Compiling the loops and running them `times` over every sample. */
function numbersCost(network: NetworkDescription, times: number): number {
  const { edges, parameters } = networkSize(network);
  const compiled = network.kind === "layers" ? 0 : edgesOf(network);
  return (
    milliseconds.compiled * compiled +
    milliseconds.parameter * parameters +
    milliseconds.product * edges * samplesOf(network) * times
  );
}

/** Values in 64 digits, then `derivatives` by moving one number each. */
function checkCost(network: NetworkDescription, derivatives: number): number {
  const { units } = networkSize(network);
  const { product, unit, exactProduct, exactUnit } = milliseconds.referee;
  const edges = edgesOf(network);
  const samples = samplesOf(network);
  const digits = samples * (edges * exactProduct + units * exactUnit);
  const each = samples * (edges * product + units * unit);
  return refereeShare * (Math.min(digits, mostForDigits) + Math.min(derivatives * each, mostForDerivatives));
}

/** Samples with numbers; a count without numbers is one general sample. */
function samplesOf(network: NetworkDescription): number {
  if (network.kind === "equations") return 1;
  const { samples = 1, initialise } = network;
  if (typeof samples !== "number") return samples.length;
  return initialise ? samples : 1;
}

/** Connections; of equations, the names in them. */
function edgesOf(network: NetworkDescription): number {
  if (network.kind !== "equations") return networkSize(network).edges;
  return (
    network.equations.reduce((total, equation) => total + namesIn(equation).length, 0) * mostEntries(network)
  );
}

/** Factors of all chain products that the answer lists. */
function listedFactors({
  network,
  parameters,
  maxPaths = requestDefaults.maxPaths,
}: DerivationRequest): number {
  const all = waysOf(network).map(({ paths, length }) => Math.min(paths, maxPaths) * length);
  if (parameters === undefined) return all.reduce((total, factors) => total + factors, 0);
  return parameters.length * all.reduce((most, factors) => Math.max(most, factors), 0);
}

/** How many paths lead to the loss, and how many factors the longest has. */
interface Ways {
  readonly paths: number;
  readonly length: number;
}

/** The ways of every parameter. */
function waysOf(network: NetworkDescription): readonly Ways[] {
  switch (network.kind) {
    case "layers":
      return layersWays(network);
    case "units":
      return unitsWays(network);
    case "equations":
      return equationsWays(network);
  }
}

function layersWays(network: LayersDescription): readonly Ways[] {
  const widths = [
    typeof network.inputs === "number" ? network.inputs : network.inputs.length,
    ...network.layers.map(({ units }) => units),
  ];
  const ways: Ways[] = [];
  let above: Ways = { paths: 1, length: 3 };
  for (const [position, layer] of [...network.layers.entries()].toReversed()) {
    if (layer.activation === "softmax" || layer.activation === "log-softmax")
      above = { ...above, paths: above.paths * layer.units };
    const own = { paths: above.paths, length: above.length + 1 };
    const shared = { ...own, paths: own.paths * layer.units };
    const biases =
      layer.bias === "none"
        ? []
        : layer.bias === "shared"
          ? [shared]
          : new Array<Ways>(layer.units).fill(own);
    ways.push(...new Array<Ways>(layer.units * widths[position]!).fill(own), ...biases);
    above = { paths: above.paths * layer.units, length: above.length + 2 };
  }
  return ways;
}

function unitsWays({ units, outputs }: UnitsDescription): readonly Ways[] {
  const users = new Map<string, string[]>();
  const weights = new Set<string>();
  for (const { name, from, bias } of units) {
    const connections = Array.isArray(from)
      ? from.map(({ unit, weight }) => [unit, weight] as const)
      : Object.entries(from);
    for (const [unit, weight] of connections) {
      use(users, unit, name);
      if (typeof weight === "string") use(users, weight, name);
    }
    if (typeof bias === "string") use(users, bias, name);
    for (const weight of [...connections.map(([, own]) => own), bias])
      if (typeof weight === "string") weights.add(weight);
  }
  const ways = walk(users, new Set(outputs), { paths: 1, length: 3 }, 2);
  return [...weights].map(ways);
}

/** Of vectors, every entry has the ways of the whole. */
function equationsWays(network: EquationsDescription): readonly Ways[] {
  const { equations, parameters, loss } = network;
  const users = new Map<string, string[]>();
  for (const equation of equations) {
    const [name = "", ...used] = namesIn(equation);
    for (const source of new Set(used)) if (source !== name) use(users, source, name);
  }
  const ways = walk(users, new Set([loss]), { paths: 1, length: 0 }, 1);
  const names = Array.isArray(parameters) ? parameters : Object.keys(parameters);
  return Array.from({ length: mostEntries(network) }, () => names.map(ways)).flat();
}

const namesIn = (equation: string): readonly string[] => equation.match(/\p{L}[\p{L}\p{N}_]*/gu) ?? [];

function use(users: Map<string, string[]>, name: string, by: string): void {
  const known = users.get(name);
  if (known) known.push(by);
  else users.set(name, [by]);
}

/** paths(n) = Σ over users u: paths(u), each once; a cycle, which is refused later, ends where it closes. */
function walk(
  users: ReadonlyMap<string, readonly string[]>,
  ends: ReadonlySet<string>,
  end: Ways,
  step: number,
): (name: string) => Ways {
  const known = new Map<string, Ways>();
  const visit = (name: string): Ways => {
    const found = known.get(name);
    if (found) return found;
    known.set(name, { paths: 0, length: 0 });
    const above = (users.get(name) ?? []).map(visit);
    const start = ends.has(name) ? end : { paths: 0, length: 0 };
    const ways = {
      paths: above.reduce((total, { paths }) => total + paths, start.paths),
      length: above.reduce((most, { length }) => Math.max(most, length + step), start.length),
    };
    known.set(name, ways);
    return ways;
  };
  return visit;
}
