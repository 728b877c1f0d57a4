import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pay } from "../../pools/test-support/commands.ts";
import { oneEngine, useTestApp } from "../../test-support/index.ts";
import { type Subscriber, Subscribers } from "./test-support/subscriber.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const people = new Subscribers(app);

  async function hold(lena: Subscriber, id: string, amount: string): Promise<void> {
    await people.shop.hold(lena.id, { id, amount, expiresInSeconds: 86_400 });
  }

  describe("what is left of a period's credits", () => {
    test("is carried over whole, to the end of the next period and no further", async () => {
      const lena = await people.at("2030-01-31T10:00:00Z");
      await lena.subscribe(
        await people.plan({ rollover: "all", priority: 2, costBasis: { amount: "0.02", currency: "eur" } }),
      );
      await lena.burn(30);
      await lena.live("2030-02-28T10:00:00Z");
      const { granted, used, balance } = await lena.balance();
      assert.deepEqual({ granted, used, balance }, { granted: "170", used: "0", balance: "170" });
      const rolled = (await lena.grants()).find(({ source }) => source.kind === "rollover");
      assert.ok(rolled);
      const { amount, category, priority, costBasis, effectiveAt, expiresAt, source } = rolled;
      assert.deepEqual(
        { amount, category, priority, costBasis, effectiveAt, expiresAt },
        {
          amount: "70",
          category: "recurring",
          priority: 2,
          costBasis: { amount: "0.02", currency: "eur" },
          effectiveAt: "2030-02-28T10:00:00.000Z",
          expiresAt: "2030-03-31T10:00:00.000Z",
        },
      );
      assert.match(source.id ?? "", /\.0$/);
      await lena.burn(50);
      await lena.live("2030-03-31T10:00:00Z");
      assert.deepEqual(await lena.ledger(), [
        "2030-01-31 granted 100 = 100 .0",
        "2030-01-31 consumed -30 = 70 .0",
        "2030-02-28 expired -70 = 0 .0",
        "2030-02-28 granted 70 = 70 .0.r3",
        "2030-02-28 granted 100 = 170 .1",
        // Both end together; the one that is in effect longer, and then the older one, is burned first.
        "2030-02-28 consumed -50 = 120 .0.r3",
        "2030-03-31 expired -20 = 100 .0.r3",
        "2030-03-31 expired -100 = 0 .1",
        "2030-03-31 granted 100 = 100 .1.r8",
        "2030-03-31 granted 100 = 200 .2",
      ]);
    });

    test("is carried over up to what the plan lets, over all grants of the period together", async () => {
      const plan = await people.plan({ credits: 20, perSeat: true, rollover: { upTo: 50 } });
      const lena = await people.at("2030-01-15T10:00:00Z");
      const { id } = await lena.subscribe(plan, { seats: 2 });
      await lena.change(id, { seats: 3 });
      await lena.live("2030-02-15T10:00:00Z");
      assert.deepEqual(await lena.ledger(), [
        "2030-01-15 granted 40 = 40 .0",
        "2030-01-15 granted 20 = 60 .0.1",
        "2030-02-15 expired -40 = 20 .0",
        "2030-02-15 expired -20 = 0 .0.1",
        "2030-02-15 granted 40 = 40 .0.r3",
        "2030-02-15 granted 10 = 50 .0.1.r4",
        "2030-02-15 granted 60 = 110 .1",
      ]);
    });

    test("that a hold kept over the boundary is carried over when it comes free, within the same limit", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      await lena.subscribe(await people.plan({ rollover: { upTo: 50 } }));
      await lena.jump("2030-02-14T12:00:00Z");
      await hold(lena, "h", "70");
      await hold(lena, "i", "10");
      await lena.live("2030-02-15T10:00:00Z");
      await people.shop.release(lena.id, "i");
      await lena.live("2030-02-16T10:00:00Z");
      assert.deepEqual(await lena.ledger(), [
        "2030-01-15 granted 100 = 100 .0",
        "2030-02-14T12:00 hold_placed 0 = 100 .0",
        "2030-02-14T12:00 hold_placed 0 = 100 .0",
        "2030-02-15 expired -20 = 80 .0",
        "2030-02-15 granted 20 = 100 .0.r4",
        "2030-02-15 granted 100 = 200 .1",
        "2030-02-15 hold_released 0 = 200 .0",
        "2030-02-15 expired -10 = 190 .0",
        "2030-02-15 granted 10 = 200 .0.r8",
        "2030-02-15T12:00 hold_released 0 = 200 .0",
        "2030-02-15T12:00 expired -70 = 130 .0",
        "2030-02-15T12:00 granted 20 = 150 .0.r11",
      ]);
      const ends = (await lena.grants())
        .filter(({ source }) => source.kind === "rollover")
        .map(({ expiresAt }) => expiresAt);
      assert.deepEqual(ends, Array(3).fill("2030-03-15T10:00:00.000Z"));
    });

    test("that a hold burns after the boundary is not carried over", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      await lena.subscribe(await people.plan({ rollover: "all" }));
      await lena.jump("2030-02-15T09:00:00Z");
      await hold(lena, "h", "70");
      await lena.jump("2030-02-15T11:00:00Z");
      await people.shop.capture(lena.id, { id: "h", amount: "60" });
      assert.deepEqual((await lena.ledger()).slice(2), [
        "2030-02-15 expired -30 = 70 .0",
        "2030-02-15 granted 30 = 100 .0.r3",
        "2030-02-15 granted 100 = 200 .1",
        "2030-02-15T11:00 consumed -60 = 140 .0",
        "2030-02-15T11:00 hold_released 0 = 140 .0",
        "2030-02-15T11:00 expired -10 = 130 .0",
        "2030-02-15T11:00 granted 10 = 140 .0.r8",
      ]);
    });

    test("that a dispute kept over the boundary is carried over when the dispute is won", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      await lena.subscribe(await people.plan({ rollover: "all" }));
      const [grant] = await lena.grants();
      assert.ok(grant);
      const { pools } = app().parts;
      await pools.submit([pay(lena.id, grant.id, "freeze_grant")]);
      await lena.live("2030-02-20T10:00:00Z");
      await pools.submit([pay(lena.id, grant.id, "unfreeze_grant")]);
      assert.deepEqual(await lena.ledger(), [
        "2030-01-15 granted 100 = 100 .0",
        "2030-01-15 frozen -100 = 0 .0",
        "2030-02-15 granted 100 = 100 .1",
        "2030-02-20 unfrozen 100 = 200 .0",
        "2030-02-20 expired -100 = 100 .0",
        "2030-02-20 granted 100 = 200 .0.r5",
      ]);
    });

    test("that comes free only after the next period is over is gone", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      await lena.subscribe(await people.plan({ rollover: "all" }));
      const [grant] = await lena.grants();
      assert.ok(grant);
      const { pools } = app().parts;
      await pools.submit([pay(lena.id, grant.id, "freeze_grant")]);
      await lena.live("2030-03-15T10:00:00Z");
      await pools.submit([pay(lena.id, grant.id, "unfreeze_grant")]);
      assert.deepEqual((await lena.ledger()).slice(-2), [
        "2030-03-15 unfrozen 100 = 300 .0",
        "2030-03-15 expired -100 = 200 .0",
      ]);
    });

    test("is limited anew in each period", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      await lena.subscribe(await people.plan({ rollover: { upTo: 30 } }));
      await lena.live("2030-04-15T10:00:00Z");
      const carried = (await lena.grants()).filter(({ source }) => source.kind === "rollover");
      assert.deepEqual(
        carried.map(({ amount }) => amount),
        ["30", "30", "30"],
      );
    });

    test("that a hold kept until after the end of the subscription is gone", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      const { id } = await lena.subscribe(await people.plan({ rollover: "all" }));
      await lena.jump("2030-02-15T09:00:00Z");
      await hold(lena, "h", "100");
      await lena.jump("2030-02-15T12:00:00Z");
      await lena.cancel(id, { at: "now" });
      await people.shop.release(lena.id, "h");
      assert.deepEqual((await lena.ledger()).slice(-2), [
        "2030-02-15T12:00 hold_released 0 = 200 .0",
        "2030-02-15T12:00 expired -100 = 100 .0",
      ]);
    });

    test("is gone where the plan lets nothing over, and so is what somebody cut short", async () => {
      const lena = await people.at("2030-01-15T10:00:00Z");
      await lena.subscribe(await people.plan());
      await lena.subscribe(await people.plan({ rollover: "all" }), { resourceId: "cut" });
      const cut = (await lena.grants()).find(({ resourceId }) => resourceId === "cut");
      await people.shop.updateGrant(cut?.id ?? "", { expiresAt: "2030-01-20T10:00:00Z" });
      await lena.live("2030-02-15T10:00:00Z");
      const carried = (await lena.grants()).filter(({ source }) => source.kind === "rollover");
      assert.deepEqual(carried, []);
    });
  });
});
