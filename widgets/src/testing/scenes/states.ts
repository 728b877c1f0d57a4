/** What every element says of a request that did not succeed; whoever asks again may. */
export const tries = { retryable: true, retrying: false };

export const failed = { type: "error", code: "internal", requestId: "req_1", ...tries } as const;

export const offline = { type: "error", code: "network_failed", ...tries } as const;

export const forbidden = {
  type: "forbidden",
  code: "forbidden",
  retryable: false,
  retrying: false,
} as const;

/** Two and a half minutes old, and asked for again in vain. */
export const stale = () => ({ sinceMs: Date.now() - 150_000, ...tries });
