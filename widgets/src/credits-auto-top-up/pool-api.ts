import {
  ApiError,
  createWidgetClient,
  type WidgetAutoTopUp,
  type WidgetClient,
} from "@credits-kit/client/widget";
import { sessionError } from "../session/failure.ts";
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

  /**
   * Asks with the session of the customer whose pool is shown: never with the next one's, not even in a second try.
   * @throws ApiError `customer_mismatch` if the session is another customer's by now; nothing is sent then
   */
  async ask<Answer>(call: (client: WidgetClient) => Promise<Answer>): Promise<Answer> {
    const { hub } = this;
    if (!hub) throw new ApiError({ code: "session_missing" });
    let asked = this.customerId;
    const isTheirs = () => {
      const held = hub.tokens.held?.customerId;
      const customer = (asked ??= this.customerId ??= held);
      // An element that was taken from the page has no hub any more: what it sent is still its customer's.
      return (this.hub ?? hub) === hub && this.customerId === customer && (held ?? customer) === customer;
    };
    const answer = await hub.api.call((options) => (isTheirs() ? call(createWidgetClient(options)) : gone()));
    return isTheirs() ? answer : gone();
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

  /** What so many credits of the pool's type cost. */
  async quote(credits: string, currency: string | null | undefined, signal: AbortSignal) {
    return this.askForPool((client, { creditTypeId }) =>
      client.quoteTopUp({ creditTypeId, credits, ...(currency && { currency }) }, signal),
    );
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

/** Nobody waits for this answer any more. */
function gone(): never {
  throw sessionError("customer_mismatch");
}
