import assert from "node:assert/strict";
import test from "node:test";
import type Stripe from "stripe";
import { card, submit, visit } from "../test-support/forms.ts";
import { payOffSession, saveCard, startForTest } from "../test-support/start.ts";

async function issue(stripe: Stripe): Promise<Stripe.Invoice> {
  const { customer } = await saveCard(stripe);
  const draft = await stripe.invoices.create({
    customer,
    collection_method: "send_invoice",
    days_until_due: 30,
  });
  await stripe.invoiceItems.create({
    customer,
    invoice: draft.id,
    amount: 2500,
    currency: "usd",
    description: "5,000 (five thousand) credits — \\o/",
  });
  return stripe.invoices.sendInvoice(draft.id);
}

test("a person pays an invoice on its page, after a decline and the bank's question", async (t) => {
  const { stripe } = await startForTest(t);
  const invoice = await issue(stripe);
  const page = await visit(invoice.hosted_invoice_url ?? "");
  assert.match(page.text, /Pay \$25\.00/);
  const declined = await submit(page, card("4000000000000002"));
  assert.match(declined.text, /role="alert">Your card was declined/);
  const asked = await submit(declined, card("4000002760003184"));
  const paid = await submit(asked, { answer: "confirm" });
  assert.match(paid.text, /Paid on/);
  assert.doesNotMatch(paid.text, /class="primary"/);
  assert.equal((await stripe.invoices.retrieve(invoice.id)).status, "paid");
});

test("a withdrawn invoice cannot be paid, and a wrong address shows nothing", async (t) => {
  const { stripe } = await startForTest(t);
  const invoice = await issue(stripe);
  await stripe.invoices.voidInvoice(invoice.id);
  assert.match((await visit(invoice.hosted_invoice_url ?? "")).text, /withdrawn/);
  assert.equal((await visit(`${invoice.hosted_invoice_url ?? ""}x`)).status, 404);
});

test("an invoice's PDF has a page, with every offset of its table where it says", async (t) => {
  const { stripe } = await startForTest(t);
  const invoice = await issue(stripe);
  const response = await fetch(invoice.invoice_pdf ?? "");
  assert.equal(response.headers.get("content-type"), "application/pdf");
  const text = Buffer.from(await response.arrayBuffer()).toString("latin1");
  assert.ok(text.startsWith("%PDF-1.4\n") && text.endsWith("%%EOF\n"));
  const offsets = [...text.matchAll(/^(\d{10}) 00000 n /gm)].map(([, at]) => Number(at));
  assert.equal(offsets.length, 5);
  offsets.forEach((at, index) => assert.ok(text.startsWith(`${index + 1} 0 obj`, at)));
  assert.ok(text.startsWith("xref", Number(/startxref\n(\d+)/.exec(text)?.[1])));
  const [, length, stream = ""] = /\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/.exec(text) ?? [];
  assert.equal(stream.length, Number(length));
  assert.ok(stream.includes(String.raw`(5,000 \(five thousand\) credits ? \\o/: $25.00)`));
});

test("a receipt is shown to whoever has its address", async (t) => {
  const { stripe } = await startForTest(t);
  const payment = await payOffSession(stripe, await saveCard(stripe), {
    description: "Top-up",
    expand: ["latest_charge"],
  });
  assert.ok(typeof payment.latest_charge === "object" && payment.latest_charge?.receipt_url);
  await stripe.refunds.create({ payment_intent: payment.id, amount: 500 });
  const { text } = await visit(payment.latest_charge.receipt_url);
  for (const part of ["$20.00", "Top-up", "visa ending in 4242", "$5.00"])
    assert.ok(text.includes(part), part);
  assert.equal((await visit(`${payment.latest_charge.receipt_url}x`)).status, 404);
});
