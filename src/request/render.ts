// Fields of `render` written outside the body: media-type parameters, query parameters, flags.
import { Failure, nearest } from "../failure.ts";
import { checkDerivationRequest } from "./read.ts";
import { type DerivationRequest, Render } from "./schema.ts";

/** Values by field of `render`, not yet checked. */
export type RenderOverrides = Readonly<Record<string, unknown>>;

/** Reads `name=value` pairs; `where` completes "Unknown parameter … in". Throws Failure for a name that is unknown
 *  or stands twice. */
export function renderOverrides(pairs: Iterable<readonly [string, string]>, where: string): RenderOverrides {
  const overrides = new Map<string, unknown>();
  for (const [name, text] of pairs) {
    const field = knownField(name, where);
    if (overrides.has(field))
      throw new Failure(
        "invalid-request",
        `The parameter "${name}" stands twice in ${where}; remove one of the two.`,
      );
    overrides.set(field, fieldValue(name, text));
  }
  return Object.fromEntries(overrides);
}

/** `request` with `overrides` over the body's own `render`; checked when there are any. */
export const withRender = (request: DerivationRequest, overrides: RenderOverrides): DerivationRequest =>
  withRenderOf(request, overrides, checkDerivationRequest);

/** The same for requests of any kind that have `render`. */
export function withRenderOf<Request extends { readonly render?: Render }>(
  request: Request,
  overrides: RenderOverrides,
  check: (value: unknown) => Request,
): Request {
  if (Object.keys(overrides).length === 0) return request;
  return check({ ...request, render: { ...request.render, ...overrides } });
}

function knownField(name: string, where: string): string {
  const known = Object.keys(Render.properties);
  if (known.includes(name)) return name;
  const meant = nearest(name, known);
  const hint = meant
    ? `did you mean "${meant}"?`
    : `the parameters are ${known.map((word) => `"${word}"`).join(", ")}.`;
  throw new Failure("invalid-request", `Unknown parameter ${JSON.stringify(name)} in ${where}; ${hint}`);
}

/** A field's text as its schema's type; what does not fit stays a text, for the check to refuse. */
function fieldValue(name: string, text: string): unknown {
  const { type } = Render.properties[name as keyof typeof Render.properties] as { type?: string };
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  if (type === "integer" && /^\d{1,9}$/.test(text)) return Number(text);
  return text;
}
