import { findCustomerOf } from "../../storage/customers/customers.ts";
import {
  findTopUp,
  lockTopUp,
  moveTopUp,
  type TopUpKey,
  type TopUpRow,
} from "../../storage/payments/top-ups.ts";
import { inTransaction } from "../../storage/transaction.ts";
import { reportFinding } from "../reconciliation/report.ts";
import { settleReversals } from "../refunds/settle.ts";
import { readSettingsNow } from "../settings/get.ts";
import { fulfilOrder } from "../top-ups/fulfil.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";

/**
 * Lists what the issuer of a card suspects of one of our payments: most such payments are refunded or disputed soon, and a
 * person can refund it before that. Where the policy says so, what remains of its credits is frozen until then.
 * @returns whether the payment is one of ours
 * @throws GatewayError; ServiceError when the pool cannot be written now
 */
export async function reportFraudWarning(deps: TopUpDeps, warningId: string): Promise<boolean> {
  const payments = gatewayOf(deps);
  const { writer } = deps.database;
  const { chargeId, fraudType, ...warning } = await payments.readFraudWarning(warningId);
  const paymentId = warning.paymentId ?? (await payments.paymentOfCharge(chargeId));
  if (paymentId === null) return false;
  const { topUpId } = await payments.readPayment(paymentId);
  const customerId = topUpId === null ? null : await findCustomerOf(writer, topUpId);
  if (topUpId === null || customerId === null) return false;
  const order = await findTopUp(writer, { customer_id: customerId, top_up_id: topUpId });
  const detail = `The card's issuer suspects fraud (${fraudType}). A refund now is cheaper than a dispute later.`;
  if (order?.fraud_warning_id !== warningId || order.fraud_cleared_at === null)
    await reportFinding(deps, { kind: "early_fraud_warning", about: paymentId, order, detail });
  if (order) await freezeByPolicy(deps, order, { warningId, paymentId });
  return true;
}

/** The warning may be heard of before the payment: its credits are granted first, so that they can be frozen. */
async function freezeByPolicy(
  deps: TopUpDeps,
  order: TopUpRow,
  { warningId, paymentId }: { warningId: string; paymentId: string },
): Promise<void> {
  const { freezeOnFraudWarning } = await readSettingsNow(deps);
  const settled = order.status === "paid" ? order : (await fulfilOrder(deps, order, "webhook")).order;
  if (settled.status !== "paid" || settled.payment_intent_id !== paymentId) return;
  await noteWarning(deps, settled, { warningId, freezes: freezeOnFraudWarning });
  await settleReversals(deps, settled);
}

/** The same warning again is no news: what was decided about it stays. */
function noteWarning(
  { database }: Pick<TopUpDeps, "database">,
  key: TopUpKey,
  { warningId, freezes }: { warningId: string; freezes: boolean },
): Promise<void> {
  return inTransaction(database, async (transaction) => {
    const order = await lockTopUp(transaction, key);
    if (!order || order.fraud_warning_id === warningId) return;
    const change = { fraud_warning_id: warningId, fraud_freezes: freezes, fraud_cleared_at: null };
    const step = { cause: "fraud_warning", reason: warningId };
    await moveTopUp(transaction, key, { change: { status: order.status, ...change }, step });
  });
}
