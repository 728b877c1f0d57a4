import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import fc from "fast-check";
import {
  type Subscriber,
  Subscribers,
} from "../../bff/src/services/subscriptions/test-support/subscriber.ts";
import { onTwoReplicas } from "./deployments.ts";
import { testSeed } from "../support/seeded-random.ts";

const HOUR_MS = 60 * 60 * 1000;
const SEED = testSeed();

const anyActs = fc.array(
  fc.record({
    waitHours: fc.integer({ min: 20, max: 900 }),
    kind: fc.constantFrom("burn", "burn", "hold", "hold", "move"),
    credits: fc.integer({ min: 1, max: 120 }),
    looks: fc.array(fc.nat(99), { maxLength: 2 }).map((looks) => looks.toSorted((a, b) => a - b)),
  }),
  { minLength: 10, maxLength: 10 },
);

onTwoReplicas(({ app, shop, rounds, at, atOnce }) => {
  const people = new Subscribers(app, shop);

  // Elsewhere, an upgrade in mid-period granted the new amount on top of the old one.
  test("an upgrade in mid-period grants the difference and no more (complaint 11)", async () => {
    const [small, large] = [await people.plan({ credits: 360 }), await people.plan({ credits: 900 })];
    const lena = await people.at("2030-01-10T10:00:00Z");
    const { id } = await lena.subscribe(small);
    await lena.jump("2030-01-20T10:00:00Z");
    // The same call again, and at once, is the same change.
    const json = { planId: large };
    const replies = await atOnce(4, ({ client }) =>
      client.send("PATCH", `/v1/subscriptions/${id}`, { json }),
    );
    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200, 200, 200],
    );
    assert.deepEqual(await lena.ledger(), [
      "2030-01-10 granted 360 = 360 .0",
      "2030-01-20 granted 540 = 900 .0.1",
    ]);
  });

  // Elsewhere, a reset of what recurs took purchased packs with it.
  test("a renewal leaves credits alone that were bought or given (complaint 26)", async () => {
    const lena = await people.at("2030-01-10T10:00:00Z");
    await lena.subscribe(await people.plan());
    await lena.burn(30);
    await people.shop.grant(lena.id, {
      ...{ amount: "500", category: "paid", costBasis: { amount: "0.01", currency: "usd" } },
      externalReference: "pack",
    });
    await people.shop.grant(lena.id, {
      amount: "40",
      expiresAt: "2031-01-01T00:00:00Z",
      externalReference: "gift",
    });
    await lena.live("2030-12-10T10:00:00Z");
    const kept = (await lena.grants()).filter(({ externalReference }) => externalReference !== null);
    assert.deepEqual(
      kept.map(({ externalReference, remaining, status }) => [externalReference, remaining, status]).sort(),
      [
        ["gift", "40", "active"],
        ["pack", "500", "active"],
      ],
    );
    assert.equal((await lena.balance()).balance, "640");
  });

  // Elsewhere, editing what a product includes wiped paid credits of its other subscriptions.
  test("an edited plan changes nobody's credits until they are moved (complaint 27)", async () => {
    const plan = await people.plan({ rollover: "all" });
    const lena = await people.at("2030-01-10T10:00:00Z");
    const [moved, stays] = [await lena.subscribe(plan), await lena.subscribe(plan, { resourceId: "other" })];
    await people.shop.grant(lena.id, {
      ...{ amount: "500", category: "paid", costBasis: { amount: "0.01", currency: "usd" } },
      externalReference: "pack",
    });
    const before = await lena.ledger();
    for (const included of [{ credits: 10, every: "month" } as const, null]) {
      await at(1).client.call(routes.updatePlan, { params: { id: plan }, body: { included } });
      await lena.settle();
      assert.deepEqual(await lena.ledger(), before);
    }
    await lena.change(moved.id, { planVersion: 2 });
    await lena.live("2030-02-10T10:00:00Z");
    const granted = (await lena.grants()).filter(({ source }) => source.kind === "plan");
    const of = (id: string) => granted.filter(({ source }) => source.id === id).map(({ amount }) => amount);
    assert.deepEqual(
      [of(moved.id), of(stays.id)],
      [
        ["10", "100"],
        ["100", "100"],
      ],
    );
  });

  // Elsewhere, rollover was lost on subscriptions without a metered price.
  test("credits roll over on a plan that prices nothing (complaint 28)", async () => {
    const id = "prices-nothing";
    await people.plan();
    await at(0).client.call(routes.createPlan, {
      body: {
        ...{ id, name: id, creditTypeId: "credits", limit: "hard", rates: [] },
        included: { credits: 5, every: "month", rollover: "all" },
      },
    });
    const lena = await people.at("2030-01-10T10:00:00Z");
    await lena.subscribe(id);
    await lena.live("2030-02-10T10:00:00Z");
    assert.equal((await lena.balance()).balance, "10");
  });

  // Elsewhere, a balance depended on when a job happened to run.
  test("whenever somebody looked, the same life leaves the same ledger (complaint 29)", async (context) => {
    context.diagnostic(`CREDITS_KIT_SEED=${SEED}`);
    const plan = await people.plan({ rollover: { upTo: 35 } });
    const yearly = await people.plan({ credits: 700, every: "year", rollover: "all" });
    for (const acts of fc.sample(anyActs, { seed: SEED, numRuns: rounds > 1 ? 2 : 1 })) {
      const start = Date.parse("2030-01-31T10:00:00Z");
      const punctual = await people.at(new Date(start).toISOString());
      const others = [
        await people.at(new Date(start).toISOString()),
        await people.at(new Date(start).toISOString()),
      ];
      const everybody = [punctual, ...others];
      const subscriptions = new Map<Subscriber, string>();
      for (const each of everybody) subscriptions.set(each, (await each.subscribe(plan)).id);
      let now = start;
      for (const [step, { waitHours, kind, credits, looks }] of acts.entries()) {
        const next = now + waitHours * HOUR_MS;
        await punctual.advance(new Date(next).toISOString());
        for (const [index, each] of others.entries()) {
          // One is looked at here and there on the way, the other never but when something is asked.
          for (const look of index === 0 ? looks : []) {
            await each.live(new Date(now + Math.floor((look / 100) * waitHours) * HOUR_MS).toISOString());
          }
          await each.jump(new Date(next).toISOString());
        }
        now = next;
        for (const each of everybody) {
          if (kind === "burn") await each.burn(credits);
          if (kind === "hold") await tryHold(each, { id: `h${step}`, amount: String(credits) });
          if (kind === "move") {
            const planId = credits % 2 === 0 ? plan : yearly;
            await each.change(subscriptions.get(each) ?? "", { planId });
          }
        }
      }
      for (const each of everybody) await each.live(new Date(now + 40 * 24 * HOUR_MS).toISOString());
      const ledger = await punctual.ledger();
      for (const each of others) assert.deepEqual(await each.ledger(), ledger, JSON.stringify(acts));
    }
  });

  /** Holds credits if there are so many. */
  async function tryHold(
    { id: customerId }: Subscriber,
    hold: { id: string; amount: string },
  ): Promise<void> {
    const json = { ...hold, customerId, creditTypeId: "credits", expiresInSeconds: 86_400 };
    const { status } = await at(0).client.send("POST", "/v1/holds", { json });
    assert.ok(status === 201 || status === 402);
  }

  // Elsewhere, credits came twice or not at all where a period met the next one, and the 29th of January broke it.
  test("at the edge of a period everything happens once, on any day of the month (complaint 38)", async () => {
    const plan = await people.plan();
    for (const day of ["29", "30", "31"]) {
      const lena = await people.at(`2031-01-${day}T10:00:00Z`);
      await lena.subscribe(plan);
      for (const edge of [
        "2031-02-28T09:59:59.999Z",
        "2031-02-28T10:00:00.000Z",
        "2031-02-28T10:00:00.001Z",
      ]) {
        await lena.jump(edge);
        await atOnce(4, ({ shop: counter }, turn) =>
          counter.consume(lena.id, { id: `${edge}-${turn}`, creditTypeId: "credits", amount: "1" }),
        );
      }
      const ledger = await lena.ledger();
      assert.deepEqual(
        ledger.filter((line) => /granted|expired/.test(line)),
        [
          `2031-01-${day} granted 100 = 100 .0`,
          "2031-02-28 expired -96 = 0 .0",
          "2031-02-28 granted 100 = 100 .1",
        ],
      );
      assert.equal((await lena.balance()).balance, "92");
    }
  });

  // Elsewhere, what was used in a closed period was paid with credits that came after it.
  test("what was set aside in a period is paid with its credits, also after it is over (complaint 39)", async () => {
    const lena = await people.at("2030-01-10T10:00:00Z");
    await lena.subscribe(await people.plan());
    await lena.jump("2030-02-10T09:00:00Z");
    await people.shop.hold(lena.id, { id: "h", amount: "60", expiresInSeconds: 86_400 });
    await lena.jump("2030-02-10T11:00:00Z");
    await people.shop.capture(lena.id, { id: "h", amount: "60" });
    assert.deepEqual((await lena.ledger()).slice(-2), [
      "2030-02-10 granted 100 = 160 .1",
      "2030-02-10T11:00 consumed -60 = 100 .0",
    ]);
  });

  // Elsewhere, what was carried over ended with the period that it came from, and totals left it out.
  test("what is carried over lasts the whole next period, and totals count it (complaint 54)", async () => {
    const lena = await people.at("2030-01-31T10:00:00Z");
    await lena.subscribe(await people.plan({ rollover: "all" }));
    await lena.live("2030-03-31T09:59:59.999Z");
    const { balance, granted, nextExpiry } = await lena.balance();
    assert.deepEqual(
      { balance, granted, nextExpiry },
      { balance: "200", granted: "200", nextExpiry: { at: "2030-03-31T10:00:00.000Z", amount: "200" } },
    );
    await lena.live("2030-03-31T10:00:00Z");
    assert.equal((await lena.balance()).granted, "200");
  });
});
