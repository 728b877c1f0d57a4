import { formatCredits } from "@credits-kit/amounts";
import { repairFindings } from "../../storage/payments/findings.ts";
import { storeGrantPayment } from "../../storage/payments/grant-payments.ts";
import { lockTopUp, storeTopUp, type TopUpKey, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { inTransaction, type Transaction } from "../../storage/transaction.ts";
import { reportFinding } from "../reconciliation/report.ts";
import { readSettingsNow } from "../settings/get.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { dueOf, paidOf, revokedOf, type Standing } from "./plan.ts";
import { readStanding } from "./read-standing.ts";
import { freezes, takesBack } from "./standing.ts";

/** Notes with the order what its refunds and disputes came to, and lists a debt where the policy is to collect it. */
export async function sumUp(deps: TopUpDeps, key: TopUpKey): Promise<void> {
  const { standing, shortfall } = await inTransaction(deps.database, (transaction) => note(transaction, key));
  const about = standing.order.payment_intent_id ?? standing.order.top_up_id;
  if (BigInt(standing.order.refunded_minor) >= paidOf(standing.order))
    await repairFindings(deps.database.writer, { findingId: `early_fraud_warning:${about}` });
  const { refundShortfall } = await readSettingsNow(deps);
  if (shortfall === 0n || refundShortfall === "write_off") {
    await repairFindings(deps.database.writer, { findingId: `refund_shortfall:${about}` });
    return;
  }
  const detail = `${formatCredits(shortfall)} credits were spent before their money went back: the customer owes them.`;
  await reportFinding(deps, {
    kind: "refund_shortfall",
    about,
    order: standing.order,
    detail,
    credits: shortfall,
  });
}

async function note(
  transaction: Transaction,
  key: TopUpKey,
): Promise<{ standing: Standing<TopUpRow>; shortfall: bigint }> {
  await lockTopUp(transaction, key);
  const standing = await readStanding(transaction, key);
  const { order, reversals } = standing;
  const refunds = reversals.filter((each) => each.kind === "refund" && takesBack(each));
  const refunded = refunds.reduce((sum, { amount_minor }) => sum + BigInt(amount_minor), 0n);
  const disputes = reversals.filter(({ kind }) => kind === "dispute");
  const dispute = disputes.find(freezes) ?? disputes.at(-1);
  const shortfall = shortfallOf(standing);
  await storeTopUp(transaction, order, {
    refunded_minor: refunded,
    revoked_credits: atLeastNone(revokedOf(standing)),
    shortfall_credits: shortfall,
    dispute_status: dispute?.status ?? null,
  });
  const { customer_id, grant_id, invoice_url, receipt_url } = order;
  const status = paymentStatus(standing, refunded);
  await storeGrantPayment(transaction, { customer_id, grant_id, status, invoice_url, receipt_url });
  return { standing: { ...standing, order: { ...order, refunded_minor: String(refunded) } }, shortfall };
}

/** Credits that have lost their money and were spent: neither taken back, nor expired unspent, nor held for now. */
function shortfallOf(standing: Standing): bigint {
  let missing = dueOf(standing) - revokedOf(standing);
  for (const { record } of standing.pots) {
    missing -= record.expired;
    if (record.isRevoked) missing -= record.held;
  }
  return atLeastNone(missing);
}

function paymentStatus({ order, reversals }: Standing, refunded: bigint): string {
  if (reversals.some(freezes)) return "disputed";
  if (reversals.some(({ status }) => status === "lost")) return "charged_back";
  if (refunded === 0n) return "paid";
  return refunded >= paidOf(order) ? "refunded" : "partially_refunded";
}

function atLeastNone(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
