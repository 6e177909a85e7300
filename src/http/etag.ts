// Entity tags: a strong tag names the bytes of one representation (RFC 9110, section 8.8.3).
import { createHash } from "node:crypto";

/** The strong tag of these bytes: 128 bits of SHA-256. */
export function entityTag(bytes: string | Uint8Array): string {
  return `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
}

/** Whether an If-None-Match header lists the tag (weak comparison, section 13.1.2). */
export function isListed(tag: string, header: string | undefined): boolean {
  if (header === undefined) return false;
  return header.trim() === "*" || header.split(",").some((entry) => entry.trim().replace(/^W\//, "") === tag);
}
