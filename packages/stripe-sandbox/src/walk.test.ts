import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import test, { type TestContext } from "node:test";
import Stripe from "stripe";
import { type StripeSandbox, startStripeSandbox } from "./index.ts";
import { card, submit, visit } from "./test-support/forms.ts";

/*
 * A shop of somebody else's, as Stripe's own guides would have it: the official client, its endpoint for webhooks, and
 * people who fill in pages. It knows nothing of the sandbox but its address; only what banks do is made to happen.
 */

const KEY = "sk_test_sandbox";
const SECRET = "whsec_of_the_walk";

interface Walk {
  readonly stripe: Stripe;
  readonly sandbox: StripeSandbox;
  /** The types that were heard so far, each once, with those that begin so. */
  heard(start: string): Promise<string[]>;
}

/** A shop whose endpoint takes nothing that the official client does not find signed. */
async function openShop(t: TestContext): Promise<Walk> {
  const events: Stripe.Event[] = [];
  const stripe = new Stripe(KEY);
  const endpoint = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const signature = request.headers["stripe-signature"] ?? "";
      try {
        events.push(stripe.webhooks.constructEvent(Buffer.concat(parts), signature, SECRET));
        response.end();
      } catch {
        response.writeHead(400).end();
      }
    });
  }).listen(0, "127.0.0.1");
  await once(endpoint, "listening");
  const address = endpoint.address();
  assert.ok(typeof address === "object" && address !== null);
  const webhook = { url: `http://127.0.0.1:${address.port}/stripe`, secret: SECRET };
  const sandbox = await startStripeSandbox({ webhook });
  t.after(async () => {
    await sandbox.close();
    endpoint.closeAllConnections();
    endpoint.close();
  });
  const { hostname, port } = new URL(sandbox.url);
  const client = new Stripe(KEY, { host: hostname, port, protocol: "http", telemetry: false });
  return {
    stripe: client,
    sandbox,
    heard: async (start) => {
      await sandbox.control.webhooksIdle();
      // What was heard is what the API lists, and nothing else.
      for (const event of events) assert.deepEqual((await client.events.retrieve(event.id)).type, event.type);
      return [...new Set(events.map(({ type }) => type))].filter((type) => type.startsWith(start)).sort();
    },
  };
}

const goods = {
  quantity: 1,
  price_data: { currency: "usd", unit_amount: 1_500, product_data: { name: "1,500 credits" } },
} as const;

test("checkout: a session, its page, the buyer's way back, the event, the session read again", async (t) => {
  const { stripe, heard } = await openShop(t);
  const { id: customer } = await stripe.customers.create({ email: "ann@example.com" });
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    customer,
    client_reference_id: "order-1",
    line_items: [goods],
    payment_intent_data: { metadata: { order: "order-1" } },
    success_url: "https://shop.test/done?s={CHECKOUT_SESSION_ID}",
    cancel_url: "https://shop.test/cart",
  });
  const page = await visit(session.url ?? "");
  const declined = await submit(page, card("4000000000000002"));
  assert.equal(declined.status, 402);
  const back = await submit(declined, card("4242424242424242"));
  assert.equal(back.away, `https://shop.test/done?s=${session.id}`);
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  assert.deepEqual(
    [paid.payment_status, paid.amount_total, paid.client_reference_id],
    ["paid", 1_500, "order-1"],
  );
  assert.ok(typeof paid.payment_intent === "object");
  assert.deepEqual(paid.payment_intent?.metadata, { order: "order-1" });
  assert.deepEqual(await heard("checkout."), ["checkout.session.completed"]);
  assert.deepEqual(await heard("payment_intent."), [
    "payment_intent.created",
    "payment_intent.payment_failed",
    "payment_intent.succeeded",
  ]);
});

