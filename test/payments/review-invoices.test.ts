import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { settleInvoice } from "../../bff/src/services/invoices/settle.ts";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { findTopUp } from "../../bff/src/storage/payments/top-ups.ts";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { idAtStripe, useTill } from "./till.ts";

const MINUTE_MS = 60_000;

const anInvoice = z.looseObject({ object: z.literal("invoice"), subtotal: z.number(), total: z.number() });
const paymentList = z.looseObject({ data: z.array(z.looseObject({ payment: z.looseObject({}) })) });

oneEngine((engine) => {
  /** Whether the account's prices have their tax within them. */
  let isInclusive = false;
  /** How much less an invoice asks for than its lines say. */
  let discount = 0;
  /** Another payment that paid a part of every invoice. */
  let part: string | null = null;
  const till = useTill(engine, {
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      const url = new URL(input instanceof Request ? input.url : String(input));
      if (part !== null && url.pathname === "/v1/invoice_payments") {
        const { data, ...page } = paymentList.parse(await answer.json());
        const payment = { type: "payment_intent", payment_intent: part };
        return Response.json({ ...page, data: [{ ...data[0], id: "inpay_other", payment }, ...data] });
      }
      if (!isInclusive && discount === 0) return answer;
      const body: unknown = await answer.json();
      const { data: invoice } = anInvoice.safeParse(body);
      const total = Math.max(0, (invoice?.total ?? 0) - discount);
      const net = isInclusive ? Math.round(total / 1.19) : total;
      return Response.json(invoice ? { ...invoice, total, total_excluding_tax: net } : body, answer);
    },
  });
  const control = () => till.sandbox().control;
  const client = () => till.app().client;
  const rowOf = (customerId: string) =>
    till
      .app()
      .database.writer.selectFrom("top_ups")
      .selectAll()
      .where("customer_id", "=", customerId)
      .executeTakeFirstOrThrow();
  const findings = async (customerId: string) => {
    const rows = await till
      .app()
      .database.writer.selectFrom("reconciliation_findings")
      .select("kind")
      .where("customer_id", "=", customerId)
      .where("repaired_at", "is", null)
      .execute();
    return rows.map(({ kind }) => kind);
  };
  const send = (customerId: string, more: object = {}) => {
    const json = { customerId, creditTypeId: "credits", credits: "500", method: "invoice", ...more };
    const headers = { "idempotency-key": `invoice-${customerId}` };
    return client().send("POST", "/v1/top-ups", { json, headers });
  };
  const voidOrder = (id: string) => client().send("POST", `/v1/top-ups/${id}/void`, { json: {} });
  const invoices = () => control().objects.invoices ?? 0;
  const atStripe = async (customerId: string) =>
    till.stripe().invoices.retrieve((await rowOf(customerId)).invoice_id ?? "");
  const giveUpByHand = async (id: string, status: "failed" | "void") => {
    const { writer } = till.app().database;
    await writer.updateTable("top_ups").set({ status }).where("top_up_id", "=", id).execute();
  };
  const compare = async () => {
    till.clock.ms += 30 * MINUTE_MS;
    await reconcile(till.app().money);
  };

  test("an order that was voided before its invoice was made stays so when it is sent again", async () => {
    const customerId = await till.buyer();
    control().addFault({ method: "POST", path: "/v1/invoices", kind: "drop", times: 1 });
    assert.equal((await send(customerId, { releaseOn: "issued" })).status, 503);
    control().clearFaults();
    const { top_up_id: id } = await rowOf(customerId);
    assert.equal((await voidOrder(id)).status, 200);
    const before = invoices();
    await send(customerId, { releaseOn: "issued" });
    assert.equal((await rowOf(customerId)).status, "void");
    assert.equal(invoices(), before);
    assert.equal((await till.shop.balance(customerId)).available, "0");
  });

  test("an invoice that cannot be sent is taken back before its order fails: nobody pays for nothing", async () => {
    const customerId = await till.buyer();
    control().addFault({
      method: "POST",
      path: "/v1/invoices/*/send",
      kind: "status",
      status: 400,
      times: 3,
    });
    assert.equal((await send(customerId)).status, 409);
    control().clearFaults();
    assert.equal((await rowOf(customerId)).status, "failed");
    assert.equal((await atStripe(customerId)).status, "void");
    await till.hear();
    await compare();
    assert.equal((await rowOf(customerId)).status, "failed");
    assert.deepEqual(await till.shop.grants(customerId), []);
    assert.deepEqual(await findings(customerId), []);
  });

  test("while it cannot be taken back either, its order waits, and is given up once it can", async () => {
    const customerId = await till.buyer();
    control().addFault({
      method: "POST",
      path: "/v1/invoices/*/send",
      kind: "status",
      status: 400,
      times: 3,
    });
    control().addFault({ method: "POST", path: "/v1/invoices/*/void", kind: "drop", times: 9 });
    assert.equal((await send(customerId)).status, 503);
    control().clearFaults();
    assert.equal((await rowOf(customerId)).status, "awaiting_payment");
    control().payInvoice((await rowOf(customerId)).invoice_id ?? "");
    await till.hear();
    assert.equal((await rowOf(customerId)).status, "paid");
    assert.equal((await till.shop.balance(customerId)).available, "500");
  });

  for (const status of ["failed", "void"] as const) {
    test(`an invoice that was paid although its order is ${status} has its credits`, async () => {
      const customerId = await till.buyer();
      const { id } = await till.order(customerId, { method: "invoice" });
      await giveUpByHand(id, status);
      control().payInvoice((await rowOf(customerId)).invoice_id ?? "");
      await till.hear();
      assert.equal((await rowOf(customerId)).status, "paid");
      assert.equal((await till.shop.balance(customerId)).available, "500");
    });

    test(`an open invoice of an order that is ${status} is taken back as soon as anything is heard of it`, async () => {
      const customerId = await till.buyer();
      const { id } = await till.order(customerId, { method: "invoice", releaseOn: "issued" });
      await giveUpByHand(id, status);
      await till.hear();
      assert.equal((await atStripe(customerId)).status, "void");
      await till.hear();
      assert.equal((await rowOf(customerId)).status, status);
      assert.equal((await till.shop.balance(customerId)).available, "0");
    });
  }

  test("an order that is voided while its invoice is being sent gets no credits, and the invoice is void", async () => {
    const customerId = await till.buyer();
    const { id } = await till.order(customerId, { method: "invoice" });
    const order = await findTopUp(till.app().database.writer, { customer_id: customerId, top_up_id: id });
    const invoice = await till.app().money.payments?.readInvoice(order?.invoice_id ?? "");
    if (!order || !invoice) throw new Error("the order has its invoice");
    await giveUpByHand(id, "void");
    // As whoever sent it knows it.
    const sent = { ...order, invoice_status: null, release_on: "issued" } as const;
    await settleInvoice(till.app().money, { order: sent, invoice, cause: "order" });
    assert.equal((await atStripe(customerId)).status, "void");
    assert.equal((await till.shop.balance(customerId)).available, "0");
  });

  test("the payment of a grant whose invoice was voided here is void", async () => {
    const customerId = await till.buyer();
    const { id } = await till.order(customerId, { method: "invoice" });
    assert.equal((await voidOrder(id)).status, 200);
    const [grant] = await till.shop.grants(customerId);
    assert.equal(grant?.status, "revoked");
    assert.equal(grant.payment?.status, "void");
    await till.hear();
    assert.equal((await till.shop.grants(customerId))[0]?.payment?.status, "void");
  });

  test("an invoice of an account whose prices include their tax is sent, paid, and gives its credits", async () => {
    isInclusive = true;
    const customerId = await till.buyer();
    const { invoice, status } = await till.order(customerId, { method: "invoice" });
    assert.deepEqual([status, invoice?.status], ["awaiting_payment", "open"]);
    control().payInvoice(invoice?.id ?? "");
    await till.hear();
    isInclusive = false;
    const { paid_minor: paid, tax_minor: tax } = await rowOf(customerId);
    assert.deepEqual([Number(paid), Number(tax)], [420, 80]);
    assert.equal((await till.shop.balance(customerId)).available, "500");
    assert.deepEqual(await findings(customerId), []);
  });

  test("an invoice that does not ask for what was ordered is listed, and neither made final nor sent", async () => {
    discount = 100;
    const customerId = await till.buyer();
    await till.order(customerId, { method: "invoice" });
    discount = 0;
    assert.equal((await atStripe(customerId)).status, "draft");
    assert.deepEqual(await findings(customerId), ["invoice_mismatch"]);
    assert.deepEqual(await till.shop.grants(customerId), []);
  });

  test("of an invoice that two payments paid, a refund of either takes its credits back", async () => {
    const customerId = await till.buyer();
    const { invoice } = await till.order(customerId, { method: "invoice" });
    control().payInvoice(invoice?.id ?? "");
    const whole = await till.stripe().invoicePayments.list({ invoice: invoice?.id ?? "" });
    const intent = whole.data[0]?.payment.payment_intent;
    const other = await till.stripe().paymentIntents.create({
      amount: 250,
      currency: "usd",
      customer: await till.stripeIdOf(customerId),
      payment_method: "pm_card_visa",
      confirm: true,
      return_url: "http://x.test",
    });
    part = other.id;
    await till.hear();
    part = null;
    assert.equal((await till.shop.balance(customerId)).available, "500");
    await till.stripe().refunds.create({ payment_intent: idAtStripe(intent ?? null), amount: 200 });
    await till.hear();
    assert.equal((await till.shop.balance(customerId)).available, "300");
    await till.stripe().refunds.create({ payment_intent: other.id, amount: 100 });
    await till.hear();
    assert.equal((await till.shop.balance(customerId)).available, "200");
    const { refunded } = await till.read((await rowOf(customerId)).top_up_id);
    assert.deepEqual(refunded, { amountMinor: 300, currency: "usd" });
  });
});
