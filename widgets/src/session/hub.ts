import type { StreamMessage, WidgetBalances } from "@credits-kit/client/widget";
import { ApiClient } from "./api-client.ts";
import { EventStream } from "./event-stream.ts";
import { type Failure, failureOf, sessionError } from "./failure.ts";
import type { HeldSession } from "./held-session.ts";
import { followPage } from "./page-life.ts";
import { type Pools, PoolStore } from "./pool-store.ts";
import type { SessionConfig } from "./session-config.ts";
import { SessionTokens } from "./session-tokens.ts";

/** What is shown may be old, since the server was last heard of. */
export interface Staleness {
  sinceMs: number;
  retryable: boolean;
  retrying: boolean;
}

/** What a hub knows right now. */
export type HubState =
  | { type: "loading" }
  | { type: "failed"; failure: Failure; retrying: boolean }
  | { type: "ready"; pools: Pools; stale: Staleness | undefined };

export interface HubListener {
  hub: Hub | undefined;
  /** The hub's state is another one, or the hub is. */
  hubChanged(): void;
  /** The session is over and cannot be renewed. */
  sessionExpired(): void;
}

/** A reconnect within this time is nobody's business. */
const STALE_AFTER_MS = 5_000;
/** A proxy that keeps the stream's beginning to itself is not waited for. */
const SNAPSHOT_PATIENCE_MS = 4_000;

/** What all elements of a page share for one API and one session: the session, the stream and the pools. */
export class Hub {
  /** Elements that show this hub; it is open as long as there is one. */
  readonly listeners = new Set<HubListener>();
  readonly tokens: SessionTokens;
  readonly #stream: EventStream;
  readonly #api: ApiClient;
  readonly #store = new PoolStore();
  readonly #onSession: (hub: Hub) => void;
  #endPage: (() => void) | undefined;
  #failure: Failure | undefined;
  #awake = false;
  #retrying = false;
  #stale = false;
  #heardAtMs = 0;
  #staleTimer: ReturnType<typeof setTimeout> | undefined;
  #loadTimer: ReturnType<typeof setTimeout> | undefined;
  #loading = new AbortController();

  /** `onSession` hears of every new session: hubs of one identity may become one. */
  constructor(config: SessionConfig, onSession: (hub: Hub) => void) {
    this.#onSession = onSession;
    this.tokens = new SessionTokens(config, {
      sessionChanged: (session) => this.#sessionChanged(session),
      sessionExpired: () => this.listeners.forEach((listener) => listener.sessionExpired()),
    });
    this.#api = new ApiClient(config.apiBase, this.tokens);
    this.#stream = new EventStream(this.#api, {
      received: (message) => this.#received(message),
      lost: (failure) => this.#lost(failure),
    });
  }

  get state(): HubState {
    const { pools } = this.#store;
    const failure = this.#failure;
    const retrying = this.#retrying;
    if (!pools) return failure ? { type: "failed", failure, retrying } : { type: "loading" };
    const stale = { sinceMs: this.#heardAtMs, retryable: failure?.retryable ?? true, retrying };
    return { type: "ready", pools, stale: this.#stale ? stale : undefined };
  }

  /** Sessions come from here from now on. A session in use stays until its time, unless it cannot be renewed. */
  useConfig(config: SessionConfig): void {
    this.tokens.config = config;
    if (config.sessionToken) void this.tokens.renew().catch(() => undefined);
    if (this.#failure) this.retry();
  }

  open(): void {
    this.#endPage ??= followPage({
      rest: () => this.#rest(),
      wake: () => this.#wake(),
      online: () => this.#reopen(),
    });
  }

  close(): void {
    this.#endPage?.();
    this.#endPage = undefined;
    this.#rest();
  }

  /** Tries again at once, because a person asked for it. */
  retry(): void {
    this.#retrying = true;
    this.#changed();
    this.#reopen();
  }

  #reopen(): void {
    if (this.#awake) this.#stream.reopen();
  }

  #rest(): void {
    this.#awake = false;
    this.#stream.close();
    this.tokens.rest();
    this.#loading.abort();
    this.#expectNothing();
  }

  #wake(): void {
    this.#awake = true;
    this.tokens.keepFresh();
    this.#stream.open();
    this.#expectNews();
  }

  #received(message: StreamMessage): void {
    if (message.type === "snapshot") this.#take(message.data);
    if (message.type === "pool") this.#store.update(message.data);
    if (message.type === "resync") void this.#load();
    this.#heard();
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

  #lost(failure: Failure | undefined): void {
    this.#retrying = false;
    this.#failure = failure;
    if (failure?.forbidden) this.#store.wipe();
    if (failure?.retryable === false) this.#stale = true;
    else this.#expectNews();
    this.#changed();
  }

  /** From now on something should come soon; else the stream is asked past, and then what is shown is stale. */
  #expectNews(): void {
    this.#loadTimer ??= setTimeout(() => void this.#load(), SNAPSHOT_PATIENCE_MS);
    this.#staleTimer ??= setTimeout(() => {
      this.#stale = true;
      this.#changed();
    }, STALE_AFTER_MS);
  }

  #expectNothing(): void {
    clearTimeout(this.#loadTimer);
    clearTimeout(this.#staleTimer);
    this.#loadTimer = this.#staleTimer = undefined;
  }

  /** Reads the pools without the stream. */
  async #load(): Promise<void> {
    this.#loadTimer = undefined;
    this.#loading.abort();
    const { signal } = (this.#loading = new AbortController());
    try {
      const balances = await this.#api.getBalances(signal);
      if (signal.aborted) return;
      this.#take(balances);
      this.#heard();
    } catch {
      // The stream meets the same fault and reports it.
    }
  }

  #sessionChanged({ token, customerId }: HeldSession): void {
    const shown = this.#store.pools?.customerId;
    // Before anything else, and so before the next paint: nobody may see another customer's credits.
    if (shown && customerId && shown !== customerId) {
      this.#store.wipe();
      this.#changed();
    }
    this.#onSession(this);
    this.#stream.useToken(token);
  }

  #changed(): void {
    for (const listener of [...this.listeners]) listener.hubChanged();
  }
}
