import type { Request } from "express";

/** One request that the API was sent. */
export interface LoggedRequest {
  id: string;
  method: string;
  path: string;
  idempotencyKey: string | null;
  params: Record<string, unknown>;
  /** The HTTP status of the answer; 0 when the connection was dropped, nothing while it is open. */
  status: number | null;
  /** Milliseconds since 1970. */
  at: number;
}

/** What was asked, oldest first. */
export interface RequestLog {
  readonly requests: readonly LoggedRequest[];
  /** Notes a request; its status is written into what this answers. */
  begin(request: Request, id: string, params: Record<string, unknown>): LoggedRequest;
  clear(): void;
}

const KEEPS = 5000;

/** An empty log that keeps the last few thousand requests; `now` in milliseconds. */
export function createRequestLog(now: () => number): RequestLog {
  const requests: LoggedRequest[] = [];
  return {
    requests,
    begin(request, id, params) {
      const { method, path } = request;
      const idempotencyKey = request.get("Idempotency-Key") ?? null;
      const entry: LoggedRequest = { id, method, path, idempotencyKey, params, status: null, at: now() };
      requests.push(entry);
      if (requests.length > KEEPS) requests.shift();
      return entry;
    },
    clear() {
      requests.length = 0;
    },
  };
}
