import type { Reconciliation } from "@credits-kit/contract";
import type { ListedPayment } from "../../payments/gateway.ts";
import { findCustomerOf } from "../../storage/customers/customers.ts";
import { readRun, storeRun } from "../../storage/payments/findings.ts";
import { findTopUp } from "../../storage/payments/top-ups.ts";
import { lookThroughReversals } from "../refunds/look-through.ts";
import { fulfilByPayment } from "../top-ups/fulfil-by-payment.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";
import { checkClocks } from "./clocks.ts";
import { isPassing, Looks } from "./looks.ts";
import { settleOpenOrders } from "./open-orders.ts";
import { readReconciliation } from "./read.ts";
import { reportFinding } from "./report.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How far back payments are looked through each time, and once a day: some kinds of payment take days. */
const OVERLAP_MS = 60 * MINUTE_MS;
const DEEP_MS = 4 * DAY_MS;

/**
 * Compares Stripe's payments with the orders they are for, repairs what is safe and lists the rest. Nothing depends on
 * webhooks here; running it twice at once repairs nothing twice. Money that came is looked at first, and nothing that cannot
 * be looked at keeps the rest from being so.
 * @throws GatewayError when Stripe did not answer everything; the next run goes on where this one began
 */
export async function reconcile(deps: TopUpDeps): Promise<Reconciliation> {
  if (deps.payments !== null) {
    const startedAt = deps.now();
    const looks = new Looks(deps);
    await lookThroughPayments(deps, looks, startedAt);
    await settleOpenOrders(deps, looks);
    await lookThroughReversals(deps, looks, startedAt);
    const { databaseAheadMs, stripeAheadMs } = await checkClocks(deps);
    await storeRun(deps.database.writer, {
      ...(looks.missed === null ? { checked_at: new Date(startedAt) } : {}),
      database_ahead_ms: databaseAheadMs,
      stripe_ahead_ms: stripeAheadMs,
    });
    if (looks.missed !== null && isPassing(looks.missed)) throw looks.missed;
  }
  return readReconciliation(deps);
}

/** Payments that name an order of ours: each that succeeded must have bought its credits, whatever became of the order. */
async function lookThroughPayments(deps: TopUpDeps, looks: Looks, startedAt: number): Promise<void> {
  const { writer } = deps.database;
  const run = await readRun(writer);
  const isDeep = (run?.deep_at?.getTime() ?? 0) < startedAt - DAY_MS;
  const seenTo = run?.payments_seen_to?.getTime() ?? 0;
  const since = isDeep
    ? Math.min(startedAt - DEEP_MS, seenTo === 0 ? Infinity : seenTo - OVERLAP_MS)
    : seenTo - OVERLAP_MS;
  await looks.readAll("payments", async () => {
    for await (const payment of gatewayOf(deps).payments(since)) await checkPayment(deps, looks, payment);
  });
  if (looks.missed !== null) return;
  const seen = { payments_seen_to: new Date(startedAt) };
  await storeRun(writer, isDeep ? { ...seen, deep_at: new Date(startedAt) } : seen);
}

async function checkPayment(deps: TopUpDeps, looks: Looks, listed: ListedPayment): Promise<void> {
  const { writer } = deps.database;
  const { id, topUpId } = listed;
  const customerId = await findCustomerOf(writer, topUpId);
  const key = customerId === null ? null : { customer_id: customerId, top_up_id: topUpId };
  const order = key === null ? undefined : await findTopUp(writer, key);
  const fault = { kind: "unanswered_order", about: id, order, what: "The payment" } as const;
  if (order?.status === "paid" && order.payment_intent_id === id) return;
  await looks.look({ ...fault, customerId }, async () => {
    const payment = listed.read();
    if (payment.status !== "succeeded") return;
    const amount = { amountMinor: payment.receivedMinor, currency: payment.currency };
    if (!order) {
      const detail = `The payment is for the order ${topUpId.slice(0, 100)}, which is not here.`;
      await reportFinding(deps, { kind: "unknown_payment", about: id, detail, customerId, amount });
    } else if (order.payment_intent_id !== null && order.payment_intent_id !== id) {
      const detail = "The order has another payment; this one is to be given back.";
      await reportFinding(deps, { kind: "second_payment", about: id, order, detail, amount });
    } else if (order.status !== "paid") {
      await fulfilByPayment(deps, { order, payment }, "reconcile");
    }
  });
}
