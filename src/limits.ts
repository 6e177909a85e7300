// What the service allows of each thing that can grow, in one table. The library and the command line
// have no limits but memory and those that keep recursion safe.
import { Failure } from "./failure.ts";
import type { NetworkDescription } from "./network/description.ts";
import type { DerivationRequest, GradientsRequest, WorksheetRequest } from "./request/schema.ts";
import { rowOf } from "./table.ts";

export interface Limit {
  readonly allowed: number;
  readonly unit: string;
  /** Said when it is exceeded; `{measured}` and `{allowed}` stand for the two numbers. */
  readonly sentence: string;
}

/** Starting values, chosen from measurements on two cores; `LIMIT_…` in the environment overrides each. */
export const limits = {
  bodyBytes: {
    allowed: 262_144,
    unit: "bytes",
    sentence:
      'The body has {measured} bytes, and {allowed} are read here; let "initialise" fill the numbers of a large network.',
  },
  gradientsBodyBytes: {
    allowed: 16_777_216,
    unit: "bytes",
    sentence:
      'The body has {measured} bytes, and {allowed} are read here; let "initialise" fill the numbers of a large network.',
  },
  urlCharacters: {
    allowed: 8192,
    unit: "characters",
    sentence:
      "The URL has {measured} characters, and {allowed} are read; send the request with POST instead.",
  },
  inflatedBytes: {
    allowed: 65_536,
    unit: "bytes",
    sentence:
      "The request in the URL inflates to more than {allowed} bytes; send it to POST /v1/derivations instead.",
  },
  nesting: {
    allowed: 64,
    unit: "levels",
    sentence:
      "The JSON is nested {measured} levels deep, and {allowed} are read; no request needs more than ten.",
  },
  keys: {
    allowed: 20_000,
    unit: "keys",
    sentence: 'The JSON has more than {allowed} keys; describe a large network as "layers", which needs few.',
  },
  units: {
    allowed: 500,
    unit: "units",
    sentence:
      "The network has {measured} units, and at most {allowed} are derived; POST /v1/gradients takes larger ones.",
  },
  edges: {
    allowed: 5000,
    unit: "edges",
    sentence:
      "The network has {measured} edges, and at most {allowed} are derived; POST /v1/gradients takes larger ones.",
  },
  parameters: {
    allowed: 5000,
    unit: "parameters",
    sentence:
      "The network has {measured} parameters, and at most {allowed} are allowed; POST /v1/gradients takes larger networks.",
  },
  layers: {
    allowed: 50,
    unit: "layers",
    sentence:
      "The network has {measured} layers, and at most {allowed} are derived; POST /v1/gradients takes deeper ones.",
  },
  derivedParameters: {
    allowed: 250,
    unit: "parameters",
    sentence:
      'The network has {measured} parameters, and at most {allowed} are derived at once; name the ones you want under "parameters".',
  },
  multiplications: {
    allowed: 2_000_000,
    unit: "multiplications forward, for one sample",
    sentence:
      "The network needs {measured} multiplications for one sample, and at most {allowed} are allowed; send a smaller network.",
  },
  variants: {
    allowed: 500,
    unit: "variants",
    sentence:
      "The class set would have {measured} variants, and at most {allowed} are made at once; ask for the others with a later seed.",
  },
  variantsPerAnswer: {
    allowed: 20,
    unit: "variants",
    sentence:
      "The answer would hold {measured} variants, and at most {allowed} stand in one JSON document; ask for application/zip, which takes more.",
  },
  pathsPerAnswer: {
    allowed: 5000,
    unit: "chain products",
    sentence:
      'The answer would list {measured} chain products, and at most {allowed} are listed; lower "maxPaths" or name fewer "parameters".',
  },
  graphNodes: {
    allowed: 50_000,
    unit: "nodes",
    sentence:
      "The expression graph has {measured} nodes, and at most {allowed} are allowed; send a smaller network.",
  },
  // KaTeX writes a hundred bytes for each byte of LaTeX: a 3-3-3-3 network with every chain takes 11 MB.
  htmlBytes: {
    allowed: 16_777_216,
    unit: "bytes",
    sentence:
      'The HTML has {measured} bytes, and at most {allowed} are sent; ask for "detail": "brief" or for fewer "parameters".',
  },
  svgBytes: {
    allowed: 1_048_576,
    unit: "bytes",
    sentence: "The picture has {measured} bytes, and at most {allowed} are sent; draw a smaller network.",
  },
  pdfPages: {
    allowed: 50,
    unit: "pages",
    sentence:
      'The PDF has {measured} pages, and at most {allowed} are sent; ask for "detail": "brief" or for fewer "parameters".',
  },
  pdfBytes: {
    allowed: 5_242_880,
    unit: "bytes",
    sentence:
      'The PDF has {measured} bytes, and at most {allowed} are sent; ask for "detail": "brief" or for fewer "parameters".',
  },
  deadlineMs: {
    allowed: 2000,
    unit: "milliseconds",
    sentence:
      "The calculation took longer than {allowed} milliseconds and was stopped; ask for fewer parameters or a smaller network.",
  },
  killMs: {
    allowed: 3000,
    unit: "milliseconds",
    sentence:
      "The calculation took longer than {allowed} milliseconds and was stopped; ask for fewer parameters or a smaller network.",
  },
  workerMegabytes: {
    allowed: 512,
    unit: "megabytes",
    sentence:
      "The calculation took {measured} megabytes of memory, more than {allowed}, and was stopped; ask for fewer parameters or a smaller network.",
  },
  // Typst is native code: the inner deadline ends only what surrounds it, the other two what it does itself.
  pdfDeadlineMs: {
    allowed: 8000,
    unit: "milliseconds",
    sentence:
      "The PDF took longer than {allowed} milliseconds and was stopped; ask for fewer parameters or a smaller network.",
  },
  pdfKillMs: {
    allowed: 10_000,
    unit: "milliseconds",
    sentence:
      "The PDF took longer than {allowed} milliseconds and was stopped; ask for fewer parameters or a smaller network.",
  },
  pdfMegabytes: {
    allowed: 1024,
    unit: "megabytes",
    sentence:
      "The PDF took {measured} megabytes of memory, more than {allowed}, and was stopped; ask for fewer parameters or a smaller network.",
  },
  waiting: {
    allowed: 32,
    unit: "requests",
    sentence:
      "The service is calculating and {allowed} requests are waiting already; try again in a few seconds.",
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

/** What each limit allows, by name. */
export type Allowances = Readonly<Record<LimitName, number>>;

export const limitNames = Object.keys(limits) as LimitName[];

export const defaultAllowances: Allowances = allowancesWith(() => undefined);

/** For the library and the command line: nothing but the nesting that recursion bears. */
export const unlimited: Allowances = {
  ...allowancesWith(() => Number.POSITIVE_INFINITY),
  nesting: limits.nesting.allowed,
};

/** The table's own values, except where `override` has another. */
export function allowancesWith(override: (name: LimitName) => number | undefined): Allowances {
  const entries = limitNames.map((name) => [name, override(name) ?? limits[name].allowed] as const);
  return Object.fromEntries(entries) as Allowances;
}

/** The effective limits as the catalogue lists them. */
export function limitRows(
  allowances: Allowances,
): readonly { name: LimitName; allowed: number; unit: string }[] {
  return limitNames.map((name) => ({ name, allowed: allowances[name], unit: limits[name].unit }));
}

/** The limit's sentence with its numbers put in. */
function limitSentence(name: LimitName, allowed: number, measured: number): string {
  return limits[name].sentence
    .replace("{measured}", countText(measured))
    .replace("{allowed}", allowed.toLocaleString("en-US"));
}

/** A count in words; beyond the whole numbers that doubles hold, only that it is more. */
function countText(count: number): string {
  const largest = Number.MAX_SAFE_INTEGER;
  return count > largest ? `more than ${largest.toLocaleString("en-US")}` : count.toLocaleString("en-US");
}

/** The failure of having `measured` of something of which `allowances` grants less. */
export function limitFailure(
  name: LimitName,
  allowances: Allowances,
  measured: number,
  pointer?: string,
): Failure {
  const allowed = allowances[name];
  const codes: Partial<Record<LimitName, Failure["code"]>> = {
    bodyBytes: "body-too-large",
    gradientsBodyBytes: "body-too-large",
    urlCharacters: "url-too-long",
    waiting: "too-busy",
    deadlineMs: "calculation-stopped",
    killMs: "calculation-stopped",
    workerMegabytes: "calculation-stopped",
    pdfDeadlineMs: "calculation-stopped",
    pdfKillMs: "calculation-stopped",
    pdfMegabytes: "calculation-stopped",
  };
  return new Failure(codes[name] ?? "limit-exceeded", limitSentence(name, allowed, measured), {
    limit: name,
    allowed,
    measured: Math.min(measured, Number.MAX_SAFE_INTEGER), // JSON has no Infinity
    ...(pointer !== undefined && { pointer }),
  });
}

/** Refuses `measured` above what `allowances` grants. */
export function within(name: LimitName, allowances: Allowances, measured: number, pointer?: string): void {
  if (measured > allowances[name]) throw limitFailure(name, allowances, measured, pointer);
}

/**
 * Refuses a derivation of a network that is too large to be written out. Linear in the description.
 * The indexed and the matrix form of layers do not grow with their width: they are held to the limit of the numbers.
 */
export function enforceDerivationLimits(request: DerivationRequest, allowances: Allowances): void {
  const size = networkSize(request.network);
  if (!goesUnitByUnit(request) && request.network.kind !== "equations") {
    within("multiplications", allowances, size.edges, "/network");
    return;
  }
  enforceNetworkLimits(request.network, allowances);
  if (request.parameters === undefined) within("derivedParameters", allowances, size.parameters, "/network");
}

/** Refuses a picture of a network that is too large to be drawn; wide layers are drawn with dots. */
export function enforcePictureLimits({ network }: DerivationRequest, allowances: Allowances): void {
  if (network.kind !== "layers") {
    enforceNetworkLimits(network, allowances);
    return;
  }
  const { edges, layers } = networkSize(network);
  within("multiplications", allowances, edges, "/network");
  within("layers", allowances, layers, "/network/layers");
}

/** Refuses a network whose units cannot be written out one by one. */
export function enforceNetworkLimits(network: NetworkDescription, allowances: Allowances): void {
  const size = networkSize(network);
  within("units", allowances, size.units, "/network");
  within("layers", allowances, size.layers, "/network/layers");
  within("edges", allowances, size.edges, "/network");
  within("parameters", allowances, size.parameters, "/network");
}

/** Refuses a worksheet of a network that is too large to be written out, or too many variants of one in one answer. */
export function enforceWorksheetLimits(
  { network, count, students }: WorksheetRequest,
  allowances: Allowances,
  limit: "variants" | "variantsPerAnswer" = "variantsPerAnswer",
): void {
  enforceNetworkLimits(network, allowances);
  const pointer = count === undefined ? "/students" : "/count";
  within(limit, allowances, count ?? students?.length ?? 1, pointer);
}

function goesUnitByUnit({ forms }: DerivationRequest): boolean {
  return forms === undefined || forms.includes("chain") || forms.includes("delta");
}

/** Refuses gradients of a network that is too large to be computed in time. */
export function enforceGradientsLimits(request: GradientsRequest, allowances: Allowances): void {
  within("multiplications", allowances, networkSize(request.network).edges, "/network");
}

export interface NetworkSize {
  readonly units: number;
  /** Weights with their uses counted singly, which is also the multiplications of a forward pass. */
  readonly edges: number;
  readonly parameters: number;
  readonly layers: number;
}

/** Counted on the description, before anything is built from it. */
export function networkSize(network: NetworkDescription): NetworkSize {
  switch (network.kind) {
    case "layers":
      return layersSize(network);
    case "units":
      return unitsSize(network);
    case "equations": {
      const names = Array.isArray(network.parameters) ? network.parameters : Object.keys(network.parameters);
      const parameters = names.reduce((total, name) => total + entriesOf(network, name), 0);
      return { units: network.equations.length * mostEntries(network), edges: 0, parameters, layers: 0 };
    }
  }
}

/** How many numbers a quantity of `shapes` has; a symbolic size counts as one. */
function entriesOf({ shapes = {} }: NetworkDescription & { kind: "equations" }, name: string): number {
  return (rowOf(shapes, name) ?? []).reduce<number>(
    (count, size) => count * (typeof size === "number" ? size : 1),
    1,
  );
}

/** The most entries that any quantity has: what is not declared has the shape of what it is worked out from. */
export function mostEntries(network: NetworkDescription & { kind: "equations" }): number {
  return Math.max(1, ...Object.keys(network.shapes ?? {}).map((name) => entriesOf(network, name)));
}

function layersSize(network: NetworkDescription & { kind: "layers" }): NetworkSize {
  let width = typeof network.inputs === "number" ? network.inputs : network.inputs.length;
  let [units, edges, biases] = [0, 0, 0];
  for (const layer of network.layers) {
    units += layer.units;
    edges += layer.units * width;
    biases += layer.bias === "none" ? 0 : layer.bias === "shared" ? 1 : layer.units;
    width = layer.units;
  }
  return { units, edges, parameters: edges + biases, layers: network.layers.length };
}

function unitsSize(network: NetworkDescription & { kind: "units" }): NetworkSize {
  const names = new Set<string>();
  let edges = 0;
  for (const unit of network.units) {
    const weights = Array.isArray(unit.from)
      ? unit.from.map((edge) => edge.weight)
      : Object.values(unit.from);
    edges += weights.length;
    for (const weight of [...weights, unit.bias]) if (typeof weight === "string") names.add(weight);
  }
  return { units: network.units.length, edges, parameters: names.size, layers: 0 };
}
