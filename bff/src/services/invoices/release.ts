import { ServiceError } from "../../errors.ts";
import { contentHash } from "../../pools/content-hash.ts";
import { findGrantRecord } from "../../storage/pools/read-grants.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import { BY_STRIPE } from "../refunds/by-stripe.ts";
import { submitOne } from "../submit-one.ts";
import { datesOf } from "../top-ups/grant-dates.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";

/**
 * Lets the credits of a paid invoice begin, once. Their life counts from now on; an end that was set meanwhile by hand
 * stays.
 * @throws ServiceError when the pool cannot be written now
 */
export async function releaseCredits(deps: TopUpDeps, order: TopUpRow, invoiceId: string): Promise<void> {
  const { customer_id: customerId, grant_id: grantId } = order;
  const grant = await findGrantRecord(deps.database.writer, customerId, grantId);
  if (!grant?.record.isPaymentPending) return;
  const { expiresAt } = await datesOf(deps, order);
  if (grant.record.expiresAt === null && expiresAt !== null) {
    const id = `invoice-life:${invoiceId}`;
    const contents = { id, contentHash: contentHash([id]), ...BY_STRIPE };
    await submit(deps, { kind: "update_grant", customerId, grantId, ...contents, expiresAt });
  }
  const id = `invoice-paid:${invoiceId}`;
  await submit(deps, {
    kind: "confirm_payment",
    customerId,
    grantId,
    id,
    contentHash: contentHash([id]),
    ...BY_STRIPE,
    reason: null,
    source: { kind: "invoice", id: invoiceId },
  });
}

/** Somebody else may have been quicker, or may have revoked the grant by hand: then there is nothing to release. */
async function submit(deps: TopUpDeps, command: Parameters<typeof submitOne>[1]): Promise<void> {
  try {
    await submitOne(deps, command);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "state_conflict") throw error;
  }
}
