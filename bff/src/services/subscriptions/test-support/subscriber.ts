import { formatCredits } from "@credits-kit/amounts";
import { type Balance, type Grant, routes, type Subscription } from "@credits-kit/contract";
import { ledgerLines } from "../../../storage/pools/test-support/ledger-lines.ts";
import { type BodyOf, Shop, type TestApp } from "../../../test-support/index.ts";
import { settleDue } from "../../balances/settle-due.ts";

type Included = NonNullable<BodyOf<typeof routes.createPlan>["included"]>;

let made = 0;

/** People on plans that include credits, who live by test clocks. */
export class Subscribers {
  readonly #app: () => TestApp;
  readonly shop: Shop;
  #opened: Promise<void> | undefined;

  /** @param open a shop that has its catalogue already */
  constructor(app: () => TestApp, open?: Shop) {
    this.#app = app;
    this.shop = open ?? new Shop(() => app().client);
    if (open) this.#opened = Promise.resolve();
  }

  /** A plan of its own with included credits; of 100 `credits` a month unless it says otherwise. */
  async plan(included: Partial<Included> | null = {}, creditTypeId = "credits"): Promise<string> {
    await (this.#opened ??= this.shop.open());
    const id = `plan-${(made += 1)}`;
    await this.shop.plan({
      ...{ id, creditTypeId, limit: "soft" },
      rates: [{ featureId: "email", creditsPerUnit: 1 }],
      ...(included && { included: { credits: 100, every: "month", ...included } }),
    });
    return id;
  }

  /** Somebody whose clock stands at this time. */
  async at(now: string): Promise<Subscriber> {
    await (this.#opened ??= this.shop.open());
    const id = `life-${(made += 1)}`;
    await this.#app().client.call(routes.createTestClock, { body: { id, now } });
    await this.#app().client.call(routes.createCustomer, { body: { id, testClockId: id } });
    return new Subscriber(this.#app, id);
  }
}

/** Somebody who lives by a clock. */
export class Subscriber {
  readonly #app: () => TestApp;
  readonly id: string;
  #burns = 0;

  constructor(app: () => TestApp, id: string) {
    this.#app = app;
    this.id = id;
  }

  /** The clock goes to a time, and nobody takes notice: what is due by then is late. */
  async jump(to: string): Promise<void> {
    const { writer } = this.#app().database;
    await writer.updateTable("test_clocks").set({ now: to }).where("test_clock_id", "=", this.id).execute();
  }

  /** Whatever is due is written. */
  async settle(): Promise<void> {
    const { database, parts } = this.#app();
    await settleDue({ database, pools: parts.pools }, this.id);
  }

  /** The clock goes to a time, and somebody looks. */
  async live(to: string): Promise<void> {
    await this.jump(to);
    await this.settle();
  }

  /** The clock goes to a time as it would by itself: what falls due is written at that moment. */
  async advance(to: string): Promise<void> {
    await this.#app().client.call(routes.advanceTestClock, { params: { id: this.id }, body: { to } });
  }

  async subscribe(
    planId: string,
    more: Partial<BodyOf<typeof routes.createSubscription>> = {},
  ): Promise<Subscription> {
    const body = { planId, ...more };
    return (await this.#app().client.call(routes.createSubscription, { params: { id: this.id }, body })).body;
  }

  async change(id: string, body: BodyOf<typeof routes.updateSubscription>): Promise<Subscription> {
    return (await this.#app().client.call(routes.updateSubscription, { params: { id }, body })).body;
  }

  async cancel(id: string, body: BodyOf<typeof routes.cancelSubscription> = {}): Promise<Subscription> {
    return (await this.#app().client.call(routes.cancelSubscription, { params: { id }, body })).body;
  }

  /** Spends credits, into the red if need be. */
  async burn(amount: number | string, creditTypeId = "credits"): Promise<void> {
    const id = `burn-${(this.#burns += 1)}`;
    const body = { id, customerId: this.id, creditTypeId, amount, limit: "soft" } as const;
    await this.#app().client.call(routes.consume, { body });
  }

  async grants(): Promise<Grant[]> {
    const query = { customerId: this.id, limit: "100" };
    return (await this.#app().client.call(routes.listGrants, { query })).body.data;
  }

  async balance(creditTypeId = "credits"): Promise<Balance> {
    const params = { id: this.id };
    const { body } = await this.#app().client.call(routes.getBalances, { params });
    const found = body.balances.find((each) => each.creditTypeId === creditTypeId);
    if (!found) throw new Error(`${this.id} has no ${creditTypeId}`);
    return found;
  }

  /**
   * What the ledger says, a line an entry: the day, or the time where it is not ten o'clock, the type, the delta and the
   * balance, and the grants moved. Grants of plans go by what their id says behind the dot.
   */
  async ledger(creditTypeId = "credits"): Promise<string[]> {
    const lines = await ledgerLines(this.#app().database, this.id);
    const ofType = lines.filter((line) => line.creditTypeId === creditTypeId);
    return ofType.map(({ type, occurredAt, moves, ...line }) => {
      const at = occurredAt.toISOString();
      const day = at.endsWith("T10:00:00.000Z") ? at.slice(0, 10) : at.slice(0, 16);
      const [delta, end] = [line.delta, line.endBalance].map(formatCredits);
      return [day, type, delta, "=", end, ...moves.map(([grant]) => grant)].join(" ");
    });
  }
}
