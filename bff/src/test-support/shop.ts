import {
  type Balance,
  type Consumed,
  type EventResult,
  type Grant,
  type Hold,
  type HoldAnswer,
  type LedgerEntry,
  type ReversedEvent,
  routes,
  type UsageEventInput,
  type UsageRecord,
} from "@credits-kit/contract";
import type { BodyOf, TestClient } from "./client.ts";

const unit = { singular: "credit", plural: "credits" };

/** Opens a customer's account: a plan, unless null, and credits. */
export interface CustomerOptions {
  readonly plan?: string | null;
  readonly credits?: string;
}

let customers = 0;

/**
 * A small product to test with. Plans `hard` and `soft` burn `credits`: an image costs 5, an email 1, a trace 0.000001.
 * The plan `tokens` burns `tokens`: an image costs 7. The feature `video` exists, and no plan has a rate for it.
 */
export class Shop {
  readonly #client: () => TestClient;

  /** @param client asked for at each call, so that a shop can stand before its app has started */
  constructor(client: () => TestClient) {
    this.#client = client;
  }

  /** Creates the catalogue. Once per database. */
  async open(): Promise<void> {
    const client = this.#client();
    const thresholds: Record<string, string[]> = { credits: ["20%"], tokens: ["100"] };
    for (const [id, lowBalanceThresholds] of Object.entries(thresholds)) {
      const body = { id, name: `The ${id}`, unit, symbol: "✦", lowBalanceThresholds };
      await client.call(routes.createCreditType, { body });
    }
    for (const id of ["image", "email", "trace", "video"]) {
      await client.call(routes.createFeature, { body: { id, name: id } });
    }
    const rates = [
      { featureId: "image", creditsPerUnit: 5 },
      { featureId: "email", creditsPerUnit: "1" },
      { featureId: "trace", creditsPerUnit: "0.000001" },
    ];
    await this.plan({ id: "hard", creditTypeId: "credits", limit: "hard", rates });
    await this.plan({ id: "soft", creditTypeId: "credits", limit: "soft", rates });
    await this.plan({
      id: "tokens",
      creditTypeId: "tokens",
      limit: "hard",
      rates: [{ featureId: "image", creditsPerUnit: 7 }],
    });
  }

  async plan(plan: Omit<BodyOf<typeof routes.createPlan>, "name"> & { id: string }): Promise<void> {
    await this.#client().call(routes.createPlan, { body: { ...plan, name: plan.id } });
  }

  /** A customer whom no other test knows. */
  async customer({ plan = "hard", credits }: CustomerOptions = {}): Promise<string> {
    customers += 1;
    const id = `cus_${customers}`;
    await this.#client().call(routes.createCustomer, { body: { id } });
    if (plan !== null) await this.subscribe(id, { planId: plan });
    if (credits !== undefined) await this.grant(id, { amount: credits });
    return id;
  }

  async subscribe(id: string, body: BodyOf<typeof routes.createSubscription>): Promise<void> {
    await this.#client().call(routes.createSubscription, { params: { id }, body });
  }

