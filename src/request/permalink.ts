// Stateless permalinks: the whole request stands in the URL, as base64url of the zlib stream (RFC 1950, level 9)
// of its canonical JSON. One request has one code; every other spelling of it leads there by a redirect.
import { deflateSync, inflateSync } from "node:zlib";
import { Failure } from "../failure.ts";
import type { Format } from "../index.ts";
import { type Allowances, defaultAllowances, limitFailure, limits } from "../limits.ts";
import { canonicalJson } from "./canonical.ts";
import { withoutDefaults } from "./defaults.ts";
import { formatOfExtension } from "./formats.ts";
import { parseJson } from "./json.ts";
import { derivationReading } from "./read.ts";
import type { DerivationRequest } from "./schema.ts";

/** Version of the code's content; it changes when an old request would come to mean something else. */
const version = 1;

const folder = "/v1/derivations/";

/** The zlib header of level 9 with a window of 32 KiB (RFC 1950, section 2.2). */
const bestCompression = 0x78da;

export type Permalink = { readonly permalink: string } | { readonly permalinkOmitted: string };

/** The path of the request's permalink, or why it has none. */
export function permalink(request: DerivationRequest): Permalink {
  const text = contentOf(request);
  const path = folder + codeOf(text);
  const { inflatedBytes, urlCharacters } = limits;
  if (text.length > inflatedBytes.allowed)
    return omitted(`the request has ${text.length} bytes, and URLs hold up to ${inflatedBytes.allowed}`);
  if (path.length > urlCharacters.allowed)
    return omitted(
      `it would have ${path.length} characters, and URLs are read up to ${urlCharacters.allowed}`,
    );
  return { permalink: path };
}

function omitted(reason: string): Permalink {
  return { permalinkOmitted: `There is no permalink: ${reason}. Send the request with POST again.` };
}

/** The code of a request: the same for every request that means the same. */
export function permalinkCode(request: DerivationRequest): string {
  return codeOf(contentOf(request));
}

function contentOf(request: DerivationRequest): Buffer {
  return Buffer.from(canonicalJson({ v: version, ...withoutDefaults(request) }));
}

function codeOf(content: Buffer): string {
  return deflateSync(content, { level: 9 }).toString("base64url");
}

export interface PermalinkReading {
  readonly request: DerivationRequest;
  /** The format of the extension; absent without one. */
  readonly format?: Format;
  /** The canonical spelling of the last step of the path. */
  readonly canonical: string;
}

/** Reads the last step of a permalink's path, such as `eNp….html`. Throws Failure for what is no request. */
export function readPermalink(name: string, allowances: Allowances = defaultAllowances): PermalinkReading {
  const dot = name.indexOf(".");
  const [code, ending] = dot < 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot)];
  const format = ending === "" ? undefined : formatOfExtension(ending.slice(1));
  const { content, plain } = inflate(code, allowances);
  const request = requestOf(content, allowances);
  const isCanonical = plain && content.equals(contentOf(request));
  return {
    request,
    canonical: isCanonical ? name : permalinkCode(request) + ending,
    ...(format && { format }),
  };
}

interface Inflated {
  readonly content: Buffer;
  /** Whether the code is spelt as this one would be: another compressor's output is, bytes after its end are not. */
  readonly plain: boolean;
}

/** Padding is let pass, because most languages write it; the redirect takes it off. */
const base64url = /^[A-Za-z0-9_-]+={0,2}$/;

function inflate(code: string, allowances: Allowances): Inflated {
  if (!base64url.test(code)) {
    const stray = [...code].find((letter) => !/[A-Za-z0-9_-]/.test(letter)) ?? "";
    throw new Failure(
      "invalid-request",
      `The code in the URL has the character ${JSON.stringify(stray)}; base64url has letters, digits, "-" and "_" only.`,
    );
  }
  const bytes = Buffer.from(code, "base64url");
  try {
    const { buffer, engine } = inflateSync(bytes, {
      maxOutputLength: allowances.inflatedBytes,
      info: true,
    }) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
    const isWhole = engine.bytesWritten === bytes.length && bytes.toString("base64url") === code;
    return { content: buffer, plain: isWhole && bytes.readUInt16BE(0) === bestCompression };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      throw limitFailure("inflatedBytes", allowances, allowances.inflatedBytes + 1);
    throw new Failure(
      "invalid-request",
      "The code in the URL is not a zlib stream in base64url; copy the whole link, or make one from the request.",
    );
  }
}

/** The request of a code's text, its version mark taken off. */
function requestOf(text: Buffer, allowances: Allowances): DerivationRequest {
  const value = parseJson(text, allowances);
  if (typeof value !== "object" || value === null || !("v" in value)) return derivationOf(value, text.length);
  const { v, ...request } = value;
  if (v === version) return derivationOf(request, text.length);
  throw new Failure(
    "invalid-request",
    `The code in the URL is of version ${JSON.stringify(v)}; this service reads version ${version}. Make a new link from the request.`,
    { pointer: "/v" },
  );
}

const derivationOf = (value: unknown, bytes: number) => derivationReading(value, bytes).request;
