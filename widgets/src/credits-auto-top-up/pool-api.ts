import {
  ApiError,
  createWidgetClient,
  type WidgetAutoTopUp,
  type WidgetClient,
} from "@credits-kit/client/widget";
import type { Hub } from "../session/hub.ts";
import { SharedReads } from "../session/shared-reads.ts";
import type { SettingsHost } from "./settings-host.ts";

/** How `resource` names the pool that has none, here and on the wire. */
const NO_RESOURCE = "none";

const reads = new SharedReads<WidgetAutoTopUp>();

/** A pool as calls name it. */
export interface PoolOnWire {
  creditTypeId: string;
  resourceId?: string;
}

/** The calls about one pool, with the session of the element. */
export class PoolApi {
  hub: Hub | undefined;
  customerId: string | undefined;
  #creditTypeId: string | undefined;
  readonly #host: Pick<SettingsHost, "creditType" | "resource">;

  constructor(host: Pick<SettingsHost, "creditType" | "resource">) {
    this.#host = host;
  }

  get pool(): PoolOnWire | undefined {
    const { resource } = this.#host;
    const creditTypeId = this.#creditTypeId;
    if (creditTypeId === undefined) return undefined;
    return { creditTypeId, ...(resource && resource !== NO_RESOURCE && { resourceId: resource }) };
  }

  /** The customer and the pool as one word. */
  get name(): string {
    return JSON.stringify([this.hub?.tokens.held?.customerId ?? this.customerId, this.pool]);
  }

  /** The pool's balance, as the live stream has told it. */
  get balance() {
    const state = this.hub?.state;
    if (state?.type !== "ready") return undefined;
    const resource = this.#host.resource ?? NO_RESOURCE;
    return state.pools.balances.find(
      (one) => one.creditTypeId === this.#creditTypeId && (one.resourceId ?? NO_RESOURCE) === resource,
    );
  }

  /** Finds out which credit type is meant: the named one, else the first that is sold, else the first that there is. */
  async choose(signal: AbortSignal): Promise<void> {
    this.#creditTypeId = this.#host.creditType ?? (await this.#firstSold(signal));
  }

  async ask<Answer>(call: (client: WidgetClient) => Promise<Answer>): Promise<Answer> {
    if (!this.hub) throw new ApiError({ code: "session_missing" });
    return this.hub.api.call((options) => call(createWidgetClient(options)));
  }

  async askForPool<Answer>(
    call: (client: WidgetClient, pool: PoolOnWire) => Promise<Answer>,
  ): Promise<Answer> {
    const { pool } = this;
    if (!pool) throw new ApiError({ code: "not_found" });
    return this.ask((client) => call(client, pool));
  }

  async read(signal?: AbortSignal): Promise<WidgetAutoTopUp> {
    return this.askForPool((client, pool) => client.getAutoTopUp(pool, signal));
  }

  /** The same for elements that only begin to show it: those of a page that ask at one time share the answer. */
  async readWithOthers(signal: AbortSignal): Promise<WidgetAutoTopUp> {
    const { hub, pool, balance } = this;
    if (!hub) return this.read(signal);
    const key = JSON.stringify([pool, balance?.seq]);
    return reads.ask({ hub, key, signal, ask: (until) => this.read(until) });
  }

  async #firstSold(signal: AbortSignal): Promise<string> {
    try {
      const { creditType } = await this.ask((client) => client.quoteTopUp({}, signal));
      return creditType.id;
    } catch (error) {
      signal.throwIfAborted();
      const { balances } = await this.ask((client) => client.getBalances({}, signal));
      const [first] = balances;
      if (!first) throw error;
      return first.creditTypeId;
    }
  }
}
