import assert from "node:assert/strict";
import test from "node:test";
import type Stripe from "stripe";
import { saveCard, startForTest } from "../../test-support/start.ts";
import { idOf } from "../../world.ts";

const terms = { collection_method: "send_invoice", days_until_due: 14 } as const;

async function issue(stripe: Stripe, customer: string): Promise<Stripe.Invoice> {
  const draft = await stripe.invoices.create({
    customer,
    currency: "usd",
    metadata: { order: "9" },
    ...terms,
  });
  await stripe.invoiceItems.create({
    customer,
    invoice: draft.id,
    amount: 2500,
    currency: "usd",
    description: "5,000 credits",
  });
  return stripe.invoices.sendInvoice(draft.id);
}

async function paymentsOf(stripe: Stripe, id: string): Promise<Stripe.InvoicePayment[]> {
  return (await stripe.invoicePayments.list({ invoice: id })).data;
}

test("a draft gets its lines, then its number, pages, due date and a payment that waits", async (t) => {
  const { stripe, control } = await startForTest(t, { now: () => 1_800_000_000_000 });
  const { customer } = await saveCard(stripe);
  const draft = await stripe.invoices.create({ customer, ...terms });
  assert.deepEqual([draft.status, draft.number, draft.amount_due], ["draft", null, 0]);
  const item = await stripe.invoiceItems.create({
    customer,
    invoice: draft.id,
    quantity: 3,
    price_data: { currency: "usd", product: "prod_credits", unit_amount: 700 },
  });
  assert.equal(item.amount, 2100);
  const sent = await stripe.invoices.sendInvoice(draft.id, { expand: ["payments"] });
  assert.equal(sent.status, "open");
  assert.match(sent.number ?? "", /^[A-Z0-9]+-0001$/);
  assert.equal(sent.due_date, 1_800_000_000 + 14 * 24 * 60 * 60);
  assert.deepEqual([sent.amount_due, sent.amount_paid, sent.amount_remaining], [2100, 0, 2100]);
  assert.equal(sent.payments?.data[0]?.status, "open");
  assert.equal(sent.lines.data[0]?.amount, 2100);
  assert.ok(sent.hosted_invoice_url && sent.invoice_pdf);
  assert.deepEqual(
    control.events.map(({ type }) => type).filter((type) => type.startsWith("invoice.")),
    ["invoice.created", "invoice.finalized", "invoice.updated", "invoice.sent"],
  );
  await assert.rejects(
    stripe.invoiceItems.create({ customer, invoice: draft.id, amount: 1, currency: "usd" }),
    { code: "invoice_not_editable" },
  );
  await assert.rejects(stripe.invoices.finalizeInvoice(draft.id), { code: "invoice_not_editable" });
});

test("an invoice that is paid with a saved card has a payment and a charge", async (t) => {
  const { stripe, control } = await startForTest(t);
  const { customer, card } = await saveCard(stripe);
  const invoice = await issue(stripe, customer);
  await assert.rejects(stripe.invoices.pay(invoice.id), /no `default_payment_method`/);
  const paid = await stripe.invoices.pay(invoice.id, { payment_method: card });
  assert.deepEqual([paid.status, paid.amount_paid, paid.amount_remaining], ["paid", 2500, 0]);
  assert.ok(paid.status_transitions.paid_at);
  const [payment] = await paymentsOf(stripe, invoice.id);
  assert.equal(payment?.status, "paid");
  const intent = await stripe.paymentIntents.retrieve(idOf(payment?.payment.payment_intent) ?? "");
  assert.deepEqual([intent.status, intent.amount_received], ["succeeded", 2500]);
  const types = control.events.map(({ type }) => type);
  for (const type of ["invoice.paid", "invoice.payment_succeeded", "invoice_payment.paid"] as const)
    assert.ok(types.includes(type), type);
  await assert.rejects(stripe.invoices.pay(invoice.id), /already paid/);
});

