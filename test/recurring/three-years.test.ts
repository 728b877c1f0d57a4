import assert from "node:assert/strict";
import { before, test } from "node:test";
import { formatCredits } from "@credits-kit/amounts";
import fc from "fast-check";
import { ledgerLines } from "../../bff/src/storage/pools/test-support/ledger-lines.ts";
import {
  type Subscriber,
  Subscribers,
} from "../../bff/src/services/subscriptions/test-support/subscriber.ts";
import { oneEngine, useTestApp } from "../../bff/src/test-support/index.ts";
import { NaiveLife, type NaivePlan, textOf } from "./naive-life.ts";
import { testSeed } from "../support/seeded-random.ts";

/** `CREDITS_KIT_LIVES` and `CREDITS_KIT_SEED` live more of them, or the same again. */
const LIVES = Number(process.env["CREDITS_KIT_LIVES"] ?? 3);
const SEED = testSeed();
const HOUR_MS = 60 * 60 * 1000;
const CREDIT = 1_000_000n;

const PLANS: readonly NaivePlan[] = [
  { credits: 100n * CREDIT, months: 1, perSeat: false, mostOver: "all" },
  { credits: 40n * CREDIT, months: 1, perSeat: true, mostOver: 60n * CREDIT },
  { credits: 300n * CREDIT, months: 1, perSeat: false, mostOver: 0n },
  { credits: 900n * CREDIT, months: 12, perSeat: false, mostOver: 50n * CREDIT },
];

const act = fc.record({
  kind: fc.constantFrom(
    ...(["burn", "burn", "burn", "burn", "buy", "promo", "hold", "hold", "capture", "release"] as const),
    ...(["seats", "plan", "plan", "cancel", "look"] as const),
  ),
  waitHours: fc.integer({ min: 1, max: 600 }),
  /** Whether it happens two hours before the period ends, so that what it sets aside is so over the boundary. */
  isClose: fc.constantFrom(true, false, false, false),
  credits: fc.integer({ min: 1, max: 160 }),
  days: fc.integer({ min: 1, max: 90 }),
  which: fc.nat(1000),
});
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

const life = fc.record({
  startsAt: fc
    .integer({ min: 0, max: 2 * 366 * 24 })
    .map((hours) => Date.parse("2027-12-29T00:30:00.123Z") + hours * HOUR_MS),
  plan: fc.nat(PLANS.length - 1),
  seats: fc.integer({ min: 1, max: 5 }),
  acts: fc.array(act, { minLength: 90, maxLength: 90 }),
});

