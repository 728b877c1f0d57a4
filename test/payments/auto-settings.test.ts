import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine, expectProblem } from "../../bff/src/test-support/index.ts";
import { autoTools, poolOf, usd } from "./auto-tools.ts";
import { SELLING, useTill } from "./till.ts";

oneEngine((engine) => {
  const till = useTill(engine);
  const auto = autoTools(till);
  const client = () => till.app().client;

  const refused = (customerId: string, rule: object, creditType = "credits") =>
    client().send("PUT", `/v1/customers/${customerId}/auto-top-ups/${creditType}`, {
      json: { enabled: true, threshold: "100", target: "600", ...rule },
    });

  test("a rule reads back as it was set, and is gone when it was taken away", async () => {
    const { customerId } = await auto.customer({ rule: null });
    const where = { params: poolOf(customerId) };
    expectProblem(
      await client().send("GET", `/v1/customers/${customerId}/auto-top-ups/credits`),
      404,
      "not_found",
    );
    const set = await auto.put(customerId, { monthlyLimit: usd(5_000), grantExpiresAfter: "P6M" });
    assert.deepEqual(await auto.read(customerId), set);
    const { createdAt: _created, updatedAt: _updated, ...rest } = set;
    assert.deepEqual(rest, {
      ...{ customerId, creditTypeId: "credits", resourceId: null, enabled: true },
      ...{ threshold: "100", target: "600", credits: null, monthlyLimit: usd(5_000), method: "charge" },
      ...{ collectionMethod: "charge_automatically", daysUntilDue: null },
      ...{ grantExpiresAfter: "P6M", paymentMethodId: null, state: "active", spentThisMonth: usd(0) },
      ...{ inFlight: null, lastAttempt: null, suspendedReason: null, actionUrl: null, nextTryAt: null },
    });
    const changed = await auto.put(customerId, { credits: "250", threshold: usd(150) });
    assert.deepEqual(
      [changed.target, changed.credits, changed.threshold, changed.monthlyLimit, changed.grantExpiresAfter],
      [null, "250", usd(150), null, null],
    );
    await client().call(routes.deleteAutoTopUp, where);
    expectProblem(
      await client().send("GET", `/v1/customers/${customerId}/auto-top-ups/credits`),
      404,
      "not_found",
    );
    assert.deepEqual(await auto.attempts(customerId), []);
  });

  test("what could never work is refused by its reason, and what is switched off may always be set", async () => {
    const { customerId } = await auto.customer({ rule: null });
    const faults: [object, number, Parameters<typeof expectProblem>[2], string?][] = [
      [{ credits: "5" }, 422, "validation_failed", "credits"],
      [{ target: undefined }, 422, "validation_failed", "target"],
      [{ target: "100" }, 422, "validation_failed", "target"],
      [{ threshold: usd(600) }, 422, "validation_failed", "target"],
      [{ threshold: usd(0) }, 422, "validation_failed", "threshold"],
      [{ threshold: "0" }, 422, "validation_failed", "threshold"],
      [{ monthlyLimit: usd(0) }, 422, "validation_failed", "monthlyLimit"],
      [{ monthlyLimit: { amountMinor: 5, currency: "eur" } }, 422, "currency_mismatch", "monthlyLimit"],
      [
        { threshold: usd(100), monthlyLimit: { amountMinor: 5, currency: "jpy" } },
        422,
        "validation_failed",
        "monthlyLimit",
      ],
      [{ grantExpiresAfter: "P0D" }, 422, "validation_failed", "grantExpiresAfter"],
      [{ paymentMethodId: "pm_nobodys" }, 422, "validation_failed", "paymentMethodId"],
      [{ collectionMethod: "send_invoice", method: "charge" }, 422, "validation_failed", "method"],
      [
        { collectionMethod: "send_invoice", paymentMethodId: "pm_1" },
        422,
        "validation_failed",
        "paymentMethodId",
      ],
      [{ daysUntilDue: 5 }, 422, "validation_failed", "daysUntilDue"],
      [{ collectionMethod: "send_invoice", daysUntilDue: 366 }, 422, "validation_failed", "daysUntilDue"],
    ];
    for (const [rule, status, code, field] of faults) {
      const { errors } = expectProblem(await refused(customerId, rule), status, code);
      assert.equal(errors?.[0]?.path, field, JSON.stringify(rule));
    }
    expectProblem(await refused("nobody", {}), 404, "not_found");
    expectProblem(await refused(customerId, {}, "nothing"), 404, "not_found");
    const unsubscribed = await till.shop.customer({ plan: null });
    expectProblem(await refused(unsubscribed, {}), 409, "no_active_subscription");
    const unsold = await till.shop.customer({ plan: "hard" });
    expectProblem(await refused(unsold, {}), 409, "state_conflict");
    assert.equal((await refused(unsold, { enabled: false })).status, 200);
    const other = await auto.customer({ rule: null });
    const theirs = await auto.addCard(other.stripeId);
    expectProblem(await refused(customerId, { paymentMethodId: theirs }), 422, "validation_failed");
  });

  test("each pool of a customer has a rule of its own", async () => {
    const { customerId, stripeId } = await auto.customer({ rule: null });
    await till.shop.subscribe(customerId, { planId: "sells", resourceId: "team" });
    await till.shop.grant(customerId, { resourceId: "team", amount: "120" });
    const body = { enabled: true, threshold: "100", target: "200" };
    const where = { params: poolOf(customerId), query: { resourceId: "team" } };
    await client().call(routes.putAutoTopUp, { ...where, body });
    await till.shop.consume(customerId, { id: "team-1", amount: "21", resourceId: "team" });
    await auto.burn(customerId, "290");
    await auto.sweep();
    assert.equal(auto.charges(stripeId), 1);
    const rule = (await client().call(routes.getAutoTopUp, where)).body;
    assert.deepEqual([rule.resourceId, rule.lastAttempt?.credits], ["team", "101"]);
    const { balances } = (await client().call(routes.getBalances, { params: { id: customerId } })).body;
    assert.deepEqual(
      balances.map(({ resourceId, balance }) => [resourceId, balance]),
      [
        [null, "10"],
        ["team", "200"],
      ],
    );
  });

  test("every attempt is listed, page by page, also of a rule that was taken away", async () => {
    const { customerId } = await auto.customer({ rule: { credits: "100" } });
    for (let turn = 0; turn < 3; turn += 1) {
      await auto.burn(customerId, turn === 0 ? "250" : "100");
      await auto.sweep();
      await auto.coolDown(customerId);
    }
    await client().call(routes.deleteAutoTopUp, { params: poolOf(customerId) });
    const all = await auto.attempts(customerId);
    assert.equal(all.length, 3);
    for (const { topUpId, idempotencyKey, status, total } of all) {
      assert.deepEqual([idempotencyKey, status, total], [topUpId, "succeeded", usd(100)]);
      assert.ok(topUpId);
      assert.equal((await till.read(topUpId)).status, "paid");
    }
    const params = poolOf(customerId);
    const first = (await client().call(routes.listAutoTopUpAttempts, { params, query: { limit: 2 } })).body;
    const query = { limit: 2, cursor: first.nextCursor ?? "" };
    const rest = (await client().call(routes.listAutoTopUpAttempts, { params, query })).body;
    assert.deepEqual([...first.data, ...rest.data], all);
  });

  test("what a plan no longer sells is not bought, and says so until it is sold again", async () => {
    await till.shop.plan({ ...SELLING, id: "ending" });
    const { customerId, stripeId } = await auto.customer({ plan: "ending" });
    const { data } = (await client().call(routes.listSubscriptions, { params: { id: customerId } })).body;
    await client().call(routes.cancelSubscription, {
      params: { id: data[0]?.id ?? "" },
      body: { at: "now" },
    });
    await auto.burn(customerId, "250");
    await auto.sweep();
    const { state, suspendedReason } = await auto.read(customerId);
    assert.deepEqual([state, suspendedReason], ["suspended", "not_sold"]);
    await till.shop.subscribe(customerId, { planId: "sells" });
    auto.later(11);
    await auto.sweep();
    assert.equal(auto.charges(stripeId), 1);
  });
});
