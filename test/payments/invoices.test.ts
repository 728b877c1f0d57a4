import assert from "node:assert/strict";
import { test } from "node:test";
import { routes, type TopUp } from "@credits-kit/contract";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { oneEngine, expectProblem } from "../../bff/src/test-support/index.ts";
import { moneyBack } from "./money-back.ts";
import { STRIPE_KEY, useTill } from "./till.ts";

const DAY_MS = 24 * 60 * 60_000;

oneEngine((engine) => {
  const till = useTill(engine, { replicas: 2 });
  const money = moneyBack(till);
  const { shop } = till;
  const invoiced = (customerId: string, order: Parameters<typeof till.order>[1] = {}) =>
    till.order(customerId, { method: "invoice", ...order });
  const idOf = (order: TopUp) => order.invoice?.id ?? "";
  const grantOf = async (customerId: string) => {
    const [grant, ...others] = await shop.grants(customerId);
    if (!grant || others.length > 0) throw new Error(`${customerId} has ${others.length} more grants`);
    return grant;
  };
  const settle = (order: TopUp, verb: "void" | "mark_uncollectible") =>
    fetch(`${till.sandbox().url}/v1/invoices/${idOf(order)}/${verb}`, {
      method: "POST",
      headers: { authorization: `Bearer ${STRIPE_KEY}` },
    });

  test("an invoice is sent at once, with its links, and its credits are locked until it is paid", async () => {
    const customerId = await till.buyer();
    const order = await invoiced(customerId, { daysUntilDue: 14 });
    assert.equal(order.status, "awaiting_payment");
    assert.equal(order.invoice?.status, "open");
    assert.ok(order.invoice?.url && order.url === order.invoice.url);
    assert.ok(order.invoice?.pdfUrl);
    assert.equal(order.invoice?.isOverdue, false);
    const sent = till.sandbox().control.events.filter(({ type }) => type === "invoice.sent");
    assert.equal(sent.length, 1);
    const grant = await grantOf(customerId);
    assert.equal(grant.status, "payment_pending");
    assert.deepEqual(grant.source, { kind: "invoice", id: order.id });
    assert.equal(grant.payment?.invoiceUrl, order.invoice?.url);
    const { balance, available, pending } = await shop.balance(customerId);
    assert.deepEqual({ balance, available, pending }, { balance: "0", available: "0", pending: "500" });
  });

  test("pitfall 25: paying the invoice releases the credits, once, whoever notices and however often", async () => {
    const customerId = await till.buyer();
    const order = await invoiced(customerId);
    till.sandbox().control.setDelivery({ copies: 3, order: "reversed" });
    assert.deepEqual(till.sandbox().control.payInvoice(idOf(order)), { state: "complete" });
    await till.hear();
    till.sandbox().control.setDelivery({ copies: 1, order: "as_created" });
    await Promise.all([till.read(order.id), till.read(order.id)]);
    const paid = await till.read(order.id);
    assert.equal(paid.status, "paid");
    assert.deepEqual(paid.paid, { amountMinor: 500, currency: "usd" });
    assert.equal(paid.invoice?.status, "paid");
    assert.ok(paid.receiptUrl);
    assert.equal((await shop.balance(customerId)).balance, "500");
    const grant = await grantOf(customerId);
    assert.equal(grant.status, "active");
    assert.equal(grant.payment?.status, "paid");
    // A year from the payment, as the plan says.
    const days = (Date.parse(grant.expiresAt ?? "") - Date.now()) / DAY_MS;
    assert.ok(days > 364 && days < 367, String(days));
    const types = (await shop.ledger(customerId)).map(({ type }) => type);
    assert.deepEqual(types, ["granted", "updated", "activated"]);
  });

  test("an invoice that was paid while no webhook came is found by the comparison", async () => {
    const customerId = await till.buyer();
    const order = await invoiced(customerId);
    till.sandbox().control.setDelivery({ drop: true });
    till.sandbox().control.payInvoice(idOf(order));
    till.sandbox().control.setDelivery({ drop: false });
    till.clock.ms += 10 * 60_000;
    await reconcile(till.app().money);
    assert.equal((await shop.balance(customerId)).balance, "500");
  });

  test("a refund of an invoice's payment takes its credits back", async () => {
    const customerId = await till.buyer();
    const order = await invoiced(customerId);
    till.sandbox().control.payInvoice(idOf(order));
    await till.hear();
    await money.refund(await till.read(order.id), 200);
    await till.hear();
    assert.equal((await shop.balance(customerId)).balance, "300");
  });

  test("pitfall 25: marked paid by hand, it is paid at Stripe too, and who said so and why is kept", async () => {
    const customerId = await till.buyer();
    const order = await invoiced(customerId);
    const body = { reason: "Bank transfer of 3 May" };
    const { client } = till.app();
    const { body: paid } = await client.call(routes.markTopUpPaid, { params: { id: order.id }, body });
    await till.hear();
    assert.equal(paid.status, "paid");
    assert.equal((await shop.balance(customerId)).balance, "500");
    const history = await till
      .app()
      .database.writer.selectFrom("top_up_history")
      .select(["cause", "actor_kind", "reason"])
      .where("top_up_id", "=", order.id)
      .where("cause", "=", "mark_paid")
      .orderBy("no")
      .execute();
    assert.deepEqual(history[0], { cause: "mark_paid", actor_kind: "api_key", reason: body.reason });
    const again = await client.send("POST", `/v1/top-ups/${order.id}/mark-paid`, { json: body });
    expectProblem(again, 409, "state_conflict");
    const checkout = await till.order(customerId);
    const other = await client.send("POST", `/v1/top-ups/${checkout.id}/mark-paid`, { json: body });
    expectProblem(other, 409, "state_conflict");
  });

  test("pitfall 25: a voided invoice takes its locked credits away, and cannot be paid any more", async () => {
    const customerId = await till.buyer();
    const order = await invoiced(customerId);
    const { body: voided } = await till.app().client.call(routes.voidTopUp, {
      params: { id: order.id },
      body: { reason: "Ordered twice" },
    });
    await till.hear();
    assert.equal(voided.status, "void");
    assert.equal(voided.url, null);
    assert.equal((await till.read(order.id)).invoice?.status, "void");
    assert.equal((await grantOf(customerId)).status, "revoked");
    assert.equal((await shop.balance(customerId)).pending, "0");
    assert.throws(() => till.sandbox().control.payInvoice(idOf(order)));
  });

  test("voided at Stripe, it is void here", async () => {
    const customerId = await till.buyer();
    const order = await invoiced(customerId);
    await settle(order, "void");
    await till.hear();
    assert.equal((await till.read(order.id)).status, "void");
    assert.equal((await grantOf(customerId)).status, "revoked");
  });

  test("pitfall 25: uncollectible is not paid: the credits stay locked until money comes all the same", async () => {
    const customerId = await till.buyer();
    const order = await invoiced(customerId);
    await settle(order, "mark_uncollectible");
    await till.hear();
    const given = await till.read(order.id);
    assert.equal(given.status, "awaiting_payment");
    assert.equal(given.invoice?.status, "uncollectible");
    assert.equal((await grantOf(customerId)).status, "payment_pending");
    till.sandbox().control.payInvoice(idOf(order));
    await till.hear();
    assert.equal((await shop.balance(customerId)).balance, "500");
  });

  test("released at issue, credits are spent before they are paid; void takes the rest and tells what is missing (complaint 30)", async () => {
    const customerId = await till.buyer();
    const order = await invoiced(customerId, { releaseOn: "issued" });
    assert.equal((await shop.balance(customerId)).balance, "500");
    await shop.consume(customerId, { id: "spent", amount: "120", creditTypeId: "credits" });
    await till.app().client.call(routes.voidTopUp, { params: { id: order.id }, body: {} });
    assert.equal((await shop.balance(customerId)).balance, "0");
    const after = await till.read(order.id);
    assert.equal(after.status, "void");
    assert.equal(after.creditsShort, "120");
    assert.equal((await grantOf(customerId)).revoked, "380");
  });

  test("released at issue and then paid, the credits are there once", async () => {
    const customerId = await till.buyer();
    const order = await invoiced(customerId, { releaseOn: "issued" });
    till.sandbox().control.payInvoice(idOf(order));
    await till.hear();
    assert.equal((await till.read(order.id)).status, "paid");
    assert.equal((await shop.balance(customerId)).balance, "500");
  });

  test("complaint 22: ordered twice under one key, by two replicas at once, one invoice is sent", async () => {
    const customerId = await till.buyer();
    const json = { customerId, creditTypeId: "credits", credits: "500", method: "invoice" };
    const headers = { "idempotency-key": `key-${customerId}` };
    const before = till.sandbox().control.objects.invoices ?? 0;
    const replies = await Promise.all(
      [till.app(), till.other()].map(({ client }) => client.send("POST", "/v1/top-ups", { json, headers })),
    );
    assert.ok(
      replies.some(({ status }) => status === 201),
      replies.map(({ text }) => text).join(),
    );
    assert.equal((till.sandbox().control.objects.invoices ?? 0) - before, 1);
    assert.equal((await grantOf(customerId)).amount, "500");
  });

  for (const [place, path] of ["/v1/invoices", "/v1/invoiceitems", "*/finalize", "*/send"].entries()) {
    test(`when Stripe's answer to step ${place + 1} of an invoice is lost, the next try sends one invoice all the same`, async () => {
      const customerId = await till.buyer();
      const json = { customerId, creditTypeId: "credits", credits: "500", method: "invoice" };
      const headers = { "idempotency-key": `lost-${place}-${customerId}` };
      const before = till.sandbox().control.objects.invoices ?? 0;
      till
        .sandbox()
        .control.addFault({ method: "POST", path, times: 1, kind: "status", status: 500, afterWork: true });
      const first = await till.app().client.send("POST", "/v1/top-ups", { json, headers });
      till.sandbox().control.clearFaults();
      const asked = till.sandbox().control.requests.filter(({ status }) => status === 500);
      assert.ok(asked.length > place, "the fault was met");
      const second = await till.app().client.send("POST", "/v1/top-ups", { json, headers });
      assert.equal(second.status, 201, `${first.text} ${second.text}`);
      assert.equal((till.sandbox().control.objects.invoices ?? 0) - before, 1);
      const { pending } = await shop.balance(customerId);
      assert.equal(pending, "500");
      assert.equal(routes.createTopUp.answer.parse(JSON.parse(second.text)).total.amountMinor, 500);
    });
  }

  test("an invoice that a process left half done is finished by the comparison, once (F-17)", async () => {
    const customerId = await till.buyer();
    const json = { customerId, creditTypeId: "credits", credits: "500", method: "invoice" };
    const before = till.sandbox().control.objects.invoices ?? 0;
    till.sandbox().control.addFault({ method: "POST", path: "*/finalize", kind: "drop" });
    const reply = await till.app().client.send("POST", "/v1/top-ups", { json });
    expectProblem(reply, 503, "overloaded");
    till.sandbox().control.clearFaults();
    assert.deepEqual(await shop.grants(customerId), []);
    till.clock.ms += 10 * 60_000;
    await Promise.all([reconcile(till.app().money), reconcile(till.other().money)]);
    assert.equal((till.sandbox().control.objects.invoices ?? 0) - before, 1);
    assert.equal((await shop.balance(customerId)).pending, "500");
    const { data } = (await till.app().client.call(routes.listTopUps, { query: { customerId } })).body;
    assert.equal(data[0]?.invoice?.status, "open");
    assert.equal(data[0]?.status, "awaiting_payment");
  });

  test("an invoice keeps to the plan's least order, and its terms are refused for other methods", async () => {
    const customerId = await till.buyer();
    const json = { customerId, creditTypeId: "credits", credits: "500", method: "checkout", daysUntilDue: 5 };
    expectProblem(await till.app().client.send("POST", "/v1/top-ups", { json }), 422, "validation_failed");
    const few = { ...json, method: "invoice", credits: "1" };
    expectProblem(
      await till.app().client.send("POST", "/v1/top-ups", { json: few }),
      422,
      "amount_out_of_range",
    );
  });

  test("an invoice that is not paid in time shows as overdue", async () => {
    const customerId = await till.buyer();
    const order = await invoiced(customerId, { daysUntilDue: 0 });
    till.clock.ms += DAY_MS;
    assert.equal((await till.read(order.id)).invoice?.isOverdue, true);
    till.clock.ms -= DAY_MS;
  });
});
