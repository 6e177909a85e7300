// What a request means where it says nothing. Permalinks leave these values out.
import type { NotationDescription } from "../notation/description.ts";
import { usualNotations } from "../notation/rows.ts";
import { fontSizes } from "../writers/pdf/paper.ts";
import { canonicalJson } from "./canonical.ts";
import type { DerivationRequest } from "./schema.ts";

export const requestDefaults = {
  forms: ["chain", "delta"],
  detail: "standard",
  check: true,
  language: "en",
  maxPaths: 50,
  layout: "denominator",
  vectorsAre: "columns",
} as const satisfies Partial<DerivationRequest>;

/** By place in the request; `*` stands for any index. */
function defaultsFor(request: DerivationRequest): Readonly<Record<string, unknown>> {
  return {
    ...requestDefaults,
    notation: usualNotations[request.network.kind],
    "update.steps": 1,
    "render.fragment": false,
    "render.flavor": "gfm",
    "render.paper": "a4",
    "render.columns": 1,
    "render.fontSize": fontSizes.usual,
    "render.pdf": "ua",
    "render.path": 1,
    "render.values": false,
    "render.theme": "auto",
    "render.frontMatter": false,
    render: {},
    "network.reduction": "mean",
    "network.layers.*.bias": "per-unit",
  };
}

/** The request without the fields that say what holds anyway. */
export function withoutDefaults(request: DerivationRequest): object {
  const silent = new Map(
    Object.entries(defaultsFor(request)).map(([path, value]) => [path, canonicalJson(value)]),
  );
  const { notation } = request;
  return fieldsWithout({ ...request, ...(notation && { notation: plainest(notation) }) }, "", silent);
}

/** A base from which nothing differs says what its key says. */
function plainest(notation: NotationDescription): NotationDescription {
  if (typeof notation === "string") return notation;
  const { base, ...differing } = notation;
  return Object.values(differing).every(isEmpty) ? base : notation;
}

function isEmpty(field: unknown): boolean {
  return typeof field === "object" && field !== null && Object.keys(field).length === 0;
}

function fieldsWithout(fields: object, path: string, silent: ReadonlyMap<string, string>): object {
  const kept = Object.entries(fields)
    .map(([key, value]): [string, string, unknown] => {
      const at = path === "" ? key : `${path}.${key}`;
      return [key, at, valueWithout(value, at, silent)];
    })
    .filter(([, at, value]) => !silent.has(at) || silent.get(at) !== canonicalJson(value))
    .map(([key, , value]) => [key, value]);
  return Object.fromEntries(kept);
}

function valueWithout(value: unknown, path: string, silent: ReadonlyMap<string, string>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) return fieldsWithout(value, path, silent);
  return value.map((entry) => valueWithout(entry, `${path}.*`, silent));
}
