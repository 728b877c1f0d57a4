import type { ServerResponse } from "node:http";
import type { StreamEvents, WidgetBalance, WidgetBalances } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { EventStream } from "../../live/event-stream.ts";
import type { Deps } from "../call.ts";
import { forSession } from "./read.ts";

const MAX_STREAMS_PER_CUSTOMER = 100;

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
export function openStream(
  { live, now }: Pick<Deps, "live" | "now">,
  session: StreamSession,
  response: ServerResponse,
): void {
  // Whoever left while the token was checked is not waited for: their `close` is already past.
  if (response.destroyed) return;
  if (live.listenersOf(session.customerId) >= MAX_STREAMS_PER_CUSTOMER) {
    throw new ServiceError("rate_limited", "Too many streams are open for this customer.", {
      retryAfterSeconds: 10,
    });
  }
  const stream = new EventStream(response);
  const push = <Name extends keyof StreamEvents>(name: Name, data: StreamEvents[Name], id = ""): void =>
    stream.push(name, data, id);
  let told: ReadonlyMap<string, string> | null = null;

  const tell = (read: WidgetBalances): void => {
    const balances = forSession(read, session.scopes);
    if (told === null) push("snapshot", balances);
    else for (const pool of changedSince(told, balances)) push("pool", pool, `${nameOf(pool)}:${pool.seq}`);
    told = new Map(balances.balances.map((pool) => [nameOf(pool), stateOf(pool)]));
  };
  const leave = (reconnectInMs: number): void => {
    push("bye", { reconnectInMs });
    stream.end();
  };

  const stop = live.listen(session.customerId, {
    balances: tell,
    resync: () => {
      if (told !== null) push("resync", {});
      told = null;
    },
    bye: leave,
  });
  const ending = setTimeout(() => leave(0), session.expiresAtMs - now());
  ending.unref();
  response.once("close", () => {
    clearTimeout(ending);
    stop();
  });
}

function changedSince(told: ReadonlyMap<string, string>, { balances }: WidgetBalances): WidgetBalance[] {
  return balances.filter((pool) => told.get(nameOf(pool)) !== stateOf(pool));
}

/** What news of a pool differ by: an auto top-up may be set without any entry. */
function stateOf({ seq, autoTopUp }: WidgetBalance): string {
  return `${seq} ${autoTopUp}`;
}

function nameOf(pool: WidgetBalance): string {
  return pool.resourceId === null ? pool.creditTypeId : `${pool.creditTypeId}/${pool.resourceId}`;
}
