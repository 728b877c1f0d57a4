import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { processStripeEvents } from "../../bff/src/payments/inbox/process.ts";
import { mint, oneEngine } from "../../bff/src/test-support/index.ts";
import { useTill } from "./till.ts";

oneEngine((engine) => {
  /** What Stripe says of a request to a path, to whoever runs the account. */
  let says: { readonly path: string; readonly message: string } | null = null;
  const till = useTill(engine, {
    fetch: (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (says === null || new URL(url).pathname !== says.path) return fetch(input, init);
      const error = { type: "invalid_request_error", code: "account_invalid", message: says.message };
      return Promise.resolve(Response.json({ error }, { status: 400 }));
    },
  });
  const control = () => till.sandbox().control;
  const client = () => till.app().client;
  const asked = (path: RegExp) => control().requests.filter((request) => path.test(request.path)).length;
  const cardShown = async (session: string) => {
    const query = { creditTypeId: "credits", credits: "500" };
    const { body } = await client().call(routes.getWidgetTopUpQuote, { query, credential: session });
    return body.savedCard?.last4 ?? null;
  };

  test("a page that asks for prices again and again asks Stripe for the card once in some seconds", async () => {
    const customerId = await till.cardHolder();
    await till.hear();
    const session = await till.session(customerId);
    control().clearRequests();
    const shown = await Promise.all(Array.from({ length: 8 }, () => cardShown(session)));
    assert.deepEqual(new Set(shown), new Set(["4242"]));
    assert.equal(control().requests.length, 2);
    till.clock.ms += 5_000;
    await cardShown(session);
    assert.equal(control().requests.length, 4);
  });

  test("another card is shown as soon as it is heard of, or chosen here", async () => {
    const customerId = await till.cardHolder();
    const session = await till.session(customerId);
    assert.equal(await cardShown(session), "4242");
    const stripeId = await till.stripeIdOf(customerId);
    const card = await till.stripe().paymentMethods.attach("pm_card_mastercard", { customer: stripeId });
    await till.stripe().customers.update(stripeId, { invoice_settings: { default_payment_method: card.id } });
    await till.hear();
    assert.equal(await cardShown(session), "4444");
    const { data } = (await client().call(routes.listPaymentMethods, { params: { id: customerId } })).body;
    const visa = data.find(({ last4 }) => last4 === "4242")?.id ?? "";
    await client().call(routes.setDefaultPaymentMethod, {
      params: { id: customerId, paymentMethodId: visa },
    });
    assert.equal(await cardShown(session), "4242");
    await till.stripe().paymentMethods.detach(visa);
    await till.hear();
    assert.equal(await cardShown(session), "4444");
  });

  test("of any number of pages for a card, only the newest few are looked at when somebody reads", async () => {
    const customerId = await till.cardHolder();
    const session = await mint(client(), customerId, { scopes: ["read", "settings"] });
    for (let page = 0; page < 6; page += 1) {
      const json = { setupKey: `any-number-${page}`, consent: true };
      const path = "/widget/auto-top-ups/credits/setup";
      assert.equal((await client().send("POST", path, { json, credential: session })).status, 201);
    }
    till.clock.ms += 3_000;
    control().clearRequests();
    const reply = await client().send("GET", "/widget/auto-top-ups/credits", { credential: session });
    assert.equal(reply.status, 200);
    const reads = asked(/^\/v1\/checkout\/sessions\/cs_/);
    assert.ok(reads >= 1 && reads <= 3, String(reads));
  });

  test("the way to the bank is asked of Stripe once in two seconds, however often the link is opened", async () => {
    const customerId = await till.cardHolder("pm_card_authenticationRequired");
    const { id } = await till.order(customerId, { method: "charge" });
    control().clearRequests();
    const go = async () => {
      const reply = await fetch(`${client().url}/stripe/confirm/bank?top_up=${id}`, { redirect: "manual" });
      return [reply.status, reply.headers.get("location")];
    };
    const first = await go();
    assert.equal(first[0], 303);
    assert.deepEqual([await go(), await go(), await go()], [first, first, first]);
    assert.equal(asked(/^\/v1\/payment_intents\//), 1);
    till.clock.ms += 2_000;
    assert.deepEqual(await go(), first);
    assert.equal(asked(/^\/v1\/payment_intents\//), 2);
  });

  test("what Stripe says to whoever runs the account is not told to buyers", async () => {
    const customerId = await till.cardHolder();
    const session = await till.session(customerId);
    says = {
      path: "/v1/payment_intents",
      message: "acct_123 cannot charge yet: https://dashboard.stripe.com/account",
    };
    const json = { creditTypeId: "credits", credits: "500", method: "charge", orderKey: "raw-words-1" };
    const reply = await client().send("POST", "/widget/top-ups", { json, credential: session });
    says = null;
    assert.equal(reply.status, 409);
    assert.doesNotMatch(reply.text, /dashboard|acct_/);
    assert.match(reply.text, /Stripe refused: it cannot be done \(account_invalid\)/);
    const kept = await till
      .app()
      .database.writer.selectFrom("top_ups")
      .select(["failure_code", "failure_message"])
      .where("customer_id", "=", customerId)
      .executeTakeFirst();
    assert.equal(kept?.failure_code, "account_invalid");
    assert.doesNotMatch(kept.failure_message ?? "", /dashboard|acct_/);
  });

  test("pages of another product in the account, on which a card is added, are passed over at once", async () => {
    const customerId = await till.cardHolder();
    const session = await till.stripe().checkout.sessions.create({
      mode: "setup",
      customer: await till.stripeIdOf(customerId),
      allowed_payment_method_types: ["card"],
      success_url: "http://other.test",
    });
    control().completeCheckout(session.id, { card: "pm_card_visa" });
    await till.hear();
    const events = await till
      .app()
      .database.writer.selectFrom("stripe_events")
      .select(["status", "tries"])
      .where("object_id", "=", session.id)
      .execute();
    assert.deepEqual(events, [{ status: "ignored", tries: 1 }]);
  });

  test("an event that Stripe keeps waiting keeps no other event waiting", async () => {
    const [one, two] = [await till.buyer(), await till.buyer()];
    const [slow, quick] = [await till.order(one), await till.order(two)];
    till.pay(slow);
    await control().webhooksIdle();
    control().addFault({ method: "GET", kind: "hold" });
    const held = processStripeEvents(till.app().money);
    till.pay(quick);
    await till.hear();
    assert.equal((await till.shop.balance(two)).balance, "500");
    control().releaseHeld();
    await held;
    await till.hear();
    assert.equal((await till.shop.balance(one)).balance, "500");
  });
});
