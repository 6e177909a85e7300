// The library's whole surface: HTTP, the command line and the benchmarks call these functions and nothing else.
import type { DerivationRequest, GradientsRequest } from "./request/schema.ts";

export type Format = "json" | "html" | "markdown" | "tex" | "text";

/** Derives, explains and checks; answers in one of the formats. Throws Failure for a request that cannot be honoured. */
export function derivation(_request: DerivationRequest, _format: Format): string {
  throw new Error("the derivation joins in the next step");
}

/** Numbers only, for any size; the answer is a JSON value. */
export function gradients(_request: GradientsRequest): object {
  throw new Error("the gradients join in the next step");
}

/** Expected CPU time in milliseconds, from the sizes in the request alone. */
export function costEstimate(_request: DerivationRequest | GradientsRequest, _format?: Format): number {
  return 1;
}

/** The tables themselves: activations, losses, layer types, notations, formats, rules, limits. */
export function catalogue(): object {
  return {};
}
