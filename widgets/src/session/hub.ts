import type { StreamMessage, WidgetBalances } from "@credits-kit/client/widget";
import { ApiClient } from "./api-client.ts";
import { EventStream } from "./event-stream.ts";
import { type Failure, failureOf, SessionError } from "./failure.ts";
import type { HeldSession } from "./held-session.ts";
import { followPage } from "./page-life.ts";
import { type Pools, PoolStore } from "./pool-store.ts";
import type { SessionSource } from "./session-source.ts";
import { SessionTokens } from "./session-tokens.ts";

/** What a hub knows right now. */
export type HubState =
  | { type: "loading" }
  | { type: "failed"; failure: Failure; retrying: boolean }
  /** `stale` when the pools may no longer be current, since the server was last heard of. */
  | { type: "ready"; pools: Pools; stale?: Staleness };

export interface Staleness {
  sinceMs: number;
  retryable: boolean;
  retrying: boolean;
}

export interface HubListener {
  /** The hub's state is another one. */
  hubChanged(): void;
  /** The session is over and cannot be renewed. */
  sessionExpired(): void;
}

export interface HubOptions {
  apiBase: string;
  /** Whose credits the host page means to show; sessions of others are refused. */
  customer: string | undefined;
  source: SessionSource;
  /** The session changed; hubs of one identity may become one. */
  onSession(hub: Hub): void;
}

/** A reconnect within this time is nobody's business. */
const STALE_AFTER_MS = 5_000;
/** A proxy that keeps the stream's beginning to itself is not waited for. */
const SNAPSHOT_PATIENCE_MS = 4_000;

/** What all elements of a page share for one API and one session: the session, the stream and the pools. */
export class Hub {
  readonly apiBase: string;
  /** Elements that show this hub; it is open as long as there is one. */
  readonly listeners = new Set<HubListener>();
  readonly #options: HubOptions;
  readonly #tokens: SessionTokens;
  readonly #stream: EventStream;
  readonly #api: ApiClient;
  readonly #store = new PoolStore();
  #endPage: (() => void) | undefined;
  #failure: Failure | undefined;
  #retrying = false;
  #stale = false;
  #awake = false;
  #heardAtMs = 0;
  #staleTimer: ReturnType<typeof setTimeout> | undefined;
  #snapshotTimer: ReturnType<typeof setTimeout> | undefined;
  #loading = new AbortController();

  constructor(options: HubOptions) {
    this.#options = options;
    this.apiBase = options.apiBase;
    this.#tokens = new SessionTokens(options.source, options.customer, {
      sessionChanged: (session) => this.#sessionChanged(session),
      sessionExpired: () => this.listeners.forEach((listener) => listener.sessionExpired()),
    });
    this.#api = new ApiClient(options.apiBase, this.#tokens);
    this.#stream = new EventStream(this.#api, {
      received: (message) => this.#received(message),
      lost: (failure) => this.#lost(failure),
    });
  }

  /** Who may see what, as far as the session tells. Hubs of one identity are interchangeable. */
  get identity(): string | undefined {
    return this.#tokens.held?.identity;
  }

  get state(): HubState {
    const { pools } = this.#store;
    const failure = this.#failure;
    const retrying = this.#retrying;
    if (!pools) return failure ? { type: "failed", failure, retrying } : { type: "loading" };
    if (!this.#stale) return { type: "ready", pools };
    return { type: "ready", pools, stale: { sinceMs: this.#heardAtMs, retryable: failure?.retryable ?? true, retrying } };
  }

  /** Sessions come from here from now on. A session in use stays until its time, unless it cannot be renewed. */
  useSource(source: SessionSource): void {
    this.#tokens.source = source;
    if (source.kind === "token") void this.#tokens.renew().catch(() => undefined);
    if (this.#failure) this.retry();
  }

  open(): void {
    this.#endPage ??= followPage({
      rest: () => this.#rest(),
      wake: () => this.#wake(),
      online: () => this.#awake && this.#stream.reopen(),
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
    if (this.#awake) this.#stream.reopen();
  }

  #rest(): void {
    this.#awake = false;
    this.#stream.close();
    this.#tokens.rest();
    this.#loading.abort();
    this.#expectNothing();
  }

  #wake(): void {
    this.#awake = true;
    this.#tokens.keepFresh();
    this.#stream.open();
    this.#expectNews();
  }

  #received(message: StreamMessage): void {
    if (message.type === "snapshot" && !this.#take(message.data)) return;
    if (message.type === "pool") this.#store.update(message.data);
    if (message.type === "resync") void this.#load();
    this.#heard();
  }

  #take(balances: WidgetBalances): boolean {
    const { customer } = this.#options;
    const fits = customer === undefined || customer === balances.customerId;
    if (fits) this.#store.replace(balances);
    else this.#lost(failureOf(new SessionError("customer_mismatch")));
    return fits;
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
    if (failure?.retryable ?? true) this.#expectNews();
    else this.#stale = true;
    this.#changed();
  }

  /** From now on something should come soon; else the stream is asked past, and then what is shown is stale. */
  #expectNews(): void {
    this.#snapshotTimer ??= setTimeout(() => void this.#load(), SNAPSHOT_PATIENCE_MS);
    this.#staleTimer ??= setTimeout(() => {
      this.#stale = true;
      this.#changed();
    }, STALE_AFTER_MS);
  }

  #expectNothing(): void {
    clearTimeout(this.#snapshotTimer);
    clearTimeout(this.#staleTimer);
    this.#snapshotTimer = this.#staleTimer = undefined;
  }

  /** Reads the pools without the stream. */
  async #load(): Promise<void> {
    this.#snapshotTimer = undefined;
    this.#loading.abort();
    const { signal } = (this.#loading = new AbortController());
    try {
      const balances = await this.#api.getBalances(signal);
      if (!signal.aborted && this.#take(balances)) this.#heard();
    } catch {
      // The stream meets the same fault and reports it.
    }
  }

  #sessionChanged({ token, customerId }: HeldSession): void {
    const shown = this.#store.pools?.customerId;
    // Before anything else, and so before the next paint: nobody may see another customer's credits.
    if (shown !== undefined && customerId !== undefined && shown !== customerId) {
      this.#store.wipe();
      this.#changed();
    }
    this.#options.onSession(this);
    this.#stream.useToken(token);
  }

  #changed(): void {
    for (const listener of [...this.listeners]) listener.hubChanged();
  }
}
