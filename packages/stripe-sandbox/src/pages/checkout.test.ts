import assert from "node:assert/strict";
import { createServer } from "node:http";
import test from "node:test";
import { card, submit, visit } from "../test-support/forms.ts";
import { openCheckout, saveCard, startForTest } from "../test-support/start.ts";

test("a person pays on the hosted page and is led back with the session's id", async (t) => {
  const { stripe, control } = await startForTest(t);
  const session = await openCheckout(stripe);
  const page = await visit(session.url ?? "");
  assert.match(page.text, /Sandbox/);
  assert.match(page.text, /Pay \$10\.00/);
  assert.match(page.text, /500 credits/);
  assert.doesNotMatch(page.text, /\son\w+=|style=|https:\/\/(?!shop\.test)/);
  const done = await submit(page, card("4242 4242 4242 4242"));
  assert.equal(done.away, `https://shop.test/done?session=${session.id}`);
  assert.equal((await stripe.checkout.sessions.retrieve(session.id)).payment_status, "paid");
  assert.match((await visit(page.url)).text, /complete/);
  assert.match((await submit(page, card("4242424242424242"))).text, /complete/);
  assert.equal(control.objects["charges"], 1);
});

test("a decline is told on the page, what was entered stays, and another card pays", async (t) => {
  const { stripe } = await startForTest(t);
  const page = await visit((await openCheckout(stripe)).url ?? "");
  const declined = await submit(page, card("4000000000009995"));
  assert.equal(declined.status, 402);
  assert.match(declined.text, /role="alert">Your card has insufficient funds\./);
  assert.match(declined.text, /value="ann@example\.com"/);
  const unknown = await submit(page, card("1234"));
  assert.equal(unknown.status, 400);
  assert.match(unknown.text, /card number is invalid/);
  assert.ok((await submit(declined, card("4242424242424242"))).away);
});

test("a test card's button fills its number in, also without scripts", async (t) => {
  const { stripe } = await startForTest(t);
  const page = await visit((await openCheckout(stripe)).url ?? "");
  const filled = await submit(page, { email: "ann@example.com", fill: "4000002760003184" });
  assert.equal(filled.status, 200);
  assert.match(filled.text, /value="4000 0027 6000 3184"/);
});

test("the bank's page comes between: confirmed it leads on, refused it leads back", async (t) => {
  const { stripe } = await startForTest(t);
  const page = await visit((await openCheckout(stripe)).url ?? "");
  const first = await submit(page, card("4000002760003184"));
  assert.match(first.text, /Your bank asks you to confirm a payment of <strong>\$10\.00/);
  const refused = await submit(first, { answer: "refuse" });
  assert.match(refused.text, /Pay \$10\.00/);
  assert.match(refused.text, /role="alert">We are unable to authenticate/);
  const second = await submit(refused, card("4000002760003184"));
  assert.match((await submit(second, { answer: "confirm" })).away ?? "", /^https:\/\/shop\.test\/done/);
});

test("a promotion code is typed on the page, taken away again, and refused when it is wrong", async (t) => {
  const { stripe } = await startForTest(t);
  const coupon = await stripe.coupons.create({ amount_off: 300, currency: "usd" });
  await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id }, code: "WELCOME" });
  const page = await visit((await openCheckout(stripe, { allow_promotion_codes: true })).url ?? "");
  const applied = await submit(page, { action: "promotion", promotion_code: "welcome" });
  assert.match(applied.text, /Pay \$7\.00/);
  assert.match((await submit(applied, { action: "remove_promotion" })).text, /Pay \$10\.00/);
  assert.match(
    (await submit(page, { action: "promotion", promotion_code: "NOPE" })).text,
    /promotion code is invalid/,
  );
});

test("a saved card pays without being typed, and saving is said in words", async (t) => {
  const { stripe } = await startForTest(t);
  const saved = await saveCard(stripe);
  await stripe.paymentMethods.update(saved.card, { allow_redisplay: "always" });
  const { url } = await openCheckout(stripe, {
    customer: saved.customer,
    payment_intent_data: { setup_future_usage: "off_session" },
  });
  const page = await visit(url ?? "");
  assert.match(page.text, /Visa ending in 4242/);
  assert.match(page.text, /charge it later, also while you are away/);
  assert.ok((await submit(page, { email: "buyer@example.com", means: saved.card, action: "pay" })).away);
  const other = await openCheckout(stripe, { customer: (await saveCard(stripe)).customer });
  const foreign = await submit(await visit(other.url ?? ""), { means: saved.card, action: "pay" });
  assert.match(foreign.text, /not one of yours/);
});

