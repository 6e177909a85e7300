// What a request says about matrices must have a matrix to be about.
import { Failure } from "../failure.ts";
import { requestDefaults } from "./defaults.ts";
import type { DerivationRequest } from "./schema.ts";

/** Refuses a layout that no line of the answer would show. Throws Failure `impossible-request`. */
export function requireLayoutShown(request: DerivationRequest): void {
  if (request.forms?.includes("matrix")) return;
  for (const field of ["layout", "vectorsAre"] as const) {
    const value = request[field];
    if (value === undefined || value === requestDefaults[field]) continue;
    throw new Failure(
      "impossible-request",
      `"${field}": "${value}" says how matrices lie, and the matrix form is not asked for; add "matrix" to "forms", or leave "${field}" out.`,
      { pointer: `/${field}` },
    );
  }
}
