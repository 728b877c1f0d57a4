import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { AUTO_PACE } from "../../bff/src/services/auto-top-ups/pace.ts";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { autoTools, poolOf, usd } from "./auto-tools.ts";
import { SELLING, useTill } from "./till.ts";

const MINUTE_MS = 60_000;

oneEngine((engine) => {
  const till = useTill(engine);
  const auto = autoTools(till);
  const { shop } = till;
  const client = () => till.app().client;
  const faults = () => till.sandbox().control;

  test("an invoice that is paid on its page and marked as paid at once is paid once (complaint 15)", async () => {
    const body = { reason: "Seen on the account" };
    for (const first of ["page", "operator"] as const) {
      const customerId = await till.buyer();
      const order = await till.order(customerId, { method: "invoice" });
      const pay = () => faults().payInvoice(order.invoice?.id ?? "");
      const mark = () => client().send("POST", `/v1/top-ups/${order.id}/mark-paid`, { json: body });
      if (first === "page") {
        pay();
        await mark();
      } else {
        assert.equal((await mark()).status, 200);
        assert.throws(pay);
      }
      await till.hear();
      await reconcile(till.app().money);
      assert.equal((await till.read(order.id)).status, "paid");
      assert.equal((await shop.grants(customerId)).length, 1);
      assert.equal((await shop.balance(customerId)).balance, "500");
      const paid = await auto.statuses(await till.stripeIdOf(customerId));
      assert.equal(paid.filter((status) => status === "succeeded").length, first === "page" ? 1 : 0);
      const { open } = (await client().call(routes.getReconciliation, {})).body;
      assert.ok(!open.some(({ topUpId }) => topUpId === order.id));
    }
  });

  test("an order whose money is on its way is not bought once more by the auto top-up (complaint 15)", async () => {
    faults().configure({ paymentMethodTypes: ["card", "us_bank_account"] });
    const { customerId, stripeId } = await auto.customer({ credits: "150" });
    const order = await till.order(customerId);
    till.pay(order, "pm_usBankAccount_processing");
    await till.hear();
    assert.equal((await till.read(order.id)).status, "processing");
    await auto.burn(customerId, "100");
    for (let turn = 0; turn < 3; turn += 1) await auto.sweep();
    assert.equal((await auto.attempts(customerId)).length, 0);
    const [payment] = await auto.statuses(stripeId);
    assert.equal(payment, "processing");
  });

  test("a balance below zero is filled up by one charge, however often it is looked at while that is under way (complaint 17)", async () => {
    await shop.plan({ ...SELLING, id: "overdrawn", limit: "soft" });
    const { customerId, stripeId } = await auto.customer({ credits: "150", plan: "overdrawn" });
    await auto.burn(customerId, "400");
    assert.equal(await auto.balance(customerId), "-250");
    faults().addFault({ path: "/v1/payment_intents*", kind: "drop", times: 1_000 });
    for (let turn = 0; turn < 6; turn += 1) {
      await auto.sweep();
      auto.later(5);
    }
    assert.equal((await auto.attempts(customerId)).length, 1);
    faults().clearFaults();
    for (let turn = 0; turn < 3; turn += 1) {
      auto.later(5);
      await auto.sweep();
    }
    assert.equal(await auto.balance(customerId), "600");
    assert.deepEqual([auto.charges(stripeId), auto.charges(stripeId, "made")], [1, 1]);
    const [attempt, ...others] = await auto.attempts(customerId);
    assert.deepEqual([attempt?.credits, attempt?.status, others.length], ["850", "succeeded", 0]);
  });

  test("a rule that is refused leaves the one before it, and what it has counted, as they were (complaint 23)", async () => {
    const { customerId } = await auto.customer({ rule: { monthlyLimit: usd(900) } });
    await auto.burn(customerId, "250");
    await auto.sweep();
    const before = await auto.read(customerId);
    assert.deepEqual(before.spentThisMonth, usd(550));
    for (const wrong of [
      { threshold: "700" },
      { monthlyLimit: { amountMinor: 100, currency: "eur" } },
      { threshold: "-1" },
      { paymentMethodId: "pm_of_nobody" },
    ]) {
      const json = { enabled: true, threshold: "100", target: "600", ...wrong };
      const path = `/v1/customers/${customerId}/auto-top-ups/${poolOf(customerId).creditType}`;
      const reply = await client().send("PUT", path, { json });
      assert.ok([409, 422].includes(reply.status), reply.text);
    }
    assert.deepEqual(await auto.read(customerId), before);
    assert.equal((await auto.attempts(customerId)).length, 1);
  });

  test("an order that is voided leaves nothing behind: balance, what is pending, other credits, the month's limit (complaint 30)", async () => {
    const { customerId } = await auto.customer({ rule: { monthlyLimit: usd(900) } });
    const standing = async () => {
      const { balance, available, pending, granted, used } = await shop.balance(customerId);
      const { spentThisMonth, inFlight } = await auto.read(customerId);
      return { balance, available, pending, granted, used, spentThisMonth, inFlight };
    };
    const before = await standing();
    for (const method of ["invoice", "checkout"] as const) {
      const order = await till.order(customerId, { method });
      const params = { id: order.id };
      await client().call(routes.voidTopUp, { params, body: { reason: "Mistaken" } });
      await till.hear();
      assert.equal((await till.read(order.id)).status, "void");
    }
    till.clock.ms += 5 * MINUTE_MS;
    await reconcile(till.app().money);
    assert.deepEqual(await standing(), before);
  });

  test("what was burned of a voided order is nobody's when it is taken back, and other credits are untouched (complaint 30)", async () => {
    const customerId = await till.buyer();
    const { id } = await till.order(customerId, { method: "invoice", releaseOn: "issued" });
    await shop.burn({ id: "work", customerId, featureId: "image", quantity: 20 });
    const other = await shop.grant(customerId, { amount: "40" });
    await client().call(routes.voidTopUp, { params: { id }, body: { reason: "Mistaken" } });
    assert.equal((await till.read(id)).creditsShort, "100");
    await shop.reverse(customerId, "work");
    assert.equal((await shop.balance(customerId)).balance, "40");
    for (const grant of await shop.grants(customerId))
      assert.equal(grant.remaining, grant.id === other.id ? "40" : "0");
  });

  test("how often money is taken is the server's to keep, whoever asks to go on and however often (complaint 60)", async () => {
    const { customerId, stripeId } = await auto.customer({ card: "pm_card_chargeCustomerFail" });
    const credential = await auto.session(customerId);
    await auto.burn(customerId, "250");
    for (let turn = 0; turn < 8; turn += 1) {
      await auto.sweep();
      await client().call(routes.resumeWidgetAutoTopUp, {
        params: { creditType: "credits" },
        credential,
      });
      await auto.resume(customerId);
    }
    await auto.sweep();
    const { most, windowMs } = AUTO_PACE.rate;
    assert.equal(auto.charges(stripeId, "failed"), most);
    const { state, nextTryAt } = await auto.read(customerId);
    assert.equal(state, "cooling_down");
    assert.ok(Date.parse(nextTryAt ?? "") > Date.now() + windowMs - 2 * MINUTE_MS);
    const manual = await readFile(new URL("../../docs/auto-top-up.md", import.meta.url), "utf8");
    assert.deepEqual([most, windowMs, AUTO_PACE.coolDownMs], [3, 10 * MINUTE_MS, MINUTE_MS]);
    assert.match(manual, /pauses for a minute, and never\s+makes more than three tries in ten minutes/);
  });
});

test("nobody is promised that a theme reaches Stripe's form, and none is sent to it (complaint 59)", async () => {
  const root = new URL("../../", import.meta.url);
  const manual = await readFile(new URL("docs/widgets.md", root), "utf8");
  assert.match(
    manual.replaceAll("\n", " "),
    /looks is set at Stripe, under Branding: no property reaches into it/,
  );
  const folder = new URL("widgets/src/", root);
  const names = (await readdir(folder, { recursive: true })).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const sources = await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
  const calls = sources.flatMap((text) => text.match(/\.createEmbeddedCheckoutPage\([^)]*\)/g) ?? []);
  assert.deepEqual(calls, [".createEmbeddedCheckoutPage({ clientSecret, onComplete })"]);
});
