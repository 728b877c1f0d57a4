import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine, useTestApp } from "../../test-support/index.ts";
import { Subscribers } from "./test-support/subscriber.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const people = new Subscribers(app);

  describe("included credits", () => {
    test("are there when the answer comes, last for the period and say where they come from", async () => {
      const plan = await people.plan({
        priority: 3,
        costBasis: { amount: "0.01", currency: "usd" },
      });
      const lena = await people.at("2030-01-31T10:00:00Z");
      const { id, ...subscription } = await lena.subscribe(plan);
      assert.deepEqual(await lena.ledger(), ["2030-01-31 granted 100 = 100 .0"]);
      const [grant] = await lena.grants();
      assert.ok(grant);
      const { category, priority, costBasis, effectiveAt, expiresAt, source, actor, status } = grant;
      assert.deepEqual(
        { category, priority, costBasis, effectiveAt, expiresAt, source, actor, status },
        {
          category: "recurring",
          priority: 3,
          costBasis: { amount: "0.01", currency: "usd" },
          effectiveAt: "2030-01-31T10:00:00.000Z",
          expiresAt: "2030-02-28T10:00:00.000Z",
          source: { kind: "plan", id },
          actor: { kind: "system", id: "clock" },
          status: "active",
        },
      );
      assert.equal(grant.id, `${id.replace("sub_", "gr_")}.0`);
      assert.equal(subscription.nextRefreshAt, "2030-02-28T10:00:00.000Z");
      assert.equal((await lena.balance()).nextRefreshAt, "2030-02-28T10:00:00.000Z");
      const read = await app().client.call(routes.getGrant, { params: { id: grant.id } });
      assert.equal(read.body.id, grant.id);
    });

    test("count in checks and estimates from the moment they are due, though nobody has written them yet", async () => {
      const lena = await people.at("2030-01-31T10:00:00Z");
      await lena.subscribe(await people.plan());
      await lena.burn(100);
      await lena.jump("2030-02-28T10:00:00Z");
      const params = { id: lena.id };
      const body = { creditTypeId: "credits", amount: 60 };
      const { body: check } = await app().client.call(routes.checkCustomer, { params, body });
      assert.deepEqual([check.allowed, check.available], [true, "100"]);
      await lena.jump("2030-03-31T10:00:00Z");
      const events = [{ customerId: lena.id, featureId: "email", quantity: 60 }];
      const { body: estimated } = await app().client.call(routes.createEstimates, { body: { events } });
      const [estimate] = estimated.estimates;
      assert.deepEqual([estimate?.balance, estimate?.wouldOverdraw], ["100", false]);
    });

    test("that begin on the 31st come on the last day of short months, and on the 31st again", async () => {
      const lena = await people.at("2030-01-31T10:00:00Z");
      await lena.subscribe(await people.plan());
      await lena.live("2030-05-31T10:00:00Z");
      assert.deepEqual(await lena.ledger(), [
        "2030-01-31 granted 100 = 100 .0",
        "2030-02-28 expired -100 = 0 .0",
        "2030-02-28 granted 100 = 100 .1",
        "2030-03-31 expired -100 = 0 .1",
        "2030-03-31 granted 100 = 100 .2",
        "2030-04-30 expired -100 = 0 .2",
        "2030-04-30 granted 100 = 100 .3",
        "2030-05-31 expired -100 = 0 .3",
        "2030-05-31 granted 100 = 100 .4",
      ]);
    });

    test("that begin on a leap day come on 28 February, and on the leap day again", async () => {
      const lena = await people.at("2028-02-29T10:00:00Z");
      await lena.subscribe(await people.plan({ every: "year" }));
      await lena.live("2032-02-29T10:00:00Z");
      const granted = (await lena.ledger()).filter((line) => line.includes("granted"));
      assert.deepEqual(
        granted.map((line) => line.slice(0, 10)),
        ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"],
      );
    });

    test("come at the very moment: not a millisecond before, and what ends is gone by then", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      await lena.subscribe(await people.plan());
      await lena.burn(40);
      await lena.live("2030-02-15T09:59:59.999Z");
      assert.equal((await lena.balance()).balance, "60");
      await lena.live("2030-02-15T10:00:00Z");
      assert.equal((await lena.balance()).balance, "100");
    });

    test("that are late by a day are there for whoever spends then, and what ended is not spent", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      await lena.subscribe(await people.plan());
      await lena.jump("2030-02-16T10:00:00Z");
      await lena.burn(30);
      assert.deepEqual(await lena.ledger(), [
        "2030-01-15 granted 100 = 100 .0",
        "2030-02-15 expired -100 = 0 .0",
        "2030-02-15 granted 100 = 100 .1",
        "2030-02-16 consumed -30 = 70 .1",
      ]);
    });

    test("that are late by five months leave the ledger that a punctual clock leaves", async () => {
      const plan = await people.plan({ rollover: { upTo: 30 } });
      const [late, punctual] = [
        await people.at("2030-01-31T10:00:00Z"),
        await people.at("2030-01-31T10:00:00Z"),
      ];
      for (const each of [late, punctual]) {
        await each.subscribe(plan);
        await each.burn(10);
        await people.shop.grant(each.id, { amount: "7", expiresAt: "2030-04-10T10:00:00Z" });
      }
      await punctual.advance("2030-06-30T10:00:00Z");
      await late.live("2030-06-30T10:00:00Z");
      const ledger = await late.ledger();
      const named = (lines: string[]) => lines.map((line) => line.replace(/ gr_.*| $/, ""));
      assert.deepEqual(named(ledger), named(await punctual.ledger()));
      assert.equal(ledger.filter((line) => line.includes("granted 100")).length, 6);
    });

    test("of a subscription that begins later come when it begins", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      const { status, nextRefreshAt } = await lena.subscribe(await people.plan(), {
        startsAt: "2030-02-10T10:00:00Z",
      });
      assert.deepEqual([status, nextRefreshAt], ["scheduled", "2030-02-10T10:00:00.000Z"]);
      await lena.live("2030-03-10T10:00:00Z");
      assert.deepEqual(await lena.ledger(), [
        "2030-02-10 granted 100 = 100 .0",
        "2030-03-10 expired -100 = 0 .0",
        "2030-03-10 granted 100 = 100 .1",
      ]);
    });

    test("of a start in the past come for the current period only, whole, and from now on", async () => {
      const lena = await people.at("2030-06-20T10:00:00Z");
      const { currentPeriod } = await lena.subscribe(await people.plan(), {
        startsAt: "2030-01-31T08:00:00Z",
      });
      assert.deepEqual(currentPeriod, {
        startsAt: "2030-05-31T08:00:00.000Z",
        endsAt: "2030-06-30T08:00:00.000Z",
      });
      await lena.live("2030-07-31T08:00:00Z");
      assert.deepEqual(await lena.ledger(), [
        "2030-06-20 granted 100 = 100 .4",
        "2030-06-30T08:00 expired -100 = 0 .4",
        "2030-06-30T08:00 granted 100 = 100 .5",
        "2030-07-31T08:00 expired -100 = 0 .5",
        "2030-07-31T08:00 granted 100 = 100 .6",
      ]);
    });

    test("end with the subscription: what was granted stays to its end, and nothing follows or is carried", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      await lena.subscribe(await people.plan({ rollover: "all" }), { endsAt: "2030-02-20T10:00:00Z" });
      await lena.live("2030-05-01T10:00:00Z");
      assert.deepEqual(await lena.ledger(), [
        "2030-01-15 granted 100 = 100 .0",
        "2030-02-15 expired -100 = 0 .0",
        "2030-02-15 granted 100 = 100 .0.r2",
        "2030-02-15 granted 100 = 200 .1",
        "2030-03-15 expired -100 = 100 .0.r2",
        "2030-03-15 expired -100 = 0 .1",
      ]);
      assert.equal((await lena.balance()).nextRefreshAt, null);
    });

    test("do not come at the very end of the subscription", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      await lena.subscribe(await people.plan({ rollover: "all" }), { endsAt: "2030-03-15T10:00:00Z" });
      await lena.live("2030-04-15T10:00:00Z");
      const granted = (await lena.grants()).map(({ id }) => id.replace(/^[^.]*/, ""));
      assert.deepEqual(granted.toSorted(), [".0", ".0.r2", ".1"]);
    });

    test("repay at the boundary what was overspent before", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      await lena.subscribe(await people.plan());
      await lena.burn(130);
      await lena.live("2030-02-16T10:00:00Z");
      assert.deepEqual((await lena.ledger()).slice(1), [
        "2030-01-15 consumed -130 = -30 .0",
        "2030-02-15 granted 100 = 70 .1",
        "2030-02-15 overage_repaid 0 = 70 .1",
      ]);
    });

    test("of two subscriptions to one pool come for each, whoever is first", async () => {
      const plan = await people.plan({ rollover: "all" });
      const lena = await people.at("2030-01-15T10:00:00Z");
      await lena.subscribe(plan);
      await lena.subscribe(plan, { startsAt: "2030-01-20T10:00:00Z" });
      await lena.live("2030-02-21T10:00:00Z");
      assert.deepEqual(await lena.ledger(), [
        "2030-01-15 granted 100 = 100 .0",
        "2030-01-20 granted 100 = 200 .0",
        "2030-02-15 expired -100 = 100 .0",
        "2030-02-15 granted 100 = 200 .0.r3",
        "2030-02-15 granted 100 = 300 .1",
        "2030-02-20 expired -100 = 200 .0",
        "2030-02-20 granted 100 = 300 .0.r6",
        "2030-02-20 granted 100 = 400 .1",
      ]);
    });

    test("belong to the resource of their subscription", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      await lena.subscribe(await people.plan(), { resourceId: "team" });
      await lena.live("2030-02-15T10:00:00Z");
      const grants = await lena.grants();
      assert.deepEqual(
        grants.map(({ resourceId, status }) => [resourceId, status]),
        [
          ["team", "active"],
          ["team", "expired"],
        ],
      );
    });
  });
});
