import assert from "node:assert/strict";
import { test } from "node:test";
import { routes, type TopUp } from "@credits-kit/contract";
import { Looks } from "../../bff/src/services/reconciliation/looks.ts";
import { settleOpenOrders } from "../../bff/src/services/reconciliation/open-orders.ts";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { followReversals } from "../../bff/src/services/refunds/follow.ts";
import { paymentsToLookAt } from "../../bff/src/storage/payments/reversals.ts";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { z } from "zod";
import { moneyBack } from "./money-back.ts";
import { sessionIdOf, useTill } from "./till.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const listed = z.looseObject({ data: z.array(z.looseObject({})) });

oneEngine((engine) => {
  /** What else is in the account: added to lists of a path. */
  let others: { readonly path: string; readonly like: object } | null = null;
  /** What the key may not do. */
  let denied: RegExp | null = null;
  const till = useTill(engine, {
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (denied?.test(url)) {
        const error = { type: "invalid_request_error", message: "The provided key lacks permissions." };
        return Response.json({ error }, { status: 403 });
      }
      const answer = await fetch(input, init);
      const { pathname, searchParams } = new URL(url);
      const isAll = pathname === others?.path && !searchParams.has("payment_intent");
      if (!others || !isAll || init?.method !== "GET") return answer;
      const { data, ...page } = listed.parse(await answer.json());
      return Response.json({ ...page, data: [{ ...data[0], ...others.like }, ...data] });
    },
  });
  const money = moneyBack(till);
  const control = () => till.sandbox().control;
  const run = () => reconcile(till.app().money);
  const open = async () => (await till.app().client.call(routes.getReconciliation, {})).body.open;
  const paidUnheard = async (customerId: string) => {
    const order = await till.order(customerId);
    control().setDelivery({ drop: true });
    till.pay(order);
    await control().webhooksIdle();
    control().setDelivery({ drop: false });
    return order;
  };
  /** The money of a payment that takes days arrives. */
  const settle = async (order: TopUp) => {
    const { payment_intent: payment } = await till.stripe().checkout.sessions.retrieve(sessionIdOf(order));
    control().settlePayment(typeof payment === "string" ? payment : "", "succeeded");
    await control().webhooksIdle();
  };
  const reads = (path: RegExp) =>
    control().requests.filter((request) => request.method === "GET" && path.test(request.path)).length;

  test("payments of other products in the account, of whatever kind, do not keep ours from their credits", async () => {
    const customerId = await till.buyer();
    await paidUnheard(customerId);
    for (const like of [
      { id: "pi_other", status: "requires_capture", metadata: {} },
      { id: "pi_other", status: "of_a_later_version", metadata: {} },
    ]) {
      others = { path: "/v1/payment_intents", like };
      till.clock.ms += 5 * MINUTE_MS;
      await run();
    }
    others = null;
    assert.equal((await till.shop.balance(customerId)).balance, "500");
  });

  test("a payment of ours that cannot be read is listed, and the others are dealt with", async () => {
    const [one, two] = [await till.buyer(), await till.buyer()];
    const theirs = await till.order(one);
    await paidUnheard(two);
    const metadata = { credits_kit_top_up: theirs.id };
    others = { path: "/v1/payment_intents", like: { id: "pi_odd", status: "of_a_later_version", metadata } };
    await run();
    others = null;
    assert.equal((await till.shop.balance(two)).balance, "500");
    assert.ok(
      (await open()).some(({ kind, topUpId }) => kind === "unanswered_order" && topUpId === theirs.id),
    );
  });

  test("a refund of another product without a status does not keep ours from being seen", async () => {
    const customerId = await till.buyer();
    const paid = await money.paid(customerId);
    control().setDelivery({ drop: true });
    await money.refund(paid);
    await control().webhooksIdle();
    control().setDelivery({ drop: false });
    others = { path: "/v1/refunds", like: { id: "re_other", status: null, payment_intent: null } };
    till.clock.ms += 5 * MINUTE_MS;
    await run();
    others = null;
    assert.equal((await till.shop.balance(customerId)).available, "0");
  });

  test("an order at which Stripe fails for ever is listed, and the orders behind it are looked at", async () => {
    const [bad, good] = [await till.buyer(), await till.buyer()];
    await till.order(bad);
    control().addFault({ method: "POST", path: "/v1/invoices", kind: "status", status: 500 });
    const json = { customerId: bad, creditTypeId: "credits", credits: "500", method: "invoice" };
    assert.equal((await till.app().client.send("POST", "/v1/top-ups", { json })).status, 503);
    const order = await till.order(good);
    control().completeCheckout(sessionIdOf(order), { card: "pm_usBankAccount_processing" });
    await till.hear();
    control().setDelivery({ drop: true });
    await settle(order);
    control().setDelivery({ drop: false });
    till.clock.ms += 90 * MINUTE_MS;
    await run();
    assert.equal((await till.read(order.id)).status, "paid");
    const about = (await open()).filter(
      ({ customerId, kind }) => customerId === bad && kind !== "clock_skew",
    );
    assert.equal(about.length, 1);
  });

  test("one silence of Stripe's keeps nobody else waiting, and is made up for by the next comparison", async () => {
    const [one, two] = [await till.buyer(), await till.buyer()];
    await till.order(one);
    await till.order(two);
    const orders = [await till.order(one), await till.order(two)];
    till.clock.ms += 5 * MINUTE_MS;
    for (const order of orders) {
      control().completeCheckout(sessionIdOf(order), { card: "pm_usBankAccount_processing" });
    }
    await till.hear();
    control().setDelivery({ drop: true });
    for (const order of orders) await settle(order);
    control().setDelivery({ drop: false });
    till.clock.ms += 2 * HOUR_MS;
    const path = `/v1/checkout/sessions/${sessionIdOf(orders[0] ?? assert.fail())}`;
    control().addFault({ path, kind: "drop" });
    await assert.rejects(run(), { kind: "unknown" });
    const states = async () => Promise.all(orders.map(async ({ id }) => (await till.read(id)).status));
    const { writer } = till.app().database;
    const stored = () =>
      writer
        .selectFrom("top_ups")
        .select(["top_up_id", "status"])
        .where(
          "top_up_id",
          "in",
          orders.map(({ id }) => id),
        )
        .execute();
    const behind = (await stored()).find(({ top_up_id: id }) => id === orders[1]?.id);
    assert.equal(behind?.status, "paid");
    till.clock.ms += 5 * MINUTE_MS;
    await run();
    assert.deepEqual(await states(), ["paid", "paid"]);
  });

  test("while Stripe is away nothing is asked for long, and nobody is alarmed about orders", async () => {
    for (let order = 0; order < 6; order += 1) await till.order(await till.buyer());
    till.clock.ms += 5 * MINUTE_MS;
    const alarms = till.app().alarms.length;
    control().clearRequests();
    control().addFault({ kind: "status", status: 500, times: 100 });
    await assert.rejects(run(), { kind: "unknown" });
    control().clearFaults();
    assert.ok(control().requests.length <= 3, String(control().requests.length));
    assert.equal(till.app().alarms.length, alarms);
    await run();
  });

  test("a key that may not read refunds is told of, the payments are compared all the same, and it is over once it may", async () => {
    const customerId = await till.buyer();
    const paid = await money.paid(customerId);
    denied = /\/v1\/(refunds|disputes)/;
    await money.refund(paid);
    await till.hear();
    const other = await till.buyer();
    await paidUnheard(other);
    till.clock.ms += 5 * MINUTE_MS;
    await run();
    assert.equal((await till.shop.balance(other)).balance, "500");
    const finding = (await open()).find(({ kind }) => kind === "stripe_unread");
    assert.match(finding?.detail ?? "", /refunds and disputes.*configured key/);
    assert.ok(till.app().alarms.some(({ kind }) => kind === "stripe_unread"));
    denied = null;
    till.clock.ms += 5 * MINUTE_MS;
    await run();
    assert.ok(!(await open()).some(({ kind }) => kind === "stripe_unread"));
    assert.equal((await till.shop.balance(customerId)).available, "0");
  });

  test("a payment that its buyer was to confirm and left is closed at Stripe after a day", async () => {
    const customerId = await till.cardHolder("pm_card_authenticationRequired");
    const order = await till.order(customerId, { method: "charge" });
    assert.equal(order.status, "action_required");
    till.clock.ms += 23 * HOUR_MS;
    await run();
    assert.equal((await till.read(order.id)).status, "action_required");
    till.clock.ms += 2 * HOUR_MS;
    await run();
    const after = await till.read(order.id);
    assert.deepEqual([after.status, after.url], ["expired", null]);
    const payment = await till.stripe().paymentIntents.retrieve(order.paymentIntentId ?? "");
    assert.equal(payment.status, "canceled");
    assert.equal((await till.shop.balance(customerId)).balance, "0");
  });

  test("money wins: one that was confirmed just before it is closed brings its credits", async () => {
    const customerId = await till.cardHolder("pm_card_authenticationRequired");
    const order = await till.order(customerId, { method: "charge" });
    control().setDelivery({ drop: true });
    till.clock.ms += 25 * HOUR_MS;
    control().completeAuthentication(order.paymentIntentId ?? "");
    await control().webhooksIdle();
    control().setDelivery({ drop: false });
    await run();
    assert.equal((await till.read(order.id)).status, "paid");
    assert.equal((await till.shop.balance(customerId)).balance, "500");
  });

  test("an invoice that waits for weeks is looked at now and then, and is paid by such a look", async () => {
    // As old as the database says that it is, which has a clock of its own.
    till.clock.ms = Date.now();
    const customerId = await till.buyer();
    const order = await till.order(customerId, { method: "invoice" });
    const { writer } = till.app().database;
    const row = await writer
      .selectFrom("top_ups")
      .select("invoice_id")
      .where("top_up_id", "=", order.id)
      .executeTakeFirst();
    const path = new RegExp(`^/v1/invoices/${row?.invoice_id ?? ""}$`);
    const looks = async (everyMs: number, times: number) => {
      control().clearRequests();
      for (let turn = 0; turn < times; turn += 1) {
        till.clock.ms += everyMs;
        await settleOpenOrders(till.app().money, new Looks(till.app().money));
      }
      return reads(path);
    };
    assert.equal(await looks(5 * MINUTE_MS, 3), 3, "each time within the first hour");
    till.clock.ms += HOUR_MS;
    assert.equal(await looks(5 * MINUTE_MS, 6), 3, "every ten minutes on the first day");
    till.clock.ms += 2 * DAY_MS;
    assert.equal(await looks(20 * MINUTE_MS, 6), 2, "every hour in the first week");
    till.clock.ms += 20 * DAY_MS;
    assert.equal(await looks(2 * HOUR_MS, 6), 2, "every six hours after that");
    control().setDelivery({ drop: true });
    control().payInvoice(row?.invoice_id ?? "");
    await control().webhooksIdle();
    control().setDelivery({ drop: false });
    till.clock.ms += 6 * HOUR_MS;
    await run();
    assert.equal((await till.read(order.id)).status, "paid");
  });

  test("however many disputes are open, each is looked at in its turn", async () => {
    const { writer } = till.app().database;
    const orders = [];
    for (let order = 0; order < 3; order += 1) orders.push(await money.paid(await till.buyer()));
    for (const order of orders) await money.dispute(order);
    await till.hear();
    const again = {
      settledAfter: new Date(till.clock.ms - 40 * DAY_MS),
      lookedBefore: new Date(till.clock.ms - DAY_MS),
      limit: 1,
    };
    const seen = new Set<string>();
    for (let turn = 0; turn < 40 && seen.size < 3; turn += 1) {
      for (const paymentId of await paymentsToLookAt(writer, again)) {
        if (orders.some(({ paymentIntentId }) => paymentIntentId === paymentId)) seen.add(paymentId);
        await followReversals(till.app().money, paymentId, "reconcile");
      }
    }
    assert.equal(seen.size, 3);
    await till.hear();
  });
});
