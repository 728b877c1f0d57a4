import assert from "node:assert/strict";
import { test } from "node:test";
import { routes, type WidgetAutoTopUp } from "@credits-kit/contract";
import { type BodyOf, oneEngine, expectProblem, mint } from "../../bff/src/test-support/index.ts";
import { autoTools, usd } from "./auto-tools.ts";
import { useTill } from "./till.ts";

const PAGE = "http://localhost:5173/settings";

oneEngine((engine) => {
  const till = useTill(engine);
  const auto = autoTools(till);
  const client = () => till.app().client;
  const pool = { creditType: "credits" };

  const look = async (credential: string): Promise<WidgetAutoTopUp> =>
    (await client().call(routes.getWidgetAutoTopUp, { params: pool, credential })).body;
  const set = async (credential: string, rule: Partial<BodyOf<typeof routes.putWidgetAutoTopUp>> = {}) => {
    const body = { enabled: true, threshold: "100", target: "600", ...rule };
    return (await client().call(routes.putWidgetAutoTopUp, { params: pool, credential, body })).body;
  };
  const setUp = async (
    credential: string,
    setup: Partial<BodyOf<typeof routes.setupWidgetAutoTopUp>> & { setupKey: string },
  ) => {
    const body = { consent: true as const, ...setup };
    return (await client().call(routes.setupWidgetAutoTopUp, { params: pool, credential, body })).body;
  };
  /** Adds a card on the page that a setup leads to. */
  const enterCard = (address: string | null, card: string) => {
    const session = /cs_\w+/.exec(address ?? "")?.[0] ?? "";
    const outcome = till.sandbox().control.completeCheckout(session, { card });
    if (outcome.state === "asks") till.sandbox().control.completeAuthentication(outcome.payment);
  };

  test("a widget keeps what only the host may say: the card by its id, and how long credits live", async () => {
    const { customerId } = await auto.customer({ rule: { grantExpiresAfter: "P30D" } });
    const session = await auto.session(customerId);
    const json = { enabled: true, threshold: "100", target: "700", consent: true };
    for (const more of [
      { grantExpiresAfter: "P100Y" },
      { paymentMethodId: "pm_other" },
      { method: "invoice" },
    ]) {
      const reply = await client().send("PUT", "/widget/auto-top-ups/credits", {
        json: { ...json, ...more },
        credential: session,
      });
      expectProblem(reply, 422, "validation_failed");
    }
    assert.equal((await set(session, { target: "700", consent: true })).rule?.grantExpiresAfter, "P30D");
  });

  test("a session without the scope settings is refused everything", async () => {
    const { customerId } = await auto.customer();
    const credential = await mint(client(), customerId, { scopes: ["read", "top_up"] });
    for (const [method, end] of [
      ["GET", ""],
      ["PUT", ""],
      ["DELETE", ""],
      ["POST", "/resume"],
      ["POST", "/setup"],
    ] as const) {
      const reply = await client().send(method, `/widget/auto-top-ups/credits${end}`, { credential });
      expectProblem(reply, 403, "insufficient_scope");
    }
  });

  test("its owner alone: no card, a page to add one, consent, a drain, a refill, the limit, and a higher one", async () => {
    const { customerId } = await auto.customer({ card: null, rule: null });
    const session = await auto.session(customerId);
    const nothing = await look(session);
    assert.deepEqual([nothing.rule, nothing.card, nothing.currency, nothing.min], [null, null, "usd", "100"]);
    const json = { enabled: true, threshold: "100", target: "600" };
    const unasked = await client().send("PUT", "/widget/auto-top-ups/credits", { json, credential: session });
    assert.equal(expectProblem(unasked, 422, "validation_failed").errors?.[0]?.path, "consent");
    const enabled = await set(session, { consent: true, monthlyLimit: usd(600) });
    assert.deepEqual(enabled.problem && [enabled.problem.code, enabled.problem.remedy], [
      "no_card",
      "add_card",
    ]);

    const setup = await setUp(session, { setupKey: "my-card-1", returnUrl: PAGE });
    assert.ok(setup.url?.startsWith("http"));
    enterCard(setup.url, "pm_card_mastercard");
    auto.later(1);
    const ready = await look(session);
    assert.equal(ready.problem, null);
    assert.equal(ready.card?.brand, "mastercard");

    await auto.burn(customerId, "250");
    await auto.sweep();
    const filled = await look(session);
    assert.equal(await auto.balance(customerId), "600");
    assert.deepEqual(
      [filled.spentThisMonth, filled.spentPercent, filled.state],
      [usd(550), 91, "cooling_down"],
    );
    assert.equal(filled.problem, null, "a pause after a success is no problem");
    await auto.burn(customerId, "550");
    await auto.coolDown(customerId);
    await auto.sweep();
    const limited = await look(session);
    assert.deepEqual([limited.state, limited.problem?.remedy], ["limit_reached", "raise_limit"]);
    const raised = await set(session, { monthlyLimit: usd(2_000) });
    assert.deepEqual([raised.state, raised.problem, raised.card?.brand], ["active", null, "mastercard"]);
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
    const gone = (await client().call(routes.deleteWidgetAutoTopUp, { params: pool, credential: session }))
      .body;
    assert.deepEqual([gone.rule, gone.spentThisMonth], [null, usd(0)]);
  });

  test("pitfall 16: a card that was added on the page is charged without its owner, and a new one mends a decline", async () => {
    const { customerId } = await auto.customer({ card: "pm_card_chargeCustomerFail", rule: null });
    const session = await auto.session(customerId);
    await set(session, { consent: true });
    await auto.burn(customerId, "250");
    await auto.sweep();
    const { problem, state } = await look(session);
    assert.deepEqual([state, problem?.code, problem?.remedy], ["cooling_down", "generic_decline", "wait"]);
    const setup = await setUp(session, { setupKey: "my-card-1" });
    // One that asks its owner once, and never again when it was saved for that.
    enterCard(setup.url, "pm_card_authenticationRequiredOnSetup");
    await till.hear();
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
  });

  test("a card that was added among the saved cards mends a decline too, though no webhook tells of it", async () => {
    const { customerId } = await auto.customer({ card: "pm_card_chargeCustomerFail", rule: null });
    const credential = await auto.session(customerId);
    await set(credential, { consent: true });
    await auto.burn(customerId, "250");
    await auto.sweep();
    till.sandbox().control.setDelivery({ drop: true });
    const body = { setupKey: "saved-card-1" };
    const { url } = (await client().call(routes.setUpWidgetPaymentMethod, { body, credential })).body;
    enterCard(url, "pm_card_visa");
    till.sandbox().control.setDelivery({ drop: false });
    auto.later(1);
    assert.equal((await look(credential)).state, "active");
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
  });

  test("pitfall 17: a card that asks each time is confirmed by a link in the widget", async () => {
    const { customerId } = await auto.customer({ card: "pm_card_authenticationRequired", rule: null });
    const session = await auto.session(customerId);
    await set(session, { consent: true });
    await auto.burn(customerId, "250");
    await auto.sweep();
    const asked = await look(session);
    assert.deepEqual([asked.state, asked.problem?.remedy], ["action_required", "confirm_payment"]);
    const page = await auto.open(asked.actionUrl);
    const go = await auto.open(/href="([^"]+)"/.exec(page.text)?.[1] ?? null);
    till.sandbox().control.completeAuthentication(/pi_\w+/.exec(go.headers.get("location") ?? "")?.[0] ?? "");
    // No webhook was heard: the widget's own look is enough.
    auto.later(1);
    const done = await look(session);
    assert.deepEqual(
      [done.state, done.problem, done.lastAttempt?.status],
      ["cooling_down", null, "succeeded"],
    );
    assert.equal(await auto.balance(customerId), "600");
  });

  test("the same key is the same page, whose consent is kept; a foreign page is not led back to", async () => {
    const { customerId } = await auto.customer({ card: null, rule: null });
    const session = await auto.session(customerId);
    const [one, two] = await Promise.all([
      setUp(session, { setupKey: "double-click" }),
      setUp(session, { setupKey: "double-click" }),
    ]);
    assert.deepEqual(two, one);
    const embedded = await setUp(session, { setupKey: "embedded-1", uiMode: "embedded" });
    assert.equal(embedded.url, null);
    assert.match(embedded.clientSecret ?? "", /^cs_test_\w+_secret_/);
    const again = await setUp(session, { setupKey: "embedded-1", uiMode: "embedded" });
    assert.equal(again.clientSecret, embedded.clientSecret);
    const send = (json: object) =>
      client().send("POST", "/widget/auto-top-ups/credits/setup", { json, credential: session });
    expectProblem(
      await send({ setupKey: "double-click", consent: true, uiMode: "embedded" }),
      409,
      "idempotency_conflict",
    );
    expectProblem(await send({ setupKey: "other-key", consent: false }), 422, "validation_failed");
    const foreign = await send({ setupKey: "other-key", consent: true, returnUrl: "https://evil.example/" });
    assert.equal(expectProblem(foreign, 422, "validation_failed").errors?.[0]?.path, "returnUrl");
  });
});
