import { findCustomerOf } from "../../storage/customers/customers.ts";
import { findTopUp } from "../../storage/payments/top-ups.ts";
import { reportFinding } from "../reconciliation/report.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";

/**
 * Lists what the issuer of a card suspects of one of our payments. Nothing happens to its credits: most such payments are
 * refunded or disputed soon, and a person can refund it before that.
 * @returns whether the payment is one of ours
 * @throws GatewayError
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
  await reportFinding(deps, { kind: "early_fraud_warning", about: paymentId, order, detail });
  return true;
}