  /** Grants credits for nothing, unless it says otherwise. */
  async grant(customerId: string, grant: Partial<BodyOf<typeof routes.createGrant>> = {}): Promise<Grant> {
    const body = { customerId, creditTypeId: "credits", amount: "100", category: "promo", ...grant } as const;
    return (await this.#client().call(routes.createGrant, { body })).body;
  }

  async updateGrant(id: string, change: BodyOf<typeof routes.updateGrant>): Promise<Grant> {
    return (await this.#client().call(routes.updateGrant, { params: { id }, body: change })).body;
  }

  /** Revokes what is left of a grant, unless it says how much. */
  async revoke(id: string, amount?: string): Promise<Grant> {
    const body = { reason: "Asked for", ...(amount === undefined ? {} : { amount }) };
    return (await this.#client().call(routes.revokeGrant, { params: { id }, body })).body;
  }

  /** Burns credits directly; they must suffice. */
  async consume(
    customerId: string,
    consumption: Partial<BodyOf<typeof routes.consume>> & { id: string },
  ): Promise<Consumed> {
    const what = consumption.featureId === undefined ? { creditTypeId: "credits", amount: "1" } : {};
    const body = { customerId, ...what, ...consumption };
    return (await this.#client().call(routes.consume, { body })).body;
  }

  /** Sets credits aside; they must suffice. */
  async hold(
    customerId: string,
    hold: Partial<BodyOf<typeof routes.placeHold>> & { id: string },
  ): Promise<HoldAnswer> {
    const what = hold.featureId === undefined ? { creditTypeId: "credits", amount: "1" } : {};
    return (await this.#client().call(routes.placeHold, { body: { customerId, ...what, ...hold } })).body;
  }

  async capture(
    customerId: string,
    capture: Omit<BodyOf<typeof routes.captureHold>, "customerId">,
  ): Promise<HoldAnswer> {
    return (await this.#client().call(routes.captureHold, { body: { customerId, ...capture } })).body;
  }

  async release(customerId: string, id: string): Promise<HoldAnswer> {
    return (await this.#client().call(routes.releaseHold, { body: { customerId, id } })).body;
  }

  async extend(customerId: string, id: string, expiresInSeconds: number): Promise<HoldAnswer> {
    return (await this.#client().call(routes.extendHold, { body: { customerId, id, expiresInSeconds } }))
      .body;
  }

  /** Takes an event back. */
  async reverse(customerId: string, id: string): Promise<ReversedEvent> {
    const body = { customerId, id, reason: "Never came" };
    return (await this.#client().call(routes.reverseEvent, { body })).body;
  }

  /** Posts a batch as it is, whatever is in it. */
  async post(events: readonly unknown[]): Promise<EventResult[]> {
    const reply = await this.#client().send("POST", "/v1/events", { json: { events } });
    if (reply.status !== 200) throw new Error(`answered ${reply.status}: ${reply.text}`);
    return routes.reportEvents.answer.parse(JSON.parse(reply.text)).results;
  }

  /** Reports one event that must be applied. */
  async burn(event: UsageEventInput): Promise<EventResult> {
    const [result] = await this.post([event]);
    if (result?.status !== "applied") throw new Error(JSON.stringify(result));
    return result;
  }

  async balances(id: string): Promise<Balance[]> {
    return (await this.#client().call(routes.getBalances, { params: { id } })).body.balances;
  }

  /** The one pool of a customer who has no other. */
  async balance(id: string): Promise<Balance> {
    const [balance, ...others] = await this.balances(id);
    if (!balance || others.length > 0) throw new Error(`${id} has ${others.length + 1} pools`);
    return balance;
  }

  /** All of a customer's entries, oldest first. */
  async ledger(customerId: string): Promise<LedgerEntry[]> {
    const query = { customerId, limit: 100 };
    return (await this.#client().call(routes.listLedger, { query })).body.data.toReversed();
  }

  async grants(customerId: string): Promise<Grant[]> {
    return (await this.#client().call(routes.listGrants, { query: { customerId, limit: 100 } })).body.data;
  }

  /** A customer's holds, newest first. */
  async holds(customerId: string, query: Readonly<Record<string, string>> = {}): Promise<Hold[]> {
    const all = { customerId, limit: 100, ...query };
    return (await this.#client().call(routes.listHolds, { query: all })).body.data;
  }

  /** A customer's events, newest first. */
  async events(customerId: string, query: Readonly<Record<string, string>> = {}): Promise<UsageRecord[]> {
    const all = { customerId, limit: 100, ...query };
    return (await this.#client().call(routes.listEvents, { query: all })).body.data;
  }
}

/** A moment as the API takes it, this far from now. */
export function fromNow(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}
