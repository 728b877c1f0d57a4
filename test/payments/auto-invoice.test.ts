import { routes } from "@credits-kit/contract";
import assert from "node:assert/strict";
import { test } from "node:test";
import { sweepAutoTopUps } from "../../bff/src/services/auto-top-ups/sweep.ts";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { oneEngine, expectProblem } from "../../bff/src/test-support/index.ts";
import { autoTools, usd } from "./auto-tools.ts";
import { useTill } from "./till.ts";

const INVOICED = { collectionMethod: "send_invoice" } as const;

oneEngine((engine) => {
  const till = useTill(engine, { replicas: 2 });
  const auto = autoTools(till);
  const control = () => till.sandbox().control;
  const client = () => till.app().client;

  /** A customer without any card whose pool needs credits, and has not been looked at. */
  const drained = async (rule = {}) => {
    const customer = await auto.customer({ card: null, rule: { ...INVOICED, ...rule } });
    await auto.burn(customer.customerId, "250");
    return customer;
  };
  const ordersOf = async (customerId: string) =>
    (await client().call(routes.listTopUps, { query: { customerId } })).body.data;
  /** The one invoice that was sent to a customer. */
  const invoiceOf = async (customerId: string) => {
    const [order, ...others] = (await ordersOf(customerId)).filter(({ status }) => status !== "void");
    if (!order?.invoice || others.length > 0)
      throw new Error(`${customerId} has ${others.length} more orders`);
    return order.invoice;
  };
  const settle = (invoiceId: string, verb: "void" | "mark_uncollectible") =>
    auto.stripe(`invoices/${invoiceId}/${verb}`);
  const statuses = async (customerId: string) =>
    (await auto.attempts(customerId)).map(({ status }) => status);

  test("below the threshold an invoice is sent, and its credits wait; paid, they are there and the try is over", async () => {
    const { customerId } = await drained({ daysUntilDue: 14 });
    await auto.sweep();
    const rule = await auto.read(customerId);
    assert.deepEqual(
      [rule.collectionMethod, rule.daysUntilDue, rule.method],
      ["send_invoice", 14, "invoice"],
    );
    assert.equal(rule.state, "in_flight");
    assert.deepEqual([rule.inFlight?.credits, rule.inFlight?.total], ["550", usd(550)]);
    assert.equal(rule.inFlight?.invoice?.status, "open");
    assert.ok(rule.inFlight?.invoice?.url);
    const { balance, pending } = await till.shop.balance(customerId);
    assert.deepEqual([balance, pending], ["50", "550"]);
    const [grant] = (await till.shop.grants(customerId)).filter(
      ({ source }) => source.kind === "auto_top_up",
    );
    assert.equal(grant?.status, "payment_pending");

    control().payInvoice((await invoiceOf(customerId)).id);
    await till.hear();
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
    const after = await auto.read(customerId);
    assert.deepEqual([after.state, after.spentThisMonth, after.inFlight], ["cooling_down", usd(550), null]);
    const [attempt] = await auto.attempts(customerId);
    assert.deepEqual([attempt?.status, attempt?.paymentMethodId], ["succeeded", null]);
    assert.ok(attempt?.idempotencyKey);
  });

  test("one unpaid invoice is all that a pool has, however far it is drained and however often it is looked at", async () => {
    const { customerId } = await drained();
    const before = control().objects.invoices ?? 0;
    await auto.sweep();
    await auto.burn(customerId, "50");
    for (let turn = 0; turn < 4; turn += 1) {
      auto.later(30);
      await sweepAutoTopUps((turn % 2 === 0 ? till.app() : till.other()).money);
    }
    assert.equal((control().objects.invoices ?? 0) - before, 1);
    assert.deepEqual(await statuses(customerId), ["in_flight"]);
  });

  test("an invoice that was sent is not asked for at Stripe each minute while it waits to be paid", async () => {
    await drained();
    await auto.sweep();
    const before = control().requests.length;
    for (let turn = 0; turn < 5; turn += 1) {
      auto.later(2);
      await auto.sweep();
    }
    assert.equal(control().requests.length, before);
  });

  test("released when it is sent, by policy, the credits are spendable; drained again, nothing is bought until it is paid", async () => {
    await client().call(routes.updateSettings, { body: { releaseOn: "issued" } });
    try {
      const { customerId } = await drained();
      const before = control().objects.invoices ?? 0;
      await auto.sweep();
      assert.equal(await auto.balance(customerId), "600");
      await auto.burn(customerId, "590");
      await auto.sweep();
      assert.equal((control().objects.invoices ?? 0) - before, 1);
      assert.equal((await auto.read(customerId)).state, "in_flight");
      control().payInvoice((await invoiceOf(customerId)).id);
      await till.hear();
      await auto.sweep();
      await auto.coolDown(customerId);
      await auto.sweep();
      assert.equal((control().objects.invoices ?? 0) - before, 2);
    } finally {
      await client().call(routes.updateSettings, { body: { releaseOn: "paid" } });
    }
  });

  test("complaint 23: the month's limit counts the invoice that waits, and what was paid of it", async () => {
    const { customerId } = await drained({ monthlyLimit: usd(600) });
    await auto.sweep();
    assert.deepEqual((await auto.read(customerId)).spentThisMonth, usd(0));
    assert.deepEqual(await auto.notices(customerId, "limit_reached"), [80, 90]);
    control().payInvoice((await invoiceOf(customerId)).id);
    await till.hear();
    await auto.sweep();
    await auto.burn(customerId, "590");
    await auto.coolDown(customerId);
    await auto.sweep();
    assert.equal((await auto.read(customerId)).state, "limit_reached");
    assert.equal((await ordersOf(customerId)).length, 1);
  });

  for (const [verb, code, told] of [
    ["void", "invoice_void", /taken back/],
    ["mark_uncollectible", "invoice_uncollectible", /not paid/],
  ] as const) {
    test(`pitfall 25: an invoice that is ${verb} ends the try with a reason, and a day passes before the next one`, async () => {
      const { customerId } = await drained();
      await auto.sweep();
      const { id } = await invoiceOf(customerId);
      await settle(id, verb);
      await till.hear();
      await auto.sweep();
      const { state, lastAttempt, nextTryAt, inFlight } = await auto.read(customerId);
      assert.deepEqual([state, lastAttempt?.status, inFlight], ["cooling_down", "failed", null]);
      assert.equal(lastAttempt?.failure?.code, code);
      assert.match(lastAttempt.failure.message, told);
      const hours = (Date.parse(nextTryAt ?? "") - Date.now()) / 3_600_000;
      assert.ok(hours > 23 && hours < 25, String(hours));
      await auto.sweep();
      assert.equal((await ordersOf(customerId)).length, 1);
      await auto.resume(customerId);
      await auto.sweep();
      assert.equal((await ordersOf(customerId)).length, 2);
      assert.equal(new Set((await auto.attempts(customerId)).map((each) => each.idempotencyKey)).size, 2);
    });
  }

  test("a written-off invoice that is paid all the same brings its credits, counts, and lets the rule go on", async () => {
    const { customerId } = await drained({ monthlyLimit: usd(800) });
    await auto.sweep();
    const { id } = await invoiceOf(customerId);
    await settle(id, "mark_uncollectible");
    await till.hear();
    await auto.sweep();
    await auto.resume(customerId);
    await auto.sweep();
    assert.equal((await auto.read(customerId)).state, "limit_reached", "it may still be paid");
    control().payInvoice(id);
    await till.hear();
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
    assert.deepEqual((await auto.read(customerId)).spentThisMonth, usd(550));
  });

  test("three invoices in a row that are not paid stop it, until one is paid or somebody resumes it", async () => {
    const { customerId } = await drained();
    for (let turn = 0; turn < 3; turn += 1) {
      await auto.sweep();
      await settle((await invoiceOf(customerId)).id, "void");
      await till.hear();
      await auto.sweep();
      if (turn < 2) await auto.backOff(customerId);
    }
    const { state, suspendedReason } = await auto.read(customerId);
    assert.deepEqual([state, suspendedReason], ["suspended", "unpaid"]);
    const { problem } = (
      await client().call(routes.getWidgetAutoTopUp, {
        params: { creditType: "credits" },
        credential: await auto.session(customerId),
      })
    ).body;
    assert.deepEqual([problem?.code, problem?.remedy], ["unpaid", "resume"]);
    await auto.resume(customerId);
    await auto.sweep();
    assert.equal((await auto.read(customerId)).state, "in_flight");
  });

  test("an invoice that was paid while no webhook came is found by the comparison", async () => {
    const { customerId } = await drained();
    await auto.sweep();
    control().setDelivery({ drop: true });
    control().payInvoice((await invoiceOf(customerId)).id);
    control().setDelivery({ drop: false });
    auto.later(10);
    await reconcile(till.app().money);
    await auto.sweep();
    assert.deepEqual(await statuses(customerId), ["succeeded"]);
    assert.equal(await auto.balance(customerId), "600");
  });

  test("who reads it after the payment sees that it is over, before any webhook or sweep", async () => {
    const { customerId } = await drained();
    await auto.sweep();
    control().payInvoice((await invoiceOf(customerId)).id);
    auto.later(1);
    assert.equal((await auto.read(customerId)).lastAttempt?.status, "succeeded");
    await till.hear();
  });

  test("the host decides that invoices are sent: a widget keeps it, shows it, and needs no card and no consent", async () => {
    const { customerId } = await auto.customer({ card: null, rule: { ...INVOICED, daysUntilDue: 7 } });
    const credential = await auto.session(customerId);
    const params = { creditType: "credits" };
    const body = { enabled: true, threshold: "150", target: "700" };
    const set = await client().call(routes.putWidgetAutoTopUp, { params, credential, body });
    const { rule, problem, card, state } = set.body;
    assert.deepEqual(
      [rule?.collectionMethod, rule?.daysUntilDue, rule?.target, problem, card, state],
      ["send_invoice", 7, "700", null, null, "active"],
    );
    const path = "/widget/auto-top-ups/credits";
    const json = { ...body, collectionMethod: "send_invoice" };
    expectProblem(await client().send("PUT", path, { json, credential }), 422, "validation_failed");
    // A rule of the widget's own is by card.
    const other = await auto.customer({ card: null, rule: null });
    const theirs = {
      params,
      credential: await auto.session(other.customerId),
      body: { ...body, consent: true },
    };
    const mine = (await client().call(routes.putWidgetAutoTopUp, theirs)).body;
    assert.equal(mine.rule?.collectionMethod, "charge_automatically");
  });

  test("from invoices to a card and back: what is sent stays, and nothing is charged beside it", async () => {
    const { customerId, stripeId } = await drained();
    await auto.sweep();
    await auto.addCard(stripeId);
    await auto.put(customerId, { collectionMethod: "charge_automatically" });
    await auto.sweep();
    assert.deepEqual(await statuses(customerId), ["in_flight"]);
    assert.equal(auto.charges(stripeId), 0);
    await settle((await invoiceOf(customerId)).id, "void");
    await till.hear();
    await auto.sweep();
    await auto.resume(customerId);
    await auto.sweep();
    assert.equal(auto.charges(stripeId), 1);
    assert.equal(await auto.balance(customerId), "600");
  });

  test("what orders call an invoice is the same for a rule", async () => {
    const { customerId } = await auto.customer({ card: null, rule: { method: "invoice" } });
    assert.equal((await auto.read(customerId)).collectionMethod, "send_invoice");
  });
});
