import type { ApiError, StreamMessage, WidgetBalances } from "@credits-kit/client/widget";
import { ApiClient } from "./api-client.ts";
import { isForbidden, isRetryable, sessionError } from "./failure.ts";
import type { HeldSession } from "./held-session.ts";
import { LiveStream } from "./live-stream.ts";
import { followPage, type PageLife } from "./page-life.ts";
import { type Pools, PoolStore } from "./pool-store.ts";
import type { SessionConfig } from "./session-config.ts";
import { CreditsSessionExpiredEvent } from "./session-events.ts";
import { type SessionListener, SessionTokens } from "./session-tokens.ts";
import type { StreamListener } from "./stream-listener.ts";

/** What is shown may be old, since the server was last heard of. */
export interface Stale {
  sinceMs: number;
  retryable: boolean;
  /** A try is under way. */
  retrying: boolean;
}

/** What a hub knows right now. */
export type HubState =
  | { type: "loading" }
  /** `forbidden`: the session may not see balances. */
  | {
      type: "error" | "forbidden";
      code: string;
      requestId?: string | undefined;
      retryable: boolean;
      retrying: boolean;
    }
  | { type: "ready"; pools: Pools; stale: Stale | undefined };

export interface HubListener {
  hub: Hub | undefined;
  /** The element that the host page gave its session options to. */
  owner: EventTarget;
  /** The hub's state is another one, or the hub is. */
  hubChanged(): void;
}

/** A reconnect within this time is nobody's business. */
const STALE_AFTER_MS = 5_000;

/** What all elements of a page share for one API and one session: the session, the stream and the pools. */
export class Hub implements PageLife, SessionListener, StreamListener {
  /** Elements that show this hub; it is open as long as there is one. */
  readonly listeners = new Set<HubListener>();
  readonly tokens: SessionTokens;
  readonly api: ApiClient;
  readonly #stream: LiveStream;
  readonly #store = new PoolStore();
  readonly #onSession: (hub: Hub) => void;
  #page: AbortController | undefined;
  #staleTimer: ReturnType<typeof setTimeout> | undefined;
  #error: ApiError | undefined;
  #retrying = false;
  #stale = false;

  /** `onSession` hears of every new session: hubs of one identity may become one. */
  constructor(config: SessionConfig, onSession: (hub: Hub) => void) {
    this.#onSession = onSession;
    this.tokens = new SessionTokens(config, this);
    this.api = new ApiClient(config.apiBase, this.tokens);
    this.#stream = new LiveStream(this.api, this);
  }

  get state(): HubState {
    const { pools } = this.#store;
    const { code = "", requestId } = this.#error ?? {};
    const tries = { retryable: isRetryable(code), retrying: this.#retrying };
    if (pools)
      return {
        type: "ready",
        pools,
        stale: this.#stale ? { sinceMs: this.#stream.heardAtMs, ...tries } : undefined,
      };
    if (!code) return { type: "loading" };
    return { type: isForbidden(code) ? "forbidden" : "error", code, requestId, ...tries };
  }

  open(): void {
    if (this.#page) return;
    this.#page = new AbortController();
    followPage(this, this.#page.signal);
  }

  close(): void {
    this.#page?.abort();
    this.#page = undefined;
    this.rest();
  }

  /** Sessions come from here from now on. One in use stays until its time, unless it cannot be renewed. */
  useConfig(config: SessionConfig): void {
    this.tokens.config = config;
    if (config.isFixed) void this.tokens.renew().catch(() => undefined);
    if (this.#error) this.retry();
  }

  /** Tries again at once, because a person asked for it. */
  retry(): void {
    this.#retrying = true;
    this.#changed();
    this.reconnect();
  }

  wake(): void {
    this.tokens.keepFresh(true);
    this.#stream.open();
    this.#expectNews();
  }

  rest(): void {
    this.#stream.close();
    this.tokens.keepFresh(false);
    this.#expectNothing();
  }

  reconnect(): void {
    if (this.tokens.isKeptFresh) this.#stream.reopen();
  }

  /** `resync` needs no answer of its own: the snapshot that follows it has the new names and thresholds. */
  received(message: StreamMessage): void {
    if (message.type === "snapshot") this.#take(message.data);
    if (message.type === "pool") this.#store.update(message.data);
    this.#expectNothing();
    this.#error = undefined;
    this.#retrying = this.#stale = false;
    this.#changed();
  }

  lost(error: ApiError | undefined): void {
    this.#error = error;
    this.#retrying = false;
    if (error && isForbidden(error.code)) this.#store.wipe();
    this.#expectNews();
    this.#changed();
  }

  sessionChanged({ customerId, identity }: HeldSession, before: HeldSession | undefined): void {
    const shown = this.#store.pools?.customerId;
    // Before anything else, and so before the next paint: nobody may see another customer's credits.
    if (shown && customerId && shown !== customerId) {
      this.#store.wipe();
      this.#changed();
    }
    this.#onSession(this);
    // The server ends a stream with its token, and the next one has the new token: there is nothing to hand over, and
    // never a second stream. Unless the session means something else now.
    if (before && (!identity || identity !== before.identity)) this.#stream.outdate();
  }

  sessionExpired(): void {
    const owners = new Set([...this.listeners].map((listener) => listener.owner));
    for (const owner of owners) owner.dispatchEvent(new CreditsSessionExpiredEvent());
  }

  #take(balances: WidgetBalances): void {
    const { customer = balances.customerId } = this.tokens.config;
    if (customer !== balances.customerId) throw sessionError("customer_mismatch");
    this.#store.replace(balances);
  }

  #expectNews(): void {
    this.#staleTimer ??= setTimeout(() => {
      this.#stale = true;
      this.#changed();
    }, STALE_AFTER_MS);
  }

  #expectNothing(): void {
    clearTimeout(this.#staleTimer);
    this.#staleTimer = undefined;
  }

  #changed(): void {
    for (const listener of [...this.listeners]) listener.hubChanged();
  }
}
