import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine, expectProblem, useTestApp } from "../../test-support/index.ts";
import { Subscribers } from "./test-support/subscriber.ts";

const START = "2030-01-15T10:00:00Z";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const people = new Subscribers(app);
  const granted = (lines: readonly string[]) => lines.filter((line) => line.includes("granted"));

  describe("a change in mid-period", () => {
    test("to a larger plan grants the difference, also after going back and forth", async () => {
      const [small, large] = [await people.plan({ credits: 360 }), await people.plan({ credits: 900 })];
      const lena = await people.at(START);
      const { id } = await lena.subscribe(small);
      await lena.jump("2030-01-20T10:00:00Z");
      for (const planId of [large, small, large, small, large]) await lena.change(id, { planId });
      await lena.live("2030-02-15T10:00:00Z");
      assert.deepEqual(await lena.ledger(), [
        "2030-01-15 granted 360 = 360 .0",
        "2030-01-20 granted 540 = 900 .0.1",
        "2030-02-15 expired -360 = 540 .0",
        "2030-02-15 expired -540 = 0 .0.1",
        "2030-02-15 granted 900 = 900 .1",
      ]);
    });

    test("to a smaller plan takes nothing away, and holds from the next period on", async () => {
      const lena = await people.at(START);
      const { id } = await lena.subscribe(await people.plan({ credits: 900 }));
      const { nextRefreshAt } = await lena.change(id, { planId: await people.plan({ credits: 360 }) });
      assert.equal(nextRefreshAt, "2030-02-15T10:00:00.000Z");
      await lena.live("2030-02-15T10:00:00Z");
      assert.deepEqual(granted(await lena.ledger()), [
        "2030-01-15 granted 900 = 900 .0",
        "2030-02-15 granted 360 = 360 .1",
      ]);
    });

    test("of seats grants for those that were never granted for, twice in a period and more", async () => {
      const lena = await people.at(START);
      const { id } = await lena.subscribe(await people.plan({ credits: 10, perSeat: true }), { seats: 3 });
      await lena.jump("2030-01-20T10:00:00Z");
      await lena.change(id, { seats: 5 });
      await lena.change(id, { seats: 2 });
      await lena.jump("2030-01-25T10:00:00Z");
      const { seats } = await lena.change(id, { seats: 6 });
      assert.equal(seats, 6);
      await lena.live("2030-02-15T10:00:00Z");
      await lena.change(id, { seats: 7 });
      assert.deepEqual(granted(await lena.ledger()), [
        "2030-01-15 granted 30 = 30 .0",
        "2030-01-20 granted 20 = 50 .0.1",
        "2030-01-25 granted 10 = 60 .0.2",
        "2030-02-15 granted 60 = 60 .1",
        "2030-02-15 granted 10 = 70 .1.1",
      ]);
    });

    test("is preceded by what was due under the plan before", async () => {
      const lena = await people.at(START);
      const { id } = await lena.subscribe(await people.plan({ credits: 10, rollover: "all" }));
      await lena.jump("2030-02-20T10:00:00Z");
      await lena.change(id, { planId: await people.plan({ credits: 25 }) });
      assert.deepEqual(await lena.ledger(), [
        "2030-01-15 granted 10 = 10 .0",
        "2030-02-15 expired -10 = 0 .0",
        "2030-02-15 granted 10 = 10 .0.r2",
        "2030-02-15 granted 10 = 20 .1",
        "2030-02-20 granted 15 = 35 .1.1",
      ]);
    });

    test("to yearly credits begins a year then, in which all that was given counts and lasts", async () => {
      const lena = await people.at(START);
      const { id } = await lena.subscribe(await people.plan({ credits: 100 }));
      await lena.burn(30);
      await lena.jump("2030-01-20T10:00:00Z");
      const yearly = await people.plan({ credits: 1000, every: "year" });
      const { currentPeriod } = await lena.change(id, { planId: yearly });
      assert.deepEqual(currentPeriod, {
        startsAt: "2030-01-20T10:00:00.000Z",
        endsAt: "2031-01-20T10:00:00.000Z",
      });
      await lena.live("2031-01-20T10:00:00Z");
      assert.deepEqual(await lena.ledger(), [
        "2030-01-15 granted 100 = 100 .0",
        "2030-01-15 consumed -30 = 70 .0",
        "2030-01-20 granted 900 = 970 .0.1",
        "2030-02-15 expired -70 = 900 .0",
        "2030-02-15 granted 70 = 970 .0.r4",
        "2031-01-20 expired -900 = 70 .0.1",
        "2031-01-20 expired -70 = 0 .0.r4",
        "2031-01-20 granted 1000 = 1000 .1",
      ]);
    });

    test("to monthly credits begins a month then, and leaves the year that was given", async () => {
      const lena = await people.at(START);
      const { id } = await lena.subscribe(await people.plan({ credits: 1200, every: "year" }));
      await lena.jump("2030-01-20T10:00:00Z");
      await lena.change(id, { planId: await people.plan({ credits: 100 }) });
      await lena.live("2030-03-20T10:00:00Z");
      assert.deepEqual(await lena.ledger(), [
        "2030-01-15 granted 1200 = 1200 .0",
        "2030-02-20 granted 100 = 1300 .1",
        "2030-03-20 expired -100 = 1200 .1",
        "2030-03-20 granted 100 = 1300 .2",
      ]);
    });

    test("to another credit type gives all of that type, but not again to who comes back: it lasts longer", async () => {
      const [credits, tokens] = [await people.plan(), await people.plan({ credits: 8 }, "tokens")];
      const lena = await people.at(START);
      const { id } = await lena.subscribe(credits);
      for (const [day, planId] of [
        ["20", tokens],
        ["22", credits],
        ["24", tokens],
      ] as const) {
        await lena.jump(`2030-01-${day}T10:00:00Z`);
        await lena.change(id, { planId });
      }
      await lena.live("2030-02-24T10:00:00Z");
      assert.deepEqual(await lena.ledger(), [
        "2030-01-15 granted 100 = 100 .0",
        "2030-02-15 expired -100 = 0 .0",
      ]);
      assert.deepEqual(granted(await lena.ledger("tokens")), [
        "2030-01-20 granted 8 = 8 .0.1",
        "2030-02-20 granted 8 = 8 .0.1.r2",
        "2030-02-24 granted 8 = 8 .1",
      ]);
    });

    test("to a plan that includes nothing ends what recurs, and back it begins anew", async () => {
      const [none, some] = [await people.plan(null), await people.plan()];
      const lena = await people.at(START);
      const { id } = await lena.subscribe(none);
      assert.equal((await lena.balance()).nextRefreshAt, null);
      await lena.change(id, { planId: some });
      assert.equal((await lena.change(id, { planId: none })).nextRefreshAt, null);
      await lena.live("2030-03-20T10:00:00Z");
      await lena.change(id, { planId: some });
      assert.deepEqual(await lena.ledger(), [
        "2030-01-15 granted 100 = 100 .0.1",
        "2030-02-15 expired -100 = 0 .0.1",
        "2030-03-20 granted 100 = 100 .0.2",
      ]);
    });
  });

  describe("a subscription", () => {
    test("stays on its version of the plan until it is moved, and then gets the difference", async () => {
      const plan = await people.plan();
      const lena = await people.at(START);
      const { id, planVersion } = await lena.subscribe(plan);
      const included = { credits: 150, every: "month" } as const;
      await app().client.call(routes.updatePlan, { params: { id: plan }, body: { included } });
      await lena.live("2030-02-15T10:00:00Z");
      const moved = await lena.change(id, { planVersion: "latest" });
      assert.deepEqual([planVersion, moved.planVersion], [1, 2]);
      assert.equal((await lena.change(id, { planVersion: 1 })).planVersion, 1);
      assert.deepEqual(granted(await lena.ledger()), [
        "2030-01-15 granted 100 = 100 .0",
        "2030-02-15 granted 100 = 100 .1",
        "2030-02-15 granted 50 = 150 .1.1",
      ]);
    });

    test("that is canceled goes on to the end of its period, or of the day if it is to end now", async () => {
      const plan = await people.plan({ rollover: "all" });
      const lena = await people.at(START);
      const [first, second] = [await lena.subscribe(plan), await lena.subscribe(plan, { resourceId: "b" })];
      await lena.jump("2030-01-20T10:00:00Z");
      const canceled = await lena.cancel(first.id, { reason: "Too dear" });
      const ended = await lena.cancel(second.id, { at: "now" });
      assert.deepEqual(
        [canceled, ended].map(({ status, endsAt, canceledAt, cancelReason, nextRefreshAt }) => {
          return [status, endsAt, canceledAt, cancelReason, nextRefreshAt];
        }),
        [
          ["active", "2030-02-15T10:00:00.000Z", "2030-01-20T10:00:00.000Z", "Too dear", null],
          ["ended", "2030-01-20T10:00:00.000Z", "2030-01-20T10:00:00.000Z", null, null],
        ],
      );
      await lena.live("2030-03-15T10:00:00Z");
      const each = ["granted 100 = 100 .0", "expired -100 = 0 .0"];
      assert.deepEqual(
        (await lena.ledger()).map((line) => line.slice(11)),
        [...each, ...each],
      );
      const again = await app().client.send("POST", `/v1/subscriptions/${first.id}/cancel`, { json: {} });
      expectProblem(again, 409, "state_conflict");
      const moved = await app().client.send("PATCH", `/v1/subscriptions/${first.id}`, { json: { seats: 2 } });
      expectProblem(moved, 409, "state_conflict");
    });

    test("that is canceled can be taken up again while it goes on, and then renews", async () => {
      const lena = await people.at(START);
      const { id } = await lena.subscribe(await people.plan());
      await lena.cancel(id);
      const taken = await lena.change(id, { endsAt: null });
      assert.deepEqual([taken.endsAt, taken.canceledAt], [null, null]);
      await lena.live("2030-02-15T10:00:00Z");
      assert.equal(granted(await lena.ledger()).length, 2);
    });

    test("that is canceled before it begins never does", async () => {
      const lena = await people.at(START);
      const { id } = await lena.subscribe(await people.plan(), { startsAt: "2030-02-01T10:00:00Z" });
      assert.equal((await lena.cancel(id)).status, "ended");
      await lena.live("2030-04-01T10:00:00Z");
      assert.deepEqual(await lena.ledger(), []);
    });

    test("keeps its price and seats, and tells them", async () => {
      const lena = await people.at(START);
      const { id } = await lena.subscribe(await people.plan(null), { price: "0.5", currency: "usd" });
      const changed = await lena.change(id, { price: "0.4", currency: "eur", seats: 4 });
      assert.deepEqual([changed.price, changed.seats], [{ amount: "0.4", currency: "eur" }, 4]);
      assert.equal((await lena.change(id, { price: null })).price, null);
      const read = await app().client.call(routes.getSubscription, { params: { id } });
      assert.deepEqual([read.body.price, read.body.seats], [null, 4]);
    });

    test("is not changed to what there is not, or cannot be", async () => {
      const lena = await people.at(START);
      const perSeat = await people.plan({ credits: "1000000000", perSeat: true });
      const { id } = await lena.subscribe(perSeat, { seats: 1000 });
      for (const [body, code] of [
        [{ planId: "nothing" }, "not_found"],
        [{ planVersion: 2 }, "not_found"],
        [{ seats: 1001 }, "amount_out_of_range"],
        [{ seats: 0 }, "validation_failed"],
        [{ endsAt: START }, "validation_failed"],
        [{ price: "1" }, "validation_failed"],
        [{}, "validation_failed"],
      ] as const) {
        const reply = await app().client.send("PATCH", `/v1/subscriptions/${id}`, { json: body });
        expectProblem(reply, code === "not_found" ? 404 : 422, code);
      }
      const tooMany = await app().client.send("POST", `/v1/customers/${lena.id}/subscriptions`, {
        json: { planId: perSeat, seats: 1001 },
      });
      expectProblem(tooMany, 422, "amount_out_of_range");
      for (const unknown of ["sub_nobody", id.replace(/.$/, (last) => (last === "0" ? "1" : "0"))]) {
        const reply = await app().client.send("GET", `/v1/subscriptions/${unknown}`);
        expectProblem(reply, 404, "not_found");
      }
    });
  });
});
