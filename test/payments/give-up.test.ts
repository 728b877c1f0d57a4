import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine, expectProblem, mint } from "../../bff/src/test-support/index.ts";
import { idAtStripe, sessionIdOf, useTill } from "./till.ts";

oneEngine((engine) => {
  const till = useTill(engine, { replicas: 2 });
  const control = () => till.sandbox().control;
  const client = () => till.app().client;
  const cancel = (id: string, credential: string) =>
    client().send("POST", `/widget/top-ups/${id}/cancel`, { credential });
  const given = async (id: string, credential: string) =>
    (await client().call(routes.cancelWidgetTopUp, { params: { id }, credential })).body;

  test("a buyer gives an order up: nobody can pay it, and asking again changes nothing", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    for (const uiMode of ["hosted", "embedded"] as const) {
      const order = await till.widgetOrder(session, { orderKey: `give-up-${uiMode}`, uiMode });
      const after = await given(order.id, session);
      assert.deepEqual([after.status, after.url, after.clientSecret], ["void", null, null]);
      assert.throws(() => {
        till.pay(order);
      });
      await till.hear();
      const steps = (await till.read(order.id)).history;
      assert.deepEqual((await given(order.id, session)).status, "void");
      assert.deepEqual((await till.read(order.id)).history, steps);
      assert.deepEqual(
        steps.map(({ status, cause }) => [status, cause]),
        [
          ["awaiting_payment", "order"],
          ["void", "cancel"],
        ],
      );
    }
    assert.equal((await till.shop.balance(customerId)).balance, "0");
  });

  test("money wins: an order that was paid before it was given up has its credits, though no webhook came", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const order = await till.widgetOrder(session, { orderKey: "paid-first-1" });
    control().setDelivery({ drop: true });
    till.pay(order);
    control().setDelivery({ drop: false });
    const after = await given(order.id, session);
    assert.equal(after.status, "paid");
    assert.ok(after.receiptUrl);
    assert.equal((await given(order.id, session)).status, "paid");
    assert.equal((await till.shop.balance(customerId)).balance, "500");
    assert.equal((await till.shop.grants(customerId)).length, 1);
  });

  test("what is on its way cannot be given up, says so, and brings its credits", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const order = await till.widgetOrder(session, { orderKey: "on-its-way-1" });
    control().completeCheckout(sessionIdOf(order), { card: "pm_usBankAccount_processing" });
    expectProblem(await cancel(order.id, session), 409, "payment_processing");
    assert.equal((await till.read(order.id)).status, "processing");
    expectProblem(await cancel(order.id, session), 409, "payment_processing");
    const { payment_intent: payment } = await till.stripe().checkout.sessions.retrieve(sessionIdOf(order));
    control().settlePayment(idAtStripe(payment), "succeeded");
    await till.hear();
    assert.equal((await given(order.id, session)).status, "paid");
  });

  test("paying and giving up at once, on two replicas, ends in one of the two, never in both", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    let paid = 0;
    for (let turn = 0; turn < 4; turn += 1) {
      const order = await till.widgetOrder(session, { orderKey: `at-once-${turn}` });
      const work = [till.app(), till.other()].map(({ client: each }) =>
        each.call(routes.cancelWidgetTopUp, { params: { id: order.id }, credential: session }),
      );
      if (turn % 2 === 0) till.pay(order);
      const ends = (await Promise.all(work)).map(({ body }) => body.status);
      await till.hear();
      const { status } = await till.read(order.id);
      if (turn % 2 === 0) assert.deepEqual([...ends, status], ["paid", "paid", "paid"]);
      else assert.ok(status === "void" || status === "expired", status);
      paid += status === "paid" ? 1 : 0;
    }
    assert.equal((await till.shop.balance(customerId)).balance, String(paid * 500));
  });

  test("a charge that waits for its payer is given up at Stripe too; a failed one stays failed", async () => {
    const customerId = await till.cardHolder("pm_card_authenticationRequired");
    const session = await till.session(customerId);
    const order = await till.widgetOrder(session, { orderKey: "bank-asks-1", method: "charge" });
    assert.equal(order.status, "action_required");
    assert.equal((await given(order.id, session)).status, "void");
    const payment = await till
      .stripe()
      .paymentIntents.retrieve((await till.read(order.id)).paymentIntentId ?? "");
    assert.equal(payment.status, "canceled");
  });

  test("when Stripe does not answer, the order stays and can be given up later", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const order = await till.widgetOrder(session, { orderKey: "no-answer-1" });
    control().addFault({ method: "POST", path: "*/expire", kind: "status", status: 429, times: 9 });
    expectProblem(await cancel(order.id, session), 503, "overloaded");
    control().clearFaults();
    assert.equal((await till.read(order.id)).status, "awaiting_payment");
    const status = (await given(order.id, session)).status;
    assert.equal(status, "void");
  });

  test("only its own customer gives an order up, with the scope top_up, and not the host's invoice", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const order = await till.widgetOrder(session, { orderKey: "mine-alone-1" });
    const stranger = await till.session(await till.buyer());
    expectProblem(await cancel(order.id, stranger), 404, "not_found");
    const reader = await mint(client(), customerId, { scopes: ["read"] });
    expectProblem(await cancel(order.id, reader), 403, "insufficient_scope");
    const invoice = await till.order(customerId, { method: "invoice" });
    expectProblem(await cancel(invoice.id, session), 409, "state_conflict");
    assert.equal((await till.read(invoice.id)).status, "awaiting_payment");
  });

  test("the buyer of an order by invoice sees its links and when it is due", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const { id, invoice } = await till.order(customerId, { method: "invoice", daysUntilDue: 10 });
    const seen = (await client().call(routes.getWidgetTopUp, { params: { id }, credential: session })).body;
    assert.deepEqual(seen.invoice, invoice);
    assert.ok(seen.invoice?.url && seen.invoice.pdfUrl && seen.invoice.dueAt);
    const order = await till.widgetOrder(session, { orderKey: "no-invoice-1" });
    assert.equal(order.invoice, null);
  });
});