test("embedded checkout: a secret instead of an address, the form in its frame, done without leaving", async (t) => {
  const { stripe, sandbox, heard } = await openShop(t);
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    ui_mode: "embedded_page",
    redirect_on_completion: "never",
    line_items: [goods],
  });
  assert.equal(session.url, null);
  const frame = `${sandbox.url}/c/embed/${session.id}?secret=${session.client_secret ?? ""}`;
  const done = await submit(await visit(frame), card("4242424242424242"));
  assert.ok(done.text.includes(`data-complete="${session.id}"`));
  assert.equal((await stripe.checkout.sessions.retrieve(session.id)).status, "complete");
  assert.deepEqual(await heard("checkout."), ["checkout.session.completed"]);
});

test("setup, then a charge without the person; another card's bank asks for them, and they answer", async (t) => {
  const { stripe, heard } = await openShop(t);
  const { id: customer } = await stripe.customers.create({ email: "ann@example.com" });
  const setup = await stripe.checkout.sessions.create({
    ...{ mode: "setup", customer, currency: "usd", success_url: "https://shop.test/saved" },
  });
  const asked = await submit(await visit(setup.url ?? ""), card("4000002500003155"));
  assert.equal((await submit(asked, { answer: "confirm" })).away, "https://shop.test/saved");
  const { setup_intent: made } = await stripe.checkout.sessions.retrieve(setup.id, {
    expand: ["setup_intent"],
  });
  assert.ok(typeof made === "object" && typeof made?.payment_method === "string");
  const charge = {
    ...{ amount: 900, currency: "usd", customer, off_session: true, confirm: true },
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  } as const;
  const paid = await stripe.paymentIntents.create(
    { ...charge, payment_method: made.payment_method },
    { idempotencyKey: "refill-1" },
  );
  const again = await stripe.paymentIntents.create(
    { ...charge, payment_method: made.payment_method },
    { idempotencyKey: "refill-1" },
  );
  assert.deepEqual([paid.status, again.id], ["succeeded", paid.id]);

  const { id: wary } = await stripe.paymentMethods.attach("pm_card_authenticationRequired", { customer });
  let id = "";
  await assert.rejects(stripe.paymentIntents.create({ ...charge, payment_method: wary }), (error) => {
    assert.ok(error instanceof Stripe.errors.StripeCardError);
    assert.equal(error.code, "authentication_required");
    id = error.payment_intent?.id ?? "";
    return true;
  });
  const there = { payment_method: wary, return_url: "https://shop.test/bank" };
  const { next_action: next } = await stripe.paymentIntents.confirm(id, there);
  const bank = await visit(next?.redirect_to_url?.url ?? "");
  assert.match((await submit(bank, { answer: "confirm" })).away ?? "", /^https:\/\/shop\.test\/bank/);
  assert.equal((await stripe.paymentIntents.retrieve(id)).status, "succeeded");
  assert.deepEqual(await heard("setup_intent."), [
    "setup_intent.created",
    "setup_intent.requires_action",
    "setup_intent.succeeded",
  ]);
  assert.ok((await heard("payment_intent.")).includes("payment_intent.requires_action"));
});

test("invoices: sent and paid on their page, void, paid out of band, uncollectible and paid all the same", async (t) => {
  const { stripe, heard } = await openShop(t);
  const { id: customer } = await stripe.customers.create({ email: "ann@example.com" });
  const send = async (): Promise<Stripe.Invoice> => {
    const terms = { collection_method: "send_invoice", days_until_due: 14 } as const;
    const { id: invoice } = await stripe.invoices.create({ customer, ...terms });
    await stripe.invoiceItems.create({ customer, invoice, amount: 2_500, currency: "usd" });
    await stripe.invoices.finalizeInvoice(invoice);
    return stripe.invoices.sendInvoice(invoice);
  };
  const paid = await send();
  const page = await visit(paid.hosted_invoice_url ?? "");
  assert.match((await submit(page, card("4242424242424242"))).text, /Paid on/);
  const { data } = await stripe.invoicePayments.list({ invoice: paid.id, status: "paid" });
  assert.equal(data[0]?.amount_paid, 2_500);
  const file = await fetch(paid.invoice_pdf ?? "");
  assert.match(Buffer.from(await file.arrayBuffer()).toString("latin1"), /^%PDF-/);

  const withdrawn = await send();
  assert.equal((await stripe.invoices.voidInvoice(withdrawn.id)).status, "void");
  await assert.rejects(stripe.invoices.pay(withdrawn.id), Stripe.errors.StripeInvalidRequestError);
  const byTransfer = await stripe.invoices.pay((await send()).id, { paid_out_of_band: true });
  assert.equal(byTransfer.status, "paid");
  assert.equal(
    (await stripe.invoicePayments.list({ invoice: byTransfer.id, status: "paid" })).data.length,
    0,
  );
  const bad = await stripe.invoices.markUncollectible((await send()).id);
  assert.equal(bad.status, "uncollectible");
  await submit(await visit(bad.hosted_invoice_url ?? ""), card("4242424242424242"));
  assert.equal((await stripe.invoices.retrieve(bad.id)).status, "paid");
  const told = await heard("invoice.");
  for (const type of ["created", "finalized", "sent", "paid", "voided", "marked_uncollectible"])
    assert.ok(told.includes(`invoice.${type}`), type);
});

