import assert from "node:assert/strict";
import { test } from "node:test";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { autoTools } from "./auto-tools.ts";
import { useTill } from "./till.ts";

const SAVES_THEN_DECLINES = "pm_card_chargeCustomerFail";
const ALWAYS_ASKS = "pm_card_authenticationRequired";

oneEngine((engine) => {
  /** What the bank says instead of nothing in particular: cards that say more cannot be saved at the double. */
  let bankSays: string | null = null;
  const till = useTill(engine, {
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      if (bankSays === null || answer.status !== 402) return answer;
      const text = (await answer.text()).replaceAll("generic_decline", bankSays);
      return new Response(text, { status: 402, headers: answer.headers });
    },
  });
  const auto = autoTools(till);

  /** A drained pool whose card does not pay. */
  const failing = async (card: string) => {
    const customer = await auto.customer({ card });
    await auto.burn(customer.customerId, "250");
    await auto.sweep();
    return customer;
  };
  /** Fails until it is suspended. */
  const suspended = async (card = SAVES_THEN_DECLINES) => {
    const customer = await failing(card);
    for (const turn of [2, 3]) {
      await auto.backOff(customer.customerId);
      await auto.sweep();
      assert.equal(auto.charges(customer.stripeId, "failed"), turn);
    }
    assert.equal((await auto.read(customer.customerId)).state, "suspended");
    return customer;
  };

  test("pitfall 14: a decline backs off for an hour, and the third one in a row ends it", async () => {
    const { customerId, stripeId } = await failing(SAVES_THEN_DECLINES);
    const first = await auto.read(customerId);
    assert.equal(first.state, "cooling_down");
    assert.ok(Date.parse(first.nextTryAt ?? "") > Date.now() + 55 * 60_000);
    assert.equal(first.lastAttempt?.failure?.declineCode, "generic_decline");
    await auto.sweep();
    assert.equal(auto.charges(stripeId, "failed"), 1, "no try within the hour");
    for (const turn of [2, 3, 3, 3]) {
      await auto.backOff(customerId);
      await auto.sweep();
      assert.equal(auto.charges(stripeId, "failed"), turn);
    }
    const { state, suspendedReason } = await auto.read(customerId);
    assert.deepEqual([state, suspendedReason], ["suspended", "declined"]);
    assert.deepEqual(await auto.notices(customerId, "changed"), ["declined"]);
    assert.equal((await auto.attempts(customerId)).length, 3);
    const keys = (await auto.attempts(customerId)).map(({ idempotencyKey }) => idempotencyKey);
    assert.equal(new Set(keys).size, 3, "pitfall 11: each try has a key of its own");
  });

  test("pitfall 14: a new card lets a suspended rule go on", async () => {
    const { customerId, stripeId } = await suspended();
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "50");
    await auto.addCard(stripeId, "pm_card_visa");
    await till.hear();
    assert.equal((await auto.read(customerId)).suspendedReason, null);
    await auto.backOff(customerId);
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
    assert.equal((await auto.read(customerId)).state, "cooling_down");
  });

  test("another default card lets it go on, another change of the customer does not", async () => {
    const { customerId, stripeId } = await suspended();
    await auto.stripe(`customers/${stripeId}`, { name: "Somebody" });
    await till.hear();
    assert.equal((await auto.read(customerId)).state, "suspended");
    await auto.makeDefault(stripeId, await auto.addCard(stripeId, "pm_card_mastercard"));
    await till.hear();
    assert.equal((await auto.read(customerId)).suspendedReason, null);
  });

  test("credits that are bought by hand let a suspended rule go on, and so does resuming it", async () => {
    const { customerId } = await suspended();
    const order = await till.order(customerId, { credits: "100" });
    till.pay(order);
    await till.hear();
    await auto.burn(customerId, "140");
    await auto.sweep();
    assert.equal((await auto.read(customerId)).suspendedReason, null);

    const { customerId: other, stripeId } = await suspended();
    await auto.backOff(other);
    assert.notEqual((await auto.resume(other)).state, "suspended");
    await auto.sweep();
    assert.equal(auto.charges(stripeId, "failed"), 4);
    assert.equal((await auto.read(other)).state, "cooling_down");
  });

  test("pitfall 14: a card that says it is lost is never charged again", async () => {
    const { customerId, stripeId } = await auto.customer({ card: SAVES_THEN_DECLINES });
    bankSays = "lost_card";
    await auto.burn(customerId, "250");
    await auto.sweep();
    const { state, suspendedReason, lastAttempt } = await auto.read(customerId);
    bankSays = null;
    assert.deepEqual([state, suspendedReason], ["suspended", "card_unusable"]);
    assert.equal(lastAttempt?.failure?.declineCode, "lost_card");
    await auto.coolDown(customerId);
    await auto.sweep();
    assert.equal(auto.charges(stripeId, "failed"), 1);
  });

  test("pitfall 13: a bank that wants to see the payer gets them by a link, and no blind retry", async () => {
    const { customerId, stripeId } = await failing(ALWAYS_ASKS);
    const asked = await auto.read(customerId);
    assert.equal(asked.state, "action_required");
    assert.match(asked.actionUrl ?? "", /\/stripe\/confirm\?top_up=top_/);
    assert.deepEqual(await auto.notices(customerId, "action_required"), ["action_required"]);
    for (const sweep of [1, 2]) {
      auto.later(60 * sweep);
      await auto.sweep();
    }
    assert.equal(auto.charges(stripeId, "failed"), 1);
    assert.equal(auto.charges(stripeId, "made"), 1);

    const page = await auto.open(asked.actionUrl);
    assert.match(page.text, /5\.50 USD/);
    const go = await auto.open(/href="([^"]+)"/.exec(page.text)?.[1] ?? null);
    assert.equal(go.status, 303);
    const bank = go.headers.get("location") ?? "";
    assert.ok(bank.startsWith(`${till.sandbox().url}/3ds/pi_`), bank);
    // A second click leads to the same page of the bank.
    assert.equal(
      (await auto.open(`/stripe/confirm/bank?top_up=${asked.lastAttempt?.topUpId ?? ""}`)).headers.get(
        "location",
      ),
      bank,
    );
    till.sandbox().control.completeAuthentication(/pi_\w+/.exec(bank)?.[0] ?? "");
    await till.hear();
    const done = await auto.read(customerId);
    assert.deepEqual(
      [done.state, done.lastAttempt?.status, done.actionUrl],
      ["cooling_down", "succeeded", null],
    );
    assert.equal(await auto.balance(customerId), "600");
    assert.equal(auto.charges(stripeId), 1);
    assert.equal(auto.charges(stripeId, "made"), 1, "the same payment was confirmed");
    assert.match((await auto.open(asked.actionUrl)).text, /credits are yours/);
  });

  test("pitfall 13: who refuses to confirm has a failed payment, and who does nothing is waited for one day", async () => {
    const { customerId } = await failing(ALWAYS_ASKS);
    const { lastAttempt } = await auto.read(customerId);
    const go = await auto.open(`/stripe/confirm/bank?top_up=${lastAttempt?.topUpId ?? ""}`);
    const payment = /pi_\w+/.exec(go.headers.get("location") ?? "")?.[0] ?? "";
    till.sandbox().control.completeAuthentication(payment, false);
    await till.hear();
    const refused = await auto.read(customerId);
    assert.deepEqual([refused.state, refused.lastAttempt?.status], ["cooling_down", "failed"]);

    const { customerId: idle, stripeId } = await failing(ALWAYS_ASKS);
    auto.later(24 * 60);
    await auto.sweep();
    assert.equal((await auto.read(idle)).state, "action_required", "the customer's clock is not there yet");
    await auto.actionIsOver(idle);
    auto.later(2);
    await auto.sweep();
    const over = await auto.read(idle);
    assert.deepEqual([over.state, over.lastAttempt?.status], ["cooling_down", "expired"]);
    assert.deepEqual(await auto.statuses(stripeId), ["canceled"], "nobody can confirm it any more");
    assert.match(
      (await auto.open(`/stripe/confirm?top_up=${over.lastAttempt?.topUpId ?? ""}`)).text,
      /nothing was charged/,
    );
  });

  test("pitfall 30: without a card, or with one that was taken away, it says so and charges nothing", async () => {
    const { customerId, stripeId } = await auto.customer({ card: null });
    await auto.burn(customerId, "250");
    await auto.sweep();
    assert.equal((await auto.read(customerId)).suspendedReason, "no_card");
    assert.equal((await auto.attempts(customerId)).length, 0);
    const cardId = await auto.addCard(stripeId);
    await auto.put(customerId, { paymentMethodId: cardId });
    await auto.stripe(`payment_methods/${cardId}/detach`);
    await till.hear();
    assert.equal((await auto.read(customerId)).suspendedReason, "card_removed");
    await auto.sweep();
    assert.equal(auto.charges(stripeId, "made"), 0);
  });

  test("pitfall 30: a customer who is deleted at Stripe stops it, also when nobody heard of it", async () => {
    const told = await auto.customer();
    await auto.deleteCustomer(told.stripeId);
    await till.hear();
    assert.equal((await auto.read(told.customerId)).suspendedReason, "customer_deleted");
    till.sandbox().control.setDelivery({ drop: true });
    const untold = await auto.customer();
    await auto.deleteCustomer(untold.stripeId);
    till.sandbox().control.setDelivery({ drop: false });
    await auto.burn(untold.customerId, "250");
    await auto.sweep();
    assert.equal((await auto.read(untold.customerId)).suspendedReason, "no_card");
    assert.equal(auto.charges(untold.stripeId, "made"), 0);
  });
});