test("whatever a merchant writes is shown as text", async (t) => {
  const { stripe } = await startForTest(t);
  const name = `<script>alert("1")</script> & 'co'`;
  const { url } = await openCheckout(stripe, {
    line_items: [{ quantity: 1, price_data: { currency: "jpy", unit_amount: 1200, product_data: { name } } }],
    cancel_url: `https://shop.test/"><script>`,
  });
  const { text } = await visit(url ?? "");
  assert.ok(text.includes("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;co&#39;"));
  assert.match(text, /¥1,200/);
  assert.equal(text.match(/<script/g)?.length, 1);
});

test("an expired session says so and leads back", async (t) => {
  const { stripe } = await startForTest(t);
  const { id, url } = await openCheckout(stripe);
  await stripe.checkout.sessions.expire(id);
  const page = await visit(url ?? "");
  assert.equal(page.status, 410);
  assert.match(page.text, /href="https:\/\/shop\.test\/back"/);
  assert.equal((await visit(`${url ?? ""}x`)).status, 404);
});

test("the embedded page needs its secret, may be framed, and tells the page around it when it is done", async (t) => {
  const { stripe, sandbox } = await startForTest(t);
  const price_data = { currency: "usd", unit_amount: 1000, product_data: { name: "Credits" } };
  const create = (redirects: "never" | "if_required" | "always"): ReturnType<typeof openCheckout> =>
    stripe.checkout.sessions.create({
      mode: "payment",
      ui_mode: "embedded_page",
      redirect_on_completion: redirects,
      ...(redirects !== "never" && { return_url: "https://shop.test/back?s={CHECKOUT_SESSION_ID}" }),
      line_items: [{ quantity: 1, price_data }],
    });
  for (const [redirects, expected] of [
    ["never", ""],
    ["if_required", ""],
    ["always", "https://shop.test/back?s="],
  ] as const) {
    const session = await create(redirects);
    assert.equal((await visit(`${sandbox.url}/c/embed/${session.id}?secret=wrong`)).status, 404);
    assert.equal((await visit(`${sandbox.url}/c/pay/${session.id}`)).status, 404);
    const page = await visit(`${sandbox.url}/c/embed/${session.id}?secret=${session.client_secret ?? ""}`);
    const asked = await submit(page, card("4000002760003184"));
    const done = await submit(asked, { answer: "confirm" });
    assert.ok(
      done.text.includes(
        `data-complete="${session.id}" data-return-url="${expected}${expected && session.id}"`,
      ),
    );
  }
});

test("setup mode shows a page that saves a card", async (t) => {
  const { stripe } = await startForTest(t);
  const { id: customer } = await stripe.customers.create({ email: "ann@example.com" });
  const session = await stripe.checkout.sessions.create({
    mode: "setup",
    customer,
    currency: "usd",
    success_url: "https://shop.test/saved",
  });
  const page = await visit(session.url ?? "");
  assert.match(page.text, /Save a card for later/);
  assert.match((await submit(page, card("4000000000000002"))).text, /Your card was declined/);
  assert.equal((await submit(page, card("4242424242424242"))).away, "https://shop.test/saved");
});

test("the page leads back only after the webhook endpoint has answered", async (t) => {
  const order: string[] = [];
  const endpoint = createServer((_request, response) => {
    setImmediate(() => {
      order.push("webhook");
      response.end();
    });
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  t.after(() => endpoint.close());
  const address = endpoint.address();
  assert.ok(typeof address === "object" && address !== null);
  const { stripe, control } = await startForTest(t, {
    webhook: { url: `http://127.0.0.1:${address.port}`, secret: "whsec_x" },
  });
  const page = await visit((await openCheckout(stripe)).url ?? "");
  await submit(page, card("4242424242424242"));
  order.push("back");
  assert.deepEqual(order, [...control.events.map(() => "webhook"), "back"]);
});
