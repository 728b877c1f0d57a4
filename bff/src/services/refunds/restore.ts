import { ServiceError } from "../../errors.ts";
import { contentHash } from "../../pools/content-hash.ts";
import { makeId } from "../../storage/customers/ids.ts";
import { claimRestoring, keepRestored, type ReversalRow } from "../../storage/payments/reversals.ts";
import type { TakingRow } from "../../storage/payments/takings.ts";
import { revokedAfter } from "../../storage/pools/read-revocations.ts";
import { submitOne } from "../submit-one.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { BY_STRIPE } from "./by-stripe.ts";
import type { Standing } from "./plan.ts";
import { takesBack } from "./standing.ts";

/**
 * Makes good what was taken for a refund that failed, or for a dispute that was won after all: by a new grant of exactly
 * that, with the dates and the cost basis of the one that was taken from. A grant whose time is over is not given again.
 * @throws ServiceError `overloaded` while holds decide what of it they take with them
 */
export async function restore(deps: TopUpDeps, standing: Standing): Promise<void> {
  for (const reversal of standing.reversals) {
    const takings = standing.takings.filter((each) => each.reversal_id === reversal.reversal_id);
    const isDone = takings.every(({ taken }) => taken !== null);
    if (takesBack(reversal) || reversal.restored_credits !== null || takings.length === 0 || !isDone)
      continue;
    await restoreOne(deps, standing, { reversal, takings });
  }
}

async function restoreOne(
  deps: TopUpDeps,
  { order, pots }: Standing,
  { reversal, takings }: { reversal: ReversalRow; takings: readonly TakingRow[] },
): Promise<void> {
  const { writer } = deps.database;
  let amount = 0n;
  for (const taking of takings) {
    amount += BigInt(taking.taken ?? 0);
    if (!taking.takes_held) continue;
    const held = pots.find(({ record }) => record.grantId === taking.grant_id)?.record.held ?? 0n;
    if (held > 0n) {
      throw new ServiceError("overloaded", "Holds still reserve what is to be made good.", {
        retryAfterSeconds: 60,
      });
    }
    amount += await revokedAfter(writer, taking);
  }
  const from = pots.find(({ record }) => record.grantId === takings[0]?.grant_id)?.record;
  if (amount === 0n || !from) return keepRestored(writer, reversal, 0n);

  const { customer_id: customerId, reversal_id: reversalId, kind } = reversal;
  const grantId = await claimRestoring(writer, reversal, makeId("gr", customerId));
  const id = `${kind}-undone:${reversalId}`;
  const { creditTypeId, resourceId, category, costBasis, priority, effectiveAt, expiresAt, metadata } = from;
  try {
    await submitOne(deps, {
      kind: "grant",
      customerId,
      id,
      contentHash: contentHash([id, amount]),
      ...BY_STRIPE,
      ...{ grantId, creditTypeId, resourceId, amount, category, costBasis, priority, effectiveAt, expiresAt },
      reason: kind === "refund" ? "The refund failed" : "The dispute was won",
      externalReference: reversalId,
      metadata,
      source: { kind: "top_up", id: order.top_up_id },
      isPaymentPending: false,
    });
  } catch (error) {
    const isPast = error instanceof ServiceError && error.code === "validation_failed";
    if (!isPast) throw error;
    return keepRestored(writer, reversal, 0n);
  }
  await keepRestored(writer, reversal, amount);
}
