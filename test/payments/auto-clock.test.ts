import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { stripeCustomerOf } from "../../bff/src/services/top-ups/stripe-customer.ts";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { autoTools, usd } from "./auto-tools.ts";
import { useTill } from "./till.ts";

oneEngine((engine) => {
  const till = useTill(engine);
  const auto = autoTools(till);
  const client = () => till.app().client;

  test("a month is that of the customer's clock in UTC: the limit of the next one is whole again", async () => {
    const customerId = "on-a-clock";
    const start = "2031-01-31T22:00:00Z";
    const { id } = (await client().call(routes.createTestClock, { body: { now: start } })).body;
    await client().call(routes.createCustomer, { body: { id: customerId, testClockId: id } });
    await till.shop.subscribe(customerId, { planId: "sells" });
    await till.shop.grant(customerId, { amount: "300" });
    const stripeId = await stripeCustomerOf(till.app().money, customerId);
    await auto.addCard(stripeId);
    const advance = async (to: string) => {
      await client().call(routes.advanceTestClock, { params: { id }, body: { to } });
      await auto.sweep();
    };
    await auto.put(customerId, { monthlyLimit: usd(600) });
    await auto.burn(customerId, "250");
    await auto.sweep();
    const first = await auto.read(customerId);
    assert.deepEqual(
      [first.spentThisMonth, first.lastAttempt?.startedAt],
      [usd(550), "2031-01-31T22:00:00.000Z"],
    );
    assert.equal(first.nextTryAt, "2031-01-31T22:01:00.000Z");
    await auto.burn(customerId, "550");
    await advance("2031-01-31T22:01:00Z");
    assert.equal((await auto.read(customerId)).state, "limit_reached");
    await advance("2031-01-31T23:59:59Z");
    assert.equal(auto.charges(stripeId), 1);
    await advance("2031-02-01T00:00:00Z");
    assert.equal(auto.charges(stripeId), 2);
    assert.equal(await auto.balance(customerId), "600");
    assert.deepEqual((await auto.read(customerId)).spentThisMonth, usd(550));
    assert.deepEqual(await auto.notices(customerId, "limit_reached"), [80, 90, 100, 80, 90]);
    const [grant] = (await till.shop.grants(customerId)).filter(
      ({ source }) => source.kind === "auto_top_up",
    );
    assert.equal(grant?.expiresAt?.slice(0, 10), "2032-02-01", "a year by the clock, as the plan says");
  });
});
