import type { Reconciliation } from "@credits-kit/contract";
import { GatewayError, type PaymentView } from "../../payments/gateway.ts";
import { findCustomerOf } from "../../storage/customers/customers.ts";
import { readRun, storeRun } from "../../storage/payments/findings.ts";
import { findTopUp, openTopUps, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { lookThroughReversals } from "../refunds/look-through.ts";
import { fulfilOrder } from "../top-ups/fulfil.ts";
import { advance, failTopUp } from "../top-ups/move.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";
import { checkClocks } from "./clocks.ts";
import { readReconciliation } from "./read.ts";
import { reportFinding } from "./report.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** An order that is younger is left to webhooks and to its buyer's return. */
const LEFT_ALONE_MS = 3 * MINUTE_MS;
const PAGE = 100;
/** How far back payments are looked through each time, and once a day: some kinds of payment take days. */
const OVERLAP_MS = 60 * MINUTE_MS;
const DEEP_MS = 4 * DAY_MS;

/**
 * Compares Stripe's payments with the orders they are for, repairs what is safe and lists the rest. Nothing depends on
 * webhooks here; running it twice at once repairs nothing twice.
 * @throws GatewayError when Stripe does not answer; the next run goes on where this one began
 */
export async function reconcile(deps: TopUpDeps): Promise<Reconciliation> {
  if (deps.payments !== null) {
    const startedAt = deps.now();
    await settleOpenOrders(deps);
    await lookThroughPayments(deps, startedAt);
    await lookThroughReversals(deps, startedAt);
    const { databaseAheadMs, stripeAheadMs } = await checkClocks(deps);
    await storeRun(deps.database.writer, {
      checked_at: new Date(startedAt),
      database_ahead_ms: databaseAheadMs,
      stripe_ahead_ms: stripeAheadMs,
    });
  }
  return readReconciliation(deps);
}

/** Orders that nobody heard of for a while. */
async function settleOpenOrders(deps: TopUpDeps): Promise<void> {
  const before = new Date(deps.now() - LEFT_ALONE_MS);
  let after: TopUpRow | null = null;
  for (;;) {
    const page: TopUpRow[] = await openTopUps(deps.database.writer, { before, after, limit: PAGE });
    for (const order of page) await settleOpen(deps, order);
    after = page.at(-1) ?? null;
    if (page.length < PAGE) return;
  }
}

async function settleOpen(deps: TopUpDeps, order: TopUpRow): Promise<void> {
  const looked = await attempt(deps, order);
  if (!looked || looked.seen !== null) return;
  // Stripe has nothing for it: nobody was ever asked for the money, or the answer never will be known.
  const age = deps.now() - (looked.order.called_at ?? order.created_at).getTime();
  if (order.method === "checkout" && (order.payable_until?.getTime() ?? 0) < deps.now()) {
    await advance(deps, order, { status: "expired", step: { cause: "reconcile" } });
  } else if (order.method === "charge" && age > DAY_MS) {
    const message = "The payment was never made.";
    await failTopUp(deps, order, { code: "never_made", declineCode: null, message, cause: "reconcile" });
  }
}

/** Payments that name an order of ours: each that succeeded must have bought its credits, whatever became of the order. */
async function lookThroughPayments(deps: TopUpDeps, startedAt: number): Promise<void> {
  const { writer } = deps.database;
  const run = await readRun(writer);
  const isDeep = (run?.deep_at?.getTime() ?? 0) < startedAt - DAY_MS;
  const seenTo = run?.payments_seen_to?.getTime() ?? 0;
  const since = isDeep
    ? Math.min(startedAt - DEEP_MS, seenTo === 0 ? Infinity : seenTo - OVERLAP_MS)
    : seenTo - OVERLAP_MS;
  for await (const payment of gatewayOf(deps).payments(since)) {
    if (payment.status === "succeeded" && payment.topUpId !== null) await checkPayment(deps, payment);
  }
  const seen = { payments_seen_to: new Date(startedAt) };
  await storeRun(writer, isDeep ? { ...seen, deep_at: new Date(startedAt) } : seen);
}

async function checkPayment(deps: TopUpDeps, payment: PaymentView): Promise<void> {
  const { writer } = deps.database;
  const { topUpId, id, receivedMinor, currency } = payment;
  const amount = { amountMinor: receivedMinor, currency };
  if (topUpId === null) return;
  const customerId = await findCustomerOf(writer, topUpId);
  const order =
    customerId === null
      ? undefined
      : await findTopUp(writer, { customer_id: customerId, top_up_id: topUpId });
  if (!order) {
    const detail = `The payment is for the order ${topUpId.slice(0, 100)}, which is not here.`;
    await reportFinding(deps, { kind: "unknown_payment", about: id, detail, customerId, amount });
    return;
  }
  if (order.payment_intent_id !== null && order.payment_intent_id !== id) {
    const detail = "The order has another payment; this one is to be given back.";
    await reportFinding(deps, { kind: "second_payment", about: id, order, detail, amount });
    return;
  }
  if (order.status !== "paid") await attempt(deps, order);
}

/** Looks at one order; what goes wrong with it is listed, and the others go on. */
async function attempt(deps: TopUpDeps, order: TopUpRow) {
  try {
    return await fulfilOrder(deps, order, "reconcile");
  } catch (error) {
    // Without Stripe there is nothing to compare with.
    if (error instanceof GatewayError && error.kind !== "missing" && error.kind !== "refused") throw error;
    const detail = `The order could not be looked at: ${error instanceof Error ? error.message : "failed"}.`;
    await reportFinding(deps, { kind: "unanswered_order", about: order.top_up_id, order, detail });
    return null;
  }
}
