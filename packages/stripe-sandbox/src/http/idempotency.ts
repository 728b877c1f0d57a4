import { createHash } from "node:crypto";
import { invalidRequest, StripeProblem } from "../errors.ts";

/** What a request was answered. */
export interface Answer {
  status: number;
  body: unknown;
}

interface Entry {
  fingerprint: string;
  answer: Answer | undefined;
  at: number;
  requestId: string;
}

const DAY = 24 * 60 * 60 * 1000;

/** The first answer to every Idempotency-Key, kept for a day. */
export interface IdempotencyKeys {
  /**
   * The kept answer of this key; undefined when the key is new, and from then on in use.
   * @throws StripeProblem `idempotency_error` when the key came with another request, 409 while it is in use.
   */
  begin(
    key: string,
    request: { method: string; path: string; params: unknown; requestId: string },
  ): (Answer & { requestId: string }) | undefined;
  /** Keeps the answer. */
  finish(key: string, answer: Answer): void;
  /** Forgets the key: its request was refused before its work began. */
  abandon(key: string): void;
}

/** Keys in memory; `now` in milliseconds. */
export function createIdempotencyKeys(now: () => number): IdempotencyKeys {
  const entries = new Map<string, Entry>();
  return {
    begin(key, { method, path, params, requestId }) {
      if (key.length > 255) throw invalidRequest("The Idempotency-Key is longer than 255 characters.");
      const fingerprint = createHash("sha256")
        .update(`${method} ${path} ${JSON.stringify(params)}`)
        .digest("hex");
      const entry = entries.get(key);
      if (entry === undefined || now() - entry.at >= DAY) {
        entries.set(key, { fingerprint, answer: undefined, at: now(), requestId });
        return undefined;
      }
      if (entry.fingerprint !== fingerprint) {
        throw new StripeProblem(400, {
          type: "idempotency_error",
          message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
        });
      }
      if (entry.answer === undefined) {
        throw new StripeProblem(409, {
          type: "idempotency_error",
          code: "idempotency_key_in_use",
          message: `There is currently another in-progress request using this Idempotent Key: ${key}.`,
        });
      }
      return { ...entry.answer, requestId: entry.requestId };
    },
    finish(key, answer) {
      const entry = entries.get(key);
      if (entry) entry.answer = answer;
    },
    abandon(key) {
      entries.delete(key);
    },
  };
}
