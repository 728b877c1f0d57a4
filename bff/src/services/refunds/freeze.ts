import { ServiceError } from "../../errors.ts";
import { contentHash } from "../../pools/content-hash.ts";
import type { ReversalRow } from "../../storage/payments/reversals.ts";
import { submitOne } from "../submit-one.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { BY_STRIPE } from "./by-stripe.ts";
import type { Pot, Standing } from "./plan.ts";
import { freezes } from "./standing.ts";

/**
 * Keeps the payment's credits out of the balance while a dispute is open, and brings them back when none is.
 * @returns whether anything was to be done
 */
export async function freezeOrThaw(deps: TopUpDeps, { reversals, pots }: Standing): Promise<boolean> {
  const disputes = reversals.filter(({ kind }) => kind === "dispute");
  const open = disputes.find(freezes);
  let hasMoved = false;
  for (const pot of pots) {
    const { isFrozen, isRevoked, expiresAt } = pot.record;
    const isPast = expiresAt !== null && expiresAt <= pot.now;
    const latest = disputes.at(-1);
    if (open && !isFrozen && !isRevoked && !isPast)
      hasMoved = (await move(deps, { pot, dispute: open })) || hasMoved;
    if (!open && latest && isFrozen && !isRevoked)
      hasMoved = (await move(deps, { pot, dispute: latest })) || hasMoved;
  }
  return hasMoved;
}

/** @returns whether it was done, now or before */
async function move(
  deps: TopUpDeps,
  { pot: { record }, dispute }: { pot: Pot; dispute: ReversalRow },
): Promise<boolean> {
  const { customerId, grantId } = record;
  const { reversal_id: disputeId, reason } = dispute;
  const kind = record.isFrozen ? "unfreeze_grant" : "freeze_grant";
  const id = `${kind}:${disputeId}:${grantId}`;
  try {
    const { kind: outcome } = await submitOne(deps, {
      kind,
      customerId,
      grantId,
      id,
      contentHash: contentHash([id]),
      ...BY_STRIPE,
      reason:
        kind === "freeze_grant" ? `The payment is disputed: ${reason ?? "no reason"}` : "The dispute is over",
      source: { kind: "dispute", id: disputeId },
    });
    return outcome === "applied";
  } catch (error) {
    // Somebody else was quicker, or the grant came to its end.
    if (error instanceof ServiceError && error.code === "state_conflict") return false;
    throw error;
  }
}
