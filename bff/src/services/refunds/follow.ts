import type { DisputeStatus, RefundStatus, ReversalView } from "../../payments/reversal-gateway.ts";
import { repairFindings } from "../../storage/payments/findings.ts";
import { findCustomerOf } from "../../storage/customers/customers.ts";
import { reversalsOf, storeReversal } from "../../storage/payments/reversals.ts";
import { findStripeObject } from "../../storage/payments/stripe-objects.ts";
import { findTopUp, lockTopUp, moveTopUp, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { inTransaction, type Transaction } from "../../storage/transaction.ts";
import { reportFinding } from "../reconciliation/report.ts";
import { fulfilOrder } from "../top-ups/fulfil.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";
import { settleReversals } from "./settle.ts";
import { isNotOlder } from "./standing.ts";

/**
 * Brings the credits of a payment to where its refunds and disputes say that they are: reads all of them again at Stripe,
 * takes back what has lost its money, keeps out of the balance what is disputed, and makes good what was taken for a
 * refund that failed. Any number may call it at once, on several replicas and for whatever hint.
 * @returns whether the payment is one of ours
 * @throws GatewayError, ServiceError when it cannot be done now; asking again later is safe
 */
export async function followReversals(deps: TopUpDeps, paymentId: string, cause: string): Promise<boolean> {
  const order = await orderOf(deps, paymentId);
  if (!order) return false;
  // The refund may be heard of before the payment: there is nothing to take back until its credits are there.
  const settled = order.status === "paid" ? order : (await fulfilOrder(deps, order, cause)).order;
  const told = await gatewayOf(deps).reversalsOf(paymentId);
  if (settled.status !== "paid" || !(await isPaidBy(deps, settled, paymentId))) {
    await noteGivenBack(deps, paymentId, told);
    return true;
  }
  const kept = await inTransaction(deps.database, (transaction) => keep(transaction, settled, told));
  for (const { id, currency, amountMinor } of told.filter((each) => each.currency !== settled.currency)) {
    const detail = `It is in ${currency} and the payment in ${settled.currency}: it is taken for all of the payment.`;
    const amount = { amountMinor, currency };
    await reportFinding(deps, { kind: "dispute_mismatch", about: id, order: settled, detail, amount });
  }
  await settleReversals(deps, kept);
  return true;
}

/** Whether an order was paid by a payment. Invoices may be paid by several; those that did are known by them. */
async function isPaidBy(deps: TopUpDeps, order: TopUpRow, paymentId: string): Promise<boolean> {
  if (order.payment_intent_id === paymentId) return true;
  if (order.method !== "invoice") return false;
  return (await findStripeObject(deps.database.writer, paymentId))?.top_up_id === order.top_up_id;
}

async function orderOf(deps: TopUpDeps, paymentId: string): Promise<TopUpRow | undefined> {
  const { writer } = deps.database;
  const known = await findStripeObject(writer, paymentId);
  const topUpId = known?.top_up_id ?? (await gatewayOf(deps).readPayment(paymentId)).topUpId;
  if (topUpId === null) return undefined;
  const customerId = await findCustomerOf(writer, topUpId);
  return customerId === null ? undefined : findTopUp(writer, { customer_id: customerId, top_up_id: topUpId });
}

/** A payment that bought nothing, such as a second one, and whose money is on its way back, needs nobody any more. */
async function noteGivenBack(
  deps: TopUpDeps,
  paymentId: string,
  told: readonly ReversalView[],
): Promise<void> {
  let back = 0n;
  for (const { kind, status, amountMinor } of told) {
    if (kind === "refund" && status !== "failed" && status !== "canceled") back += amountMinor;
  }
  const { receivedMinor } = await gatewayOf(deps).readPayment(paymentId);
  if (back === 0n || back < receivedMinor) return;
  for (const kind of ["second_payment", "payment_mismatch", "paid_without_credits"])
    await repairFindings(deps.database.writer, { findingId: `${kind}:${paymentId}` });
}

/** Keeps what Stripe says, as far as it is not older than what is known, and adds to the history what is new. */
async function keep(
  transaction: Transaction,
  { customer_id, top_up_id }: TopUpRow,
  told: readonly ReversalView[],
): Promise<TopUpRow> {
  const key = { customer_id, top_up_id };
  let order = await lockTopUp(transaction, key);
  if (!order) throw new Error("an order whose money goes back is there");
  const known = new Map((await reversalsOf(transaction, key)).map((row) => [row.reversal_id, row.status]));
  for (const view of told.toSorted((one, other) => one.happenedAtMs - other.happenedAtMs)) {
    const status: RefundStatus | DisputeStatus = view.status;
    const before = known.get(view.id);
    if (!isNotOlder(before, status)) continue;
    await storeReversal(transaction, {
      ...key,
      reversal_id: view.id,
      kind: view.kind,
      payment_id: view.paymentId ?? "",
      amount_minor: view.amountMinor,
      currency: view.currency,
      status,
      reason: view.reason,
      happened_at: new Date(view.happenedAtMs),
    });
    if (before === status) continue;
    const step = { cause: `${view.kind}_${status}`, reason: view.id };
    order = await moveTopUp(transaction, key, { change: { status: order.status }, step });
  }
  return order;
}
