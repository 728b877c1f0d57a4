import assert from "node:assert/strict";
import { test } from "node:test";
import { oneEngine, eventually, fromNow } from "../../bff/src/test-support/index.ts";
import { autoTools, usd } from "./auto-tools.ts";
import { SELLING, useTill } from "./till.ts";

oneEngine((engine) => {
  const till = useTill(engine);
  const auto = autoTools(till);

  test("a pool that is drained below the threshold is filled up to the target, by one charge", async () => {
    const { customerId, stripeId } = await auto.customer();
    await auto.burn(customerId, "200");
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "100", "100 is not below 100");
    await auto.burn(customerId, "1");
    await auto.sweep();
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
    assert.equal(auto.charges(stripeId), 1);
    const rule = await auto.read(customerId);
    assert.equal(rule.state, "cooling_down");
    assert.deepEqual(rule.spentThisMonth, usd(501));
    assert.equal(rule.lastAttempt?.status, "succeeded");
    const grant = (await till.shop.grants(customerId)).find(({ source }) => source.kind === "auto_top_up");
    assert.equal(grant?.category, "paid");
    assert.equal(grant.amount, "501");
    assert.equal(grant.source.id, rule.lastAttempt.topUpId);
    assert.deepEqual(grant.costBasis, { amount: "0.01", currency: "usd" });
  });

  test("complaint 22: the limit stops what it would not hold, warns once of each part, and a raised one goes on at once", async () => {
    const { customerId, stripeId } = await auto.customer({
      credits: "120",
      rule: { target: "400", monthlyLimit: usd(700) },
    });
    await auto.burn(customerId, "30");
    await auto.sweep();
    assert.deepEqual((await auto.read(customerId)).spentThisMonth, usd(310));
    await auto.burn(customerId, "400");
    await auto.coolDown(customerId);
    await auto.sweep();
    await auto.sweep();
    const limited = await auto.read(customerId);
    assert.equal(limited.state, "limit_reached");
    assert.equal(auto.charges(stripeId), 1, "3.10 of 7.00 are spent, and 4.00 are needed");
    assert.equal(await auto.balance(customerId), "0");
    assert.deepEqual(await auto.notices(customerId, "limit_reached"), [80, 90, 100]);
    const raised = await auto.put(customerId, { target: "400", monthlyLimit: usd(10_000) });
    assert.equal(raised.state, "active");
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "400");
    assert.deepEqual(await auto.notices(customerId, "limit_reached"), [80, 90, 100]);
  });

  test("a threshold in money is turned into credits by the price in force", async () => {
    const { customerId, stripeId } = await auto.customer({ rule: { threshold: usd(100), target: "600" } });
    await auto.burn(customerId, "200");
    await auto.sweep();
    assert.equal(auto.charges(stripeId), 0);
    await auto.burn(customerId, "1");
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
    const { threshold, spentThisMonth } = await auto.read(customerId);
    assert.deepEqual([threshold, spentThisMonth], [usd(100), usd(501)]);
  });

  test("a gap above the plan's max is closed by max after max, with a pause between (complaint 16, complaint 18)", async () => {
    const prices = [{ amount: "0.01", currency: "usd" }];
    await till.shop.plan({ ...SELLING, id: "narrow", topUp: { prices, min: "100", max: "250" } });
    const { customerId, stripeId } = await auto.customer({ plan: "narrow", credits: "150" });
    await auto.burn(customerId, "100");
    await auto.sweep();
    await auto.burn(customerId, "290");
    for (let turn = 0; turn < 3; turn += 1) await auto.sweep();
    assert.equal(auto.charges(stripeId), 1, "a pause between charges");
    assert.equal(await auto.balance(customerId), "10");
    await auto.coolDown(customerId);
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "260");
    assert.equal(auto.charges(stripeId), 2);
  });

  test("a gap below the plan's min buys min, and credits live as long as the rule says", async () => {
    const { customerId } = await auto.customer({
      credits: "120",
      rule: { target: "110", grantExpiresAfter: "P30D" },
    });
    await auto.burn(customerId, "21");
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "199");
    const grant = (await till.shop.grants(customerId)).find(({ source }) => source.kind === "auto_top_up");
    assert.equal(grant?.amount, "100");
    const days = (Date.parse(grant.expiresAt ?? "") - Date.parse(grant.effectiveAt)) / 86_400_000;
    assert.ok(Math.abs(days - 30) < 0.01, String(days));
  });

  test("credits held for work count as gone, and a hold that is given back asks for nothing", async () => {
    const { customerId, stripeId } = await auto.customer();
    await till.shop.hold(customerId, { id: "h", amount: "150" });
    await auto.sweep();
    assert.equal(auto.charges(stripeId), 0, "150 are left");
    await till.shop.hold(customerId, { id: "i", amount: "60" });
    await auto.sweep();
    assert.equal(auto.charges(stripeId), 1, "90 are left");
    assert.equal((await till.shop.balance(customerId)).available, "600");
  });

  test("credits that expire are bought again, although nobody burned any", async () => {
    const { customerId } = await auto.customer({ credits: "50", rule: null });
    await till.shop.grant(customerId, { amount: "300", expiresAt: fromNow(300) });
    await auto.put(customerId);
    await auto.sweep();
    assert.equal((await auto.attempts(customerId)).length, 0);
    await eventually("the expiry", async () => (await auto.balance(customerId)) === "50");
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
  });

  test("complaint 21: what is switched off stays off, whatever is bought by hand", async () => {
    const { customerId, stripeId } = await auto.customer({ rule: { enabled: false } });
    await auto.burn(customerId, "290");
    await auto.sweep();
    const order = await till.order(customerId, { method: "charge", credits: "100" });
    assert.equal(order.status, "paid");
    await auto.burn(customerId, "109");
    await auto.sweep();
    assert.equal((await auto.read(customerId)).enabled, false);
    assert.equal(auto.charges(stripeId), 1);
    await auto.put(customerId);
    await auto.sweep();
    assert.equal(auto.charges(stripeId), 2, "switched on it looks at once, without being toggled");
  });

  test("complaint 20: burst after burst buys no more than three times in ten minutes", async () => {
    const { customerId, stripeId } = await auto.customer({ rule: { credits: "100" } });
    await auto.burn(customerId, "300");
    for (let turn = 0; turn < 6; turn += 1) {
      await auto.sweep();
      await auto.coolDown(customerId);
    }
    assert.equal(auto.charges(stripeId), 1, "100 are not below 100");
    for (let turn = 0; turn < 5; turn += 1) {
      await auto.burn(customerId, "50");
      await auto.sweep();
      await auto.coolDown(customerId);
    }
    assert.equal(auto.charges(stripeId), 3);
    const { state, nextTryAt } = await auto.read(customerId);
    assert.equal(state, "cooling_down");
    assert.ok(Date.parse(nextTryAt ?? "") > Date.now() + 8 * 60_000);
  });

  test("16 burns at once below the threshold make one charge", async () => {
    const { customerId, stripeId } = await auto.customer();
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        await auto.burn(customerId, "15");
        await auto.sweep();
      }),
    );
    await auto.sweep();
    assert.equal(auto.charges(stripeId, "made"), 1);
    assert.equal((await auto.attempts(customerId)).length, 1);
  });
});
