import { hash } from "node:crypto";

/**
 * A digest of a command's content, 128 bits of SHA-256 in hex. Parts are written with their lengths, so that no two
 * contents run together; what the caller left out counts as left out, not as its default.
 */
export function contentHash(
  parts: readonly (string | number | bigint | boolean | null | undefined)[],
): string {
  let text = "";
  for (const part of parts) {
    const written = part === null || part === undefined ? "" : String(part);
    text += part === null || part === undefined ? "-|" : `${written.length}:${written}|`;
  }
  return hash("sha256", text, "hex").slice(0, 32);
}

/** An object's members in a fixed order, so that equal contents have equal digests. */
export function canonical(members: Readonly<Record<string, unknown>> | null | undefined): string | null {
  if (!members) return null;
  return JSON.stringify(Object.entries(members).sort(([left], [right]) => (left < right ? -1 : 1)));
}