oneEngine((engine) => {
  const app = useTestApp(engine);
  const people = new Subscribers(app);
  let planIds: string[];

  before(async () => {
    planIds = [];
    for (const { credits, months, perSeat, mostOver } of PLANS) {
      planIds.push(
        await people.plan({
          ...{ credits: formatCredits(credits), every: months === 1 ? "month" : "year", perSeat },
          rollover: mostOver === "all" ? "all" : mostOver === 0n ? "none" : { upTo: formatCredits(mostOver) },
        }),
      );
    }
  });

  test("three years, lived and looked at now and then, are what the rules say line for line", async (context) => {
    context.diagnostic(`${LIVES} lives, CREDITS_KIT_SEED=${SEED}`);
    for (const [index, { acts, ...start }] of fc.sample(life, { seed: SEED, numRuns: LIVES }).entries()) {
      const { startsAt, plan, seats } = start;
      const lena = await people.at(new Date(startsAt).toISOString());
      const { id } = await lena.subscribe(planIds[plan] ?? "", { seats });
      const model = new NaiveLife(startsAt, { plan: PLANS[plan] ?? never(), seats });
      const lived = new Lived(lena, model, { subscriptionId: id, planIds });
      let now = startsAt;
      const end = startsAt + 3 * 366 * 24 * HOUR_MS;
      for (const each of acts) {
        const close = model.periodEnd - 2 * HOUR_MS;
        now = each.isClose && close > now && close < end ? close : now + each.waitHours * HOUR_MS;
        if (now < end) await lived.act(now, each);
      }
      await lena.live(new Date(end).toISOString());
      model.walkTo(end);
      assert.deepEqual(await linesOf(lena), model.lines, `seed ${SEED}, life ${index}`);
    }
  });

  async function linesOf({ id }: Subscriber): Promise<string[]> {
    const lines = await ledgerLines(app().database, id);
    return lines.map((line) => textOf({ ...line, occurredAt: line.occurredAt.getTime() }));
  }

  /** Does everything twice: with the product, and with the model. */
  class Lived {
    readonly #lena: Subscriber;
    readonly #model: NaiveLife;
    readonly #ids: { readonly subscriptionId: string; readonly planIds: readonly string[] };
    #made = 0;
    #isCanceled = false;
    readonly #holds: string[] = [];

    constructor(
      lena: Subscriber,
      model: NaiveLife,
      ids: { readonly subscriptionId: string; readonly planIds: readonly string[] },
    ) {
      this.#lena = lena;
      this.#model = model;
      this.#ids = ids;
    }

    async act(now: number, { kind, credits, days, which }: Act): Promise<void> {
      const lena = this.#lena;
      const model = this.#model;
      await lena.jump(new Date(now).toISOString());
      // So that the model knows whether the subscription has ended.
      model.walkTo(now);
      const amount = BigInt(credits) * CREDIT;
      switch (kind) {
        case "burn":
          await lena.burn(credits);
          assert.ok(model.do(now, { kind: "consume", amount, limit: "soft", occurredAt: now }));
          return;
        case "buy":
        case "promo":
          return this.#grant(now, { kind, amount, days });
        case "hold":
          return this.#hold(now, amount);
        case "capture":
        case "release":
          return this.#endHold(now, { kind, amount, which });
        case "look":
          return lena.settle();
        default:
          if (!model.isOver(now)) await this.#change(now, { kind, which });
      }
    }

    async #grant(
      now: number,
      { kind, amount, days }: { kind: "buy" | "promo"; amount: bigint; days: number },
    ): Promise<void> {
      const grantId = `grant-${(this.#made += 1)}`;
      const expiresAt = kind === "buy" ? null : now + days * 24 * HOUR_MS;
      const category = kind === "buy" ? "paid" : "promo";
      await people.shop.grant(this.#lena.id, {
        ...{ amount: formatCredits(amount), category, externalReference: grantId },
        ...(kind === "buy" && { costBasis: { amount: "0.01", currency: "usd" } }),
        ...(expiresAt !== null && { expiresAt: new Date(expiresAt).toISOString() }),
      });
      const terms = { priority: 0, effectiveAt: null, expiresAt, isPaymentPending: false };
      assert.ok(this.#model.do(now, { kind: "grant", asOf: null, grantId, amount, category, ...terms }));
    }

    async #hold(now: number, amount: bigint): Promise<void> {
      const holdId = `hold-${(this.#made += 1)}`;
      const reply = await app().client.send("POST", "/v1/holds", {
        json: {
          ...{ id: holdId, customerId: this.#lena.id, creditTypeId: "credits" },
          ...{ amount: formatCredits(amount), expiresInSeconds: 86_400 },
        },
      });
      const expiresAt = now + 24 * HOUR_MS;
      const isPlaced = this.#model.do(now, { kind: "place_hold", holdId, amount, expiresAt });
      assert.equal(reply.status, isPlaced ? 201 : 402, reply.text);
      if (isPlaced) this.#holds.push(holdId);
    }

    async #endHold(
      now: number,
      { kind, amount, which }: { kind: "capture" | "release"; amount: bigint; which: number },
    ): Promise<void> {
      const holdId = this.#holds.at(-1 - (which % 2));
      if (holdId === undefined) return;
      const isFinal = which % 3 > 0;
      const json = { customerId: this.#lena.id, id: holdId };
      const reply = await app().client.send("POST", `/v1/holds/${kind}`, {
        json: kind === "release" ? json : { ...json, amount: formatCredits(amount), final: isFinal },
      });
      const ask =
        kind === "release"
          ? ({ kind: "release_hold", holdId } as const)
          : ({ kind: "capture_hold", holdId, amount, isFinal } as const);
      assert.equal(reply.status === 200, this.#model.do(now, ask), reply.text);
    }

    async #change(
      now: number,
      { kind, which }: { kind: "seats" | "plan" | "cancel"; which: number },
    ): Promise<void> {
      const { subscriptionId, planIds } = this.#ids;
      if (kind === "cancel") {
        if (this.#isCanceled) await this.#lena.change(subscriptionId, { endsAt: null });
        else await this.#lena.cancel(subscriptionId);
        if (this.#isCanceled) this.#model.takeUpAgain(now);
        else this.#model.cancel(now);
        this.#isCanceled = !this.#isCanceled;
      } else if (kind === "seats") {
        const seats = 1 + (which % 6);
        await this.#lena.change(subscriptionId, { seats });
        this.#model.change(now, { seats });
      } else {
        const index = which % PLANS.length;
        await this.#lena.change(subscriptionId, { planId: planIds[index] ?? "" });
        this.#model.change(now, { plan: PLANS[index] ?? never() });
      }
    }
  }
});

function never(): never {
  throw new Error("there is no such plan");
}
