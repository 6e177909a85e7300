// Security and caching headers, by what kind of thing an answer is. Derivations are made to be shown on other
// pages: they may be framed and fetched from anywhere, and cannot run a script wherever they are shown.
import type { FastifyReply, FastifyRequest } from "fastify";

export type AnswerKind = "derivation" | "resource" | "operation" | "page" | "problem";

type Headers = Readonly<Record<string, string>>;

const everywhere: Headers = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** The page under /docs: its scripts and styles come from here, and nobody frames it. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Font and picture data stand in the page itself. */
const derivationPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; font-src 'self' data:; img-src data:; frame-ancestors *; sandbox";

const shared: Headers = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "ETag, Link, Retry-After",
  "cross-origin-resource-policy": "cross-origin",
};

export const securityHeaders: Readonly<Record<AnswerKind, Headers>> = {
  derivation: { ...everywhere, ...shared, "content-security-policy": derivationPolicy },
  resource: { ...everywhere, ...shared, "content-security-policy": "default-src 'none'; frame-ancestors *" },
  operation: {
    ...everywhere,
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
  },
  page: {
    ...everywhere,
    "content-security-policy": pagePolicy,
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  },
  problem: {
    ...everywhere,
    "content-security-policy": "default-src 'none'; frame-ancestors *; sandbox",
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "no-store",
  },
};

/** A permalink's answer may be kept an hour, and shown a week while a new one is fetched; never for ever, because
 *  a corrected derivation must reach the pages. */
export const permalinkCaching = "public, max-age=3600, stale-while-revalidate=604800";

/** Answers that change with a release only. */
export const resourceCaching = "public, max-age=300";

/** Kinds that any page may fetch. */
export const openKinds: ReadonlySet<AnswerKind> = new Set(["derivation", "resource"]);

/** Lets the origins of the settings read what is not open to all. */
export function allowOrigin(request: FastifyRequest, reply: FastifyReply, origins: readonly string[]): void {
  const { origin } = request.headers;
  if (origins.length === 0 || reply.hasHeader("access-control-allow-origin")) return;
  reply.header("vary", "Origin");
  if (origin !== undefined && origins.includes(origin)) reply.header("access-control-allow-origin", origin);
}
