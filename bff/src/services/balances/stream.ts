import {
  STREAM_HEARTBEAT_MS,
  type StreamEvents,
  type WidgetBalance,
  type WidgetBalances,
} from "@credits-kit/contract";
import { createSession } from "better-sse";
import type { Request, Response } from "express";
import { ServiceError } from "../../errors.ts";
import type { Deps } from "../call.ts";

/** A reader that lets this much pile up is dropped; it reconnects and gets a snapshot. */
const MAX_UNSENT_BYTES = 1_000_000;
const MAX_STREAMS_PER_CUSTOMER = 100;
/** `setTimeout` fires at once beyond 2^31 ms. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export interface StreamSession {
  readonly customerId: string;
  readonly scopes: readonly string[];
  /** When the token ends, in milliseconds since 1970; the stream ends with it. */
  readonly expiresAtMs: number;
}

/**
 * Serves a stream until the reader leaves, its token ends, or the server closes: a snapshot first, then the pools that
 * changed. What the reader was already told is left out.
 * @throws ServiceError `rate_limited` when the customer has too many streams open
 */
export async function openStream(
  { live, now }: Pick<Deps, "live" | "now">,
  session: StreamSession,
  { request, response }: { request: Request; response: Response },
): Promise<void> {
  if (live.listenersOf(session.customerId) >= MAX_STREAMS_PER_CUSTOMER) {
    throw new ServiceError("rate_limited", "Too many streams are open for this customer.", { retryAfterSeconds: 10 });
  }
  const sse = await createSession(request, response, {
    keepAlive: STREAM_HEARTBEAT_MS,
    retry: null,
    headers: { "Cache-Control": "no-store", "X-Accel-Buffering": "no" },
  });
  const told = new Map<string, number>();
  let started = false;

  const push = <Name extends keyof StreamEvents>(name: Name, data: StreamEvents[Name], eventId = ""): void => {
    if (!sse.isConnected) return;
    if (response.writableLength > MAX_UNSENT_BYTES) response.destroy();
    else sse.push(data, name, eventId);
  };
  const tell = (balances: WidgetBalances): void => {
    const changed = balances.balances.filter((pool) => told.get(nameOf(pool)) !== pool.seq);
    for (const pool of changed) told.set(nameOf(pool), pool.seq);
    if (started) for (const pool of changed) push("pool", pool, `${nameOf(pool)}:${pool.seq}`);
    else push("snapshot", { ...balances, canTopUp: session.scopes.includes("top_up") });
    started = true;
  };

  const stop = live.listen(session.customerId, {
    balances: tell,
    resync: () => {
      told.clear();
      started = false;
      push("resync", {});
    },
    bye: (reconnectInMs) => {
      push("bye", { reconnectInMs });
      response.end();
    },
  });
  const lifeMs = Math.min(Math.max(session.expiresAtMs - now(), 0), MAX_TIMEOUT_MS);
  const ending = setTimeout(() => {
    push("bye", { reconnectInMs: 0 });
    response.end();
  }, lifeMs);
  ending.unref();
  response.once("close", () => {
    clearTimeout(ending);
    stop();
  });
}

function nameOf(pool: WidgetBalance): string {
  return pool.resourceId === null ? pool.creditTypeId : `${pool.creditTypeId}/${pool.resourceId}`;
}