test("money back: a refund that waits and fails, one that succeeds, disputes that are won and lost", async (t) => {
  const { stripe, sandbox, heard } = await openShop(t);
  const pay = (method: string): Promise<Stripe.PaymentIntent> =>
    stripe.paymentIntents.create({
      ...{ amount: 2_000, currency: "usd", payment_method: method, confirm: true },
      return_url: "https://shop.test/bank",
    });
  const slow = await pay("pm_card_pendingRefund");
  const waits = await stripe.refunds.create({ payment_intent: slow.id, amount: 500 });
  assert.equal(waits.status, "pending");
  sandbox.control.failRefund(waits.id);
  const failed = await stripe.refunds.retrieve(waits.id);
  assert.deepEqual([failed.status, failed.failure_reason], ["failed", "lost_or_stolen_card"]);
  const back = await pay("pm_card_visa");
  assert.equal((await stripe.refunds.create({ payment_intent: back.id })).status, "succeeded");
  const [charge] = (await stripe.charges.list({ payment_intent: back.id })).data;
  assert.deepEqual([charge?.refunded, charge?.amount_refunded], [true, 2_000]);
  assert.deepEqual(await heard("refund."), ["refund.created", "refund.failed", "refund.updated"]);

  for (const ending of ["won", "lost"] as const) {
    const { id } = await pay("pm_card_createDispute");
    const [dispute] = (await stripe.disputes.list({ payment_intent: id })).data;
    assert.equal(dispute?.status, "needs_response");
    sandbox.control.closeDispute(dispute?.id ?? "", ending);
    assert.equal((await stripe.disputes.retrieve(dispute?.id ?? "")).status, ending);
  }
  assert.deepEqual(await heard("charge.dispute."), [
    "charge.dispute.closed",
    "charge.dispute.created",
    "charge.dispute.funds_reinstated",
    "charge.dispute.funds_withdrawn",
  ]);
});

test("events are listed page by page, by kind, and no event that somebody else signed is taken", async (t) => {
  const { stripe, heard } = await openShop(t);
  for (let count = 0; count < 5; count += 1) await stripe.customers.create({ name: `Buyer ${count}` });
  assert.deepEqual(await heard("customer."), ["customer.created"]);
  const names: string[] = [];
  for await (const { type, data } of stripe.events.list({ type: "customer.created", limit: 2 })) {
    assert.equal(type, "customer.created");
    if ("name" in data.object) names.push(String(data.object.name));
  }
  assert.deepEqual(names, ["Buyer 4", "Buyer 3", "Buyer 2", "Buyer 1", "Buyer 0"]);
  const payload = JSON.stringify({ id: "evt_1", object: "event", type: "customer.created" });
  const forged = stripe.webhooks.generateTestHeaderString({ payload, secret: "whsec_of_a_thief" });
  assert.throws(
    () => stripe.webhooks.constructEvent(payload, forged, SECRET),
    Stripe.errors.StripeSignatureVerificationError,
  );
});
