import { hash } from "node:crypto";
import { ServiceError } from "../errors.ts";
import type { StoredAnswer } from "./call.ts";

/**
 * The first answer under a key, for the same content.
 * @throws ServiceError `idempotency_conflict` for other content, `idempotency_in_progress` while there is no answer yet
 */
export function replay(
  stored: { readonly content_hash: string; readonly body: string | null },
  contentHash: string,
): StoredAnswer {
  if (stored.content_hash.replaceAll("-", "") !== contentHash) {
    throw new ServiceError(
      "idempotency_conflict",
      "This Idempotency-Key was used for a request with other content.",
    );
  }
  if (stored.body === null) {
    throw new ServiceError("idempotency_in_progress", "The first request with this key is not done yet.", {
      retryAfterSeconds: 1,
    });
  }
  return { body: stored.body, replayed: true };
}

/** 128 bits of a digest of content, whatever the order of its keys. */
export function digestOf(content: unknown): string {
  return hash("sha256", `v1 ${canonical(content)}`, "hex").slice(0, 32);
}

function canonical(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join()}}`;
}
