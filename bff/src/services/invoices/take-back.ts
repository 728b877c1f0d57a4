import { formatCredits } from "@credits-kit/amounts";
import { ServiceError } from "../../errors.ts";
import { contentHash } from "../../pools/content-hash.ts";
import { findGrantRecord } from "../../storage/pools/read-grants.ts";
import { storeTopUp, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { reportFinding } from "../reconciliation/report.ts";
import { BY_STRIPE } from "../refunds/by-stripe.ts";
import { readSettingsNow } from "../settings/get.ts";
import { submitOne } from "../submit-one.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";

/**
 * Takes back all that is left of the credits of an invoice that is void, once. What was spent of them, where they were
 * released before they were paid, is written off or listed as a debt, by policy.
 * @throws ServiceError when the pool cannot be written now
 */
export async function takeBack(deps: TopUpDeps, order: TopUpRow, invoiceId: string): Promise<void> {
  const { writer } = deps.database;
  const { customer_id: customerId, grant_id: grantId } = order;
  if (!(await findGrantRecord(writer, customerId, grantId))) return;
  const id = `invoice-void:${invoiceId}`;
  try {
    await submitOne(deps, {
      kind: "revoke_grant",
      customerId,
      grantId,
      id,
      contentHash: contentHash([id]),
      ...BY_STRIPE,
      amount: null,
      reason: "The invoice is void",
      externalReference: invoiceId,
    });
  } catch (error) {
    // Nothing is left of it.
    if (!(error instanceof ServiceError) || error.code !== "state_conflict") throw error;
  }
  const grant = await findGrantRecord(writer, customerId, grantId);
  if (!grant) return;
  const { amount, remaining, frozen, revoked, expired, activated } = grant.record;
  const spent = activated ? amount - remaining - frozen - revoked - expired : 0n;
  await storeTopUp(writer, order, { shortfall_credits: spent });
  const { refundShortfall } = await readSettingsNow(deps);
  if (spent === 0n || refundShortfall === "write_off") return;
  const detail = `${formatCredits(spent)} credits of a void invoice were spent: the customer owes them.`;
  await reportFinding(deps, { kind: "refund_shortfall", about: invoiceId, order, detail, credits: spent });
}
