import type { StreamMessage, WidgetBalances } from "@credits-kit/client/widget";
import { ApiClient } from "./api-client.ts";
import { EventStream, type StreamListener } from "./event-stream.ts";
import { type Failure, isForbidden, sessionError } from "./failure.ts";
import type { HeldSession } from "./held-session.ts";
import { followPage, type PageLife } from "./page-life.ts";
import { type Pools, PoolStore } from "./pool-store.ts";
import type { SessionConfig } from "./session-config.ts";
import { CreditsSessionExpiredEvent } from "./session-events.ts";
import { type SessionListener, SessionTokens } from "./session-tokens.ts";

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
  | { type: "error"; code: string; requestId?: string | undefined; retryable: boolean; retrying: boolean }
  /** The session may not see balances. */
  | { type: "forbidden" }
  | { type: "ready"; pools: Pools; stale: Stale | undefined };

export interface HubListener {
  hub: Hub | undefined;
  /** The element that the host page gave its session options to. */
  owner: EventTarget;
  /** The hub's state is another one, or the hub is. */
  hubChanged(): void;
}

/** A reconnect within this time is nobody's business; after it, the stream is asked past. */
const NEWS_PATIENCE_MS = 4_000;

/** What all elements of a page share for one API and one session: the session, the stream and the pools. */
export class Hub implements PageLife, SessionListener, StreamListener {
  /** Elements that show this hub; it is open as long as there is one. */
  readonly listeners = new Set<HubListener>();
  readonly tokens: SessionTokens;
  readonly #api: ApiClient;
  readonly #stream: EventStream;
  readonly #store = new PoolStore();
  readonly #onSession: (hub: Hub) => void;
  #page: AbortController | undefined;
  #asking: AbortController | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #failure: Failure | undefined;
  #retrying = false;
  #stale = false;
  #heardAtMs = 0;

  /** `onSession` hears of every new session: hubs of one identity may become one. */
  constructor(config: SessionConfig, onSession: (hub: Hub) => void) {
    this.#onSession = onSession;
    this.tokens = new SessionTokens(config, this);
    this.#api = new ApiClient(config.apiBase, this.tokens);
    this.#stream = new EventStream(this.#api, this);
  }

  get state(): HubState {
    const { pools } = this.#store;
    const { code, requestId, retryable = true } = this.#failure ?? {};
    const retrying = this.#retrying;
    if (pools) {
      return { type: "ready", pools, stale: this.#stale ? { sinceMs: this.#heardAtMs, retryable, retrying } : undefined };
    }
    if (!code) return { type: "loading" };
    return isForbidden(code) ? { type: "forbidden" } : { type: "error", code, requestId, retryable, retrying };
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
    if (this.#failure) this.retry();
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

  received(message: StreamMessage): void {
    if (message.type === "snapshot") this.#take(message.data);
    if (message.type === "pool") this.#store.update(message.data);
    this.#heard();
    if (message.type === "resync") void this.#ask();
  }

  lost(failure: Failure | undefined): void {
    this.#failure = failure;
    this.#retrying = false;
    if (failure && isForbidden(failure.code)) this.#store.wipe();
    this.#stale ||= failure?.retryable === false;
    this.#expectNews();
    this.#changed();
  }

  sessionChanged({ token, customerId }: HeldSession): void {
    const shown = this.#store.pools?.customerId;
    // Before anything else, and so before the next paint: nobody may see another customer's credits.
    if (shown && customerId && shown !== customerId) {
      this.#store.wipe();
      this.#changed();
    }
    this.#onSession(this);
    this.#stream.useToken(token);
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

  #heard(): void {
    this.#heardAtMs = Date.now();
    this.#expectNothing();
    if (this.#store.pools) {
      this.#failure = undefined;
      this.#retrying = this.#stale = false;
    }
    this.#changed();
  }

  #expectNews(): void {
    this.#patience ??= setTimeout(() => void this.#ask(), NEWS_PATIENCE_MS);
  }

  #expectNothing(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.#asking?.abort();
  }

  /** Reads the pools without the stream: a proxy may keep its beginning to itself. If that fails, too, what is shown is stale. */
  async #ask(): Promise<void> {
    this.#expectNothing();
    const { signal } = (this.#asking = new AbortController());
    try {
      const balances = await this.#api.call((client) => client.getBalances({}, signal));
      if (signal.aborted) return;
      this.#take(balances);
      this.#heard();
    } catch {
      if (signal.aborted) return;
      this.#stale = true;
      this.#changed();
    }
  }

  #changed(): void {
    for (const listener of [...this.listeners]) listener.hubChanged();
  }
}