test("a declined invoice stays open and can be paid by the person on its page", async (t) => {
  const { stripe, control } = await startForTest(t);
  const { customer, card } = await saveCard(stripe, "pm_card_chargeCustomerFail");
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card } });
  const invoice = await issue(stripe, customer);
  await assert.rejects(stripe.invoices.pay(invoice.id), {
    type: "StripeCardError",
    decline_code: "generic_decline",
  });
  const open = await stripe.invoices.retrieve(invoice.id);
  assert.deepEqual([open.status, open.attempt_count], ["open", 1]);
  assert.equal(control.events.at(-1)?.type, "invoice.payment_failed");
  const asked = control.payInvoice(invoice.id, { card: "pm_card_authenticationRequired" });
  assert.ok(asked.state === "asks");
  control.completeAuthentication(asked.payment);
  assert.equal((await stripe.invoices.retrieve(invoice.id)).status, "paid");
});

test("an invoice paid another way is paid without a charge", async (t) => {
  const { stripe, control } = await startForTest(t);
  const { customer } = await saveCard(stripe);
  const invoice = await issue(stripe, customer);
  const paid = await stripe.invoices.pay(invoice.id, { paid_out_of_band: true });
  assert.deepEqual([paid.status, paid.amount_paid_off_stripe, paid.amount_remaining], ["paid", 2500, 0]);
  assert.equal(control.objects["charges"], 0);
  assert.equal((await paymentsOf(stripe, invoice.id))[0]?.status, "canceled");
  const types = control.events.map(({ type }) => type);
  assert.ok(types.includes("invoice.paid"));
  assert.ok(!types.includes("invoice.payment_succeeded"));
});

test("a void invoice cannot be paid; an uncollectible one can", async (t) => {
  const { stripe } = await startForTest(t);
  const { customer, card } = await saveCard(stripe);
  const first = await issue(stripe, customer);
  const voided = await stripe.invoices.voidInvoice(first.id);
  assert.equal(voided.status, "void");
  await assert.rejects(stripe.invoices.pay(first.id, { payment_method: card }), /Voided/);
  const [payment] = await paymentsOf(stripe, first.id);
  assert.equal(
    (await stripe.paymentIntents.retrieve(idOf(payment?.payment.payment_intent) ?? "")).status,
    "canceled",
  );
  const second = await issue(stripe, customer);
  assert.equal((await stripe.invoices.markUncollectible(second.id)).status, "uncollectible");
  assert.equal((await stripe.invoices.pay(second.id, { payment_method: card })).status, "paid");
  const list = await stripe.invoices.list({ customer, status: "paid" });
  assert.deepEqual(
    list.data.map(({ id }) => id),
    [second.id],
  );
});

test("a draft can be deleted, and pending items wait for the next one", async (t) => {
  const { stripe } = await startForTest(t);
  const { customer } = await saveCard(stripe);
  await stripe.invoiceItems.create({ customer, amount: 500, currency: "usd" });
  const empty = await stripe.invoices.create({ customer });
  assert.equal(empty.amount_due, 0);
  assert.equal((await stripe.invoices.del(empty.id)).deleted, true);
  const full = await stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
  assert.equal(full.amount_due, 500);
  await assert.rejects(stripe.invoices.create({ customer, collection_method: "send_invoice" }), {
    param: "days_until_due",
  });
});

test("automatic tax is a part of the invoice", async (t) => {
  const { stripe, control } = await startForTest(t);
  control.configure({ taxPercent: 19 });
  const { customer } = await saveCard(stripe);
  const draft = await stripe.invoices.create({ customer, automatic_tax: { enabled: true } });
  const invoice = await stripe.invoices.addLines(draft.id, {
    lines: [{ amount: 1000, description: "Credits" }],
  });
  assert.deepEqual([invoice.subtotal, invoice.total, invoice.total_taxes?.[0]?.amount], [1000, 1190, 190]);
});
